//! Multilevel security: the security label of a DVIPA's zone against that of the stack (04 1.2 S6).

use crate::cluster::Cluster;
use crate::ids::{AddrId, StackId};
use crate::model::{SecurityModel, ZoneFor, ZoneModel};
use crate::tables::Rejection;

/// The label of an unrestricted stack, which zones must not have on a restricted one.
const MULTI: &str = "SYSMULTI";

/// A DVIPA whose zone has no label, or one that does not fit the stack.
pub(super) fn refused(c: &Cluster, stack: StackId, address: AddrId) -> Option<Rejection> {
    let security = c.stack(stack)?.config.network.security.as_ref()?;
    let label = zone(security, c.address(address)).and_then(|zone| zone.label.clone());
    let restricted = security.label != MULTI;
    let fits = match &label {
        None => false,
        Some(label) if restricted => *label == security.label && label != MULTI,
        Some(_) => true,
    };
    (!fits).then(|| Rejection::Label(label, security.label.clone()))
}

/// The zone of an address of the stack: the network with the longest mask, else DEFAULTHOME, else DEFAULT.
fn zone(security: &SecurityModel, address: std::net::IpAddr) -> Option<&ZoneModel> {
    let network = |zone: &&ZoneModel| match zone.network {
        ZoneFor::Network(network) if network.contains(&address) => Some(network.prefix_len()),
        ZoneFor::Network(_) | ZoneFor::Default | ZoneFor::Home => None,
    };
    let by_network = security.zones.iter().filter_map(|z| Some((network(&z)?, z)));
    let best = by_network.max_by_key(|(length, _)| *length).map(|(_, z)| z);
    let of = |kind: ZoneFor| security.zones.iter().find(|z| z.network == kind);
    best.or_else(|| of(ZoneFor::Home)).or_else(|| of(ZoneFor::Default))
}
