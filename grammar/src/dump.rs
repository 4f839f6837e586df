//! The tree as text, for tests and for the editor's view of it.

use std::fmt::Write as _;

use crate::parse::Parsed;
use crate::tree::{EventKind, Section};

/// One line a statement, group and token, indented; then the mistakes.
#[must_use]
pub fn dump(parsed: &Parsed) -> String {
    let mut out = String::new();
    for placed in &parsed.sections {
        let _ = writeln!(out, "section at {}", placed.start);
        dump_section(&mut out, &placed.section);
    }
    out
}

fn dump_section(out: &mut String, section: &Section) {
    for view in section.views() {
        let indent = if view.stmt.parent.is_some() { "    " } else { "  " };
        let known = if view.stmt.known { "" } else { " ?" };
        let _ = writeln!(out, "{indent}{}{known} `{}`", view.name(), section.text_of(view.stmt.name));
        let mut depth = 1;
        for event in
            section.events.get(view.stmt.events.0 as usize..view.stmt.events.1 as usize).unwrap_or(&[])
        {
            let name = view.desc().and_then(|desc| desc.slot_desc(event.slot)).map_or("", |slot| slot.name);
            let pad = "  ".repeat(depth);
            match event.kind {
                EventKind::Token => {
                    let _ = writeln!(out, "{indent}{pad}{name} `{}`", section.text_of(event.span));
                }
                EventKind::Open => {
                    let _ = writeln!(out, "{indent}{pad}{name}:");
                    depth += 1;
                }
                EventKind::Close => depth = depth.saturating_sub(1).max(1),
                EventKind::Bad => {
                    let _ = writeln!(out, "{indent}{pad}(bad)");
                }
            }
        }
    }
    for error in &section.errors {
        let _ = writeln!(out, "  ! {} `{}` {:?}", error.stmt, section.text_of(error.span), error.kind);
    }
}
