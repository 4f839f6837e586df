//! Links and interfaces of the profile against NETSTAT DEVLINKS: whether they are there, and whether they are up. What the stack
//! makes itself (LOOPBACK, dynamic XCF, DVIPAs) is left out.

use runtime_model::model::InterfaceKind;

use super::{Kind, Pair, Side};

/// Names of what a stack makes itself.
const OWN: [&str; 8] = ["LOOPBACK", "EZA", "EZ6", "VIPL", "IUT", "OSDSIM", "IQD", "DVIPA"];

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.devices.clone() else { return };
    let interfaces = &pair.model.network.interfaces;
    let coded = |kind: InterfaceKind| match kind {
        InterfaceKind::Link | InterfaceKind::Interface => true,
        InterfaceKind::DynamicXcf | InterfaceKind::Loopback => false,
    };
    let due: Vec<String> =
        interfaces.iter().filter(|one| coded(one.kind)).map(|one| one.name.clone()).collect();
    for name in &due {
        let found = said.what.iter().find(|row| row.name.eq_ignore_ascii_case(name));
        let at = pair.wheres.interface(name);
        match found {
            None if said.cut => {}
            None => {
                let message = format!("interface {name} is in the profile, and not in the running stack");
                pair.missing(Kind::Device, name, message, &said.at, at);
            }
            Some(row) => {
                let Some(status) =
                    row.status.as_deref().filter(|status| !status.eq_ignore_ascii_case("Ready"))
                else {
                    continue;
                };
                let message = format!("interface {name} is {status} in the running stack");
                let help = "see why, and start it: VARY TCPIP,,START with its name; the next start of the stack does so where START is coded";
                pair.add(Kind::Device, Side::Both, name, message, help.to_owned(), Some(&said.at), at);
            }
        }
    }
    let devices = pair.wheres.devices();
    for row in &said.what {
        let name = row.name.to_ascii_uppercase();
        let dvipa = pair.model.dvipas.iter().any(|dvipa| dvipa.interface.as_deref() == Some(name.as_str()))
            || pair.model.ranges.iter().any(|range| range.interface.as_deref() == Some(name.as_str()));
        let known = due.contains(&name)
            || devices.contains(&name)
            || dvipa
            || OWN.iter().any(|own| name.starts_with(own));
        if !known {
            let message = format!("{name} runs, and is not in the profile");
            pair.extra(Kind::Device, &name, message, &said.at);
        }
    }
}
