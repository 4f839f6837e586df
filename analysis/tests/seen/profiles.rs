//! What has to stand around a statement so that the stack takes it.

use vipa_grammar::description::StatementDesc;

use crate::text::wrap;

/// Profiles with one use of a statement each, and what they need in front of it and in itself.
pub fn around(desc: &StatementDesc, bodies: [&str; 2]) -> [String; 2] {
    let mut bodies = bodies.map(|body| whole(desc.name, body));
    // More may be said of a DVIPA for IPv4.
    let plain = bodies.iter().all(|body| body.ends_with("QNAME 2001:db8::1"));
    if plain && matches!(desc.name, "VIPADEFINE" | "VIPABACKUP") {
        bodies = bodies.map(|body| body.replace("QNAME 2001:db8::1", "255.255.255.0 192.0.2.1"));
    }
    let before = before(desc.name, &bodies);
    bodies.map(|body| format!("{before}{}", wrap(desc, &body)))
}

/// Values of an operand of which the sample is none that the stack takes, or says what holds anyway.
pub fn values(statement: &str, operand: &str) -> Option<[&'static str; 2]> {
    Some(match (statement, operand) {
        ("AUTOLOG", "job") => ["QOTHER", "QTHIRD"],
        ("AUTOLOG", "qualified") => ["QPROC.QSTEP", "QOTHER.QSTEP"],
        ("DEVICE", "buffer-size") => ["32K", "65535"],
        (
            "IPSEC",
            "source-port-last" | "destination-port-last" | "message-type-last" | "message-code-last",
        ) => ["80", "90"],
        ("IPSEC", "class") => ["3", "4"],
        ("IPSEC", "protocol-number") => ["47", "50"],
        ("NETACCESS", "address") => ["192.0.2.0", "198.51.100.0"],
        ("OSAENTA", "device") => ["DEVICEID=00", "DEVICEID=01"],
        ("OSAENTA", "kind") => ["ETHTYPE=IPV4", "ETHTYPE=ARP"],
        ("OSAENTA" | "PKTTRACE", "address") => ["IPADDR=192.0.2.1", "IPADDR=192.0.2.2"],
        ("OSAENTA", "mac") => ["MAC=020000000001", "MAC=020000000002"],
        ("OSAENTA", "port-number") => ["PORTNUM=80", "PORTNUM=81"],
        ("OSAENTA", "protocol") => ["PROTOCOL=TCP", "PROTOCOL=UDP"],
        ("OSAENTA", "vlan") => ["VLANID=7", "VLANID=8"],
        ("OSAENTA", "no-filter") => ["NOFILTER=ALL", "NOFILTER=NONE"],
        ("PKTTRACE", "source") => ["SRCPORT=80", "SRCPORT=81"],
        ("PKTTRACE", "destination") => ["DESTPORT=80", "DESTPORT=81"],
        ("PKTTRACE", "either") => ["PORTNUM=80", "PORTNUM=81"],
        ("PKTTRACE", "interface") => ["INTFNAME=QNAME", "INTFNAME=QOTHER"],
        ("PKTTRACE", "link") => ["LINKNAME=QNAME", "LINKNAME=QOTHER"],
        ("PKTTRACE", "protocol") => ["PROT=TCP", "PROT=UDP"],
        ("PKTTRACE", "discarded") => ["DISCARD=NONE", "DISCARD=ALL"],
        ("ROUTE", "address6") => ["2001:db8:1::1", "2001:db8:1::2"],
        ("ROUTE", "most-seconds" | "least-seconds" | "round-trip-gain" | "variance-gain" | "multiplier") => {
            ["0.1", "0.2"]
        }
        ("VIPADISTRIBUTE", "zaap-share" | "ziip-share" | "il-weight" | "cp-share") => ["2", "3"],
        ("VIPADISTRIBUTE", "seconds") => ["30", "31"],
        ("VIPABACKUP", "rank") => ["7", "8"],
        ("VIPADISTRIBUTE", "rank") => ["2", "3"],
        ("VIPADEFINE" | "VIPABACKUP", "address6") => ["2001:db8::3", "2001:db8::4"],
        ("VIPARANGE", "address") => ["192.0.2.0", "198.51.100.0"],
        ("INTERFACE", "address") => ["192.0.2.1/24", "192.0.2.2/24"],
        ("INTERFACE", "address6") => ["2001:db8:1::1", "2001:db8:1::2"],
        ("SACONFIG", "secret-any") => ["A:B", "A:C"],
        ("TCPCONFIG", "most-receive") => ["300K", "400K"],
        ("VIPADEFINE" | "VIPABACKUP", "interface") => ["QFIRST", "QOTHER"],
        ("INTERFACE", "temporary") => ["2001:db8:1::/64", "2001:db8:2::/64"],
        _ => return None,
    })
}

/// A use with the operands that the syntax leaves free and the stack wants, and with numbers that say something in place of samples.
fn whole(statement: &str, body: &str) -> String {
    let mut body = body.to_owned();
    let word = |place: usize| body.split_whitespace().nth(place).unwrap_or("").to_owned();
    let (link, kind) = (word(1), word(2));
    let standby = STANDBY.iter().any(|word| body.split(' ').any(|known| known == *word));
    match statement {
        "OSAENTA" => add(&mut body, "PORTNAME", "=QPORT"),
        "INTERFACE" => {
            let needed: &[(&str, &str)] = match kind.as_str() {
                "IPAQENET" => &[("PORTNAME", " QPORT"), ("IPADDR", " 192.0.2.9/24")],
                "IPAQENET6" => &[("PORTNAME", " QPORT")],
                "EQENET" => &[("DEVNUM", " 0100"), ("IPADDR", " 192.0.2.9/24")],
                "EQENET6" => &[("DEVNUM", " 0100")],
                "IPAQIDIO" => &[("CHPID", " F1"), ("IPADDR", " 192.0.2.9/24")],
                "IPAQIDIO6" => &[("CHPID", " F1")],
                "MPCPTP6" => &[("TRLENAME", " QTRLE")],
                "VIRTUAL6" => &[("IPADDR", " 2001:db8:9::1")],
                _ => &[],
            };
            needed.iter().for_each(|(word, rest)| add(&mut body, word, rest));
        }
        "SMFCONFIG" if body.starts_with("TYPE") => add(&mut body, "TCPINIT", ""),
        "LINK" if link == "IPAQIDIO" => {
            let mut words: Vec<&str> = body.split_whitespace().collect();
            words[2] = if words[2] == "QNAME" { "IUTIQDF1" } else { "IUTIQDF2" };
            body = words.join(" ");
        }
        "VIPADISTRIBUTE" if standby => {
            let other = if body.contains("PREFERRED") { " 10.0.0.2 BACKUP" } else { " 10.0.0.2 PREFERRED" };
            let targets = body.replace("DESTIP ALL", "DESTIP 10.0.0.1 BACKUP");
            body = format!("DISTMETHOD HOTSTANDBY {targets}{other}");
        }
        _ => {}
    }
    for (of, from, to) in [
        ("IPSEC", "SECCLASS 0", "SECCLASS 3"),
        ("IPSEC", "TYPE *", "TYPE 3"),
        ("IPSEC", "CODE *", "CODE 3"),
        ("IPSEC", "SRCPORT *", "SRCPORT 80"),
        ("IPSEC", "DESTPORT *", "DESTPORT 80"),
        ("IPSEC", "PROTOCOL *", "PROTOCOL 51"),
        ("AUTOLOG", "JOBNAME QJOB", "JOBNAME QOTHER"),
        ("INTERFACE", "IPADDR 192.0.2.1 ", "IPADDR 192.0.2.1/24 "),
        ("TCPCONFIG", "TCPMAXRCVBUFRSIZE 256", "TCPMAXRCVBUFRSIZE 300K"),
        ("VIPADISTRIBUTE", "ZAAP 0", "ZAAP 2"),
        ("VIPADISTRIBUTE", "ZIIP 0", "ZIIP 2"),
        ("VIPADISTRIBUTE", "TIMEDAFFINITY 0", "TIMEDAFFINITY 30"),
        ("VIPABACKUP", "1 ", "7 "),
    ] {
        if of == statement && (statement != "VIPABACKUP" || body.starts_with(from)) {
            body = body.replacen(from, to, 1);
        }
    }
    body
}

/// Puts an operand behind a use that has not got it.
fn add(body: &mut String, word: &str, rest: &str) {
    if body.split(['=', ' ']).all(|known| known != word) {
        *body = format!("{body} {word}{rest}").trim().to_owned();
    }
}

/// Words that stand beside HOTSTANDBY only.
const STANDBY: [&str; 6] =
    ["AUTOSWITCHBACK", "NOAUTOSWITCHBACK", "HEALTHSWITCH", "NOHEALTHSWITCH", "PREFERRED", "BACKUP"];

fn before(statement: &str, bodies: &[String; 2]) -> String {
    let body = &bodies.join(" ");
    let all_of = |words: &[&str]| words.iter().any(|wanted| body.contains(wanted));
    match statement {
        "LINK" => {
            // The second use is the one with the thing that the case is about.
            let device = match bodies[1].split_whitespace().nth(1).unwrap_or("") {
                "VIRTUAL" => "VIRTUAL 0",
                "IPAQENET" => "MPCIPA",
                "IPAQIDIO" => return "DEVICE IUTIQDF1 MPCIPA\nDEVICE IUTIQDF2 MPCIPA\n".to_owned(),
                "MPCPTP" => "MPCPTP",
                "CTC" => "CTC A0",
                _ => "LCS A0",
            };
            format!("DEVICE QNAME {device}\nDEVICE QOTHER {device}\n").replacen("A0", "B0", 1)
        }
        "HOME" | "GATEWAY" | "TRANSLATE" | "BSDROUTINGPARMS" => links(),
        "ROUTE" if all_of(&["2001:db8", "DEFAULT6"]) => ["QNAME", "QOTHER"]
            .map(|name| format!("INTERFACE {name} DEFINE MPCPTP6 TRLENAME T{name}\n"))
            .concat(),
        "START" => "DEVICE QNAME LCS C0\nDEVICE QOTHER LCS C2\n".to_owned(),
        "STOP" => "DEVICE QNAME LCS C0\nDEVICE QOTHER LCS C2\nSTART QNAME\nSTART QOTHER\n".to_owned(),
        "PRIMARYINTERFACE" | "ROUTE" => {
            format!("{}HOME 198.51.100.1 QNAME 198.51.100.2 QOTHER\n", links())
        }
        "PKTTRACE" if all_of(&["OFF", "CLEAR"]) => format!("{}PKTTRACE ON\n", links()),
        "PKTTRACE" => links(),
        "ITRACE" if body.contains("OFF") => "ITRACE ON\n".to_owned(),
        "OSAENTA" if all_of(&["OFF", "CLEAR", "DEL"]) => "OSAENTA PORTNAME=QPORT ON VLANID=9\n".to_owned(),
        "NETMONITOR" if body == " OFF" => "NETMONITOR ON\n".to_owned(),
        "SMFCONFIG" if body.contains("NO") => {
            let record = body.split("NO").nth(1).unwrap_or("").split(' ').next().unwrap_or("");
            format!("SMFCONFIG TYPE118 {record} TYPE119 {record}\n")
        }
        "DELETE" => format!(
            "DEVICE QNAME LCS C0\nDEVICE QOTHER LCS C2\nDEVICE QDEV LCS C4\nLINK QNAME ETHERNET 0 QDEV\nLINK QOTHER ETHERNET 1 QDEV\n{}", if body.contains("PORTRANGE") { RANGES } else { PORTS }
        ),
        "INTERFACE" if !body.contains(" DEFINE") => ["QNAME"]
            .map(|name| format!("INTERFACE {name} DEFINE IPAQENET6 PORTNAME P{name} IPADDR 2001:db8::1 2001:db8:1::1 2001:db8:1::2 TEMPPREFIX 2001:db8:1::/64 2001:db8:2::/64\n"))
            .concat(),
        "VIPADISTRIBUTE" | "VIPADELETE" => {
            let tier = if all_of(&["TIER1", "CONTROLPORT", "GRE", "ENCAP"]) { "TIER1 " } else if body.contains("TIER2") { "TIER2 " } else { "" };
            format!("VIPADYNAMIC\nVIPADEFINE {tier}255.255.255.0 192.0.2.1 192.0.2.2\nVIPADEFINE {tier}QNAME 2001:db8::1\nVIPADEFINE {tier}QOTHER 2001:db8::2\nENDVIPADYNAMIC\n")
        }
        _ => String::new(),
    }
}

/// Reservations for every DELETE that a case makes.
const PORTS: &str = "PORT 1 TCP QJOB\n 2 TCP QJOB\n 1 UDP QJOB\n 1 TCP QJOB2\n 3 TCP RESERVED\n UNRSV TCP QJOB\n UNRSV TCP QJOB2\n UNRSV UDP QJOB\n UNRSV UDP QJOB2\n";

/// The same for ranges.
const RANGES: &str = "PORTRANGE 1 1 TCP QJOB\n 2 1 TCP QJOB\n 1 1 UDP QJOB\n";

fn links() -> String {
    "DEVICE QDEV LCS C0\nLINK QNAME ETHERNET 0 QDEV\nLINK QOTHER ETHERNET 1 QDEV\n".to_owned()
}
