//! The rooms of a change as lines for a terminal. Calm: one line a thing, the worst kind last in its room, long lists cut.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use super::config::Sign;
use super::{Found, Judged, Line, Moves};

/// How many lines of one kind are shown.
pub const SHOWN: usize = 20;

/// A line with what it means, so that a terminal may colour it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How it is meant.
    pub tone: Tone,
    /// The words.
    pub text: String,
}

/// How a line is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Head,
    /// Something new.
    Added,
    /// Something other than before.
    Changed,
    /// Something gone.
    Removed,
    /// Something wrong.
    Wrong,
    /// Something to think about.
    Warned,
    /// The rest.
    Plain,
    /// Less important.
    Faint,
}

impl Told {
    /// A line.
    #[must_use]
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }

    /// The line, coloured or not, with its line end.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let code = match self.tone {
            Tone::Head => "1",
            Tone::Added => "32",
            Tone::Changed | Tone::Warned => "33",
            Tone::Removed => "31",
            Tone::Wrong => "1;31",
            Tone::Faint => "2",
            Tone::Plain => "",
        };
        if colour && !code.is_empty() && !self.text.is_empty() {
            format!("\u{1b}[{code}m{}\u{1b}[0m\n", self.text)
        } else {
            format!("{}\n", self.text)
        }
    }
}

/// The difference of a configuration.
#[must_use]
pub fn configuration(lines: &[Line]) -> Vec<Told> {
    let one = |line: &Line| {
        let tone = match line.sign {
            Sign::Added => Tone::Added,
            Sign::Changed => Tone::Changed,
            Sign::Removed => Tone::Removed,
        };
        Told::new(tone, format!("    {} {}", line.sign.mark(), line.text()))
    };
    cut(lines.iter().map(one).collect(), "more changes")
}

/// What moves. `at` is the stack that the change is made on: what happens elsewhere comes behind it, under a heading of its own.
#[must_use]
pub fn moves(moves: &Moves, at: Option<&str>) -> Vec<Told> {
    let mut all = Vec::new();
    all.extend(cut(owners(moves), "more addresses"));
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        statuses(moves).into_iter().partition(|(stack, _)| at.is_none_or(|at| at == stack));
    all.extend(cut(here.into_iter().map(|(_, told)| told).collect(), "more"));
    all.extend(cut(targets(moves), "more targets"));
    all.extend(cut(listeners(moves), "more listeners"));
    all.extend(cut(structures(moves), "more structures"));
    all.extend(cut(ports(moves), "more"));
    all.extend(connections(moves));
    if !elsewhere.is_empty() {
        all.push(Told::new(Tone::Plain, "    on other stacks"));
        let elsewhere =
            elsewhere.into_iter().map(|(_, told)| Told { text: format!("  {}", told.text), ..told });
        all.extend(cut(elsewhere.collect(), "more"));
    }
    all
}

fn owners(moves: &Moves) -> Vec<Told> {
    let one = |owner: &super::moves::Owner| {
        let address = owner.address;
        match (&owner.from, &owner.to) {
            (Some(from), Some(to)) => {
                Told::new(Tone::Changed, format!("    ~ {address} moves from {from} to {to}"))
            }
            (Some(from), None) => {
                Told::new(Tone::Wrong, format!("    - {address} has no owner any more; {from} had it"))
            }
            (None, Some(to)) => Told::new(Tone::Added, format!("    + {address} comes up on {to}")),
            (None, None) => Told::new(Tone::Plain, format!("    ~ {address} has no owner")),
        }
    };
    moves.owners.iter().map(one).collect()
}

fn statuses(moves: &Moves) -> Vec<(String, Told)> {
    let mut all = Vec::new();
    for status in &moves.statuses {
        // That an owner is active is told by its having it.
        let owned = moves.owners.iter().any(|owner| {
            owner.address == status.address
                && (owner.to.as_ref() == Some(&status.stack) && status.to == Some("active")
                    || owner.from.as_ref() == Some(&status.stack)
                        && status.from == Some("active")
                        && status.to.is_none())
        });
        if owned {
            continue;
        }
        let (address, stack) = (status.address, &status.stack);
        let told = match (status.from, status.to) {
            (None, Some(to)) => Told::new(Tone::Added, format!("    + {address} is {to} on {stack}")),
            (Some(from), None) => {
                Told::new(Tone::Removed, format!("    - {address} is gone from {stack}, where it was {from}"))
            }
            (Some(from), Some(to)) => {
                Told::new(Tone::Changed, format!("    ~ {address} is {to} on {stack}, was {from}"))
            }
            (None, None) => continue,
        };
        all.push((stack.clone(), told));
    }
    all
}

fn targets(moves: &Moves) -> Vec<Told> {
    let mut grouped: BTreeMap<(SocketAddr, bool), Vec<&str>> = BTreeMap::new();
    for target in &moves.targets {
        let service = SocketAddr::new(target.address, target.port);
        grouped.entry((service, target.added)).or_default().push(&target.stack);
    }
    let one = |((service, added), stacks): ((SocketAddr, bool), Vec<&str>)| {
        let stacks = list(&stacks);
        if added {
            Told::new(Tone::Added, format!("    + {service} gets {stacks} as target"))
        } else {
            Told::new(Tone::Removed, format!("    - {service} loses {stacks} as target"))
        }
    };
    grouped.into_iter().map(one).collect()
}

/// `A`, `A and B`, `A, B and C`; of many the first and how many.
fn list(words: &[&str]) -> String {
    const NAMED: usize = 6;
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] if words.len() <= NAMED => format!("{} and {last}", rest.join(", ")),
        _ => {
            let first: Vec<&str> = words.iter().take(NAMED - 1).copied().collect();
            format!("{} and {} more", first.join(", "), words.len() - first.len())
        }
    }
}

fn listeners(moves: &Moves) -> Vec<Told> {
    let one = |listener: &super::moves::Listener| {
        let at = listener.address.map_or_else(
            || format!("port {}", listener.port),
            |address| SocketAddr::new(address, listener.port).to_string(),
        );
        let (jobs, stack) = (listener.jobs.join(", "), &listener.stack);
        if listener.added {
            Told::new(Tone::Added, format!("    + {jobs} listens on {at} of {stack}"))
        } else {
            Told::new(Tone::Removed, format!("    - {jobs} listens on {at} of {stack} no longer"))
        }
    };
    moves.listeners.iter().map(one).collect()
}

fn structures(moves: &Moves) -> Vec<Told> {
    let mut grouped: BTreeMap<(IpAddr, bool), Vec<&str>> = BTreeMap::new();
    for structure in &moves.structures {
        grouped.entry((structure.address, structure.made)).or_default().push(&structure.stack);
    }
    let one = |((address, made), stacks): ((IpAddr, bool), Vec<&str>)| {
        let stacks = list(&stacks);
        if made {
            Told::new(Tone::Added, format!("    + port structure of {address}: part of {stacks} made"))
        } else {
            Told::new(Tone::Removed, format!("    - port structure of {address}: part of {stacks} gone"))
        }
    };
    grouped.into_iter().map(one).collect()
}

fn ports(moves: &Moves) -> Vec<Told> {
    let numbers = |ports: &[u16]| {
        let shown: Vec<String> = ports.iter().take(8).map(ToString::to_string).collect();
        let more = ports.len().saturating_sub(shown.len());
        if more > 0 { format!("{} and {more} more", shown.join(" ")) } else { shown.join(" ") }
    };
    let mut all = Vec::new();
    for ports in &moves.ports {
        let address = ports.address;
        if !ports.claimed.is_empty() {
            let claimed = numbers(&ports.claimed);
            all.push(Told::new(
                Tone::Added,
                format!("    + ports of {address} taken cluster-wide: {claimed}"),
            ));
        }
        if !ports.freed.is_empty() {
            let freed = numbers(&ports.freed);
            all.push(Told::new(Tone::Removed, format!("    - ports of {address} given back: {freed}")));
        }
    }
    all
}

fn connections(moves: &Moves) -> Vec<Told> {
    let mut all = Vec::new();
    let mut rerouted: BTreeMap<(SocketAddr, &str, &str), Vec<&str>> = BTreeMap::new();
    for line in &moves.connections.rerouted {
        let (from, to) = (line.from.as_deref().unwrap_or("nobody"), line.to.as_deref().unwrap_or("nobody"));
        rerouted.entry((line.local, from, to)).or_default().push(&line.stack);
    }
    let stay = rerouted.into_iter().map(|((local, from, to), mut stacks)| {
        let number = count(stacks.len(), "connection");
        stacks.sort_unstable();
        stacks.dedup();
        let stacks = list(&stacks);
        Told::new(
            Tone::Changed,
            format!("    ~ {number} to {local} on {stacks} kept, through {to} instead of {from}"),
        )
    });
    all.extend(cut(stay.collect(), "more services whose connections are kept"));
    let mut broken: BTreeMap<(SocketAddr, &str), Vec<String>> = BTreeMap::new();
    for line in &moves.connections.broken {
        broken.entry((line.local, &line.stack)).or_default().push(line.peer.to_string());
    }
    let end = broken.into_iter().map(|((local, stack), peers)| {
        let peers: Vec<&str> = peers.iter().map(String::as_str).collect();
        let number = count(peers.len(), "connection");
        Told::new(Tone::Wrong, format!("    ! {number} to {local} on {stack} broken: {}", list(&peers)))
    });
    all.extend(cut(end.collect(), "more services whose connections break"));
    all
}

/// Findings gained and lost.
#[must_use]
pub fn findings(judged: &Judged) -> Vec<Told> {
    let mut all = Vec::new();
    all.extend(cut(judged.gained.iter().map(|found| finding("+", found)).collect(), "more new findings"));
    let lost = |found: &Found| Told { tone: Tone::Added, ..finding("-", found) };
    all.extend(cut(judged.lost.iter().map(lost).collect(), "more findings that go"));
    all
}

/// One finding on one line.
#[must_use]
pub fn finding(mark: &str, found: &Found) -> Told {
    use compiler::finding::Severity;
    let tone = match found.severity {
        Severity::Error => Tone::Wrong,
        Severity::Warning => Tone::Warned,
        Severity::Info => Tone::Plain,
    };
    let (level, rule, message, place) = (found.severity.word(), found.rule, &found.message, found.place());
    Told::new(tone, format!("    {mark} {level}[{rule}] {message}  ({place})"))
}

/// The first lines, and how many there are beside.
#[must_use]
pub fn cut(mut all: Vec<Told>, more: &str) -> Vec<Told> {
    let rest = all.len().saturating_sub(SHOWN);
    if rest > 1 {
        all.truncate(SHOWN);
        all.push(Told::new(Tone::Faint, format!("      … and {rest} {more} (--format json has all)")));
    }
    all
}

/// `1 stack`, `2 stacks`, `2 addresses`.
#[must_use]
pub fn count(number: usize, word: &str) -> String {
    let ending = match (number, word.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{number} {word}{ending}")
}

/// Lines as a fenced block that a review tool colours: the marks lead, `!` is something other than before.
#[must_use]
pub fn fenced(lines: &[Told]) -> String {
    let mut out = String::from("```diff\n");
    for told in lines {
        let text = told.text.trim_start();
        let text = match (text.strip_prefix("~ "), text.chars().next()) {
            (Some(rest), _) => format!("! {rest}"),
            (None, Some('+' | '-' | '!')) => text.to_owned(),
            (None, _) => format!("  {text}"),
        };
        out.push_str(&text);
        out.push('\n');
    }
    out.push_str("```\n");
    out
}

/// Findings as a list of Markdown.
#[must_use]
pub fn listed(mark: &str, found: &[Found]) -> String {
    let one = |found: &Found| {
        let (level, rule, place) = (found.severity.word(), found.rule, found.place());
        format!("- {mark}**{level}** `{rule}` {} (`{place}`)\n", escaped(&found.message))
    };
    found.iter().map(one).collect()
}

/// Text that Markdown leaves as it is.
#[must_use]
pub fn escaped(text: &str) -> String {
    let special = |c: char| matches!(c, '*' | '_' | '`' | '|' | '<' | '[' | ']');
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
