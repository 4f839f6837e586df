//! Names of devices, links and interfaces: who may be meant, and what the stack makes by itself (03 6.9, 03 14).

use crate::description::nearest;
use crate::limits::{ADVISED, LOOKED_AT};
use crate::report::{Report, Wanted};
use crate::rules::delete_unknown;
use crate::statements::Config;
use crate::statements::device::Device;
use crate::statements::interface_types::Interface;
use crate::statements::link::{self, Link};
use crate::table::key;

/// What the stack makes without any statement that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// LOOPBACK and LOOPBACK6.
    Loopback,
    /// A device of dynamic XCF or of a dynamic VIPA.
    Device,
    /// An interface or link for IPv4, or for both families.
    Ipv4,
    /// An interface for IPv6.
    Ipv6,
    /// The link of a dynamic VIPA.
    Dvipa,
}

/// What a name is when the stack makes it.
#[must_use]
pub fn made(name: &str) -> Option<Made> {
    // Most names are none of them.
    if !name.starts_with(['L', 'I', 'V', 'E']) {
        return None;
    }
    let hex = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 8 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let begins = |prefixes: &[&str]| {
        prefixes.iter().any(|prefix| name.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()))
    };
    if matches!(name, "LOOPBACK" | "LOOPBACK6") {
        return Some(Made::Loopback);
    }
    if matches!(name, "IUTSAMEH" | "IUTIQDIO") || hex("VIPD") {
        return Some(Made::Device);
    }
    if hex("VIPL") {
        return Some(Made::Dvipa);
    }
    if matches!(name, "EZ6SAMEMVS" | "IQDIOINTF6" | "EZ6ZCX") || begins(&["EZ6XCF", "EZ6IQX", "EZ6OSM"]) {
        return Some(Made::Ipv6);
    }
    let ipv4 = matches!(name, "EZASAMEMVS" | "EZAZCX")
        || hex("IQDIOLNK")
        || begins(&["EZAXCF", "EZAIQC", "EZAIQX", "EZARIUT", "EZAISM"]);
    ipv4.then_some(Made::Ipv4)
}

/// The device of this name.
#[must_use]
pub fn device<'c>(config: &'c Config, name: &str) -> Option<&'c Device> {
    config.device.devices.with(key(name)).find(|device| device.name == name).map(|device| &**device)
}

/// The link of this name.
#[must_use]
pub fn link<'c>(config: &'c Config, name: &str) -> Option<&'c Link> {
    config.link.links.with(key(name)).find(|link| link.name == name).map(|link| &**link)
}

/// The interface of this name.
#[must_use]
pub fn interface<'c>(config: &'c Config, name: &str) -> Option<&'c Interface> {
    config.interface.list.find(key(name), |interface| interface.name == name)
}

/// The links of a device.
pub fn links_of<'c>(config: &'c Config, device: &str) -> impl Iterator<Item = &'c Link> + Clone {
    let links = config.link.links.with(link::of_device(device)).map(|link| &**link);
    links.filter(move |link| link.device() == Some(device))
}

/// Whether the definition of this name has been refused: what refers to it is refused too, and needs no finding of its own.
#[must_use]
pub fn refused(config: &Config, name: &str) -> bool {
    config.device.refused.contains(name)
}

/// Whether a DEVICE of which only a part is known may be of this name.
#[must_use]
pub fn may_be_device(config: &Config, name: &str) -> bool {
    config.undetermined.may_name(&["DEVICE"], name)
}

/// The same of a LINK.
#[must_use]
pub fn may_be_link(config: &Config, name: &str) -> bool {
    config.undetermined.may_name(&["LINK"], name)
}

/// The same of an INTERFACE.
#[must_use]
pub fn may_be_interface(config: &Config, name: &str) -> bool {
    config.undetermined.may_name(&["INTERFACE", "VIPADEFINE", "VIPABACKUP", "VIPARANGE"], name)
}

/// The same of a LINK or an INTERFACE.
#[must_use]
pub fn may_be_link_or_interface(config: &Config, name: &str) -> bool {
    may_be_link(config, name) || may_be_interface(config, name)
}

/// The same of a DVIPA, by its address or the name of its interface.
#[must_use]
pub fn may_be_dvipa(config: &Config, name: &str) -> bool {
    config.undetermined.may_name(&["VIPADEFINE", "VIPABACKUP"], name)
}

/// Why nothing is said of what is not there.
pub const OPEN: &str = "a system symbol without a known value may have brought it";

/// Names that may have been meant, looked at only when somebody asks.
pub struct Known<'c> {
    names: Box<dyn Iterator<Item = &'c str> + 'c>,
    more: usize,
}

impl<'c> Known<'c> {
    /// These names; `many` is how many there are at most.
    pub fn new(many: usize, names: impl Iterator<Item = &'c str> + 'c) -> Self {
        Self { names: Box::new(names), more: many.saturating_sub(SHOWN) }
    }
}

/// Names of all devices.
#[must_use]
pub fn devices(config: &Config) -> Known<'_> {
    let devices = &config.device.devices;
    Known::new(devices.len(), devices.iter().map(|device| device.name.as_str()))
}

/// Names of all links.
#[must_use]
pub fn links(config: &Config) -> Known<'_> {
    let links = &config.link.links;
    Known::new(links.len(), links.iter().map(|link| link.name.as_str()))
}

/// Names of all interfaces.
#[must_use]
pub fn interfaces(config: &Config) -> Known<'_> {
    let interfaces = &config.interface.list;
    Known::new(interfaces.len(), interfaces.iter().map(|interface| interface.name.as_str()))
}

/// Names of all links and interfaces.
#[must_use]
pub fn links_and_interfaces(config: &Config) -> Known<'_> {
    let (links, interfaces) = (links(config), interfaces(config));
    let many = config.link.links.len() + config.interface.list.len();
    Known::new(many, links.names.chain(interfaces.names))
}

/// Names of what START and STOP take: devices and interfaces with hardware.
#[must_use]
pub fn startable(config: &Config) -> Known<'_> {
    let devices = || config.device.devices.iter().filter(|device| !device.is_virtual());
    let interfaces = || config.interface.list.iter().filter(|interface| !interface.kind.is_virtual());
    let names = devices().map(|device| device.name.as_str());
    // What a long list has beyond the names that are shown is not counted out for a note.
    let many = devices().take(LOOKED_AT).count() + interfaces().take(LOOKED_AT).count();
    Known::new(many, names.chain(interfaces().map(|interface| interface.name.as_str())))
}

/// So many names a note shows.
const SHOWN: usize = 10;

/// Tells which name may have been meant, or which ones there are. `findings` is how many findings there are so far: where they run into
/// the hundreds, nobody reads what may have been meant.
#[must_use]
pub fn advise(
    report: Report,
    name: &str,
    mut known: Known<'_>,
    things: &'static str,
    findings: usize,
) -> Report {
    let report = report.wants(name, things);
    let look = if findings < ADVISED { LOOKED_AT } else { SHOWN };
    let looked: Vec<&str> = known.names.by_ref().take(look).collect();
    if findings < ADVISED
        && let Some(near) = nearest(name, looked.iter().copied())
    {
        return report.note(format!("did you mean {near}?"));
    }
    if looked.is_empty() {
        return report.note(format!("there are no {things} so far"));
    }
    let shown: Vec<&str> = looked.into_iter().take(SHOWN).collect();
    let rest = if known.more == 0 { String::new() } else { format!(" and {} more", known.more) };
    report.note(format!("{things} so far: {}{rest}", shown.join(", ")))
}

/// Tells of names that were not there where something referred to them, and are there now, that they stand further down.
pub fn stand_behind(config: &Config, reports: &mut [Report]) {
    for report in reports.iter_mut().filter(|report| report.rule != delete_unknown::RULE.name) {
        let Some(Wanted { name, things }) = report.wants.as_deref() else { continue };
        let link = link(config, name).filter(|_| things.contains("link")).map(|link| ("LINK", link.at));
        let other = || interface(config, name).filter(|_| things.contains("interface"));
        let device = || device(config, name).filter(|_| things.contains("device"));
        let found = link.or_else(|| other().map(|other| ("INTERFACE", other.at)));
        let Some((what, at)) = found.or_else(|| device().map(|device| ("DEVICE", device.at))) else {
            continue;
        };
        report.notes = vec![format!("{what} {name} stands further down; move it up, before what names it")];
        report.related.push((format!("{what} {name}"), at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_the_stack_makes() {
        for (name, what) in [
            ("LOOPBACK", Some(Made::Loopback)),
            ("IUTIQDIO", Some(Made::Device)),
            ("IUTIQDF2", None),
            ("EZAXCF12", Some(Made::Ipv4)),
            ("EZAXCF", None),
            ("EZ6XCF12", Some(Made::Ipv6)),
            ("IQDIOLNK0A010001", Some(Made::Ipv4)),
            ("IQDIOLNK1", None),
            ("VIPLC0000201", Some(Made::Dvipa)),
            ("OSA1", None),
        ] {
            assert_eq!(made(name), what, "{name}");
        }
    }
}
