//! Names of devices, links and interfaces: who may be meant, and what the stack makes by itself (03 6.9, 03 14).

use crate::description::nearest;
use crate::report::Report;
use crate::statements::Config;
use crate::statements::device::Device;
use crate::statements::interface_types::Interface;
use crate::statements::link::Link;
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
    config.device.devices.with(key(name)).find(|device| device.name == name)
}

/// The link of this name.
#[must_use]
pub fn link<'c>(config: &'c Config, name: &str) -> Option<&'c Link> {
    config.link.links.with(key(name)).find(|link| link.name == name)
}

/// The interface of this name.
#[must_use]
pub fn interface<'c>(config: &'c Config, name: &str) -> Option<&'c Interface> {
    config.interface.list.iter().find(|interface| interface.name == name)
}

/// Whether the definition of this name has been refused: what refers to it is refused too, and needs no finding of its own.
#[must_use]
pub fn refused(config: &Config, name: &str) -> bool {
    config.device.refused.contains(name)
}

/// Names of all links.
#[must_use]
pub fn links(config: &Config) -> Vec<&str> {
    config.link.links.iter().map(|link| link.name.as_str()).collect()
}

/// Names of all links and interfaces.
#[must_use]
pub fn links_and_interfaces(config: &Config) -> Vec<&str> {
    let interfaces = config.interface.list.iter().map(|interface| interface.name.as_str());
    config.link.links.iter().map(|link| link.name.as_str()).chain(interfaces).collect()
}

/// Names of what START and STOP take: devices and interfaces with hardware.
#[must_use]
pub fn startable(config: &Config) -> Vec<&str> {
    let devices = config.device.devices.iter().filter(|device| !device.is_virtual());
    let interfaces = config.interface.list.iter().filter(|interface| !interface.kind.is_virtual());
    devices
        .map(|device| device.name.as_str())
        .chain(interfaces.map(|interface| interface.name.as_str()))
        .collect()
}

/// Tells which name may have been meant, or which ones there are.
#[must_use]
pub fn advise(report: Report, name: &str, known: &[&str], things: &str) -> Report {
    const SHOWN: usize = 10;
    if let Some(near) = nearest(name, known.iter().copied()) {
        return report.note(format!("did you mean {near}?"));
    }
    if known.is_empty() {
        return report.note(format!("there are no {things} so far"));
    }
    let shown: Vec<&str> = known.iter().copied().take(SHOWN).collect();
    let more = known.len().saturating_sub(SHOWN);
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    report.note(format!("{things} so far: {}{rest}", shown.join(", ")))
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
