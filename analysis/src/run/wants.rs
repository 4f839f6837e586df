//! Outcomes and assertions with their names resolved.

use std::net::{IpAddr, SocketAddr};

use grammar::scenario::{Expect, Outcome, OutcomeItem, Route, Status, Word};
use runtime_model::Assumption;
use runtime_model::ids::{Handle, StackId};

use super::scope::{Named, Scope};

/// An outcome with its names resolved.
#[derive(Clone, Debug)]
pub enum WantOutcome {
    /// Accepted, and every item holds.
    Items(Vec<WantItem>),
    /// Refused.
    Refused {
        /// Error number.
        errno: Option<String>,
        /// Words of the reason.
        reason: Option<String>,
        /// Blocks.
        via: Vec<String>,
    },
    /// A console message.
    Message {
        /// Its id.
        id: String,
        /// Words that it contains.
        text: Option<String>,
    },
    /// It rests on this assumption.
    Assumes(Assumption),
    /// MODDVIPA ends with this code.
    Exit(u8),
    /// Not finished.
    Waits,
}

/// An item of an outcome.
#[derive(Clone, Debug)]
pub enum WantItem {
    /// Local address.
    Source(IpAddr),
    /// Local port.
    Port(u16),
    /// A port that the stack chose.
    Ephemeral,
    /// Serving stack.
    Stack(StackId),
    /// A block on the path.
    Via(String),
}

/// An assertion with its names resolved.
#[derive(Clone, Debug)]
pub enum WantState {
    /// Owner of a DVIPA.
    Owner(IpAddr, Option<StackId>),
    /// Status of a DVIPA on a stack.
    Status(StackId, IpAddr, Status),
    /// Words that displays show of a DVIPA on a stack; none where it shows none.
    View(StackId, IpAddr, Vec<String>),
    /// Where a stack stands to its group.
    Group(StackId, String),
    /// Rdy of a target in the destination port table; none for no row.
    Ready(SocketAddr, StackId, Option<u64>),
    /// Ports taken cluster-wide, or in use by one stack.
    Ports(IpAddr, Option<StackId>, Vec<(u16, u16)>),
    /// Actual targets, sorted.
    Targets(SocketAddr, Vec<StackId>),
    /// Where a packet would go.
    Route(SocketAddr, SocketAddr, WantRoute),
    /// Live connections of a stack.
    Connections(StackId, u64),
    /// Whether a connection lives.
    Connection(String, Handle, bool),
    /// The invariants.
    Invariants,
    /// Nothing under way.
    Quiescent,
}

/// Where a packet must go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WantRoute {
    /// To this stack.
    To(StackId),
    /// Held.
    Held,
    /// Refused.
    Nowhere,
}

/// Resolves an outcome.
///
/// # Errors
/// When a name is unknown.
pub fn outcome(outcome: &Outcome, scope: &Scope<'_>) -> Named<WantOutcome> {
    Ok(match outcome {
        Outcome::Accepted => WantOutcome::Items(Vec::new()),
        Outcome::Waits => WantOutcome::Waits,
        Outcome::Exit(code) => WantOutcome::Exit(u8::try_from(code.value).unwrap_or(u8::MAX)),
        Outcome::Assumes(name) => WantOutcome::Assumes(scope.assumption(name)?),
        Outcome::Items(items) => WantOutcome::Items(
            items
                .iter()
                .map(|item| {
                    Ok(match item {
                        OutcomeItem::Source(address) => WantItem::Source(scope.ip(address)?),
                        OutcomeItem::Port(port) => WantItem::Port(port.value),
                        OutcomeItem::Ephemeral(_) => WantItem::Ephemeral,
                        OutcomeItem::Stack(stack) => WantItem::Stack(scope.stack(stack)?),
                        OutcomeItem::Via(mark) => WantItem::Via(mark.text.clone()),
                    })
                })
                .collect::<Named<Vec<_>>>()?,
        ),
        Outcome::Refused { errno, reason, via } => WantOutcome::Refused {
            errno: errno.as_ref().map(|word| word.text.to_ascii_uppercase()),
            reason: reason.as_ref().map(|word| word.text.clone()),
            via: via.iter().map(|mark| mark.text.clone()).collect(),
        },
        Outcome::Message { id, text } => WantOutcome::Message {
            id: id.text.to_ascii_uppercase(),
            text: text.as_ref().map(|word| word.text.clone()),
        },
    })
}

/// Resolves an assertion.
///
/// # Errors
/// When a name is unknown.
pub fn state(expect: &Expect, scope: &Scope<'_>) -> Named<WantState> {
    let stack = |word: &Option<Word>| word.as_ref().map(|word| scope.stack(word)).transpose();
    Ok(match expect {
        Expect::Owner { address, stack: who } => WantState::Owner(scope.dvipa(address)?, stack(who)?),
        Expect::Status { stack, address, status } => {
            WantState::Status(scope.stack(stack)?, scope.dvipa(address)?, *status)
        }
        Expect::View { stack, address, words } => WantState::View(
            scope.stack(stack)?,
            scope.dvipa(address)?,
            words.iter().map(|word| word.text.to_ascii_lowercase()).collect(),
        ),
        Expect::Group { stack, word } => {
            WantState::Group(scope.stack(stack)?, word.text.to_ascii_lowercase())
        }
        Expect::Ready { service, stack, count } => WantState::Ready(
            scope.end(service)?,
            scope.stack(stack)?,
            count.as_ref().map(|count| count.value),
        ),
        Expect::Ports { address, stack: who, ports } => {
            let runs = ports.iter().map(|run| run.value).collect();
            WantState::Ports(scope.dvipa(address)?, stack(who)?, runs)
        }
        Expect::Targets { service, stacks } => {
            scope.dvipa(&service.address)?;
            let mut stacks = stacks.iter().map(|word| scope.stack(word)).collect::<Named<Vec<_>>>()?;
            stacks.sort_unstable();
            WantState::Targets(scope.end(service)?, stacks)
        }
        Expect::Route { from, to, stack } => WantState::Route(
            scope.end(from)?,
            scope.end(to)?,
            match stack {
                Route::To(stack) => WantRoute::To(scope.stack(stack)?),
                Route::Held => WantRoute::Held,
                Route::Nowhere => WantRoute::Nowhere,
            },
        ),
        Expect::Connections { stack, count } => WantState::Connections(scope.stack(stack)?, count.value),
        Expect::Connection { name, open } => {
            WantState::Connection(name.text.clone(), scope.handle(name)?, *open)
        }
        Expect::Invariants => WantState::Invariants,
        Expect::Quiescent => WantState::Quiescent,
    })
}
