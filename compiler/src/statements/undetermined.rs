//! Statements in which a system symbol without a known value stands: what they bring into being is known in part only. What refers
//! to something, or misses something, asks here before it says that it is not there.

use std::collections::BTreeSet;
use std::sync::Arc;

use grammar::description::{SlotDesc, SlotKind, StatementId, Type};
use grammar::{lookup, values};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::place::At;
use crate::report::Report;
use crate::rules;
use crate::symbols::symbols_in;

/// A word of such a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Upper case, symbols as typed.
    pub text: String,
    /// In the text.
    pub at: At,
    /// Names what the statement brings into being.
    pub defines: bool,
    /// Name of the operand in the description; empty where there is none.
    pub operand: &'static str,
    /// Which entry of the list it stands in, from 1; 0 is the statement itself.
    pub entry: u32,
}

/// A statement with symbols of which no value is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Which; None where the symbol stands for the statement itself.
    pub id: Option<StatementId>,
    /// Those that name what it brings, and all of the entries with a symbol.
    pub words: Vec<Word>,
    /// Keywords that are typed in it: a symbol may be the value of one of these and of no other.
    pub options: BTreeSet<&'static str>,
    /// Behind a symbol it could not be read, so it may bring anything of its kind.
    pub unread: bool,
    /// All of it could be read with the symbols as they are typed, so what the stack holds says it already.
    pub whole: bool,
    /// As typed, on one line.
    pub text: String,
}

/// What would have to stand in a statement for a finding to be wrong: a value, and the operands that it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Names of operands, as the descriptions have them.
    pub operands: &'static [&'static str],
    /// Upper case.
    pub value: String,
}

impl Statement {
    /// Whether it may say what a rule misses: a statement, or one of some options of it, as in `TCPCONFIG TTLS`.
    fn is_missed(&self, miss: &str) -> bool {
        let Some(desc) = self.id.and_then(lookup::statement) else { return true };
        let mut words = miss.split(' ');
        if words.next() != Some(desc.name) {
            return false;
        }
        let mut keywords = words.peekable();
        let typed = |keyword: &str| self.options.iter().any(|option| option.eq_ignore_ascii_case(keyword));
        self.unread || keywords.peek().is_none() || keywords.any(typed)
    }

    /// Whether an entry of it with a symbol may have these values.
    fn may_bring(&self, values: &[Missing]) -> bool {
        let Some(desc) = self.id.and_then(lookup::statement).filter(|_| !self.unread) else { return true };
        let entries: BTreeSet<u32> =
            self.words.iter().filter(|word| word.text.contains('&')).map(|word| word.entry).collect();
        // A symbol outside of all entries may be of each of them.
        let all = entries.contains(&0);
        let entries: BTreeSet<u32> =
            if all { self.words.iter().map(|word| word.entry).collect() } else { entries };
        entries.iter().any(|entry| {
            values.iter().all(|missing| {
                let known = desc.slots.iter().any(|slot| missing.operands.contains(&slot.name));
                let here = |word: &&Word| {
                    (word.entry == *entry || word.entry == 0) && missing.operands.contains(&word.operand)
                };
                !known || self.words.iter().filter(here).any(|word| may_be(&word.text, &missing.value))
            })
        })
    }
}

/// The statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    list: Vec<Arc<Statement>>,
    /// An INCLUDE could not be followed: anything may stand there.
    anything: bool,
    /// The blocks and lists in which one could not be followed: what they hold may stand there.
    hosts: BTreeSet<StatementId>,
}

impl Serialize for Part {
    /// As a list of texts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let list: Vec<&str> = self.list.iter().map(|statement| statement.text.as_str()).collect();
        let mut part = serializer.serialize_struct("Part", 1)?;
        part.serialize_field("list", &list)?;
        part.end()
    }
}

impl Part {
    /// The statements of which something could not be read, as typed.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        self.list.iter().filter(|statement| !statement.whole).map(|statement| statement.text.as_str())
    }

    /// Whether everything is known.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.list.is_empty() && !self.anything && self.hosts.is_empty()
    }

    /// Notes that an INCLUDE could not be followed, in a block or list or outside of all.
    pub fn not_included(&mut self, host: Option<StatementId>) {
        match host {
            Some(host) => {
                self.hosts.insert(host);
            }
            None => self.anything = true,
        }
    }

    /// Whether one of these statements may stand in a data set that could not be included.
    fn may_be_included(&self, statements: &[&str]) -> bool {
        let names = || statements.iter().map(|miss| miss.split(' ').next().unwrap_or(miss));
        self.anything
            || self.hosts.iter().filter_map(|host| lookup::statement(*host)).any(|host| {
                names().any(|name| {
                    let mut named = grammar::STATEMENTS.iter().filter(|desc| desc.name == name);
                    name == host.name || named.any(|desc| desc.blocks.contains(&host.name))
                })
            })
    }

    /// Adds a statement. One of the same words may be there already.
    pub fn add(&mut self, statement: &Arc<Statement>) {
        if self.list.last().is_none_or(|last| last.text != statement.text) {
            self.list.push(Arc::clone(statement));
        }
    }

    fn of<'s>(&'s self, statements: &'s [&str]) -> impl Iterator<Item = &'s Statement> {
        self.list.iter().map(|statement| &**statement).filter(move |statement| {
            let desc = statement.id.and_then(lookup::statement);
            desc.is_none_or(|desc| statements.contains(&desc.name))
        })
    }

    /// Whether one of these statements may have brought something of this name into being.
    #[must_use]
    pub fn may_name(&self, statements: &[&str], name: &str) -> bool {
        self.may_be_included(statements)
            || self.of(statements).any(|statement| {
                statement.unread
                    || statement.id.is_none()
                    || statement.words.iter().any(|word| word.defines && may_be(&word.text, name))
            })
    }

    /// Whether one of these statements may say more than is known.
    #[must_use]
    pub fn may_say_more(&self, statements: &[&str]) -> bool {
        self.may_bring(statements, &[])
    }

    /// Whether one of these statements may bring something with these values.
    #[must_use]
    pub fn may_bring(&self, statements: &[&str], values: &[Missing]) -> bool {
        self.may_be_included(statements)
            || self.list.iter().any(|statement| {
                statements.iter().any(|miss| statement.is_missed(miss)) && statement.may_bring(values)
            })
    }

    /// The first word of this text in one of these statements that is meant, whatever the symbols beside it are.
    #[must_use]
    pub fn stated(&self, statements: &[&str], text: &str, meant: impl Fn(&Word) -> bool) -> Option<At> {
        let mut words = self.of(statements).flat_map(|statement| &statement.words);
        words.find(|word| word.text == text && meant(word)).map(|word| word.at)
    }

    /// Takes out what is found only because a value is not known: what points to a word with a symbol, and what a rule misses that stands,
    /// for all that is known, in one of these statements.
    pub fn leave_out(&self, reports: &mut Vec<Report>) {
        if self.is_nothing() {
            return;
        }
        let words = self.list.iter().flat_map(|statement| &statement.words);
        let open: BTreeSet<At> = words.filter(|word| word.text.contains('&')).map(|word| word.at).collect();
        let doubtful = |report: &Report| {
            open.contains(&report.at) || report.related.iter().any(|(_, at)| open.contains(at))
        };
        let missed = |report: &Report| {
            let misses = rules::misses(report.rule);
            !misses.is_empty() && self.may_bring(misses, &report.missing)
        };
        reports.retain(|report| !missed(report) && !doubtful(report));
    }
}

/// Whether a word with symbols may become a name.
#[must_use]
pub fn may_be(word: &str, name: &str) -> bool {
    // What is behind the slash is no part of an address; of IPv6 addresses there are many spellings.
    let word = word.split('/').next().unwrap_or(word);
    let name = name.to_ascii_uppercase();
    let symbols = symbols_in(word);
    // A pattern may cover it.
    if word.contains(['*', '?']) {
        return true;
    }
    if !symbols.is_empty() && word.contains(':') && name.contains(':') {
        return true;
    }
    let mut rest = name.as_str();
    let mut from = 0;
    for (number, symbol) in symbols.iter().enumerate() {
        let literal = word.get(from..symbol.span.start as usize).unwrap_or("");
        from = symbol.span.end() as usize;
        let found = if number == 0 { rest.starts_with(literal).then_some(0) } else { rest.find(literal) };
        let Some(found) = found else { return false };
        rest = rest.get(found + literal.len()..).unwrap_or("");
    }
    let last = word.get(from..).unwrap_or("");
    if let (true, Some(one), Some(other)) = (symbols.is_empty(), values::ipv6(word), values::ipv6(&name)) {
        return one == other;
    }
    if symbols.is_empty() { last == name || same_number(last, &name) } else { rest.ends_with(last) }
}

/// Whether two words are one number.
fn same_number(one: &str, other: &str) -> bool {
    matches!((one.parse::<u64>(), other.parse::<u64>()), (Ok(one), Ok(other)) if one == other)
}

/// Whether an operand is taken as it is typed, with a symbol in it too.
pub fn is_literal(slot: &SlotDesc) -> bool {
    matches!(
        slot.kind,
        SlotKind::Operand(
            Type::Name(_)
                | Type::Job
                | Type::JobPattern
                | Type::Text
                | Type::Word
                | Type::Dsname
                | Type::Resource
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_with_symbols_may_become() {
        for (word, name, is) in [
            ("&DEV.", "OSA1", true),
            ("OSA&N.", "OSA1", true),
            ("OSA&N.", "LCS1", false),
            ("203.0.113.&N.", "203.0.113.7", true),
            ("203.0.113.&N.", "198.51.100.7", false),
            ("10.&A..1.&B.", "10.2.1.9", true),
            ("10.&A..1.&B.", "10.2.3.9", false),
            ("&A.X", "WEBX", true),
            ("&A.X", "WEBY", false),
            ("OSA1", "OSA1", true),
            ("OSA1", "OSA10", false),
            ("192.0.2.&N./24", "192.0.2.5", true),
            ("2001:DB8::&N.", "2001:db8::7", true),
            ("2001:DB8:0:0::7", "2001:db8::7", true),
            ("2001:DB8::8", "2001:db8::7", false),
            ("&P.", "443", true),
            ("0443", "443", true),
            ("W*&A.", "WEB1", true),
        ] {
            assert_eq!(may_be(word, name), is, "{word} {name}");
        }
    }
}
