//! Words for the names and values of a configuration.

use serde_json::Value;

/// Statement that a part belongs to, as people write it.
pub(super) fn title(part: &str) -> String {
    match part {
        "dvipa" => "DVIPA".to_owned(),
        "beginroutes" => "ROUTE".to_owned(),
        "start" => "START".to_owned(),
        "undetermined" => "statement with a symbol of unknown value:".to_owned(),
        _ => part.to_uppercase(),
    }
}

/// The keyword of a field that is not shown. A community name is as good as a password.
pub(super) fn secret(name: &str) -> Option<&'static str> {
    match name {
        "community" => Some("COMMUNITY"),
        "password" => Some("SMPASS"),
        _ => None,
    }
}

/// A field name as words.
pub(super) fn field(name: &str) -> String {
    match name {
        "cluster_ports" => "SYSPLEXPORTS".to_owned(),
        "source_vipa" => "SOURCEVIPA".to_owned(),
        "stack_source" => "TCPSTACKSOURCEVIPA".to_owned(),
        "sysplex_routing" => "SYSPLEXROUTING".to_owned(),
        "xcf" => "dynamic XCF".to_owned(),
        "ephemeral" => "EPHEMERALPORTS".to_owned(),
        "restrict_low_ports" => "RESTRICTLOWPORTS".to_owned(),
        "moveable" => "MOVEABLE".to_owned(),
        "affinity" => "TIMEDAFFINITY".to_owned(),
        "auto_switch_back" => "AUTOSWITCHBACK".to_owned(),
        "health_switch" => "HEALTHSWITCH".to_owned(),
        "cpc_scope" => "CPCSCOPE".to_owned(),
        "service_manager" => "SERVICEMGR".to_owned(),
        "who" => "user".to_owned(),
        "tcp" => "TCP".to_owned(),
        "saf" => "SAF".to_owned(),
        "mtu" => "MTU".to_owned(),
        "opt_local" => "OPTLOCAL".to_owned(),
        "share" => "SHAREPORT".to_owned(),
        "share_wlm" => "SHAREPORTWLM".to_owned(),
        "no_autolog" => "NOAUTOLOG".to_owned(),
        "delay_acks" => "DELAYACKS".to_owned(),
        "bind" => "BIND".to_owned(),
        "smc" | "cache" | "container" => "option".to_owned(),
        "pause" => "PAUSE".to_owned(),
        "external" => "EXTTARG".to_owned(),
        "delay_join_ipsec" => "DELAYJOINIPSEC".to_owned(),
        "monitor_ipsec" => "MONIPSEC".to_owned(),
        "list" => "entries".to_owned(),
        _ => name.replace('_', " "),
    }
}

/// A field with its value, in the keywords of the statement where it has some: `DISTMETHOD ROUNDROBIN`.
pub(super) fn option(name: &str, inner: &Value) -> String {
    let keyword = |name: &str| format!("{name} {}", value(inner).replace('-', "").to_uppercase());
    match (name, inner) {
        ("origin", _) => match inner.get("backup") {
            Some(rank) => format!("VIPABACKUP {}", value(rank)),
            None => keyword("VIPA").replace(' ', ""),
        },
        ("method", Value::String(_)) => keyword("DISTMETHOD"),
        ("moveable", Value::String(_)) => keyword("MOVEABLE"),
        ("targets", Value::String(_)) => keyword("DESTIP"),
        ("targets", _) => format!("DESTIP {}", value(inner)),
        ("bits", Value::Number(_)) => format!("prefix /{}", value(inner)),
        (_, Value::Bool(_)) => field(name),
        _ => format!("{} {}", field(name), value(inner)),
    }
}

/// `target` for `targets`.
pub(super) fn singular(name: &str) -> String {
    match name {
        "entries" => "entry".to_owned(),
        "addresses" => "address".to_owned(),
        "options" => "option".to_owned(),
        _ => name.strip_suffix('s').filter(|short| !short.ends_with('s')).unwrap_or(name).to_owned(),
    }
}

/// A value on one line.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(super::named).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            let told = fields.iter().filter(|(_, inner)| says(inner));
            let all: Vec<String> = told
                .map(|(name, inner)| match inner {
                    Value::Bool(_) => field(name),
                    Value::Null
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Array(_)
                    | Value::Object(_) => match name.as_str() {
                        "list" | "address" | "job" | "name" => self::value(inner),
                        _ => format!("{} {}", field(name), self::value(inner)),
                    },
                })
                .collect();
            all.join(" ")
        }
    }
}

/// Whether a value says more than that nothing is coded.
pub(super) fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => fields.values().any(says),
    }
}

/// Whether a value is the absence of one.
pub(super) fn is_default(value: &Value) -> bool {
    !says(value)
}
