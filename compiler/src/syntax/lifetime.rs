//! Statements and keywords that the target release does not have, and those that belong elsewhere.

use grammar::description::{SlotKind, StatementDesc, gone_in};
use grammar::tree::{StmtView, Word};

use super::Syntax;
use crate::Dialect;
use crate::description::Release;
use crate::finding::{Applicability, Effect};
use crate::place::At;
use crate::report::Report;
use crate::rules;

impl Syntax<'_> {
    /// Statements and keywords that the target release does not have, and those that belong elsewhere.
    pub(super) fn lifetime(&self, view: &StmtView<'_>, out: &mut Vec<Report>) {
        let Some(desc) = view.desc() else { return };
        if !view.stmt.known {
            return;
        }
        let at = self.at(view.stmt.name);
        if !desc.belongs.is_empty() {
            out.push(
                Report::new(
                    &rules::foreign_statement::RULE,
                    at,
                    format!("{} belongs to {}, not to a TCP/IP profile", desc.name, desc.belongs),
                )
                .note(format!("move it to {}", desc.belongs)),
            );
            return;
        }
        if desc.founding && self.env.dialect == Dialect::Zos {
            out.push(
                Report::new(
                    &rules::founding_word::RULE,
                    at,
                    format!(
                        "{} is a statement of the founding documents that z/OS does not know; write {}",
                        desc.name, desc.instead
                    ),
                )
                .effect(Effect::StatementIgnored)
                .note(
                    "`dialect = \"founding\"` in sysplex.toml reads the language of the founding documents",
                ),
            );
            return;
        }
        self.statement_release(desc, at, out);
        for (slot, word) in view.parts.tokens() {
            let slot = desc.slot_desc(slot);
            if self.map.is_none() && slot.is_none_or(|slot| slot.kind != SlotKind::Keyword) {
                self.leading_zero(word, out);
            }
            let Some(slot) = slot else { continue };
            if slot.until.is_empty() && slot.since.is_empty() {
                continue;
            }
            let (gone, too_new) = (gone(slot.until, self.env.release), too_new(slot.since, self.env.release));
            if !gone && !too_new {
                continue;
            }
            let name = slot.name.to_ascii_uppercase();
            if gone {
                let mut report = Report::new(
                    &rules::retired_keyword::RULE,
                    self.at(word.span),
                    format!("{name} of {} is gone since {}", desc.name, slot.until),
                );
                report = instead(report, slot.instead);
                out.push(if slot.unconfirmed { report.unconfirmed() } else { report });
            } else {
                out.push(
                    Report::new(
                        &rules::keyword_too_new::RULE,
                        self.at(word.span),
                        format!(
                            "{name} of {} came with {}, the target is {}",
                            desc.name, slot.since, self.env.release
                        ),
                    )
                    .note("raise `release` in sysplex.toml if the stack is newer"),
                );
            }
        }
    }

    /// An octet that others may take for an octal number (06 D18).
    fn leading_zero(&self, word: Word<'_>, out: &mut Vec<Report>) {
        let text = word.text();
        let bytes = text.as_bytes();
        if !bytes.first().is_some_and(u8::is_ascii_digit) {
            return;
        }
        // A zero at the beginning of a part that goes on: hardly any word has it.
        let mut before = b'.';
        let padded = bytes.windows(2).any(|pair| match pair {
            [byte, next] => std::mem::replace(&mut before, *byte) == b'.' && *byte == b'0' && *next != b'.',
            _ => false,
        });
        if !padded {
            return;
        }
        let padded = |part: &&str| part.len() > 1 && part.starts_with('0');
        let Some(part) = text.split('.').find(padded) else { return };
        let Some(address) = grammar::values::ipv4(text) else { return };
        out.push(
            Report::new(
                &rules::address_leading_zero::RULE,
                self.at(word.span),
                format!("{part} in {text} has a leading zero; the stack reads it as decimal: {address}"),
            )
            .note("people and other programs may read it as octal")
            .fix(
                format!("write {address}"),
                Applicability::Safe,
                vec![(self.at(word.span), address.to_string())],
            ),
        );
    }

    fn statement_release(&self, desc: &StatementDesc, at: At, out: &mut Vec<Report>) {
        if gone(desc.until, self.env.release) {
            let message = if desc.is_of_no_release() {
                format!("{} is {}", desc.name, gone_in(desc.until))
            } else {
                format!("{} is gone since {}", desc.name, desc.until)
            };
            let report = Report::new(&rules::retired_statement::RULE, at, message);
            let report = match desc.instead {
                "" => report.note("take it out; nothing that is known here takes its place"),
                other => instead(report, other),
            };
            out.push(if desc.unconfirmed {
                report.unconfirmed().note("no source says whether a stack still takes it")
            } else {
                report
            });
        } else if too_new(desc.since, self.env.release) {
            out.push(
                Report::new(
                    &rules::keyword_too_new::RULE,
                    at,
                    format!("{} came with {}, the target is {}", desc.name, desc.since, self.env.release),
                )
                .note("raise `release` in sysplex.toml if the stack is newer"),
            );
        }
    }
}

fn instead(report: Report, instead: &str) -> Report {
    if instead.is_empty() { report } else { report.note(format!("use {instead}")) }
}

fn gone(until: &str, release: Release) -> bool {
    Release::parse(until).is_some_and(|until| until <= release)
        || (!until.is_empty() && Release::parse(until).is_none())
}

fn too_new(since: &str, release: Release) -> bool {
    Release::parse(since).is_some_and(|since| since > release)
}
