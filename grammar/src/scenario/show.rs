//! The canonical spelling of events: keywords in lower case, one blank between words, operands as typed.

use std::fmt::{self, Display, Formatter};

use super::{Address, Call, Endpoint, Event, HoldPoint, Host, SocketOptions, Word};

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Display for Endpoint {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.address.host {
            Host::Ip(ip) if ip.is_ipv6() => write!(f, "[{}]:{}", self.address, self.port.value),
            Host::Ip(_) | Host::Any | Host::Symbol(_) => write!(f, "{}:{}", self.address, self.port.value),
        }
    }
}

impl Display for HoldPoint {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Obtain => "obtain",
            Self::Lock => "lock",
            Self::Revise => "revise",
            Self::Return => "return",
        })
    }
}

impl Display for SocketOptions {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(user) = &self.user {
            write!(f, " user {user}")?;
        }
        if self.reuseaddr {
            f.write_str(" reuseaddr")?;
        }
        let words = [
            (self.udp, " udp"),
            (self.raw, " raw"),
            (self.inet6, " inet6"),
            (self.no_source_vipa, " nosourcevipa"),
            (self.temporary, " tempaddrs"),
            (self.public, " publicaddrs"),
        ];
        for (_, word) in words.iter().filter(|(on, _)| *on) {
            f.write_str(word)?;
        }
        if let Some(address) = &self.packet_info {
            write!(f, " pktinfo {address}")?;
        }
        space(self.asid.as_ref(), f)?;
        match &self.name {
            Some(name) => write!(f, " as {name}"),
            None => Ok(()),
        }
    }
}

/// ` asid 0041`, or nothing.
fn space(asid: Option<&super::Number<u16>>, f: &mut Formatter<'_>) -> fmt::Result {
    asid.map_or(Ok(()), |asid| write!(f, " asid {:04X}", asid.value))
}

/// What QUIESCE and RESUME are about.
struct Servers<'a>(&'a Option<super::Number<u16>>, &'a Option<Word>, &'a Option<super::Number<u16>>);

impl Display for Servers<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(port) = self.0 {
            write!(f, " {}", port.value)?;
        }
        match self.1 {
            Some(job) => {
                write!(f, " job {job}")?;
                space(self.2.as_ref(), f)
            }
            None if self.0.is_none() => f.write_str(" target"),
            None => Ok(()),
        }
    }
}

impl Display for Call {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind { at, options } => write!(f, "bind {at}{options}"),
            Self::Listen { at, options } => write!(f, "listen {at}{options}"),
            Self::ListenOn(name) => write!(f, "listen {name}"),
            Self::Unlisten(name) => write!(f, "unlisten {name}"),
            Self::Connect { to, from, options } => {
                write!(f, "connect {to}")?;
                if let Some(from) = from {
                    write!(f, " from {from}")?;
                }
                write!(f, "{options}")
            }
            Self::Socket(options) => write!(f, "socket{options}"),
            Self::Send { to, from, options } => {
                write!(f, "send {to}")?;
                if let Some(from) = from {
                    write!(f, " from {from}")?;
                }
                write!(f, "{options}")
            }
            Self::AddressFor { to, options } => write!(f, "bind2addrsel {to}{options}"),
            Self::Define(address) => write!(f, "define {address}"),
            Self::DefineAffine { address, asid } => {
                write!(f, "define {address} affinity")?;
                space(asid.as_ref(), f)
            }
            Self::Delete(address) => write!(f, "delete {address}"),
        }
    }
}

impl Display for Event {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(stacks) => {
                f.write_str("start")?;
                stacks.iter().try_for_each(|stack| write!(f, " {stack}"))
            }
            Self::Stop(stack) => write!(f, "stop {stack}"),
            Self::Fail(stack) => write!(f, "fail {stack}"),
            Self::FailSystem(system) => write!(f, "fail system {system}"),
            Self::FailCpc(cpc) => write!(f, "fail cpc {cpc}"),
            Self::Leave(stack) => write!(f, "leave {stack}"),
            Self::Join(stack) => write!(f, "join {stack}"),
            Self::LoseCf => f.write_str("lose cf"),
            Self::RestoreCf => f.write_str("restore cf"),
            Self::Obey { stack, file } if file.text.contains([' ', ';']) => {
                write!(f, "obey {stack} \"{file}\"")
            }
            Self::Obey { stack, file } => write!(f, "obey {stack} {file}"),
            Self::Job { stack, job, call } => write!(f, "{stack} {job} {call}"),
            Self::Client { from, to, name } => {
                write!(f, "client {from} connect {to}")?;
                name.iter().try_for_each(|name| write!(f, " as {name}"))
            }
            Self::Packet { from, to } => write!(f, "packet {from} to {to}"),
            Self::Close(name) => write!(f, "close {name}"),
            Self::Deactivate { stack, address } => write!(f, "deactivate {stack} {address}"),
            Self::Reactivate { stack, address } => write!(f, "reactivate {stack} {address}"),
            Self::Quiesce { stack, port, job, asid } => {
                write!(f, "quiesce {stack}{}", Servers(port, job, asid))
            }
            Self::Resume { stack, port, job, asid } => {
                write!(f, "resume {stack}{}", Servers(port, job, asid))
            }
            Self::Weight { stack, job: None, value } => write!(f, "weight {stack} {}", value.value),
            Self::Weight { stack, job: Some(job), value } => {
                write!(f, "weight {stack} {job} {}", value.value)
            }
            Self::Health { stack, job, value } => write!(f, "health {stack} {job} {}", value.value),
            Self::Abnormal { stack, job, value } => write!(f, "abnormal {stack} {job} {}", value.value),
            Self::Tsr { stack, value, parts: None } => write!(f, "tsr {stack} {}", value.value),
            Self::Tsr { stack, value, parts: Some((cer, sef)) } => {
                write!(f, "tsr {stack} {} {} {}", value.value, cer.value, sef.value)
            }
            Self::Problem { stack, problem, on: true } => write!(f, "problem {stack} {problem}"),
            Self::Problem { stack, problem, on: false } => write!(f, "clear {stack} {problem}"),
            Self::Path { from, to, ip, up } => {
                let (way, fate) = (if *ip { "ip" } else { "xcf" }, if *up { "up" } else { "down" });
                write!(f, "path {from} to {to} {way} {fate}")
            }
            Self::Step(stack) => write!(f, "step {stack}"),
            Self::Hold { stack, at } => write!(f, "hold {stack} at {at}"),
            Self::Release(stack) => write!(f, "release {stack}"),
            Self::Delay { from, to } => write!(f, "delay {from} to {to}"),
            Self::Deliver { from, to } => write!(f, "deliver {from} to {to}"),
            Self::DeliverAll => f.write_str("deliver all"),
            Self::Advance(time) => write!(f, "advance {}", time.value),
            Self::Settle => f.write_str("settle"),
            Self::Mode { fine } => f.write_str(if *fine { "mode fine" } else { "mode whole" }),
        }
    }
}
