//! Statements of options: what is not named stays.

use super::{Reading, Statement};

/// Keywords that exclude each other, with the operands that follow each; a keyword of which nothing stays has `-` in front.
pub const FAMILIES: &[(&str, &[(&str, usize)])] = &[
    ("TCPCONFIG", &[("TTLS", 0), ("NOTTLS", 0)]),
    ("TCPCONFIG", &[("RESTRICTLOWPORTS", 0), ("UNRESTRICTLOWPORTS", 0)]),
    ("TCPCONFIG", &[("DELAYACKS", 0), ("NODELAYACKS", 0), ("AUTODELAYACKS", 0)]),
    ("TCPCONFIG", &[("EPHEMERALPORTS", 2)]),
    ("TCPCONFIG", &[("FINWAIT2TIME", 1)]),
    ("TCPCONFIG", &[("SENDGARBAGE", 1)]),
    ("TCPCONFIG", &[("TCPRCVBUFRSIZE", 1)]),
    ("TCPCONFIG", &[("TCPMAXRCVBUFRSIZE", 1)]),
    ("UDPCONFIG", &[("UDPCHKSUM", 0), ("NOUDPCHKSUM", 0)]),
    ("UDPCONFIG", &[("RESTRICTLOWPORTS", 0), ("UNRESTRICTLOWPORTS", 0)]),
    ("UDPCONFIG", &[("UDPQUEUELIMIT", 0), ("NOUDPQUEUELIMIT", 0)]),
    ("UDPCONFIG", &[("EPHEMERALPORTS", 2)]),
    ("IPCONFIG", &[("SOURCEVIPA", 0), ("-NOSOURCEVIPA", 0)]),
    ("IPCONFIG", &[("SYSPLEXROUTING", 0), ("-NOSYSPLEXROUTING", 0)]),
    ("IPCONFIG", &[("TCPSTACKSOURCEVIPA", 1), ("-NOTCPSTACKSOURCEVIPA", 0)]),
    ("IPCONFIG", &[("DATAGRAMFWD", 0), ("NODATAGRAMFWD", 0)]),
    ("IPCONFIG", &[("DYNAMICXCF", 3), ("NODYNAMICXCF", 0)]),
    ("IPCONFIG", &[("TTL", 1)]),
    ("IPCONFIG", &[("ARPTO", 1)]),
    ("IPCONFIG", &[("IPSECURITY", 0)]),
    ("GLOBALCONFIG", &[("XCFGRPID", 1)]),
    ("GLOBALCONFIG", &[("TCPIPSTATISTICS", 0), ("NOTCPIPSTATISTICS", 0)]),
    ("GLOBALCONFIG", &[("ZERT", 0), ("NOZERT", 0)]),
    ("GLOBALCONFIG", &[("EXPLICITBINDPORTRANGE", 2), ("-NOEXPLICITBINDPORTRANGE", 0)]),
    ("SACONFIG", &[("ENABLED", 0), ("DISABLED", 0)]),
    ("SACONFIG", &[("AGENT", 1)]),
    ("SACONFIG", &[("COMMUNITY", 1)]),
    ("SACONFIG", &[("SACACHETIME", 1)]),
    ("VIPASMPARMS", &[("SMMCAST", 1)]),
    ("VIPASMPARMS", &[("SMPORT", 1)]),
    ("SOMAXCONN", &[("", 1)]),
    ("ARPAGE", &[("", 1)]),
];

/// What holds where nothing is coded, as far as it can be coded.
pub const DEFAULTS: &[(&str, &str)] = &[
    ("TCPCONFIG", "NOTTLS"),
    ("TCPCONFIG", "UNRESTRICTLOWPORTS"),
    ("TCPCONFIG", "DELAYACKS"),
    ("TCPCONFIG", "EPHEMERALPORTS 1024 65535"),
    ("TCPCONFIG", "FINWAIT2TIME 600"),
    ("TCPCONFIG", "SENDGARBAGE FALSE"),
    ("TCPCONFIG", "TCPRCVBUFRSIZE 65536"),
    ("TCPCONFIG", "TCPMAXRCVBUFRSIZE 262144"),
    ("UDPCONFIG", "UDPCHKSUM"),
    ("UDPCONFIG", "UNRESTRICTLOWPORTS"),
    ("UDPCONFIG", "UDPQUEUELIMIT"),
    ("UDPCONFIG", "EPHEMERALPORTS 1024 65535"),
    ("IPCONFIG", "DATAGRAMFWD"),
    ("IPCONFIG", "NODYNAMICXCF"),
    ("IPCONFIG", "TTL 64"),
    ("IPCONFIG", "ARPTO 1200"),
    ("GLOBALCONFIG", "NOTCPIPSTATISTICS"),
    ("GLOBALCONFIG", "NOZERT"),
    ("SACONFIG", "ENABLED"),
    ("SACONFIG", "AGENT 161"),
    ("SACONFIG", "SACACHETIME 30"),
    ("SOMAXCONN", "1024"),
    ("ARPAGE", "20"),
];

/// What names an option, and how many operands follow its keyword.
#[must_use]
pub fn family(statement: &str, keyword: &str) -> Option<(String, usize, bool)> {
    FAMILIES.iter().filter(|(name, _)| *name == statement).find_map(|(name, words)| {
        let (word, operands) = words.iter().find(|(word, _)| word.trim_start_matches('-') == keyword)?;
        Some((format!("{name} {}", words[0].0), *operands, word.starts_with('-')))
    })
}

impl Reading<'_> {
    pub(super) fn options(&mut self, one: &Statement<'_>) {
        let name = one.word(0);
        if name == "SMFCONFIG" {
            self.records(one);
            return;
        }
        if matches!(name, "SOMAXCONN" | "ARPAGE") {
            self.stack.options.insert(format!("{name} "), one.text(1));
            return;
        }
        let mut at = 1;
        let mut sizes = Vec::new();
        while let Some((key, operands, absent)) = family(name, one.word(at)) {
            let value = one.words[at..=at + operands].join(" ");
            let old = self.stack.options.get(&key);
            let refused = match one.word(at) {
                "XCFGRPID" => self.running && old != Some(&value),
                "DYNAMICXCF" | "NODYNAMICXCF" => {
                    let on = old.filter(|old| old.starts_with("DYNAMICXCF"));
                    self.running && on.is_some_and(|old| net(old) != net(&value))
                }
                "EPHEMERALPORTS" => number(one.word(at + 1)) > number(one.word(at + 2)),
                _ => false,
            };
            if refused {
                self.no(one, at);
            } else if key.ends_with("RCVBUFRSIZE") {
                sizes.push((at, key, value));
            } else if absent {
                self.stack.options.remove(&key);
            } else if key.ends_with("COMMUNITY") {
                self.stack.options.insert(key, "COMMUNITY (set)".to_owned());
            } else {
                self.stack.options.insert(key, value);
            }
            at += 1 + operands;
        }
        self.sizes(one, &sizes);
        let agent = "SACONFIG AGENT".to_owned();
        if name == "SACONFIG" && !self.running {
            self.stack.options.entry(agent).or_insert_with(|| "AGENT 161".to_owned());
        }
    }

    /// A buffer is never larger than the maximum for buffers. What is asked for is taken or left; where both are asked for and do not go together,
    /// the buffer is left.
    fn sizes(&mut self, one: &Statement<'_>, asked: &[(usize, String, String)]) {
        const BOTH: [(&str, u64); 2] =
            [("TCPCONFIG TCPRCVBUFRSIZE", 65_536), ("TCPCONFIG TCPMAXRCVBUFRSIZE", 262_144)];
        let of = |text: Option<&String>| text.and_then(|text| number(text.rsplit(' ').next()?));
        let new = |key: &str| asked.iter().find(|(_, known, _)| known == key);
        let [buffer, most] = BOTH.map(|(key, default)| {
            let old = of(self.stack.options.get(key)).unwrap_or(default);
            (old, new(key).map(|(at, _, value)| (*at, of(Some(value)).unwrap_or_default())))
        });
        let limit = most.1.map_or(most.0, |(_, value)| value);
        let mut gone = Vec::new();
        if buffer.1.map_or(buffer.0, |(_, value)| value) > limit {
            match buffer.1 {
                Some((at, _)) => {
                    gone.push(at);
                    gone.extend(most.1.map(|(at, _)| at).filter(|_| limit < buffer.0));
                }
                None => gone.extend(most.1.map(|(at, _)| at)),
            }
        }
        for (at, key, value) in asked {
            if gone.contains(at) {
                self.no(one, *at);
            } else {
                self.stack.options.insert(key.clone(), value.clone());
            }
        }
    }

    fn records(&mut self, one: &Statement<'_>) {
        let mut kind = "118";
        for word in &one.words[1..] {
            if let Some(named) = word.strip_prefix("TYPE") {
                kind = named;
            } else if let Some(off) = word.strip_prefix("NO") {
                self.stack.options.remove(&format!("SMFCONFIG TYPE{kind} {off}"));
            } else {
                self.stack.options.insert(format!("SMFCONFIG TYPE{kind} {word}"), (*word).to_owned());
            }
        }
    }
}

fn number(word: &str) -> Option<u64> {
    word.parse().ok()
}

/// Address and mask of DYNAMICXCF.
fn net(value: &str) -> String {
    value.split(' ').take(3).collect::<Vec<_>>().join(" ")
}
