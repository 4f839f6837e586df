//! NETSTAT CONN (04:7.6): sockets and connections of one stack.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::end;
use super::{Body, Reader};

/// A socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Connection {
    /// Job or user that has it.
    pub user: String,
    /// Number of the connection, as printed (hexadecimal).
    pub id: String,
    /// Local address; none for every address.
    pub local: Option<IpAddr>,
    /// Local port.
    pub local_port: Option<u16>,
    /// Remote address.
    pub remote: Option<IpAddr>,
    /// Remote port; none for a listener or a UDP socket.
    pub remote_port: Option<u16>,
    /// State, as written.
    pub state: String,
}

impl Connection {
    /// Whether it listens.
    #[must_use]
    pub fn listens(&self) -> bool {
        self.state.eq_ignore_ascii_case("Listen")
    }
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Connection>,
}

const LABELS: &[&str] = &["Local Socket", "Foreign Socket", "Application Data", "Local Sckt", "Foreign Sckt"];

impl Reader for Rows {
    fn line(&mut self, line: &Line<'_>) -> bool {
        if line.starts(&["User", "Id"]) {
            return true;
        }
        let pairs = line.pairs(LABELS);
        if pairs.is_empty() {
            let row = line.row(short).or_else(|| line.row(first));
            let read = row.is_some();
            self.rows.extend(row);
            return read;
        }
        for (label, value) in &pairs {
            let (Some(last), Some((address, port))) = (self.rows.last_mut(), end(value)) else { continue };
            let address = address.filter(|address| !address.is_unspecified());
            match *label {
                "Local Socket" | "Local Sckt" => (last.local, last.local_port) = (address, port),
                "Foreign Socket" | "Foreign Sckt" => {
                    (last.remote, last.remote_port) = (address, port.filter(|port| *port > 0));
                }
                _ => {}
            }
        }
        true
    }

    fn body(self: Box<Self>) -> Body {
        Body::Connections(self.rows)
    }
}

/// `WEBSRV 0000A1B2 192.0.2.9..8080 198.51.100.7..4711 Establsh`.
fn short(words: &[&str]) -> Option<Connection> {
    let [user, id, local, remote, state, ..] = words else { return None };
    let (local, local_port) = end(local)?;
    let (remote, remote_port) = end(remote)?;
    Some(Connection {
        local: local.filter(|address| !address.is_unspecified()),
        local_port,
        remote: remote.filter(|address| !address.is_unspecified()),
        remote_port: remote_port.filter(|port| *port > 0),
        ..named(user, id, state)?
    })
}

/// `WEBSRV 0000A1B2 Listen`, the first line of the long layout.
fn first(words: &[&str]) -> Option<Connection> {
    let [user, id, state] = words else { return None };
    named(user, id, state)
}

fn named(user: &str, id: &str, state: &str) -> Option<Connection> {
    let hexadecimal = id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lettered = state.starts_with(|c: char| c.is_ascii_alphabetic());
    (hexadecimal && lettered).then(|| Connection {
        user: user.to_owned(),
        id: id.to_owned(),
        local: None,
        local_port: None,
        remote: None,
        remote_port: None,
        state: state.to_owned(),
    })
}
