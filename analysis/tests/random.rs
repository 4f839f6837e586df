//! Random scenarios from the whole vocabulary: no panic, no broken invariant, and the same report twice.

mod common;
#[path = "../../tests/property/mod.rs"]
mod property;

use common::{addresses, figure6};
use grammar::scenario::parse;
use vipa_analysis::obey::NoObeyFiles;
use vipa_analysis::run::{self, World};

const LINES: [&str; 34] = [
    "start S",
    "stop S",
    "fail S",
    "fail S",
    "start S",
    "leave S",
    "join S",
    "lose cf",
    "restore cf",
    "S JOB bind D:0 as N",
    "S JOB bind D:P as N",
    "S JOB bind *:P reuseaddr as N",
    "S JOB bind *:P udp as N",
    "S JOB listen D:P as N",
    "S JOB listen *:P as N",
    "S JOB listen N",
    "S JOB unlisten N",
    "S JOB connect SERVER:443 as N",
    "S JOB connect SERVER:443 from N",
    "S JOB define 203.0.113.130",
    "S JOB delete 203.0.113.130",
    "client 198.51.100.77:P connect D:P as N",
    "packet 198.51.100.77:P to D:P",
    "close N",
    "deactivate S D",
    "reactivate S D",
    "quiesce S P",
    "resume S P",
    "hold S at lock",
    "release S",
    "delay S to S",
    "deliver S to S",
    "settle",
    "advance 5",
];

struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

fn scenario(random: &mut Random) -> String {
    // Every name is there from the first lines on.
    let mut text = String::from("start TCPIP1 TCPIP2 TCPIP3 TCPIP4 TCPIP5\n");
    for name in ["A", "B", "C"] {
        text.push_str(&format!("TCPIP1 APPA bind *:0 as {name}\n"));
    }
    for _ in 0..25 {
        let mut line = String::new();
        for word in LINES[random.below(LINES.len())].split(' ') {
            let stack = format!("TCPIP{}", random.below(5) + 1);
            let dvipa = ["DVA1", "DVB1"][random.below(2)];
            let port = ["60", "5000", "1025"][random.below(3)];
            let word = match word {
                "S" => stack,
                "JOB" => ["APPA", "APPB"][random.below(2)].to_owned(),
                "N" => ["A", "B", "C"][random.below(3)].to_owned(),
                "D" => dvipa.to_owned(),
                "P" => port.to_owned(),
                other => match other.split_once(':') {
                    Some(("D", "P")) => format!("{dvipa}:{port}"),
                    Some(("D", rest)) => format!("{dvipa}:{rest}"),
                    Some((host, "P")) => format!("{host}:{port}"),
                    Some(_) | None => other.to_owned(),
                },
            };
            line.push_str(&word);
            line.push(' ');
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[test]
fn random_scenarios_run_to_their_end() {
    let (model, addresses) = (figure6(true), addresses());
    let world = World { model: &model, addresses: &addresses, obey: &NoObeyFiles, begin: None };
    let mut random = Random(property::seeds(42, 1).start);
    let mut broken = Vec::new();
    for number in 0..200 * property::times() {
        let text = scenario(&mut random);
        let run = run::run(&world, "random", &parse(&text));
        assert_eq!(run.errors, [], "{text}");
        assert_eq!(run.events.len(), 29, "{text}");
        if !run.failures.is_empty() {
            broken.push(format!("{number}: {}\n{text}", run.failures[0].message));
        }
        let shown = run::text::render(&run, &addresses, true);
        assert_eq!(shown, run::text::render(&run::run(&world, "random", &parse(&text)), &addresses, true));
    }
    assert!(broken.is_empty(), "{} broken:\n{}", broken.len(), broken[0]);
}
