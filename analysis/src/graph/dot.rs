//! The picture in the language of Graphviz: `vipa graph --format dot | dot -Tsvg`.

use std::fmt::Write;

use super::{Picture, State, edges, words};

/// The graph.
#[must_use]
pub fn render(picture: &Picture) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&picture.sysplex));
    let label = format!("{}\n{}", words::summary(picture), picture.shows.join(", "));
    let _ = write!(
        out,
        "  rankdir=LR;\n  newrank=true;\n  label={};\n  labelloc=t;\n  fontname=\"Helvetica\";\n\
         \x20 node [fontname=\"Helvetica\", fontsize=11];\n  edge [fontname=\"Helvetica\", fontsize=9];\n",
        quoted(&label)
    );
    for (nth, (cpc, systems)) in edges::nested(picture).into_iter().enumerate() {
        let inner = if let Some(cpc) = cpc {
            let name = quoted(&words::cpc(cpc));
            let _ = writeln!(out, "  subgraph cluster_cpc{nth} {{\n    label={name};\n    style=rounded;");
            "    "
        } else {
            "  "
        };
        for (system, places) in systems {
            let first = places.first().copied().unwrap_or(0);
            let _ = writeln!(
                out,
                "{inner}subgraph cluster_system{first} {{\n{inner}  label={};\n{inner}  style=\"rounded,dashed\";",
                quoted(system)
            );
            for place in places {
                stack(&mut out, picture, place, inner);
            }
            let _ = writeln!(out, "{inner}}}");
        }
        if cpc.is_some() {
            out.push_str("  }\n");
        }
    }
    rows(&mut out, picture);
    ranges(&mut out, picture);
    out.push_str("}\n");
    out
}

fn stack(out: &mut String, picture: &Picture, place: usize, inner: &str) {
    let Some(column) = picture.stacks.get(place) else { return };
    let mut lines = vec![column.name.clone()];
    if picture.groups.len() > 1 {
        lines.extend(picture.groups.get(column.group).cloned());
    }
    let style = match column.state {
        State::Joined => "",
        State::Apart | State::Down => {
            lines.push(words::state(column.state).to_owned());
            ", style=dashed, fontcolor=gray40"
        }
    };
    let _ = writeln!(out, "{inner}  stack{place} [shape=box, label={}{style}];", quoted(&lines.join("\n")));
}

fn rows(out: &mut String, picture: &Picture) {
    for (nth, row) in picture.rows.iter().enumerate() {
        let node = edges::node(picture, row);
        let _ = writeln!(out, "  dvipa{nth} [shape=ellipse, label={}];", quoted(&node.lines.join("\n")));
        for owner in &row.part.owners {
            let label = quoted(&edges::owner(row, *owner));
            let _ = writeln!(out, "  dvipa{nth} -> stack{owner} [penwidth=2, label={label}];");
        }
        for definer in row.part.definers.iter().filter(|definer| !row.part.owners.contains(definer)) {
            let _ = writeln!(out, "  dvipa{nth} -> stack{definer} [style=dotted, label=\"VIPADEFINE\"];");
        }
        for (turn, stacks, rank) in row.part.turns() {
            for stack in stacks {
                let _ = writeln!(
                    out,
                    "  dvipa{nth} -> stack{stack} [style=dashed, label=\"backup {turn} (rank {rank})\"];"
                );
            }
        }
        for (goal, label) in node.arrows {
            let _ = writeln!(
                out,
                "  dvipa{nth} -> stack{} [color=\"#2c7a4b\", arrowhead=vee, label={}];",
                goal.stack,
                quoted(&label)
            );
        }
    }
}

fn ranges(out: &mut String, picture: &Picture) {
    for (nth, range) in picture.ranges.iter().enumerate() {
        let mut lines = vec![range.subnet.to_string(), "application range".to_owned()];
        lines.extend(range.active.iter().filter_map(|(address, place)| {
            Some(format!("{address} on {}", picture.stacks.get(*place)?.name))
        }));
        let _ = writeln!(out, "  range{nth} [shape=hexagon, label={}];", quoted(&lines.join("\n")));
        for stack in range.stacks() {
            let _ = writeln!(out, "  range{nth} -> stack{stack} [dir=none, color=\"#8a5a12\"];");
        }
    }
}

/// A string of DOT; line ends stay line ends in a label.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
