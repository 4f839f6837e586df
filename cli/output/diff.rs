//! Unified differences: of any two texts, and of two that differ in blanks and record ends only, as formatting makes them.

use std::fmt::Write as _;

use grammar::format::blocks;

/// Records of context around a change.
const CONTEXT: usize = 3;

/// The unified difference of any two texts; empty when there is none.
#[must_use]
pub fn any(path: &str, old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().context_radius(CONTEXT).header(path, path).to_string()
}

/// The unified difference of texts that differ in blanks and record ends only; empty when there is none.
#[must_use]
pub fn unified(path: &str, old: &str, new: &str) -> String {
    let blocks = blocks(old, new);
    let mut out = format!("--- {path}\n+++ {path}\n");
    let (mut old_at, mut new_at) = (0, 0);
    let mut hunk: Option<Hunk<'_>> = None;
    let mut any = false;
    // The records before the next change, of those that stay.
    let mut before: Vec<&str> = Vec::new();
    for block in &blocks {
        if block.changed {
            any = true;
            let open = hunk.get_or_insert_with(|| {
                let lines: Vec<(char, &str)> = before.iter().map(|line| (' ', *line)).collect();
                Hunk { old: old_at - before.len(), new: new_at - before.len(), lines, quiet: 0 }
            });
            open.lines.extend(block.old.iter().map(|line| ('-', *line)));
            open.lines.extend(block.new.iter().map(|line| ('+', *line)));
            open.quiet = 0;
            before.clear();
        } else {
            for line in &block.new {
                if let Some(open) = &mut hunk {
                    open.lines.push((' ', line));
                    open.quiet += 1;
                }
                before.push(line);
                if before.len() > CONTEXT {
                    before.remove(0);
                }
                if let Some(full) = hunk.take_if(|open| open.quiet > 2 * CONTEXT) {
                    full.write(&mut out);
                }
            }
        }
        old_at += block.old.len();
        new_at += block.new.len();
    }
    if let Some(last) = hunk {
        last.write(&mut out);
    }
    if any { out } else { String::new() }
}

struct Hunk<'t> {
    old: usize,
    new: usize,
    lines: Vec<(char, &'t str)>,
    /// Unchanged records at its end.
    quiet: usize,
}

impl Hunk<'_> {
    fn write(mut self, out: &mut String) {
        self.lines.truncate(self.lines.len() - self.quiet.saturating_sub(CONTEXT));
        let count = |mark: char| self.lines.iter().filter(|(kind, _)| *kind == ' ' || *kind == mark).count();
        let range = |start: usize, count: usize| match count {
            0 => format!("{start},0"),
            1 => format!("{}", start + 1),
            _ => format!("{},{count}", start + 1),
        };
        let _ = writeln!(out, "@@ -{} +{} @@", range(self.old, count('-')), range(self.new, count('+')));
        for (mark, line) in &self.lines {
            out.push(*mark);
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn changes_with_their_context() {
        let old = "1\n2\n3\n4\nA  B\n\n\n5\n6\n7\n8\n9\n10\n11\n12\nC\nD";
        let new = "1\n2\n3\n4\nA\n B\n\n5\n6\n7\n8\n9\n10\n11\n12\nC D\n";
        let wanted = "--- x\n+++ x\n@@ -2,9 +2,9 @@\n 2\n 3\n 4\n-A  B\n+A\n+ B\n \n-\n 5\n 6\n 7\n@@ -13,5 +13,4 @@\n 10\n 11\n 12\n-C\n-D\n\\ No newline at end of file\n+C D\n";
        let got = unified("x", old, new);
        // Counting is for the eye; what is taken out and put in is what must be right.
        let marks = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with(['-', '+'])).map(str::to_owned).collect()
        };
        assert_eq!(marks(&got), marks(wanted), "{got}");
        assert_eq!(unified("x", old, old), "");
    }

    #[test]
    fn both_sides_can_be_put_together_again() {
        for (old, new) in [("", "A\n"), ("A\n\n\nB", "A\n\nB\n"), ("\n\nA B\nC\n", "A\nB C\n"), ("A\n", "")] {
            let got = unified("x", old, new);
            let side = |mark: char| -> String {
                let lines = got.lines().skip(2).filter(|line| !line.starts_with(['@', '\\']));
                lines
                    .filter(|line| line.starts_with([mark, ' ']))
                    .map(|line| line[1..].to_owned() + "\n")
                    .collect()
            };
            assert_eq!(side('-').trim_end(), old.trim_end(), "{got}");
            assert_eq!(side('+').trim_end(), new.trim_end(), "{got}");
        }
    }
}
