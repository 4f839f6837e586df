//! The marks of a row: discs for who has an address and who takes it over, squares for targets. Shape and number say what
//! colour says, too.

use std::fmt::Write;

use runtime_model::model::Standby;

use super::text;
use crate::graph::layout::{EDGE, Layout};
use crate::graph::{Picture, Row, Service, State};

/// Owner, backups with their turn and rank, definers that do not have it, and the line through all of them.
pub(super) fn mark_chain(out: &mut String, picture: &Picture, layout: &Layout, row: &Row, y: usize) {
    let part = &row.part;
    let backups = part.backups.iter().map(|(stack, _)| *stack);
    let all: Vec<usize> = part.owners.iter().chain(&part.definers).copied().chain(backups).collect();
    if let (Some(first), Some(last)) = (all.iter().min(), all.iter().max()) {
        let (left, right) = (layout.middle(*first), layout.middle(*last));
        if first != last {
            let _ = write!(out, "<line class=\"chain\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>");
        }
        if part.owners.is_empty() {
            text(out, "none", layout.middle(*first) + 14, y - 4, "no owner");
        }
    }
    for definer in part.definers.iter().filter(|definer| !part.owners.contains(definer)) {
        let x = layout.middle(*definer);
        let _ = write!(out, "<circle class=\"absent\" cx=\"{x}\" cy=\"{y}\" r=\"10\"/>");
        text(out, "gone", x, y + 4, "D");
    }
    for (turn, stacks, _) in part.turns() {
        for stack in stacks {
            let x = layout.middle(stack);
            let joined = picture.stacks.get(stack).is_some_and(|column| column.state == State::Joined);
            let down = if joined { "" } else { " down" };
            let _ = write!(out, "<circle class=\"backup{down}\" cx=\"{x}\" cy=\"{y}\" r=\"10\"/>");
            text(out, &format!("turn{down}"), x, y + 4, &turn.to_string());
        }
    }
    for (stack, rank) in &part.backups {
        text(out, "small", layout.middle(*stack) + 14, y - 3, &rank.to_string());
    }
    for owner in &part.owners {
        let _ = write!(out, "<circle class=\"owner\" cx=\"{}\" cy=\"{y}\" r=\"10\"/>", layout.middle(*owner));
    }
}

/// Targets, and the line from the owner to them. `chain` and `line` are the heights of owner and targets.
pub(super) fn mark_service(
    out: &mut String,
    layout: &Layout,
    row: &Row,
    service: &Service,
    (chain, line): (usize, usize),
) {
    if service.targets.is_empty() {
        let x = row.part.owners.first().map_or(layout.labels + EDGE, |owner| layout.middle(*owner));
        text(out, "none", x + 14, line + 4, "no target in the group");
        return;
    }
    let stacks = service.targets.iter().map(|goal| goal.stack).chain(row.part.owners.iter().copied());
    let all: Vec<usize> = stacks.collect();
    if let (Some(first), Some(last)) = (all.iter().min(), all.iter().max()) {
        let _ = write!(
            out,
            "<line class=\"spread\" x1=\"{}\" x2=\"{}\" y1=\"{line}\" y2=\"{line}\"/>",
            layout.middle(*first),
            layout.middle(*last)
        );
    }
    for owner in &row.part.owners {
        let x = layout.middle(*owner);
        let _ =
            write!(out, "<line class=\"spread\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{line}\"/>", chain + 11);
    }
    for goal in &service.targets {
        let x = layout.middle(goal.stack);
        let (class, beside) = match (goal.standby, goal.weight) {
            (Some(Standby::Backup(rank)), _) => ("standby", rank.to_string()),
            (Some(Standby::Preferred) | None, None) => ("target", String::new()),
            (Some(Standby::Preferred) | None, Some(weight)) => ("target", format!("× {weight}")),
        };
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"12\" height=\"12\" rx=\"2\"/>",
            x - 6,
            line - 6
        );
        text(out, "small", x + 9, line - 3, &beside);
    }
}

/// What the marks mean, those that the picture has.
pub(in crate::graph) fn legend(out: &mut String, picture: &Picture, top: usize) {
    let y = top + 22;
    let mut x = EDGE + 10;
    let mut entry = |mark: &dyn Fn(usize) -> String, words: &str| {
        out.push_str(&mark(x));
        text(out, "small", x + 16, y + 4, words);
        x += 16 + words.chars().count() * 62 / 10 + 26;
    };
    let disc = |class: &str, letter: &str, kind: &str| {
        let (class, letter, kind) = (class.to_owned(), letter.to_owned(), kind.to_owned());
        move |x: usize| {
            let mut mark = format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"9\"/>");
            text(&mut mark, &kind, x, y + 4, &letter);
            mark
        }
    };
    let square = |class: &'static str| {
        move |x: usize| {
            let (left, top) = (x - 6, y - 6);
            format!("<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"12\" height=\"12\" rx=\"2\"/>")
        }
    };
    let any_row = |has: &dyn Fn(&Row) -> bool| picture.rows.iter().any(has);
    let any_goal = |has: &dyn Fn(Option<Standby>) -> bool| {
        let services = picture.rows.iter().flat_map(|row| &row.services);
        services.flat_map(|service| &service.targets).any(|goal| has(goal.standby))
    };
    if !picture.rows.is_empty() {
        entry(&disc("owner", "", "turn"), "owner");
    }
    if any_row(&|row| !row.part.backups.is_empty()) {
        entry(&disc("backup", "1", "turn"), "backup: turn and rank");
    }
    if any_row(&|row| row.part.definers.iter().any(|definer| !row.part.owners.contains(definer))) {
        entry(&disc("absent", "D", "gone"), "defined, not active");
    }
    if any_goal(&|standby| !matches!(standby, Some(Standby::Backup(_)))) {
        entry(&square("target"), "target");
    }
    if any_goal(&|standby| matches!(standby, Some(Standby::Backup(_)))) {
        entry(&square("standby"), "standby target, rank");
    }
    if !picture.ranges.is_empty() {
        entry(&square("range"), "application range");
    }
}
