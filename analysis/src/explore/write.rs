//! A path of a search as a scenario that replays it.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use runtime_model::event::{CfStep, LocalEnd, Path, Signal};
use runtime_model::{Cluster, Event, Handle, JobId, StackId};

use crate::names::Addresses;

/// The scenario. `begun` comes first; without it the stacks start as the path says.
pub fn scenario(start: &Cluster, begun: &str, path: &[Event], addresses: &Addresses) -> String {
    let mut out = String::new();
    if !begun.is_empty() {
        out.push_str(begun.trim_end());
        out.push('\n');
    }
    out.push_str("mode fine\n");
    let writer = Writer { cluster: start, addresses };
    for event in path {
        // Writing to a String does not fail.
        let _ = writeln!(out, "{}", writer.line(event));
    }
    out
}

struct Writer<'a> {
    cluster: &'a Cluster,
    addresses: &'a Addresses,
}

impl Writer<'_> {
    fn stack(&self, stack: StackId) -> &str {
        self.cluster.stack_name(stack)
    }

    fn who(&self, stack: StackId, job: JobId) -> String {
        let job = self.cluster.job_of(job);
        format!("{} {}", self.stack(stack), job.map_or("", |job| &*job.name))
    }

    /// `user U`, where the job runs under one.
    fn user(&self, job: JobId) -> String {
        let user = self.cluster.job_of(job).and_then(|job| job.user.clone());
        user.map_or_else(String::new, |user| format!(" user {user}"))
    }

    fn end(&self, end: SocketAddr) -> String {
        match self.addresses.name(end.ip()) {
            Some(name) => format!("{name}:{}", end.port()),
            None => end.to_string(),
        }
    }

    fn local(&self, at: LocalEnd) -> String {
        match at.address {
            Some(address) => self.end(SocketAddr::new(address, at.port)),
            None => format!("*:{}", at.port),
        }
    }

    fn ip(&self, address: IpAddr) -> String {
        self.addresses.write(address)
    }

    fn line(&self, event: &Event) -> String {
        let name = |handle: Handle| format!("N{}", handle.0);
        match event {
            Event::Start(stack) => format!("start {}", self.stack(*stack)),
            Event::Stop(stack) => format!("stop {}", self.stack(*stack)),
            Event::Fail(stack) => format!("fail {}", self.stack(*stack)),
            Event::Leave(stack) => format!("leave {}", self.stack(*stack)),
            Event::Join(stack) => format!("join {}", self.stack(*stack)),
            Event::FailSystem(system) => format!("fail system {system}"),
            Event::FailCpc(cpc) => format!("fail cpc {cpc}"),
            Event::LoseCf => "lose cf".to_owned(),
            Event::RestoreCf => "restore cf".to_owned(),
            Event::Obey { stack, .. } => format!("; obey {} …", self.stack(*stack)),
            Event::Bind { stack, job, at, socket, .. } => {
                format!(
                    "{} bind {}{} as {}",
                    self.who(*stack, *job),
                    self.local(*at),
                    self.user(*job),
                    name(*socket)
                )
            }
            Event::Listen { stack, job, at, socket, .. } => {
                format!(
                    "{} listen {}{} as {}",
                    self.who(*stack, *job),
                    self.local(*at),
                    self.user(*job),
                    name(*socket)
                )
            }
            Event::Unlisten(socket) => format!("close {}", name(*socket)),
            Event::Connect { stack, job, to, from, connection } => {
                let from = from.map_or_else(
                    || format!(" as {}", name(*connection)),
                    |from| format!(" from {}", name(from)),
                );
                format!("{} connect {}{from}{}", self.who(*stack, *job), self.end(*to), self.user(*job))
            }
            Event::Open { stack, job, socket, .. } => {
                format!("{} socket{} as {}", self.who(*stack, *job), self.user(*job), name(*socket))
            }
            Event::Send { stack, job, to, from, .. } => {
                let from = from.map_or_else(String::new, |from| format!(" from {}", name(from)));
                format!("{} send {}{from}{}", self.who(*stack, *job), self.end(*to), self.user(*job))
            }
            Event::Define { stack, job, address } => {
                format!("{} define {}", self.who(*stack, *job), self.ip(*address))
            }
            Event::Delete { stack, job, address } => {
                format!("{} delete {}", self.who(*stack, *job), self.ip(*address))
            }
            Event::ClientConnect { client, to, connection } => {
                format!("client {} connect {} as {}", self.end(*client), self.end(*to), name(*connection))
            }
            Event::Packet { client, to } => format!("packet {} to {}", self.end(*client), self.end(*to)),
            Event::Close(handle) => format!("close {}", name(*handle)),
            Event::Deactivate { stack, address } => {
                format!("deactivate {} {}", self.stack(*stack), self.ip(*address))
            }
            Event::Reactivate { stack, address } => {
                format!("reactivate {} {}", self.stack(*stack), self.ip(*address))
            }
            Event::Quiesce { stack, port } => format!("quiesce {} {port}", self.stack(*stack)),
            Event::Resume { stack, port } => format!("resume {} {port}", self.stack(*stack)),
            Event::Weight { stack, job, value } => format!("weight {} {value}", self.who(*stack, *job)),
            Event::Health { stack, job, value } => format!("health {} {value}", self.who(*stack, *job)),
            Event::Tsr { stack, value } => format!("tsr {} {value}", self.stack(*stack)),
            Event::Signal { stack, signal } => self.signal(*stack, signal),
            Event::Step(stack) => format!("step {}", self.stack(*stack)),
            Event::Hold { stack, at } => format!("hold {} at {}", self.stack(*stack), step(*at)),
            Event::Release(stack) => format!("release {}", self.stack(*stack)),
            Event::Delay { from, to } => format!("delay {} to {}", self.stack(*from), self.stack(*to)),
            Event::Deliver { from, to } => format!("deliver {} to {}", self.stack(*from), self.stack(*to)),
            Event::Advance(seconds) => format!("advance {seconds}"),
        }
    }
}

impl Writer<'_> {
    fn signal(&self, stack: StackId, signal: &Signal) -> String {
        let name = self.stack(stack);
        match signal {
            Signal::Problem { problem, on: true } => format!("problem {name} {}", problem.word()),
            Signal::Problem { problem, on: false } => format!("clear {name} {}", problem.word()),
            Signal::Path { to, path, up } => {
                let way = match path {
                    Path::Xcf => "xcf",
                    Path::Ip => "ip",
                };
                format!("path {name} to {} {way} {}", self.stack(*to), if *up { "up" } else { "down" })
            }
            Signal::CreateAffine { job, asid, address } => {
                format!("{} define {} affinity{}", self.who(stack, *job), self.ip(*address), space(*asid))
            }
            Signal::Quiesce { port, job, asid, on } => {
                let verb = if *on { "quiesce" } else { "resume" };
                let port = port.map_or_else(String::new, |port| format!(" {port}"));
                let who = job.map(|job| self.who(stack, job));
                let job = who.and_then(|who| {
                    who.split_once(' ').map(|(_, job)| format!(" job {job}{}", space(*asid)))
                });
                let whole = if port.is_empty() && job.is_none() { " target" } else { "" };
                format!("{verb} {name}{port}{}{whole}", job.unwrap_or_default())
            }
            Signal::SystemWeight(value) => format!("weight {name} {value}"),
            Signal::Abnormal { job, value } => format!("abnormal {} {value}", self.who(stack, *job)),
            Signal::Responsiveness { tcsr, cer, sef } => format!("tsr {name} {tcsr} {cer} {sef}"),
        }
    }
}

/// ` asid 0041`, or nothing.
fn space(asid: Option<u16>) -> String {
    asid.map_or_else(String::new, |asid| format!(" asid {asid:04X}"))
}

fn step(step: CfStep) -> &'static str {
    match step {
        CfStep::Obtain => "obtain",
        CfStep::Lock => "lock",
        CfStep::Revise => "revise",
        CfStep::Return | CfStep::Unlock => "return",
    }
}
