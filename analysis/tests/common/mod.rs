//! The worked example of the founding documents, corrected, as a lowered model: five stacks on five systems. APPA runs on
//! MVS1, MVS2 and MVS4 and leaves from DVA1; APPB on MVS2, MVS3 and MVS5 and leaves from DVB1.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::net::IpAddr;

use runtime_model::model::*;
use vipa_analysis::names::Addresses;

/// An address from its text.
pub fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// DVA1 and DVB1 are the two DVIPAs, SERVER is a partner outside.
pub fn addresses() -> Addresses {
    let table = [("DVA1", "203.0.113.1"), ("DVB1", "203.0.113.2"), ("SERVER", "192.0.2.9")];
    Addresses::new(
        &table.into_iter().map(|(name, address)| (name.to_owned(), ip(address))).collect::<BTreeMap<_, _>>(),
    )
}

fn stack(number: u8) -> StackModel {
    let source =
        |address: &str, job: &str| SourceModel { address: ip(address), who: SourceFor::Job(job.to_owned()) };
    StackModel {
        name: format!("TCPIP{number}"),
        job: None,
        system: format!("MVS{number}"),
        cpc: Some(if number < 4 { "CPC1" } else { "CPC2" }.to_owned()),
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
        sources: vec![source("203.0.113.1", "APPA"), source("203.0.113.2", "APPB")],
        ports: Vec::new(),
        ephemeral: None,
        network: Default::default(),
        product: ProductStack::default(),
    }
}

fn dvipa(address: &str, origin: DvipaOrigin, cluster_ports: bool) -> DvipaModel {
    DvipaModel {
        interface: None,
        address: ip(address),
        origin,
        subnet: None,
        moveable: Some(Moveable::Immediate),
        cluster_ports,
        cpc_scope: false,
        tier: None,
        service_manager: false,
    }
}

/// The model, with or without CLUSTERPORTS.
pub fn figure6(cluster_ports: bool) -> Model {
    let mut stacks: Vec<StackModel> = (1..=5).map(stack).collect();
    let xcf = |numbers: &[u8]| {
        let target =
            |number: &u8| Target { xcf: ip(&format!("10.1.1.{number}")), weight: None, standby: None };
        Targets::Xcf(numbers.iter().map(target).collect())
    };
    let distribution = |address: &str, targets: Targets| DistributionModel {
        dvipa: ip(address),
        ports: vec![60],
        targets,
        cluster_ports,
        method: Method::BaseWlm,
        product: DistributionOptions::default(),
    };
    stacks[0].dvipas.push(dvipa("203.0.113.1", DvipaOrigin::Define, cluster_ports));
    stacks[0].distributions.push(distribution("203.0.113.1", xcf(&[1, 2, 4])));
    stacks[1].dvipas.push(dvipa("203.0.113.1", DvipaOrigin::Backup(200), cluster_ports));
    stacks[3].dvipas.push(dvipa("203.0.113.1", DvipaOrigin::Backup(100), cluster_ports));
    stacks[4].dvipas.push(dvipa("203.0.113.2", DvipaOrigin::Define, cluster_ports));
    stacks[4].distributions.push(distribution("203.0.113.2", Targets::All));
    stacks[2].ranges.push(RangeModel {
        interface: None,
        subnet: "203.0.113.128/26".parse().unwrap(),
        non_disruptive: true,
        cluster_ports: false,
        saf: None,
    });
    let job = |name: &str, stacks: &[u8]| JobModel {
        name: name.to_owned(),
        user: None,
        stacks: stacks.iter().map(|number| format!("TCPIP{number}")).collect(),
    };
    Model {
        schema_version: SCHEMA_VERSION.to_owned(),
        sysplex: "PLEX1".to_owned(),
        tables: Tables::Founding,
        structures: Structures::default(),
        assumptions: BTreeMap::new(),
        stacks,
        jobs: vec![job("APPA", &[1, 2, 4]), job("APPB", &[2, 3, 5])],
    }
}
