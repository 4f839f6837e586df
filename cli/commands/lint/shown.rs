//! `--show-settings`: what the settings are, and where each comes from.

use compiler::Snapshot;
use compiler::description::{Description, Spanned};

use crate::args::LintArgs;
use clap::ValueEnum;

/// Name, value and origin of a setting.
type Row = (String, String, String);

/// The settings of one sysplex as a table. `toml` is the path of its description as it is shown.
pub fn settings(args: &LintArgs, snapshot: &Snapshot, toml: Option<&str>) -> String {
    let description = snapshot.description();
    let rows = rows(args, description, &|start| {
        let source = toml.and_then(|_| snapshot.description_source());
        let record = source.map_or(1, |source| source.position(u32::try_from(start).unwrap_or(0)).record);
        format!("{}:{record}", toml.unwrap_or("sysplex.toml"))
    });
    let width =
        |part: fn(&Row) -> &String| rows.iter().map(|row| part(row).chars().count()).max().unwrap_or(0);
    let (first, second) = (width(|row| &row.0), width(|row| &row.1));
    let head =
        toml.map_or_else(|| "profiles without a sysplex.toml\n".to_owned(), |path| format!("{path}\n"));
    let line = |(name, value, from): &Row| format!("  {name:<first$}  {value:<second$}  {from}\n");
    head + &rows.iter().map(line).collect::<String>()
}

fn rows(args: &LintArgs, description: &Description, place: &dyn Fn(usize) -> String) -> Vec<Row> {
    let default = || "default".to_owned();
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |name: &str, option: Option<String>, said: Option<(String, usize)>, otherwise: &str| {
        let (value, from) = match (option, said) {
            (Some(value), _) => (value, format!("--{name}")),
            (None, Some((value, start))) => (value, place(start)),
            (None, None) => (otherwise.to_owned(), default()),
        };
        rows.push((name.to_owned(), value, from));
    };
    let files = &description.files;
    let lint = &description.lint;
    // What the command line overrides is in the description already, without a place.
    let sysplex = &description.sysplex;
    add("dialect", named(args.dialect), said(sysplex.dialect.as_ref(), word), "zos");
    add(
        "release",
        args.release.map(|release| release.to_string()),
        said(sysplex.release.as_ref(), ToString::to_string),
        "3.1",
    );
    add("encoding", named(args.form.encoding), said(files.encoding.as_ref(), word), "auto");
    add("records", named(args.form.records), said(files.records.as_ref(), word), "auto");
    add("preset", named(args.levels.preset), said(lint.preset.as_ref(), word), "default");
    add("fail-level", named(args.fail_level), said(lint.fail_level.as_ref(), word), "error");
    add("min-confidence", named(args.levels.min_confidence), None, "unconfirmed");
    let listed = |names: &[String]| (!names.is_empty()).then(|| names.join(","));
    add("select", listed(&args.select), None, "all of the preset");
    add("ignore", listed(&args.ignore), None, "none");
    add("baseline", args.baseline.baseline.clone(), None, "none");
    for stack in &description.stacks {
        if let Some(release) = stack.release.as_ref().filter(|_| args.release.is_none()) {
            let name = format!("release of {}", stack.name.value);
            rows.push((name, release.value.to_string(), place(release.span.start)));
        }
    }
    for setting in &lint.rules {
        rows.push((setting.rule.value.clone(), word(&setting.level.value), place(setting.rule.span.start)));
    }
    for entry in &lint.per_file {
        let rules: Vec<&str> = entry.ignore.iter().map(|rule| rule.value.as_str()).collect();
        let name = format!("ignored in {}", entry.glob.value);
        rows.push((name, rules.join(","), place(entry.glob.span.start)));
    }
    rows
}

/// The word that the command line has for a value.
fn named<V: ValueEnum>(value: Option<V>) -> Option<String> {
    Some(value?.to_possible_value()?.get_name().to_owned())
}

fn said<V>(value: Option<&Spanned<V>>, word: impl Fn(&V) -> String) -> Option<(String, usize)> {
    value.map(|value| (word(&value.value), value.span.start))
}

/// The words of `sysplex.toml` are the names of the values in lower case, but for code pages.
fn word(value: &impl std::fmt::Debug) -> String {
    match format!("{value:?}").as_str() {
        "Utf8" => "utf-8".to_owned(),
        "Ibm1047" => "ibm-1047".to_owned(),
        "Ibm037" => "ibm-037".to_owned(),
        other => other.to_ascii_lowercase(),
    }
}
