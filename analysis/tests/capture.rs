//! The reader of pasted reports, on texts that no printer of ours made: both layouts, three channels, odd spacing.

use vipa_analysis::capture::{Body, Capture, Origin, SourceFor, Status, read};

/// The only report of a text.
fn only(text: &str) -> Body {
    let capture = read(text);
    assert_eq!(capture.unread, [], "{capture:#?}");
    assert_eq!(capture.reports.len(), 1, "{capture:#?}");
    capture.reports.into_iter().next().expect("one").body
}

/// The text as a console shows it: upper case, ids, and what a system log puts before each line.
fn logged(text: &str) -> String {
    let mut log = String::new();
    for (number, line) in text.lines().enumerate() {
        let prefix = if number == 0 {
            "N 4040000 MVS1     26324 10:15:00.12 STC00042 00000090  "
        } else {
            "D                                         042 00000090  "
        };
        log.push_str(prefix);
        log.push_str(&line.to_uppercase());
        log.push('\n');
    }
    log
}

const VIPADCFG: &str = "\
MVS TCP/IP NETSTAT CS V2R5       TCPIP Name: TCPIP1          10:15:00
Dynamic VIPA Information:
  VIPA Backup:
    IpAddr/PrefixLen: 192.0.2.9/28
      Rank: 000100  Moveable: Immediate  SrvMgr: No
    IpAddr/PrefixLen: 192.0.2.10
      Rank: 000080  Moveable:            SrvMgr:
  VIPA Define:
    IpAddr/PrefixLen: 192.0.2.1/28
      Moveable: WhenIdle   SrvMgr: No   Flg: C
    IntfName: DVIPA61
      IpAddr: 2001:db8:1::1
        Moveable: Immediate  SrvMgr: n/a
  VIPA Range:
    IpAddr/PrefixLen: 203.0.113.0/26
      Moveable: NonDisr   SAFName: RANGE1
  VIPA Distribute:
    Dest:       192.0.2.1..8080
      DestXCF:  ALL
        DistMethod: BaseWLM
        SysPt:  Yes  TimAff: 30  Flg: BaseWLM
        OptLoc: 1
    Dest:       192.0.2.1..21
      DestXCF:  10.1.0.2
        SysPt:  No   TimAff: No  Flg: Roundrobin, Dynamic
  VIPA Route:
    DestXCF:  10.1.0.2
      TargetIp: 198.51.100.2
  Deactivated Dynamic VIPA Information:
    VIPA Define:
      IpAddr/PrefixLen: 192.0.2.5/28
        Moveable: Immediate  SrvMgr: No
";

#[test]
fn the_configuration_view_is_read_section_by_section() {
    let Body::VipaConfig(config) = only(VIPADCFG) else { panic!("not VIPADCFG") };
    assert!(config.joined);
    let rows: Vec<_> = config
        .defined
        .iter()
        .map(|row| (row.address.to_string(), row.bits, row.rank, row.deactivated))
        .collect();
    assert_eq!(
        rows,
        [
            ("192.0.2.9".to_owned(), Some(28), Some(100), false),
            ("192.0.2.10".to_owned(), None, Some(80), false),
            ("192.0.2.1".to_owned(), Some(28), None, false),
            ("2001:db8:1::1".to_owned(), None, None, false),
            ("192.0.2.5".to_owned(), Some(28), None, true),
        ]
    );
    assert_eq!(config.defined[3].interface.as_deref(), Some("DVIPA61"));
    assert_eq!(config.defined[1].moveable, None);
    assert_eq!(config.ranges[0].saf.as_deref(), Some("RANGE1"));
    let targets: Vec<_> = config
        .distributed
        .iter()
        .map(|row| {
            (
                row.port,
                row.target.map(|a| a.to_string()),
                row.sysplex_ports,
                row.affinity,
                row.method.clone().unwrap_or_default() + "+" + &row.flags.join("+"),
            )
        })
        .collect();
    assert_eq!(
        targets,
        [
            (Some(8080), None, Some(true), Some(30), "BaseWLM+".to_owned()),
            (Some(21), Some("10.1.0.2".to_owned()), Some(false), None, "Roundrobin+Dynamic".to_owned()),
        ]
    );
    assert_eq!(config.distributed[0].method.as_deref(), Some("BaseWLM"));
    assert_eq!(config.distributed[0].optlocal, Some(1));
    assert_eq!(config.routes.len(), 1);
}

#[test]
fn case_and_the_prefixes_of_a_log_change_nothing_but_the_case_of_names() {
    let Body::VipaConfig(plain) = only(VIPADCFG) else { panic!("not VIPADCFG") };
    let Body::VipaConfig(log) = only(&logged(VIPADCFG)) else { panic!("not VIPADCFG") };
    assert_eq!(plain.defined, log.defined);
    assert_eq!(plain.ranges, log.ranges);
    assert_eq!(plain.distributed.len(), log.distributed.len());
    assert_eq!(plain.routes, log.routes);
}

#[test]
fn a_stack_outside_the_group_is_told_apart() {
    let text = "EZD0101I NETSTAT CS V2R5 TCPIP1\n\
                DYNAMIC VIPA INFORMATION:\n\
                EZZ2502I TCPIP1 IS NOT A MEMBER OF A SYSPLEX GROUP\n  VIPA DEFINE:\n    IPADDR/PREFIXLEN: 192.0.2.1/28\n\
                1 OF 1 RECORDS DISPLAYED\nEND OF THE REPORT\n";
    let Body::VipaConfig(config) = only(text) else { panic!("not VIPADCFG") };
    assert!(!config.joined);
    assert_eq!(config.defined.len(), 1);
}

#[test]
fn the_state_view_is_the_same_in_both_layouts() {
    let short = "Dynamic VIPA:\n\
                 IP Address      AddressMask     Status    Origination       DistStat\n\
                 ----------      -----------     ------    -----------       --------\n\
                 192.0.2.9       255.255.255.240 Active    VIPADefine        Dist/Dest\n\
                 192.0.2.10      255.255.255.240 Backup    VIPABackup\n\
                 203.0.113.7     255.255.255.192 Moving    VIPARange Bind\n\
                 192.0.2.11      255.255.255.240 Active                      Dest\n";
    let long = "Dynamic VIPA:\n\
                \x20 IpAddr/PrefixLen: 192.0.2.9/28\n    Status: Active     Origin: VIPADefine       DistStat: Dist/Dest\n    ActTime:  11/20/2026 03:04:05\n\
                \x20 IpAddr/PrefixLen: 192.0.2.10/28\n    Status: Backup     Origin: VIPABackup       DistStat:\n\
                \x20 IpAddr/PrefixLen: 203.0.113.7/26\n    Status: Moving     Origin: VIPARange Bind   DistStat:\n    ActTime:  n/a      Job: \n\
                \x20 IpAddr/PrefixLen: 192.0.2.11/28\n    Status: Active     Origin:                  DistStat: Dest\n";
    let Body::VipaDynamic(first) = only(short) else { panic!("not VIPADYN") };
    let Body::VipaDynamic(second) = only(long) else { panic!("not VIPADYN") };
    assert_eq!(first, second);
    let states: Vec<_> =
        first.iter().map(|row| (row.status, row.origin, row.distributor, row.target)).collect();
    assert_eq!(
        states,
        [
            (Some(Status::Active), Some(Origin::Define), true, true),
            (Some(Status::Backup), Some(Origin::Backup), false, false),
            (Some(Status::Moving), Some(Origin::Bind), false, false),
            (Some(Status::Active), None, false, true),
        ]
    );
    let Body::VipaDynamic(log) = only(&logged(short)) else { panic!("not VIPADYN") };
    assert_eq!(log, first);
}

#[test]
fn the_destination_port_table_is_read_in_both_layouts() {
    let short = "Dynamic VIPA Destination Port Table:\n\
                 Dest IPaddr     DPort DestXCF Addr    Rdy TotalConn  WLM TSR Flg\n\
                 -----------     ----- ------------    --- ---------  --- --- ---\n\
                 192.0.2.9       08080 10.1.0.2        002 0000000412 12  100 B\n";
    let long = "Dynamic VIPA Destination Port Table for TCP/IP stacks:\n\
                Dest:        192.0.2.9..8080\n  DestXCF:   10.1.0.2\n    TotalConn: 0000000412  Rdy: 002  WLM: 12  TSR: 100\n    Flg: B\n\
                \x20   TCSR: 100  CER: 100  SEF: 100\n    Abnorm: 00  Health: 100\n    ActConn: 0000000007\n    QosPlcAct: *DEFAULT*\n      W/Q: 12\n";
    let Body::Destinations(first) = only(short) else { panic!("not VDPT") };
    let Body::Destinations(second) = only(long) else { panic!("not VDPT") };
    assert_eq!(first[0].total, Some(412));
    assert_eq!(second[0].active, Some(7));
    assert_eq!((second[0].parts, second[0].health), (Some([100; 3]), Some(100)));
    let without_detail = vipa_analysis::capture::Destination {
        active: None,
        parts: None,
        abnormal: None,
        health: None,
        ..second[0].clone()
    };
    assert_eq!(first[0], without_detail);
}

#[test]
fn routed_connections_and_affinities_are_read() {
    let short = "Dynamic VIPA Connection Routing Table:\nDest IPaddr     DPort Src IPaddr      SPort DestXCF Addr\n\
                 192.0.2.9       08080 198.51.100.7    04711 10.1.0.2\n192.0.2.9 08080 198.51.100.8 00000 10.1.0.3\n";
    let long = "Dynamic VIPA Connection Routing Table:\nDest:   192.0.2.9..8080\n  Source:  198.51.100.7..4711\n  DestXCF: 10.1.0.2\n\
                Dest:   192.0.2.9..8080\n  Source:  198.51.100.8..0\n  DestXCF: 10.1.0.3\n    PolicyRule:   *NONE*\n    PolicyAction: *NONE*\n";
    let Body::Routing(first) = only(short) else { panic!("not VCRT") };
    let Body::Routing(second) = only(long) else { panic!("not VCRT") };
    assert_eq!(first, second);
    assert_eq!((first.len(), first[1].client_port), (2, 0));
}

#[test]
fn sockets_are_read_in_both_layouts() {
    let short = "User Id  Conn     Local Socket           Foreign Socket         State\n\
                 -------  ----     ------------           --------------         -----\n\
                 WEBSRV   0000A1B2 0.0.0.0..8080          0.0.0.0..0             Listen\n\
                 WEBSRV   0000A1B3 192.0.2.9..8080        198.51.100.7..4711     Establsh\n\
                 NAMED    0000A1B4 192.0.2.9..53          *..*                   UDP\n";
    let long = "User Id  Conn     State\n-------  ----     -----\n\
                WEBSRV   0000A1B2 Listen\n  Local Socket:   0.0.0.0..8080\n  Foreign Socket: 0.0.0.0..0\n\
                WEBSRV   0000A1B3 Establsh\n  Local Socket:   192.0.2.9..8080\n  Foreign Socket: 198.51.100.7..4711\n\
                NAMED    0000A1B4 UDP\n  Local Socket:   192.0.2.9..53\n  Foreign Socket: *..*\n";
    let Body::Connections(first) = only(short) else { panic!("not CONN") };
    let Body::Connections(second) = only(long) else { panic!("not CONN") };
    assert_eq!(first, second);
    assert!(first[0].listens() && first[0].local.is_none());
    assert_eq!(first[1].remote_port, Some(4711));
    assert_eq!(first[2].remote, None);
}

#[test]
fn home_addresses_keep_their_order_in_both_layouts() {
    let short = "Home address list:\nAddress          Link             Flg\n-------          ----             ---\n\
                 192.0.2.1        OSALNK1          P\n192.0.2.9        VIPLC0000209     I\n";
    let long = "Home address list:\nLinkName:   OSALNK1\n  Address:  192.0.2.1\n    Flags:  Primary\n\
                LinkName:   VIPLC0000209\n  Address:  192.0.2.9\n    Flags:  Internal\n";
    let Body::Home(first) = only(short) else { panic!("not HOME") };
    let Body::Home(second) = only(long) else { panic!("not HOME") };
    assert_eq!(first, second);
    assert_eq!((first[0].primary, first[1].internal), (true, true));
}

#[test]
fn source_addresses_by_job_and_by_destination() {
    let text = "Source IP Address Based on Job Name:\nJob Name  Type  Flg  Source\n--------  ----  ---  ------\n\
                APPA*     IPV4  C    192.0.2.9\nAPPB      IPV6       TEMPADDRS\n\
                Source IP Address Based on Destination:\nDestination: 198.51.100.0/24\n  Source:    192.0.2.10\n";
    let Body::Sources(rows) = only(text) else { panic!("not SRCIP") };
    assert_eq!(rows.len(), 3, "{rows:#?}");
    assert_eq!((rows[0].role, rows[1].role), (Some('C'), None));
    assert_eq!(rows[2].who, SourceFor::Destination("198.51.100.0/24".parse().expect("a network")));
}

#[test]
fn settings_reservations_routes_and_devices_are_read() {
    let Body::Config(settings) = only(
        "TCP Configuration Table:\nDefaultRcvBufSize:  00065536  DefaultSndBufSize: 00065536\n\
         RestrictLowPort:    Yes       EphemeralPorts:    1024-65535\nUDP Configuration Table:\nRestrictLowPort:    No\n\
         Global Configuration Information:\nExplicitBindPortRange:  07000-07999\n",
    ) else {
        panic!("not CONFIG")
    };
    assert_eq!(settings["RESTRICTLOWPORT"], "Yes");
    assert_eq!(settings["EXPLICITBINDPORTRANGE"], "07000-07999");

    let Body::Ports(ports) = only(
        "Port# Prot User     Flags    Range       IP Address      SAF Name\n----- ---- ----     -----    -----       ----------      --------\n\
         00080 TCP  WEBSRV   DB                   192.0.2.9\n04000 TCP  *                 04000-04009\nUNRSV TCP  *        FL                                   GENERIC\n",
    ) else {
        panic!("not PORTLIST")
    };
    assert_eq!((ports[0].flags.as_str(), ports[0].bind.is_some()), ("DB", true));
    assert_eq!((ports[1].first, ports[1].last), (Some(4000), Some(4009)));
    assert_eq!((ports[2].first, ports[2].saf.as_deref()), (None, Some("GENERIC")));

    let Body::Routes(routes) = only(
        "IPv4 Destinations\nDestination        Gateway         Flags    Refcnt     Interface\n-----------        -------         -----    ------     ---------\n\
         Default            192.0.2.254     UGS      0000000000 OSALNK1\n198.51.100.0/24    0.0.0.0         US       0000000000 OSALNK1\n",
    ) else {
        panic!("not ROUTE")
    };
    assert_eq!((routes[0].to, routes[1].gateway), (None, None));

    let Body::Devices(devices) = only(
        "DevName: OSA1             DevType: MPCIPA\n  DevStatus: Ready\n  LnkName: OSALNK1          LnkType: IPAQENET    LnkStatus: Ready\n    Speed: 0000001000\n\
         IntfName: OSAQDIO6         IntfType: IPAQENET6   IntfStatus: Not Active\n",
    ) else {
        panic!("not DEVLINKS")
    };
    let seen: Vec<_> = devices.iter().map(|row| (row.name.as_str(), row.status.as_deref())).collect();
    assert_eq!(seen, [("OSA1", Some("Ready")), ("OSALNK1", Some("Ready")), ("OSAQDIO6", Some("Not Active"))]);
}

#[test]
fn one_display_gives_the_roles_of_all_stacks() {
    let text = "EZZ8260I SYSPLEX CS V2R5\nVIPA DYNAMIC DISPLAY FROM TCPIP1   AT MVS1\nIPADDR: 192.0.2.9  LINKNAME: VIPLC0000209\n  ORIGIN: VIPADEFINE\n\
                TCPNAME  MVSNAME  STATUS RANK ADDRESS MASK    NETWORK PREFIX  DIST\n-------- -------- ------ ---- --------------- --------------- ----\n\
                TCPIP1   MVS1     ACTIVE      255.255.255.240 192.0.2.0       BOTH\nTCPIP2   MVS2     BACKUP 100                                  DEST\n\
                2 OF 2 RECORDS DISPLAYED\n";
    let capture = read(text);
    assert_eq!(capture.unread, []);
    let head = &capture.reports[0].head;
    assert_eq!(
        (head.stack.as_deref(), head.system.as_deref(), head.release.as_deref()),
        (Some("TCPIP1"), Some("MVS1"), Some("V2R5"))
    );
    let Body::Sysplex(roles) = &capture.reports[0].body else { panic!("not SYSPLEX") };
    assert_eq!((roles[0].status, roles[0].rank, roles[0].distributor), (Status::Active, None, true));
    assert_eq!((roles[1].status, roles[1].rank, roles[1].target), (Status::Backup, Some(100), true));
}

/// Two reports in one paste, one cut off, foreign text around them.
#[test]
fn what_was_not_read_is_listed_and_a_cut_report_says_so() {
    let text = "here is what I saw this morning\nEZD0101I NETSTAT CS V2R5 TCPIP2\nHOME ADDRESS LIST:\nLINKNAME: OSALNK1\n  ADDRESS: 192.0.2.2\n\
                EZD0101I NETSTAT CS V2R5 TCPIP2\nDYNAMIC VIPA:\n  IPADDR/PREFIXLEN: 192.0.2.9/28\n    STATUS: ACTIVE\n1 OF 12 RECORDS DISPLAYED\nEND OF THE REPORT\n";
    let capture = read(text);
    assert_eq!(capture.unread.len(), 1);
    assert_eq!(capture.unread[0].line, 1);
    let reports: Vec<_> = capture.reports.iter().map(|r| (r.body.name(), r.cut, r.body.entries())).collect();
    assert_eq!(reports, [("HOME", true, 1), ("VIPADYN", true, 1)]);
    assert!(capture.reports.iter().all(|report| report.head.stack.as_deref() == Some("TCPIP2")));
}

#[test]
fn foreign_text_gives_nothing_but_unread_lines() {
    let Capture { reports, unread } =
        read("Active Internet connections\ntcp 0 0 192.0.2.1:22 198.51.100.1:4711 ESTABLISHED\n");
    assert_eq!((reports.len(), unread.len()), (0, 2));
}

/// SHORT VIPADCFG: no fixed columns, the mask on either side of the address, ranks and flags told apart.
#[test]
fn the_configuration_view_is_read_in_rows() {
    let text = "Dynamic VIPA Information:\n  VIPA Backup:\n    IP Address      Rank   Address Mask    Moveable  SrvMgr Flg\n    ----------      ----   ------------    --------  ------ ---\n\
                \x20   192.0.2.9       000100 \n    192.0.2.10      255.255.255.240 000080 Immediate No 1\n\
                \x20 VIPA Define:\n    192.0.2.1       255.255.255.240 WhenIdle No\n\
                \x20 VIPA Range:\n    AddressMask     IP Address      Moveable\n    255.255.255.192 203.0.113.0     NonDisr  RANGE1\n\
                \x20 VIPA Distribute:\n    IP Address      Port  XCF Address     SysPt TimAff Flg\n    192.0.2.1       08080 ALL             Yes   0030   S\n    192.0.2.1       n/a   10.1.0.2        No    No     RD\n\
                \x20 VIPA Route:\n    XCF Address     TargetIp\n    10.1.0.2        198.51.100.2\n";
    for text in [text.to_owned(), logged(text)] {
        let Body::VipaConfig(config) = only(&text) else { panic!("not VIPADCFG") };
        let rows: Vec<_> = config
            .defined
            .iter()
            .map(|row| (row.address.to_string(), row.bits, row.rank, row.flags.as_deref()))
            .collect();
        assert_eq!(
            rows,
            [
                ("192.0.2.9".to_owned(), None, Some(100), None),
                ("192.0.2.10".to_owned(), Some(28), Some(80), Some("1")),
                ("192.0.2.1".to_owned(), Some(28), None, None),
            ]
        );
        assert_eq!((config.ranges[0].bits, config.ranges[0].saf.as_deref()), (Some(26), Some("RANGE1")));
        let targets: Vec<_> = config
            .distributed
            .iter()
            .map(|row| {
                (row.port, row.target.is_some(), row.affinity, row.method.as_deref(), row.flags.join("+"))
            })
            .collect();
        assert_eq!(
            targets,
            [
                (Some(8080), false, Some(30), Some("ServerWLM"), String::new()),
                (None, true, None, Some("Roundrobin"), "Dynamic".to_owned()),
            ]
        );
        assert_eq!(config.routes.len(), 1);
    }
}

#[test]
fn messages_in_front_of_a_report_belong_to_it() {
    let text = "EZZ2502I TCPIP1 IS NOT A MEMBER OF A SYSPLEX GROUP\nEZZ2503I ALL DYNAMIC VIPA CONFIGURATION IS CURRENTLY INACTIVE\n\
                DYNAMIC VIPA INFORMATION:\n  VIPA DEFINE:\n    IPADDR/PREFIXLEN: 192.0.2.1/28\n";
    let Body::VipaConfig(config) = only(text) else { panic!("not VIPADCFG") };
    assert!(!config.joined);
}

#[test]
fn a_log_names_the_system_and_commands_are_no_reports() {
    let text = "NC0000000 MVS7     26335 07:41:02.11 OPER1    00000200  D TCPIP,TCPIP1,NETSTAT,HOME\n\
                N 4020000 MVS7     2026335 07:41:02.38 STC00071 00000090  EZD0101I NETSTAT CS V3R1 TCPIP1\n\
                D                                         481 00000090  HOME ADDRESS LIST:\n\
                D                                         481 00000090  LINKNAME:   OSA1\n\
                D                                         481 00000090    ADDRESS:  192.0.2.1\n\
                D                                         481 00000090  1 OF 1 RECORDS DISPLAYED\n\
                E                                         481 00000090  END OF THE REPORT\n\
                READY\n$ netstat -p TCPIP1 -h\n";
    let capture = read(text);
    assert_eq!(capture.unread, []);
    let report = &capture.reports[0];
    assert_eq!((report.head.stack.as_deref(), report.head.system.as_deref()), (Some("TCPIP1"), Some("MVS7")));
    assert!(!report.cut);
}

/// Every text above, damaged: cut anywhere, shouted, behind other prefixes, lines gone, words swapped, endless lines.
#[test]
fn no_damage_makes_it_panic_or_run_long() {
    let source = include_str!("capture.rs");
    let samples = [VIPADCFG, source];
    for sample in samples {
        let mut cuts: Vec<usize> =
            (0..sample.len()).step_by(997).filter(|at| sample.is_char_boundary(*at)).collect();
        cuts.push(sample.len());
        for cut in cuts {
            let (head, tail) = sample.split_at(cut);
            for text in [head.to_owned(), tail.to_owned(), logged(head), format!("{tail}{head}")] {
                let capture = read(&text);
                let lines = text.lines().count();
                assert!(capture.unread.len() <= lines);
            }
        }
        let every_other: String = sample.lines().step_by(2).map(|line| format!("{line}\n")).collect();
        let turned: String = sample
            .lines()
            .map(|line| line.split(' ').rev().collect::<Vec<&str>>().join(" ") + "\n")
            .collect();
        for text in [every_other, turned] {
            assert!(read(&text).reports.len() <= text.lines().count());
        }
    }
    // A line that no report has is not looked at word by word.
    let long = "Port# Prot\n".to_owned() + &"00080 TCP ".repeat(200_000);
    let capture = read(&long);
    assert_eq!((capture.reports.len(), capture.unread.len()), (1, 1));
}

/// What stands before a line of a log, and the case, change no data.
#[test]
fn prefixes_of_every_kind_change_no_data() {
    let plain = read(VIPADCFG);
    let prefixes = [
        "",
        "    ",
        "2026-11-20 10:15:00 MVS1 STC00042 ",
        "D                                         042 00000090  ",
        "MVS1 26324 10:15:00.12 STC00042 ",
        "| ",
        "> ",
    ];
    for prefix in prefixes {
        for shout in [false, true] {
            let text: String = VIPADCFG
                .lines()
                .map(|line| {
                    format!("{prefix}{}\n", if shout { line.to_uppercase() } else { line.to_owned() })
                })
                .collect();
            let capture = read(&text);
            assert_eq!(capture.reports.len(), 1, "{prefix:?}");
            let (Body::VipaConfig(now), Body::VipaConfig(then)) =
                (&capture.reports[0].body, &plain.reports[0].body)
            else {
                panic!("not VIPADCFG")
            };
            assert_eq!((&now.ranges, &now.routes), (&then.ranges, &then.routes), "{prefix:?}");
            assert_eq!(now.defined, then.defined, "{prefix:?}");
            assert_eq!(now.distributed, then.distributed, "{prefix:?}");
        }
    }
}
