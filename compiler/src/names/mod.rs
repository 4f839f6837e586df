//! The names index: where an address, link, device, interface, job, data set or system symbol is defined, declared and used, in the
//! profiles of every stack and in `sysplex.toml`.
//!
//! Kept for each stretch of a file and for each file, so that an edit costs the stretch it is in and a merge of that file.

mod aside;
mod ask;
mod classify;
mod described;
mod index;
mod jobs;
mod places;
mod read;

pub(crate) use classify::defines;

use std::net::IpAddr;
use std::sync::Arc;

use grammar::description::{Slot, SlotDesc, StatementId};
use grammar::tree::Span;

use crate::finding::Place;

pub use ask::Sought;
pub(crate) use index::reads;
pub use index::{Mention, Mentioned};

/// What a name stands for. START and some others take a name of either of two kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An IP address, in the form that Rust writes it in.
    Address,
    /// A symbolic address of the founding documents.
    Symbolic,
    /// A DEVICE.
    Device,
    /// A LINK.
    Link,
    /// An INTERFACE, of a DVIPA too.
    Interface,
    /// A DEVICE or an INTERFACE.
    DeviceOrInterface,
    /// A LINK or an INTERFACE.
    LinkOrInterface,
    /// A job, or a pattern of jobs.
    Job,
    /// A data set, without quotes.
    DataSet,
    /// A system symbol, without the ampersand.
    Symbol,
    /// A stack.
    Stack,
}

impl Kind {
    /// Whether something of this kind may be something of that.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.bits() & other.bits() != 0
    }
    /// Whether each stack has such names of its own.
    #[must_use]
    pub fn is_local(self) -> bool {
        self.bits() & 0b111 != 0
    }
    fn bits(self) -> u16 {
        match self {
            Self::Device => 0b1,
            Self::Link => 0b10,
            Self::Interface => 0b100,
            Self::DeviceOrInterface => 0b101,
            Self::LinkOrInterface => 0b110,
            Self::Address => 1 << 3,
            Self::Symbolic => 1 << 4,
            Self::Job => 1 << 5,
            Self::DataSet => 1 << 6,
            Self::Symbol => 1 << 7,
            Self::Stack => 1 << 8,
        }
    }
    /// For people: "link".
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Symbolic => "symbolic address",
            Self::Device => "device",
            Self::Link => "link",
            Self::Interface => "interface",
            Self::DeviceOrInterface => "device or interface",
            Self::LinkOrInterface => "link or interface",
            Self::Job => "job",
            Self::DataSet => "data set",
            Self::Symbol => "system symbol",
            Self::Stack => "stack",
        }
    }
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// What it stands for.
    pub kind: Kind,
    /// In upper case, resolved.
    pub text: Arc<str>,
}

impl Name {
    /// Any name.
    #[must_use]
    pub fn new(kind: Kind, text: &str) -> Self {
        if text.bytes().any(|letter| letter.is_ascii_lowercase()) {
            return Self { kind, text: Arc::from(text.to_ascii_uppercase()) };
        }
        Self { kind, text: Arc::from(text) }
    }
    /// An address.
    #[must_use]
    pub fn address(address: IpAddr) -> Self {
        Self { kind: Kind::Address, text: Arc::from(address.to_string()) }
    }
    /// The address, if it is one.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        if self.kind == Kind::Address { self.text.parse().ok() } else { None }
    }
    /// Whether both may be the same thing.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.kind.meets(other.kind) && self.text == other.text
    }
}

/// What an occurrence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Brings the thing into being: DEVICE, LINK, INTERFACE, HOME, VIPADEFINE, `[[job]]`.
    Definition,
    /// Tells of it without bringing it into being: VIPABACKUP, AUTOLOG, `[addresses]`.
    Declaration,
    /// Uses it.
    Reference,
}

/// How an occurrence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Written {
    /// As it is.
    Plain,
    /// By a symbolic address.
    Symbolic,
    /// With system symbols in it, or not at all.
    Built,
}

/// A name in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The name.
    pub name: Name,
    /// What it does there.
    pub role: Role,
    /// How it is written.
    pub written: Written,
    /// The statement, and its operand.
    pub operand: Option<(StatementId, Slot)>,
    /// As typed.
    pub span: Span,
}

/// What an operand of a statement names, if it names anything.
#[must_use]
pub fn kind_of(statement: &str, operand: &SlotDesc) -> Option<Kind> {
    classify::classify(statement, operand, false).map(|(kind, _)| kind)
}

/// What an operand of a statement does with what it names, if it names anything; `defines` as [`defines`] says of the statement.
pub(crate) fn role(statement: &str, operand: &SlotDesc, defines: bool) -> Option<Role> {
    classify::classify(statement, operand, defines).map(|(_, role)| role)
}

/// A name in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name.
    pub name: Name,
    /// What it does there.
    pub role: Role,
    /// How it is written.
    pub written: Written,
    /// The statement, and its operand; none in `sysplex.toml`.
    pub operand: Option<(StatementId, Slot)>,
    /// Where.
    pub place: Place,
    /// The stacks that read it so, in the order of the description. All of them for what stands in `sysplex.toml` for all.
    pub stacks: Arc<[String]>,
}

/// Name of the statement of an operand.
fn statement(operand: Option<(StatementId, Slot)>) -> Option<&'static str> {
    let (id, _) = operand?;
    grammar::lookup::statement(id).map(|desc| desc.name)
}

impl Mention {
    /// Name of the statement; none in `sysplex.toml`.
    #[must_use]
    pub fn statement(&self) -> Option<&'static str> {
        statement(self.operand)
    }
}

impl Found {
    /// Name of the statement.
    #[must_use]
    pub fn statement(&self) -> Option<&'static str> {
        statement(self.operand)
    }
    /// First byte in the file.
    #[must_use]
    pub fn start(&self) -> u32 {
        self.place.start.offset
    }
    /// Behind the last byte in the file.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.place.end.offset
    }
}
