//! A sysplex of three stacks that the tests of several features start from. `$0` is put in by [`at`].

pub(crate) const PLEX: &str = r#"
//- sysplex.toml
[sysplex]
name = "PLEX1"
includes = { "SYS1.TCPPARMS" = "parms" }

[[stack]]
name = "TCPIP1"
system = "SYSA"
profile = "one.profile"
symbols = { NET = "192.0.2" }

[[stack]]
name = "TCPIP2"
system = "SYSB"
profile = "two.profile"
symbols = { NET = "198.51.100" }

[[stack]]
name = "TCPIP3"
system = "SYSC"
profile = "three.profile"
symbols = { NET = "192.0.3" }

[[job]]
name = "WEBSRV"
stacks = ["TCPIP1", "TCPIP2"]
//- one.profile
INCLUDE SYS1.TCPPARMS(COMMON)
IPCONFIG DYNAMICXCF 10.0.0.1 255.255.255.0 1 SYSPLEXROUTING
DEVICE OSA1 MPCIPA
LINK L1 IPAQENET OSA1
HOME
  &NET..1 L1
VIPADYNAMIC
  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.0.113.1
  VIPADEFINE 255.255.255.0 203.0.113.9
  VIPADISTRIBUTE DEFINE 203.0.113.1 PORT 80 443 DESTIP 10.0.0.2 10.0.0.3
ENDVIPADYNAMIC
PORT
  80 TCP WEBSRV BIND 203.0.113.1
  443 TCP WEB*
SRCIP
  JOBNAME WEBSRV 203.0.113.1
ENDSRCIP
AUTOLOG 5
  WEBSRV
ENDAUTOLOG
START OSA1
//- two.profile
INCLUDE SYS1.TCPPARMS(COMMON)
IPCONFIG DYNAMICXCF 10.0.0.2 255.255.255.0 1 SYSPLEXROUTING
DEVICE OSA1 MPCIPA
LINK L1 IPAQENET OSA1
HOME
  &NET..1 L1
VIPADYNAMIC
  VIPABACKUP 100 203.0.113.1
ENDVIPADYNAMIC
START OSA1
//- three.profile
INCLUDE SYS1.TCPPARMS(COMMON)
IPCONFIG DYNAMICXCF 10.0.0.3 255.255.255.0 1 SYSPLEXROUTING
VIPADYNAMIC
  VIPABACKUP 50 203.0.113.1
  VIPARANGE DEFINE MOVEABLE NONDISRUPTIVE 255.255.255.0 203.0.113.0
ENDVIPADYNAMIC
//- parms/COMMON
DEVICE VDEV VIRTUAL 0
LINK VLINK VIRTUAL 0 VDEV
//- web.scenario
TCPIP1 WEBSRV listen 203.0.113.1:80 as server
expect owner 203.0.113.1 = TCPIP1
"#;

/// The sysplex with the cursor put before the first `mark` of a file, `skip` bytes further on.
pub(crate) fn at(file: &str, mark: &str, skip: usize) -> String {
    changed(file, mark, |mark| format!("{}$0{}", &mark[..skip], &mark[skip..]))
}

/// The sysplex with a piece of a file in another form.
pub(crate) fn changed(file: &str, mark: &str, change: impl Fn(&str) -> String) -> String {
    let start = PLEX.find(&format!("//- {file}\n")).expect(file);
    let place = start + PLEX[start..].find(mark).expect(mark);
    format!("{}{}{}", &PLEX[..place], change(mark), &PLEX[place + mark.len()..])
}
