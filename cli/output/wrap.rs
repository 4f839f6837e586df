//! Text for a terminal of known width.

/// Narrower than this, nothing is wrapped: a column of single words helps nobody.
const NARROWEST: usize = 40;

/// Breaks a line between words so that none is longer than `columns` characters, where its words allow that.
#[must_use]
pub fn to_columns(line: &str, columns: Option<usize>) -> String {
    let Some(columns) = columns.filter(|columns| *columns >= NARROWEST) else { return line.to_owned() };
    let mut wrapped = String::with_capacity(line.len() + 8);
    let mut used = 0;
    for word in line.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > columns {
            wrapped.push('\n');
            used = 0;
        } else if used > 0 {
            wrapped.push(' ');
            used += 1;
        }
        wrapped.push_str(word);
        used += length;
    }
    wrapped
}
