//! A syntax diagram as SVG, for use as an image: lines and letters have one colour, which follows the light or dark scheme
//! of the reader, and nothing is needed from elsewhere.

use crate::markup::escaped;

use super::railroad::{CURVE, GAP, HALF, LABEL, LANE, Laid, Look, Part, STUB, beneath, over, reach, rows};
use super::shape::{Diagram, Shape};

/// Widest row, in pixels: what a page shows without scrolling.
const WIDEST: i32 = 800;
/// Around everything.
const MARGIN: i32 = 12;

const STYLE: &str = "\
svg{color:#1f2328;color-scheme:light dark}
@media (prefers-color-scheme:dark){svg{color:#e6edf3}}
path{fill:none;stroke:currentColor;stroke-width:1.5}
rect{fill:none;stroke:currentColor;stroke-width:1.5}
.operand{fill:currentColor;fill-opacity:.1;stroke-width:1}
.fragment{stroke-dasharray:2 3}
.frame{stroke-width:1;stroke-opacity:.5}
.label{font:11px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;text-anchor:start}
.faded{stroke-dasharray:5 3;opacity:.6}
.arrow{fill:currentColor;stroke:none}
text{fill:currentColor;font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;text-anchor:middle}
.value{font-style:italic}
.heading{font-weight:bold;text-anchor:start}
.note{font:11px system-ui,'Segoe UI',Helvetica,Arial,sans-serif}
";

/// A higher picture than this is cut into one for each named piece.
const HIGHEST: i32 = 1600;

/// A picture with its title.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// SVG.
    pub svg: String,
}

/// Draws a diagram in as many pictures as people can read: all of it in one, or each named piece in one of its own.
#[must_use]
pub fn pictures(diagram: &Diagram, title: &str, words: &str) -> Vec<Picture> {
    if laid_out(diagram).bottom <= HIGHEST {
        return vec![Picture { title: title.to_owned(), svg: draw(diagram, title, words) }];
    }
    let alone = |piece: &Shape| Diagram { main: piece.clone(), fragments: Vec::new() };
    let mut all = vec![Picture { title: title.to_owned(), svg: draw(&alone(&diagram.main), title, words) }];
    for (name, piece) in &diagram.fragments {
        all.push(Picture {
            title: name.clone(),
            svg: draw(&alone(piece), &format!("{title}: {name}"), name),
        });
    }
    all
}

/// Draws a diagram; `title` and `words` say the same to those who do not see it.
#[must_use]
pub fn draw(diagram: &Diagram, title: &str, words: &str) -> String {
    let page = laid_out(diagram);
    let (width, height) = (page.width + MARGIN, page.bottom + MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
         <style>\n{STYLE}</style>\n{}</svg>\n",
        escaped(title),
        escaped(words),
        page.body,
    )
}

fn laid_out(diagram: &Diagram) -> Page {
    let mut page = Page { body: String::new(), width: 0, bottom: MARGIN };
    page.track(&diagram.main);
    for (name, piece) in &diagram.fragments {
        page.bottom += 3 * GAP;
        let y = page.bottom;
        page.put(&format!("<text class=\"heading\" x=\"{MARGIN}\" y=\"{y}\">{}</text>", escaped(name)));
        page.bottom += GAP;
        page.track(piece);
    }
    page
}

struct Page {
    body: String,
    width: i32,
    bottom: i32,
}

impl Page {
    fn put(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }

    fn path(&mut self, path: &str) {
        self.put(&format!("<path d=\"{path}\"/>"));
    }

    fn straight(&mut self, from: i32, to: i32, y: i32) {
        if to > from {
            self.path(&format!("M{from} {y}H{to}"));
        }
    }

    /// A diagram from its beginning to its end, in rows.
    fn track(&mut self, shape: &Shape) {
        let one = std::slice::from_ref(shape);
        let parts: &[Shape] = if let Shape::Sequence(parts) = shape { parts } else { one };
        let rows = rows(parts, WIDEST);
        let last = rows.len().saturating_sub(1);
        let left = MARGIN + 2 * GAP;
        let widest = rows.iter().map(|row| row.width).max().unwrap_or(0);
        let right = left + widest + GAP;
        let mut top = self.bottom + GAP;
        for (number, row) in rows.iter().enumerate() {
            // The ends of the line reach as high as a box does.
            let y = top + row.up.max(HALF);
            if number == 0 {
                self.path(&format!("M{MARGIN} {}v16M{} {}v16", y - 8, MARGIN + 5, y - 8));
                self.straight(MARGIN + 5, left, y);
            }
            self.place(row, left, y);
            let end = left + row.width;
            top = y + row.down.max(HALF) + 2 * GAP;
            if number == last {
                let stop = end + 2 * GAP;
                self.straight(end, stop, y);
                self.path(&format!("M{} {}v16M{stop} {}v16", stop - 5, y - 8, y - 8));
                self.width = self.width.max(stop);
            } else if let Some(next) = rows.get(number + 1) {
                let below = top + next.up.max(HALF);
                self.turn(end, right, y, top - GAP, left, below);
                self.width = self.width.max(right + CURVE);
            }
            self.bottom = y + row.down.max(HALF);
        }
    }

    /// From the end of a row back to the beginning of the next.
    fn turn(&mut self, end: i32, right: i32, y: i32, between: i32, left: i32, below: i32) {
        let c = CURVE;
        self.path(&format!(
            "M{end} {y}H{right}q{c} 0 {c} {c}V{}q0 {c} -{c} {c}H{left}q-{c} 0 -{c} {c}V{}q0 {c} {c} {c}",
            between - c,
            below - c,
        ));
        let middle = i32::midpoint(left, right);
        self.arrow(middle, between, true);
    }

    fn arrow(&mut self, x: i32, y: i32, back: bool) {
        let to = if back { -8 } else { 8 };
        self.put(&format!("<path class=\"arrow\" d=\"M{} {y}l{} -4v8z\"/>", x + to / 2, -to));
    }

    fn place(&mut self, laid: &Laid, x: i32, y: i32) {
        match &laid.part {
            Part::Line => {}
            Part::Word(look, text) => self.word(*look, text, x, y, laid.width),
            Part::Row(parts) => {
                let mut at = x;
                for (number, part) in parts.iter().enumerate() {
                    if number > 0 {
                        self.straight(at, at + GAP, y);
                        at += GAP;
                    }
                    self.place(part, at, y);
                    at += part.width;
                }
            }
            Part::Rows(rows) => self.rows(rows, x, y, laid.width),
            Part::Stack(parts) => self.stack(parts, x, y, laid.width),
            Part::Loop(inner, label) => self.back(inner, label, x, y, laid.width),
            Part::Frame(rows, label) => self.frame(rows, label, x, y, laid),
        }
    }

    fn word(&mut self, look: Look, text: &str, x: i32, y: i32, width: i32) {
        let (round, rect, letters) = match look {
            Look::Keyword => (11, "", ""),
            Look::Faded => (11, " class=\"faded\"", " opacity=\".7\""),
            Look::Operand => (0, " class=\"operand\"", " class=\"value\""),
            Look::Fragment => (0, " class=\"fragment\"", ""),
        };
        let (top, height) = (y - HALF + 1, 2 * HALF - 2);
        self.put(&format!(
            "<rect{rect} x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>"
        ));
        self.put(&format!("<text{letters} x=\"{}\" y=\"{}\">{}</text>", x + width / 2, y + 4, escaped(text)));
    }

    fn rows(&mut self, rows: &[Laid], x: i32, y: i32, width: i32) {
        let left = x + LANE;
        let widest = rows.iter().map(|row| row.width).max().unwrap_or(0);
        let right = left + widest;
        self.straight(x, left, y);
        let mut line = y;
        for (number, row) in rows.iter().enumerate() {
            self.place(row, left, line);
            let end = left + row.width;
            if let Some(next) = rows.get(number + 1) {
                let below = line + row.down + 2 * GAP + next.up;
                self.turn(end, right, line, line + row.down + GAP, left, below);
                line = below;
            } else {
                let (out, c) = (x + width - CURVE, CURVE);
                self.path(&format!("M{end} {line}H{}q{c} 0 {c} -{c}V{}q0 -{c} {c} -{c}", out - c, y + c));
            }
        }
    }

    fn stack(&mut self, parts: &[Laid], x: i32, y: i32, width: i32) {
        let (left, right, c) = (x + LANE, x + width - LANE, CURVE);
        let mut down = 0;
        for (number, part) in parts.iter().enumerate() {
            if number == 0 {
                self.straight(x, left, y);
                self.place(part, left, y);
                self.straight(left + part.width, x + width, y);
                down = part.down;
                continue;
            }
            let at = beneath(down, part);
            let line = y + at;
            self.path(&format!("M{x} {y}q{c} 0 {c} {c}V{}q0 {c} {c} {c}", line - c));
            self.place(part, left, line);
            self.straight(left + part.width, right, line);
            self.path(&format!("M{right} {line}q{c} 0 {c} -{c}V{}q0 -{c} {c} -{c}", y + c));
            down = at + part.down;
        }
    }

    /// Pieces in any order: rows in a frame that the line leads into and out of.
    fn frame(&mut self, rows: &[Vec<Laid>], label: &str, x: i32, y: i32, laid: &Laid) {
        let (left, right) = (x + LANE, x + laid.width - LANE);
        let (top, height) = (y - laid.up, laid.up + laid.down);
        self.straight(x, left, y);
        self.straight(right, x + laid.width, y);
        let width = right - left;
        self.put(&format!(
            "<rect class=\"frame\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>"
        ));
        self.put(&format!("<text class=\"label\" x=\"{}\" y=\"{}\">{label}</text>", left + GAP, top + 15));
        let mut high = top + LABEL;
        for row in rows {
            let (up, down) = reach(row);
            let line = high + up;
            let mut at = left + GAP;
            for piece in row {
                self.straight(at, at + STUB, line);
                self.place(piece, at + STUB, line);
                at += piece.width + 2 * STUB;
                self.straight(at - STUB, at, line);
                at += GAP;
            }
            high = line + down + GAP;
        }
    }

    fn back(&mut self, inner: &Laid, label: &str, x: i32, y: i32, width: i32) {
        let (left, right, c) = (x + LANE, x + width - LANE, CURVE);
        let high = y - over(inner);
        self.straight(x, left, y);
        self.place(inner, left, y);
        self.straight(left + inner.width, x + width, y);
        self.path(&format!(
            "M{right} {y}q{c} 0 {c} -{c}V{}q0 -{c} -{c} -{c}H{left}q-{c} 0 -{c} {c}V{}q0 {c} {c} {c}",
            high + c,
            y - c,
        ));
        let middle = i32::midpoint(left, right);
        self.arrow(middle, high, true);
        if !label.is_empty() {
            self.put(&format!("<text class=\"note\" x=\"{middle}\" y=\"{}\">{label}</text>", high - 6));
        }
    }
}
