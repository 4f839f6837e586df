//! The shape of the table that `syntax/*.syntax` is read into. Everything is static: reading costs nothing at run time.

mod nodes;

pub use nodes::Nodes;

/// A statement of the dialect.
#[derive(Debug)]
pub struct StatementDesc {
    /// Index in [`crate::STATEMENTS`].
    pub id: StatementId,
    /// The full name, upper case.
    pub name: &'static str,
    /// Shortest accepted abbreviation, in characters.
    pub min: usize,
    /// Blocks it stands in; empty for the top level.
    pub blocks: &'static [&'static str],
    /// True when the founding documents write it outside its block too.
    pub founding_top: bool,
    /// One line of documentation.
    pub summary: &'static str,
    /// How much of it is understood.
    pub support: Support,
    /// What OBEYFILE does with it, in words.
    pub obeyfile: &'static str,
    /// What the stack drops when it finds a mistake in it.
    pub drops: Drops,
    /// Facts it rests on, as `file:id`.
    pub sources: &'static str,
    /// First release, `V2R4`; empty when always there.
    pub since: &'static str,
    /// First release without it, or, where no source knows that one, what had it last; empty when still there.
    pub until: &'static str,
    /// What to write instead; empty when there is nothing.
    pub instead: &'static str,
    /// The file that it belongs to when it is no profile statement, `TCPIP.DATA`; empty for profile statements.
    pub belongs: &'static str,
    /// True when only the founding documents have it.
    pub founding: bool,
    /// True when no source confirms its form as a whole: a breach is a warning.
    pub unconfirmed: bool,
    /// Operands and keywords behind the name.
    pub syntax: Node,
    /// The same in the founding documents, where it differs.
    pub founding_syntax: Option<Node>,
    /// The keyword that closes it.
    pub end: Option<KeywordDesc>,
    /// Everything in it that has a name.
    pub slots: &'static [SlotDesc],
}

/// Index of a statement in [`crate::STATEMENTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(pub u16);

/// Index of a named part within one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slot(pub u16);

/// How much of a statement or keyword is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Support {
    /// Known by name and extent only.
    Recognised,
    /// Types, ranges and references are checked.
    Checked,
    /// Moves the runtime model.
    Modelled,
}

/// What the stack drops when a statement has a mistake (01 1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Drops {
    /// The whole statement.
    Statement,
    /// The entry with the mistake.
    Entry,
    /// That entry and all behind it.
    RestOfList,
    /// The statement and everything behind it in its block.
    RestOfBlock,
    /// The whole block, good entries too.
    Block,
    /// No source says.
    Unknown,
}

/// A keyword with its shortest abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeywordDesc {
    /// Its place in the statement's slots.
    pub slot: Slot,
    /// The full spelling, upper case.
    pub full: &'static str,
    /// Shortest accepted length.
    pub min: usize,
}

/// A named part of a statement.
#[derive(Debug)]
pub struct SlotDesc {
    /// As written in the notation: lower case for operands and groups, capitals for the abbreviation of keywords.
    pub name: &'static str,
    /// What it is.
    pub kind: SlotKind,
    /// One line of documentation.
    pub doc: &'static str,
    /// Default, empty when there is none.
    pub default: &'static str,
    /// Unit, empty when there is none.
    pub unit: &'static str,
    /// True when only the founding documents have it.
    pub founding: bool,
    /// What to write instead; empty when there is nothing.
    pub instead: &'static str,
    /// First release, empty when always there.
    pub since: &'static str,
    /// First release without it, empty when still there.
    pub until: &'static str,
    /// True when no source confirms its form or range: a breach is a warning.
    pub unconfirmed: bool,
    /// The rule that looks for what it names; empty when it names nothing that has to be there.
    pub refers: &'static str,
    /// The keyword that it belongs in front of, though it is taken behind it; empty when its place in the syntax says all.
    pub before: &'static str,
}

/// What a slot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A keyword.
    Keyword,
    /// An operand of a type.
    Operand(Type),
    /// A group of parts, repeated or not.
    Group,
}

/// Type of an operand. Ranges are inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// Unsigned decimal.
    Number(u64, u64),
    /// Hexadecimal digits, at most that many.
    Hex(u8),
    /// Dotted IPv4 address.
    Ipv4,
    /// Colon-hex IPv6 address.
    Ipv6,
    /// Either family.
    Ip,
    /// Dotted subnet mask.
    Mask,
    /// `a.b.c.d/n`.
    Ipv4Net,
    /// `a.b.c.d` or `a.b.c.d/n`.
    Ipv4OrNet,
    /// `v6addr/n`.
    Ipv6Net,
    /// `v6addr` or `v6addr/n`.
    Ipv6OrNet,
    /// Address of either family, with or without `/n`.
    IpOrNet,
    /// `a.b.c.d-a.b.c.d` in one word.
    Ipv4Range,
    /// `v6addr-v6addr` in one word.
    Ipv6Range,
    /// A name of at most that many characters.
    Name(u8),
    /// MVS job name.
    Job,
    /// MVS job name with the wildcards of PORT.
    JobPattern,
    /// `n` or `n-m`.
    PortRange,
    /// Number with K or M behind it, or alone: from so many bytes to so many.
    Size(u64, u64),
    /// Unsigned decimal fraction, in thousandths.
    Decimal(u64, u64),
    /// One of these numbers.
    Among(&'static [u64]),
    /// This word, in any case.
    Exactly(&'static str),
    /// `KEY=value` in one word.
    Setting(&'static Setting),
    /// `hh:mm`.
    Time,
    /// Double-quoted text or one word.
    Text,
    /// One word of any form.
    Word,
    /// Data set name with optional member.
    Dsname,
    /// SAF resource name.
    Resource,
    /// Colon-hex interface identifier, four groups.
    InterfaceId,
    /// Twelve hex digits.
    Mac,
}

/// What is written `KEY=value`, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Setting {
    /// The key, upper case.
    pub full: &'static str,
    /// Its shortest abbreviation, in characters.
    pub min: usize,
    /// What may stand behind the equals sign.
    pub values: &'static [Type],
}

impl Setting {
    /// The value of a word, when its key is this one.
    #[must_use]
    pub fn value<'t>(&self, text: &'t str) -> Option<&'t str> {
        let (key, value) = text.split_once('=')?;
        let start = self.full.as_bytes().get(..key.len())?;
        (key.len() >= self.min && start.eq_ignore_ascii_case(key.as_bytes())).then_some(value)
    }
}

/// A node of a syntax diagram.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// Nothing stands here.
    Nothing,
    /// Everything up to the next statement.
    Rest(Slot),
    /// A keyword.
    Keyword(KeywordDesc),
    /// A fixed text such as `=`.
    Literal(Slot, &'static str),
    /// A value.
    Operand(Slot, Type),
    /// One after another.
    Sequence(Nodes),
    /// One of these, the first that fits.
    Choice(Nodes),
    /// May be left out.
    Optional(&'static Node),
    /// At least, at most.
    Repeat(&'static Node, u32, u32),
    /// Each at most once, in any order; one that repeats from one to one time has to stand.
    AnyOrder(Nodes),
    /// A part with a name, repeated parts above all.
    Group(Slot, &'static Node),
}

impl Type {
    /// Whether it takes words of almost any form, so that a statement's name could be one.
    #[must_use]
    pub const fn is_loose(&self) -> bool {
        match self {
            Self::Name(_)
            | Self::Job
            | Self::JobPattern
            | Self::Text
            | Self::Word
            | Self::Dsname
            | Self::Resource => true,
            Self::Number(..)
            | Self::Hex(_)
            | Self::Ipv4
            | Self::Ipv6
            | Self::Ip
            | Self::Mask
            | Self::Ipv4Net
            | Self::Ipv4OrNet
            | Self::Ipv6Net
            | Self::Ipv6OrNet
            | Self::IpOrNet
            | Self::Ipv4Range
            | Self::Ipv6Range
            | Self::PortRange
            | Self::Size(..)
            | Self::Decimal(..)
            | Self::Among(_)
            | Self::Exactly(_)
            | Self::Setting(_)
            | Self::Time
            | Self::InterfaceId
            | Self::Mac => false,
        }
    }
    /// What fits here, for people: "a port number (1-65535)".
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Number(1, 65535) => "a number from 1 to 65535".to_owned(),
            Self::Number(low, u64::MAX) => format!("a number from {low}"),
            Self::Number(low, high) => format!("a number from {low} to {high}"),
            Self::Hex(digits) => format!("a hexadecimal number of up to {digits} digits"),
            Self::Ipv4 => "an IPv4 address".to_owned(),
            Self::Ipv6 => "an IPv6 address".to_owned(),
            Self::Ip => "an IP address".to_owned(),
            Self::Mask => "a subnet mask".to_owned(),
            Self::Ipv4Net => "an IPv4 address/bits".to_owned(),
            Self::Ipv4OrNet => "an IPv4 address or address/bits".to_owned(),
            Self::Ipv6Net => "an IPv6 address/prefix".to_owned(),
            Self::Ipv6OrNet => "an IPv6 address or address/prefix".to_owned(),
            Self::IpOrNet => "an IP address or address/prefix".to_owned(),
            Self::Ipv4Range => "two IPv4 addresses, first-last".to_owned(),
            Self::Ipv6Range => "two IPv6 addresses, first-last".to_owned(),
            Self::Name(length) => format!("a name of up to {length} characters"),
            Self::Job => "a job name of up to 8 characters".to_owned(),
            Self::JobPattern => "a job name of up to 8 characters, with * and ? as wildcards".to_owned(),
            Self::PortRange => "a port or first-last".to_owned(),
            Self::Size(0, u64::MAX) => "a size such as 64K or 2M".to_owned(),
            Self::Size(low, u64::MAX) => format!("a size from {}", size(low)),
            Self::Size(low, high) => format!("a size from {} to {}", size(low), size(high)),
            Self::Decimal(low, high) => {
                format!("a number from {} to {}, with decimals", decimal(low), decimal(high))
            }
            Self::Among(values) => {
                let words: Vec<String> = values.iter().map(u64::to_string).collect();
                either(&words)
            }
            Self::Exactly(word) => word.to_owned(),
            Self::Setting(setting) => {
                let words: Vec<String> = setting.values.iter().map(|kind| kind.describe()).collect();
                format!("{}= with {}", setting.full, either(&words))
            }
            Self::Time => "a time hh:mm".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::Word => "a word".to_owned(),
            Self::Dsname => "a data set name".to_owned(),
            Self::Resource => "a resource name of 1 to 8 characters".to_owned(),
            Self::InterfaceId => "an interface identifier such as 6:7:8:9".to_owned(),
            Self::Mac => "a MAC address of 12 hexadecimal digits".to_owned(),
        }
    }
}

/// Whether `until` names a release, and not what had the statement last.
fn is_release(until: &str) -> bool {
    matches!(until.as_bytes(), [b'V', version, b'R', release] if version.is_ascii_digit() && release.is_ascii_digit())
}

/// Since when something is gone, as a remark.
#[must_use]
pub fn gone_in(until: &str) -> String {
    if is_release(until) {
        format!("gone in {until}")
    } else {
        format!("a statement of {until}; no z/OS release known here has it")
    }
}

/// Bytes as a size is written.
fn size(bytes: u64) -> String {
    const KILO: u64 = 1024;
    const MEGA: u64 = KILO * KILO;
    match bytes {
        0 => "0".to_owned(),
        _ if bytes.is_multiple_of(MEGA) => format!("{}M", bytes / MEGA),
        _ if bytes.is_multiple_of(KILO) => format!("{}K", bytes / KILO),
        _ => bytes.to_string(),
    }
}

/// Thousandths as a decimal fraction.
fn decimal(thousandths: u64) -> String {
    let (whole, part) = (thousandths / 1000, thousandths % 1000);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}").trim_end_matches('0').to_owned() }
}

fn either(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

impl StatementDesc {
    /// The slot with this name, in any case.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<(Slot, &'static SlotDesc)> {
        self.slots
            .iter()
            .enumerate()
            .find(|(_, slot)| slot.name.eq_ignore_ascii_case(name))
            .and_then(|(index, slot)| Some((Slot(u16::try_from(index).ok()?), slot)))
    }
    /// What is known of a slot.
    #[must_use]
    pub fn slot_desc(&self, slot: Slot) -> Option<&'static SlotDesc> {
        self.slots.get(slot.0 as usize)
    }
    /// Whether no z/OS release that is known here has it.
    #[must_use]
    pub fn is_of_no_release(&self) -> bool {
        !self.until.is_empty() && !is_release(self.until)
    }
}
