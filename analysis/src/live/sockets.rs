//! Servers and connections of captures, as sockets of the model.

use std::net::{IpAddr, SocketAddr};

use runtime_model::Cluster;
use runtime_model::event::{Event, LocalEnd, SocketOptions};
use runtime_model::ids::{Handle, StackId};
use runtime_model::model::{Model, PortFor};
use runtime_model::outcome::Verdict;

use super::start::{id, name};
use super::{Observed, StackSeen};
use crate::capture::{Connection, Origin, Status};

/// Job of a socket that no report and no PORT entry names.
pub(super) const UNNAMED: &str = "SERVER";

/// Servers of one port on one target that VDPT counts and CONN does not list: no more than this are made.
const MOST: u32 = 64;

/// Puts sockets into a cluster.
pub(super) struct Sockets<'a> {
    model: &'a Model,
    observed: &'a Observed,
    /// The next handle.
    pub(super) next: u32,
    /// What could not be carried over.
    pub(super) notes: Vec<String>,
}

impl<'a> Sockets<'a> {
    /// Nothing yet.
    pub(super) fn new(model: &'a Model, observed: &'a Observed) -> Self {
        Self { model, observed, next: 1, notes: Vec::new() }
    }

    fn fresh(&mut self) -> Handle {
        self.next = self.next.saturating_add(1);
        Handle(self.next.saturating_sub(1))
    }

    fn each(&self) -> impl Iterator<Item = (usize, &'a StackSeen)> + use<'a> {
        self.observed.stacks.iter().enumerate()
    }

    /// Listeners and UDP sockets: those of CONN, else those that VDPT counts.
    pub(super) fn servers(&mut self, cluster: &mut Cluster) {
        for (place, seen) in self.each() {
            let Some(said) = &seen.connections else { continue };
            for socket in said.what.iter().filter(|socket| socket.listens() || is_udp(socket)) {
                let Some(port) = socket.local_port else { continue };
                let job = cluster.job(&socket.user, None);
                let at = LocalEnd { address: socket.local, port };
                let options =
                    SocketOptions { reuse_address: true, udp: is_udp(socket), ..SocketOptions::default() };
                let (stack, handle) = (id(place), self.fresh());
                let event = if socket.listens() {
                    Event::Listen { stack, job, at, options, socket: handle }
                } else {
                    Event::Bind { stack, job, at, options, socket: handle }
                };
                if let Verdict::Refused(refusal) = cluster.step_quiet(&event).verdict {
                    self.notes.push(format!(
                        "{}: {} has {} by {}; with the profile it would be refused: {}",
                        name(self.model, place),
                        socket.user,
                        end(socket.local, port),
                        said.at,
                        refusal.reason,
                    ));
                }
            }
        }
        self.counted(cluster);
    }

    /// Servers that a distributor counts on targets whose CONN was not captured.
    fn counted(&mut self, cluster: &mut Cluster) {
        for said in self.each().filter_map(|(_, seen)| seen.destinations.as_ref()) {
            for row in &said.what {
                let target = self.model.stacks.iter().position(|stack| stack.xcf.contains(&row.target));
                let Some(place) = target.filter(|place| self.without_sockets(*place)) else { continue };
                let wanted = row.ready.unwrap_or(0).min(MOST);
                let job = cluster.job(&self.server_of(place, row.port), None);
                let listening = |cluster: &Cluster| {
                    let here = cluster.sockets().filter(|socket| {
                        socket.stack == id(place) && socket.listening && socket.port == row.port
                    });
                    u32::try_from(here.count()).unwrap_or(u32::MAX)
                };
                while listening(cluster) < wanted {
                    let event = Event::Listen {
                        stack: id(place),
                        job,
                        at: LocalEnd { address: None, port: row.port },
                        options: SocketOptions { reuse_address: true, ..SocketOptions::default() },
                        socket: self.fresh(),
                    };
                    if cluster.step_quiet(&event).verdict != Verdict::Done {
                        break;
                    }
                }
            }
        }
    }

    fn without_sockets(&self, place: usize) -> bool {
        self.observed.stacks.get(place).is_some_and(|seen| seen.connections.is_none())
    }

    /// The job that a PORT entry gives the port to.
    fn server_of(&self, place: usize, port: u16) -> String {
        let entries = self.model.stacks.get(place).into_iter().flat_map(|stack| &stack.ports);
        let job = entries.filter(|entry| entry.tcp && entry.first <= port && port <= entry.last).find_map(
            |entry| match &entry.who {
                PortFor::Job(pattern) => Some(pattern.replace(['*', '?'], "")),
                PortFor::Reserved | PortFor::Authport => None,
            },
        );
        job.filter(|job| !job.is_empty()).unwrap_or_else(|| UNNAMED.to_owned())
    }

    /// DVIPAs that bind or ioctl made, where no socket of CONN has done so already.
    pub(super) fn ranges(&mut self, cluster: &mut Cluster) {
        for (place, seen) in self.each() {
            let Some(said) = &seen.dvipas else { continue };
            for row in said.what.iter().filter(|row| row.status == Some(Status::Active)) {
                if cluster.owner_of(row.address) == Some(id(place)) {
                    continue;
                }
                let job = cluster.job(row.job.as_deref().unwrap_or(UNNAMED), None);
                let event = match row.origin {
                    Some(Origin::Ioctl) => Event::Define { stack: id(place), job, address: row.address },
                    Some(Origin::Bind) => Event::Bind {
                        stack: id(place),
                        job,
                        at: LocalEnd { address: Some(row.address), port: 0 },
                        options: SocketOptions::default(),
                        socket: self.fresh(),
                    },
                    Some(Origin::Define | Origin::Backup) | None => continue,
                };
                if let Verdict::Refused(refusal) = cluster.step_quiet(&event).verdict {
                    self.notes.push(format!(
                        "{}: {} came out of a VIPARANGE by {}; with the profile it would be refused: {}",
                        name(self.model, place),
                        row.address,
                        said.at,
                        refusal.reason,
                    ));
                }
            }
        }
    }

    /// Connections: those of CONN, else those that a distributor routes.
    pub(super) fn connections(&mut self, cluster: &mut Cluster) {
        let mut lost = 0_usize;
        for (place, seen) in self.each() {
            let Some(said) = &seen.connections else { continue };
            for socket in said.what.iter().filter(|socket| lives(socket)) {
                let (Some(local), Some(port), Some(remote), Some(remote_port)) =
                    (socket.local, socket.local_port, socket.remote, socket.remote_port)
                else {
                    continue;
                };
                let (local, remote) = (SocketAddr::new(local, port), SocketAddr::new(remote, remote_port));
                let handle = self.fresh();
                let kept = cluster.adopt_inbound(id(place), local, remote, handle)
                    || outbound(cluster, id(place), &socket.user, local, remote, handle);
                lost += usize::from(!kept);
            }
        }
        for said in self.each().filter_map(|(_, seen)| seen.routing.as_ref()) {
            for row in said.what.iter().filter(|row| row.client_port > 0) {
                let target = self.model.stacks.iter().position(|stack| stack.xcf.contains(&row.target));
                let Some(place) = target.filter(|place| self.without_sockets(*place)) else { continue };
                let at = SocketAddr::new(row.address, row.port);
                let client = SocketAddr::new(row.client, row.client_port);
                let handle = self.fresh();
                lost += usize::from(!cluster.adopt_inbound(id(place), at, client, handle));
            }
        }
        if lost > 0 {
            let which = if lost == 1 { "one connection".to_owned() } else { format!("{lost} connections") };
            self.notes.push(format!(
                "{which} could not be carried over: neither a listener nor the profile has a place for it"
            ));
        }
        let blind: Vec<&str> = (0..self.observed.stacks.len())
            .filter(|place| {
                self.without_sockets(*place) && cluster.sockets().all(|socket| socket.stack != id(*place))
            })
            .filter(|place| cluster.is_up(id(*place)))
            .map(|place| name(self.model, place))
            .collect();
        if !blind.is_empty() {
            self.notes.push(format!(
                "no CONN was captured of {}: who listens there and which connections run is not known",
                blind.join(", ")
            ));
        }
    }
}

/// A connection that an application of the stack began.
fn outbound(
    cluster: &mut Cluster,
    stack: StackId,
    user: &str,
    local: SocketAddr,
    remote: SocketAddr,
    handle: Handle,
) -> bool {
    let job = cluster.job(user, None);
    let at = LocalEnd { address: Some(local.ip()), port: local.port() };
    let options = SocketOptions { reuse_address: true, ..SocketOptions::default() };
    let bound = cluster.step_quiet(&Event::Bind { stack, job, at, options, socket: handle });
    if bound.verdict != Verdict::Done {
        return false;
    }
    let connect = Event::Connect { stack, job, to: remote, from: Some(handle), connection: handle };
    let done = cluster.step_quiet(&connect).verdict == Verdict::Done;
    if !done {
        cluster.step_quiet(&Event::Close(handle));
    }
    done
}

fn is_udp(socket: &Connection) -> bool {
    socket.state.eq_ignore_ascii_case("UDP")
}

/// A connection that is not over yet.
fn lives(socket: &Connection) -> bool {
    let state = socket.state.to_ascii_lowercase();
    !socket.listens() && !is_udp(socket) && !state.starts_with("time") && !state.starts_with("closed")
}

fn end(address: Option<IpAddr>, port: u16) -> String {
    address.map_or_else(|| format!("*:{port}"), |address| SocketAddr::new(address, port).to_string())
}
