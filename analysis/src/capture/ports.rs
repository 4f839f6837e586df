//! NETSTAT PORTLIST (04:7.10): reservations of PORT and PORTRANGE.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::number;
use super::{Body, Reader};

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reservation {
    /// First port; none for UNRSV.
    pub first: Option<u16>,
    /// Last port.
    pub last: Option<u16>,
    /// TCP, else UDP.
    pub tcp: bool,
    /// Job, `*`, RESERVED and such, as written.
    pub user: String,
    /// Letters of the flags.
    pub flags: String,
    /// BIND address.
    pub bind: Option<IpAddr>,
    /// Name of the SAF resource.
    pub saf: Option<String>,
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Reservation>,
}

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.starts(&["Port#", "Prot"]) {
            return true;
        }
        let row = line.row(row);
        let read = row.is_some();
        self.rows.extend(row);
        read
    }

    fn body(self: Box<Self>) -> Body {
        Body::Ports(self.rows)
    }
}

/// `00080 TCP WEBSRV DB 192.0.2.9`, `04000 UDP * 04000-04009`, `UNRSV TCP * FL GENERIC`.
fn row(words: &[&str]) -> Option<Reservation> {
    let [port, protocol, user, rest @ ..] = words else { return None };
    let tcp = protocol.eq_ignore_ascii_case("TCP");
    if !tcp && !protocol.eq_ignore_ascii_case("UDP") {
        return None;
    }
    let first: Option<u16> = if port.eq_ignore_ascii_case("UNRSV") { None } else { Some(number(port)?) };
    let mut reservation = Reservation {
        first,
        last: first,
        tcp,
        user: (*user).to_owned(),
        flags: String::new(),
        bind: None,
        saf: None,
    };
    for (place, word) in rest.iter().enumerate() {
        if let Some((low, high)) = word.split_once('-')
            && let (Some(low), Some(high)) = (number(low), number(high))
        {
            (reservation.first, reservation.last) = (Some(low), Some(high));
        } else if let Ok(address) = word.parse() {
            reservation.bind = Some(address);
        } else if place == 0 && word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
            reservation.flags = (*word).to_owned();
        } else {
            reservation.saf = Some((*word).to_owned());
        }
    }
    Some(reservation)
}
