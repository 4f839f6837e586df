//! What `netstat` prints is read back to the same data: every report, both layouts, terminal and console.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
#[path = "../../tests/property/mod.rs"]
mod property;

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use vipa_analysis::capture::{
    Body, Connection, Defined, Destination, Distributed, Dvipa, Ephemeral, Home, Movement, Origin, PortPool,
    Ranged, Reservation, Role, Route, RouteState, Routed, SourceEntry, SourceFor, Status, Structure,
    VipaConfig, VipaRoute, read,
};
use vipa_analysis::netstat::text::{Channel, render};
use vipa_analysis::netstat::{Layout, Report};

fn four() -> impl Strategy<Value = IpAddr> {
    (1_u32..0x00ff_ffff).prop_map(|low| IpAddr::V4(Ipv4Addr::from(0x0a00_0000 | low)))
}

fn six() -> impl Strategy<Value = IpAddr> {
    any::<u64>().prop_map(|low| IpAddr::V6(Ipv6Addr::from(0x2001_0db8_u128 << 96 | u128::from(low) << 1 | 1)))
}

fn address(layout: Layout) -> BoxedStrategy<IpAddr> {
    match layout {
        Layout::Short => four().boxed(),
        Layout::Long => prop_oneof![3 => four(), 1 => six()].boxed(),
    }
}

fn name() -> impl Strategy<Value = String> {
    "[A-Z][A-Z0-9]{2,7}"
}

fn network() -> impl Strategy<Value = IpNet> {
    (four(), 8_u8..=32).prop_map(|(address, bits)| IpNet::new(address, bits).expect("a length").trunc())
}

fn movement() -> impl Strategy<Value = Movement> {
    prop_oneof![Just(Movement::Immediate), Just(Movement::WhenIdle)]
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        Just(Status::Active),
        Just(Status::Backup),
        Just(Status::Moving),
        Just(Status::Quiescing),
        Just(Status::Deactivated),
        Just(Status::Inactive),
    ]
}

fn origin() -> impl Strategy<Value = Origin> {
    prop_oneof![Just(Origin::Define), Just(Origin::Backup), Just(Origin::Bind), Just(Origin::Ioctl)]
}

fn method() -> impl Strategy<Value = Option<String>> {
    let all = ["BaseWLM", "ServerWLM", "Roundrobin", "WeightedActive", "HotStandby", "TargControlled"];
    prop::sample::select(all.to_vec()).prop_map(|name| Some(name.to_owned()))
}

fn flags(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(words.to_vec(), 0..=words.len())
        .prop_map(|words| words.into_iter().map(str::to_owned).collect())
}

fn config(layout: Layout) -> impl Strategy<Value = Body> {
    let long = layout == Layout::Long;
    let defined = (address(layout), 1_u8..=32, of(1_u8..=254), of(movement()), of("[12]?C"), any::<bool>())
        .prop_map(move |(address, bits, rank, moveable, flags, deactivated)| Defined {
            address,
            bits: Some(bits).filter(|_| address.is_ipv4()),
            interface: address.is_ipv6().then(|| "DVIPA6".to_owned()),
            rank,
            moveable,
            flags,
            deactivated,
            manager: (address.is_ipv4() && moveable.is_some()).then_some(deactivated),
        });
    let ranged = (network(), any::<bool>(), of(name())).prop_map(|(net, soft, saf)| Ranged {
        address: net.addr(),
        bits: Some(net.prefix_len()),
        interface: None,
        moveable: Some(if soft { Movement::NonDisruptive } else { Movement::Disruptive }),
        saf,
    });
    let distributed = (
        address(layout),
        of(1_u16..),
        of(address(layout)),
        (any::<bool>(), of(1_u32..9999), method()),
        (of(Just("Preferred")), of(1_u8..=254)),
        (of(1_u16..=99), of(any::<bool>()), of(0_u8..=16)),
        flags(&["Tier1"]),
        (of(name()), any::<bool>()),
    )
        .prop_map(
            move |(
                address,
                port,
                target,
                (ports, affinity, method),
                (server, rank),
                (weight, back, local),
                flags,
                (tier_group, asleep),
            )| {
                Distributed {
                    group: tier_group.clone().filter(|_| long),
                    processors: weight.map(|w| [w.min(99) as u8, 1, 2]).filter(|_| long),
                    crossing: local.map(|l| [l, 3]).filter(|_| long),
                    importance: local.map(|l| l % 4).filter(|_| long),
                    deactivated: asleep,
                    address,
                    port,
                    target,
                    sysplex_ports: Some(ports),
                    affinity,
                    method,
                    server: server.map(str::to_owned).or_else(|| rank.map(|_| "Backup".to_owned())),
                    rank: rank.filter(|_| server.is_none()),
                    weight: weight.filter(|_| long),
                    auto_switch_back: back.filter(|_| long),
                    health_switch: back.filter(|_| long),
                    flags,
                    optlocal: local.filter(|_| long),
                }
            },
        );
    let routes = (four(), four()).prop_map(|(target, through)| VipaRoute { target, through });
    (any::<bool>(), vec(defined, 0..5), vec(ranged, 0..3), vec(distributed, 0..4), vec(routes, 0..3))
        .prop_map(|(joined, mut defined, ranges, mut distributed, routes)| {
            defined.sort_by_key(|row| (row.deactivated, row.rank.is_none()));
            distributed.sort_by_key(|row: &Distributed| row.deactivated);
            Body::VipaConfig(VipaConfig { joined, defined, ranges, distributed, routes })
        })
}

fn dynamic(layout: Layout) -> impl Strategy<Value = Body> {
    let long = layout == Layout::Long;
    let row = (address(layout), of(1_u8..=32), status(), of(origin()), any::<(bool, bool)>(), of(name()));
    let row = row.prop_map(move |(address, bits, status, origin, (distributor, target), job)| Dvipa {
        address,
        bits: bits.filter(|_| address.is_ipv4()),
        interface: address.is_ipv6().then(|| "DVIPA6".to_owned()),
        status: Some(status),
        origin,
        distributor,
        target,
        job: job.filter(|_| long),
    });
    vec(row, 0..6).prop_map(Body::VipaDynamic)
}

fn destinations(layout: Layout) -> impl Strategy<Value = Body> {
    let long = layout == Layout::Long;
    let row = (
        (address(layout), 1_u16.., address(layout)),
        (0_u32..999, 0_u64..9_999_999_999, 0_u32..99, 0_u32..=100),
        method(),
        of(Just("Preferred".to_owned())),
        of((0_u64..9999, 0_u32..999, 0_u32..=100, of(any::<[u8; 3]>()))),
        flags(&["Dynamic", "Inactive"]),
    );
    let row = row.prop_map(
        move |((address, port, target), (ready, total, weight, tsr), method, server, detail, flags)| {
            Destination {
                address,
                port,
                target,
                ready: Some(ready),
                total: Some(total),
                active: detail.map(|detail| detail.0),
                weight: Some(weight),
                responsiveness: Some(tsr),
                method,
                server: server.filter(|_| long),
                parts: detail.and_then(|detail| detail.3).map(|parts| parts.map(u32::from)),
                abnormal: detail.map(|detail| detail.1),
                health: detail.map(|detail| detail.2),
                flags,
            }
        },
    );
    vec(row, 0..5).prop_map(Body::Destinations)
}

fn routing(layout: Layout) -> impl Strategy<Value = Body> {
    let row = (address(layout), 1_u16.., address(layout), any::<u16>(), address(layout));
    let row = row.prop_map(|(address, port, client, client_port, target)| Routed {
        address,
        port,
        client,
        client_port,
        target,
    });
    vec(row, 0..6).prop_map(Body::Routing)
}

fn connections(layout: Layout) -> impl Strategy<Value = Body> {
    let row = (name(), any::<u32>(), of(address(layout)), 1_u16.., address(layout), 1_u16.., 0_u8..3);
    let row = row.prop_map(|(user, id, local, port, remote, remote_port, kind)| Connection {
        user,
        id: format!("{id:08X}"),
        local,
        local_port: Some(port),
        remote: (kind == 0).then_some(remote),
        remote_port: (kind == 0).then_some(remote_port),
        state: ["Establsh", "Listen", "UDP"][usize::from(kind)].to_owned(),
    });
    vec(row, 0..6).prop_map(Body::Connections)
}

fn home(layout: Layout) -> impl Strategy<Value = Body> {
    let row = (address(layout), name(), 0_u8..3).prop_map(|(address, link, flag)| Home {
        address,
        link: Some(link),
        primary: flag == 1,
        internal: flag == 2,
    });
    vec(row, 0..6).prop_map(Body::Home)
}

fn sources() -> impl Strategy<Value = Body> {
    let role = prop::sample::select(vec!['C', 'S', 'B']);
    let job = (name(), four(), of(role)).prop_map(|(job, source, role)| SourceEntry {
        who: SourceFor::Job(format!("{job}*").chars().take(8).collect()),
        source: source.to_string(),
        role,
    });
    let destination = (network(), four()).prop_map(|(to, source)| SourceEntry {
        who: SourceFor::Destination(to),
        source: source.to_string(),
        role: None,
    });
    (vec(job, 0..4), vec(destination, 0..4))
        .prop_map(|(jobs, others)| Body::Sources(jobs.into_iter().chain(others).collect()))
}

fn ports() -> impl Strategy<Value = Body> {
    let row =
        (1_u16..60_000, 0_u16..2, any::<bool>(), name(), "[ABSW]?", of(four()), of(name()), any::<bool>());
    let row = row.prop_map(|(first, more, tcp, user, letter, bind, saf, unreserved)| Reservation {
        first: Some(first).filter(|_| !unreserved),
        last: Some(first + more).filter(|_| !unreserved),
        tcp,
        user,
        flags: if saf.is_some() { format!("{letter}F") } else { letter },
        bind: bind.filter(|_| !unreserved),
        saf,
    });
    vec(row, 0..6).prop_map(Body::Ports)
}

fn routes() -> impl Strategy<Value = Body> {
    let row = (of(network()), of(four()), name()).prop_map(|(to, gateway, interface)| Route {
        to,
        gateway,
        flags: if gateway.is_some() { "UGS" } else { "US" }.to_owned(),
        interface: Some(interface),
    });
    vec(row, 0..6).prop_map(Body::Routes)
}

fn settings() -> impl Strategy<Value = Body> {
    any::<[bool; 4]>().prop_map(|on| {
        let word = |on: bool| if on { "YES" } else { "NO" }.to_owned();
        let labels = ["RESTRICTLOWPORT", "SOURCEVIPA", "RECOVERY", "JOIN"];
        let mut map: BTreeMap<String, String> =
            labels.iter().zip(on).map(|(label, on)| ((*label).to_owned(), word(on))).collect();
        map.insert("TIMERSECS".to_owned(), "0060".to_owned());
        Body::Config(map)
    })
}

fn roles() -> impl Strategy<Value = Body> {
    let row = (name(), name(), status(), of(1_u8..), any::<(bool, bool)>());
    let entry = (four(), of(origin()), of(8_u8..=32), vec(row, 1..4));
    vec(entry, 0..4).prop_map(|entries| {
        let mut seen = std::collections::BTreeSet::new();
        let fresh = entries.into_iter().filter(|(address, ..)| seen.insert(*address)).collect::<Vec<_>>();
        let rows = fresh.into_iter().flat_map(|(address, origin, bits, rows)| {
            rows.into_iter().map(move |(stack, system, status, rank, (distributor, target))| Role {
                address,
                stack,
                system,
                status,
                rank,
                origin,
                bits,
                distributor,
                target,
            })
        });
        Body::Sysplex(rows.collect())
    })
}

fn ways() -> impl Strategy<Value = Body> {
    let row = (four(), four(), any::<bool>());
    let row = row.prop_map(|(target, through, active)| RouteState {
        target,
        through: Some(through),
        active: Some(active),
    });
    vec(row, 1..4).prop_map(Body::VipaRoutes)
}

fn displays() -> impl Strategy<Value = Body> {
    let range = || of((1024_u16..2000, 2000_u16..3000));
    let statistics = any::<[u32; 4]>().prop_map(|[configured, used, most, exhausted]| {
        let of = |protocol: &str| Ephemeral {
            protocol: protocol.to_owned(),
            configured: Some(configured),
            used: Some(used),
            most: Some(most),
            exhausted: Some(exhausted),
        };
        Body::Statistics(vec![of("TCP"), of("UDP")])
    });
    prop_oneof![
        of(name()).prop_map(Body::Group),
        (range(), range()).prop_map(|(configured, active)| Body::PortPool(PortPool { configured, active })),
        statistics,
        (four(), 0_u16..1023).prop_map(|(dvipa, block)| {
            let first = block * 64;
            Body::Structure(Structure {
                name: "EZBEPORT1121".to_owned(),
                connected: true,
                kind: Some("LIST".to_owned()),
                lists: Some(1024),
                locks: Some(1024),
                element: Some(256),
                entries: vec![
                    "LIST 0 EXPLICITBINDPORTRANGE".to_owned(),
                    format!("LIST 1 {dvipa} MVS1/TCPIP1 {first:05}-{:05}", first + 63),
                ],
            })
        }),
    ]
}

fn body(layout: Layout) -> impl Strategy<Value = Body> {
    prop_oneof![
        1 => ways(),
        1 => displays(),
        3 => config(layout),
        1 => dynamic(layout),
        1 => destinations(layout),
        1 => routing(layout),
        1 => connections(layout),
        1 => home(layout),
        1 => sources(),
        1 => ports(),
        1 => routes(),
        1 => settings(),
        1 => roles(),
    ]
}

fn round(body: &Body, layout: Layout, channel: Channel) {
    let report = Report {
        format_version: "1.0",
        stack: "TCPIP1".to_owned(),
        job: "TCPIP1".to_owned(),
        system: "MVS1".to_owned(),
        release: "V3R1".to_owned(),
        time: 0,
        up: true,
        body: body.clone(),
        routes: Vec::new(),
        records: body.entries(),
        joined: *body != Body::Group(None),
        detail: false,
        six: layout == Layout::Long,
    };
    let text = render(&report, layout, channel);
    let capture = read(&text);
    assert_eq!(capture.unread, [], "{text}");
    assert_eq!(capture.reports.len(), 1, "{text}");
    let back = &capture.reports[0];
    assert!(!back.cut, "{text}");
    if !matches!(body, Body::Structure(_)) {
        assert_eq!(back.head.stack.as_deref(), Some("TCPIP1"), "{text}");
    }
    // The console shouts the state of a connection.
    let quiet = match &back.body {
        Body::Connections(rows) => Body::Connections(
            rows.iter()
                .map(|row| {
                    let known = ["Establsh", "Listen", "UDP"];
                    let state = known.iter().find(|known| known.eq_ignore_ascii_case(&row.state));
                    Connection { state: state.map_or("", |state| state).to_owned(), ..row.clone() }
                })
                .collect(),
        ),
        other => other.clone(),
    };
    assert_eq!(&quiet, body, "{text}");
}

proptest! {
    #![proptest_config(property::cases(400))]

    #[test]
    fn long_reports_come_back(body in body(Layout::Long), console: bool) {
        round(&body, Layout::Long, if console { Channel::Console } else { Channel::Shell });
    }

    #[test]
    fn short_reports_come_back(body in body(Layout::Short), console: bool) {
        round(&body, Layout::Short, if console { Channel::Console } else { Channel::Shell });
    }
}
