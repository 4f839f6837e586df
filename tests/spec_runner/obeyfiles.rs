//! Every statement whose behaviour under OBEYFILE is documented has a spec that shows it.

use grammar::description::StatementDesc;
use grammar::parse::{Dialect, parse};

use super::document::Document;
use super::info::Kind;

/// Statements whose spec shows nothing of OBEYFILE, and why.
const SILENT: &[(&str, &str)] =
    &[("ATMARPSV", "refused since V2R2"), ("ATMLIS", "refused since V2R2"), ("ATMPVC", "refused since V2R2")];

/// How many statements have a spec, and what is wrong, one a line. `specs` has the text of a statement's spec.
pub fn check(statements: &[StatementDesc], specs: impl Fn(&str) -> String) -> (usize, Vec<String>) {
    let (mut shown, mut wrong) = (0, Vec::new());
    // What no release has that is known here, none of them can be told to do.
    for desc in statements.iter().filter(|desc| desc.belongs.is_empty() && !desc.is_of_no_release()) {
        let silent = SILENT.iter().find(|(name, _)| *name == desc.name);
        let spec = shows(desc, &specs(&desc.name.to_lowercase()));
        shown += usize::from(spec);
        match (silent, spec) {
            (None, true) | (Some(_), false) => {}
            (None, false) => wrong.push(format!(
                "tests/specs/dialect/{}.md has no obeyfile block with {}, and no reason is given in {}",
                desc.name.to_lowercase(),
                desc.name,
                file!()
            )),
            (Some((_, why)), true) => {
                wrong.push(format!("{} has a spec for OBEYFILE; take its reason out: {why}", desc.name));
            }
        }
    }
    let known = |name: &str| statements.iter().any(|desc| desc.name == name);
    let strangers = SILENT.iter().filter(|(name, _)| !known(name));
    wrong.extend(strangers.map(|(name, _)| format!("{name} has a reason, and there is no such statement")));
    (shown, wrong)
}

/// Whether a spec puts the statement onto a stack.
fn shows(desc: &StatementDesc, text: &str) -> bool {
    let (document, _) = Document::read(text);
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks.filter(|block| matches!(block.kind, Kind::Obeyfile { .. }) && block.kind.is_obeyed()).any(
        |block| {
            [Dialect::Zos, Dialect::Founding].into_iter().any(|dialect| {
                let sections = parse(document.text_of(block), dialect).sections;
                sections.iter().any(|placed| placed.section.views().any(|view| view.stmt.id == Some(desc.id)))
            })
        },
    )
}
