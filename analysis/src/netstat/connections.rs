//! NETSTAT CONN (04:7.6): sockets and connections.

use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::SocketView;
use runtime_model::ids::StackId;

use super::Layout;
use super::text::row;
use crate::capture::Connection;

/// Listeners, connections and UDP sockets; a TCP socket that does neither yet is not shown.
pub(super) fn data(cluster: &Cluster, stack: StackId) -> Vec<Connection> {
    let state = |socket: &SocketView| {
        if socket.listening {
            Some("Listen")
        } else if socket.udp {
            Some("UDP")
        } else {
            socket.peer.map(|_| "Establsh")
        }
    };
    let sockets = cluster.sockets().filter(|socket| socket.stack == stack && socket.port > 0);
    sockets
        .filter_map(|socket| {
            let state = state(&socket)?.to_owned();
            Some(Connection {
                user: cluster.job_of(socket.job).map_or_else(String::new, |job| job.name.to_string()),
                id: format!("{:08X}", socket.handle.0),
                local: socket.address,
                local_port: Some(socket.port),
                remote: socket.peer.map(|(peer, _)| peer.ip()),
                remote_port: socket.peer.map(|(peer, _)| peer.port()),
                state,
            })
        })
        .collect()
}

fn ends(one: &Connection) -> (String, String) {
    let end = |address: Option<IpAddr>, port: Option<u16>| {
        let address = address.map_or_else(|| "0.0.0.0".to_owned(), |address| address.to_string());
        format!("{address}..{}", port.unwrap_or(0))
    };
    let remote = if one.state == "UDP" { "*..*".to_owned() } else { end(one.remote, one.remote_port) };
    (end(one.local, one.local_port), remote)
}

/// The report below its head.
pub(super) fn print(rows: &[Connection], layout: Layout, out: &mut String) {
    match layout {
        Layout::Short => {
            let widths = [8, 8, 22, 22, 8];
            let heads = ["User Id", "Conn", "Local Socket", "Foreign Socket", "State"];
            row("", &heads, &widths, true, out);
            for one in rows {
                let (local, remote) = ends(one);
                row("", &[&one.user, &one.id, &local, &remote, &one.state], &widths, false, out);
            }
        }
        Layout::Long => {
            let widths = [8, 8, 8];
            row("", &["User Id", "Conn", "State"], &widths, true, out);
            for one in rows {
                let (local, remote) = ends(one);
                row("", &[&one.user, &one.id, &one.state], &widths, false, out);
                out.push_str(&format!("  Local Socket:   {local}\n  Foreign Socket: {remote}\n"));
            }
        }
    }
}
