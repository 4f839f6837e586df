//! Sizes of a railroad diagram. Everything is measured from the line that runs through a piece: how wide it is, how far it
//! reaches above that line and below it. Whole numbers only, so that the same diagram has the same bytes everywhere.

use super::shape::Shape;

/// Width of a letter of the monospaced font at 13 pixels, rounded up.
pub const LETTER: i32 = 8;
/// Half the height of a box.
pub const HALF: i32 = 12;
/// Radius of the curves.
pub const CURVE: i32 = 8;
/// Width of the lane in which a line turns off and comes in again.
pub const LANE: i32 = 2 * CURVE;
/// Between two lines, and between two boxes of a line.
pub const GAP: i32 = 10;
/// The line before and behind a piece in a frame.
pub const STUB: i32 = 8;
/// Room for the label of a frame.
pub const LABEL: i32 = 22;
/// More pieces in any order than these stand in a frame: under each other they would fill screens.
const MOST_STACKED: usize = 5;

/// A measured piece.
#[derive(Debug)]
pub struct Laid {
    /// From where its line comes in to where it goes out.
    pub width: i32,
    /// Above the line.
    pub up: i32,
    /// Below the line.
    pub down: i32,
    /// What it is.
    pub part: Part,
}

/// What is drawn.
#[derive(Debug)]
pub enum Part {
    /// The line alone.
    Line,
    /// A box with a text.
    Word(Look, String),
    /// Beside each other.
    Row(Vec<Laid>),
    /// Rows under each other, that are read one after the other.
    Rows(Vec<Laid>),
    /// Under each other; the first on the line.
    Stack(Vec<Laid>),
    /// With a way back over it.
    Loop(Box<Laid>, String),
    /// In a frame, row by row: many pieces that stand in any order.
    Frame(Vec<Vec<Laid>>, &'static str),
}

/// What a box says of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Written as it stands.
    Keyword,
    /// The same, of another release or dialect.
    Faded,
    /// To be replaced by a value.
    Operand,
    /// Drawn elsewhere.
    Fragment,
}

/// Measures a piece; sequences that are wider than `width` are broken into rows.
#[must_use]
pub fn lay(shape: &Shape, width: i32) -> Laid {
    match shape {
        Shape::Keyword { spelled, faded } => {
            word(if *faded { Look::Faded } else { Look::Keyword }, spelled.clone())
        }
        Shape::Operand(name) => word(Look::Operand, name.clone()),
        Shape::Literal(text) => word(Look::Keyword, (*text).to_owned()),
        Shape::Rest => word(Look::Operand, "rest".to_owned()),
        Shape::Fragment(name) => word(Look::Fragment, name.clone()),
        Shape::Sequence(parts) => sequence(parts, width),
        Shape::Choice(parts) => {
            stack(parts.iter().map(|part| lay(part, width.saturating_sub(2 * LANE))).collect())
        }
        Shape::Optional(inner) => {
            let inner_width = width.saturating_sub(2 * LANE);
            let mut parts = vec![line()];
            parts.extend(inner.alternatives().iter().map(|part| lay(part, inner_width)));
            stack(parts)
        }
        Shape::Repeat(inner, most) => {
            let label = if *most == u32::MAX { String::new() } else { format!("at most {most}") };
            back(lay(inner, width.saturating_sub(2 * LANE)), label)
        }
        Shape::AnyOrder(parts) => {
            const LABEL: &str = "any order, each once";
            if parts.len() > MOST_STACKED {
                return frame(parts, width, LABEL);
            }
            let inner_width = width.saturating_sub(4 * LANE);
            let mut all = vec![line()];
            all.extend(parts.iter().map(|part| lay(part, inner_width)));
            if parts.len() > 1 { back(stack(all), LABEL.to_owned()) } else { stack(all) }
        }
    }
}

fn line() -> Laid {
    Laid { width: 0, up: 0, down: 0, part: Part::Line }
}

fn word(look: Look, text: String) -> Laid {
    let letters = i32::try_from(text.chars().count()).unwrap_or(0);
    Laid { width: letters.saturating_mul(LETTER) + 18, up: HALF, down: HALF, part: Part::Word(look, text) }
}

fn row(parts: Vec<Laid>) -> Laid {
    let gaps = GAP * i32::try_from(parts.len().saturating_sub(1)).unwrap_or(0);
    Laid {
        width: parts.iter().map(|part| part.width).sum::<i32>() + gaps,
        up: parts.iter().map(|part| part.up).max().unwrap_or(0),
        down: parts.iter().map(|part| part.down).max().unwrap_or(0),
        part: Part::Row(parts),
    }
}

/// The rows of a sequence: as few as fit.
#[must_use]
pub fn rows(parts: &[Shape], width: i32) -> Vec<Laid> {
    let mut rows: Vec<Vec<Laid>> = Vec::new();
    let mut used = 0;
    for part in parts {
        let laid = lay(part, width);
        match rows.last_mut() {
            Some(last) if used + GAP + laid.width <= width => {
                used += GAP + laid.width;
                last.push(laid);
            }
            Some(_) | None => {
                used = laid.width;
                rows.push(vec![laid]);
            }
        }
    }
    rows.into_iter().map(row).collect()
}

fn sequence(parts: &[Shape], width: i32) -> Laid {
    let mut all = rows(parts, width);
    if all.len() <= 1 {
        return all.pop().unwrap_or_else(line);
    }
    all = rows(parts, width.saturating_sub(3 * LANE));
    // The line needs room to turn between two rows, however flat they are.
    let last = all.len() - 1;
    for (number, row) in all.iter_mut().enumerate() {
        row.up = if number == 0 { row.up } else { row.up.max(HALF) };
        row.down = if number == last { row.down } else { row.down.max(HALF) };
    }
    let up = all.first().map_or(0, |row| row.up);
    Laid {
        width: all.iter().map(|row| row.width).max().unwrap_or(0) + 3 * LANE,
        up,
        down: depth(&all) - up,
        part: Part::Rows(all),
    }
}

/// Height of rows that are read one after the other.
fn depth(rows: &[Laid]) -> i32 {
    let between = 2 * GAP * i32::try_from(rows.len().saturating_sub(1)).unwrap_or(0);
    rows.iter().map(|row| row.up + row.down).sum::<i32>() + between
}

fn stack(parts: Vec<Laid>) -> Laid {
    let mut down = 0;
    for (number, part) in parts.iter().enumerate() {
        down = if number == 0 { part.down } else { beneath(down, part) + part.down };
    }
    Laid {
        width: parts.iter().map(|part| part.width).max().unwrap_or(0) + 2 * LANE,
        up: parts.first().map_or(0, |part| part.up),
        down,
        part: Part::Stack(parts),
    }
}

/// Where the line of a part runs when all above it reaches `down`: the curves need room too.
#[must_use]
pub fn beneath(down: i32, part: &Laid) -> i32 {
    (down + GAP + part.up).max(LANE)
}

fn back(inner: Laid, label: String) -> Laid {
    let room = i32::try_from(label.chars().count()).unwrap_or(0).saturating_mul(7) + 24;
    Laid {
        width: inner.width.max(room) + 2 * LANE,
        up: over(&inner) + if label.is_empty() { 4 } else { 16 },
        down: inner.down,
        part: Part::Loop(Box::new(inner), label),
    }
}

/// Pieces in any order, as many beside each other as fit.
fn frame(parts: &[Shape], width: i32, label: &'static str) -> Laid {
    let inside = width.saturating_sub(2 * LANE + 2 * GAP);
    let mut rows: Vec<Vec<Laid>> = Vec::new();
    let mut used = 0;
    let mut widest = i32::try_from(label.len()).unwrap_or(0) * 7;
    for part in parts {
        let laid = lay(part, inside.saturating_sub(2 * STUB));
        let room = laid.width + 2 * STUB;
        match rows.last_mut() {
            Some(row) if used + GAP + room <= inside => {
                used += GAP + room;
                row.push(laid);
            }
            Some(_) | None => {
                used = room;
                rows.push(vec![laid]);
            }
        }
        widest = widest.max(used);
    }
    let height: i32 = rows.iter().map(|row| reach(row).0 + reach(row).1 + GAP).sum();
    let up = LABEL + rows.first().map_or(0, |row| reach(row).0);
    Laid { width: widest + 2 * LANE + 2 * GAP, up, down: LABEL + height - up, part: Part::Frame(rows, label) }
}

/// How far a row of a frame reaches above its line and below it.
#[must_use]
pub fn reach(row: &[Laid]) -> (i32, i32) {
    let up = row.iter().map(|piece| piece.up).max().unwrap_or(0);
    (up, row.iter().map(|piece| piece.down).max().unwrap_or(0))
}

/// How far above the line of a piece the way back runs.
#[must_use]
pub fn over(inner: &Laid) -> i32 {
    (inner.up + GAP).max(LANE)
}
