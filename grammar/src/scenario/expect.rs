//! What a scenario can ask for: outcomes of an event and assertions about the state.

use super::{Address, Endpoint, Number, Span, Word};

/// What the event above must have led to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// `=> source A port N stack S via M`: it was accepted, and every item holds.
    Items(Vec<OutcomeItem>),
    /// `=> refused [ERRNO [REASON]] [via M]`
    Refused {
        /// Error number, any when absent.
        errno: Option<Word>,
        /// Words that the reason contains, any when absent.
        reason: Option<Word>,
        /// Blocks it went through.
        via: Vec<Word>,
    },
    /// `=> message ID [text]`
    Message {
        /// Message id.
        id: Word,
        /// Text that it contains, any when absent.
        text: Option<Word>,
    },
    /// `=> assumes NAME`: it rests on that assumption.
    Assumes(Word),
    /// `=> exit N`: MODDVIPA ends with this code.
    Exit(Number<u32>),
    /// `=> accepted`
    Accepted,
    /// `=> waits` or `=> held`: it is not finished; it waits for a lock, a held step, a partner's report.
    Waits,
}

/// One word pair of an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeItem {
    /// Source or local address.
    Source(Address),
    /// Port.
    Port(Number<u16>),
    /// A port above 1023 that the stack chose.
    Ephemeral(Span),
    /// The stack that serves it.
    Stack(Word),
    /// A block that the decision went through, for instance `F7:755`.
    Via(Word),
}

/// What must be true now.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expect {
    /// `expect owner DVIPA = S`, or `none`.
    Owner {
        /// DVIPA.
        address: Address,
        /// The stack, none for `none`.
        stack: Option<Word>,
    },
    /// `expect status S DVIPA = …`
    Status {
        /// Stack.
        stack: Word,
        /// DVIPA.
        address: Address,
        /// The status.
        status: Status,
    },
    /// `expect view S DVIPA = WORD…`, or `none`: what displays show.
    View {
        /// Stack.
        stack: Word,
        /// DVIPA.
        address: Address,
        /// Words that must be among those shown; none for a DVIPA that the stack does not show.
        words: Vec<Word>,
    },
    /// `expect group S = WORD`: where the stack stands to its XCF group.
    Group {
        /// Stack.
        stack: Word,
        /// `joined`, `waiting` and so on.
        word: Word,
    },
    /// `expect ready DVIPA:PORT on S = N`, or `none` for no row in the destination port table.
    Ready {
        /// The service.
        service: Endpoint,
        /// Target.
        stack: Word,
        /// Listeners that take connections.
        count: Option<Number<u64>>,
    },
    /// `expect ports DVIPA [on S] = N…`, or `none`.
    Ports {
        /// DVIPA.
        address: Address,
        /// The stack whose structure is meant, else the cluster-wide one.
        stack: Option<Word>,
        /// Ports not available (cluster-wide) or in use (stack): first and last of each run, as typed.
        ports: Vec<Number<(u16, u16)>>,
    },
    /// `expect targets DVIPA:PORT = S…`, or `none`.
    Targets {
        /// The service.
        service: Endpoint,
        /// Actual targets, any order.
        stacks: Vec<Word>,
    },
    /// `expect route ADDR:PORT to DVIPA:PORT = S`, `held` or `none`.
    Route {
        /// Sender.
        from: Endpoint,
        /// Destination.
        to: Endpoint,
        /// Where it would go.
        stack: Route,
    },
    /// `expect connections S = N`
    Connections {
        /// Stack.
        stack: Word,
        /// How many live.
        count: Number<u64>,
    },
    /// `expect connection NAME = open|ended`
    Connection {
        /// Name given with `as`.
        name: Word,
        /// True for `open`.
        open: bool,
    },
    /// `expect invariants`
    Invariants,
    /// `expect quiescent`: no message waits, no step is half done.
    Quiescent,
}

/// The answer in `expect route`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// To this stack.
    To(Word),
    /// Held until a report arrives.
    Held,
    /// Refused.
    Nowhere,
}

/// Status of a DVIPA on a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// The stack owns it and answers for it.
    Active,
    /// The stack would take it over.
    Backup,
    /// Another stack owns it, connections live on here.
    Moving,
    /// It goes when its last connection ends.
    Quiescing,
    /// The routing stack sends work here.
    Target,
    /// Taken out by the operator.
    Deactivated,
    /// Saved, while the stack is outside its group.
    Inactivated,
    /// None of these.
    Inactive,
}

impl Status {
    /// The word of the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Backup => "backup",
            Self::Moving => "moving",
            Self::Quiescing => "quiescing",
            Self::Target => "target",
            Self::Deactivated => "deactivated",
            Self::Inactivated => "inactivated",
            Self::Inactive => "inactive",
        }
    }
}
