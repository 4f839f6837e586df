//! What kind of file a text is, for folders without a description.

/// What a file is to the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// An initial profile.
    Profile,
    /// A data set for VARY TCPIP,,OBEYFILE.
    Obeyfile,
    /// A member that others INCLUDE: entries without the statement or block that they belong to.
    Include,
    /// TCPIP.DATA, the configuration of the resolver.
    TcpipData,
    /// A scenario.
    Scenario,
    /// Something else.
    Foreign,
}

impl FileKind {
    /// The word in settings and reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Obeyfile => "obeyfile",
            Self::Include => "include",
            Self::TcpipData => "tcpip-data",
            Self::Scenario => "scenario",
            Self::Foreign => "foreign",
        }
    }
}

/// Suffixes that never are data sets of TCP/IP.
const FOREIGN_SUFFIXES: &[&str] = &[
    "md", "toml", "json", "yaml", "yml", "xml", "html", "svg", "rs", "py", "sh", "js", "css", "csv", "log",
    "jcl", "rexx", "exec", "lock", "diff", "patch", "pdf", "zip", "png",
];

/// Statements that give a stack its base when it starts, by minimum abbreviation. A founding word may be
/// among them.
const BASE: &[(&str, &str)] = &[
    ("AUTOL", "AUTOLOG"),
    ("BEGINR", "BEGINROUTES"),
    ("BSDROUTINGPARMS", "BSDROUTINGPARMS"),
    ("DEV", "DEVICE"),
    ("GLOBALCONF", "GLOBALCONFIG"),
    ("HOME", "HOME"),
    ("INTERFACE", "INTERFACE"),
    ("IPCONF", "IPCONFIG"),
    ("IPCONFIG6", "IPCONFIG6"),
    ("LINK", "LINK"),
    ("PORT", "PORT"),
    ("PORTRANGE", "PORTRANGE"),
    ("PRIMARYINTERFACE", "PRIMARYINTERFACE"),
    ("SACONFIG", "SACONFIG"),
    ("SMFCONFIG", "SMFCONFIG"),
    ("SOMAXCONN", "SOMAXCONN"),
    ("TCPCONFIG", "TCPCONFIG"),
    ("UDPCONFIG", "UDPCONFIG"),
    ("ARPAGE", "ARPAGE"),
];

/// Statements that stand in profiles and OBEYFILE data sets alike.
const EITHER: &[(&str, &str)] = &[
    ("VIPAD", "VIPADYNAMIC"),
    ("SRCIP", "SRCIP"),
    ("SOURCEIPA", "SOURCEIPA"),
    ("START", "START"),
    ("INCLUDE", "INCLUDE"),
    ("NETMONITOR", "NETMONITOR"),
    ("TRANSLATE", "TRANSLATE"),
    ("NETACCESS", "NETACCESS"),
    ("IPSEC", "IPSEC"),
    ("DEFADDRTABLE", "DEFADDRTABLE"),
    ("SMFPARMS", "SMFPARMS"),
    ("GATEWAY", "GATEWAY"),
];

/// Statements that change a stack that runs.
const CHANGE: &[(&str, &str)] = &[
    ("DELETE", "DELETE"),
    ("STOP", "STOP"),
    ("VIPADEL", "VIPADELETE"),
    ("OSAENTA", "OSAENTA"),
    ("PKTTRACE", "PKTTRACE"),
    ("ITRACE", "ITRACE"),
];

/// Entries that belong inside a block.
const ENTRY: &[(&str, &str)] = &[
    ("VIPADEF", "VIPADEFINE"),
    ("VIPAB", "VIPABACKUP"),
    ("VIPADIST", "VIPADISTRIBUTE"),
    ("VIPARANGE", "VIPARANGE"),
    ("VIPAROUTE", "VIPAROUTE"),
    ("VIPASMPARMS", "VIPASMPARMS"),
    ("ROUTE", "ROUTE"),
    ("JOBNAME", "JOBNAME"),
    ("DESTINATION", "DESTINATION"),
];

/// Statements of TCPIP.DATA that no profile has.
const RESOLVER: &[(&str, &str)] = &[
    ("TCPIPJOBNAME", "TCPIPJOBNAME"),
    ("TCPIPUSERID", "TCPIPUSERID"),
    ("HOSTNAME", "HOSTNAME"),
    ("DOMAINORIGIN", "DOMAINORIGIN"),
    ("DOMAIN", "DOMAIN"),
    ("DATASETPREFIX", "DATASETPREFIX"),
    ("NSINTERADDR", "NSINTERADDR"),
    ("NAMESERVER", "NAMESERVER"),
    ("NSPORTADDR", "NSPORTADDR"),
    ("RESOLVEVIA", "RESOLVEVIA"),
    ("RESOLVERTIMEOUT", "RESOLVERTIMEOUT"),
    ("RESOLVERUDPRETRIES", "RESOLVERUDPRETRIES"),
    ("MESSAGECASE", "MESSAGECASE"),
    ("SEARCH", "SEARCH"),
    ("SORTLIST", "SORTLIST"),
    ("LOADDBCSTABLES", "LOADDBCSTABLES"),
];

/// Tells files apart by name and by the first word of each record; the caller's `[files]` globs go first.
///
/// In this order: a suffix that tells (`.scenario`, `.profile`, `.obey`, and foreign ones); a text that
/// begins like another language (`//` of JCL, `/*` of REXX, `<`, `{`, `#!`); scenario lines (`=>`, `expect`);
/// more resolver statements than profile statements. What has no statement at all is foreign, unless it is
/// empty or comments only: such a profile is fine. What is left is by name an OBEYFILE (`obey` in the last
/// part or its folder), an INCLUDE member (`inc`) or a profile (`prof`); by content an INCLUDE member if it
/// begins with an entry of a block that was not opened and has no statement, an OBEYFILE if it deletes or
/// stops something and gives the stack no base, and otherwise a profile.
#[must_use]
pub fn classify(name: &str, text: &str) -> FileKind {
    let lower = name.to_ascii_lowercase();
    let last = lower.rsplit('/').next().unwrap_or("");
    match last.rsplit_once('.').map(|(_, suffix)| suffix) {
        Some("scenario") => return FileKind::Scenario,
        Some("profile" | "prof") => return FileKind::Profile,
        Some("obey" | "obeyfile") => return FileKind::Obeyfile,
        Some(suffix) if FOREIGN_SUFFIXES.contains(&suffix) => return FileKind::Foreign,
        Some(_) | None => {}
    }
    let begin = text.trim_start();
    if ["//", "/*", "<", "{", "[", "#!"].iter().any(|other| begin.starts_with(other)) {
        return FileKind::Foreign;
    }
    by_words(&lower, &count(text))
}

/// How often first words of records fall in each list.
#[derive(Default)]
struct Words {
    base: usize,
    either: usize,
    change: usize,
    entry: usize,
    resolver: usize,
    scenario: usize,
    other: usize,
    entry_first: bool,
}

fn count(text: &str) -> Words {
    let mut words = Words::default();
    for line in text.split('\n') {
        let Some(word) = line.split_whitespace().next() else { continue };
        if word.starts_with(';') {
            continue;
        }
        let word = word.to_ascii_uppercase();
        let is = |list: &[(&str, &str)]| {
            list.iter().any(|(least, full)| full.starts_with(word.as_str()) && word.len() >= least.len())
        };
        if word == "=>" || word == "EXPECT" {
            words.scenario += 1;
        } else if is(BASE) {
            words.base += 1;
        } else if is(EITHER) {
            words.either += 1;
        } else if is(CHANGE) {
            words.change += 1;
        } else if is(ENTRY) {
            words.entry_first |= words.base + words.either + words.change == 0;
            words.entry += 1;
        } else if is(RESOLVER) {
            words.resolver += 1;
        } else {
            words.other += 1;
        }
    }
    words
}

fn by_words(name: &str, words: &Words) -> FileKind {
    let statements = words.base + words.either + words.change + words.entry;
    if words.scenario > 0 && words.scenario >= statements {
        return FileKind::Scenario;
    }
    if words.resolver > statements {
        return FileKind::TcpipData;
    }
    if statements == 0 && words.other > 0 {
        return FileKind::Foreign;
    }
    let mut parts = name.rsplit('/');
    let (last, folder) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    if last.contains("obey") || folder.contains("obey") {
        FileKind::Obeyfile
    } else if last.contains("prof") {
        FileKind::Profile
    } else if last.contains("inc")
        || folder.contains("include")
        || (words.entry_first && words.base + words.either == 0)
    {
        FileKind::Include
    } else if words.change > 0 && words.base == 0 {
        FileKind::Obeyfile
    } else {
        FileKind::Profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: FileKind) {
        assert_eq!(classify(name, text), expected, "{name}: {text}");
    }

    #[test]
    fn profiles() {
        check("mvs1", "; TCPIP1\nHOME 10.1.1.1 L1\nSTART D1\n", FileKind::Profile);
        check("mvs1.profile", "", FileKind::Profile);
        check("TCPIP1", "; nothing yet\n", FileKind::Profile);
        check(
            "tcpparms/PROF01",
            "VIPADYNAMIC\n VIPADEFINE 255.255.255.0 203.0.113.1\nENDVIPADYNAMIC\n",
            FileKind::Profile,
        );
        check(
            "a",
            "VIPADYNAMIC\nVIPADELETE 203.0.113.1\nENDVIPADYNAMIC\nTCPCONFIG TTLS\n",
            FileKind::Profile,
        );
    }

    #[test]
    fn obeyfiles() {
        check("obey/addport", "PORT 80 TCP A\n", FileKind::Obeyfile);
        check("PLEX.OBEY(ADDPORT)", "PORT 80 TCP A\n", FileKind::Obeyfile);
        check("change1", "VIPADYNAMIC\nVIPADELETE 203.0.113.1\nENDVIPADYNAMIC\n", FileKind::Obeyfile);
        check("change2", "STOP OSA1\n", FileKind::Obeyfile);
    }

    #[test]
    fn include_members() {
        check("RANGES", "; for all stacks\nVIPARANGE DEFINE 255.255.255.0 203.0.113.0\n", FileKind::Include);
        // The founding documents write these outside the block.
        check("MVS1", "VIPADEFINE MOVEable IMMEDIATE DVA1\nSOURCEIPA DVA1 APPA\n", FileKind::Profile);
        check("common.inc", "PORT 80 TCP A\n", FileKind::Include);
        check("includes/ports", "PORT 80 TCP A\n", FileKind::Include);
    }

    #[test]
    fn others() {
        check(
            "TCPDATA",
            "TCPIPJOBNAME TCPIP1\nHOSTNAME MVS1\nDOMAINORIGIN EXAMPLE.ORG\n",
            FileKind::TcpipData,
        );
        check("one.scenario", "", FileKind::Scenario);
        check("takeover", "fail TCPIP1\nexpect owner 203.0.113.1 = TCPIP2\n", FileKind::Scenario);
        check("README.md", "PORT 80 TCP A\n", FileKind::Foreign);
        check("JOB1", "//JOB1 JOB\n", FileKind::Foreign);
        check("notes", "Dear colleague,\nplease look.\n", FileKind::Foreign);
        check("x", "{\"a\": 1}", FileKind::Foreign);
    }
}
