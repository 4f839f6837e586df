//! What a distributor's VDPT and VIPADYN say of its targets: how responsive and healthy they are, what they weigh, which ways to them
//! are down, and which of them serves a hot-standby port.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use runtime_model::Cluster;
use runtime_model::event::{Event, Path, Signal};
use runtime_model::ids::{JobId, StackId};
use runtime_model::model::{Method, Model};

use super::Observed;
use super::start::{id, name};
use crate::capture::Destination;

/// A row of the stack that has the DVIPA, with the places of both stacks.
struct Row<'o> {
    owner: usize,
    target: usize,
    row: &'o Destination,
}

/// What rows say of a system, the first of them, and whether others say something else.
type Known<T> = BTreeMap<usize, (T, String, bool)>;

fn rows<'o>(model: &Model, observed: &'o Observed, cluster: &Cluster) -> Vec<Row<'o>> {
    let mut all = Vec::new();
    for (owner, seen) in observed.stacks.iter().enumerate() {
        let rows = seen.destinations.iter().flat_map(|said| &said.what);
        for row in rows.filter(|row| cluster.owner_of(row.address) == Some(id(owner))) {
            let target = model.stacks.iter().position(|stack| stack.xcf.contains(&row.target));
            all.extend(target.map(|target| Row { owner, target, row }));
        }
    }
    all
}

/// Responsiveness, health, abnormal ends and weights. The model has one responsiveness and one weight of BASEWLM for a system: where
/// rows do not agree the first one counts, and the notes say so.
pub(super) fn reports(model: &Model, observed: &Observed, cluster: &mut Cluster, notes: &mut Vec<String>) {
    let mut events: Vec<Event> = Vec::new();
    let mut responsive: Known<(u16, Option<[u16; 3]>)> = Known::new();
    let mut weights: Known<u16> = Known::new();
    let rows = rows(model, observed, cluster);
    let servers = Servers::new(cluster);
    let methods = methods(cluster, &rows);
    for Row { owner, target, row } in rows {
        let stack = id(target);
        let at = || format!("{} port {}", row.address, row.port);
        let tsr = row.responsiveness.and_then(small);
        if let Some(value) = tsr {
            let parts = row.parts.and_then(|[a, b, c]| Some([small(a)?, small(b)?, small(c)?]));
            keep(&mut responsive, target, (value, parts), at);
        }
        // A target without a server weighs nothing here, whatever WLM says of its system.
        let Some(job) = servers.of(row, target).filter(|_| row.ready.unwrap_or(0) > 0) else { continue };
        if let Some(value) = row.health.and_then(small).filter(|value| *value != 100) {
            events.push(Event::Health { stack, job, value });
        }
        if let Some(value) = row.abnormal.and_then(small).filter(|value| *value != 0) {
            events.push(Event::Signal { stack, signal: Signal::Abnormal { job, value } });
        }
        // What is shown is used as it stands: responsiveness is in it.
        let before = |weight: u16| match tsr {
            Some(tsr @ 1..100) => (u32::from(weight) * 100).div_ceil(u32::from(tsr)),
            Some(_) | None => u32::from(weight),
        };
        let weight = row.weight.and_then(small).map(before).and_then(small);
        match (methods.get(&(owner, row.address, row.port)), weight) {
            (Some(Method::ServerWlm), Some(value)) => events.push(Event::Weight { stack, job, value }),
            (Some(Method::BaseWlm), Some(value)) => keep(&mut weights, target, value, at),
            (Some(_) | None, _) => {}
        }
    }
    for (target, ((value, parts), at, differs)) in responsive {
        let stack = id(target);
        if let Some([tcsr, cer, sef]) = parts.filter(|parts| *parts != [100; 3]) {
            events.push(Event::Signal { stack, signal: Signal::Responsiveness { tcsr, cer, sef } });
        } else if value != 100 {
            events.push(Event::Tsr { stack, value });
        }
        if differs {
            notes.push(one_value("responsiveness (TSR)", name(model, target), &at));
        }
    }
    for (target, (value, at, differs)) in weights {
        events.push(Event::Signal { stack: id(target), signal: Signal::SystemWeight(value) });
        if differs {
            notes.push(one_value("weight of WLM", name(model, target), &at));
        }
    }
    for event in &events {
        cluster.step_quiet(event);
    }
}

/// Ways to targets that are down: routes of VIPAROUTEs, and what VDPT calls inactive.
pub(super) fn ways(model: &Model, observed: &Observed, cluster: &mut Cluster) {
    let mut down: Vec<(usize, usize, Path)> = Vec::new();
    for (from, seen) in observed.stacks.iter().enumerate() {
        let ways = seen.ways.iter().flat_map(|said| &said.what);
        for way in ways.filter(|way| way.active == Some(false)) {
            let to = model.stacks.iter().position(|stack| stack.xcf.contains(&way.target));
            down.extend(to.map(|to| (from, to, Path::Ip)));
        }
    }
    for Row { owner, target, row } in rows(model, observed, cluster) {
        let inactive = row.flags.iter().any(|flag| flag == "Inactive");
        let routes = model.stacks.get(owner).map_or(&[][..], |stack| &stack.product.routes);
        let routed = routes.iter().any(|route| route.xcf == row.target);
        if inactive && owner != target {
            down.push((owner, target, if routed { Path::Ip } else { Path::Xcf }));
        }
    }
    down.sort_unstable();
    down.dedup();
    for (from, to, path) in down {
        let signal = Signal::Path { to: id(to), path, up: false };
        cluster.step_quiet(&Event::Signal { stack: id(from), signal });
    }
}

/// The active target of each hot-standby port.
pub(super) fn standby(model: &Model, observed: &Observed, cluster: &mut Cluster, notes: &mut Vec<String>) {
    for Row { owner, target, row } in rows(model, observed, cluster) {
        let active = row.server.is_some() && row.flags.iter().any(|flag| flag == "Active");
        if active && !cluster.adopt_standby(id(owner), row.address, row.port, id(target)) {
            notes.push(format!(
                "{} port {} is served by {} as hot standby, and would not be with the profile: it is chosen anew here",
                row.address,
                row.port,
                name(model, target)
            ));
        }
    }
}

fn keep<T: Copy + PartialEq>(known: &mut Known<T>, target: usize, value: T, at: impl Fn() -> String) {
    let entry = known.entry(target).or_insert_with(|| (value, at(), false));
    entry.2 |= entry.0 != value;
}

fn one_value(what: &str, stack: &str, at: &str) -> String {
    format!("the {what} of {stack} differs from port to port in VDPT: that of {at} counts for all here")
}

/// Who listens, by stack and port, in the order of the sockets.
struct Servers(BTreeMap<(StackId, u16), Vec<Listener>>);

/// The address that it is bound to, if to one, and its job.
type Listener = (Option<IpAddr>, JobId);

impl Servers {
    fn new(cluster: &Cluster) -> Self {
        let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for socket in cluster.sockets().filter(|socket| socket.listening) {
            all.entry((socket.stack, socket.port)).or_default().push((socket.address, socket.job));
        }
        Self(all)
    }

    /// The job that listens for a row on its target.
    fn of(&self, row: &Destination, target: usize) -> Option<JobId> {
        let mut here = self.0.get(&(id(target), row.port))?.iter();
        let serves = |address: &Option<IpAddr>| address.is_none_or(|address| address == row.address);
        here.find(|(address, _)| serves(address)).map(|(_, job)| *job)
    }
}

/// How ports of the stacks that rows come from are distributed, by the profiles.
fn methods(cluster: &Cluster, rows: &[Row<'_>]) -> BTreeMap<(usize, IpAddr, u16), Method> {
    let owners: BTreeSet<usize> = rows.iter().map(|row| row.owner).collect();
    let mut all = BTreeMap::new();
    for owner in owners {
        for known in cluster.vdpt(id(owner)) {
            all.entry((owner, known.dvipa, known.port)).or_insert(known.method);
        }
    }
    all
}

fn small(value: u32) -> Option<u16> {
    u16::try_from(value).ok()
}
