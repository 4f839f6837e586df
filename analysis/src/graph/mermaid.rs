//! The picture in the language of Mermaid, for Markdown pages that draw it.

use std::fmt::Write;

use super::{Picture, State, edges, words};

/// What Mermaid refuses beyond, unless its page is set up otherwise: characters, and arrows.
const CHARACTERS: usize = 50_000;
const ARROWS: usize = 500;

/// The flowchart.
#[must_use]
pub fn render(picture: &Picture) -> String {
    let mut body = String::new();
    stacks(&mut body, picture);
    let arrows = rows(&mut body, picture) + ranges(&mut body, picture);
    let mut out = format!(
        "flowchart LR\n  accTitle: {}\n  accDescr: {}, {}\n",
        plain(&words::title(picture)),
        plain(&words::summary(picture)),
        plain(&picture.shows.join(", "))
    );
    if arrows > ARROWS || body.len() > CHARACTERS {
        let _ = writeln!(
            out,
            "  %% {arrows} arrows, {} characters: Mermaid draws {ARROWS} and {CHARACTERS} unless maxEdges and maxTextSize say more; --stack and --dvipa show a part",
            body.len()
        );
    }
    out.push_str(&body);
    out
}

fn stacks(out: &mut String, picture: &Picture) {
    for (nth, (cpc, systems)) in edges::nested(picture).into_iter().enumerate() {
        if let Some(cpc) = cpc {
            let _ = writeln!(out, "  subgraph cpc{nth}[{}]", quoted(&words::cpc(cpc)));
        }
        for (system, places) in systems {
            let first = places.first().copied().unwrap_or(0);
            let _ = writeln!(out, "  subgraph system{first}[{}]", quoted(system));
            for (place, column) in
                places.iter().filter_map(|place| Some((place, picture.stacks.get(*place)?)))
            {
                let mut lines = vec![column.name.clone()];
                if picture.groups.len() > 1 {
                    lines.extend(picture.groups.get(column.group).cloned());
                }
                if column.state != State::Joined {
                    lines.push(words::state(column.state).to_owned());
                }
                let _ = writeln!(out, "    stack{place}[{}]", quoted(&lines.join("\n")));
            }
            out.push_str("  end\n");
        }
        if cpc.is_some() {
            out.push_str("  end\n");
        }
    }
}

/// How many arrows were drawn.
fn rows(out: &mut String, picture: &Picture) -> usize {
    let mut arrows = 0;
    for (nth, row) in picture.rows.iter().enumerate() {
        let node = edges::node(picture, row);
        let _ = writeln!(out, "  dvipa{nth}([{}])", quoted(&node.lines.join("\n")));
        let mut arrow = |kind: &str, label: &str, stack: usize| {
            arrows += 1;
            let _ = writeln!(out, "  dvipa{nth} {kind}|{}| stack{stack}", quoted(label));
        };
        for owner in &row.part.owners {
            arrow("==>", &edges::owner(row, *owner), *owner);
        }
        for definer in row.part.definers.iter().filter(|definer| !row.part.owners.contains(definer)) {
            arrow("-.->", "VIPADEFINE", *definer);
        }
        for (turn, stacks, rank) in row.part.turns() {
            for stack in stacks {
                arrow("-.->", &format!("backup {turn} (rank {rank})"), stack);
            }
        }
        for (goal, label) in node.arrows {
            arrow("-->", &label, goal.stack);
        }
    }
    arrows
}

fn ranges(out: &mut String, picture: &Picture) -> usize {
    let mut arrows = 0;
    for (nth, range) in picture.ranges.iter().enumerate() {
        let mut lines = vec![range.subnet.to_string(), "application range".to_owned()];
        lines.extend(range.active.iter().filter_map(|(address, place)| {
            Some(format!("{address} on {}", picture.stacks.get(*place)?.name))
        }));
        let _ = writeln!(out, "  range{nth}{{{{{}}}}}", quoted(&lines.join("\n")));
        for stack in range.stacks() {
            arrows += 1;
            let _ = writeln!(out, "  range{nth} --- stack{stack}");
        }
    }
    arrows
}

/// A label: Mermaid knows character references, and a line end is a tag.
fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text).replace('"', "#quot;").replace('\n', "<br>"))
}

/// What begins a comment, an entity or a tag is written as a reference.
fn plain(text: &str) -> String {
    text.replace('#', "#35;").replace('<', "#lt;").replace('>', "#gt;").replace('%', "#37;")
}
