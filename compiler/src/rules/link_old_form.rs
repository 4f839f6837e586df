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

use grammar::slot;
use grammar::tree::Word;

use super::{Check, Rule, StackView};
use crate::description::Preset;
use crate::finding::{Applicability, Confidence, Edit, Finding, Fix, Severity};
use crate::mend::{Here, Mender, Page};
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
        if matches!(&*link.kind, "IPAQENET" | "IPAQIDIO" | "VIRTUAL") {
            let message = format!("LINK {} is an old form of INTERFACE DEFINE {}", link.name, link.kind);
            out.push(
                Report::new(&RULE, link.at, message)
                    .note("DEVICE, LINK and HOME work; VLANs, IPv6 and newer functions need INTERFACE"),
            );
        }
    }
}

/// Writes INTERFACE in place of DEVICE, LINK and HOME, where all of it stands in one file and nothing else needs the link.
pub fn mend(finding: &Finding, mender: &Mender<'_>) -> Option<Fix> {
    let page = mender.page(&finding.place.file)?;
    let link = page.at(&finding.place)?;
    let name = link.view.parts.get(slot::link::LINK)?;
    if page.statements().any(|here| needs_link(&here, name)) {
        return None;
    }
    let typed = link.view.parts.get(slot::link::DEVICE)?;
    let device = only(page.statements().filter(|here| {
        here.view.name() == "DEVICE"
            && here.view.parts.get(slot::device::DEVICE).is_some_and(|word| same(word, typed))
    }))?;
    let homes = homes(&page);
    let (home, address, at) = only(homes.iter().filter(|(.., link)| same(*link, name)))?;
    let mut words = definition(&link, &device, name, *address)?;
    if page
        .statements()
        .any(|here| here.view.name() == "IPCONFIG" && here.view.parts.has(slot::ipconfig::SOURCEVIPA))
    {
        if link.view.parts.has(slot::link::VIRTUAL) {
            // The order of HOME says for which links it is the source.
            return None;
        }
        let vipas: Vec<Word<'_>> = page
            .statements()
            .filter(|here| here.view.name() == "LINK" && here.view.parts.has(slot::link::VIRTUAL))
            .filter_map(|here| here.view.parts.get(slot::link::LINK))
            .collect();
        let before = homes.iter().take_while(|(.., link)| !same(*link, name));
        let source = before.filter(|(.., link)| vipas.iter().any(|vipa| same(*vipa, *link))).last();
        if let Some((.., vipa)) = source {
            words.push("SOURCEVIPAINTERFACE".to_owned());
            words.push(vipa.text().to_owned());
        }
    }
    let mut edits = vec![
        page.cut(&device.whole()),
        link.replace(link.view.stmt.extent, records(&words, &link.indent())),
        out_of_home(home, address.span.to(at.span)),
    ];
    edits.extend(page.statements().filter_map(|here| started(&here, typed, name)));
    Some(Fix {
        title: format!("write INTERFACE {}", name.upper()),
        applicability: Applicability::Unsafe,
        edits,
    })
}

fn same(left: Word<'_>, right: Word<'_>) -> bool {
    left.text().eq_ignore_ascii_case(right.text())
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// Statements that take a LINK and no INTERFACE, and those whose names would have to change too.
fn needs_link(here: &Here<'_>, name: Word<'_>) -> bool {
    match here.view.name() {
        "GATEWAY" => true,
        "TRANSLATE" | "BSDROUTINGPARMS" | "DELETE" => here.words().contains(&name.upper()),
        _ => false,
    }
}

/// The entries of all HOME statements: address and link.
fn homes(page: &Page) -> Vec<(Here<'_>, Word<'_>, Word<'_>)> {
    let mut all = Vec::new();
    for here in page.statements().filter(|here| here.view.name() == "HOME") {
        for entry in here.view.parts.groups(slot::home::ENTRY) {
            if let (Some(address), Some(link)) = (entry.get(slot::home::ADDRESS), entry.get(slot::home::LINK))
            {
                all.push((here, address, link));
            }
        }
    }
    all
}

/// The words of the INTERFACE. None where an operand has no place there.
fn definition(link: &Here<'_>, device: &Here<'_>, name: Word<'_>, address: Word<'_>) -> Option<Vec<String>> {
    let parts = &link.view.parts;
    let mut words = vec!["INTERFACE".to_owned(), name.text().to_owned(), "DEFINE".to_owned()];
    let add =
        |words: &mut Vec<String>, more: &[&str]| words.extend(more.iter().map(|word| (*word).to_owned()));
    if parts.has(slot::link::VIRTUAL) {
        add(&mut words, &["VIRTUAL", "IPADDR", address.text()]);
        return Some(words);
    }
    let adapter = parts.get(slot::link::DEVICE)?;
    if parts.has(slot::link::IPAQENET) {
        // PORTNAME of the TRLE.
        if adapter.text().len() > 8 {
            return None;
        }
        add(&mut words, &["IPAQENET", "PORTNAME", adapter.text(), "IPADDR", address.text()]);
    } else if parts.has(slot::link::IPAQIDIO) {
        let channel_path = adapter.text().get(6..).filter(|rest| rest.len() == 2)?;
        add(&mut words, &["IPAQIDIO", "CHPID", channel_path, "IPADDR", address.text()]);
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
fn out_of_home(home: &Here<'_>, entry: grammar::tree::Span) -> Edit {
    if home.view.parts.groups(slot::home::ENTRY).count() == 1 {
        return home.cut(home.view.stmt.extent);
    }
    home.cut(entry)
}

/// START and STOP name the interface where they named the device.
fn started(here: &Here<'_>, device: Word<'_>, name: Word<'_>) -> Option<Edit> {
    let object = match here.view.name() {
        "START" => here.view.parts.get(slot::start::OBJECT),
        "STOP" => here.view.parts.get(slot::stop::OBJECT),
        _ => None,
    }?;
    same(object, device).then(|| here.replace(object.span, name.text()))
}
