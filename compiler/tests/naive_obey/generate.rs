//! Random profiles and OBEYFILEs.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

type Text = BoxedStrategy<String>;

fn of(words: &'static [&'static str]) -> Text {
    select(words).prop_map(str::to_owned).boxed()
}

fn device() -> Text {
    of(&["D1", "D2", "D3"])
}

fn link() -> Text {
    of(&["L1", "L2", "L3"])
}

/// A device or interface that can be started.
fn object() -> Text {
    of(&["D1", "D2", "D3", "I1", "I2", "S6"])
}

/// What a route goes over.
fn way() -> Text {
    of(&["L1", "L2", "L3", "I1", "I2"])
}

fn address() -> Text {
    (1..6u8).prop_map(|last| format!("192.0.2.{last}")).boxed()
}

fn dvipa() -> Text {
    (4..9u8).prop_map(|last| format!("192.0.2.{last}")).boxed()
}

/// Several DVIPAs, each once.
fn dvipas() -> BoxedStrategy<Vec<String>> {
    let all: Vec<String> = (4..9u8).map(|last| format!("192.0.2.{last}")).collect();
    subsequence(all, 1..4).prop_shuffle().boxed()
}

/// A keyword with entries behind it: in one record, in a record each, or with comments beside them.
fn entries(head: String, entries: &[String], layout: u8) -> String {
    let all: String = match layout {
        0 => entries.iter().map(|entry| format!("\n  {entry}")).collect(),
        1 => entries.iter().map(|entry| format!("\n    {entry}   ; {}", entry.to_lowercase())).collect(),
        _ => entries.iter().map(|entry| format!(" {entry}")).collect(),
    };
    format!("{head}{all}\n")
}

fn list(head: &'static str, entry: Text, many: std::ops::Range<usize>) -> Text {
    (prop::collection::vec(entry, many), 0..4u8)
        .prop_map(move |(list, layout)| entries(head.to_owned(), &list, layout))
        .boxed()
}

fn port() -> Text {
    (80..86u16, of(&["TCP", "UDP"]), of(&["A", "B", "RESERVED"]))
        .prop_map(|(port, protocol, job)| format!("{port} {protocol} {job}"))
        .boxed()
}

fn port_entry() -> Text {
    prop_oneof![
        6 => port(),
        1 => (80..86u16, of(&["A", "B"])).prop_map(|(port, job)| format!("{port} TCP {job} SHAREPORT")),
        1 => unreserved(),
    ]
    .boxed()
}

fn unreserved() -> Text {
    (of(&["TCP", "UDP"]), of(&["*", "A"]))
        .prop_map(|(protocol, job)| format!("UNRSV {protocol} {job}"))
        .boxed()
}

fn range() -> Text {
    (82..90u16, 1..4u16, of(&["TCP", "UDP"]), of(&["A", "RESERVED"]))
        .prop_map(|(first, count, protocol, job)| format!("{first} {count} {protocol} {job}"))
        .boxed()
}

fn route() -> Text {
    (0..3u8, of(&["=", "192.0.2.62"]), way(), of(&["1492", "8992"]))
        .prop_map(|(net, hop, way, mtu)| format!("ROUTE 198.51.100.{}/26 {hop} {way} MTU {mtu}\n", net * 64))
        .boxed()
}

fn interface() -> Text {
    let address6 = || (1..4u8).prop_map(|last| format!("2001:db8::{last}"));
    let change = (of(&["S6", "S6", "LOOPBACK6"]), of(&["ADDADDR", "DELADDR"]), address6());
    prop_oneof![
        3 => (of(&["I1", "I2"]), of(&["OSA1", "OSA2"]), address())
            .prop_map(|(name, osa, at)| format!("INTERFACE {name} DEFINE IPAQENET PORTNAME {osa} IPADDR {at}\n")),
        2 => (subsequence(vec!["2001:db8::1", "2001:db8::2", "2001:db8::3"], 1..3), 0..2u8).prop_map(|(list, layout)| {
            let list: Vec<String> = list.into_iter().map(str::to_owned).collect();
            entries("INTERFACE S6 DEFINE IPAQENET6 PORTNAME OSA6 IPADDR".to_owned(), &list, layout * 3)
        }),
        2 => change.prop_map(|(name, action, at)| format!("INTERFACE {name} {action} {at}\n")),
        1 => address6().prop_map(|at| format!("INTERFACE S6 DEPRADDR {at}\n")),
    ]
    .boxed()
}

/// A statement with some of its options, each once.
fn some(name: &'static str, options: Vec<Vec<&'static str>>) -> Text {
    let many = options.len();
    subsequence(options, 1..3.min(many))
        .prop_flat_map(|chosen| chosen.into_iter().map(select).collect::<Vec<_>>())
        .prop_map(move |words| format!("{name} {}\n", words.join(" ")))
        .boxed()
}

fn options() -> Text {
    let tcp = vec![
        vec!["TTLS", "NOTTLS"],
        vec!["RESTRICTLOWPORTS", "UNRESTRICTLOWPORTS"],
        vec!["DELAYACKS", "NODELAYACKS", "AUTODELAYACKS"],
        vec!["EPHEMERALPORTS 2000 3000", "EPHEMERALPORTS 3000 2000", "EPHEMERALPORTS 5000 6000"],
        vec!["FINWAIT2TIME 60", "FINWAIT2TIME 90"],
        vec!["SENDGARBAGE TRUE", "SENDGARBAGE FALSE"],
        vec!["TCPRCVBUFRSIZE 16384", "TCPRCVBUFRSIZE 131072", "TCPRCVBUFRSIZE 524288"],
        vec!["TCPMAXRCVBUFRSIZE 32768", "TCPMAXRCVBUFRSIZE 262144", "TCPMAXRCVBUFRSIZE 1048576"],
    ];
    let udp = vec![
        vec!["UDPCHKSUM", "NOUDPCHKSUM"],
        vec!["RESTRICTLOWPORTS", "UNRESTRICTLOWPORTS"],
        vec!["UDPQUEUELIMIT", "NOUDPQUEUELIMIT"],
        vec!["EPHEMERALPORTS 2000 3000", "EPHEMERALPORTS 3000 2000"],
    ];
    let ip = vec![
        vec!["SOURCEVIPA", "NOSOURCEVIPA"],
        vec!["SYSPLEXROUTING", "NOSYSPLEXROUTING"],
        vec!["TCPSTACKSOURCEVIPA 192.0.2.5", "TCPSTACKSOURCEVIPA 192.0.2.6", "NOTCPSTACKSOURCEVIPA"],
        vec!["DATAGRAMFWD", "NODATAGRAMFWD"],
        vec!["DYNAMICXCF 192.0.2.8 255.255.255.0 1", "DYNAMICXCF 10.1.1.1 255.255.255.0 1", "NODYNAMICXCF"],
        vec!["TTL 20", "TTL 30"],
        vec!["ARPTO 60", "ARPTO 120"],
        vec!["IPSECURITY"],
    ];
    let global = vec![
        vec!["XCFGRPID 2", "XCFGRPID 3"],
        vec!["TCPIPSTATISTICS", "NOTCPIPSTATISTICS"],
        vec!["ZERT", "NOZERT"],
        vec!["EXPLICITBINDPORTRANGE 5000 100", "EXPLICITBINDPORTRANGE 6000 100", "NOEXPLICITBINDPORTRANGE"],
    ];
    let agent = vec![
        vec!["ENABLED", "DISABLED"],
        vec!["AGENT 1161", "AGENT 2161"],
        vec!["COMMUNITY one", "COMMUNITY two"],
        vec!["SACACHETIME 40", "SACACHETIME 50"],
    ];
    let smf = vec![
        vec!["TCPINIT", "NOTCPINIT", "TYPE119 DVIPA", "TYPE119 NODVIPA"],
        vec!["TYPE119 TCPINIT", "TYPE119 NOTCPINIT TCPTERM", "TYPE119 NOTCPTERM"],
    ];
    prop_oneof![
        3 => some("TCPCONFIG", tcp),
        2 => some("UDPCONFIG", udp),
        4 => some("IPCONFIG", ip),
        3 => some("GLOBALCONFIG", global),
        2 => some("SACONFIG", agent),
        2 => some("SMFCONFIG", smf),
        1 => (1..3u16).prop_map(|most| format!("SOMAXCONN {}\n", most * 1024)),
        1 => (10..12u8).prop_map(|minutes| format!("ARPAGE {minutes}\n")),
    ]
    .boxed()
}

fn lists() -> Text {
    let home = (address(), link()).prop_map(|(address, link)| format!("{address} {link}")).boxed();
    let routes = prop::collection::vec(route(), 0..4)
        .prop_map(|routes| format!("BEGINROUTES\n{}ENDROUTES\n", routes.concat()));
    let source = prop_oneof![
        (of(&["A", "B"]), address()).prop_map(|(job, address)| format!("JOBNAME {job} {address}\n")),
        (0..2u8, address())
            .prop_map(|(net, address)| format!("DESTINATION 203.0.113.{}/25 {address}\n", net * 128)),
    ];
    let sources =
        prop::collection::vec(source, 0..3).prop_map(|list| format!("SRCIP\n{}ENDSRCIP\n", list.concat()));
    let zone = (0..3u8, of(&["Z1", "Z2"])).prop_map(|(net, zone)| {
        if net == 2 { format!("DEFAULT {zone}") } else { format!("203.0.113.{}/25 {zone}", net * 128) }
    });
    let zones = (of(&["", " INBOUND", " NOOUTBOUND"]), prop::collection::vec(zone, 1..3), 0..4u8).prop_map(
        |(flag, mut list, layout)| {
            list.push("ENDNETACCESS".to_owned());
            entries(format!("NETACCESS{flag}"), &list, layout)
        },
    );
    let procedures = (prop::collection::vec(of(&["P1", "P2", "P2 JOBNAME A", "P3 JOBNAME B"]), 1..3), 0..4u8)
        .prop_map(|(mut list, layout)| {
            list.push("ENDAUTOLOG".to_owned());
            entries("AUTOLOG".to_owned(), &list, layout)
        });
    prop_oneof![
        4 => list("HOME", home, 0..4),
        3 => routes,
        2 => sources,
        1 => zones,
        1 => procedures,
        1 => of(&["IPSEC LOGENABLE IPSECRULE * * PROTOCOL TCP ENDIPSEC\n", "IPSEC IPSECRULE * * PROTOCOL UDP ENDIPSEC\n"]),
    ]
    .boxed()
}

fn distribution() -> Text {
    let targets = prop_oneof![
        Just(vec!["ALL"]),
        subsequence(vec!["10.1.1.1", "10.1.1.2", "10.1.1.3"], 1..4).prop_shuffle(),
    ];
    let ports = subsequence(vec!["80", "81", "82"], 0..3);
    let how = of(&["DEFINE", "DEFINE", "DEFINE SYSPLEXPORTS", "DEFINE DISTMETHOD ROUNDROBIN", "DELETE"]);
    (how, dvipa(), ports, targets, any::<bool>())
        .prop_map(|(how, dvipa, ports, targets, long)| {
            let ports = if ports.is_empty() { String::new() } else { format!(" PORT {}", ports.join(" ")) };
            let line = if long { "\n    " } else { " " };
            format!("VIPADISTRIBUTE {how} {dvipa}{ports}{line}DESTIP {}\n", targets.join(" "))
        })
        .boxed()
}

fn block() -> Text {
    let moveable = of(&["IMMEDIATE", "WHENIDLE"]);
    let define = (moveable, dvipas(), 0..4u8).prop_map(|(moveable, list, layout)| {
        entries(format!("VIPADEFINE MOVEABLE {moveable} 255.255.255.0"), &list, layout)
    });
    let backup = (1..3u8, dvipas(), 0..4u8)
        .prop_map(|(rank, list, layout)| entries(format!("VIPABACKUP {rank}"), &list, layout));
    let delete =
        (dvipas(), 0..4u8).prop_map(|(list, layout)| entries("VIPADELETE".to_owned(), &list, layout));
    let subnet =
        (of(&["DEFINE", "DEFINE MOVEABLE DISRUPTIVE", "DELETE"]), of(&["240 192.0.2.32", "248 192.0.2.64"]));
    let route = (of(&["DEFINE", "DELETE"]), of(&["10.1.1.2", "10.1.1.3"]), of(&["192.0.2.40", "192.0.2.41"]));
    let one = prop_oneof![
        5 => define,
        3 => backup,
        2 => delete,
        5 => distribution(),
        1 => subnet.prop_map(|(how, net)| format!("VIPARANGE {how} 255.255.255.{net}\n")),
        1 => route.prop_map(|(how, xcf, to)| format!("VIPAROUTE {how} {xcf} {to}\n")),
        1 => of(&["VIPASMPARMS SMMCAST 224.0.0.1\n", "VIPASMPARMS SMPORT 1637\n", "VIPASMPARMS SMMCAST 224.0.0.2 SMPORT 1700\n"]),
    ];
    prop::collection::vec(one, 0..4)
        .prop_map(|list| format!("VIPADYNAMIC\n{}ENDVIPADYNAMIC\n", list.concat()))
        .boxed()
}

/// A statement, or a block, with its records. `running`: for an OBEYFILE.
fn statement(running: bool) -> Text {
    let number = of(&["BA0", "BC0"]);
    let anywhere = prop_oneof![
        2 => (device(), number).prop_map(|(name, number)| format!("DEVICE {name} LCS {number}\n")),
        2 => (link(), 0..2u8, device()).prop_map(|(name, at, device)| format!("LINK {name} ETHERNET {at} {device}\n")),
        3 => interface(),
        6 => lists(),
        3 => list("PORT", port_entry(), 1..4),
        2 => list("PORTRANGE", range(), 1..3),
        4 => options(),
        7 => block(),
        1 => way().prop_map(|name| format!("PRIMARYINTERFACE {name}\n")),
        2 => object().prop_map(|name| format!("START {name}\n")),
        2 => object().prop_map(|name| format!("STOP {name}\n")),
        1 => (0..9u8).prop_map(|number| format!("; keep {number}\n")),
    ];
    if !running {
        return anywhere.boxed();
    }
    prop_oneof![
        12 => anywhere,
        1 => device().prop_map(|name| format!("DELETE DEVICE {name}\n")),
        1 => link().prop_map(|name| format!("DELETE LINK {name}\n")),
        1 => of(&["I1", "I2", "S6"]).prop_map(|name| format!("INTERFACE {name} DELETE\n")),
        1 => port().prop_map(|port| format!("DELETE PORT {port}\n")),
        1 => range().prop_map(|range| format!("DELETE PORTRANGE {range}\n")),
        1 => unreserved().prop_map(|entry| format!("DELETE PORT {entry}\n")),
    ]
    .boxed()
}

/// A profile, or an OBEYFILE.
pub fn data_set(running: bool) -> Text {
    let many = if running { 0..10 } else { 0..16 };
    prop::collection::vec(statement(running), many).prop_map(|list| list.concat()).boxed()
}
