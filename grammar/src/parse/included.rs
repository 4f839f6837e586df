//! INCLUDE where it is no statement of the top level: a text that it brings into a block or list, and what it cuts in two.

use super::Parser;
use crate::description::{Node, StatementDesc, StatementId};
use crate::lookup;
use crate::slot::include;
use crate::tree::{ErrorKind, Event, EventKind, Stmt};

impl Parser<'_> {
    /// One statement of the text, with its children: at the top level, or inside the block that the text is brought into.
    pub(super) fn first(&mut self) {
        let Some(host) = self.inside else {
            let named = self.named_as_typed(self.pos);
            self.top();
            self.remember(named);
            return;
        };
        if self.is_over(host) {
            self.inside = None;
            let named = self.named_as_typed(self.pos);
            self.top();
            self.remember(named);
        } else if is_block(host) {
            self.child_of(host);
        } else {
            self.entries_of(host);
        }
    }

    fn named_as_typed(&self, index: usize) -> &'static [StatementId] {
        if self.repaired(index) { self.named(index) } else { lookup::statements_named(self.typed(index)) }
    }

    /// Which statement stands before the next one, for an INCLUDE that cuts it in two.
    fn remember(&mut self, named: &[StatementId]) {
        let mut named = named.iter().filter_map(|id| lookup::statement(*id));
        let desc = named.find(|desc| desc.blocks.is_empty());
        let is_include = desc.is_some_and(|desc| desc.id == include::ID);
        self.split = if is_include { self.before } else { None };
        self.before = if is_include { None } else { desc };
    }

    /// Whether the block or list that the text is brought into ends here: by its END, or because a statement of the top level begins.
    fn is_over(&self, host: &'static StatementDesc) -> bool {
        let word = self.typed(self.pos);
        if host.end.as_ref().is_some_and(|end| lookup::is_keyword(word, end)) {
            return true;
        }
        let mut names = lookup::statements_named(word).iter().filter_map(|id| lookup::statement(*id));
        let inside = |desc: &StatementDesc| desc.blocks.contains(&host.name) || desc.name == "INCLUDE";
        if host.end.is_none() {
            // Only what the text begins with can go on with a statement that has no END.
            return self.pos > 0 || !self.fits_again(host) || self.begins_statement(0);
        }
        let begins = self.token(self.pos).is_some_and(|token| token.first)
            && (is_block(host) || self.begins_statement(self.pos));
        begins && names.clone().any(|desc| desc.blocks.is_empty()) && !names.any(inside)
    }

    /// A statement of the block that the text is brought into.
    fn child_of(&mut self, host: &'static StatementDesc) {
        let mut names = self.named(self.pos).iter().filter_map(|id| lookup::statement(*id));
        let child = names.find(|desc| desc.blocks.contains(&host.name) || desc.name == "INCLUDE");
        let outer = self.block.replace(host.name);
        match child {
            Some(desc) => {
                self.open(Some(desc), true, None);
                self.body(desc);
            }
            None => self.unknown_statement(None),
        }
        self.block = outer;
    }

    /// Entries of the list that the text is brought into, read as a statement without its name.
    fn entries_of(&mut self, host: &'static StatementDesc) {
        self.open(Some(host), false, None);
        if host.end.is_none() {
            self.error(self.span(self.pos), ErrorKind::Split { statement: host.name });
        }
        self.ends.extend(host.end.as_ref());
        self.follow.clear();
        let stmt = self.stmt;
        if self.node(self.syntax_of(host)) {
            self.after_statement();
        } else {
            self.event(EventKind::Bad);
            self.skip_to_statement();
        }
        self.close();
        self.ends.clear();
        self.embedded_includes(stmt);
    }

    fn syntax_of(&self, desc: &'static StatementDesc) -> &'static Node {
        if self.founding { desc.founding_syntax.as_ref().unwrap_or(&desc.syntax) } else { &desc.syntax }
    }

    /// Passes over an INCLUDE between two entries of a list that has an END, and remembers it.
    pub(super) fn embeds_include(&mut self) -> bool {
        let listed = self.ends.len() > usize::from(self.block.is_some());
        let begins = self.token(self.pos).is_some_and(|token| token.first && !token.quoted);
        if !listed || !begins || !self.typed(self.pos).eq_ignore_ascii_case("INCLUDE") {
            return false;
        }
        // A procedure may have that name; a data set has a dot or a member.
        if !self.typed(self.pos + 1).contains(['.', '(']) {
            return false;
        }
        self.embedded.push((self.span(self.pos), self.span(self.pos + 1)));
        self.pos += 2;
        true
    }

    /// The INCLUDEs of a list as statements in it, behind its own events.
    pub(super) fn embedded_includes(&mut self, parent: u32) {
        for (name, operand) in std::mem::take(&mut self.embedded) {
            let start = u32::try_from(self.events.len()).unwrap_or(u32::MAX);
            self.events.push(Event { kind: EventKind::Token, slot: include::DATASET, span: operand });
            self.stmts.push(Stmt {
                id: Some(include::ID),
                known: true,
                name,
                extent: name.to(operand),
                events: (start, start.saturating_add(1)),
                parent: Some(parent),
                end: None,
            });
        }
    }

    /// Behind an INCLUDE, a token with which the statement before it goes on: reported, and read as that statement.
    pub(super) fn goes_on(&mut self) -> bool {
        let Some(desc) = self.split.take() else { return false };
        let syntax = self.syntax_of(desc);
        let fits = self.fits_again(desc);
        if !fits && !self.has_keyword(desc, self.typed(self.pos)) {
            return false;
        }
        self.open(Some(desc), false, None);
        self.error(self.span(self.pos), ErrorKind::Split { statement: desc.name });
        self.follow.clear();
        if fits && self.node(syntax) {
            self.after_statement();
        } else {
            self.event(EventKind::Bad);
            self.pos += 1;
            self.skip_to_statement();
        }
        self.close();
        true
    }

    /// Whether entries of a statement without an END begin at the current token.
    fn fits_again(&self, desc: &'static StatementDesc) -> bool {
        let syntax = self.syntax_of(desc);
        desc.end.is_none() && self.is_telling(syntax) && self.starts(syntax, self.pos)
    }

    /// Behind an INCLUDE, whether the statement before it goes on.
    pub(super) fn is_second_piece(&self) -> bool {
        self.desc.is_some_and(|desc| desc.id == include::ID)
            && self.before.is_some_and(|desc| self.fits_again(desc))
    }

    fn has_keyword(&self, desc: &StatementDesc, word: &str) -> bool {
        let letters = |name: &str| name.chars().take_while(|letter| !letter.is_ascii_lowercase()).count();
        desc.slots.iter().any(|slot| {
            slot.kind == crate::description::SlotKind::Keyword
                && word.len() >= letters(slot.name)
                && slot.name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        })
    }
}

/// Whether statements stand in it, not entries.
fn is_block(desc: &StatementDesc) -> bool {
    crate::STATEMENTS.iter().any(|child| child.blocks.contains(&desc.name))
}
