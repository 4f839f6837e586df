//! First and last lines of a report: whose it is, and whether all of it is there (04:7.1).

use super::Head;
use super::line::Line;

/// The head that a line is. TSO and UNIX: `MVS TCP/IP NETSTAT CS V2R5  TCPIP Name: TCPIP1  10:00:00`; console:
/// `EZD0101I NETSTAT CS V2R5 TCPIP1`; displays: `EZZ8260I SYSPLEX CS V2R5`.
pub(super) fn read(line: &Line<'_>) -> Option<Head> {
    line.row(|words| {
        let (release, rest) = match words {
            [netstat, cs, release, rest @ ..] if is(netstat, "NETSTAT") && is(cs, "CS") => (release, rest),
            [sysplex, cs, release, rest @ ..] if is(sysplex, "SYSPLEX") && is(cs, "CS") => (release, rest),
            _ => return None,
        };
        let console = !rest.iter().any(|word| is(word, "Name:"));
        let stack =
            if console { rest.first() } else { rest.iter().skip_while(|word| !is(word, "Name:")).nth(1) };
        let stack = stack.map(|name| name.to_ascii_uppercase());
        Some(Head { stack, system: None, release: Some(release.to_ascii_uppercase()), console })
    })
}

/// What a closing line says.
pub(super) struct End {
    /// Records are missing.
    pub(super) cut: bool,
    /// This is how a complete report ends.
    pub(super) ended: bool,
}

/// A closing line: `2 OF 5 RECORDS DISPLAYED`, `END OF THE REPORT`, `REPORT TRUNCATED …`.
pub(super) fn end(line: &Line<'_>) -> Option<End> {
    if line.has("END OF THE REPORT") {
        return Some(End { cut: false, ended: true });
    }
    if line.has("REPORT TRUNCATED") {
        return Some(End { cut: true, ended: true });
    }
    line.row(|words| match words {
        [shown, of, all, records, displayed, ..]
            if is(of, "OF") && is(records, "RECORDS") && is(displayed, "DISPLAYED") =>
        {
            Some(End { cut: shown.parse::<u64>().ok()? < all.parse::<u64>().ok()?, ended: false })
        }
        _ => None,
    })
}

fn is(word: &str, wanted: &str) -> bool {
    word.eq_ignore_ascii_case(wanted)
}
