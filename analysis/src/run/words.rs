//! What came of an event, in words and as a report.

use std::net::IpAddr;

use runtime_model::Violation;
use runtime_model::event::{Event, Kind, Request, Signal};
use runtime_model::outcome::{Completion, ConsoleMessage, Outcome, Refusal, TraceStep, Verdict};

use super::report::{Fate, OutcomeReport, TraceReport};
use super::scope::Scope;

/// `203.0.113.1 port 1025`; a name can be put behind the address.
#[must_use]
pub fn end(address: Option<IpAddr>, port: u16) -> String {
    match address {
        Some(address) => format!("{address} port {port}"),
        None => format!("any address, port {port}"),
    }
}

/// `EADDRINUSE`.
#[must_use]
pub fn errno(refusal: &Refusal) -> String {
    format!("{:?}", refusal.errno)
}

/// `EACCES, reason 744C7246 JRPortAccessAuth`; the reason where there is one.
#[must_use]
pub fn told(refusal: &Refusal) -> String {
    match refusal.code {
        Some(code) => format!("{}, reason {code}", errno(refusal)),
        None => errno(refusal),
    }
}

/// The outcome as plain data.
#[must_use]
pub fn report(outcome: &Outcome, scope: &Scope<'_>) -> OutcomeReport {
    let refusal = outcome.refusal();
    OutcomeReport {
        source: outcome.source,
        port: outcome.port,
        stack: outcome.stack.map(|stack| scope.stack_name(stack).to_owned()),
        exit: outcome.exit,
        errno: refusal.map(errno),
        errno_number: refusal.and_then(|refusal| refusal.errno.number()),
        reason: refusal.map(|refusal| refusal.reason.to_string()),
        reason_code: refusal.and_then(|refusal| refusal.code?.code).map(str::to_owned),
        reason_name: refusal.and_then(|refusal| refusal.code).map(|code| code.name.to_owned()),
        messages: outcome.messages.iter().map(|message| message_line(message, scope)).collect(),
        fate: match &outcome.verdict {
            Verdict::Done => Fate::Accepted,
            Verdict::Pending => Fate::Waits,
            Verdict::Refused(_) => Fate::Refused,
        },
    }
}

/// `TCPIP1: EZZ8301I …`, without the id where no source ties one to the case.
#[must_use]
pub fn message_line(message: &ConsoleMessage, scope: &Scope<'_>) -> String {
    let id = message.id.map_or_else(String::new, |id| format!("{id} "));
    format!("{}: {id}{}", scope.stack_name(message.stack), message.text)
}

/// A decision as plain data.
#[must_use]
pub fn trace(step: &TraceStep) -> TraceReport {
    TraceReport {
        at: step.at.to_owned(),
        question: step.question.to_owned(),
        answer: step.answer.to_string(),
    }
}

/// What came of an event, one line for the event and one for each request of an earlier line that it finished.
#[must_use]
pub fn words(event: &Event, outcome: &Outcome, scope: &Scope<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let stack = outcome.stack.map_or("", |stack| scope.stack_name(stack));
    match &outcome.verdict {
        Verdict::Refused(refusal) => {
            let exit = exit(outcome);
            lines.push(format!("refused with {}{exit}: {}  {}", told(refusal), refusal.reason, refusal.via));
        }
        Verdict::Pending => lines.push("waits".to_owned()),
        Verdict::Done if !outcome.completed.is_empty() => {}
        Verdict::Done => lines.extend(done(event, outcome, stack)),
    }
    lines.extend(outcome.completed.iter().map(|completion| completed(completion, scope)));
    lines
}

/// `, MODDVIPA exit code 8` of a code that tells more than success.
fn exit(outcome: &Outcome) -> String {
    match outcome.exit {
        None | Some(0) => String::new(),
        Some(code) => format!(", MODDVIPA exit code {code}"),
    }
}

fn local(outcome: &Outcome) -> String {
    let chosen = if outcome.ephemeral { ", chosen by the stack" } else { "" };
    match outcome.port {
        Some(port) => format!("{}{chosen}", end(outcome.source, port)),
        None => outcome.source.map_or_else(|| "any address".to_owned(), |address| address.to_string()),
    }
}

/// MODDVIPA with affinity.
fn makes_dvipa(event: &Event) -> bool {
    matches!(event, Event::Signal { signal: Signal::CreateAffine { .. }, .. })
}

fn done(event: &Event, outcome: &Outcome, stack: &str) -> Option<String> {
    Some(match event.kind() {
        Kind::Request(Request::Bind { listen: false, .. }) => {
            format!("bound on {stack} to {}", local(outcome))
        }
        Kind::Request(Request::Bind { listen: true, .. }) => {
            format!("listens on {stack} at {}", local(outcome))
        }
        Kind::Request(Request::Connect { .. }) => format!("leaves {stack} from {}", local(outcome)),
        Kind::Request(Request::Send { .. }) => {
            format!("the datagram leaves {stack} from {}", local(outcome))
        }
        Kind::Request(Request::Open { .. }) => format!("a socket of {stack} that is not bound"),
        Kind::Request(Request::Client { .. }) => format!("is served by {stack}"),
        Kind::Request(Request::Packet { .. }) => format!("goes to {stack}"),
        Kind::Request(Request::Define) => format!("the DVIPA is active{}", exit(outcome)),
        Kind::Request(Request::Delete) => format!("the DVIPA is deleted{}", exit(outcome)),
        Kind::Command if makes_dvipa(event) => format!("the DVIPA is active{}", exit(outcome)),
        Kind::End(_) | Kind::Servers { .. } | Kind::Life | Kind::Command | Kind::Course => return None,
    })
}

fn completed(completion: &Completion, scope: &Scope<'_>) -> String {
    let name = scope.handle_name(completion.handle).unwrap_or("a request that waited");
    let stack = scope.stack_name(completion.stack);
    match &completion.verdict {
        Verdict::Done => match completion.port {
            Some(port) => format!("{name} is done on {stack}: {}", end(completion.source, port)),
            None => format!("{name} is done on {stack}"),
        },
        Verdict::Pending => format!("{name} still waits on {stack}"),
        Verdict::Refused(refusal) => {
            format!(
                "{name} is refused on {stack} with {}: {}  {}",
                told(refusal),
                refusal.reason,
                refusal.via
            )
        }
    }
}

/// A broken invariant; the number is that of the design's list.
#[must_use]
pub fn broken(violation: &Violation) -> String {
    format!("invariant {} is broken: {}", violation.invariant, violation.what)
}
