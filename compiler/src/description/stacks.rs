//! `[[stack]]` and `[[job]]`.

use std::ops::Range;

use toml::de::DeValue;

use super::nearest::{listed, nearest};
use super::reader::{Reader, Section, Value};
use super::sections::{includes, release};
use super::values::{JOB_KEYS, STACK_KEYS, name_mistake, symbol_mistake, symbol_text_length};
use super::{
    DescriptionFinding, JobEntry, RULE_STACK_TWICE, RULE_UNKNOWN_STACK, RULE_VALUE, Spanned, StackEntry,
};

/// All stacks; those without a name and the second ones of a name are reported and left out.
pub(super) fn stacks(reader: &mut Reader, value: Option<&Value<'_>>, whole: bool) -> Vec<StackEntry> {
    let mut stacks: Vec<StackEntry> = Vec::new();
    let mut any = false;
    for (value, span) in entries(reader, "stack", value) {
        any = true;
        let Some(section) = reader.table("[[stack]]", value) else { continue };
        let section = Section { span, ..section };
        let Some(stack) = stack(reader, &section, whole) else { continue };
        let Some(first) = stacks.iter().find(|first| first.name.value == stack.name.value) else {
            stacks.push(stack);
            continue;
        };
        let name = &stack.name.value;
        reader.findings.push(DescriptionFinding {
            rule: RULE_STACK_TWICE,
            message: format!(
                "stack {name} is described twice: give the second one another name, or remove it"
            ),
            span: stack.name.span.clone(),
            related: vec![(format!("stack {name} is first described here"), first.name.span.clone())],
            notes: vec!["the second description is not used".to_owned()],
        });
    }
    if !any && whole {
        let message = "no stack is described: add [[stack]] with a name and a profile".to_owned();
        reader.report(
            RULE_VALUE,
            0..0,
            message,
            &["[[stack]]\nname = \"TCPIP1\"\nprofile = \"mvs1.profile\"".to_owned()],
        );
    }
    stacks
}

/// All jobs that have a name.
pub(super) fn jobs(
    reader: &mut Reader,
    value: Option<&Value<'_>>,
    stacks: &[StackEntry],
    whole: bool,
) -> Vec<JobEntry> {
    let mut jobs = Vec::new();
    for (value, span) in entries(reader, "job", value) {
        let Some(section) = reader.table("[[job]]", value) else { continue };
        let section = Section { span: span.clone(), ..section };
        reader.unknown_keys(&section, JOB_KEYS);
        let user = z_name(reader, &section, "user", true);
        let named: Vec<Spanned<String>> = reader.texts(&section, "stacks").into_iter().map(upper).collect();
        let Some(name) = needed_name(reader, &section, whole) else { continue };
        let names = || stacks.iter().map(|stack| stack.name.value.as_str());
        let mut known = Vec::new();
        for stack in named {
            if names().any(|name| name == stack.value) {
                known.push(stack);
            } else if whole {
                let near = nearest(&stack.value, names());
                let hint = near.map_or_else(String::new, |near| format!(": did you mean {near}?"));
                let message = format!(
                    "job {} is on stack {}, but no such stack is described{hint}",
                    name.value, stack.value
                );
                reader.report(
                    RULE_UNKNOWN_STACK,
                    stack.span,
                    message,
                    &[format!("stacks: {}", listed(names()))],
                );
            }
        }
        jobs.push(JobEntry { name, stacks: known, user, span });
    }
    jobs
}

/// The entries of an array of tables with their places. A single table is reported and taken as the only one.
fn entries<'t, 'i>(
    reader: &mut Reader,
    key: &str,
    value: Option<&'t Value<'i>>,
) -> Vec<(&'t Value<'i>, Range<usize>)> {
    let Some(value) = value else { return Vec::new() };
    match value.get_ref() {
        DeValue::Array(list) => list.iter().map(|one| (one, one.span())).collect(),
        DeValue::Table(_) => {
            reader.value(value.span(), format!("[{key}] stands for one of several: write [[{key}]]"));
            vec![(value, value.span())]
        }
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {
            reader.value(value.span(), format!("`{key}` must be a table: write [[{key}]]"));
            Vec::new()
        }
    }
}

fn stack(reader: &mut Reader, section: &Section<'_, '_>, whole: bool) -> Option<StackEntry> {
    reader.unknown_keys(section, STACK_KEYS);
    let name = needed_name(reader, section, whole);
    let job = z_name(reader, section, "job", true);
    let system = z_name(reader, section, "system", true);
    let cpc = z_name(reader, section, "cpc", true);
    let xcf_group = z_name(reader, section, "xcf-group", true);
    let profiles = reader.texts(section, "profile");
    if whole && profiles.is_empty() && section.get("profile").is_none_or(is_empty_list) {
        let of = name.as_ref().map_or_else(String::new, |name| format!(" {}", name.value));
        let message =
            format!("stack{of} has no profile: add `profile = \"FILE\"`, or a list of files in order");
        reader.value(section.span.clone(), message);
    }
    let symbols = symbols(reader, section);
    let includes = includes(reader, section);
    let release = release(reader, section);
    let inaddrany = port_run(reader, section, "inaddrany-ports");
    let security_label = z_name(reader, section, "security-label", true);
    let zone_labels = zone_labels(reader, section);
    let span = section.span.clone();
    Some(StackEntry {
        name: name?,
        job,
        system,
        cpc,
        xcf_group,
        profiles,
        symbols,
        includes,
        release,
        inaddrany,
        security_label,
        zone_labels,
        span,
    })
}

/// `zone-labels`: the last qualifier of a NETACCESS resource, and its security label.
fn zone_labels(reader: &mut Reader, section: &Section<'_, '_>) -> Vec<(Spanned<String>, Spanned<String>)> {
    let mut labels = Vec::new();
    for (zone, label) in reader.text_map(section, "zone-labels") {
        for (what, name) in [("zone", &zone), ("label", &label)] {
            if let Some(mistake) = name_mistake(&name.value, 8, true) {
                let message = format!("{what} {:?} of `zone-labels` {mistake}", name.value);
                reader.value(name.span.clone(), message);
            }
        }
        labels.push((upper(zone), upper(label)));
    }
    labels
}

/// A run of ports, first and last: `"5000-5999"`.
fn port_run(reader: &mut Reader, section: &Section<'_, '_>, key: &str) -> Option<(u16, u16)> {
    let text = reader.text(section, key)?;
    let run = text.value.split_once('-').and_then(|(first, last)| {
        let port = |text: &str| text.trim().parse::<u16>().ok().filter(|port| *port > 0);
        Some((port(first)?, port(last)?)).filter(|(first, last)| first <= last)
    });
    if run.is_none() {
        let message = format!(
            "`{key}` of {} is {:?}, but must be the first and the last port, such as \"5000-5999\"",
            section.name, text.value
        );
        reader.value(text.span, message);
    }
    run
}

fn is_empty_list(value: &Value<'_>) -> bool {
    matches!(value.get_ref(), DeValue::Array(list) if list.is_empty())
}

/// The `name` of a stack or job: a job name. One that is no job name is reported and used.
fn needed_name(reader: &mut Reader, section: &Section<'_, '_>, whole: bool) -> Option<Spanned<String>> {
    let name = z_name(reader, section, "name", false);
    if name.is_none() && whole && section.get("name").is_none() {
        let message = format!("{} has no name: add `name = \"JOBNAME\"`", section.name);
        reader.value(section.span.clone(), message);
    }
    name
}

/// A name of up to 8 characters, in upper case.
fn z_name(
    reader: &mut Reader,
    section: &Section<'_, '_>,
    key: &str,
    digit_first: bool,
) -> Option<Spanned<String>> {
    let name = reader.text(section, key)?;
    if let Some(mistake) = name_mistake(&name.value, 8, digit_first) {
        reader.value(
            name.span.clone(),
            format!("`{key}` of {} is {:?}, which {mistake}", section.name, name.value),
        );
    }
    (!name.value.is_empty()).then(|| upper(name))
}

fn upper(name: Spanned<String>) -> Spanned<String> {
    Spanned::new(name.value.to_ascii_uppercase(), name.span)
}

fn symbols(reader: &mut Reader, section: &Section<'_, '_>) -> Vec<(Spanned<String>, Spanned<String>)> {
    let mut symbols: Vec<(Spanned<String>, Spanned<String>)> = Vec::new();
    for (key, text) in reader.text_map(section, "symbols") {
        let bare = key.value.strip_prefix('&').unwrap_or(&key.value);
        let bare = bare.strip_suffix('.').unwrap_or(bare).to_ascii_uppercase();
        if let Some(mistake) = symbol_mistake(&bare) {
            reader.value(key.span, format!("symbol {:?} {mistake}", key.value));
            continue;
        }
        if let Some((shortest, longest)) = symbol_text_length(&bare) {
            let length = text.value.chars().count();
            if !(shortest..=longest).contains(&length) {
                let message = format!(
                    "&{bare} is {:?}, which has {length} characters, but {shortest} to {longest} are possible",
                    text.value
                );
                reader.value(text.span, message);
                continue;
            }
        }
        if let Some((first, _)) = symbols.iter().find(|(name, _)| name.value == bare) {
            reader.findings.push(DescriptionFinding {
                rule: RULE_VALUE,
                message: format!("&{bare} has a text already: names are the same in upper and lower case"),
                span: key.span,
                related: vec![("the first".to_owned(), first.span.clone())],
                notes: Vec::new(),
            });
            continue;
        }
        symbols.push((Spanned::new(bare, key.span), text));
    }
    symbols
}
