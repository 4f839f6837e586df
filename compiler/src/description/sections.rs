//! The document and its single sections.

use std::collections::BTreeSet;

use runtime_model::Assumption as Known;
use toml::de::{DeTable, DeValue};

use super::includes::data_set_name;
use super::nearest::listed;
use super::reader::{Reader, Section, Value, scalar};
use super::stacks;
use super::values::{
    CLUSTERPORTS_ADDED, DIALECTS, ENCODINGS, FAIL_LEVELS, FILES_KEYS, LINT_KEYS, MODEL_KEYS, PER_FILE_KEYS,
    POLARITIES, PORTS, PRESETS, RECORDS, RULE_LEVELS, SYSPLEX_KEYS, TOP_KEYS,
};
use super::{
    AddressEntry, Assumption, Description, DescriptionFinding, FilesSection, IncludeEntry, LintSection,
    ModelSection, PerFileEntry, RULE_SYNTAX, RULE_UNKNOWN_KEY, RULE_VALUE, Release, RuleSetting, Spanned,
    SysplexSection,
};

/// See [`Description::parse`].
pub(super) fn parse(text: &str) -> (Description, Vec<DescriptionFinding>) {
    // The TOML grammar knows no byte order mark, but editors on Windows write one. Blanks keep all offsets as
    // they are.
    let without_mark = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let text = without_mark.as_deref().unwrap_or(text);
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::default();
    for error in &errors {
        let end = text.len();
        let span = error.span().unwrap_or(end..end);
        let span = span.start.min(end)..span.end.clamp(span.start.min(end), end);
        let message = syntax_message(error.message(), text.get(span.clone()).unwrap_or(""));
        reader.report(RULE_SYNTAX, span, message, &[]);
    }
    let top = Section { table: document.get_ref(), name: "", span: 0..0 };
    reader.unknown_keys(&top, TOP_KEYS);
    let description = document_of(&mut reader, &top, errors.is_empty());
    let mut findings = without_echoes(text, reader.findings);
    for finding in &mut findings {
        finding.message = one_line(&finding.message);
    }
    findings.sort_by(|a, b| (a.span.start, a.span.end, a.rule).cmp(&(b.span.start, b.span.end, b.rule)));
    (description, findings)
}

/// What the TOML reader says, with the token named where it does not name it.
fn syntax_message(said: &str, token: &str) -> String {
    let said = said.replace('\n', " ");
    let word =
        !token.is_empty() && token.chars().all(|char| char.is_ascii_alphanumeric() || ".:-_/".contains(char));
    if said.starts_with("duplicate key") {
        format!("not TOML: `{token}` stands here a second time")
    } else if word
        && ["invalid boolean", "string values must be quoted"].iter().any(|about| said.starts_with(about))
    {
        format!("not TOML: `{token}` is no value; if it is text, write {token:?}")
    } else {
        format!("not TOML: {said}")
    }
}

/// Keys and values may be of any length and have line ends in them; a message is one line to read.
fn one_line(message: &str) -> String {
    const LONGEST: usize = 300;
    let mut line = String::new();
    for char in message.chars().take(LONGEST) {
        if char.is_control() {
            line.extend(char.escape_default());
        } else {
            line.push(char);
        }
    }
    if message.chars().nth(LONGEST).is_some() {
        line.push('\u{2026}');
    }
    line
}

/// Leaves out what only follows from broken syntax: findings in a line that is broken, about values that the
/// TOML reader put in for missing ones (they have no place), and keys outside any section, whose header may
/// be broken.
fn without_echoes(text: &str, findings: Vec<DescriptionFinding>) -> Vec<DescriptionFinding> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let line = |at: usize| ends.partition_point(|end| *end < at);
    let broken: BTreeSet<usize> =
        findings.iter().filter(|one| one.rule == RULE_SYNTAX).map(|one| line(one.span.start)).collect();
    let echo = |one: &DescriptionFinding| {
        let outside = one.rule == RULE_UNKNOWN_KEY && one.message.contains("in sysplex.toml");
        broken.contains(&line(one.span.start)) || one.span.is_empty() || outside
    };
    if broken.is_empty() {
        return findings;
    }
    findings.into_iter().filter(|one| one.rule == RULE_SYNTAX || !echo(one)).collect()
}

/// `whole` is false when the text is broken: what is missing may be in what could not be read, so it is not
/// reported.
fn document_of(reader: &mut Reader, top: &Section<'_, '_>, whole: bool) -> Description {
    let mut description = Description::default();
    if let Some(section) = top.get("sysplex").and_then(|value| reader.table("[sysplex]", value)) {
        description.sysplex = sysplex(reader, &section);
    }
    description.stacks = stacks::stacks(reader, top.get("stack"), whole);
    description.jobs = stacks::jobs(reader, top.get("job"), &description.stacks, whole);
    if let Some(section) = top.get("files").and_then(|value| reader.table("[files]", value)) {
        description.files = files(reader, &section);
    }
    if let Some(section) = top.get("addresses").and_then(|value| reader.table("[addresses]", value)) {
        description.addresses = addresses(reader, &section);
    }
    if let Some(section) = top.get("model").and_then(|value| reader.table("[model]", value)) {
        reader.unknown_keys(&section, MODEL_KEYS);
        description.model = ModelSection {
            ports: reader.word(&section, "ports", PORTS),
            polarity: reader.word(&section, "polarity", POLARITIES),
            stack_structures: reader.boolean(&section, "stack-structures"),
            clusterports_added: reader.word(&section, "clusterports-added", CLUSTERPORTS_ADDED),
        };
    }
    if let Some(section) = top.get("assumptions").and_then(|value| reader.table("[assumptions]", value)) {
        description.assumptions = assumptions(reader, &section);
    }
    if let Some(section) = top.get("lint").and_then(|value| reader.table("[lint]", value)) {
        description.lint = lint(reader, &section);
    }
    description
}

fn sysplex(reader: &mut Reader, section: &Section<'_, '_>) -> SysplexSection {
    reader.unknown_keys(section, SYSPLEX_KEYS);
    SysplexSection {
        name: reader.text(section, "name"),
        dialect: reader.word(section, "dialect", DIALECTS),
        release: release(reader, section),
        includes: includes(reader, section),
    }
}

/// `release` of a section; a number in place of a text is reported and used.
pub(super) fn release(reader: &mut Reader, section: &Section<'_, '_>) -> Option<Spanned<Release>> {
    let value = section.get("release")?;
    let name = format!("`release` of {}", section.name);
    let before = reader.text_of(&name, value).map(|text| text.value);
    let text = before.clone().or_else(|| scalar(value.get_ref()))?;
    if let Some(release) = Release::parse(&text) {
        return Some(Spanned::new(release, value.span()));
    }
    if before.is_some() {
        let all: Vec<String> = Release::ALL.iter().map(Release::to_string).collect();
        let all = super::nearest::listed(all.iter().map(String::as_str));
        reader.value(value.span(), format!("{name} is {text:?}, but must be {all}"));
    }
    None
}

/// `includes` of a section.
pub(super) fn includes(reader: &mut Reader, section: &Section<'_, '_>) -> Vec<IncludeEntry> {
    let pairs = reader.text_map(section, "includes");
    pairs
        .into_iter()
        .map(|(key, path)| IncludeEntry { data_set: Spanned::new(data_set_name(&key.value), key.span), path })
        .collect()
}

fn files(reader: &mut Reader, section: &Section<'_, '_>) -> FilesSection {
    reader.unknown_keys(section, FILES_KEYS);
    let mut globs = |key| {
        let globs = reader.texts(section, key);
        for glob in &globs {
            check_glob(reader, glob);
        }
        globs
    };
    FilesSection {
        profile: globs("profile"),
        obeyfile: globs("obeyfile"),
        include: globs("include"),
        ignore: globs("ignore"),
        encoding: reader.word(section, "encoding", ENCODINGS),
        records: reader.word(section, "records", RECORDS),
    }
}

fn check_glob(reader: &mut Reader, glob: &Spanned<String>) {
    if let Err(error) = globset::Glob::new(&glob.value) {
        let message = format!("{:?} is no glob: {}", glob.value, error.kind());
        reader.value(glob.span.clone(), message);
    }
}

fn addresses(reader: &mut Reader, section: &Section<'_, '_>) -> Vec<AddressEntry> {
    let mut addresses: Vec<AddressEntry> = Vec::new();
    for (key, value) in section.entries() {
        let Some(text) = reader.text_of(&format!("`{}` of [addresses]", key.value), value) else { continue };
        let name = Spanned::new(key.value.to_ascii_uppercase(), key.span);
        if let Some(first) = addresses.iter().find(|entry| entry.name.value == name.value) {
            let related = vec![("the first".to_owned(), first.name.span.clone())];
            let message =
                format!("`{}` has an address already: names are the same in upper and lower case", key.value);
            reader.findings.push(DescriptionFinding {
                rule: RULE_VALUE,
                message,
                span: name.span,
                related,
                notes: Vec::new(),
            });
            continue;
        }
        match text.value.parse() {
            Ok(address) => addresses.push(AddressEntry { name, address: Spanned::new(address, text.span) }),
            Err(_) => {
                let message = format!(
                    "`{}` is {:?}, which is no address: write one like 203.0.113.1 or 2001:db8::1, without mask or prefix",
                    key.value, text.value
                );
                reader.value(text.span, message);
            }
        }
    }
    addresses
}

fn assumptions(reader: &mut Reader, section: &Section<'_, '_>) -> Vec<Assumption> {
    let names: Vec<&str> = Known::ALL.iter().map(|known| known.name()).collect();
    reader.unknown_keys(section, &names);
    let mut assumptions = Vec::new();
    for (name, value) in section.entries() {
        let known = Known::ALL.iter().find(|known| known.name() == name.value);
        match scalar(value.get_ref()) {
            Some(answer) if known.is_some_and(|known| known.answer(&answer).is_none()) => {
                let answers = known.map_or(&[][..], |known| known.answers());
                let possible = if answers.is_empty() {
                    "the model knows only one answer to it: take the line out".to_owned()
                } else {
                    format!("must be {}", listed(answers.iter().copied()))
                };
                reader.value(
                    value.span(),
                    format!("`{}` of [assumptions] is {answer:?}, but {possible}", name.value),
                );
            }
            Some(answer) => assumptions.push(Assumption { name, answer: Spanned::new(answer, value.span()) }),
            // Says what is wrong with it.
            None => {
                reader.text_of(&format!("`{}` of [assumptions]", name.value), value);
            }
        }
    }
    assumptions
}

fn lint(reader: &mut Reader, section: &Section<'_, '_>) -> LintSection {
    reader.unknown_keys(section, LINT_KEYS);
    let mut lint = LintSection {
        preset: reader.word(section, "preset", PRESETS),
        fail_level: reader.word(section, "fail-level", FAIL_LEVELS),
        ..LintSection::default()
    };
    if let Some(rules) = section.get("rules").and_then(|value| reader.table("[lint.rules]", value)) {
        for (rule, value) in rules.entries() {
            let name = format!("`{}` of [lint.rules]", rule.value);
            if let Some(level) = reader.word_of(&name, value, RULE_LEVELS) {
                lint.rules.push(RuleSetting { rule, level });
            }
        }
    }
    if let Some(files) = section.get("per-file").and_then(|value| reader.table("[lint.per-file]", value)) {
        for (glob, value) in files.entries() {
            check_glob(reader, &glob);
            lint.per_file.extend(per_file(reader, glob, value));
        }
    }
    lint
}

fn per_file(reader: &mut Reader, glob: Spanned<String>, value: &Value<'_>) -> Option<PerFileEntry> {
    let name = format!("{:?} of [lint.per-file]", glob.value);
    if matches!(value.get_ref(), DeValue::Array(_) | DeValue::String(_)) {
        reader.value(value.span(), format!("{name} must be a table: write {{ ignore = [\"rule-name\"] }}"));
        return None;
    }
    let section = reader.table(&name, value)?;
    reader.unknown_keys(&section, PER_FILE_KEYS);
    let ignore = reader.texts(&section, "ignore");
    Some(PerFileEntry { glob, ignore })
}
