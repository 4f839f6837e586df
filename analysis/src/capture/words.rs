//! Words that several reports use: addresses, ends of connections, statuses.

use std::net::{IpAddr, Ipv4Addr};

use schemars::JsonSchema;
use serde::Serialize;

/// Status of a DVIPA on a stack (04:1.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Owner, or a target instance in use.
    Active,
    /// In the chain, not owner.
    Backup,
    /// Gave the address away, still has connections.
    Moving,
    /// Deactivated or no longer distributed while connections remain.
    Quiescing,
    /// Deactivated by the operator.
    Deactivated,
    /// Saved while the stack is not in the group.
    Inactive,
}

impl Status {
    /// The status that a word, cut or not, stands for: at least four letters.
    pub(super) fn of(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        let all = [
            ("active", Self::Active),
            ("backup", Self::Backup),
            ("moving", Self::Moving),
            ("quiescing", Self::Quiescing),
            ("deactivated", Self::Deactivated),
            ("inactive", Self::Inactive),
            ("inactivated", Self::Inactive),
        ];
        all.iter()
            .find(|(name, _)| word.len() >= 4 && name.starts_with(word.as_str()))
            .map(|(_, status)| *status)
    }

    /// The word of the reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Backup => "backup",
            Self::Moving => "moving",
            Self::Quiescing => "quiescing",
            Self::Deactivated => "deactivated",
            Self::Inactive => "inactive",
        }
    }
}

/// `address`, or `address/bits`.
pub(super) fn address(word: &str) -> Option<(IpAddr, Option<u8>)> {
    match word.split_once('/') {
        Some((address, bits)) => Some((address.parse().ok()?, Some(bits.parse().ok()?))),
        None => Some((word.parse().ok()?, None)),
    }
}

/// `address..port`; `*` stands for every address and for no port.
pub(super) fn end(word: &str) -> Option<(Option<IpAddr>, Option<u16>)> {
    let (address, port) = word.rsplit_once("..")?;
    let address = match address {
        "*" => None,
        address => Some(address.parse().ok()?),
    };
    let port = match port {
        "*" => None,
        port => Some(port.parse().ok()?),
    };
    Some((address, port))
}

/// Distribution method that a word names, whatever its case.
pub(super) fn method(word: &str) -> Option<&'static str> {
    let all = ["BaseWLM", "ServerWLM", "Roundrobin", "WeightedActive", "HotStandby", "TargControlled"];
    all.into_iter().find(|name| {
        let head =
            word.len() >= 8 && name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        head || name.eq_ignore_ascii_case(word)
    })
}

/// Flags in words or, in the short layout, letters: the method among them, and the others in words.
pub(super) fn flags(value: &str) -> (Option<&'static str>, Vec<String>) {
    let mut found = None;
    let mut others = Vec::new();
    for word in value.split([',', ' ']).filter_map(filled) {
        if let Some(name) = method(&word) {
            found = Some(name);
        } else if word.len() <= 4 && word.bytes().all(|letter| b"BDHIRSTW".contains(&letter)) {
            for letter in word.chars() {
                match letter {
                    'B' => found = Some("BaseWLM"),
                    'S' => found = Some("ServerWLM"),
                    'R' => found = Some("Roundrobin"),
                    'W' => found = Some("WeightedActive"),
                    'H' => found = Some("HotStandby"),
                    'T' => found = Some("TargControlled"),
                    'D' => others.push("Dynamic".to_owned()),
                    _ => others.push("Inactive".to_owned()),
                }
            }
        } else {
            others.push(capital(&word));
        }
    }
    (found, others)
}

/// `Dynamic` for `DYNAMIC`: the console shouts.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect()
    })
}

/// `Yes` or `No`.
pub(super) fn flag(value: &str) -> Option<bool> {
    if value.eq_ignore_ascii_case("yes") {
        Some(true)
    } else {
        value.eq_ignore_ascii_case("no").then_some(false)
    }
}

/// Length of the prefix that a dotted mask stands for; none when its ones are not all at its left.
pub(super) fn mask_bits(mask: Ipv4Addr) -> Option<u8> {
    ipnet::ipv4_mask_to_prefix(mask).ok()
}

/// A number with leading zeros.
pub(super) fn number<N: std::str::FromStr>(word: &str) -> Option<N> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) { word.parse().ok() } else { None }
}

/// The value of a field that may be empty.
pub(super) fn filled(value: &str) -> Option<String> {
    (!value.is_empty() && !value.eq_ignore_ascii_case("n/a")).then(|| value.to_owned())
}
