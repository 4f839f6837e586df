//! A sysplex of three stacks: TCPIP1 owns a DVIPA, the other two back it up; all read one member.

/// The files, without a cursor.
pub(super) fn plex(profile1: &str, profile2: &str, shared: &str) -> String {
    let stack = |number: u32| {
        format!(
            "[[stack]]\nname = \"TCPIP{number}\"\nsystem = \"MVS{number}\"\nprofile = \"mvs{number}.profile\"\nsymbols = {{ SYSCLONE = \"0{number}\" }}\n"
        )
    };
    format!(
        "\
//- sysplex.toml
[sysplex]
name = \"PLEX1\"
includes = {{ \"USER.PARMS\" = \"parms/\" }}
{}{}{}\
[[job]]
name = \"APPA\"
//- mvs1.profile
{profile1}\
//- mvs2.profile
{profile2}\
//- mvs3.profile
INCLUDE USER.PARMS(ALL)
IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.0.0.3 255.255.255.0 1
VIPADYNAMIC
  VIPABACKUP 50 203.0.113.1
ENDVIPADYNAMIC
//- parms/ALL
{shared}",
        stack(1),
        stack(2),
        stack(3)
    )
}

pub(super) const OWNER: &str = "\
INCLUDE USER.PARMS(ALL)
IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.0.0.1 255.255.255.0 1
VIPADYNAMIC
  VIPADEFINE 255.255.255.0 203.0.113.1
  VIPADISTRIBUTE 203.0.113.1 PORT 443 DESTIP 10.0.0.2 10.0.0.3
  VIPADISTRIBUTE DISTMETHOD WEIGHTEDACTIVE 203.0.113.1
    DESTIP 10.0.0.3 WEIGHT 20 10.0.0.2
ENDVIPADYNAMIC
";

pub(super) const BACKUP: &str = "\
INCLUDE USER.PARMS(ALL)
IPCONFIG SYSPLEXROUTING DYNAMICXCF 10.0.0.2 255.255.255.0 1
VIPADYNAMIC
  VIPABACKUP 100 203.0.113.1
ENDVIPADYNAMIC
";

pub(super) const SHARED: &str = "SOMAXCONN 100\n";

/// The text with a cursor in front of it.
pub(super) fn here(text: &str) -> String {
    format!("$0{text}")
}
