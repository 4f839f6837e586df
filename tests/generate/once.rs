//! One use or more of every statement that a stack has once or a few times.

use std::fmt::Write as _;

use super::Shape;

/// Options, interfaces, daemons.
pub fn head(out: &mut String, shape: Shape, stack: u32) {
    let net = format!("192.168.{stack}");
    // Two blocks for each stack, behind all reservations: there is room for those of 73 stacks.
    let explicit = (shape.stacks.max(2) * 128).min(9_400);
    let _ = write!(
        out,
        "; stack {stack}, generated\n\
         GLOBALCONFIG SYSPLEXMONITOR TIMERSECS 60 RECOVERY AUTOREJOIN\n\
         \x20            MAXRECS 500 SYSPLEXWLMPOLL 60 TCPIPSTATISTICS ZERT AGGREGATION\n\
         \x20            EXPLICITBINDPORTRANGE {} {explicit}\n\
         IPCONFIG DATAGRAMFWD SOURCEVIPA SYSPLEXROUTING PATHMTUDISCOVERY IPSECURITY\n\
         \x20        DYNAMICXCF 10.255.0.{} 255.255.255.0 1 ARPTO 1200 REASSEMBLYTIMEOUT 60\n\
         IPCONFIG6 DATAGRAMFWD SOURCEVIPA HOPLIMIT 255 IPSECURITY\n\
         TCPCONFIG RESTRICTLOWPORTS TCPSENDBFRSIZE 64K TCPRCVBUFRSIZE 64K TTLS INTERVAL 120\n\
         UDPCONFIG RESTRICTLOWPORTS UDPSENDBFRSIZE 65535 UDPRCVBUFRSIZE 65535\n\
         NETMONITOR TCPCONNSERVICE MINLIFETIME 5 SMFSERVICE\n\
         SACONFIG ENABLED AGENT 161\n\
         DEFADDRTABLE\n  ::1/128 50 0\n  ::/0 40 1\n  ::ffff:0.0.0.0/96 10 4\nENDDEFADDRTABLE\n\
         INTERFACE VIPA6 DEFINE VIRTUAL6 IPADDR 2001:db8:{stack:x}::1\n\
         INTERFACE VIPA6 ADDADDR 2001:db8:{stack:x}::2\n\
         INTERFACE OSA1 DEFINE IPAQENET PORTNAME OSAP{stack} IPADDR {net}.1/24 MTU 1492 VMAC ROUTEALL\n\
         INTERFACE OSA6 DEFINE IPAQENET6 PORTNAME OSAP{stack} IPADDR 2001:db8:{stack:x}:1::1 VMAC ROUTEALL\n\
         \x20         SOURCEVIPAINTERFACE VIPA6\n\
         INTERFACE SPARE DEFINE IPAQENET PORTNAME OSAS{stack} IPADDR 192.169.{stack}.1/24 MTU 1492 VMAC ROUTEALL\n\
         DEVICE LCS1 LCS BA0\nLINK ETHER1 ETHERNET 0 LCS1\n\
         START OSA1\nSTART OSA6\nSTART LCS1\nSTART SPARE\nSTOP SPARE\n\
         AUTOLOG 5\n  FTPD JOBNAME FTPD1\n  OMPROUTE\n  PAGENT\n  WEBSRV DELAYSTART DVIPA TTLS\nENDAUTOLOG\n",
        (65_536 - explicit).min(61_000),
        stack + 1
    );
}

/// Traces, and what is taken back.
pub fn traces(out: &mut String, stack: u32) {
    let _ = write!(
        out,
        "PKTTRACE ABBREV=200 INTFNAME=OSA1 PROT=TCP DESTPORT=443\nPKTTRACE OFF\n\
         OSAENTA PORTNAME=OSAP{stack} IPADDR=192.0.2.1 PROTOCOL=TCP PORTNUM=443\nOSAENTA OFF PORTNAME=OSAP{stack}\n\
         ITRACE OFF SUBAGENT\n\
         PORT 1999 TCP OLDJOB\nDELETE PORT 1999 TCP OLDJOB\n"
    );
}
