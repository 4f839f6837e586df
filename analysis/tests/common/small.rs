//! The cluster of `samples/explore`: three stacks, two DVIPAs, two jobs. TCPIP1 defines one address and distributes port 60 of it
//! to all, TCPIP2 backs it up. The other is inside a VIPARANGE of TCPIP2 and TCPIP3, with CLUSTERPORTS on TCPIP2 alone.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::net::IpAddr;

use runtime_model::model::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn stack(number: u8) -> StackModel {
    StackModel {
        name: format!("TCPIP{number}"),
        job: None,
        system: format!("MVS{number}"),
        cpc: None,
        xcf_group: "EZBTCPCS".to_owned(),
        xcf: vec![ip(&format!("10.1.1.{number}"))],
        home: vec![HomeAddress {
            address: ip(&format!("198.51.100.{number}")),
            link: "OSA1".to_owned(),
            is_virtual: false,
        }],
        source_vipa: false,
        tcp_stack_source_vipa: None,
        dvipas: Vec::new(),
        ranges: Vec::new(),
        distributions: Vec::new(),
        sources: Vec::new(),
        ports: Vec::new(),
        ephemeral: None,
        network: Default::default(),
        product: ProductStack::default(),
    }
}

/// The model.
pub fn three_stacks() -> Model {
    let mut stacks: Vec<StackModel> = (1..=3).map(stack).collect();
    let dvipa = |origin| DvipaModel {
        interface: None,
        address: ip("203.0.113.1"),
        origin,
        subnet: None,
        moveable: Some(Moveable::Immediate),
        cluster_ports: true,
        cpc_scope: false,
        tier: None,
        service_manager: false,
    };
    let range = |cluster_ports| RangeModel {
        interface: None,
        subnet: "203.0.113.128/26".parse().unwrap(),
        non_disruptive: true,
        cluster_ports,
        saf: None,
    };
    let source =
        |address: &str, job: &str| SourceModel { address: ip(address), who: SourceFor::Job(job.to_owned()) };
    stacks[0].dvipas.push(dvipa(DvipaOrigin::Define));
    stacks[0].distributions.push(DistributionModel {
        dvipa: ip("203.0.113.1"),
        ports: vec![60],
        targets: Targets::All,
        cluster_ports: true,
        method: Method::BaseWlm,
        product: DistributionOptions::default(),
    });
    stacks[1].dvipas.push(dvipa(DvipaOrigin::Backup(100)));
    stacks[1].ranges.push(range(true));
    stacks[2].ranges.push(range(false));
    stacks[1].sources = vec![source("203.0.113.1", "APPA"), source("203.0.113.129", "APPB")];
    stacks[2].sources = vec![source("203.0.113.129", "APPB")];
    let job = |name: &str, stacks: &[&str]| JobModel {
        name: name.to_owned(),
        user: None,
        stacks: stacks.iter().map(|stack| (*stack).to_owned()).collect(),
    };
    Model {
        schema_version: SCHEMA_VERSION.to_owned(),
        sysplex: "PLEX1".to_owned(),
        tables: Tables::Founding,
        structures: Structures::default(),
        assumptions: BTreeMap::new(),
        stacks,
        jobs: vec![job("APPA", &["TCPIP1", "TCPIP2"]), job("APPB", &["TCPIP2", "TCPIP3"])],
    }
}
