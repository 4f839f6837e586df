//! `textDocument/codeLens`: who owns a DVIPA and who backs it up, how many targets a distribution has, what an OBEYFILE would
//! do, and a way to run a scenario.

use std::collections::BTreeMap;

use analysis::holders::{Holders, targets};
use compiler::cluster::Cluster;
use compiler::file::{Reader, Spans};
use ls_types::{CodeLens, CodeLensOptions, CodeLensParams, Command, Range, ServerCapabilities};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;

use super::cx::Text;
use super::page::{Page, Played};
use super::{Cx, Feature, Scope, commands};
use crate::companions::is_obeyfile;
use crate::settings::ClientInfo;

/// The feature.
pub(crate) struct Lenses;

impl Feature for Lenses {
    const METHOD: &'static str = "textDocument/codeLens";
    type Params = CodeLensParams;
    type Answer = Option<Vec<CodeLens>>;

    fn scope(params: &Self::Params) -> Scope {
        Scope::Document(params.text_document.uri.clone())
    }
    fn register(capabilities: &mut ServerCapabilities, _: &ClientInfo) {
        capabilities.code_lens_provider = Some(CodeLensOptions { resolve_provider: Some(false) });
    }
    fn answer(cx: &Cx<'_>, params: &Self::Params) -> Result<Self::Answer> {
        let text = cx.document()?;
        let uri = json!(params.text_document.uri);
        Ok(match Page::of(cx, &text) {
            Page::Scenarios(played) => Some(scenarios(&text, &played, &uri)),
            Page::Profile(_) => {
                let mut lenses = obeyfile(cx, &text, &uri);
                lenses.append(&mut dvipas(cx, &text, &uri));
                Some(lenses)
            }
            Page::Other => None,
        })
    }
}

fn lens(range: Range, title: String, command: &str, arguments: Vec<Value>) -> CodeLens {
    let command = Command { title, command: command.to_owned(), arguments: Some(arguments) };
    CodeLens { range, command: Some(command), data: None }
}

fn scenarios(text: &Text<'_>, played: &[Played], uri: &Value) -> Vec<CodeLens> {
    let one = |played: &Played| {
        let first = played.scenario.lines.first()?;
        let (at, title) = match &played.block {
            Some(block) => (before(text, block.first_line), "run this scenario"),
            None => (first.span.start, "run scenario"),
        };
        let line = played.block.as_ref().map(|block| block.first_line);
        Some(lens(
            text.range(at, at),
            title.to_owned(),
            commands::RUN,
            vec![json!({ "uri": uri, "line": line })],
        ))
    };
    played.iter().filter_map(one).collect()
}

/// On the first record of an OBEYFILE: what it would do, on each stack that it may be meant for.
fn obeyfile(cx: &Cx<'_>, text: &Text<'_>, uri: &Value) -> Vec<CodeLens> {
    let Some((description, snapshot)) = cx.sysplex() else { return Vec::new() };
    let known = snapshot.source(text.file()).is_some();
    if known || !is_obeyfile(snapshot, description, &text.document.path, text.text()) {
        return Vec::new();
    }
    let start = text.range(0, 0);
    let stacks = snapshot.stacks();
    if stacks.len() > MOST {
        let title = "plan against the sysplex".to_owned();
        return vec![lens(start, title, commands::PLAN, vec![json!({ "uri": uri })])];
    }
    let one = |stack: String| {
        let title = format!("plan against the sysplex, on {stack}");
        lens(start, title, commands::PLAN, vec![json!({ "uri": uri, "stack": stack })])
    };
    stacks.into_iter().map(one).collect()
}

/// Where the record before one begins: the fence of a block.
fn before(text: &Text<'_>, record: u32) -> u32 {
    let starts = text.source.record_starts();
    starts.get((record as usize).saturating_sub(2)).copied().unwrap_or(0)
}

/// More lenses than this say nothing at one place.
const MOST: usize = 4;

/// What is said at one place, with the stacks for which it holds.
type Said = BTreeMap<(u32, u32), Vec<(String, &'static str, Vec<String>)>>;

fn dvipas(cx: &Cx<'_>, text: &Text<'_>, uri: &Value) -> Vec<CodeLens> {
    let Some(snapshot) = cx.snapshot() else { return Vec::new() };
    // Profiles without a description are no sysplex: nobody knows the other stacks.
    if snapshot.description_source().is_none() {
        return Vec::new();
    }
    let (Some(cluster), Some(spans)) = (snapshot.cluster(), snapshot.spans(text.file())) else {
        return Vec::new();
    };
    let readers = snapshot.readers(text.file());
    let mut said = Said::new();
    for reader in &readers {
        of_reader(&cluster, reader, &spans, &mut said);
    }
    let mut lenses = Vec::new();
    let mut lines: BTreeMap<u32, usize> = BTreeMap::new();
    for (start, _) in said.keys() {
        *lines.entry(text.position(*start).line).or_default() += 1;
    }
    for ((start, end), said) in said {
        let range = text.range(start, end);
        // Several addresses in a record: which one is meant has to be said.
        let several = lines.get(&range.start.line).is_some_and(|count| *count > 1);
        let word = text.text().get(start as usize..end as usize).unwrap_or("");
        let about = if several { format!("{word}: ") } else { String::new() };
        // A name of several addresses leads to the picture of all.
        let about_word = (!word.contains('&')).then_some(word);
        let argument = vec![json!({ "uri": uri, "about": about_word })];
        if said.len() > MOST {
            let stacks: Vec<String> = said.iter().flat_map(|(_, _, stacks)| stacks.clone()).collect();
            let title = format!("{about}differs on {} stacks", stacks.len());
            let command = said.first().map_or(commands::FAILOVER, |(_, command, _)| *command);
            lenses.push(lens(range, title, command, argument.clone()));
            continue;
        }
        let alone = said.len() == 1;
        for (words, command, stacks) in said {
            let by = if alone { String::new() } else { format!(" on {}", stacks.join(", ")) };
            lenses.push(lens(range, format!("{about}{words}{by}"), command, argument.clone()));
        }
    }
    lenses
}

fn of_reader(cluster: &Cluster, reader: &Reader, spans: &Spans, said: &mut Said) {
    let mut say = |span: (u32, u32), words: String, command: &'static str| {
        let here = said.entry(span).or_default();
        let name = reader.setup.name.clone();
        match here.iter_mut().find(|(known, _, _)| *known == words) {
            Some((_, _, stacks)) if stacks.contains(&name) => {}
            Some((_, _, stacks)) => stacks.push(name),
            None => here.push((words, command, vec![name])),
        }
    };
    for dvipa in &reader.summary.dvipas {
        let Some(span) = spans.of(dvipa.at) else { continue };
        if let Some(holders) = Holders::of(cluster, &reader.setup.group, dvipa.address) {
            say(span, holders.words(), commands::FAILOVER);
        }
    }
    for distribution in &reader.summary.distributions {
        let Some(span) = spans.of(distribution.at) else { continue };
        say(span, targets(cluster, &reader.summary, distribution).words(), commands::GRAPH);
    }
}
