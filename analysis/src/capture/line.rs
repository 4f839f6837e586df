//! One line of a report: its words, its labels, and the row that it may hold.

/// A line with its words.
pub(super) struct Line<'t> {
    text: &'t str,
    words: Vec<&'t str>,
}

impl<'t> Line<'t> {
    /// A line; control characters at its begin (carriage control) count as blanks.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, words: text.split_whitespace().collect() }
    }

    /// Nothing but blanks, dashes and equal signs: drawn for the eye.
    pub(super) fn is_ruler(&self) -> bool {
        self.words.iter().all(|word| word.chars().all(|c| matches!(c, '-' | '=')))
            || (self.words.len() > 1 && self.words.iter().skip_while(|word| !is_dashes(word)).count() > 1)
                && self.words.iter().skip_while(|word| !is_dashes(word)).all(|word| is_dashes(word))
    }

    /// The words.
    pub(super) fn words(&self) -> &[&'t str] {
        &self.words
    }

    /// Whether these words stand in it in this order, next to each other, in any case.
    pub(super) fn has(&self, phrase: &str) -> bool {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        self.words.windows(phrase.len()).any(|words| {
            words.iter().zip(&phrase).all(|(word, wanted)| {
                let word = if wanted.ends_with(':') { word } else { word.trim_end_matches(':') };
                word.eq_ignore_ascii_case(wanted)
            })
        })
    }

    /// Whether a heading of columns is these words, whatever stands before them.
    pub(super) fn starts(&self, columns: &[&str]) -> bool {
        self.has(&columns.join(" "))
    }

    /// Values by label, in order. A label is one of `labels` in any case at the start of a word, with a colon behind it;
    /// its value reaches to the next label.
    pub(super) fn pairs(&self, labels: &[&'static str]) -> Vec<(&'static str, &'t str)> {
        let mut found: Vec<(usize, usize, &'static str)> = Vec::new();
        let mut word_begins = true;
        for (at, c) in self.text.char_indices() {
            if word_begins && let Some(label) = label_at(self.text.get(at..).unwrap_or(""), labels) {
                found.push((at, at + label.len() + 1, label));
            }
            word_begins = c.is_whitespace();
        }
        let ends = found.iter().skip(1).map(|(at, _, _)| *at).chain([self.text.len()]);
        let value = |((_, from, label), end): (&(usize, usize, &'static str), usize)| {
            (*label, self.text.get(*from..end).unwrap_or("").trim())
        };
        found.iter().zip(ends).map(value).collect()
    }

    /// The first row that `read` finds when it is shown the words from each place on: what stands before is a prefix.
    pub(super) fn row<T>(&self, read: impl Fn(&[&'t str]) -> Option<T>) -> Option<T> {
        (0..self.words.len()).find_map(|from| self.words.get(from..).and_then(&read))
    }
}

fn is_dashes(word: &str) -> bool {
    word.chars().all(|c| c == '-')
}

/// The longest label that the text begins with.
fn label_at(text: &str, labels: &[&'static str]) -> Option<&'static str> {
    let fits = |label: &&&'static str| {
        text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
            && text.get(label.len()..).is_some_and(|rest| rest.starts_with(':'))
    };
    labels.iter().filter(fits).max_by_key(|label| label.len()).copied()
}
