//! What only a stack of the product is told.

use std::net::IpAddr;

use serde::Serialize;

use crate::ids::{JobId, StackId};

/// What only a stack of the product is told; a founding cluster refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Signal {
    /// A problem that the sysplex monitor watches begins or ends (04 1.8).
    Problem {
        /// Which.
        problem: Problem,
        /// True when it begins.
        on: bool,
    },
    /// A way to another stack goes down or comes back (04 5.10).
    Path {
        /// The other stack.
        to: StackId,
        /// Which way.
        path: Path,
        /// True when it comes back.
        up: bool,
    },
    /// VARY TCPIP,,SYSPLEX,QUIESCE or RESUME of the whole target (no port, no job), of a port, of a job (04 1.7).
    Quiesce {
        /// The port, if one is named.
        port: Option<u16>,
        /// The job, if one is named.
        job: Option<JobId>,
        /// The address space of the job, if one is named.
        asid: Option<u16>,
        /// True for QUIESCE.
        on: bool,
    },
    /// MODDVIPA -a: the DVIPA is made, and its connections go to the address space that made it first (04 1.9).
    CreateAffine {
        /// Who asks.
        job: JobId,
        /// Its address space.
        asid: Option<u16>,
        /// The DVIPA.
        address: IpAddr,
    },
    /// WLM's weight of the system (BASEWLM).
    SystemWeight(u16),
    /// Abnormal ends of a server, per 1000.
    Abnormal {
        /// The server.
        job: JobId,
        /// 0 to 1000.
        value: u16,
    },
    /// The parts of the target server responsiveness, in percent (04 5.4).
    Responsiveness {
        /// Connection requests that reach the target.
        tcsr: u16,
        /// Those that are completed with the client.
        cer: u16,
        /// How well the server accepts.
        sef: u16,
    },
}

/// Problems that the sysplex monitor watches (04 1.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// VTAM is down.
    Vtam,
    /// OMPROUTE does not respond: warning.
    OmprouteSlow,
    /// OMPROUTE is down.
    Omproute,
    /// XCF links to all partners are lost.
    Xcf,
    /// The stack's sysplex code does not respond.
    SysplexCode,
    /// Storage is constrained.
    Storage,
    /// Every monitored interface is down.
    Interfaces,
    /// No dynamic route over monitored interfaces is left.
    DynamicRoutes,
}

impl Problem {
    /// Every problem.
    pub const ALL: [Problem; 8] = [
        Problem::Vtam,
        Problem::OmprouteSlow,
        Problem::Omproute,
        Problem::Xcf,
        Problem::SysplexCode,
        Problem::Storage,
        Problem::Interfaces,
        Problem::DynamicRoutes,
    ];

    /// Word of the scenario language.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Problem::Vtam => "vtam",
            Problem::OmprouteSlow => "omproute-slow",
            Problem::Omproute => "omproute",
            Problem::Xcf => "xcf",
            Problem::SysplexCode => "sysplex-code",
            Problem::Storage => "storage",
            Problem::Interfaces => "interfaces",
            Problem::DynamicRoutes => "dynamic-routes",
        }
    }
}

/// Ways from a distributor to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Path {
    /// Dynamic XCF.
    Xcf,
    /// IP routing to the address of a VIPAROUTE.
    Ip,
}
