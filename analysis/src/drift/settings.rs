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
        other => other,
    }
}

/// Values as people compare them: upper case, numbers without leading zeros.
fn plain(value: &str) -> String {
    let word = |word: &str| {
        let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if digits {
            let short = word.trim_start_matches('0');
            if short.is_empty() { "0".to_owned() } else { short.to_owned() }
        } else {
            word.to_uppercase()
        }
    };
    value.split('-').map(|part| word(part.trim())).collect::<Vec<String>>().join("-")
}

/// Compares.
pub(super) fn compare(pair: &mut Pair<'_>) {
    let Some(said) = pair.seen.settings.clone() else { return };
    let Body::Config(expected) = pair.expected(Name::Config) else { return };
    for (label, due) in &expected {
        let Some(runs) = said.what.get(label) else { continue };
        // What a display says of an address may be more than the address.
        let first = runs.split_whitespace().next().unwrap_or("");
        if plain(first) == plain(due) {
            continue;
        }
        let at = pair.wheres.setting(label);
        let subject = keyword(label).to_owned();
        let message = format!("{subject} is {first} in the running stack, {due} by the profile");
        pair.differs(Kind::Setting, &subject, message, &said.at, at);
    }
}
