//! How long a failover report takes: 32 stacks on 16 systems and 4 CPCs, 1,000 DVIPAs with two backups each, half of them
//! distributed to every stack and half to four, two thirds of them at one port and the others at so many; every single fault.
//! Prints one line, and how large the page and the JSON of it are.
//!
//! Run with `cargo bench -p vipa-analysis --bench failover -- THREADS PORTS [trace]`; with `trace` each case tells how it came
//! about, as the page does.
#![allow(
    clippy::disallowed_methods,
    reason = "a measurement needs a clock, and its threads from the command line"
)]

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use runtime_model::model::{
    DistributionModel, DistributionOptions, DvipaModel, DvipaOrigin, Method, Model, Moveable, ProductStack,
    SCHEMA_VERSION, StackModel, Structures, Tables, Target, Targets,
};
use vipa_analysis::failover::{self, Options};
use vipa_analysis::names::Addresses;
use vipa_analysis::obey::NoObeyFiles;
use vipa_analysis::run::World;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const STACKS: u8 = 32;

fn xcf(stack: u8) -> IpAddr {
    IpAddr::V4(Ipv4Addr::new(10, 1, 0, stack + 1))
}

fn stack(number: u8) -> StackModel {
    StackModel {
        name: format!("TCPIP{number:02}"),
        job: None,
        system: format!("SYS{:02}", number / 2),
        cpc: Some(format!("CPC{}", number / 8)),
        xcf_group: "EZBTCPCS".to_owned(),
        xcf: vec![xcf(number)],
        home: Vec::new(),
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

fn large(ports: u16) -> Model {
    let mut stacks: Vec<StackModel> = (0..STACKS).map(stack).collect();
    for number in 0..1000u16 {
        let owner = u8::try_from(number % u16::from(STACKS)).unwrap();
        let of_owner = u8::try_from(number / u16::from(STACKS)).unwrap();
        let address = IpAddr::V4(Ipv4Addr::new(203, 0, owner, of_owner + 1));
        let target = |nth: u8| Target { xcf: xcf((owner + 4 * nth) % STACKS), weight: None, standby: None };
        let distribution = DistributionModel {
            dvipa: address,
            ports: vec![if of_owner % 3 == 0 { 8000 + number % ports } else { 443 }],
            targets: if of_owner % 2 == 0 {
                Targets::All
            } else {
                Targets::Xcf((0..4).map(target).collect())
            },
            cluster_ports: false,
            method: Method::RoundRobin,
            product: DistributionOptions::default(),
        };
        let chain = [(0, DvipaOrigin::Define), (8, DvipaOrigin::Backup(200)), (17, DvipaOrigin::Backup(100))];
        for (next, origin) in chain {
            let stack = &mut stacks[usize::from((owner + next) % STACKS)];
            stack.dvipas.push(DvipaModel {
                address,
                origin,
                subnet: Some(format!("203.0.{owner}.0/24").parse().unwrap()),
                moveable: Some(Moveable::Immediate),
                cluster_ports: false,
                cpc_scope: false,
                tier: None,
                service_manager: false,
                interface: None,
            });
            stack.distributions.push(distribution.clone());
        }
    }
    Model {
        schema_version: SCHEMA_VERSION.to_owned(),
        sysplex: "LARGE".to_owned(),
        tables: Tables::Product,
        structures: Structures::default(),
        assumptions: BTreeMap::new(),
        stacks,
        jobs: Vec::new(),
    }
}

fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse::<u16>().ok());
    let threads = usize::from(numbers.next().unwrap_or(2));
    let ports = numbers.next().unwrap_or(10).max(1);
    let trace = std::env::args().any(|word| word == "trace");
    let model = large(ports);
    let addresses = Addresses::default();
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let begun = Instant::now();
    let report = failover::failover(&world, None, Options { faults: 1, threads, trace }, &mut |_, _| {})
        .expect("no scenario");
    println!(
        "{} stacks, {} DVIPAs, {} services, {} cases on {threads} threads: {:.2?}; {} weaknesses",
        report.stacks.len(),
        report.dvipas.len(),
        report.services.len(),
        report.cases.len(),
        begun.elapsed(),
        report.weaknesses.len()
    );
    let (page, json) = (failover::html::render(&report), failover::json::render(&report).expect("JSON"));
    println!("page {} kB, JSON {} kB", page.len() / 1000, json.len() / 1000);
}
