//! VIPADELETE: takes DVIPAs off this stack (01 2.4).

use std::net::IpAddr;

use grammar::slot::vipadelete as slot;
use grammar::tree::StmtView;

use super::{dvipa, names, vipadistribute};
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::vipadelete_unknown;
use crate::table::key;

/// A VIPADELETE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    addresses: Vec<(IpAddr, At)>,
    interface: Option<(String, At)>,
}

/// Reads a VIPADELETE statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let words: Vec<_> = view.parts.all(slot::ADDRESS).collect();
    let addresses = words.into_iter().filter_map(|word| Some((cx.ip(word)?, cx.at(word.span)))).collect();
    let interface = view.parts.get(slot::INTERFACE).map(|word| (word.upper(), cx.at(word.span)));
    Typed { addresses, interface }
}

/// On a running stack VIPADELETE also ends a DVIPA that an application made by ioctl (04 1.2 S13). Whether one did, no data
/// set tells; inside a VIPARANGE it may have.
fn made_by_ioctl(address: IpAddr, at: At, cx: &mut Apply<'_>) -> bool {
    if cx.phase != Phase::Obey {
        return false;
    }
    cx.config.dvipa.deleted.insert(address);
    let ranged = cx.config.viparange.list.iter().any(|range| range.subnet.contains(&address));
    if ranged {
        let what = format!("VIPADELETE {address}");
        cx.change_because(at, Kind::Ignored, what, "nothing is configured; one that an ioctl made goes");
    }
    ranged
}

/// The same for the interface name of an IPv6 VIPARANGE: what ioctls made of it.
fn range_of_ioctl(interface: &str, at: At, cx: &mut Apply<'_>) -> bool {
    let ranged = cx.config.viparange.list.iter().any(|range| range.interface.as_deref() == Some(interface));
    if cx.phase != Phase::Obey || !ranged {
        return false;
    }
    cx.config.dvipa.deleted_interfaces.insert(interface.to_owned());
    let what = format!("VIPADELETE {interface}");
    cx.change_because(at, Kind::Ignored, what, "nothing is configured; what ioctls made of the range goes");
    true
}

impl Typed {
    /// Takes each address off, with what VIPADISTRIBUTE says of it (VX-01, VX-04).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        // One loopback address makes the stack ignore the statement (VD-07).
        for (address, at) in &self.addresses {
            if dvipa::refused_loopback(*address, *at, cx) {
                cx.change_because(cx.at, Kind::Refused, "VIPADELETE", "the loopback address");
                return;
            }
        }
        for (address, at) in &self.addresses {
            let found = cx.config.dvipa.of(*address).map(|dvipa| dvipa.address);
            if found.is_none() && made_by_ioctl(*address, *at, cx) {
                continue;
            }
            self.remove(*at, &address.to_string(), cx, found);
        }
        if let Some((interface, at)) = &self.interface {
            if cx.config.dvipa.named(interface).is_none() && range_of_ioctl(interface, *at, cx) {
                return;
            }
            let found = cx.config.dvipa.named(interface).map(|dvipa| dvipa.address);
            self.remove(*at, interface, cx, found);
        }
    }

    fn remove(&self, at: At, name: &str, cx: &mut Apply<'_>, found: Option<IpAddr>) {
        let list = &mut cx.config.dvipa.list;
        let gone = found.and_then(|address| list.take(key(address), |dvipa| dvipa.address == address));
        let Some(gone) = gone else {
            if names::may_be_dvipa(cx.config, name) {
                cx.change_because(at, Kind::Open, format!("VIPADELETE {name}"), names::OPEN);
                return;
            }
            cx.reports.push(
                Report::new(
                    &vipadelete_unknown::RULE,
                    at,
                    format!("{name} is no DVIPA that this stack has at this point"),
                )
                .note("VIPADELETE takes off what a VIPADEFINE or VIPABACKUP before it has made"),
            );
            cx.change_because(at, Kind::Ignored, format!("VIPADELETE {name}"), "no such DVIPA");
            return;
        };
        let distributed = cx.config.vipadistribute.take_off(gone.address);
        cx.config.dvipa.now.remove(&gone.address);
        cx.change(at, Kind::Removed, format!("{} {}", dvipa::statement(gone.origin), gone.address));
        for distribution in distributed {
            let what = vipadistribute::describe(&distribution);
            cx.change_because(at, Kind::Removed, what, "it goes with its DVIPA");
        }
    }
}
