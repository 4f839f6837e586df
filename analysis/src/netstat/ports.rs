//! NETSTAT PORTLIST (04:7.10): reservations, one row a range. Delayed acknowledgements (D) are not known.

use runtime_model::Cluster;
use runtime_model::ids::StackId;
use runtime_model::model::{PortFor, PortModel};

use super::text::{or_blank, row};
use crate::capture::Reservation;

/// The reservations, those of ports that nobody has first.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Reservation> {
    let Some(config) = cluster.stack_config(stack).filter(|_| cluster.is_up(stack)) else {
        return Vec::new();
    };
    let unreserved = config.network.unreserved.iter().map(|entry| Reservation {
        first: None,
        last: None,
        tcp: entry.tcp,
        user: entry.job.clone(),
        flags: [("F", entry.saf.is_some()), ("L", entry.tcp && !entry.when_bind)]
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(flag, _)| flag)
            .collect(),
        bind: None,
        saf: entry.saf.clone(),
    });
    unreserved.chain(config.ports.iter().map(of_entry)).collect()
}

fn of_entry(entry: &PortModel) -> Reservation {
    let job = matches!(entry.who, PortFor::Job(_));
    let single = entry.first == entry.last;
    let letters = [
        ("A", job && single && entry.tcp && !entry.no_autolog),
        ("B", entry.bind.is_some()),
        ("F", entry.saf.is_some()),
        ("S", entry.share && !entry.share_wlm),
        ("W", entry.share_wlm),
    ];
    Reservation {
        first: Some(entry.first),
        last: Some(entry.last),
        tcp: entry.tcp,
        user: match &entry.who {
            PortFor::Job(pattern) => pattern.clone(),
            PortFor::Reserved => "RESERVED".to_owned(),
            PortFor::Authport => "AUTHPORT".to_owned(),
        },
        flags: letters.iter().filter(|(_, on)| *on).map(|(flag, _)| *flag).collect(),
        bind: entry.bind,
        saf: entry.saf.clone(),
    }
}

/// The report below its head; both layouts are the same but for the place of long addresses.
pub(super) fn print(rows: &[Reservation], out: &mut String) {
    let widths = [5, 4, 8, 8, 11, 15, 8];
    let heads = ["Port#", "Prot", "User", "Flags", "Range", "IP Address", "SAF Name"];
    row("", &heads, &widths, true, out);
    for one in rows {
        let port = one.first.map_or_else(|| "UNRSV".to_owned(), |port| format!("{port:05}"));
        let range = match (one.first, one.last) {
            (Some(first), Some(last)) if first < last => format!("{first:05}-{last:05}"),
            _ => String::new(),
        };
        let bind = one.bind.map_or_else(String::new, |bind| bind.to_string());
        let cells = [
            port.as_str(),
            if one.tcp { "TCP" } else { "UDP" },
            &one.user,
            &one.flags,
            &range,
            &bind,
            or_blank(one.saf.as_deref()),
        ];
        row("", &cells, &widths, false, out);
    }
}
