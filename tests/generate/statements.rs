//! One use or more of every kind of statement that a profile of today has, and the long lists that make a profile big.

use std::fmt::Write as _;

use super::{Random, Shape};

/// Options, interfaces, routes: once for each stack.
pub fn head(out: &mut String, shape: Shape, stack: u32) {
    let net = format!("192.168.{stack}");
    let _ = write!(
        out,
        "; stack {stack}, generated\n\
         GLOBALCONFIG SYSPLEXMONITOR TIMERSECS 60 RECOVERY AUTOREJOIN\n\
         \x20            MAXRECS 500 SYSPLEXWLMPOLL 60 TCPIPSTATISTICS ZERT AGGREGATION\n\
         \x20            EXPLICITBINDPORTRANGE 61000 {}\n\
         IPCONFIG DATAGRAMFWD SOURCEVIPA SYSPLEXROUTING PATHMTUDISCOVERY\n\
         \x20        DYNAMICXCF 10.255.0.{} 255.255.255.0 1 ARPTO 1200 REASSEMBLYTIMEOUT 60\n\
         IPCONFIG6 DATAGRAMFWD SOURCEVIPA HOPLIMIT 255\n\
         TCPCONFIG RESTRICTLOWPORTS TCPSENDBFRSIZE 64K TCPRCVBUFRSIZE 64K TTLS INTERVAL 120\n\
         UDPCONFIG RESTRICTLOWPORTS UDPSENDBFRSIZE 65535 UDPRCVBUFRSIZE 65535\n\
         SMFCONFIG TYPE119 TCPINIT TCPTERM FTPCLIENT TN3270CLIENT PROFILE DVIPA\n\
         NETMONITOR TCPCONNSERVICE MINLIFETIME 5 SMFSERVICE\n\
         SACONFIG ENABLED AGENT 161\n\
         ARPAGE 20\n\
         SOMAXCONN 1024\n\
         DEFADDRTABLE\n  ::1/128 50 0\n  ::/0 40 1\n  ::ffff:0.0.0.0/96 10 4\nENDDEFADDRTABLE\n\
         INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR 2001:db8:{stack:x}::1\n\
         INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP{stack} IPADDR {net}.1/24 MTU 1492 VMAC ROUTEALL\n\
         INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME OSAP{stack} IPADDR 2001:db8:{stack:x}:1::1 VMAC ROUTEALL\n\
         \x20         SOURCEVIPAINTERFACE VIPA6\n\
         START OSA1\nSTART OSA6\n\
         AUTOLOG 5\n  FTPD JOBNAME FTPD1\n  OMPROUTE\n  PAGENT\n  WEBSRV DELAYSTART DVIPA TTLS\nENDAUTOLOG\n",
        shape.stacks.max(2) * 128,
        stack + 1
    );
}

/// Static VIPAs: DEVICE, LINK and HOME.
pub fn links(out: &mut String, shape: Shape, stack: u32) {
    for link in 0..shape.links {
        let _ = write!(out, "DEVICE VD{link} VIRTUAL 0\nLINK VL{link} VIRTUAL 0 VD{link}\n");
    }
    if shape.links > 0 {
        out.push_str("HOME\n");
    }
    for link in 0..shape.links {
        // 10.0.0.0/9: the dynamic XCF addresses stand at the end of 10.0.0.0/8.
        let number = stack.wrapping_mul(shape.links).wrapping_add(link);
        let (third, second, first) = (number & 255, (number >> 8) & 255, (number >> 16) & 127);
        let _ = writeln!(out, "  10.{first}.{second}.{third} VL{link}     ; static VIPA number {link}");
    }
    if shape.links > 0 {
        out.push_str("PRIMARYINTERFACE VL0\n");
    }
}

/// Routes to hosts, access to networks and source addresses, as many as there are links.
pub fn lists(out: &mut String, shape: Shape, stack: u32) {
    let net = format!("192.168.{stack}");
    let _ = write!(
        out,
        "BEGINROUTES\n  ROUTE {net}.0/24 = OSA1 MTU 1492 REPLACEABLE\n  ROUTE DEFAULT {net}.254 OSA1 MTU 1492 REPLACEABLE\n"
    );
    let host = |first: u32, number: u32| {
        format!(
            "{}.{}.{}.{}",
            first + (number >> 24),
            (number >> 16) & 255,
            (number >> 8) & 255,
            number & 255
        )
    };
    for route in 0..shape.links / 2 {
        let _ = writeln!(out, "  ROUTE {}/32 {net}.254 OSA1 MTU 1492 REPLACEABLE", host(11, route));
    }
    out.push_str("ENDROUTES\nNETACCESS INBOUND OUTBOUND\n");
    for network in 0..shape.links / 4 {
        let _ = writeln!(out, "  {}/28 ZONE{}", host(20, network << 4), network % 1000);
    }
    out.push_str("  DEFAULT 0 WORLD\nENDNETACCESS\n");
    if shape.links > 0 {
        out.push_str("SRCIP\n");
        for entry in 0..(shape.links / 8).max(1) {
            let link = entry % shape.links;
            let number = stack.wrapping_mul(shape.links).wrapping_add(link);
            let (third, second, first) = (number & 255, (number >> 8) & 255, (number >> 16) & 127);
            let _ = writeln!(out, "  DESTINATION {}/30 10.{first}.{second}.{third}", host(30, entry << 2));
        }
        out.push_str("ENDSRCIP\n");
    }
}

/// PORT and PORTRANGE.
pub fn ports(out: &mut String, shape: Shape, random: &mut Random) {
    out.push_str(
        "PORT\n     20 TCP OMVS NOAUTOLOG\n     21 TCP FTPD1\n    161 UDP OSNMPD\n    443 TCP WEBSRV\n    520 UDP OMPROUTE\n",
    );
    for port in 0..shape.ports.min(50_000) {
        let option = ["", " NOAUTOLOG", " SHAREPORT", " NODELAYACKS", " NOAUTOLOG NODELAYACKS SHAREPORTWLM"]
            .get(random.below(5) as usize)
            .copied()
            .unwrap_or("");
        let _ = writeln!(out, "  {:>5} TCP JOB{:04}{option}", 2048 + port, port % 10_000);
    }
    out.push_str("PORTRANGE\n  54000 1000 UDP OMVS\n  55000 100 TCP RESERVED\n  56000 50 TCP AUTHPORT\n");
}
