//! A syntax diagram as text, in the notation that command references use: capitals are the shortest abbreviation,
//! `[ ]` may be left out, `{ | }` is a choice, `< | >` is any order, `...` repeats. No line is longer than asked for
//! unless a single word is.

use super::shape::{Diagram, Shape};

/// The legend, line by line: what stands there, and what it means.
pub const LEGEND: [(&str, &str); 11] = [
    ("KEYword", "a keyword; the capitals are its shortest abbreviation"),
    ("name", "a value, explained under Parameters"),
    ("\"=\"", "this character, as it stands"),
    ("{A | B}", "one of these"),
    ("[A]", "may be left out"),
    ("<A | B>", "each at most once, in any order"),
    ("A...", "once or several times"),
    ("[A]...", "any number of times, or not at all"),
    ("(A operands)", "continues under that heading"),
    ("(A statement)", "a whole statement, with a page of its own"),
    ("rest", "everything up to the next statement, which is not looked at"),
];

/// The whole diagram; each fragment under its own heading.
#[must_use]
pub fn draw(diagram: &Diagram, width: usize) -> String {
    let mut out = lines(&document(&diagram.main), width).join("\n");
    for (name, piece) in &diagram.fragments {
        out.push_str(&format!("\n\n{name}:\n"));
        let piece = lines(&document(piece), width.saturating_sub(2));
        out.push_str(&piece.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n"));
    }
    out.push('\n');
    out
}

/// Text that knows where it may break.
enum Document {
    Word(String),
    Row(Vec<Document>),
    Box { open: &'static str, items: Vec<Document>, close: String },
}

fn document(shape: &Shape) -> Document {
    let boxed = |open, parts: &[Shape], close: &str| Document::Box {
        open,
        items: parts.iter().map(document).collect(),
        close: close.to_owned(),
    };
    match shape {
        Shape::Keyword { spelled, .. } => Document::Word(spelled.clone()),
        Shape::Operand(name) => Document::Word(name.clone()),
        Shape::Literal(text) => Document::Word(format!("\"{text}\"")),
        Shape::Rest => Document::Word("rest".to_owned()),
        Shape::Fragment(name) => Document::Word(format!("({name})")),
        Shape::Sequence(parts) => Document::Row(parts.iter().map(document).collect()),
        Shape::Choice(parts) => boxed("{", parts, "}"),
        Shape::AnyOrder(parts) => boxed("<", parts, ">"),
        Shape::Optional(inner) => {
            if let Shape::Repeat(inner, most) = &**inner {
                boxed("[", inner.alternatives(), &format!("]{}", often(*most)))
            } else {
                boxed("[", inner.alternatives(), "]")
            }
        }
        Shape::Repeat(inner, most) => match document(inner) {
            Document::Word(word) => Document::Word(word + &often(*most)),
            Document::Row(_) | Document::Box { .. } => {
                boxed("{", inner.alternatives(), &format!("}}{}", often(*most)))
            }
        },
    }
}

fn often(most: u32) -> String {
    if most == u32::MAX { "...".to_owned() } else { format!("...(at most {most})") }
}

fn flat(document: &Document) -> String {
    let all = |parts: &[Document], between: &str| {
        parts.iter().map(flat).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    };
    match document {
        Document::Word(word) => word.clone(),
        Document::Row(parts) => all(parts, " "),
        Document::Box { open, items, close } => format!("{open}{}{close}", all(items, " | ")),
    }
}

fn lines(document: &Document, width: usize) -> Vec<String> {
    let one = flat(document);
    if one.chars().count() <= width {
        return vec![one];
    }
    match document {
        Document::Word(word) => vec![word.clone()],
        Document::Row(parts) => row(parts, width),
        Document::Box { open, items, close } => alternatives(open, items, close, width),
    }
}

/// Fills lines with what fits; what follows the first line stands further in.
fn row(parts: &[Document], width: usize) -> Vec<String> {
    let inner = width.saturating_sub(2);
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for part in parts {
        let one = flat(part);
        let size = one.chars().count();
        match out.last_mut() {
            Some(last) if open && last.chars().count() + 1 + size <= width => {
                last.push(' ');
                last.push_str(&one);
            }
            Some(_) if size <= inner => {
                out.push(format!("  {one}"));
                open = true;
            }
            Some(_) => {
                out.extend(lines(part, inner).into_iter().map(|line| format!("  {line}")));
                open = false;
            }
            None => {
                out = lines(part, width);
                open = out.len() == 1;
            }
        }
    }
    out
}

/// An alternative a line, but single words share lines.
fn alternatives(open: &str, items: &[Document], close: &str, width: usize) -> Vec<String> {
    let inner = width.saturating_sub(2 + 1 + close.chars().count());
    let mut out: Vec<String> = Vec::new();
    let mut words = false;
    for (number, item) in items.iter().enumerate() {
        let mark = if number == 0 { open } else { "|" };
        if let Document::Word(word) = item {
            if words
                && let Some(last) = out.last_mut()
                && last.chars().count() + 3 + word.chars().count() <= inner + 2
            {
                last.push_str(&format!(" | {word}"));
            } else {
                out.push(format!("{mark} {word}"));
            }
            words = true;
            continue;
        }
        words = false;
        for (at, line) in lines(item, inner).into_iter().enumerate() {
            out.push(format!("{} {line}", if at == 0 { mark } else { " " }));
        }
    }
    if let Some(last) = out.last_mut() {
        last.push(' ');
        last.push_str(close);
    }
    out
}
