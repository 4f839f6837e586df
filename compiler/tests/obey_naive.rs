//! The fold agrees with an independent, naive reading of the rules: what each statement of an OBEYFILE adds, replaces, removes, and what the
//! stack refuses, for random sysplexes and random data sets in a random order.
#![allow(missing_docs)]

mod naive_obey;
#[path = "../../tests/property/mod.rs"]
mod property;

use std::collections::BTreeSet;
use std::sync::Arc;

use naive_obey::{Stack, apply};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use vipa_compiler::apply::Kind;
use vipa_compiler::source::SourceText;
use vipa_compiler::statements::Config;
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

const NAMES: [&str; 2] = ["TCPIP1", "TCPIP2"];

/// A statement, or a block, with its records. `running`: for an OBEYFILE.
fn statement(running: bool) -> BoxedStrategy<String> {
    let device = || prop::sample::select(vec!["D1", "D2", "D3"]);
    let link = || prop::sample::select(vec!["L1", "L2", "L3"]);
    let address = || (1..4u8).prop_map(|last| format!("192.0.2.{last}"));
    let dvipa = || (3..6u8).prop_map(|last| format!("192.0.2.{last}"));
    let number = prop::sample::select(vec!["BA0", "BC0"]);
    let home = prop::collection::vec((address(), link()), 0..3).prop_map(|list| {
        let list: String = list.iter().map(|(address, link)| format!(" {address} {link}")).collect();
        format!("HOME{list}\n")
    });
    let hop = prop::sample::select(vec!["=", "192.0.2.62"]);
    let route = (0..3u8, hop, link(), prop::sample::select(vec!["1492", "8992"])).prop_map(
        |(net, hop, link, mtu)| format!("ROUTE 198.51.100.{}/26 {hop} {link} MTU {mtu}\n", net * 64),
    );
    let routes = prop::collection::vec(route, 0..4)
        .prop_map(|routes| format!("BEGINROUTES\n{}ENDROUTES\n", routes.concat()));
    let port = || {
        (80..83u16, prop::sample::select(vec!["A", "B"])).prop_map(|(port, job)| format!("{port} TCP {job}"))
    };
    let source = (prop::sample::select(vec!["A", "B"]), address());
    let sources = prop::collection::vec(source, 0..3).prop_map(|list| {
        let list: String = list.iter().map(|(job, address)| format!("JOBNAME {job} {address}\n")).collect();
        format!("SRCIP\n{list}ENDSRCIP\n")
    });
    let moveable = || prop::sample::select(vec!["IMMEDIATE", "WHENIDLE"]);
    let dynamic = prop_oneof![
        (moveable(), dvipa())
            .prop_map(|(moveable, at)| format!("VIPADEFINE MOVEABLE {moveable} 255.255.255.0 {at}\n")),
        (1..3u8, dvipa()).prop_map(|(rank, at)| format!("VIPABACKUP {rank} {at}\n")),
        dvipa().prop_map(|at| format!("VIPADELETE {at}\n")),
    ];
    let block = prop::collection::vec(dynamic, 0..4)
        .prop_map(|list| format!("VIPADYNAMIC\n{}ENDVIPADYNAMIC\n", list.concat()));
    let anywhere = prop_oneof![
        2 => (device(), number).prop_map(|(name, number)| format!("DEVICE {name} LCS {number}\n")),
        2 => (link(), 0..2u8, device()).prop_map(|(name, at, device)| format!("LINK {name} ETHERNET {at} {device}\n")),
        3 => home,
        2 => routes,
        2 => port().prop_map(|port| format!("PORT {port}\n")),
        1 => sources,
        1 => (1..3u16).prop_map(|most| format!("SOMAXCONN {}\n", most * 1024)),
        1 => (2..4u8).prop_map(|group| format!("GLOBALCONFIG XCFGRPID {group}\n")),
        3 => block,
        2 => device().prop_map(|name| format!("START {name}\n")),
        2 => device().prop_map(|name| format!("STOP {name}\n")),
    ];
    if !running {
        return anywhere.boxed();
    }
    prop_oneof![
        8 => anywhere,
        1 => device().prop_map(|name| format!("DELETE DEVICE {name}\n")),
        1 => link().prop_map(|name| format!("DELETE LINK {name}\n")),
        1 => port().prop_map(|port| format!("DELETE PORT {port}\n")),
    ]
    .boxed()
}

fn data_set(running: bool) -> impl Strategy<Value = String> {
    prop::collection::vec(statement(running), 0..10).prop_map(|list| list.concat())
}

/// The configuration in the form of the naive reading.
fn held(config: &Config) -> Stack {
    let json = serde_json::to_value(config).unwrap();
    let list = |part: &str, list: &str| json[part][list].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let hex = |value: &Value| format!("{:X}", value.as_u64().unwrap_or_default());
    Stack {
        devices: list("device", "devices")
            .iter()
            .map(|one| (text(&one["name"]), hex(&one["number"])))
            .collect(),
        links: list("link", "links")
            .iter()
            .map(|one| (text(&one["name"]), text(&one["number"]), text(&one["device"])))
            .collect(),
        home: list("home", "list").iter().map(|one| (text(&one["address"]), text(&one["link"]))).collect(),
        running: list("start", "running").iter().map(text).collect(),
        routes: list("beginroutes", "routes")
            .iter()
            .map(|one| {
                let hop = if one["hop"].is_null() { "=".to_owned() } else { text(&one["hop"]) };
                (text(&one["destination"]), hop, text(&one["interface"]), text(&one["mtu"]))
            })
            .collect(),
        ports: list("port", "reservations")
            .iter()
            .map(|one| (text(&one["port"]), "TCP".to_owned(), text(&one["who"]["job"])))
            .collect(),
        dvipas: list("dvipa", "list").iter().map(|one| (text(&one["address"]), defined(one))).collect(),
        sources: list("srcip", "entries")
            .iter()
            .map(|one| (text(&one["who"]["job"]), text(&one["from"]["address"])))
            .collect(),
        backlog: Some(&json["somaxconn"]["backlog"]).filter(|value| !value.is_null()).map(text),
        group: Some(&json["globalconfig"]["group"]).filter(|value| !value.is_null()).map(text),
    }
}

/// The statement of a DVIPA without its address.
fn defined(dvipa: &Value) -> String {
    if let Some(rank) = dvipa["origin"]["backup"].as_u64() {
        return format!("VIPABACKUP {rank}");
    }
    let moveable = if dvipa["moveable"] == "when-idle" { "WHENIDLE" } else { "IMMEDIATE" };
    format!("VIPADEFINE MOVEABLE {moveable} 255.255.255.0")
}

fn agree(profiles: &[String; 2], steps: &[(usize, String)]) {
    let mut system = MemorySystem::new();
    let stacks: String = NAMES
        .iter()
        .map(|name| {
            format!("[[stack]]\nname = \"{name}\"\nsystem = \"S{name}\"\nprofile = \"{name}.profile\"\n")
        })
        .collect();
    system.insert("sysplex.toml", stacks);
    for (name, profile) in NAMES.iter().zip(profiles) {
        system.insert(format!("{name}.profile"), profile.clone());
    }
    let mut compiler = Compiler::new(Settings::default());
    compiler.load(&system, &Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() }).unwrap();
    let snapshot = compiler.snapshot();
    for (which, name) in NAMES.iter().enumerate() {
        let mut naive = Stack::default();
        apply(&mut naive, &profiles[which], false);
        assert_eq!(
            held(&snapshot.folded(name).unwrap().config),
            naive,
            "the profile of {name}:\n{}",
            profiles[which]
        );
        let mine: Vec<&String> =
            steps.iter().filter(|(stack, _)| *stack == which).map(|(_, text)| text).collect();
        let sources: Vec<Arc<SourceText>> =
            mine.iter().map(|text| Arc::new(SourceText::new(text.as_str()))).collect();
        let paths: Vec<Arc<str>> = (0..mine.len()).map(|at| format!("step {at}").into()).collect();
        let done = snapshot.obey(name, &sources).unwrap();
        for (step, text) in done.iter().zip(mine) {
            let refused = apply(&mut naive, text, true);
            let told: BTreeSet<u32> = step
                .changes
                .iter()
                .filter(|change| matches!(change.kind, Kind::Refused | Kind::Ignored))
                .filter_map(|change| snapshot.obey_place(step, &paths, change.at))
                .map(|place| place.start.record)
                .collect();
            let shown = format!("profile:\n{}\nOBEYFILE:\n{text}", profiles[which]);
            assert_eq!(held(&step.config), naive, "{shown}");
            assert_eq!(told, refused, "records of which something is refused, {shown}");
        }
    }
}

proptest! {
    #![proptest_config(property::cases(400))]

    #[test]
    fn the_fold_agrees_with_a_naive_reading(
        one in data_set(false),
        two in data_set(false),
        steps in prop::collection::vec((0..2usize, data_set(true)), 1..5),
    ) {
        agree(&[one, two], &steps);
    }
}

/// Nothing is shown by data sets of which the stack refuses nothing.
#[test]
fn the_data_sets_reach_every_refusal() {
    let mut runner = TestRunner::deterministic();
    let mut words: BTreeSet<String> = BTreeSet::new();
    for _ in 0..400 {
        let mut stack = Stack::default();
        apply(&mut stack, &data_set(false).new_tree(&mut runner).unwrap().current(), false);
        for _ in 0..2 {
            let text = data_set(true).new_tree(&mut runner).unwrap().current();
            let lines: Vec<&str> = text.lines().collect();
            let refused = apply(&mut stack, &text, true);
            let first = |record: u32| lines[record as usize - 1].split(' ').next().unwrap_or("").to_owned();
            words.extend(refused.into_iter().map(first));
        }
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    assert_eq!(
        words,
        [
            "DELETE",
            "DEVICE",
            "GLOBALCONFIG",
            "HOME",
            "LINK",
            "ROUTE",
            "SRCIP",
            "START",
            "STOP",
            "VIPABACKUP",
            "VIPADEFINE",
            "VIPADELETE"
        ]
    );
}
