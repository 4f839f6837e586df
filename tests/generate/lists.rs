//! The long lists that make a profile big.

use std::fmt::Write as _;

use super::{Random, Shape, remark};

/// Static VIPAs: DEVICE, LINK and HOME.
pub fn links(out: &mut String, shape: Shape, stack: u32) {
    for link in 0..shape.links {
        remark(out, link, "static VIPAs");
        let _ = write!(out, "DEVICE VD{link} VIRTUAL 0\nLINK VL{link} VIRTUAL 0 VD{link}\n");
    }
    out.push_str("HOME\n");
    for link in 0..shape.links {
        // 10.0.0.0/9: the dynamic XCF addresses stand at the end of 10.0.0.0/8.
        let number = stack.wrapping_mul(shape.links).wrapping_add(link);
        let (third, second, first) = (number & 255, (number >> 8) & 255, (number >> 16) & 127);
        let _ = writeln!(out, "  10.{first}.{second}.{third} VL{link}     ; static VIPA number {link}");
    }
    // A VIPA that is the source for a link stands before it.
    let _ = writeln!(out, "  192.170.{stack}.1 ETHER1");
    if shape.links > 0 {
        out.push_str("PRIMARYINTERFACE VL0\n");
    }
    out.push_str("TRANSLATE\n");
    for host in 0..(shape.links / 16).clamp(1, 250) {
        remark(out, host, "hosts");
        let _ = writeln!(out, "  192.170.{stack}.{} ETHERNET 00005E00{host:04X} ETHER1", host + 2);
    }
    out.push_str("BSDROUTINGPARMS FALSE\n  ETHER1 1500 0 255.255.255.0 0\nENDBSDROUTINGPARMS\n");
}

/// Routes to hosts.
pub fn routes(out: &mut String, shape: Shape, stack: u32) {
    let net = format!("192.168.{stack}");
    let _ = write!(
        out,
        "BEGINROUTES\n  ROUTE {net}.0/24 = OSA1 MTU 1492 REPLACEABLE\n  ROUTE DEFAULT {net}.254 OSA1 MTU 1492 REPLACEABLE\n"
    );
    for route in 0..shape.links / 2 {
        remark(out, route, "hosts behind the router");
        let _ = writeln!(out, "  ROUTE {}/32 {net}.254 OSA1 MTU 1492 REPLACEABLE", host(11, route));
    }
    out.push_str("ENDROUTES\n");
}

/// Access to networks, and filter rules.
pub fn access(out: &mut String, shape: Shape, stack: u32) {
    out.push_str("NETACCESS INBOUND OUTBOUND\n");
    for network in 0..shape.links / 4 {
        remark(out, network, "zones");
        let _ = writeln!(out, "  {}/28 ZONE{}", host(20, network << 4), network % 1000);
    }
    out.push_str("  DEFAULT 0 WORLD\nENDNETACCESS\nIPSEC LOGENABLE\n");
    for rule in 0..(shape.links / 8).max(1) {
        remark(out, rule, "partners");
        let _ = writeln!(
            out,
            "  IPSECRULE 192.168.{stack}.1 {}/30 LOG PROTOCOL TCP DESTPORT {} ROUTING LOCAL",
            host(40, rule << 2),
            1024 + rule % 60_000
        );
    }
    out.push_str("ENDIPSEC\n");
}

/// Source addresses for destinations.
pub fn sources(out: &mut String, shape: Shape, stack: u32) {
    if shape.links == 0 {
        return;
    }
    out.push_str("SRCIP\n");
    for entry in 0..(shape.links / 8).max(1) {
        remark(out, entry, "destinations");
        let link = entry % shape.links;
        let number = stack.wrapping_mul(shape.links).wrapping_add(link);
        let (third, second, first) = (number & 255, (number >> 8) & 255, (number >> 16) & 127);
        let _ = writeln!(out, "  DESTINATION {}/30 10.{first}.{second}.{third}", host(30, entry << 2));
    }
    out.push_str("ENDSRCIP\n");
}

fn host(first: u32, number: u32) -> String {
    format!("{}.{}.{}.{}", first + (number >> 24), (number >> 16) & 255, (number >> 8) & 255, number & 255)
}

/// PORT and PORTRANGE.
pub fn ports(out: &mut String, shape: Shape, random: &mut Random) {
    out.push_str(
        "PORT\n     20 TCP OMVS NOAUTOLOG\n     21 TCP FTPD1\n    161 UDP OSNMPD\n    443 TCP WEBSRV\n    520 UDP OMPROUTE\n",
    );
    for port in 0..shape.ports.min(50_000) {
        remark(out, port, "ports");
        let option = ["", " NOAUTOLOG", " SHAREPORT", " NODELAYACKS", " NOAUTOLOG NODELAYACKS SHAREPORTWLM"]
            .get(random.below(5) as usize)
            .copied()
            .unwrap_or("");
        let _ = writeln!(out, "  {:>5} TCP JOB{:04}{option}", 2048 + port, port % 10_000);
    }
    out.push_str("PORTRANGE\n  54000 1000 UDP OMVS\n  55000 100 TCP RESERVED\n  56000 50 TCP AUTHPORT\n");
}
