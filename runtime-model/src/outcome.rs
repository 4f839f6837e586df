//! What an event came to: accepted or refused, the values that were chosen, and the path that led there.

use std::borrow::Cow;
use std::net::IpAddr;

use serde::{Serialize, Serializer};

use crate::assumption::{Assumption, Assumptions};
use crate::ids::{Handle, StackId};

/// Error names as an application sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[allow(clippy::upper_case_acronyms)]
pub enum Errno {
    /// The port is reserved for others.
    EACCES,
    /// Address and port are in use.
    EADDRINUSE,
    /// The address is not one that this stack may use now.
    EADDRNOTAVAIL,
    /// Nobody listens.
    ECONNREFUSED,
    /// No stack has the address.
    EHOSTUNREACH,
    /// The request makes no sense in the state it meets.
    EINVAL,
    /// The stack is not up, or not in the group.
    ENETDOWN,
    /// No such socket or connection.
    EBADF,
    /// The set of decision tables in force does not know the request.
    ENOSYS,
    /// No free port is left, or the stack is not ready for it yet.
    EAGAIN,
}

impl Errno {
    /// The number that z/OS UNIX gives the name, where a source tells it (04:4.4).
    #[must_use]
    pub const fn number(self) -> Option<u16> {
        match self {
            Errno::EACCES => Some(111),
            Errno::EADDRINUSE => Some(1115),
            Errno::EADDRNOTAVAIL
            | Errno::ECONNREFUSED
            | Errno::EHOSTUNREACH
            | Errno::EINVAL
            | Errno::ENETDOWN
            | Errno::EBADF
            | Errno::ENOSYS
            | Errno::EAGAIN => None,
        }
    }
}

/// Reason code of a refusal (04:4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct ReasonCode {
    /// Eight hexadecimal digits, where a source tells them.
    pub code: Option<&'static str>,
    /// Name.
    pub name: &'static str,
}

impl ReasonCode {
    /// The job may not use the port.
    pub const PORT_ACCESS: Self = Self { code: Some("744C7246"), name: "JRPortAccessAuth" };
    /// The port belongs to the INADDRANYPORT range of common INET.
    pub const RESERVED_PORT: Self = Self { code: Some("12BA00C4"), name: "JRRESRPORTSPECIFIED" };
    /// A configured DVIPA is not active.
    pub const NOT_ACTIVE: Self = Self { code: Some("744C7230"), name: "JRBINDADDRNACTIVE" };
    /// The DVIPA is active on another stack.
    pub const DVIPA_CONFLICT: Self = Self { code: None, name: "JRDVIPACONFLICTIPADDR" };
    /// The stack does not serve DVIPAs yet: its VIPADYNAMIC statements wait, or it is not in its group.
    pub const DVIPA_NOT_YET: Self = Self { code: None, name: "JrDVIPAServicesNotActive" };
    /// SRCIP gives a distributed DVIPA whose ports cannot be kept unique.
    pub const SRCIP_DISTRIBUTED: Self = Self { code: None, name: "JRSRCIPDistDVIPA" };
}

impl std::fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.code {
            Some(code) => write!(f, "{code} {}", self.name),
            None => f.write_str(self.name),
        }
    }
}

/// Why a request was refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Refusal {
    /// Error name.
    pub errno: Errno,
    /// One short sentence.
    pub reason: Cow<'static, str>,
    /// Figure and block that refused, such as `F11:1110`.
    pub via: &'static str,
    /// Reason code of the product, where there is one.
    pub code: Option<ReasonCode>,
}

impl Refusal {
    pub(crate) const fn new(errno: Errno, via: &'static str, reason: &'static str) -> Self {
        Self { errno, reason: Cow::Borrowed(reason), via, code: None }
    }

    /// With the reason code of the product.
    pub(crate) const fn coded(
        errno: Errno,
        via: &'static str,
        code: ReasonCode,
        reason: &'static str,
    ) -> Self {
        Self { errno, reason: Cow::Borrowed(reason), via, code: Some(code) }
    }
}

/// How far an event came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Done.
    #[default]
    Done,
    /// Not finished: it waits for a lock, a hold, a partner's report or its next step.
    Pending,
    /// Refused.
    Refused(Refusal),
}

/// One question on the way to a decision. The words come first; the block is the reference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TraceStep {
    /// Figure and block, claim, or section, such as `F7:745`, `003#14`.
    pub at: &'static str,
    /// The question, or what was done.
    pub question: &'static str,
    /// The answer, or what with.
    pub answer: Answer,
}

/// Answer to a question of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Something was done; nothing to add.
    Done,
    /// An address.
    Address(IpAddr),
    /// A port.
    Port(u16),
    /// A number.
    Count(u32),
    /// A name.
    Name(String),
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Answer::Yes => f.write_str("yes"),
            Answer::No => f.write_str("no"),
            Answer::Done => f.write_str("done"),
            Answer::Address(a) => a.fmt(f),
            Answer::Port(p) => p.fmt(f),
            Answer::Count(n) => n.fmt(f),
            Answer::Name(n) => f.write_str(n),
        }
    }
}

impl std::fmt::Display for TraceStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.question, self.answer)?;
        write!(f, "  [{}]", self.at)
    }
}

impl Serialize for TraceStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut s = serializer.serialize_struct("TraceStep", 3)?;
        s.serialize_field("at", self.at)?;
        s.serialize_field("question", self.question)?;
        s.serialize_field("answer", &self.answer.to_string())?;
        s.end()
    }
}

/// A console message of a stack, in our own words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ConsoleMessage {
    /// The stack that writes it.
    pub stack: StackId,
    /// Message id of the product, where a source ties one to the case.
    pub id: Option<&'static str>,
    /// Short wording.
    pub text: String,
}

/// A statement of an OBEYFILE that the running stack refused for what runs: no text tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotTaken {
    /// The DVIPA.
    pub address: IpAddr,
    /// What was refused.
    pub what: Refused,
    /// Why, in words.
    pub why: String,
}

/// What a running stack refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// A VIPADEFINE or VIPABACKUP, and with it what distributes the DVIPA.
    Definition,
    /// CLUSTERPORTS.
    ClusterPorts,
}

/// A request that was pending and is finished now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// Socket or connection of the request.
    pub handle: Handle,
    /// Stack that served it.
    pub stack: StackId,
    /// How it ended.
    pub verdict: Verdict,
    /// Local address, for a request that was accepted.
    pub source: Option<IpAddr>,
    /// Local port, for a request that was accepted.
    pub port: Option<u16>,
    /// True when the model, not the application, chose the port.
    pub ephemeral: bool,
}

/// What an event came to.
///
/// An event that finishes requests which were pending before carries them in `completed`; the first of them also
/// fills `verdict`, `source`, `port` and `stack`, so that an expectation below `release` or `step` can be stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Done, pending or refused.
    pub verdict: Verdict,
    /// Local address of a socket or connection.
    pub source: Option<IpAddr>,
    /// Local port of a socket or connection.
    pub port: Option<u16>,
    /// True when the model, not the application, chose the port.
    pub ephemeral: bool,
    /// Stack that serves the socket, connection or packet.
    pub stack: Option<StackId>,
    /// Exit code of MODDVIPA, where a source tells it (04 1.9).
    pub exit: Option<u8>,
    /// Console messages, in order.
    pub messages: Vec<ConsoleMessage>,
    /// What the stack refused of an OBEYFILE, in order.
    pub not_taken: Vec<NotTaken>,
    /// Questions and answers, in order; empty with traces off.
    pub trace: Vec<TraceStep>,
    /// Open points that the decision leaned on.
    pub assumptions: Assumptions,
    /// Requests of earlier events that are finished now.
    pub completed: Vec<Completion>,
}

impl Outcome {
    /// True unless refused.
    #[must_use]
    pub fn ok(&self) -> bool {
        !matches!(self.verdict, Verdict::Refused(_))
    }

    /// The refusal, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.verdict {
            Verdict::Refused(r) => Some(r),
            Verdict::Done | Verdict::Pending => None,
        }
    }

    /// Whether the path went through a block, such as `F7:755`, with traces on.
    #[must_use]
    pub fn via(&self, at: &str) -> bool {
        self.trace.iter().any(|s| s.at.eq_ignore_ascii_case(at))
            || self.refusal().is_some_and(|r| r.via.eq_ignore_ascii_case(at))
    }
}

/// What of a trace is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Nothing.
    #[default]
    Nothing,
    /// Which blocks decisions went through.
    Blocks,
    /// Blocks, words and answers.
    All,
}

/// What a decision leaves behind while it runs: trace, messages, assumptions. Recording a trace is one branch when off.
#[derive(Debug, Default)]
pub struct Ctx {
    pub(crate) keep: Keep,
    pub(crate) visits: Vec<&'static str>,
    pub(crate) trace: Vec<TraceStep>,
    pub(crate) messages: Vec<ConsoleMessage>,
    pub(crate) not_taken: Vec<NotTaken>,
    pub(crate) assumptions: Assumptions,
    pub(crate) completed: Vec<Completion>,
    /// TCPSTACKSOURCEVIPA was passed over because its address is not active on this stack.
    pub(crate) stack_source_inactive: Option<StackId>,
}

impl Ctx {
    /// A context that records a trace or not.
    #[must_use]
    pub fn new(tracing: bool) -> Self {
        Self { keep: if tracing { Keep::All } else { Keep::Nothing }, ..Self::default() }
    }

    /// Records a question and hands its answer on.
    #[inline]
    pub fn ask(&mut self, at: &'static str, question: &'static str, answer: bool) -> bool {
        self.note(at, question, || if answer { Answer::Yes } else { Answer::No });
        answer
    }

    /// Records that something is done.
    #[inline]
    pub fn note(&mut self, at: &'static str, words: &'static str, with: impl FnOnce() -> Answer) {
        match self.keep {
            Keep::Nothing => {}
            Keep::Blocks => self.visits.push(at),
            Keep::All => self.trace.push(TraceStep { at, question: words, answer: with() }),
        }
    }

    /// Records that an open point of the sources was closed here.
    #[inline]
    pub fn assume(&mut self, assumption: Assumption) {
        self.assumptions.insert(assumption);
    }

    pub(crate) fn say(&mut self, stack: StackId, id: Option<&'static str>, text: impl FnOnce() -> String) {
        if self.keep != Keep::Blocks {
            self.messages.push(ConsoleMessage { stack, id, text: text() });
        }
    }
}
