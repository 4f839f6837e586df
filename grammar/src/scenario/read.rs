//! From text to plain data. Pest's pairs do not leave this file.

use pest::Parser as _;
use pest::iterators::Pair;

use super::error::explain;
use super::node::Node;
use super::{
    Call, Event, Expect, HoldPoint, Line, LineKind, Number, Outcome, OutcomeItem, Route, Scenario,
    ScenarioError, Span, Status,
};

/// Keeps what the derive makes out of the documentation and out of reach.
mod generated {
    #![allow(missing_docs, clippy::all)]
    #[derive(pest_derive::Parser)]
    #[grammar = "src/scenario.pest"]
    pub struct ScenarioParser;
}
pub(super) use generated::{Rule, ScenarioParser};

pub(super) type Read<T> = Result<T, ScenarioError>;

/// Reads a whole text.
#[must_use]
pub fn parse(text: &str) -> Scenario {
    parse_at(text, 1, 0)
}

/// Reads a text that is part of a larger one: its first line has this number and its first byte this offset there.
#[must_use]
pub fn parse_at(text: &str, first_line: u32, offset: u32) -> Scenario {
    let mut lines = Vec::new();
    let mut at = offset as usize;
    for (count, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end_matches(['\n', '\r']);
        let reader =
            LineReader { text: bare, number: first_line.saturating_add(index(count)), offset: index(at) };
        lines.extend(reader.line());
        at += line.len();
    }
    Scenario { lines }
}

/// Reads one event that stands alone, as `vipa why` takes it from its command line.
///
/// # Errors
/// When the text is no event; the span counts from the first character of the text.
pub fn parse_event(text: &str) -> Result<Event, ScenarioError> {
    let reader = LineReader { text, number: 1, offset: 0 };
    match reader.line().map(|line| line.kind) {
        Some(LineKind::Event(event)) => Ok(event),
        Some(LineKind::Malformed(error)) => Err(error),
        Some(LineKind::Outcome(_) | LineKind::Expect(_) | LineKind::Comment) | None => {
            let (start, end) = reader.content();
            Err(reader.wrong(start, end, "an event is wanted here".to_owned(), &["EVENT"]))
        }
    }
}

/// Offsets and line numbers beyond 4 GiB stay at the limit.
pub(super) fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// One line and its place in the file.
pub(super) struct LineReader<'t> {
    /// Without its end.
    pub(super) text: &'t str,
    number: u32,
    offset: u32,
}

impl<'t> LineReader<'t> {
    /// The span of a part, given by byte offsets in the line.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let column = |at: usize| index(self.text.get(..at).unwrap_or(self.text).chars().count() + 1);
        Span {
            start: self.offset.saturating_add(index(start)),
            end: self.offset.saturating_add(index(end)),
            line: self.number,
            column: column(start),
            end_column: column(end),
        }
    }

    /// Offsets of the text without its comment and surrounding blanks; of the comment when there is nothing else.
    pub(super) fn content(&self) -> (usize, usize) {
        let code = self.text.split(';').next().unwrap_or("");
        let part = if code.trim().is_empty() { self.text } else { code };
        let start = part.len() - part.trim_start().len();
        (start, start + part.trim().len())
    }

    pub(super) fn wrong(
        &self,
        start: usize,
        end: usize,
        message: String,
        expected: &[&str],
    ) -> ScenarioError {
        let expected = expected.iter().map(|word| (*word).to_owned()).collect();
        ScenarioError { span: self.span(start, end), message, expected, suggestion: None }
    }

    fn line(&self) -> Option<Line> {
        if self.text.trim().is_empty() {
            return None;
        }
        let (start, end) = self.content();
        let kind = match ScenarioParser::parse(Rule::line, self.text) {
            Ok(mut pairs) => pairs.next().map_or(Ok(LineKind::Comment), |pair| self.kind(pair)),
            Err(error) => Err(explain(self, &error)),
        };
        Some(Line { span: self.span(start, end), kind: kind.unwrap_or_else(LineKind::Malformed) })
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "Rule is pest's list of rules")]
    fn kind(&self, pair: Pair<'t, Rule>) -> Read<LineKind> {
        let node = Node { line: self, pair };
        Ok(match node.pair.as_rule() {
            Rule::comment | Rule::EOI => LineKind::Comment,
            Rule::outcome => LineKind::Outcome(self.outcome(&node)?),
            Rule::expect => LineKind::Expect(self.expect(&node)?),
            _ => LineKind::Event(self.event(&node)?),
        })
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "Rule is pest's list of rules")]
    fn event(&self, node: &Node<'_, 't>) -> Read<Event> {
        let stack = || node.word(Rule::stack, 0);
        let second = || node.word(Rule::stack, 1);
        let end = |nth| node.endpoint(nth);
        let port = || node.has(Rule::port).then(|| node.port()).transpose();
        let job = || node.word(Rule::job, 0).ok();
        Ok(match node.pair.as_rule() {
            Rule::start => Event::Start(node.words(Rule::stack)),
            Rule::stop => Event::Stop(stack()?),
            Rule::fail => {
                if node.has(Rule::k_system) {
                    Event::FailSystem(node.word(Rule::system, 0)?)
                } else if node.has(Rule::k_cpc) {
                    Event::FailCpc(node.word(Rule::cpc, 0)?)
                } else {
                    Event::Fail(stack()?)
                }
            }
            Rule::leave => Event::Leave(stack()?),
            Rule::join => Event::Join(stack()?),
            Rule::lose => Event::LoseCf,
            Rule::restore => Event::RestoreCf,
            Rule::obey => Event::Obey { stack: stack()?, file: node.quoted(Rule::file)? },
            Rule::job_event => {
                Event::Job { stack: stack()?, job: node.word(Rule::job, 0)?, call: self.call(&node.last()?)? }
            }
            Rule::client => {
                Event::Client { from: end(0)?, to: end(1)?, name: node.inside(Rule::as_name, Rule::name) }
            }
            Rule::packet => Event::Packet { from: end(0)?, to: end(1)? },
            Rule::close => Event::Close(node.word(Rule::name, 0)?),
            Rule::deactivate => Event::Deactivate { stack: stack()?, address: node.address()? },
            Rule::reactivate => Event::Reactivate { stack: stack()?, address: node.address()? },
            Rule::quiesce => {
                Event::Quiesce { stack: stack()?, port: port()?, job: job(), asid: node.asid()? }
            }
            Rule::resume => Event::Resume { stack: stack()?, port: port()?, job: job(), asid: node.asid()? },
            Rule::weight => {
                let value = node.number(Rule::number, "a weight from 0 to 65535", 65_535)?;
                Event::Weight { stack: stack()?, job: job(), value }
            }
            Rule::health => {
                let value = node.number(Rule::number, "a health from 0 to 100", 100)?;
                Event::Health { stack: stack()?, job: node.word(Rule::job, 0)?, value }
            }
            Rule::abnormal => {
                let value = node.number(Rule::number, "a number of 1000 from 0 to 1000", 1000)?;
                Event::Abnormal { stack: stack()?, job: node.word(Rule::job, 0)?, value }
            }
            Rule::tsr => {
                let percent = |nth| node.nth_number(Rule::number, nth, "a responsiveness from 0 to 100", 100);
                let parts = node.nth(Rule::number, 2).is_ok();
                let parts = parts.then(|| Ok((percent(1)?, percent(2)?))).transpose()?;
                Event::Tsr { stack: stack()?, value: percent(0)?, parts }
            }
            Rule::problem | Rule::clear => Event::Problem {
                stack: stack()?,
                problem: node.word(Rule::name, 0)?,
                on: node.pair.as_rule() == Rule::problem,
            },
            Rule::path => Event::Path {
                from: stack()?,
                to: second()?,
                ip: node.has(Rule::k_ip),
                up: node.has(Rule::k_up),
            },
            Rule::step => Event::Step(stack()?),
            Rule::hold => Event::Hold { stack: stack()?, at: hold_point(node) },
            Rule::release => Event::Release(stack()?),
            Rule::delay => Event::Delay { from: stack()?, to: second()? },
            Rule::deliver if node.has(Rule::k_all) => Event::DeliverAll,
            Rule::deliver => Event::Deliver { from: stack()?, to: second()? },
            Rule::advance => Event::Advance(node.seconds()?),
            Rule::settle => Event::Settle,
            Rule::mode => Event::Mode { fine: node.has(Rule::k_fine) },
            _ => return Err(node.unreadable()),
        })
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "Rule is pest's list of rules")]
    fn call(&self, node: &Node<'_, 't>) -> Read<Call> {
        Ok(match node.pair.as_rule() {
            Rule::bind => Call::Bind { at: node.endpoint(0)?, options: node.options()? },
            Rule::listen if node.has(Rule::endpoint) => {
                Call::Listen { at: node.endpoint(0)?, options: node.options()? }
            }
            Rule::listen => Call::ListenOn(node.word(Rule::name, 0)?),
            Rule::unlisten => Call::Unlisten(node.word(Rule::name, 0)?),
            Rule::connect => Call::Connect {
                to: node.endpoint(0)?,
                from: node.inside(Rule::from_name, Rule::name),
                options: node.options()?,
            },
            Rule::socket => Call::Socket(node.options()?),
            Rule::send => Call::Send {
                to: node.endpoint(0)?,
                from: node.inside(Rule::from_name, Rule::name),
                options: node.options()?,
            },
            Rule::addrsel => Call::AddressFor { to: node.address()?, options: node.options()? },
            Rule::define if node.has(Rule::k_affinity) => {
                Call::DefineAffine { address: node.address()?, asid: node.asid()? }
            }
            Rule::define => Call::Define(node.address()?),
            Rule::delete => Call::Delete(node.address()?),
            _ => return Err(node.unreadable()),
        })
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "Rule is pest's list of rules")]
    fn outcome(&self, node: &Node<'_, 't>) -> Read<Outcome> {
        let mut items = Vec::new();
        for part in node.nodes() {
            items.push(match part.pair.as_rule() {
                Rule::refused => {
                    let errno = part.word(Rule::errno, 0).ok();
                    let reason = part.word(Rule::reason, 0).ok();
                    return Ok(Outcome::Refused { errno, reason, via: part.words(Rule::mark) });
                }
                Rule::message => {
                    let text = part.word(Rule::text, 0).ok();
                    return Ok(Outcome::Message { id: part.word(Rule::message_id, 0)?, text });
                }
                Rule::exit => {
                    return Ok(Outcome::Exit(part.number(
                        Rule::number,
                        "an exit code from 0 to 255",
                        255,
                    )?));
                }
                Rule::assumes => return Ok(Outcome::Assumes(part.word(Rule::name, 0)?)),
                Rule::k_accepted => return Ok(Outcome::Accepted),
                Rule::k_held | Rule::k_waits => return Ok(Outcome::Waits),
                Rule::source => OutcomeItem::Source(part.address()?),
                Rule::at_port if part.has(Rule::k_ephemeral) => OutcomeItem::Ephemeral(part.span()),
                Rule::at_port => OutcomeItem::Port(part.port()?),
                Rule::at_stack => OutcomeItem::Stack(part.word(Rule::stack, 0)?),
                Rule::via => OutcomeItem::Via(part.word(Rule::mark, 0)?),
                _ => continue,
            });
        }
        Ok(Outcome::Items(items))
    }

    #[allow(clippy::wildcard_enum_match_arm, reason = "Rule is pest's list of rules")]
    fn expect(&self, node: &Node<'_, 't>) -> Read<Expect> {
        let node = node.last()?;
        let stack = || node.word(Rule::stack, 0).ok();
        Ok(match node.pair.as_rule() {
            Rule::owner => Expect::Owner { address: node.address()?, stack: stack() },
            Rule::status => Expect::Status {
                stack: node.word(Rule::stack, 0)?,
                address: node.address()?,
                status: status(&node),
            },
            Rule::view => Expect::View {
                stack: node.word(Rule::stack, 0)?,
                address: node.address()?,
                words: node.words(Rule::name),
            },
            Rule::member => {
                Expect::Group { stack: node.word(Rule::stack, 0)?, word: node.word(Rule::name, 0)? }
            }
            Rule::ready => {
                let count = match node.has(Rule::k_none) {
                    true => None,
                    false => {
                        let count = node.number(Rule::number, "a count", u32::MAX)?;
                        Some(Number { value: u64::from(count.value), span: count.span })
                    }
                };
                Expect::Ready { service: node.endpoint(0)?, stack: node.word(Rule::stack, 0)?, count }
            }
            Rule::owned_ports => {
                let ports = node.all(Rule::ports).map(|part| part.ports()).collect::<Read<Vec<_>>>()?;
                Expect::Ports { address: node.address()?, stack: stack(), ports }
            }
            Rule::targets => Expect::Targets { service: node.endpoint(0)?, stacks: node.words(Rule::stack) },
            Rule::route => {
                let to = match stack() {
                    Some(stack) => Route::To(stack),
                    None if node.has(Rule::k_held) => Route::Held,
                    None => Route::Nowhere,
                };
                Expect::Route { from: node.endpoint(0)?, to: node.endpoint(1)?, stack: to }
            }
            Rule::connections => {
                let count = node.number(Rule::number, "a count", u32::MAX)?;
                let count = Number { value: u64::from(count.value), span: count.span };
                Expect::Connections { stack: node.word(Rule::stack, 0)?, count }
            }
            Rule::connection => {
                Expect::Connection { name: node.word(Rule::name, 0)?, open: node.has(Rule::k_open) }
            }
            Rule::invariants => Expect::Invariants,
            Rule::quiescent => Expect::Quiescent,
            _ => return Err(node.unreadable()),
        })
    }
}

fn hold_point(node: &Node<'_, '_>) -> HoldPoint {
    if node.has(Rule::k_obtain) {
        HoldPoint::Obtain
    } else if node.has(Rule::k_lock) {
        HoldPoint::Lock
    } else if node.has(Rule::k_revise) {
        HoldPoint::Revise
    } else {
        HoldPoint::Return
    }
}

fn status(node: &Node<'_, '_>) -> Status {
    let table = [
        (Rule::k_active, Status::Active),
        (Rule::k_backup, Status::Backup),
        (Rule::k_moving, Status::Moving),
        (Rule::k_quiescing, Status::Quiescing),
        (Rule::k_target, Status::Target),
        (Rule::k_deactivated, Status::Deactivated),
        (Rule::k_inactivated, Status::Inactivated),
    ];
    table.into_iter().find(|(rule, _)| node.has(*rule)).map_or(Status::Inactive, |(_, status)| status)
}
