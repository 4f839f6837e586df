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

/// The system that a log names in front of a line: a name, a day as `26335` or `2026335`, a time.
pub(super) fn logged_on(line: &Line<'_>) -> Option<String> {
    line.row(|words| match words {
        [system, day, time, ..] => {
            let is_name = (1..=8).contains(&system.len())
                && system.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"@#$".contains(&byte));
            let is_day = matches!(day.len(), 5 | 7) && day.bytes().all(|byte| byte.is_ascii_digit());
            let mut parts = time.split(':');
            let is_time = parts.by_ref().take(2).all(|part| part.len() == 2 && part.parse::<u8>().is_ok())
                && parts.next().is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()));
            (is_name && is_day && is_time).then(|| system.to_ascii_uppercase())
        }
        _ => None,
    })
}

/// Whether a line is the command that a report answers, or a prompt: `$ netstat -p TCPIP1 -v`, `D TCPIP,,SYSPLEX,VIPADYN`,
/// `NETSTAT VIPADCFG TCP TCPIP1`, `READY`.
pub(super) fn is_command(line: &Line<'_>) -> bool {
    if matches!(line.words(), [only] if is(only, "READY")) {
        return true;
    }
    line.row(|words| match words {
        [display, command, ..] if is(display, "D") || is(display, "DISPLAY") => {
            command.get(..6).is_some_and(|start| is(start, "TCPIP,")).then_some(())
        }
        [first, rest @ ..] if is(first, "NETSTAT") || is(first, "ONETSTAT") => {
            rest.first().is_none_or(|next| !is(next, "CS")).then_some(())
        }
        _ => None,
    })
    .is_some()
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
