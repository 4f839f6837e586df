//! Coverage in words.

use std::fmt::Write as _;

use super::{Coverage, Gap, StatementCount};

/// A table of statements, the places that were not understood, and the sum.
#[must_use]
pub fn render(coverage: &Coverage) -> String {
    let mut out = String::new();
    if !coverage.statements.is_empty() {
        table(&mut out, &coverage.statements);
    }
    if !coverage.gaps.is_empty() {
        out.push('\n');
    }
    for Gap { file, record, column, word, state, what } in &coverage.gaps {
        let _ = writeln!(out, "{file}:{record}:{column} {}: {word}: {what}", state.word());
    }
    let total = &coverage.total;
    if !coverage.statements.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "{} in {}: {} modelled, {} checked, {} recognised, {} unknown. Understood: {:.1} %, modelled: {:.1} %.",
        if total.statements == 1 {
            "1 statement".to_owned()
        } else {
            format!("{} statements", total.statements)
        },
        if coverage.files == 1 { "1 file".to_owned() } else { format!("{} files", coverage.files) },
        total.modelled,
        total.checked,
        total.recognised,
        total.unknown,
        coverage.understood_percent,
        coverage.modelled_percent,
    );
    out
}

fn table(out: &mut String, statements: &[StatementCount]) {
    let name = statements.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
    let count = statements.iter().map(|it| it.count.to_string().len()).max().unwrap_or(0);
    for statement in statements {
        let keywords: Vec<String> = statement
            .keywords
            .iter()
            .map(|keyword| {
                let unsure = if keyword.unconfirmed { "?" } else { "" };
                match keyword.count {
                    1 => format!("{}{unsure}", keyword.name),
                    count => format!("{}{unsure} ({count})", keyword.name),
                }
            })
            .collect();
        let line = format!(
            "{:<10}  {:>count$}  {:<name$}  {}",
            statement.state.word(),
            statement.count,
            statement.name,
            keywords.join(" ")
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
