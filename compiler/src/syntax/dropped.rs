//! What the stack drops because of a mistake, as it is told beside it.

use grammar::description::Drops;
use grammar::tree::StmtView;

use super::Syntax;
use crate::finding::Effect;
use crate::lost;
use crate::report::Report;

impl Syntax<'_> {
    /// What the stack drops because of a mistake in a statement.
    pub(super) fn after(&self, view: &StmtView<'_>, report: Report) -> Report {
        let drops = view.desc().map_or(Drops::Unknown, |desc| desc.drops);
        self.consequence(view, drops, report)
    }

    pub(super) fn consequence(&self, view: &StmtView<'_>, drops: Drops, report: Report) -> Report {
        match drops {
            Drops::Statement => report.effect(Effect::StatementIgnored),
            Drops::Entry => report.effect(Effect::EntryIgnored),
            Drops::RestOfList => report.effect(Effect::RestOfListIgnored),
            Drops::Block => report
                .effect(Effect::BlockIgnored)
                .note(format!("one mistake drops the whole {} block", view.name())),
            Drops::RestOfBlock => {
                let Some(parent) = view.stmt.parent else {
                    return report.effect(if self.section.inside.is_some() {
                        Effect::RestOfBlockIgnored
                    } else {
                        Effect::StatementIgnored
                    });
                };
                let children = self.children.get(&parent).map_or(&[][..], Vec::as_slice);
                let behind = children.partition_point(|child| *child <= view.index);
                let report = report.effect(Effect::RestOfBlockIgnored);
                let first = children.get(behind).and_then(|child| self.section.view(*child as usize));
                match first {
                    None => report.note("what stands before it in the block stays in effect"),
                    Some(first) => {
                        let all = children.get(behind..).unwrap_or_default();
                        let titles = all.iter().filter_map(|child| self.section.view(*child as usize));
                        report
                            .note(format!(
                                "lost with it: {}; what stands before it stays",
                                lost::list(titles.map(|view| lost::title(&view)), all.len())
                            ))
                            .related(self.at(first.stmt.name), "lost from here to the end of the block")
                    }
                }
            }
            Drops::Unknown => report,
        }
    }
}
