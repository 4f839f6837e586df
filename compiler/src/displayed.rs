//! Settings as NETSTAT CONFIG shows them (04 7.9, 02 5 to 9), as far as the model itself has no use for them: what is coded, else
//! the default where it is documented.

use std::collections::BTreeMap;

use crate::statements::coded::Coded;
use crate::statements::ipconfig::Placed;
use crate::statements::{Config, somaxconn, tcpconfig};

/// `Yes` or `No`.
fn yes(on: bool) -> String {
    if on { "Yes" } else { "No" }.to_owned()
}

fn flag(coded: Option<Placed<bool>>, default: bool) -> String {
    yes(coded.map_or(default, |flag| flag.value))
}

/// A pair of words, X and NOX.
fn pair(coded: &Coded, on: &str, off: &str, default: bool) -> String {
    yes(coded.after(on).is_some() || (default && coded.after(off).is_none()))
}

/// A number that follows a word.
fn number(coded: &Coded, word: &str, default: &str, digits: usize) -> String {
    let value = coded.after(word).and_then(|rest| rest.split(' ').next()).unwrap_or(default);
    let bytes = match value.strip_suffix('K').and_then(|count| count.parse::<u64>().ok()) {
        Some(thousands) => (thousands * 1024).to_string(),
        None => value.to_owned(),
    };
    format!("{bytes:0>digits$}")
}

/// The settings, by label in upper case; labels of UDP and IPv6 follow the name of their table.
pub(crate) fn settings(config: &Config) -> BTreeMap<String, String> {
    let mut all: Vec<(&str, String)> = Vec::new();
    tcp(config, &mut all);
    udp(config, &mut all);
    ip(config, &mut all);
    global(config, &mut all);
    all.into_iter().map(|(label, value)| (label.to_ascii_uppercase(), value)).collect()
}

fn tcp(config: &Config, all: &mut Vec<(&str, String)>) {
    let part = &config.tcpconfig;
    let size =
        |coded: Option<Placed<u64>>, default: u64| format!("{:08}", coded.map_or(default, |n| n.value));
    all.push(("DefaultRcvBufSize", size(part.receive, tcpconfig::RECEIVE)));
    all.push(("DefltMaxRcvBufSize", size(part.most_receive, tcpconfig::MOST_RECEIVE)));
    let backlog = config.somaxconn.backlog.map_or(somaxconn::BACKLOG, |backlog| backlog.value);
    all.push(("SoMaxConn", format!("{backlog:010}")));
    all.push(("DefaultSndBufSize", number(&part.options, "TCPSENDBFRSIZE", "65536", 8)));
    all.push(("DefaultKeepALive", number(&part.options, "INTERVAL", "120", 8)));
    all.push(("SelectiveACK", pair(&part.options, "SELECTIVEACK", "NOSELECTIVEACK", false)));
    all.push(("TcpTimeStamp", pair(&part.options, "TCPTIMESTAMP", "NOTCPTIMESTAMP", true)));
    all.push(("SendGarbage", yes(part.options.after("SENDGARBAGE") == Some("TRUE"))));
    all.push(("TimeWaitInterval", number(&part.options, "TIMEWAITINTERVAL", "60", 1)));
    all.push(("FinWait2Time", number(&part.options, "FINWAIT2TIME", "600", 3)));
    all.push(("TTLS", flag(part.ttls, false)));
    if !part.auto_delay_acks {
        all.push(("DelayAck", flag(part.delay_acks, true)));
    }
}

fn udp(config: &Config, all: &mut Vec<(&str, String)>) {
    let part = &config.udpconfig;
    all.push(("UDP CheckSum", pair(&part.options, "UDPCHKSUM", "NOUDPCHKSUM", true)));
}

fn ip(config: &Config, all: &mut Vec<(&str, String)>) {
    let part = &config.ipconfig;
    all.push(("Forwarding", flag(part.forward, true)));
    all.push(("TimeToLive", number(&part.options, "TTL", "64", 5)));
    all.push(("RsmTimeOut", number(&part.options, "REASSEMBLYTIMEOUT", "60", 5)));
    all.push(("IpSecurity", flag(part.ipsecurity, false)));
    all.push(("MultiPath", flag(part.multipath, false)));
    all.push(("PathMtuDsc", pair(&part.options, "PATHMTUDISCOVERY", "NOPATHMTUDISCOVERY", false)));
    all.push(("IqdioRoute", flag(part.iqdio_routing, false)));
    all.push(("QdioAccel", flag(part.accelerator, false)));
    let six = &config.ipconfig6;
    all.push(("IPV6 Forwarding", flag(six.forward, true)));
    all.push(("IPV6 IpSecurity", flag(six.ipsecurity, false)));
    all.push(("IPV6 MultiPath", flag(six.multipath, false)));
}

fn global(config: &Config, all: &mut Vec<(&str, String)>) {
    let part = &config.globalconfig;
    all.push(("TcpIpStats", pair(&part.options, "TCPIPSTATISTICS", "NOTCPIPSTATISTICS", false)));
    all.push(("SysplexWLMPoll", number(&part.options, "SYSPLEXWLMPOLL", "60", 3)));
    all.push(("MaxRecs", number(&part.options, "MAXRECS", "100", 3)));
    if let Some(group) = part.group {
        all.push(("XCFGRPID", format!("{:02}", group.value)));
    }
}
