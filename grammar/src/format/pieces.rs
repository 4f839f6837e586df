//! A text in pieces that are laid out each by itself: statements of the top level that nothing around them is read together with.
//!
//! Two statements part where the second begins a record, the parser could begin anew there, and neither has a mistake: a mistake may have looked
//! at what follows, or be about what stands before. Formatting does not move a cut: it keeps records apart and mistakes as they are. Nor does a text
//! that is brought into a block need to be one piece: there, too, a record that begins with a statement is where something new begins.

use crate::parse::{Dialect, Run, Runs, Spot, read_runs};
use crate::slot::include;
use crate::tree::Section;

/// A statement of the top level.
struct Statement {
    /// Its first byte, and the one behind its last token.
    start: usize,
    end: usize,
    /// Whether it has a mistake.
    wrong: bool,
    /// Whether it is an INCLUDE, behind which the statement before may go on.
    include: bool,
    /// Whether reading may begin anew at it, and it begins a record.
    fresh: bool,
}

#[derive(Default)]
struct Reader {
    statements: Vec<Statement>,
    fresh: bool,
    spare: Option<Section>,
}

impl Runs for Reader {
    fn ends(&mut self, _: &str) -> bool {
        true
    }

    fn take(&mut self, run: Run) {
        let section = &run.section;
        let include = section.stmts.first().is_some_and(|stmt| stmt.id == Some(include::ID));
        let start = run.start as usize;
        self.statements.push(Statement {
            start,
            end: start + section.text.len(),
            wrong: !section.errors.is_empty(),
            include,
            fresh: std::mem::take(&mut self.fresh),
        });
        self.spare = std::sync::Arc::into_inner(run.section);
    }

    fn spare(&mut self) -> Option<Section> {
        self.spare.take()
    }

    fn rest(&mut self, spot: Spot) -> bool {
        self.fresh = spot.first;
        true
    }
}

/// A piece of a text.
pub(super) struct Piece<'t> {
    /// From the begin of a record to the end of one.
    pub text: &'t str,
    /// Whether empty records stand between the piece before and this one, of neither.
    pub apart: bool,
}

/// The pieces in order.
pub(super) fn pieces(text: &str, dialect: Dialect) -> Vec<Piece<'_>> {
    let mut reader = Reader::default();
    read_runs(text, dialect, None, &mut reader);
    let wrong: Vec<bool> = reader
        .statements
        .iter()
        .zip(reader.statements.iter().skip(1).map(|next| next.wrong).chain([false]))
        .map(|(statement, next)| statement.wrong || (statement.include && next))
        .collect();
    let mut pieces = Vec::new();
    let (mut from, mut apart) = (0, false);
    for (pair, wrong) in reader.statements.windows(2).zip(wrong.windows(2)) {
        let [before, next] = pair else { continue };
        if !next.fresh || wrong.contains(&true) {
            continue;
        }
        let between = text.get(before.end..next.start).unwrap_or("");
        // A comma belongs to the word before it.
        if dialect == Dialect::Founding && between.contains(',') {
            continue;
        }
        let Some(end) = between.find('\n') else { continue };
        let cut = before.end + end + 1;
        pieces.push(Piece { text: text.get(from..cut).unwrap_or(""), apart });
        from = cut + blank(text.get(cut..next.start).unwrap_or(""));
        apart = from > cut;
    }
    pieces.push(Piece { text: text.get(from..).unwrap_or(""), apart });
    pieces
}

/// Bytes of the empty records at the beginning.
fn blank(text: &str) -> usize {
    let begun = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    text.get(..begun).unwrap_or("").rfind('\n').map_or(0, |end| end + 1)
}
