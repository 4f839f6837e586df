//! Scenarios as they are written everywhere: one blank between words, two before a comment, no empty line twice.

use super::words::{WordKind, words};

/// The text laid out. It reads the same: a line that cannot be read, or would read differently, keeps its words as they are.
#[must_use]
pub fn format(text: &str) -> String {
    let mut new = String::with_capacity(text.len());
    let mut empty = true;
    for old in text.lines() {
        let line = line(old);
        if line.is_empty() && std::mem::replace(&mut empty, true) {
            continue;
        }
        empty = line.is_empty();
        new.push_str(&line);
        new.push('\n');
    }
    if new.ends_with("\n\n") || (new.ends_with('\n') && !text.ends_with('\n')) {
        new.pop();
    }
    new
}

fn line(old: &str) -> String {
    let comment = words(old).into_iter().find(|(kind, ..)| *kind == WordKind::Comment);
    let start = comment.map_or(old.len(), |(_, start, _)| start as usize);
    let (code, comment) = (old.get(..start).unwrap_or(old), old.get(start..).unwrap_or(""));
    let mut new = code.split_whitespace().collect::<Vec<_>>().join(" ");
    if !new.is_empty() && !comment.is_empty() {
        new.push_str("  ");
    }
    new.push_str(comment.trim_end());
    let read = |line: &str| -> Option<Vec<(WordKind, String)>> {
        let found = words(line);
        let word = |(kind, start, end): &(WordKind, u32, u32)| {
            Some((*kind, line.get(*start as usize..*end as usize)?.trim_end().to_owned()))
        };
        found.iter().map(word).collect()
    };
    let is_read = code.trim().is_empty() || words(old).iter().any(|(kind, ..)| *kind != WordKind::Comment);
    if is_read && read(old) == read(&new) { new } else { old.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn words_comments_and_empty_lines() {
        let old = "\n\n;  as  it is  \n  fail   TCPIP1 ;why\n\n\nexpect owner\t203.0.113.1   = TCPIP2\nstrat   TCPIP1  \n\n";
        let new = ";  as  it is\nfail TCPIP1  ;why\n\nexpect owner 203.0.113.1 = TCPIP2\nstrat   TCPIP1\n";
        assert_eq!(format(old), new);
        assert_eq!(format(new), new);
        assert_eq!((format(""), format("fail  TCPIP1")), (String::new(), "fail TCPIP1".to_owned()));
    }
}
