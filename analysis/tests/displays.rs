//! What reports come to at their edges: lines of the console, values of a filter, states of connections, targets that are no z/OS.

use std::net::{IpAddr, Ipv4Addr};

use vipa_analysis::capture::{Body, Home, read};
use vipa_analysis::netstat::text::{Channel, render};
use vipa_analysis::netstat::{Layout, Report, asked};

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn the_console_ends_at_65533_lines() {
    let home = |n: u32| Home {
        address: IpAddr::V4(Ipv4Addr::from(0x0a00_0000 | n)),
        link: Some("OSA1".to_owned()),
        primary: false,
        internal: false,
    };
    let report = |rows: u32| Report {
        format_version: "1.0",
        stack: "TCPIP1".to_owned(),
        job: "TCPIP1".to_owned(),
        system: "MVS1".to_owned(),
        release: "V3R1".to_owned(),
        time: 0,
        up: true,
        body: Body::Home((1..=rows).map(home).collect()),
        routes: Vec::new(),
        records: usize::try_from(rows).expect("a count"),
        joined: true,
        detail: false,
        six: false,
    };
    let text = render(&report(30_000), Layout::Long, Channel::Console);
    assert_eq!(text.lines().count(), 65_535);
    assert!(text.ends_with("REPORT TRUNCATED DUE TO GREATER THAN 65533 LINES OF OUTPUT\n"));
    assert!(read(&text).reports.first().is_some_and(|report| report.cut));
    assert!(render(&report(10), Layout::Long, Channel::Console).ends_with("END OF THE REPORT\n"));
    // A terminal shows all of it.
    assert!(render(&report(30_000), Layout::Long, Channel::Shell).lines().count() > 65_533);
}

#[test]
fn a_filter_takes_six_values() {
    let addresses: Vec<String> = (1..=7).map(|n| format!("192.0.2.{n}")).collect();
    let six = asked(&words(&format!("VIPADYN (IPADDR {}", addresses[..6].join(" "))));
    assert_eq!(six.map(|asked| asked.addresses.len()), Ok(6));
    let seven = asked(&words(&format!("VIPADYN (IPADDR {}", addresses.join(" "))));
    assert_eq!(seven.unwrap_err(), "(IPADDR takes up to 6 addresses, not 7");
    assert_eq!(asked(&words("VIPADYN (IPADDR")).unwrap_err(), "(IPADDR wants an address behind it");
    assert_eq!(asked(&words("VIPADYN (IPADDR none")).unwrap_err(), "NONE is no address");
    assert_eq!(asked(&words("SYSPLEX,VIPADYN,MAX=0")).unwrap_err(), "MAX is 1 to 65535 or *, not 0");
    assert_eq!(asked(&words("HOME MAX=5")).map(|asked| asked.most), Ok(Some(5)));
    assert_eq!(asked(&words("HOME MAX=*")).map(|asked| asked.most), Ok(None));
    assert_eq!(asked(&words("CONFIG (IPADDR 192.0.2.1")).unwrap_err(), "CONFIG has no modifier (IPADDR here");
}

/// The console has seven letters for a state, a terminal up to eight.
#[test]
fn every_state_of_tcp_is_read() {
    let states = [
        "Listen", "SynSent", "SynRcvd", "Estblsh", "Establsh", "FinWt1", "FinWait1", "FinWt2", "FinWait2",
        "ClosWt", "ClosWait", "LastAck", "Closing", "TimeWt", "TimeWait",
    ];
    for state in states {
        let row = format!("WEB 0000A1B3 192.0.2.9..80 198.51.100.7..4711 {state}\n");
        let text = format!("User Id  Conn     Local Socket           Foreign Socket         State\n{row}");
        for text in [text.clone(), text.to_uppercase()] {
            let capture = read(&text);
            assert_eq!(capture.unread, [], "{text}");
            let Some(Body::Connections(rows)) = capture.reports.first().map(|report| &report.body) else {
                panic!("not CONN: {text}")
            };
            assert!(rows.iter().all(|row| row.state.eq_ignore_ascii_case(state)), "{text}");
            assert_eq!(rows.len(), 1, "{text}");
        }
    }
}

#[test]
fn targets_that_are_no_zos_are_read() {
    let text = "Dynamic VIPA Destination Port Table for TCP/IP stacks:\nDest:        192.0.2.9..8080\n  DestXCF:   10.1.0.2\n    TotalConn: 0000000412  Rdy: 002  WLM: 12  TSR: 100\n\
                Dynamic VIPA Destination Port Table for non-z/OS targets:\nDest:        192.0.2.9..8080\n  DestIP:    198.51.100.20\n    TotalConn: 0000000007  Rdy: 001  WLM: 01  TSR: 100\n    DistMethod: TargControlled\n";
    let capture = read(text);
    assert_eq!(capture.unread, []);
    let Some(Body::Destinations(rows)) = capture.reports.first().map(|report| &report.body) else {
        panic!("not VDPT")
    };
    let seen: Vec<_> = rows.iter().map(|row| (row.target.to_string(), row.total)).collect();
    assert_eq!(seen, [("10.1.0.2".to_owned(), Some(412)), ("198.51.100.20".to_owned(), Some(7))]);
}
