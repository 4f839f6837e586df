//! The entries of PORT: what a port is reserved for, and who may use what is not (02 2).

use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::port as slot;
use grammar::tree::{Parts, Span};
use serde::{Serialize, Serializer};

use super::ipconfig::Placed;
use super::options;
use crate::name::{Name, upper};
use crate::place::At;
use crate::read::Read;
use crate::table::{Keyed, key};

/// Who may use a port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// Nobody.
    Reserved,
    /// The jobs that the pattern covers.
    Job(Name),
}

/// Whether the connections of a port may use SMC, as coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smc {
    /// NOSMC: neither of the two.
    NoSmc,
    /// SMC: both of them.
    Smc,
    /// NOSMCR: not over RDMA.
    NoSmcR,
}

impl Smc {
    /// The word that is coded.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoSmc => "NOSMC",
            Self::Smc => "SMC",
            Self::NoSmcR => "NOSMCR",
        }
    }
}

impl Serialize for Smc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reservation {
    /// The port.
    pub port: u16,
    /// TCP, else UDP.
    pub tcp: bool,
    /// Who may use it.
    pub who: Who,
    /// SHAREPORT or SHAREPORTWLM.
    pub share: bool,
    /// SHAREPORTWLM.
    pub share_wlm: bool,
    /// NOAUTOLOG.
    pub no_autolog: bool,
    /// DELAYACKS or NODELAYACKS, as coded, in the section of the port.
    #[serde(rename = "delay_acks", serialize_with = "value")]
    delay: Option<(bool, Span)>,
    /// BIND.
    pub bind: Option<IpAddr>,
    /// SAF.
    pub saf: Option<Box<str>>,
    /// NOSMC, SMC or NOSMCR, as coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smc: Option<Smc>,
    /// The port in the text.
    pub at: At,
    /// The job, or RESERVED, and the BIND address in the text, in the section of the port.
    #[serde(skip)]
    spans: [Span; 2],
}

/// The word without its place.
fn value<S: Serializer>(delay: &Option<(bool, Span)>, serializer: S) -> Result<S::Ok, S::Error> {
    delay.map(|(value, _)| value).serialize(serializer)
}

impl Reservation {
    /// DELAYACKS or NODELAYACKS, as coded.
    #[must_use]
    pub fn delay_acks(&self) -> Option<Placed<bool>> {
        self.delay.map(|(value, span)| Placed { value, at: self.at.beside(span) })
    }

    /// Whether two entries are the same but for their places.
    #[must_use]
    pub fn says_same(&self, other: &Self) -> bool {
        let Self { port, tcp, who, share, share_wlm, no_autolog, delay, bind, saf, smc, at: _, spans: _ } =
            self;
        let acks = |delay: Option<(bool, Span)>| delay.map(|(value, _)| value);
        *port == other.port
            && *tcp == other.tcp
            && *share == other.share
            && *share_wlm == other.share_wlm
            && *no_autolog == other.no_autolog
            && acks(*delay) == acks(other.delay)
            && *bind == other.bind
            && *saf == other.saf
            && *smc == other.smc
            && *who == other.who
    }

    /// The job, or RESERVED, in the text.
    #[must_use]
    pub fn who_at(&self) -> At {
        let [who, _] = self.spans;
        self.at.beside(who)
    }

    /// The BIND address in the text; the port where it has none.
    #[must_use]
    pub fn bind_at(&self) -> At {
        let [_, bind] = self.spans;
        self.at.beside(bind)
    }
}

impl Keyed for Reservation {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.port));
        add(of_user(self.port, &self.who, self.bind));
    }
}

/// The key of a port for a user at an address.
pub(super) fn of_user(port: u16, who: &Who, bind: Option<IpAddr>) -> u64 {
    match who {
        Who::Reserved => key((port, bind)),
        Who::Job(job) => key((port, job.as_str(), bind)),
    }
}

/// An UNRSV entry: access to every port that no entry reserves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unreserved {
    /// TCP, else UDP.
    pub tcp: bool,
    /// Job name pattern.
    pub job: String,
    /// DENY.
    pub deny: bool,
    /// SAF.
    pub saf: Option<String>,
    /// Checked at bind; else at listen.
    pub when_bind: bool,
    /// UNRSV in the text.
    pub at: At,
    /// DENY in the text.
    #[serde(skip)]
    pub deny_at: At,
}

impl Keyed for Unreserved {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key((self.tcp, self.when_bind)));
        add(key((self.tcp, self.job.as_str())));
    }
}

/// Words that say whether the connections of a port may use SMC.
const SMC: [(Slot, Smc); 3] = [(slot::NOSMC, Smc::NoSmc), (slot::SMC, Smc::Smc), (slot::NOSMCR, Smc::NoSmcR)];

/// Reads an entry for a port.
pub(super) fn reservation(entry: &Parts<'_>, cx: &mut Read<'_>) -> Option<Reservation> {
    let [number, tcp, job, reserved, no_autolog, share, share_wlm, acks, no_acks, bind, resource] = entry
        .firsts([
            slot::PORT_NUMBER,
            slot::TCP,
            slot::JOB,
            slot::RESERVED,
            slot::NOAUTOLOG,
            slot::SHAREPORT,
            slot::SHAREPORTWLM,
            slot::DELAYACKS,
            slot::NODELAYACKS,
            slot::BIND_ADDRESS,
            slot::RESOURCE,
        ]);
    // A symbol without a value may stand in the place of the protocol.
    let number = number.filter(|_| tcp.is_some() || entry.has(slot::UDP))?;
    let port = u16::try_from(number.number()?).ok().filter(|port| *port > 0)?;
    let who_word = job.or(reserved)?;
    // The one of the two that stands last.
    let delay = acks.or(no_acks).and_then(|_| options::flag(entry, slot::DELAYACKS, slot::NODELAYACKS, cx));
    Some(Reservation {
        port,
        tcp: tcp.is_some(),
        who: job.map_or(Who::Reserved, |word| Who::Job(upper(word))),
        share: share.is_some() || share_wlm.is_some(),
        share_wlm: share_wlm.is_some(),
        no_autolog: no_autolog.is_some(),
        delay: delay.map(|flag| (flag.value, flag.at.span)),
        bind: bind.and_then(|word| cx.ip(word)),
        saf: resource.map(|word| word.upper().into()),
        smc: options::chosen(entry, &SMC),
        at: cx.at(number.span),
        spans: [cx.span(who_word.span), cx.span(bind.map_or(number.span, |word| word.span))],
    })
}

/// Reads an UNRSV entry.
pub(super) fn unreserved(entry: &Parts<'_>, at: At, cx: &Read<'_>) -> Unreserved {
    let tcp = entry.has(slot::TCP);
    Unreserved {
        tcp,
        job: entry.get(slot::JOB).map_or_else(|| "*".to_owned(), |word| word.upper()),
        deny: entry.has(slot::DENY),
        saf: entry.get(slot::RESOURCE).map(|word| word.upper()),
        when_bind: if tcp { entry.has(slot::WHENBIND) } else { true },
        at,
        deny_at: entry.get(slot::DENY).map_or(at, |word| cx.at(word.span)),
    }
}

/// Whether one entry adds nothing to another.
pub(super) fn equal(one: &Reservation, other: &Reservation) -> bool {
    one.port == other.port
        && one.tcp == other.tcp
        && one.who == other.who
        && one.share == other.share
        && one.bind == other.bind
        && one.saf == other.saf
}

/// The options of an entry that [`equal`] does not look at, as they are coded.
pub(super) fn options_of(entry: &Reservation) -> String {
    let acks = entry.delay.map(|(delayed, _)| if delayed { "DELAYACKS" } else { "NODELAYACKS" });
    let words = [
        entry.no_autolog.then_some("NOAUTOLOG"),
        acks,
        entry.share_wlm.then_some("SHAREPORTWLM"),
        entry.smc.map(Smc::word),
    ];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    if words.is_empty() { "no options".to_owned() } else { words.join(" ") }
}

/// TCP or UDP.
#[must_use]
pub fn protocol(tcp: bool) -> &'static str {
    if tcp { "TCP" } else { "UDP" }
}

/// An entry as effects name it.
pub(super) fn describe(reservation: &Reservation) -> String {
    let who = match &reservation.who {
        Who::Reserved => "RESERVED",
        Who::Job(job) => job,
    };
    format!("PORT {} {} {who}", reservation.port, protocol(reservation.tcp))
}
