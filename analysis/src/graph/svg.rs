//! The picture as SVG, drawn directly: stacks are columns, DVIPAs rows. Needs no other program and no network.

pub(super) mod marks;

use std::fmt::Write;

use super::layout::{CHAIN, EDGE, LEGEND, LINE, Layout};
use super::{Picture, Range, Row, State, words};
use crate::markup::escaped;
use marks::{legend, mark_chain, mark_service};

/// Colours and type, for light and dark.
pub(super) const STYLE: &str = include_str!("picture.css");

/// A picture of its own.
#[must_use]
pub fn render(picture: &Picture) -> String {
    let layout = Layout::of(picture);
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" \
         aria-labelledby=\"title description\" class=\"sysplex\">\n<title id=\"title\">{2}</title>\n\
         <desc id=\"description\">{3}</desc>\n<style>\n{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{0}\" height=\"{1}\"/>\n",
        layout.width,
        layout.height,
        escaped(&title(picture)),
        escaped(&description(picture))
    );
    lanes(&mut out, &layout);
    head(&mut out, picture, &layout);
    body(&mut out, picture, &layout);
    legend(&mut out, picture, layout.foot);
    out.push_str("</svg>\n");
    out
}

/// `Sysplex RETAIL, all stacks started`.
pub(super) fn title(picture: &Picture) -> String {
    format!("{}, {}", words::title(picture), picture.shows.join(", "))
}

/// The picture for those who cannot see it.
fn description(picture: &Picture) -> String {
    let mut out = words::summary(picture) + ".";
    for row in &picture.rows {
        out.push_str(&format!(" {}: {}.", words::addresses(row), words::row(picture, row).join("; ")));
    }
    out
}

/// Boxes of CPCs and systems, from the head down to the legend.
pub(super) fn lanes(out: &mut String, layout: &Layout) {
    for one in &layout.boxes {
        let (class, around) = if one.cpc { ("cpc", 8) } else { ("system", 2) };
        let bottom = if one.cpc { layout.foot } else { layout.foot - 6 };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>",
            one.left - around,
            one.top,
            one.right - one.left + 2 * around,
            bottom - one.top
        );
    }
}

/// Caption and names.
pub(super) fn head(out: &mut String, picture: &Picture, layout: &Layout) {
    text(out, "title", EDGE, 24, &words::title(picture));
    let shows = format!("{} · {}", words::summary(picture), picture.shows.join(", "));
    text(out, "small", EDGE, 43, &shows);
    names(out, picture, layout);
}

/// The names of CPCs, systems and stacks.
pub(super) fn names(out: &mut String, picture: &Picture, layout: &Layout) {
    for one in &layout.boxes {
        let class = if one.cpc { "strong middle" } else { "small middle" };
        text(out, class, (one.left + one.right) / 2, one.top + 18, &one.name);
    }
    for (place, stack) in picture.stacks.iter().enumerate() {
        let told = words::stack(picture, place).join("\n");
        let down = if stack.state == State::Joined { "" } else { " down" };
        let _ = write!(
            out,
            "<g class=\"stack{down}\" data-stack=\"{place}\"><title>{}\n{}</title>",
            escaped(&stack.name),
            escaped(&told)
        );
        let left = layout.columns.get(place).copied().unwrap_or(0);
        let _ = write!(
            out,
            "<rect class=\"hit\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"36\"/>",
            layout.stack_names, layout.column
        );
        text(out, "strong middle", layout.middle(place), layout.stack_names + 16, &stack.name);
        let below = match stack.state {
            State::Joined if picture.groups.len() > 1 => {
                picture.groups.get(stack.group).map_or("", String::as_str)
            }
            State::Joined | State::Apart | State::Down => words::state(stack.state),
        };
        text(out, "small middle", layout.middle(place), layout.stack_names + 32, below);
        out.push_str("</g>\n");
    }
}

/// Headings, rows and ranges.
pub(super) fn body(out: &mut String, picture: &Picture, layout: &Layout) {
    for (top, words) in &layout.headings {
        text(out, "heading", EDGE, top + 19, words);
    }
    for (place, (row, top)) in picture.rows.iter().zip(&layout.rows).enumerate() {
        one_row(out, picture, layout, place, row, *top);
    }
    for (place, (range, top)) in picture.ranges.iter().zip(&layout.ranges).enumerate() {
        one_range(out, picture, layout, place, range, *top);
    }
}

fn open(
    out: &mut String,
    layout: &Layout,
    id: &str,
    stacks: &[usize],
    told: &str,
    (top, height): (usize, usize),
) {
    let stacks: Vec<String> = stacks.iter().map(usize::to_string).collect();
    let _ = write!(
        out,
        "<g class=\"row\" data-row=\"{id}\" data-stacks=\"{}\"><title>{}</title>\
         <line class=\"rule\" x1=\"{EDGE}\" x2=\"{}\" y1=\"{top}\" y2=\"{top}\"/>\
         <rect class=\"hit\" x=\"0\" y=\"{top}\" width=\"{}\" height=\"{height}\"/>",
        stacks.join(" "),
        escaped(told),
        layout.width - EDGE,
        layout.width
    );
}

fn one_row(out: &mut String, picture: &Picture, layout: &Layout, place: usize, row: &Row, top: usize) {
    let name = words::addresses(row);
    let told = format!("{name}\n{}", words::row(picture, row).join("\n"));
    let height = CHAIN + LINE * row.services.len() + 8;
    open(out, layout, &format!("dvipa-{place}"), &row.stacks(), &told, (top, height));
    text(out, "strong", EDGE, top + 20, &cut(&name, layout.labels / 8));
    let y = top + 16;
    mark_chain(out, picture, layout, row, y);
    for (nth, service) in row.services.iter().enumerate() {
        let line = top + CHAIN + LINE * nth + 8;
        let label = words::service(picture, service);
        text(out, "small", EDGE + 16, line + 4, &cut(&label, layout.labels / 7));
        mark_service(out, layout, row, service, (y, line));
    }
    out.push_str("</g>\n");
}

fn one_range(out: &mut String, picture: &Picture, layout: &Layout, place: usize, range: &Range, top: usize) {
    let told = format!("{}\n{}", range.subnet, words::range(picture, range).join("\n"));
    let height = CHAIN + LINE * range.active.len() + 8;
    open(out, layout, &format!("range-{place}"), &range.stacks(), &told, (top, height));
    text(out, "strong", EDGE, top + 20, &range.subnet.to_string());
    for stack in range.stacks() {
        let left = layout.columns.get(stack).copied().unwrap_or(0);
        let _ = write!(
            out,
            "<rect class=\"range\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"7\"/>",
            left + 8,
            top + 9,
            layout.column - 16
        );
    }
    for (nth, (address, stack)) in range.active.iter().enumerate() {
        let line = top + CHAIN + LINE * nth + 8;
        text(out, "small", EDGE + 16, line + 4, &format!("{address} active"));
        let _ =
            write!(out, "<circle class=\"owner\" cx=\"{}\" cy=\"{line}\" r=\"7\"/>", layout.middle(*stack));
    }
    out.push_str("</g>\n");
}

/// One line of words; nothing where there are none.
fn text(out: &mut String, class: &str, x: usize, y: usize, words: &str) {
    if !words.is_empty() {
        let _ = write!(out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(words));
    }
}

/// At most so many characters.
fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let mut short: String = words.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Legend height, for a page that shows the legend by itself.
pub(super) const fn legend_height() -> usize {
    LEGEND
}
