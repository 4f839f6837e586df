//! `workspace/executeCommand`: `why`, `plan`, `failover`, `run` and the picture of the sysplex. Each gives its report back, and
//! has it shown by clients that can show a document.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use analysis::failover::{self, Options};
use analysis::graph::{self, Focus};
use analysis::plan::{self, Ask, Step};
use analysis::run::Run;
use analysis::{run, why};
use compiler::source::SourceText;
use ls_types::{ExecuteCommandOptions, ExecuteCommandParams, ServerCapabilities, Uri};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::page::{self, Played};
use super::rename::everywhere::RENAME;
use crate::bench::{Bench, addresses};
use crate::owner::{Jobs, reason};
use crate::uri;
use crate::worker::STACK;

/// Runs a scenario.
pub(crate) const RUN: &str = "vipa.run";
/// One decision of the running sysplex.
pub(crate) const WHY: &str = "vipa.why";
/// What an OBEYFILE would do.
pub(crate) const PLAN: &str = "vipa.plan";
/// Every fault in turn.
pub(crate) const FAILOVER: &str = "vipa.failover";

/// A picture.
pub(crate) const GRAPH: &str = "vipa.graph";

/// Tells the client what it may order.
pub(crate) fn register(capabilities: &mut ServerCapabilities) {
    capabilities.execute_command_provider = Some(ExecuteCommandOptions {
        commands: [RUN, WHY, PLAN, FAILOVER, GRAPH, RENAME].map(str::to_owned).to_vec(),
        ..ExecuteCommandOptions::default()
    });
}

/// Carries out a command, on a thread of its own: a report takes its time, and no edit waits for it.
pub(crate) async fn execute(jobs: &Jobs, params: ExecuteCommandParams) -> Result<Option<Value>> {
    let order = jobs.ask("workspace/executeCommand", move |workspace| workspace.order(&params)).await?;
    let (reply, answer) = oneshot::channel();
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(|| order.perform()));
        let _ = reply.send((order, result.map_err(|payload| reason(&*payload))));
    };
    let started = thread::Builder::new().name("vipa-command".to_owned()).stack_size(STACK).spawn(work);
    started.map_err(|error| refusal(format!("no thread for the command: {error}")))?;
    let (order, result) = answer.await.map_err(|_| Error::internal_error())?;
    let report = result.map_err(|why| refusal(format!("{}: internal error: {why}", order.command)))?;
    let report = report.map_err(refusal)?;
    let value = report.value();
    jobs.notice("report", move |workspace| workspace.reported(&order, report));
    Ok(Some(value))
}

/// What the person at the editor is told in place of a report.
pub(crate) fn refusal(message: String) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: message.into(), data: None }
}

/// What a command is about. Fields that it does not need are passed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Argument {
    /// A document of the sysplex that is meant; the scenario, the OBEYFILE.
    pub(crate) uri: Option<Uri>,
    /// For a Markdown file: the first line of the scenario.
    line: Option<u32>,
    /// The stack that obeys.
    stack: Option<String>,
    /// The DVIPA that the picture is about; else it shows all.
    about: Option<String>,
    /// For why: `TCPIP1 APPA connect 192.0.2.9:443`.
    question: Option<String>,
    /// Whether the report is to be shown; else it is given back only.
    pub(crate) show: Option<bool>,
}

impl Argument {
    /// From what the client sends: an object, or the URI or question alone.
    ///
    /// # Errors
    /// In words, when it is neither.
    pub(crate) fn read(command: &str, arguments: &[Value]) -> std::result::Result<Self, String> {
        match arguments.first() {
            None | Some(Value::Null) => Ok(Self::default()),
            Some(Value::String(text)) if command == WHY => {
                Ok(Self { question: Some(text.clone()), ..Self::default() })
            }
            Some(Value::String(text)) => {
                let uri = text.parse().map_err(|_| format!("{command}: {text} is no URI"))?;
                Ok(Self { uri: Some(uri), ..Self::default() })
            }
            Some(value) => Self::deserialize(value).map_err(|error| format!("{command}: {error}")),
        }
    }
}

/// A command with all that it needs.
pub(crate) struct Order {
    /// Its name.
    pub(crate) command: String,
    /// What it is about.
    pub(crate) argument: Argument,
    /// The sysplex.
    pub(crate) bench: Bench,
    /// Path and text of the document that it is about, if it is about one.
    pub(crate) document: Option<(String, String)>,
    /// Its version, if it is open.
    pub(crate) version: Option<i32>,
}

/// What a command gives.
#[derive(Debug)]
pub(crate) struct Report {
    /// For people.
    pub(crate) title: String,
    /// A name for a file that holds it.
    pub(crate) name: String,
    /// The report.
    pub(crate) text: String,
    /// The document whose scenarios were run, with what came of them.
    pub(crate) runs: Option<(String, Vec<Run>)>,
}

impl Report {
    fn new(title: impl Into<String>, name: &str, text: String) -> Self {
        Self { title: title.into(), name: name.to_owned(), text, runs: None }
    }
    /// Whether it is a page.
    pub(crate) fn is_page(&self) -> bool {
        self.name.ends_with(".html")
    }
    /// For the client.
    pub(crate) fn value(&self) -> Value {
        let format = if self.is_page() { "html" } else { "text" };
        json!({ "title": self.title, "format": format, "text": self.text })
    }
}

impl Order {
    /// Does it. Takes its time.
    ///
    /// # Errors
    /// What the person at the editor is told.
    pub(crate) fn perform(&self) -> std::result::Result<Report, String> {
        match self.command.as_str() {
            RUN => self.run(),
            WHY => self.why(),
            PLAN => self.plan(),
            FAILOVER => self.failover(),
            GRAPH => self.graph(),
            other => Err(format!("there is no command {other}")),
        }
    }

    fn document(&self) -> std::result::Result<(&str, &str), String> {
        let known = self.document.as_ref().map(|(path, text)| (path.as_str(), text.as_str()));
        known.ok_or_else(|| format!("{}: name a document that is open or on disk", self.command))
    }

    fn run(&self) -> std::result::Result<Report, String> {
        let (path, text) = self.document()?;
        let file = uri::name(path).to_owned();
        let played = page::scenarios(path, text).ok_or_else(|| format!("{file} is no scenario"))?;
        let wanted = |played: &&Played| {
            let line = played.block.as_ref().map(|block| block.first_line);
            self.argument.line.is_none() || self.argument.line == line
        };
        let (runs, names) = self.bench.ask(Some(path), |snapshot, world, _| {
            let run = |played: &Played| Run {
                title: played.block.as_ref().map_or(String::new(), |block| block.title().to_owned()),
                ..run::run(world, &file, &played.scenario)
            };
            Ok((played.iter().filter(wanted).map(run).collect::<Vec<_>>(), addresses(snapshot)))
        })?;
        let out: String = runs.iter().map(|run| run::text::render(run, &names, true)).collect();
        let passed = runs.iter().all(Run::passed);
        let title = format!("{file}: {}", if passed { "passed" } else { "failed" });
        Ok(Report { runs: Some((path.to_owned(), runs)), ..Report::new(title, "run.txt", out) })
    }

    fn why(&self) -> std::result::Result<Report, String> {
        let Some(question) = &self.argument.question else {
            return Err(format!(
                "{WHY} wants a question: STACK JOB connect DEST:PORT, STACK JOB bind ADDR:PORT or request CLIENT DVIPA:PORT"
            ));
        };
        let words: Vec<String> = question.split_whitespace().map(str::to_owned).collect();
        let said = why::question(&words).map_err(|error| error.message)?;
        let text = self.bench.ask(None, |snapshot, world, _| {
            Ok(why::text::render(&why::why(world, &said, None)?, &addresses(snapshot)))
        })?;
        Ok(Report::new(format!("why {question}"), "why.txt", text))
    }

    fn graph(&self) -> std::result::Result<Report, String> {
        let focus = Focus { stack: self.argument.stack.clone(), dvipa: self.argument.about.clone() };
        let picture = self.bench.ask(None, |_, world, _| graph::graph(world, None, &focus))?;
        Ok(Report::new(graph::words::summary(&picture), "graph.html", graph::html::render(&picture)))
    }

    fn plan(&self) -> std::result::Result<Report, String> {
        let (path, text) = self.document()?;
        let name = uri::name(path);
        let source = Arc::new(SourceText::new(text));
        let (stack, report) = self.bench.ask(Some(path), |snapshot, world, system| {
            let stack = match (&self.argument.stack, snapshot.stacks().as_slice()) {
                (Some(stack), _) => stack.clone(),
                (None, [only]) => only.clone(),
                (None, several) => return Ok((String::new(), several.join(", "))),
            };
            let steps = [Step { stack: stack.clone(), path: path.to_owned(), source }];
            let ask = Ask { snapshot, system, after: None, before: &[], steps: &steps };
            Ok((stack, plan::text::render(&plan::plan(world, &ask)?, false)))
        })?;
        if stack.is_empty() {
            return Err(format!("{PLAN}: which stack obeys {name}? Name it as `stack`: {report}"));
        }
        // Paths count from the description, as its own do.
        let folder = uri::folder(&self.bench.description).map(|folder| format!("{folder}/"));
        let report = folder.map_or(report.clone(), |folder| report.replace(&folder, ""));
        Ok(Report::new(format!("plan of {name} on {stack}"), "plan.txt", report))
    }

    fn failover(&self) -> std::result::Result<Report, String> {
        let options = Options {
            faults: 1,
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            trace: true,
        };
        let report =
            self.bench.ask(None, |_, world, _| failover::failover(world, None, options, &mut |_, _| {}))?;
        Ok(Report::new("failover", "failover.html", failover::html::render(&report)))
    }
}
