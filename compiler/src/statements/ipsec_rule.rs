//! A filter rule of IPSEC as the stack holds it (02 15).

use std::fmt::{Display, Formatter};
use std::net::IpAddr;

use grammar::description::Slot;
use grammar::slot::ipsec as slot;
use grammar::tree::{Parts, Word};
use grammar::values;
use ipnet::IpNet;
use serde::{Serialize, Serializer};

use crate::place::At;
use crate::read::Read;

/// Addresses of one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// `*`.
    Any,
    /// A host or network, host bits cleared.
    Net(IpNet),
    /// From the first to the last.
    Range(IpAddr, IpAddr),
}

/// Values from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: u64,
    /// The last.
    pub last: u64,
}

/// A rule. Everything is as it counts, defaults put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// IPSEC6RULE.
    pub ipv6: bool,
    /// Source addresses.
    pub source: Ends,
    /// Destination addresses.
    pub destination: Ends,
    /// LOG.
    pub log: bool,
    /// By name where it has one; absent for all.
    pub protocol: Option<String>,
    /// Absent for all.
    pub source_ports: Option<Span>,
    /// Absent for all.
    pub destination_ports: Option<Span>,
    /// Types of messages; absent for all.
    pub types: Option<Span>,
    /// Codes of messages; absent for all.
    pub codes: Option<Span>,
    /// LOCAL, ROUTED, ROUTED FRAGMENTSONLY or EITHER.
    pub routing: &'static str,
    /// SECCLASS; 0 is any.
    pub class: u64,
    /// INBOUND, OUTBOUND or BIDIRECTIONAL, with what stands behind it.
    pub direction: &'static str,
    /// IPSECRULE or IPSEC6RULE in the text.
    pub at: At,
    /// LOG in the text.
    #[serde(skip)]
    pub log_at: Option<At>,
    /// Ranges that end before they begin, in words, with their places.
    #[serde(skip)]
    pub reversed: Vec<(String, At)>,
}

/// The words of a rule, and which of the slots have one: a rule has few of very many.
struct Said<'p, 's> {
    parts: &'p Parts<'s>,
    /// One bit for each of the first slots.
    slots: u128,
}

impl<'p, 's> Said<'p, 's> {
    fn new(parts: &'p Parts<'s>) -> Self {
        let slots = parts.tokens().fold(0, |slots, (slot, _)| slots | bit(slot));
        Self { parts, slots }
    }

    fn has(&self, slot: Slot) -> bool {
        match bit(slot) {
            0 => self.parts.has(slot),
            bit => self.slots & bit != 0,
        }
    }

    fn get(&self, slot: Slot) -> Option<Word<'s>> {
        if self.has(slot) { self.parts.get(slot) } else { None }
    }
}

/// The bit of a slot; 0 for those that have none.
fn bit(slot: Slot) -> u128 {
    1_u128.checked_shl(u32::from(slot.0)).unwrap_or(0)
}

/// Reads a rule. None without its two ends.
pub fn read(parts: &Parts<'_>, cx: &Read<'_>) -> Option<Rule> {
    let parts = &Said::new(parts);
    let word = parts.get(slot::IPSECRULE).or_else(|| parts.get(slot::IPSEC6RULE))?;
    let ipv6 = parts.has(slot::IPSEC6RULE);
    Some(Rule {
        ipv6,
        source: ends(parts, &SOURCE),
        destination: ends(parts, &DESTINATION),
        log: parts.has(slot::LOG),
        protocol: protocol(parts, ipv6),
        source_ports: span(parts, slot::SOURCE_PORT, slot::SOURCE_PORT_LAST),
        destination_ports: span(parts, slot::DESTINATION_PORT, slot::DESTINATION_PORT_LAST),
        types: span(parts, slot::MESSAGE_TYPE, slot::MESSAGE_TYPE_LAST)
            .or_else(|| span(parts, slot::OSPF_TYPE, slot::OSPF_TYPE)),
        codes: span(parts, slot::MESSAGE_CODE, slot::MESSAGE_CODE_LAST),
        routing: first(
            parts,
            &[
                (slot::FRAGMENTSONLY, "ROUTED FRAGMENTSONLY"),
                (slot::ROUTED, "ROUTED"),
                (slot::EITHER, "EITHER"),
            ],
        )
        .unwrap_or("LOCAL"),
        class: parts.get(slot::CLASS).and_then(|word| word.number()).unwrap_or(0),
        direction: first(
            parts,
            &[
                (slot::INBCONNECT, "BIDIRECTIONAL INBCONNECT"),
                (slot::OUTBCONNECT, "BIDIRECTIONAL OUTBCONNECT"),
                (slot::INBOUND, "INBOUND"),
                (slot::OUTBOUND, "OUTBOUND"),
            ],
        )
        .unwrap_or("BIDIRECTIONAL"),
        at: cx.at(word.span),
        log_at: parts.get(slot::LOG).map(|word| cx.at(word.span)),
        reversed: reversed(parts, cx),
    })
}

/// In one word, as one address or network, and as the last behind a hyphen: of each family.
type EndSlots = [(Slot, Slot, Slot); 2];

const SOURCE: EndSlots = [
    (slot::SOURCE_RANGE, slot::SOURCE_ADDRESS, slot::SOURCE_LAST),
    (slot::SOURCE_RANGE6, slot::SOURCE_ADDRESS6, slot::SOURCE_LAST6),
];

const DESTINATION: EndSlots = [
    (slot::DESTINATION_RANGE, slot::DESTINATION_ADDRESS, slot::DESTINATION_LAST),
    (slot::DESTINATION_RANGE6, slot::DESTINATION_ADDRESS6, slot::DESTINATION_LAST6),
];

fn ends(parts: &Said<'_, '_>, slots: &EndSlots) -> Ends {
    for (whole, first, last) in slots {
        if let Some((low, high)) = parts.get(*whole).and_then(|word| values::ip_range(word.text())) {
            return Ends::Range(low, high);
        }
        let Some(word) = parts.get(*first) else { continue };
        let high = parts.get(*last).and_then(|word| word.ip());
        if let (Some(low), Some(high)) = (word.ip(), high) {
            return Ends::Range(low, high);
        }
        let net = values::net(word.text()).and_then(|(address, bits)| IpNet::new(address, bits).ok());
        if let Some(net) = net.map(|net| net.trunc()).or_else(|| word.ip().map(IpNet::from)) {
            return Ends::Net(net);
        }
    }
    Ends::Any
}

fn protocol(parts: &Said<'_, '_>, ipv6: bool) -> Option<String> {
    let mut tokens = parts.parts.tokens().skip_while(|(slot, _)| *slot != slot::PROTOCOL).skip(1);
    let typed = tokens.next()?.1.upper();
    match typed.as_str() {
        "*" => None,
        "6" => Some("TCP".to_owned()),
        "17" => Some("UDP".to_owned()),
        "1" if !ipv6 => Some("ICMP".to_owned()),
        "89" => Some("OSPF".to_owned()),
        _ => Some(typed),
    }
}

fn span(parts: &Said<'_, '_>, first: Slot, last: Slot) -> Option<Span> {
    let low = parts.get(first)?.number()?;
    let high = parts.get(last).and_then(|word| word.number()).unwrap_or(low);
    Some(Span { first: low, last: high })
}

fn first(parts: &Said<'_, '_>, words: &[(Slot, &'static str)]) -> Option<&'static str> {
    words.iter().find(|(slot, _)| parts.has(*slot)).map(|(_, word)| *word)
}

/// What ends before it begins.
fn reversed(parts: &Said<'_, '_>, cx: &Read<'_>) -> Vec<(String, At)> {
    let mut found = Vec::new();
    for (first, last) in PORTS {
        if let (Some(low), Some(high)) = (parts.get(first), parts.get(last))
            && low.number() > high.number()
        {
            found.push((format!("ports {} to {}", low.text(), high.text()), cx.at(low.span)));
        }
    }
    for slots in [&SOURCE, &DESTINATION] {
        let Ends::Range(low, high) = ends(parts, slots) else { continue };
        let word = slots.iter().find_map(|(whole, first, _)| parts.get(*whole).or_else(|| parts.get(*first)));
        if let Some(word) = word.filter(|_| low.is_ipv4() == high.is_ipv4() && low > high) {
            found.push((format!("addresses {low} to {high}"), cx.at(word.span)));
        }
    }
    found
}

const PORTS: [(Slot, Slot); 2] =
    [(slot::SOURCE_PORT, slot::SOURCE_PORT_LAST), (slot::DESTINATION_PORT, slot::DESTINATION_PORT_LAST)];

impl Display for Ends {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Any => out.write_str("*"),
            Self::Net(net) if net.prefix_len() == net.max_prefix_len() => write!(out, "{}", net.addr()),
            Self::Net(net) => write!(out, "{net}"),
            Self::Range(first, last) => write!(out, "{first}-{last}"),
        }
    }
}

impl Display for Span {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            write!(out, "{}", self.first)
        } else {
            write!(out, "{}-{}", self.first, self.last)
        }
    }
}

impl Serialize for Ends {
    /// As it is written in a profile.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Span {
    /// `first-last`, or one value.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
