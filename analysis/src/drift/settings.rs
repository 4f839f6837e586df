//! Options of TCPCONFIG, IPCONFIG and GLOBALCONFIG against NETSTAT CONFIG: labels that both have.

use super::{Kind, Pair};
use crate::capture::Body;
use crate::netstat::Name;

/// The keyword behind a label.
fn keyword(label: &str) -> &str {
    match label {
        "RESTRICTLOWPORT" => "TCPCONFIG RESTRICTLOWPORTS",
        "EPHEMERALPORTS" => "TCPCONFIG EPHEMERALPORTS",
        "SOURCEVIPA" => "IPCONFIG SOURCEVIPA",
        "TCPSTACKSRCVIPA" => "IPCONFIG TCPSTACKSOURCEVIPA",
        "DYNAMICXCF" => "IPCONFIG DYNAMICXCF",
        "SYSPLEXROUT" => "IPCONFIG SYSPLEXROUTING",
        "EXPLICITBINDPORTRANGE" => "GLOBALCONFIG EXPLICITBINDPORTRANGE",
        "TIMERSECS" => "SYSPLEXMONITOR TIMERSECS",
        "RECOVERY" => "SYSPLEXMONITOR RECOVERY",
        "DELAYJOIN" => "SYSPLEXMONITOR DELAYJOIN",
        "AUTOREJOIN" => "SYSPLEXMONITOR AUTOREJOIN",
        "MONINTF" => "SYSPLEXMONITOR MONINTERFACE",
        "DYNROUTE" => "SYSPLEXMONITOR DYNROUTE",
        "JOIN" => "SYSPLEXMONITOR JOIN",
        "SOMAXCONN" => "SOMAXCONN",
        "DEFAULTRCVBUFSIZE" => "TCPCONFIG TCPRCVBUFRSIZE",
        "DEFAULTSNDBUFSIZE" => "TCPCONFIG TCPSENDBFRSIZE",
        "DEFLTMAXRCVBUFSIZE" => "TCPCONFIG TCPMAXRCVBUFRSIZE",
        "DEFAULTKEEPALIVE" => "TCPCONFIG INTERVAL",
        "DELAYACK" => "TCPCONFIG DELAYACKS",
        "SENDGARBAGE" => "TCPCONFIG SENDGARBAGE",
        "TCPTIMESTAMP" => "TCPCONFIG TCPTIMESTAMP",
        "FINWAIT2TIME" => "TCPCONFIG FINWAIT2TIME",
        "TTLS" => "TCPCONFIG TTLS",
        "SELECTIVEACK" => "TCPCONFIG SELECTIVEACK",
        "TIMEWAITINTERVAL" => "TCPCONFIG TIMEWAITINTERVAL",
        "UDP CHECKSUM" => "UDPCONFIG UDPCHKSUM",
        "UDP RESTRICTLOWPORT" => "UDPCONFIG RESTRICTLOWPORTS",
        "UDP EPHEMERALPORTS" => "UDPCONFIG EPHEMERALPORTS",
        "FORWARDING" => "IPCONFIG DATAGRAMFWD",
        "TIMETOLIVE" => "IPCONFIG TTL",
        "RSMTIMEOUT" => "IPCONFIG REASSEMBLYTIMEOUT",
        "IPSECURITY" => "IPCONFIG IPSECURITY",
        "MULTIPATH" => "IPCONFIG MULTIPATH",
        "PATHMTUDSC" => "IPCONFIG PATHMTUDISCOVERY",
        "IQDIOROUTE" => "IPCONFIG IQDIOROUTING",
        "QDIOACCEL" => "IPCONFIG QDIOACCELERATOR",
        "IPV6 FORWARDING" => "IPCONFIG6 DATAGRAMFWD",
        "IPV6 IPSECURITY" => "IPCONFIG6 IPSECURITY",
        "IPV6 MULTIPATH" => "IPCONFIG6 MULTIPATH",
        "IPV6 SOURCEVIPA" => "IPCONFIG6 SOURCEVIPA",
        "IPV6 DYNAMICXCF" => "IPCONFIG6 DYNAMICXCF",
        "IPV6 TCPSTACKSRCVIPA" => "IPCONFIG6 TCPSTACKSOURCEVIPA",
        "TCPIPSTATS" => "GLOBALCONFIG TCPIPSTATISTICS",
        "SYSPLEXWLMPOLL" => "GLOBALCONFIG SYSPLEXWLMPOLL",
        "MAXRECS" => "GLOBALCONFIG MAXRECS",
        "XCFGRPID" => "GLOBALCONFIG XCFGRPID",
        other => other,
    }
}

/// Values as people compare them: as they are shown, in any case.
fn plain(value: &str) -> String {
    shown(value).to_uppercase()
}

/// A value for people: numbers without leading zeros.
fn shown(value: &str) -> String {
    let part = |part: &str| {
        let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let short = part.trim_start_matches('0');
        match (digits, short.is_empty()) {
            (true, true) => "0".to_owned(),
            (true, false) => short.to_owned(),
            (false, _) => part.to_owned(),
        }
    };
    value.split('-').map(|one| part(one.trim())).collect::<Vec<String>>().join("-")
}

/// The sysplex group, and EXPLICITBINDPORTRANGE as it is configured and active.
pub(super) fn displays(pair: &mut Pair<'_>) {
    if let Some(said) = pair.seen.group.clone()
        && let Some(group) = said.what
        && !group.eq_ignore_ascii_case(&pair.model.xcf_group)
    {
        let due = pair.model.xcf_group.clone();
        let at = pair.wheres.setting("XCFGRPID");
        let message = format!("the stack is in the sysplex group {group}, by the profile it would be {due}");
        pair.differs(Kind::Setting, "sysplex group", message, &said.at, at);
    }
    let Some(said) = pair.seen.pool.clone() else { return };
    let words = |range: Option<(u16, u16)>| {
        range.map_or_else(|| "none".to_owned(), |(first, last)| format!("{first} to {last}"))
    };
    let due = pair.model.network.explicit_bind.map(|pool| (pool.first, pool.last));
    let at = pair.wheres.setting("EXPLICITBINDPORTRANGE");
    let (runs, active) = (said.what.configured, said.what.active);
    if runs != due {
        let message = format!(
            "EXPLICITBINDPORTRANGE is {} in the running stack, {} by the profile",
            words(runs),
            words(due)
        );
        pair.differs(Kind::Setting, "GLOBALCONFIG EXPLICITBINDPORTRANGE", message, &said.at, at);
    } else if active.is_some() && active != runs {
        let message = format!(
            "EXPLICITBINDPORTRANGE {} is active for the whole group, not the {} of this stack",
            words(active),
            words(runs)
        );
        pair.differs(Kind::Setting, "GLOBALCONFIG EXPLICITBINDPORTRANGE", message, &said.at, at);
    }
}

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.settings.clone() else { return };
    let Body::Config(expected) = pair.expected(Name::Config) else { return };
    for (label, due) in &expected {
        let Some(runs) = said.what.get(label) else { continue };
        // What a display says of an address may be more than the address.
        let first = runs.split_whitespace().next().unwrap_or("");
        // Some labels say how, in place of Yes: MultiPath: Conn.
        let is_switch = |word: &str| word.eq_ignore_ascii_case("yes") || word.eq_ignore_ascii_case("no");
        let first = if is_switch(due) && !is_switch(first) { "Yes" } else { first };
        if plain(first) == plain(due) {
            continue;
        }
        let at = pair.wheres.setting(label);
        let subject = keyword(label).to_owned();
        let message =
            format!("{subject} is {} in the running stack, {} by the profile", shown(first), shown(due));
        pair.differs(Kind::Setting, &subject, message, &said.at, at);
    }
}
