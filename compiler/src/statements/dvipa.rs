//! What VIPADEFINE, VIPABACKUP and VIPADELETE keep together: the DVIPAs configured on a stack (01 2.2 to 2.4).

use std::collections::BTreeSet;
use std::net::IpAddr;

use grammar::description::Slot;
use grammar::tree::{Parts, Word};
use grammar::values;
use runtime_model::Assumption;
use runtime_model::model::{DvipaOrigin, Moveable};
use serde::Serialize;

use super::interface;
use crate::apply::{Apply, Kind, Phase};
use crate::finding::Severity;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    dvipa_changed, dvipa_defined_twice, dvipa_home_address, dvipa_limit, dvipa_loopback,
    ipv6_address_of_ipv4, keyword_not_for_ipv6,
};
use crate::table::{Keyed, Table, key};

/// A DVIPA on this stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dvipa {
    /// The address.
    pub address: IpAddr,
    /// Interface name, for IPv6.
    pub interface: Option<String>,
    /// Which statement, with the rank of a backup.
    pub origin: DvipaOrigin,
    /// Length of the prefix, if a mask or prefix was given.
    pub bits: Option<u8>,
    /// MOVEABLE; absent on a backup that codes none.
    pub moveable: Option<Moveable>,
    /// CPCSCOPE.
    pub cpc_scope: bool,
    /// TIER1 or TIER2.
    pub tier: Option<u8>,
    /// CLUSTERPORTS.
    pub cluster_ports: bool,
    /// SERVICEMGR.
    pub service_manager: bool,
    /// The address in the text.
    pub at: At,
    /// The rank in the text, or the statement.
    #[serde(skip)]
    pub rank_at: At,
}

/// The DVIPAs of VIPADEFINE and VIPABACKUP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In order.
    pub list: Table<Dvipa>,
    /// What this data set has defined, until it ends.
    #[serde(skip)]
    pub now: BTreeSet<IpAddr>,
    /// VIPADELETE of the last OBEYFILE for addresses without VIPADEFINE and VIPABACKUP: an application may have made them.
    #[serde(skip)]
    pub deleted: BTreeSet<IpAddr>,
    /// The same for interface names of IPv6 ranges.
    #[serde(skip)]
    pub deleted_interfaces: BTreeSet<String>,
}

impl Keyed for Dvipa {
    fn keys(&self, add: &mut dyn FnMut(u64)) {
        add(key(self.address));
        if let Some(interface) = &self.interface {
            add(key(interface.as_str()));
        }
    }
}

impl Part {
    /// The DVIPA of an address.
    #[must_use]
    pub fn of(&self, address: IpAddr) -> Option<&Dvipa> {
        self.list.find(key(address), |dvipa| dvipa.address == address)
    }

    /// The DVIPA of an interface name.
    #[must_use]
    pub fn named(&self, interface: &str) -> Option<&Dvipa> {
        self.list.find(key(interface), |dvipa| dvipa.interface.as_deref() == Some(interface))
    }
}

/// The statement that an origin stands for.
#[must_use]
pub fn statement(origin: DvipaOrigin) -> &'static str {
    match origin {
        DvipaOrigin::Define => "VIPADEFINE",
        DvipaOrigin::Backup(_) => "VIPABACKUP",
    }
}

/// An address that the stack has already: of a link or interface, or its dynamic XCF address (04:1.2 S3).
fn refused_home(dvipa: &Dvipa, what: &str, cx: &mut Apply<'_>) -> bool {
    let home = interface::holder(cx.config, dvipa.address);
    let home = home.map(|(name, at)| ("in the HOME list", format!("address of {name}"), at));
    let xcf = cx.config.ipconfig.xcf.map(|xcf| (IpAddr::V4(xcf.address), xcf.at));
    let xcf6 = cx.config.ipconfig6.xcf.map(|xcf| (IpAddr::V6(xcf.address), xcf.at));
    let dynamic = xcf.into_iter().chain(xcf6).find(|(address, _)| *address == dvipa.address);
    let dynamic = dynamic.map(|(_, at)| ("the dynamic XCF address", "DYNAMICXCF".to_owned(), at));
    let Some((which, label, at)) = home.or(dynamic) else { return false };
    cx.reports.push(
        Report::new(
            &dvipa_home_address::RULE,
            dvipa.at,
            format!("{} is {which} of this stack, so it cannot be a DVIPA", dvipa.address),
        )
        .related(at, label)
        .note("this address is skipped, the others of the statement are taken"),
    );
    cx.say("EZZ8307I", dvipa.at, "the address is one of the stack's own already");
    cx.change_because(dvipa.at, Kind::Refused, what, format!("the address is {which}"));
    true
}

/// Adds a DVIPA unless the stack refuses it (VD-03, VD-07, 04 S3). A VIPADEFINE of IPv6 that is refused has a message of its own
/// behind the one with the reason (VF-13).
pub fn add(dvipa: &Dvipa, cx: &mut Apply<'_>) {
    let told = cx.changes.len();
    put(dvipa, cx);
    let refused = cx.changes.get(told..).is_some_and(|new| new.iter().any(|c| c.kind == Kind::Refused));
    // Where the running stack refuses it, it says so itself.
    let says = refused && !cx.facts.refused.definitions.contains_key(&dvipa.address);
    if let Some(interface) = dvipa.interface.as_ref().filter(|_| says)
        && dvipa.origin == DvipaOrigin::Define
    {
        cx.say("EZZ9654I", dvipa.at, format!("VIPADEFINE {interface} is rejected"));
    }
}

fn put(dvipa: &Dvipa, cx: &mut Apply<'_>) {
    let what = || format!("{} {}", statement(dvipa.origin), dvipa.address);
    if refused_loopback(dvipa.address, dvipa.at, cx) {
        cx.change_because(dvipa.at, Kind::Refused, what(), "the loopback address");
        return;
    }
    if refused_ipv6(dvipa.address, dvipa.at, statement(dvipa.origin), cx) {
        cx.change_because(dvipa.at, Kind::Refused, what(), "an IPv4 address in the form of an IPv6 one");
        return;
    }
    if refused_home(dvipa, &what(), cx) {
        return;
    }
    let facts = &cx.facts.refused;
    if let Some(why) =
        facts.definitions.get(&dvipa.address).filter(|_| cx.config.dvipa.of(dvipa.address).is_none())
    {
        cx.change_because(dvipa.at, Kind::Refused, what(), why);
        return;
    }
    // VARY OBEY adds CLUSTERPORTS by a repeat of the statement with it (001, F8B:875).
    let gains_ports = |known: &Dvipa| {
        known.address == dvipa.address
            && !known.cluster_ports
            && same(&Dvipa { cluster_ports: true, ..known.clone() }, dvipa)
    };
    if let Some(why) = facts.cluster_ports.get(&dvipa.address).filter(|_| dvipa.cluster_ports)
        && cx.config.dvipa.of(dvipa.address).is_some_and(gains_ports)
    {
        cx.change_because(dvipa.at, Kind::Refused, what(), why);
        return;
    }
    let list = &mut cx.config.dvipa.list;
    if cx.phase == Phase::Obey
        && dvipa.cluster_ports
        && list.update(key(dvipa.address), gains_ports, |known| known.cluster_ports = true).is_some()
    {
        cx.change(dvipa.at, Kind::Replaced, what());
        return;
    }
    let again = cx.phase == Phase::Obey && !cx.config.dvipa.now.insert(dvipa.address);
    if let Some(first) = cx.config.dvipa.of(dvipa.address).cloned() {
        if same(&first, dvipa) {
            cx.change(dvipa.at, Kind::Unchanged, what());
            return;
        }
        if cx.phase == Phase::Obey && !again && replaces(&first, dvipa) && !cx.facts.definitions_stay {
            replace(&first, dvipa, cx);
            return;
        }
        let mut report = Report::new(&dvipa_defined_twice::RULE, dvipa.at, refusal(&first, dvipa))
            .related(first.at, "the first stands here")
            .note(format!("keep one of them, or put `VIPADELETE {}` between", dvipa.address));
        let address = dvipa.address.to_string();
        if cx
            .config
            .undetermined
            .stated(&["VIPADEFINE", "VIPABACKUP"], &address, |word| word.defines)
            .is_some()
        {
            report.severity = report.severity.min(Severity::Warning);
            report = report.note("where the symbol makes both say the same, the second changes nothing");
        }
        cx.reports.push(report);
        cx.change_because(dvipa.at, Kind::Refused, what(), "the address is already configured here");
        return;
    }
    if cx.config.dvipa.list.len() >= MOST {
        cx.reports.push(
            Report::new(
                &dvipa_limit::RULE,
                dvipa.at,
                format!(
                    "{} would be DVIPA number {} of this stack, and {MOST} are possible",
                    dvipa.address,
                    MOST + 1
                ),
            )
            .note("VIPADEFINE, VIPABACKUP and the DVIPAs that this stack is a target of count together")
            .note("this address is rejected, the others of the statement too"),
        );
        cx.say("EZZ8309I", dvipa.at, "too many dynamic VIPAs");
        cx.change_because(dvipa.at, Kind::Refused, what(), "too many DVIPAs");
        return;
    }
    cx.added(dvipa.at, what);
    cx.config.dvipa.list.push(dvipa.clone());
}

/// DVIPAs of VIPADEFINE and VIPABACKUP that a stack takes, on every release (VD-05).
pub const MOST: usize = 1024;

/// Whether an address is the loopback address, which no statement of VIPADYNAMIC takes (VD-07).
pub fn refused_loopback(address: IpAddr, at: At, cx: &mut Apply<'_>) -> bool {
    if !address.is_loopback() {
        return false;
    }
    cx.reports.push(
        Report::new(&dvipa_loopback::RULE, at, format!("{address} cannot be a DVIPA"))
            .note("the statement is ignored"),
    );
    cx.say("EZZ0638I", at, "127.0.0.1 cannot be a dynamic VIPA");
    true
}

/// Whether an IPv6 address is an IPv4 address in disguise, which makes the stack ignore the statement (LX-18).
pub fn refused_ipv6(address: IpAddr, at: At, statement: &str, cx: &mut Apply<'_>) -> bool {
    let IpAddr::V6(address) = address else { return false };
    let mapped = address.to_ipv4_mapped();
    let (inner, id, form) = match (mapped, address.to_ipv4()) {
        (Some(inner), _) => (inner, "EZZ0713I", "IPv4-mapped"),
        (None, Some(inner)) if !address.is_loopback() && !address.is_unspecified() => {
            (inner, "EZZ0714I", "IPv4-compatible")
        }
        (None, Some(_) | None) => return false,
    };
    cx.reports.push(
        Report::new(
            &ipv6_address_of_ipv4::RULE,
            at,
            format!("{statement} does not take the {form} form of {inner} as an IPv6 address"),
        )
        .message_id(id)
        .note("the statement is ignored")
        .note(format!(
            "write an IPv6 address of your own, or use the IPv4 form of the statement with {inner}"
        )),
    );
    cx.say(id, at, format!("{form} IPv6 address cannot be specified"));
    true
}

fn refusal(first: &Dvipa, dvipa: &Dvipa) -> String {
    let (old, new) = (statement(first.origin), statement(dvipa.origin));
    if old == new && (first.tier, first.cpc_scope) != (dvipa.tier, dvipa.cpc_scope) {
        return format!(
            "{} is {} on this stack, so this {new} for {} is rejected",
            dvipa.address,
            usage(first),
            usage(dvipa)
        );
    }
    format!("{} already has a {old} on this stack, so this {new} is rejected", dvipa.address)
}

/// What a DVIPA is used for: its tier and its scope.
fn usage(dvipa: &Dvipa) -> String {
    let tier = dvipa.tier.map(|tier| format!("TIER{tier}"));
    let scope = dvipa.cpc_scope.then(|| "CPCSCOPE".to_owned());
    let words: Vec<String> = tier.into_iter().chain(scope).collect();
    if words.is_empty() { "without a tier".to_owned() } else { words.join(" ") }
}

/// Whether a definition of a later data set takes the place of one for the same use (VF-14).
fn replaces(first: &Dvipa, dvipa: &Dvipa) -> bool {
    statement(first.origin) == statement(dvipa.origin)
        && first.interface == dvipa.interface
        && (first.tier, first.cpc_scope) == (dvipa.tier, dvipa.cpc_scope)
}

fn replace(first: &Dvipa, dvipa: &Dvipa, cx: &mut Apply<'_>) {
    let word = statement(dvipa.origin);
    cx.reports.push(
        Report::new(
            &dvipa_changed::RULE,
            dvipa.at,
            format!("this {word} is taken to replace the one that the stack has for {}", dvipa.address),
        )
        .related(first.at, "in force since here")
        .note("no source says which options change in place; the new ones are taken to be in force from here on")
        .note(format!("to be sure, write `VIPADELETE {}` before it in the same block", dvipa.address))
        .assumes(Assumption::DefinitionInPlace.name()),
    );
    cx.change_because(
        dvipa.at,
        Kind::Replaced,
        format!("{word} {}", dvipa.address),
        "a new definition for the same use takes the place of the old one",
    );
    let known = |known: &Dvipa| known.address == dvipa.address;
    cx.config.dvipa.list.update(key(dvipa.address), known, |known| *known = dvipa.clone());
}

fn same(one: &Dvipa, other: &Dvipa) -> bool {
    one.origin == other.origin
        && one.interface == other.interface
        && one.bits == other.bits
        && one.moveable == other.moveable
        && one.cpc_scope == other.cpc_scope
        && one.tier == other.tier
        && one.cluster_ports == other.cluster_ports
}

/// Reports keywords that the stack leaves out of a statement for IPv6 (VF-08, VF-09). True when there is such an address.
pub fn for_ipv6(
    parts: &Parts<'_>,
    interface: Slot,
    ipv4_only: &[Slot],
    name: &str,
    cx: &mut Read<'_>,
) -> bool {
    if !parts.has(interface) {
        return false;
    }
    for word in ipv4_only.iter().filter_map(|slot| parts.get(*slot)) {
        let at = cx.at(word.span);
        cx.reports.push(
            Report::new(
                &keyword_not_for_ipv6::RULE,
                at,
                format!("{} of {name} is for IPv4 addresses only", word.upper()),
            )
            .note("the keyword is ignored; the DVIPA is taken as MOVEABLE IMMEDIATE"),
        );
    }
    true
}

/// The addresses that a VIPADEFINE or VIPABACKUP names.
pub struct Named<'s> {
    /// Interface name of an IPv6 DVIPA.
    pub interface: Option<Word<'s>>,
    /// The IPv6 DVIPA, with or without a prefix length.
    pub address6: Option<Word<'s>>,
    /// Length of the mask's prefix, for all IPv4 DVIPAs of the statement.
    pub mask: Option<u8>,
    /// The IPv4 DVIPAs.
    pub addresses: Vec<Word<'s>>,
}

/// A DVIPA for each address that a statement names; `like` gives what they have in common.
pub fn each(
    named: Named<'_>,
    like: impl Fn(IpAddr, Option<String>, Option<u8>, At) -> Dvipa,
    cx: &mut Read<'_>,
) -> Vec<Dvipa> {
    let mut list = Vec::new();
    if let (Some(interface), Some(address)) = (named.interface, named.address6)
        && let Some((value, bits)) = ipv6_with_bits(address.text())
    {
        list.push(like(value, Some(interface.upper()), bits, cx.at(address.span)));
    }
    for word in named.addresses {
        if let Some(address) = cx.ip(word) {
            list.push(like(address, None, named.mask, cx.at(word.span)));
        }
    }
    list
}

/// An IPv6 address with an optional prefix length.
#[must_use]
pub fn ipv6_with_bits(text: &str) -> Option<(IpAddr, Option<u8>)> {
    match values::net(text) {
        Some((address @ IpAddr::V6(_), bits)) => Some((address, Some(bits))),
        Some(_) => None,
        None => values::ipv6(text).map(|address| (IpAddr::V6(address), None)),
    }
}
