//! The differences as tables, for a comment on a change or a ticket.

use super::text::{places, verdict};
use super::{Drift, Kind};

/// Heading of a kind.
const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Stack => "Stacks",
        Kind::Owner => "Owners of DVIPAs",
        Kind::Deactivated => "Deactivated DVIPAs",
        Kind::Dvipa => "VIPADEFINE and VIPABACKUP",
        Kind::Range => "VIPARANGE",
        Kind::Distribution => "VIPADISTRIBUTE",
        Kind::Route => "VIPAROUTE",
        Kind::Port => "PORT",
        Kind::Source => "SRCIP",
        Kind::Home => "Home addresses",
        Kind::Setting => "Settings",
        Kind::StaticRoute => "Static routes",
        Kind::Device => "Devices and interfaces",
    }
}

/// Renders them, with a line end behind it.
#[must_use]
pub fn render(drift: &Drift) -> String {
    let mut out = format!("## {}: {}\n", cell(&drift.sysplex), verdict(drift));
    let mut last = None;
    for one in &drift.differences {
        if last != Some(one.kind) {
            last = Some(one.kind);
            out.push_str(&format!(
                "\n### {}\n\n| Difference | What to do | Where |\n| --- | --- | --- |\n",
                title(one.kind)
            ));
        }
        out.push_str(&format!("| {} | {} | {} |\n", cell(&one.message), cell(&one.help), cell(&places(one))));
    }
    out.push_str("\n### Compared\n\n| Stack | Compared | Not captured |\n| --- | --- | --- |\n");
    for one in &drift.compared {
        out.push_str(&format!(
            "| {} | {} | {} |\n",
            cell(&one.stack),
            one.reports.join(", "),
            one.missing.join(", ")
        ));
    }
    out
}

/// Text that ends no cell and starts no markup.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '|' | '*' | '_' | '<' | '`' | '\\') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
