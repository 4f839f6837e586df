//! Outcomes: what a line wanted of the event above it, against what came of it.

use runtime_model::Assumption;
use runtime_model::outcome::{Outcome, Verdict};

use super::scope::Scope;
use super::wants::{WantItem, WantOutcome};
use super::words::errno;
use crate::names::Addresses;

/// What is wrong, one line that stands alone; nothing when the outcome is as wanted.
#[must_use]
pub fn outcome(want: &WantOutcome, got: &Outcome, scope: &Scope<'_>, addresses: &Addresses) -> Vec<String> {
    match want {
        WantOutcome::Items(items) => {
            if let Some(fate) = not_done(got) {
                return vec![format!("expected it to be accepted, but it {fate}")];
            }
            items.iter().filter_map(|item| self::item(item, got, scope, addresses)).collect()
        }
        WantOutcome::Refused { errno, reason, via } => refused(errno.as_ref(), reason.as_ref(), via, got),
        WantOutcome::Message { id, text } => message(id, text.as_deref(), got),
        WantOutcome::Assumes(want) if got.assumptions.contains(*want) => Vec::new(),
        WantOutcome::Assumes(want) => {
            let named: Vec<&str> = got.assumptions.iter().map(Assumption::name).collect();
            let named = if named.is_empty() { "none".to_owned() } else { named.join(", ") };
            vec![format!("expected it to assume {}, it assumes {named}", want.name())]
        }
        WantOutcome::Exit(want) if got.exit == Some(*want) => Vec::new(),
        WantOutcome::Exit(want) => {
            let got = got.exit.map_or_else(|| "none that a source tells".to_owned(), |code| code.to_string());
            vec![format!("expected exit code {want} of MODDVIPA, got {got}")]
        }
        WantOutcome::Waits => match &got.verdict {
            Verdict::Pending => Vec::new(),
            Verdict::Done => vec!["expected it to wait, but it was done at once".to_owned()],
            Verdict::Refused(_) => {
                not_done(got).map(|fate| format!("expected it to wait, but it {fate}")).into_iter().collect()
            }
        },
    }
}

/// `was refused with …`, `waits`; none when it was done.
fn not_done(got: &Outcome) -> Option<String> {
    match &got.verdict {
        Verdict::Done => None,
        Verdict::Pending => Some("waits".to_owned()),
        Verdict::Refused(refusal) => {
            Some(format!("was refused with {}: {} ({})", errno(refusal), refusal.reason, refusal.via))
        }
    }
}

fn item(item: &WantItem, got: &Outcome, scope: &Scope<'_>, addresses: &Addresses) -> Option<String> {
    let port = got.port.map_or_else(|| "no port".to_owned(), |port| port.to_string());
    match item {
        WantItem::Source(want) => (got.source != Some(*want)).then(|| {
            let got = got.source.map_or_else(|| "no address".to_owned(), |address| addresses.show(address));
            format!("expected source {}, got {got}", addresses.show(*want))
        }),
        WantItem::Port(want) => {
            (got.port != Some(*want)).then(|| format!("expected port {want}, got {port}"))
        }
        WantItem::Ephemeral => (!got.ephemeral)
            .then(|| format!("expected a port that the stack chose, got {port} as it was asked for")),
        WantItem::Stack(want) => (got.stack != Some(*want)).then(|| {
            let got = got.stack.map_or("no stack", |stack| scope.stack_name(stack));
            format!("expected stack {}, got {got}", scope.stack_name(*want))
        }),
        WantItem::Via(mark) => via(mark, got),
    }
}

fn via(mark: &str, got: &Outcome) -> Option<String> {
    (!got.via(mark)).then(|| {
        let mut went: Vec<&str> = got.trace.iter().map(|step| step.at).collect();
        went.dedup();
        if went.is_empty() {
            format!("expected the path to go through {mark}, but no decision was taken")
        } else {
            format!("expected the path to go through {mark}; it went through {}", went.join(" "))
        }
    })
}

fn refused(want: Option<&String>, words: Option<&String>, marks: &[String], got: &Outcome) -> Vec<String> {
    let wanted = want.map_or_else(String::new, |errno| format!(" with {errno}"));
    let Some(refusal) = got.refusal() else {
        let fate = match got.verdict {
            Verdict::Pending => "waits",
            Verdict::Done | Verdict::Refused(_) => "was accepted",
        };
        return vec![format!("expected it to be refused{wanted}, but it {fate}")];
    };
    let mut wrong = Vec::new();
    if let Some(want) = want
        && *want != errno(refusal)
    {
        wrong.push(format!(
            "expected it to be refused with {want}, got {}: {}",
            errno(refusal),
            refusal.reason
        ));
    }
    // The reason code counts as part of the reason, so that a scenario may ask for it.
    let reason =
        format!("{} {}", refusal.code.map_or_else(String::new, |code| code.to_string()), refusal.reason);
    if let Some(words) = words
        && !reason.to_ascii_lowercase().contains(&words.to_ascii_lowercase())
    {
        wrong.push(format!("expected a reason with `{words}`, got `{}`", reason.trim_start()));
    }
    wrong.extend(marks.iter().filter_map(|mark| via(mark, got)));
    wrong
}

fn message(id: &str, text: Option<&str>, got: &Outcome) -> Vec<String> {
    let with_id = || {
        got.messages.iter().filter(|message| message.id.is_some_and(|known| known.eq_ignore_ascii_case(id)))
    };
    let fits = |wanted: &str, words: &str| words.to_ascii_lowercase().contains(&wanted.to_ascii_lowercase());
    if with_id().any(|message| text.is_none_or(|text| fits(text, &message.text))) {
        return Vec::new();
    }
    if let (Some(text), Some(other)) = (text, with_id().next()) {
        return vec![format!("expected message {id} with `{text}`, got `{}`", other.text)];
    }
    let ids: Vec<&str> = got.messages.iter().filter_map(|message| message.id).collect();
    vec![match ids.as_slice() {
        [] => format!("expected message {id}, but there was none"),
        some => format!("expected message {id}, got {}", some.join(" ")),
    }]
}
