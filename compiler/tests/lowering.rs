//! What of a profile reaches the runtime model for source addresses and ports.
#![allow(missing_docs)]

use runtime_model::model::{InterfaceKind, SrcipFrom, SrcipRole, StackModel};
use vipa_compiler::system::MemorySystem;
use vipa_compiler::{Compiler, Request, Settings};

fn lowered(profile: &str) -> StackModel {
    let mut system = MemorySystem::new();
    system.insert(
        "sysplex.toml",
        "[[stack]]\nname = \"TCPIP1\"\nprofile = \"p\"\ninaddrany-ports = \"5000-5999\"\n",
    );
    system.insert("p", profile);
    let mut compiler = Compiler::new(Settings::default());
    let request = Request { sysplex: Some("sysplex.toml".into()), profiles: Vec::new() };
    compiler.load(&system, &request).unwrap();
    compiler.snapshot().model().stacks[0].clone()
}

#[test]
fn interfaces_and_routes() {
    let stack = lowered(
        "DEVICE VDEV1 VIRTUAL 0
LINK VLINK1 VIRTUAL 0 VDEV1
DEVICE LCS1 LCS BA0
LINK ETHER1 ETHERNET 0 LCS1
HOME 192.0.2.1 VLINK1 203.0.113.1 ETHER1
INTERFACE VIP6 DEFINE VIRTUAL6 IPADDR 2001:db8::1 2001:db8::2
INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME PORTA IPADDR 2001:db8:1::1/64 SOURCEVIPAINTERFACE VIP6
IPCONFIG SOURCEVIPA MULTIPATH DYNAMICXCF 10.0.0.1 255.255.255.0 2 SOURCEVIPAINTERFACE VLINK1
IPCONFIG6 SOURCEVIPA TCPSTACKSOURCEVIPA VIP6
BEGINROUTES
  ROUTE 203.0.113.0/24 = ETHER1 MTU 1492
  ROUTE DEFAULT 203.0.113.254 ETHER1 MTU 1492
ENDROUTES
",
    );
    let network = &stack.network;
    let shown: Vec<(&str, InterfaceKind, bool, usize, Option<&str>)> = network
        .interfaces
        .iter()
        .map(|i| (i.name.as_str(), i.kind, i.is_virtual, i.addresses.len(), i.source_vipa.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [
            ("VLINK1", InterfaceKind::Link, true, 1, None),
            ("ETHER1", InterfaceKind::Link, false, 1, None),
            ("VIP6", InterfaceKind::Interface, true, 2, None),
            ("OSA6", InterfaceKind::Interface, false, 1, Some("VIP6")),
            ("DYNAMICXCF", InterfaceKind::DynamicXcf, false, 1, Some("VLINK1")),
        ]
    );
    assert!(stack.source_vipa && network.source_vipa6 && network.multipath.ipv4 && !network.multipath.ipv6);
    let named = network.tcp_stack_source_vipa6.as_ref().unwrap();
    assert_eq!((named.name.as_str(), named.addresses.len()), ("VIP6", 2));
    let routes: Vec<String> =
        network.routes.iter().map(|r| format!("{} {:?} {}", r.destination, r.hop, r.interface)).collect();
    assert_eq!(routes, ["203.0.113.0/24 None ETHER1", "0.0.0.0/0 Some(203.0.113.254) ETHER1"]);
}

#[test]
fn sources() {
    let stack = lowered(
        "INTERFACE VIP6 DEFINE VIRTUAL6 IPADDR 2001:db8::1
SRCIP
  JOBNAME WEB* 192.0.2.1 SERVER
  JOBNAME TEST1 TEMPADDRS
  JOBNAME TEST2 PUBLICADDRS
  DESTINATION 2001:db8:9::/48 VIP6
ENDSRCIP
DEFADDRTABLE
  ::/0 40 1
  2001:db8::/32 60 5
ENDDEFADDRTABLE
",
    );
    let srcip = &stack.network.srcip;
    assert_eq!(srcip.iter().map(|e| e.role).collect::<Vec<_>>()[..2], [SrcipRole::Server, SrcipRole::Client]);
    assert_eq!(srcip[1].from, SrcipFrom::Temporary);
    assert_eq!(srcip[2].from, SrcipFrom::Public);
    match &srcip[3].from {
        SrcipFrom::Interface(named) => {
            assert_eq!(named.addresses, ["2001:db8::1".parse::<std::net::IpAddr>().unwrap()])
        }
        other => panic!("{other:?}"),
    }
    let policy: Vec<String> =
        stack.network.policy.iter().map(|p| format!("{} {} {}", p.prefix, p.precedence, p.label)).collect();
    assert_eq!(policy, ["::/0 40 1", "2001:db8::/32 60 5"]);
}

#[test]
fn ports() {
    let stack = lowered(
        "TCPCONFIG EPHEMERALPORTS 2000 3000 RESTRICTLOWPORTS
UDPCONFIG EPHEMERALPORTS 4000 5000
GLOBALCONFIG EXPLICITBINDPORTRANGE 7000 1024
PORT 8080 TCP WEB* NOAUTOLOG SHAREPORTWLM SAF WEBRES
PORT UNRSV TCP AB* WHENBIND
PORT UNRSV UDP * DENY
PORTRANGE 9000 10 TCP BATCH SAF BATRES
",
    );
    assert_eq!(stack.ephemeral, Some((2000, 3000)));
    let network = &stack.network;
    assert_eq!(network.ephemeral_udp, Some((4000, 5000)));
    assert!(network.restrict_low_ports.tcp && !network.restrict_low_ports.udp);
    let pool = network.explicit_bind.unwrap();
    assert_eq!((pool.first, pool.last, pool.processed), (7000, 8023, 1));
    assert_eq!(network.inaddrany, Some((5000, 5999)));
    let port = &stack.ports[0];
    assert!(port.share && port.share_wlm && port.no_autolog && port.saf.as_deref() == Some("WEBRES"));
    assert_eq!(stack.ports[1].saf.as_deref(), Some("BATRES"));
    let unreserved = &network.unreserved;
    assert!(unreserved[0].when_bind && !unreserved[0].deny && unreserved[0].job == "AB*");
    assert!(unreserved[1].deny && !unreserved[1].tcp);
}
