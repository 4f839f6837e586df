//! What somebody may have meant.

/// The candidate that is closest to a word, if it is close: a third of its letters may differ, and one in any
/// case. Case does not count.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody mistypes a word this long, and the comparison takes time and memory with its length.
    if word.len() > 64 {
        return None;
    }
    let word = word.to_ascii_lowercase().replace('_', "-");
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_ascii_lowercase());
        let close = distance <= (candidate.chars().count() / 3).max(1);
        if close && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `a, b or c`.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => "none".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_words_only() {
        let keys = ["release", "includes", "name", "xcf-group"];
        for (word, expected) in [
            ("relaese", Some("release")),
            ("include", Some("includes")),
            ("XCF_GROUP", Some("xcf-group")),
            ("nam", Some("name")),
            ("game", Some("name")),
            ("dialect", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
        assert_eq!(nearest(&"name".repeat(100_000), keys), None);
        assert_eq!(nearest("SOURECEIPA", ["SOURCEVIPA", "SOURCEIPA"]), Some("SOURCEIPA"));
    }

    #[test]
    fn lists() {
        assert_eq!((listed([]), listed(["a"])), ("none".to_owned(), "a".to_owned()));
        assert_eq!(listed(["a", "b", "c"]), "a, b or c");
    }
}
