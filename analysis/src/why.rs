//! `vipa why`: one decision, the path that led to it, what it rests on, what would change it.

mod changes;
pub mod json;
mod product;
mod served;
pub mod text;

use std::sync::Arc;

use grammar::scenario::{Call, Event as Said, Scenario, ScenarioError, Span, parse_event};
use runtime_model::event::Event;
use runtime_model::outcome::Verdict;
use schemars::JsonSchema;
use serde::Serialize;

use crate::run::{Does, OutcomeReport, Play, Run, TraceReport, World, perform, resolve_one};
use crate::trouble::Trouble;

/// Port of a client whose port is not told: the first dynamic one.
const CLIENT_PORT: u16 = 49_152;

/// A decision explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The question, spelt as a line of the scenario language.
    pub question: String,
    /// The answer in words, one line.
    pub answer: String,
    /// The answer as values.
    pub outcome: OutcomeReport,
    /// The decisions, in order.
    pub trace: Vec<TraceReport>,
    /// What the sources leave open and the answer rests on.
    pub assumptions: Vec<Assumed>,
    /// What would change the answer, a sentence each; empty where that is not simple to say.
    pub changes: Vec<String>,
}

/// An open point of the sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Assumed {
    /// Name, as `[assumptions]` of the sysplex description spells it.
    pub name: String,
    /// What is assumed.
    pub words: String,
}

/// Reads a question from the words of a command: `STACK JOB connect DEST:PORT`, `STACK JOB bind ADDR:PORT`,
/// `STACK JOB listen ADDR:PORT`, `STACK JOB send DEST:PORT`, `STACK JOB bind2addrsel DEST`, `request CLIENT DVIPA:PORT` (STACK and JOB may stand before it and do not matter: the
/// client does not choose them). A client without a port gets one.
///
/// # Errors
/// When it is none of these; the span counts from the first character of the words joined by blanks.
pub fn question(words: &[String]) -> Result<Said, ScenarioError> {
    let request =
        words.iter().position(|word| word.eq_ignore_ascii_case("request")).filter(|at| matches!(at, 0 | 2));
    let text = match request.and_then(|at| words.get(at + 1..)) {
        Some([client, to @ ..]) => format!("client {} connect {}", with_port(client), to.join(" ")),
        Some([]) => "client".to_owned(),
        None => words.join(" "),
    };
    let said = parse_event(&text)?;
    let asked = match &said {
        Said::Job { call, .. } => {
            matches!(
                call,
                Call::Bind { .. }
                    | Call::Listen { .. }
                    | Call::Connect { .. }
                    | Call::Send { .. }
                    | Call::AddressFor { .. }
            )
        }
        Said::Client { .. } | Said::Packet { .. } => true,
        Said::Start(_)
        | Said::Stop(_)
        | Said::Fail(_)
        | Said::FailSystem(_)
        | Said::FailCpc(_)
        | Said::Leave(_)
        | Said::Join(_)
        | Said::LoseCf
        | Said::RestoreCf
        | Said::Obey { .. }
        | Said::Close(_)
        | Said::Deactivate { .. }
        | Said::Reactivate { .. }
        | Said::Quiesce { .. }
        | Said::Resume { .. }
        | Said::Weight { .. }
        | Said::Health { .. }
        | Said::Abnormal { .. }
        | Said::Problem { .. }
        | Said::Path { .. }
        | Said::Tsr { .. }
        | Said::Step(_)
        | Said::Hold { .. }
        | Said::Release(_)
        | Said::Delay { .. }
        | Said::Deliver { .. }
        | Said::DeliverAll
        | Said::Advance(_)
        | Said::Settle
        | Said::Mode { .. } => false,
    };
    if asked {
        return Ok(said);
    }
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let expected = ["STACK JOB connect DEST:PORT", "STACK JOB bind ADDR:PORT", "request CLIENT DVIPA:PORT"];
    Err(ScenarioError {
        span: Span { start: 0, end, line: 1, column: 1, end_column: end.saturating_add(1) },
        message: format!("`{text}` is no question: ask {}", expected.join(", or ")),
        expected: expected.iter().map(|form| (*form).to_owned()).collect(),
        suggestion: None,
    })
}

fn with_port(client: &str) -> String {
    match client.parse::<std::net::IpAddr>() {
        Ok(address) => std::net::SocketAddr::new(address, CLIENT_PORT).to_string(),
        Err(_) if client.contains(':') => client.to_owned(),
        Err(_) => format!("{client}:{CLIENT_PORT}"),
    }
}

/// Answers a question, on the sysplex as it is when every stack has started, or behind a scenario. For a client's request on the former the
/// servers of what it asks for listen.
///
/// # Errors
/// Names that nobody has, in the scenario or in the question; the file of the latter is `question`.
pub fn why(world: &World<'_>, said: &Said, after: Option<(&str, &Scenario)>) -> Result<Why, Vec<Trouble>> {
    let nothing = Scenario::default();
    let (file, scenario) = after.unwrap_or(("question", &nothing));
    let mut scope = world.scope(file);
    let mut play = world.play();
    let before: Run = perform(world, scenario, &mut scope, &mut play);
    if !before.errors.is_empty() {
        return Err(before.errors);
    }
    scope.file = "question";
    let does = resolve_one(said, &mut scope, &mut |name, user| play.job(name, user), world.obey)
        .map_err(|error| vec![error])?;
    let mut granted = None;
    if after.is_none()
        && world.begin.is_none()
        && let Some(Does::Event(Event::ClientConnect { to, .. })) = does.first()
    {
        let mut cluster = play.cluster().clone();
        granted = served::serve(world.model, &mut cluster, *to);
        play = Play::on(cluster);
    }
    let report = play.happen(None, said.to_string(), &does, &scope, world.obey);
    let outcome = play.last();
    let changes = does
        .iter()
        .find_map(|does| match does {
            Does::Event(event) => Some(changes::changes(event, said, outcome, world)),
            Does::Obey { stack, config, .. } => {
                let event = Event::Obey { stack: *stack, config: Arc::clone(config) };
                Some(changes::changes(&event, said, outcome, world))
            }
            Does::DeliverAll | Does::Settle | Does::Mode(_) => None,
        })
        .unwrap_or_default();
    let assumptions = outcome
        .assumptions
        .iter()
        .map(|one| Assumed { name: one.name().to_owned(), words: one.words().trim().to_owned() });
    let assumptions = granted.into_iter().chain(assumptions).collect();
    let answer = match (&outcome.verdict, does.first()) {
        (Verdict::Done, Some(Does::Event(Event::ClientConnect { .. } | Event::Packet { .. }))) => {
            outcome.stack.map_or_else(String::new, |stack| format!("goes to {}", scope.stack_name(stack)))
        }
        (Verdict::Done | Verdict::Pending | Verdict::Refused(_), _) => report.words.join("; "),
    };
    Ok(Why {
        question: said.to_string(),
        answer,
        outcome: report.outcome,
        trace: report.trace,
        assumptions,
        changes,
    })
}
