//! ## What it finds
//! A LINK of type IPAQENET, IPAQIDIO or VIRTUAL, which INTERFACE has taken the place of.
//!
//! ## Why it hurts
//! It works. But several VLANs on an adapter, IPv6 and most of what is new need INTERFACE, and the definition stands in three places: DEVICE,
//! LINK and HOME.
//!
//! ## Example
//! ```profile
//! DEVICE OSA1 MPCIPA
//! LINK OSAL1 IPAQENET OSA1
//! HOME 192.0.2.1 OSAL1
//! START OSA1
//! ```
//!
//! ## How to mend it
//! Write `INTERFACE name DEFINE` with the name of the link, so that routes stay as they are, take the address out of HOME, and have START name
//! the interface. Where SOURCEVIPA is on, name the VIPA that stood before it in HOME on SOURCEVIPAINTERFACE.
//!
//! ## Source
//! 03:DEV-02, 03:DEV-15, 03:DEV-23, 03:HOM-13.

use std::collections::{BTreeMap, BTreeSet};

use grammar::slot;
use grammar::tree::{Span, Word};

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Edit, Finding, Fix, Severity};
use crate::mend::{Here, Mender, Nth, Page};
use crate::report::Report;

/// The rule.
pub const RULE: Rule = Rule {
    name: "link-old-form",
    level: Severity::Info,
    message_id: None,
    effect: None,
    confidence: Confidence::Documented,
    check: Check::Stack(check),
};

/// Where it is on.
pub const PRESETS: &[Preset] = &[Preset::Strict];

/// Longest record of a definition.
const RECORD: usize = 71;

fn check(stack: &StackView<'_>, out: &mut Vec<Report>) {
    for link in stack.config.link.links.iter() {
        if matches!(link.kind(), "IPAQENET" | "IPAQIDIO" | "VIRTUAL") {
            let message = format!("LINK {} is an old form of INTERFACE DEFINE {}", link.name, link.kind());
            out.push(
                Report::new(&RULE, link.at, message)
                    .note("DEVICE, LINK and HOME work; VLANs, IPv6 and newer functions need INTERFACE"),
            );
        }
    }
}

/// What all findings of a file have to know of it.
#[derive(Default)]
struct Forms {
    /// The DEVICE statements of a name.
    devices: BTreeMap<String, Vec<Nth>>,
    /// The entries of all HOME statements, in order.
    homes: Vec<Entry>,
    /// Those of a link.
    homes_of: BTreeMap<String, Vec<usize>>,
    /// The names of static VIPAs.
    vipas: BTreeSet<String>,
    /// What stands in statements that take a LINK and no INTERFACE, or whose names would have to change too.
    needed: BTreeSet<String>,
    /// GATEWAY needs them all.
    gateway: bool,
    source_vipa: bool,
    /// START and STOP of a name, with the place of the name.
    started: BTreeMap<String, Vec<(Nth, Span)>>,
}

/// An entry of HOME.
struct Entry {
    home: Nth,
    address: Span,
    link: Span,
    /// The link, in upper case.
    name: String,
}

impl Forms {
    fn of(page: &Page) -> Self {
        let mut forms = Self::default();
        for here in page.statements() {
            forms.add(&here);
        }
        for (place, entry) in forms.homes.iter().enumerate() {
            forms.homes_of.entry(entry.name.clone()).or_default().push(place);
        }
        forms
    }

    fn add(&mut self, here: &Here<'_>) {
        let parts = &here.view.parts;
        match here.view.name() {
            "DEVICE" => {
                if let Some(name) = parts.get(slot::device::DEVICE) {
                    self.devices.entry(name.upper()).or_default().push(here.nth());
                }
            }
            "LINK" if parts.has(slot::link::VIRTUAL) => {
                self.vipas.extend(parts.get(slot::link::LINK).map(|name| name.upper()));
            }
            "HOME" => {
                for entry in parts.groups(slot::home::ENTRY) {
                    if let [Some(address), Some(link)] = entry.firsts([slot::home::ADDRESS, slot::home::LINK])
                    {
                        let (address, name) = (address.span, link.upper());
                        self.homes.push(Entry { home: here.nth(), address, link: link.span, name });
                    }
                }
            }
            "GATEWAY" => self.gateway = true,
            "TRANSLATE" | "BSDROUTINGPARMS" | "DELETE" => self.needed.extend(here.words()),
            "IPCONFIG" => self.source_vipa |= parts.has(slot::ipconfig::SOURCEVIPA),
            "START" => self.add_started(here, parts.get(slot::start::OBJECT)),
            "STOP" => self.add_started(here, parts.get(slot::stop::OBJECT)),
            _ => {}
        }
    }

    fn add_started(&mut self, here: &Here<'_>, object: Option<Word<'_>>) {
        if let Some(object) = object {
            self.started.entry(object.upper()).or_default().push((here.nth(), object.span));
        }
    }
}

/// Writes INTERFACE in place of DEVICE, LINK and HOME, where all of it stands in one file and nothing else needs the link.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let forms = mender.kept(RULE.name, &page, Forms::of)?;
    let link = page.at(&finding.place)?;
    let name = link.view.parts.get(slot::link::LINK)?;
    if forms.gateway || forms.needed.contains(&name.upper()) {
        return None;
    }
    let typed = link.view.parts.get(slot::link::DEVICE)?;
    let device = page.statement(*only(forms.devices.get(&typed.upper())?)?)?;
    let place = *only(forms.homes_of.get(&name.upper())?)?;
    let entry = forms.homes.get(place)?;
    let home = page.statement(entry.home)?;
    let mut words = definition(&link, &device, name, home.text(entry.address))?;
    if forms.source_vipa {
        if link.view.parts.has(slot::link::VIRTUAL) {
            // The order of HOME says for which links it is the source.
            return None;
        }
        let before = forms.homes.get(..place).unwrap_or(&[]);
        if let Some(vipa) = before.iter().rev().find(|entry| forms.vipas.contains(&entry.name)) {
            words.push("SOURCEVIPAINTERFACE".to_owned());
            words.push(page.statement(vipa.home)?.text(vipa.link).to_owned());
        }
    }
    let mut edits = vec![
        page.cut(&device.whole()),
        link.replace(link.view.stmt.extent, records(&words, &link.indent())),
        out_of_home(&home, entry.address.to(entry.link)),
    ];
    // START and STOP name the interface where they named the device.
    let started = forms.started.get(&typed.upper()).map_or(&[][..], Vec::as_slice);
    let started = started.iter().filter_map(|(nth, object)| Some((page.statement(*nth)?, *object)));
    edits.extend(started.map(|(here, object)| here.replace(object, name.text())));
    Some(Fix {
        title: format!("write INTERFACE {}", name.upper()),
        applicability: Applicability::Unsafe,
        edits,
    })
}

fn only<T>(all: &[T]) -> Option<&T> {
    match all {
        [one] => Some(one),
        _ => None,
    }
}

/// The words of the INTERFACE. None where an operand has no place there.
fn definition(link: &Here<'_>, device: &Here<'_>, name: Word<'_>, address: &str) -> Option<Vec<String>> {
    let parts = &link.view.parts;
    let mut words = vec!["INTERFACE".to_owned(), name.text().to_owned(), "DEFINE".to_owned()];
    let add =
        |words: &mut Vec<String>, more: &[&str]| words.extend(more.iter().map(|word| (*word).to_owned()));
    if parts.has(slot::link::VIRTUAL) {
        add(&mut words, &["VIRTUAL", "IPADDR", address]);
        return Some(words);
    }
    let adapter = parts.get(slot::link::DEVICE)?;
    if parts.has(slot::link::IPAQENET) {
        // PORTNAME of the TRLE.
        if adapter.text().len() > 8 {
            return None;
        }
        add(&mut words, &["IPAQENET", "PORTNAME", adapter.text(), "IPADDR", address]);
    } else if parts.has(slot::link::IPAQIDIO) {
        let channel_path = adapter.text().get(6..).filter(|rest| rest.len() == 2)?;
        add(&mut words, &["IPAQIDIO", "CHPID", channel_path, "IPADDR", address]);
    } else {
        return None;
    }
    for word in device.words().iter().skip(2) {
        match word.get(..4)? {
            "PRIR" | "SECR" => words.push(word.clone()),
            // An INTERFACE comes back by itself.
            "NONR" | "AUTO" | "NOAU" => {}
            _ => return None,
        }
    }
    for word in link.words().into_iter().skip(3) {
        if matches!(word.as_str(), "IFSPEED" | "IFHSPEED" | "CHECKSUM" | "NOCHECKSUM") {
            return None;
        }
        words.push(word);
    }
    Some(words)
}

/// Words as records of a statement.
fn records(words: &[String], indent: &str) -> String {
    let mut text = String::new();
    let mut used = indent.len();
    for word in words {
        if used + 1 + word.len() > RECORD {
            text.push_str(&format!("\n{indent}  "));
            used = indent.len() + 2;
        } else if !text.is_empty() {
            text.push(' ');
            used += 1;
        }
        text.push_str(word);
        used += word.len();
    }
    text
}

/// Takes an entry out of HOME, with HOME itself when it was the only one.
fn out_of_home(home: &Here<'_>, entry: Span) -> Edit {
    if home.view.parts.groups(slot::home::ENTRY).nth(1).is_none() {
        return home.cut(home.view.stmt.extent);
    }
    home.cut(entry)
}
