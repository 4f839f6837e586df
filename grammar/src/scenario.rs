//! The scenario language: events on a running sysplex, their outcomes, and what is expected of the state.
//!
//! `scenario.pest` is the grammar; [`parse`] gives plain data that keeps the place of every word. A scenario never fails
//! as a whole: a line that cannot be read becomes [`LineKind::Malformed`] and the others stand.

mod error;
mod markdown;
mod read;
mod show;

use std::net::IpAddr;

pub use error::{ScenarioError, expected_at, join_or, nearest};
pub use markdown::{Block, blocks, parse_markdown};
pub use read::{parse, parse_at, parse_event};

/// Where a word stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Byte offset of the first byte in the file.
    pub start: u32,
    /// Byte offset behind the last byte.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column of the first character, from 1, in characters.
    pub column: u32,
    /// Column behind the last character.
    pub end_column: u32,
}

/// A word as typed. Names compare without case: see [`Word::is`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// As typed, without quotes.
    pub text: String,
    /// Where.
    pub span: Span,
}

impl Word {
    /// True when the name is this one, whatever the case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.text.eq_ignore_ascii_case(name)
    }
}

/// A number with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number<T> {
    /// The number.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// An address as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// What it is.
    pub host: Host,
    /// As typed, without brackets.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// The three ways to write an address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// `*`, the unspecified address.
    Any,
    /// An IPv4 or IPv6 address.
    Ip(IpAddr),
    /// A symbolic address of the sysplex description, as typed.
    Symbol(String),
}

/// `ADDRESS:PORT`, `[v6]:PORT` or `*:PORT`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// The address.
    pub address: Address,
    /// The port, 0 where one is to be chosen.
    pub port: Number<u16>,
    /// Both together.
    pub span: Span,
}

/// The lines of one scenario, blank ones left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scenario {
    /// In order of the text.
    pub lines: Vec<Line>,
}

impl Scenario {
    /// What is wrong with the lines that could not be read, in order.
    pub fn errors(&self) -> impl Iterator<Item = &ScenarioError> {
        self.lines.iter().filter_map(|line| match &line.kind {
            LineKind::Malformed(error) => Some(error),
            LineKind::Event(_) | LineKind::Outcome(_) | LineKind::Expect(_) | LineKind::Comment => None,
        })
    }
}

/// One line that is not blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The line without surrounding blanks and without its comment (a comment line: the comment).
    pub span: Span,
    /// What it says.
    pub kind: LineKind,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// Something that happens.
    Event(Event),
    /// What the event above must have led to.
    Outcome(Outcome),
    /// What must be true now.
    Expect(Expect),
    /// A comment alone.
    Comment,
    /// A line that cannot be read.
    Malformed(ScenarioError),
}

/// Something that happens to the sysplex.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// `start S…`
    Start(Vec<Word>),
    /// `stop S`
    Stop(Word),
    /// `fail S`
    Fail(Word),
    /// `fail system SYS`
    FailSystem(Word),
    /// `fail cpc C`
    FailCpc(Word),
    /// `leave S`: the stack leaves its XCF group.
    Leave(Word),
    /// `join S`
    Join(Word),
    /// `lose cf`
    LoseCf,
    /// `restore cf`
    RestoreCf,
    /// `obey S FILE`
    Obey {
        /// Stack.
        stack: Word,
        /// Path relative to the sysplex description, without quotes.
        file: Word,
    },
    /// `S JOB …`
    Job {
        /// Stack it runs on.
        stack: Word,
        /// Job name.
        job: Word,
        /// What it asks for.
        call: Call,
    },
    /// `client ADDR:PORT connect DVIPA:PORT [as NAME]`
    Client {
        /// The client's end.
        from: Endpoint,
        /// The end it wants.
        to: Endpoint,
        /// Name of the connection for later lines.
        name: Option<Word>,
    },
    /// `packet ADDR:PORT to DVIPA:PORT`
    Packet {
        /// The sender.
        from: Endpoint,
        /// The destination.
        to: Endpoint,
    },
    /// `close NAME`: a connection or a socket.
    Close(Word),
    /// `deactivate S DVIPA`
    Deactivate {
        /// Stack.
        stack: Word,
        /// DVIPA.
        address: Address,
    },
    /// `reactivate S DVIPA`
    Reactivate {
        /// Stack.
        stack: Word,
        /// DVIPA.
        address: Address,
    },
    /// `quiesce S PORT`
    Quiesce {
        /// Stack.
        stack: Word,
        /// Port.
        port: Number<u16>,
    },
    /// `resume S PORT`
    Resume {
        /// Stack.
        stack: Word,
        /// Port.
        port: Number<u16>,
    },
    /// `weight S JOB N`: the WLM weight of a server.
    Weight {
        /// Stack.
        stack: Word,
        /// Job name.
        job: Word,
        /// Weight.
        value: Number<u32>,
    },
    /// `health S JOB N`: the health of a server, 0 to 100.
    Health {
        /// Stack.
        stack: Word,
        /// Job name.
        job: Word,
        /// Percent.
        value: Number<u32>,
    },
    /// `tsr S N`: the target server responsiveness of a stack, 0 to 100.
    Tsr {
        /// Stack.
        stack: Word,
        /// Percent.
        value: Number<u32>,
    },
    /// `step S`: the stack does its next step on a structure.
    Step(Word),
    /// `hold S at STEP`: the stack stops before that step from now on.
    Hold {
        /// Stack.
        stack: Word,
        /// Before which step.
        at: HoldPoint,
    },
    /// `release S`: ends a hold.
    Release(Word),
    /// `delay S to S`: messages between these two wait from now on.
    Delay {
        /// Sender.
        from: Word,
        /// Receiver.
        to: Word,
    },
    /// `deliver S to S`: what waits arrives, and the delay ends.
    Deliver {
        /// Sender.
        from: Word,
        /// Receiver.
        to: Word,
    },
    /// `deliver all`
    DeliverAll,
    /// `advance SECONDS`, in milliseconds.
    Advance(Number<u64>),
    /// `settle`: everything that is under way comes to its end.
    Settle,
}

/// Steps on a structure in the coupling facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoldPoint {
    /// Obtain the structure.
    Obtain,
    /// Lock it.
    Lock,
    /// Revise the private copy.
    Revise,
    /// Return it.
    Return,
}

/// What a job asks its stack for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// `bind ADDR:PORT`
    Bind {
        /// Local end wanted.
        at: Endpoint,
        /// What follows.
        options: SocketOptions,
    },
    /// `listen ADDR:PORT`: bind and listen.
    Listen {
        /// Local end wanted.
        at: Endpoint,
        /// What follows.
        options: SocketOptions,
    },
    /// `listen NAME`: a socket bound earlier.
    ListenOn(Word),
    /// `unlisten NAME`
    Unlisten(Word),
    /// `connect DEST:PORT`
    Connect {
        /// The partner.
        to: Endpoint,
        /// A socket bound earlier, else a fresh one.
        from: Option<Word>,
        /// What follows; `reuseaddr` and `udp` are never set.
        options: SocketOptions,
    },
    /// `define DVIPA`: MODDVIPA, create.
    Define(Address),
    /// `delete DVIPA`: MODDVIPA, delete.
    Delete(Address),
}

/// `as NAME`, `user U`, `reuseaddr`, `udp`, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SocketOptions {
    /// Name for later lines.
    pub name: Option<Word>,
    /// User id of the job, else that of the sysplex description.
    pub user: Option<Word>,
    /// SO_REUSEADDR.
    pub reuseaddr: bool,
    /// UDP in place of TCP.
    pub udp: bool,
}

/// What the event above must have led to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// `=> source A port N stack S via M`: it was accepted, and every item holds.
    Items(Vec<OutcomeItem>),
    /// `=> refused [ERRNO [REASON]] [via M]`
    Refused {
        /// Error number, any when absent.
        errno: Option<Word>,
        /// Reason, any when absent.
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
    /// `=> accepted`
    Accepted,
    /// `=> held`: the packet or request waits at the routing stack for a report.
    Held,
    /// `=> waits`: the request waits for a lock or for a held step.
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
    /// `expect lock DVIPA = S`, or `none`: who holds the lock of the cluster-wide structure.
    Lock {
        /// DVIPA.
        address: Address,
        /// The holder.
        stack: Option<Word>,
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
            Self::Inactive => "inactive",
        }
    }
}
