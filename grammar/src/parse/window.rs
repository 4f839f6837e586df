//! The tokens that are looked at: some in a row, so that those of a long text are never all in memory.
//!
//! A list or block goes on with more as it comes to their end. A statement of the top level that asks for a token behind them all the same is read again with
//! more of them: what it saw as the end of the text was none.

use std::cell::Cell;

use super::{Dialect, Head, Parser};
use crate::description::{StatementDesc, StatementId};
use crate::lookup;
use crate::token::{Comment, Scanner, Token};

/// How many tokens are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// So many are added ...
    pub(super) more: usize,
    /// ... when there are fewer than these in front of a statement of the top level. Never 0.
    pub(super) least: usize,
    /// Whether somebody wants to know what could stand in place of the last token: then it is the whole text.
    pub(super) probe: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self { more: 8192, least: 512, probe: false }
    }
}

/// So many tokens behind the one that is read are kept within a statement.
const LOOKED_BACK: usize = 8;

/// Where a statement of the top level begins, with all that reading it changes.
pub(super) struct Mark {
    token: Token,
    pos: usize,
    head: usize,
    events_before: usize,
    desc: Option<&'static StatementDesc>,
    stmt: u32,
    opened: usize,
    stmts: usize,
    events: usize,
    errors: usize,
    missed_at: usize,
    repair: Option<(usize, &'static str)>,
    inside: Option<&'static StatementDesc>,
    before: Option<&'static StatementDesc>,
    split: Option<&'static StatementDesc>,
}

impl<'t> Parser<'t> {
    /// At the beginning of a text.
    pub(super) fn new(text: &'t str, dialect: Dialect, inside: Option<StatementId>, window: Window) -> Self {
        let founding = dialect == Dialect::Founding;
        Self {
            text,
            tokens: Vec::new(),
            dropped: 0,
            scanner: Scanner::new(text, founding),
            touched: Cell::new(false),
            reach: Cell::new(0),
            window,
            feeds: true,
            odd: Vec::new(),
            comments: Vec::new(),
            passed: 0,
            pos: 0,
            head: 0,
            head_start: 0,
            base: 0,
            founding,
            desc: None,
            stmt: 0,
            opened: 0,
            stmts: Vec::new(),
            events: Vec::new(),
            errors: Vec::new(),
            lent: false,
            errors_before: 0,
            events_before: 0,
            heads: Vec::<Head>::new(),
            follow: Vec::new(),
            enough: Vec::new(),
            ends: Vec::new(),
            block: None,
            missed: Vec::new(),
            missed_at: usize::MAX,
            repair: None,
            inside: inside.and_then(lookup::statement),
            before: None,
            split: None,
            named: Cell::new((usize::MAX, &[])),
            embedded: Vec::new(),
            probe: None,
            probed: None,
        }
    }

    /// Goes on with the next tokens in front of a statement of the top level, where few are left. One that is over is kept: nobody looks back further.
    pub(super) fn advance(&mut self) {
        let over = self.pos.saturating_sub(1).saturating_sub(self.dropped).min(self.tokens.len());
        let enough = self.scanner.is_done() || self.has_enough();
        if enough && over < self.window.more {
            return;
        }
        self.tokens.drain(..over);
        self.dropped += over;
        // What a long statement has needed is given back.
        if self.tokens.capacity() > self.window.more.saturating_mul(8) {
            self.tokens.shrink_to(self.window.more.saturating_mul(2));
        }
        if !enough {
            self.widen(self.window.more);
        }
    }

    /// The same in front of an entry of a list or a statement of a block, however long that is: what is over is given up.
    pub(super) fn feed(&mut self) {
        // One that has been told that the text ends where it does not is read again.
        if !self.feeds || self.has_enough() || self.scanner.is_done() || self.touched.get() {
            return;
        }
        let over = self.pos.saturating_sub(LOOKED_BACK).saturating_sub(self.dropped).min(self.tokens.len());
        let before = self.head.saturating_sub(self.dropped);
        if self.scanner.has_odd(self.head.max(self.dropped)) {
            self.odd.extend(self.tokens.drain(..over).skip(before).filter(Self::is_odd));
        } else {
            self.tokens.drain(..over);
        }
        self.dropped += over;
        self.tokens.reserve(self.window.more.min(self.scanner.most()));
        self.scan(self.window.more);
    }

    /// Whether enough tokens are in front.
    fn has_enough(&self) -> bool {
        self.dropped + self.tokens.len() >= self.pos + self.window.least
    }

    /// Adds so many tokens.
    pub(super) fn widen(&mut self, more: usize) {
        self.tokens.reserve_exact(more.min(self.scanner.most()));
        self.scan(more);
        self.touched.set(false);
    }

    fn scan(&mut self, more: usize) {
        let known = self.comments.len();
        self.scanner.scan(more, &mut self.tokens, &mut self.comments);
        // Of a text that is read again, comments have been told.
        let told = |comment: &Comment| comment.start < self.passed;
        let again =
            self.comments.get(known..).unwrap_or(&[]).iter().take_while(|comment| told(comment)).count();
        self.comments.drain(known..known + again);
        self.passed = self.passed.max(self.scanner.passed());
    }

    /// Whether something was taken for the end of the text that is not.
    pub(super) fn wants_more(&self) -> bool {
        self.touched.get() && !self.scanner.is_done()
    }

    /// The next token is this one.
    pub(super) fn mark(&self, token: Token) -> Mark {
        Mark {
            token,
            pos: self.pos,
            head: self.head,
            events_before: self.events_before,
            desc: self.desc,
            stmt: self.stmt,
            opened: self.opened,
            stmts: self.stmts.len(),
            events: self.events.len(),
            errors: self.errors.len(),
            missed_at: self.missed_at,
            repair: self.repair,
            inside: self.inside,
            before: self.before,
            split: self.split,
        }
    }

    /// Goes back there, to read on with all tokens of the statement at hand.
    pub(super) fn back_to(&mut self, mark: Mark) {
        if self.dropped > mark.pos {
            self.tokens.clear();
            self.dropped = mark.pos;
            self.scanner.back_to(mark.token, mark.pos);
        }
        self.feeds = false;
        self.odd.clear();
        self.pos = mark.pos;
        self.head = mark.head;
        self.events_before = mark.events_before;
        self.desc = mark.desc;
        self.stmt = mark.stmt;
        self.opened = mark.opened;
        self.stmts.truncate(mark.stmts);
        self.events.truncate(mark.events);
        self.errors.truncate(mark.errors);
        self.missed_at = mark.missed_at;
        self.repair = mark.repair;
        self.inside = mark.inside;
        self.before = mark.before;
        self.split = mark.split;
        // Between statements of the top level these are empty.
        self.follow.clear();
        self.enough.clear();
        self.ends.clear();
        self.block = None;
        self.missed.clear();
        self.embedded.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::run::Sections;
    use crate::parse::{Parsed, parse_inside};
    use crate::property;

    fn word() -> impl Strategy<Value = String> {
        let mut names: Vec<String> = Vec::new();
        for desc in crate::STATEMENTS {
            names.push(format!("\n{} ", desc.name));
            names.extend(desc.end.iter().map(|end| format!("{} ", end.full)));
            names.extend(desc.slots.iter().map(|slot| format!("{} ", slot.name)));
        }
        let tops = vec![
            "\nDEVICE D1 VIRTUAL 0 ",
            "\nVIPADYNAMIC VIPADEFINE 255.255.255.0 &DVIPA. ENDVIPADYNAMIC ",
            "\nPORT 21 TCP FTPD\n 22 TCP ",
            "\nAUTOLOG 5\n FTPD\n INCLUDE A.B\n",
            "\nINCLUDE NET.COMMON ",
            "\nHOME 192.0.2.1 L1\n 192.0.2.2 L2\n 192.0.2.3 L3 ",
            "\nSTRAT OSA1 ",
            " ; a comment\n",
            "\n",
        ];
        prop_oneof![
            4 => prop::sample::select(tops).prop_map(str::to_owned),
            2 => prop::sample::select(names),
            2 => prop::sample::select(vec!["10.0.0.1 ", "443 ", "NAME1 ", "&SYM. ", "\"x y\" ", "\"x", "= ", "* "])
                .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(property::cases(1024))]
        #[test]
        fn a_narrow_window_reads_the_same(words in prop::collection::vec(word(), 0..60), more in 1_usize..9, least in 1_usize..4, host in 0_usize..120) {
            let text = words.concat();
            let inside = crate::STATEMENTS.get(host).filter(|desc| desc.end.is_some()).map(|desc| desc.id);
            for dialect in [Dialect::Zos, Dialect::Founding] {
                let whole: Parsed = parse_inside(&text, dialect, inside);
                let window = Window { more, least, probe: false };
                let narrow = Sections::default().read(&text, dialect, inside, window).0;
                prop_assert_eq!(&whole, &narrow);
                prop_assert_eq!(&whole.comments, &crate::token::scan(&text, dialect == Dialect::Founding).comments);
            }
        }
    }
}
