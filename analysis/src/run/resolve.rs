//! From the lines of a scenario to events of the model, every name resolved and every mistake collected.

use std::collections::BTreeMap;
use std::sync::Arc;

use grammar::scenario::{
    Call, Event as Said, HoldPoint, Line, LineKind, Scenario, SocketOptions as Options, Span, Word,
};
use runtime_model::Mode;
use runtime_model::event::{CfStep, Event, LocalEnd, Path, Preference, Signal, SocketOptions};
use runtime_model::ids::{JobId, StackId};
use runtime_model::model::StackModel;

use super::scope::{Named, Scope};
use super::wants::{WantOutcome, WantState, outcome, state};
use crate::obey::ObeySource;
use crate::trouble::Trouble;

/// Gives the number of a job name and user id.
pub type Jobs<'a> = &'a mut dyn FnMut(&str, Option<&str>) -> JobId;

/// One line, ready to run.
#[derive(Clone, Debug)]
pub enum Step {
    /// An event.
    Happen {
        /// The line.
        span: Span,
        /// Canonical spelling.
        text: String,
        /// What the model is given, in order.
        does: Vec<Does>,
    },
    /// An outcome of the event above.
    Outcome(Span, WantOutcome),
    /// An assertion about the state.
    Expect(Span, WantState),
}

/// One thing that a line does.
#[derive(Clone, Debug)]
pub enum Does {
    /// An event of the model.
    Event(Event),
    /// VARY OBEYFILE: the data sets of this stack so far, and what it is to hold unless it has refused something of earlier ones.
    Obey {
        /// The stack.
        stack: StackId,
        /// The data sets, in order.
        files: Vec<String>,
        /// What the texts give.
        config: Arc<StackModel>,
    },
    /// Every delayed message arrives.
    DeliverAll,
    /// Holds and delays end, and everything under way comes to its end.
    Settle,
    /// How far later events run by themselves.
    Mode(Mode),
}

/// Resolves every line. Gives the steps, and the mistakes in order of the text.
pub fn resolve(
    scenario: &Scenario,
    scope: &mut Scope<'_>,
    jobs: Jobs<'_>,
    obey: &dyn ObeySource,
) -> (Vec<Step>, Vec<Trouble>) {
    let mut steps = Vec::new();
    let mut errors = Vec::new();
    let mut happened = false;
    let mut files: BTreeMap<StackId, Vec<String>> = BTreeMap::new();
    for line in &scenario.lines {
        let span = line.span;
        let step = match &line.kind {
            LineKind::Comment => continue,
            LineKind::Malformed(error) => Err(Trouble::malformed(scope.file, error)),
            LineKind::Event(said) => {
                happened = true;
                does(said, scope, jobs, obey, &mut files).map(|does| Step::Happen {
                    span,
                    text: said.to_string(),
                    does,
                })
            }
            LineKind::Outcome(_) | LineKind::Expect(_) if !happened => Err(too_early(line, scope)),
            LineKind::Outcome(said) => outcome(said, scope).map(|want| Step::Outcome(span, want)),
            LineKind::Expect(expect) => state(expect, scope).map(|want| Step::Expect(span, want)),
        };
        match step {
            Ok(step) => steps.push(step),
            Err(error) => errors.push(error),
        }
    }
    (steps, errors)
}

/// Resolves one event that stands alone.
///
/// # Errors
/// When a name is unknown.
pub fn resolve_one(
    said: &Said,
    scope: &mut Scope<'_>,
    jobs: Jobs<'_>,
    obey: &dyn ObeySource,
) -> Named<Vec<Does>> {
    does(said, scope, jobs, obey, &mut BTreeMap::new())
}

/// An expectation before any event.
fn too_early(line: &Line, scope: &Scope<'_>) -> Trouble {
    let what = match &line.kind {
        LineKind::Outcome(_) => "an outcome belongs to the event above it",
        LineKind::Expect(_) | LineKind::Event(_) | LineKind::Comment | LineKind::Malformed(_) => {
            "an expectation is looked at behind an event"
        }
    };
    let message =
        format!("{what}, and there is none yet: begin with an event, for instance `start STACK` or `settle`");
    Trouble::at(scope.file, line.span, message, vec!["EVENT".to_owned()])
}

fn does(
    said: &Said,
    scope: &mut Scope<'_>,
    jobs: Jobs<'_>,
    obey: &dyn ObeySource,
    files: &mut BTreeMap<StackId, Vec<String>>,
) -> Named<Vec<Does>> {
    let event = match said {
        Said::Start(stacks) => {
            let stacks = stacks.iter().map(|stack| scope.stack(stack)).collect::<Named<Vec<_>>>()?;
            return Ok(stacks.into_iter().map(|stack| Does::Event(Event::Start(stack))).collect());
        }
        Said::DeliverAll => return Ok(vec![Does::DeliverAll]),
        Said::Settle => return Ok(vec![Does::Settle]),
        Said::Mode { fine: true } => return Ok(vec![Does::Mode(Mode::Fine)]),
        Said::Mode { fine: false } => return Ok(vec![Does::Mode(Mode::ToQuiescence)]),
        Said::Obey { stack, file } => return Ok(vec![obeyed(stack, file, scope, obey, files)?]),
        Said::Job { stack, job, call } => self::call(stack, job, call, scope, jobs)?,
        Said::Client { from, to, name } => Event::ClientConnect {
            client: scope.end(from)?,
            to: scope.end(to)?,
            connection: scope.fresh(name.as_ref()),
        },
        Said::Weight { stack, job: None, value } => {
            signal(scope.stack(stack)?, Signal::SystemWeight(scope.small(value)?))
        }
        Said::Abnormal { stack, job, value } => {
            let (name, user) = scope.job(job, None)?;
            let (stack, value) = (scope.stack(stack)?, scope.small(value)?);
            signal(stack, Signal::Abnormal { job: jobs(&name, user.as_deref()), value })
        }
        Said::Weight { stack, job: Some(job), value } => {
            let (name, user) = scope.job(job, None)?;
            let (stack, value) = (scope.stack(stack)?, scope.small(value)?);
            Event::Weight { stack, job: jobs(&name, user.as_deref()), value }
        }
        Said::Health { stack, job, value } => {
            let (name, user) = scope.job(job, None)?;
            let (stack, value) = (scope.stack(stack)?, scope.small(value)?);
            Event::Health { stack, job: jobs(&name, user.as_deref()), value }
        }
        Said::Stop(stack) => Event::Stop(scope.stack(stack)?),
        Said::Fail(stack) => Event::Fail(scope.stack(stack)?),
        Said::FailSystem(system) => Event::FailSystem(scope.system(system)?),
        Said::FailCpc(cpc) => Event::FailCpc(scope.cpc(cpc)?),
        Said::Leave(stack) => Event::Leave(scope.stack(stack)?),
        Said::Join(stack) => Event::Join(scope.stack(stack)?),
        Said::LoseCf => Event::LoseCf,
        Said::RestoreCf => Event::RestoreCf,
        Said::Packet { from, to } => Event::Packet { client: scope.end(from)?, to: scope.end(to)? },
        Said::Close(name) => Event::Close(scope.handle(name)?),
        Said::Deactivate { stack, address } => {
            Event::Deactivate { stack: scope.stack(stack)?, address: scope.dvipa(address)? }
        }
        Said::Reactivate { stack, address } => {
            Event::Reactivate { stack: scope.stack(stack)?, address: scope.dvipa(address)? }
        }
        Said::Quiesce { stack, port: Some(port), job: None, .. } => {
            Event::Quiesce { stack: scope.stack(stack)?, port: port.value }
        }
        Said::Resume { stack, port: Some(port), job: None, .. } => {
            Event::Resume { stack: scope.stack(stack)?, port: port.value }
        }
        Said::Quiesce { stack, port, job, asid } | Said::Resume { stack, port, job, asid } => {
            let named = job.as_ref().map(|job| scope.job(job, None)).transpose()?;
            let job = named.map(|(name, user)| jobs(&name, user.as_deref()));
            let on = matches!(said, Said::Quiesce { .. });
            let port = port.as_ref().map(|port| port.value);
            signal(scope.stack(stack)?, Signal::Quiesce { port, job, asid: asid.map(|asid| asid.value), on })
        }
        Said::Tsr { stack, value, parts: None } => {
            Event::Tsr { stack: scope.stack(stack)?, value: scope.small(value)? }
        }
        Said::Tsr { stack, value, parts: Some((cer, sef)) } => {
            let (tcsr, cer, sef) = (scope.small(value)?, scope.small(cer)?, scope.small(sef)?);
            signal(scope.stack(stack)?, Signal::Responsiveness { tcsr, cer, sef })
        }
        Said::Problem { stack, problem, on } => {
            signal(scope.stack(stack)?, Signal::Problem { problem: scope.problem(problem)?, on: *on })
        }
        Said::Path { from, to, ip, up } => {
            let path = if *ip { Path::Ip } else { Path::Xcf };
            signal(scope.stack(from)?, Signal::Path { to: scope.stack(to)?, path, up: *up })
        }
        Said::Step(stack) => Event::Step(scope.stack(stack)?),
        Said::Hold { stack, at } => Event::Hold {
            stack: scope.stack(stack)?,
            at: match at {
                HoldPoint::Obtain => CfStep::Obtain,
                HoldPoint::Lock => CfStep::Lock,
                HoldPoint::Revise => CfStep::Revise,
                HoldPoint::Return => CfStep::Return,
            },
        },
        Said::Release(stack) => Event::Release(scope.stack(stack)?),
        Said::Delay { from, to } => Event::Delay { from: scope.stack(from)?, to: scope.stack(to)? },
        Said::Deliver { from, to } => Event::Deliver { from: scope.stack(from)?, to: scope.stack(to)? },
        Said::Advance(seconds) => Event::Advance(seconds.value),
    };
    Ok(vec![Does::Event(event)])
}

const fn signal(stack: StackId, signal: Signal) -> Event {
    Event::Signal { stack, signal }
}

fn obeyed(
    stack: &Word,
    file: &Word,
    scope: &mut Scope<'_>,
    obey: &dyn ObeySource,
    files: &mut BTreeMap<StackId, Vec<String>>,
) -> Named<Does> {
    let id = scope.stack(stack)?;
    let list = files.entry(id).or_default();
    list.push(file.text.clone());
    let config = obey
        .obey(scope.stack_name(id), list, &[])
        .map_err(|message| Trouble::at(scope.file, file.span, message, vec!["FILE".to_owned()]))?;
    scope.obeyed(config.clone());
    Ok(Does::Obey { stack: id, files: list.clone(), config: Arc::new(config) })
}

fn call(stack: &Word, job: &Word, call: &Call, scope: &mut Scope<'_>, jobs: Jobs<'_>) -> Named<Event> {
    let stack = scope.stack(stack)?;
    let user = match call {
        Call::Bind { options, .. }
        | Call::Listen { options, .. }
        | Call::Connect { options, .. }
        | Call::Socket(options)
        | Call::Send { options, .. }
        | Call::AddressFor { options, .. } => options.user.as_ref(),
        Call::ListenOn(_)
        | Call::Unlisten(_)
        | Call::Define(_)
        | Call::DefineAffine { .. }
        | Call::Delete(_) => None,
    };
    let (name, user) = scope.job(job, user)?;
    let job = jobs(&name, user.as_deref());
    Ok(match call {
        Call::Bind { at, options } => {
            let (at, said) = (scope.local(at)?, options);
            let options = socket_options(said, scope)?;
            Event::Bind { stack, job, at, options, socket: scope.fresh(said.name.as_ref()) }
        }
        Call::Listen { at, options } => {
            let (at, said) = (scope.local(at)?, options);
            let options = socket_options(said, scope)?;
            Event::Listen { stack, job, at, options, socket: scope.fresh(said.name.as_ref()) }
        }
        Call::ListenOn(socket) => {
            let at = LocalEnd { address: None, port: 0 };
            Event::Listen { stack, job, at, options: SocketOptions::default(), socket: scope.handle(socket)? }
        }
        Call::Unlisten(socket) => Event::Unlisten(scope.handle(socket)?),
        Call::Connect { to, from, options } => {
            let to = scope.end(to)?;
            let from = from.as_ref().map(|socket| scope.handle(socket)).transpose()?;
            let connection = match (from, &options.name) {
                (Some(socket), Some(name)) => {
                    scope.alias(name, socket);
                    socket
                }
                (Some(socket), None) => socket,
                (None, name) => scope.fresh(name.as_ref()),
            };
            Event::Connect { stack, job, to, from, connection }
        }
        Call::Socket(said) => {
            let options = socket_options(said, scope)?;
            Event::Open { stack, job, options, socket: scope.fresh(said.name.as_ref()) }
        }
        Call::Send { to, from, options } => Event::Send {
            stack,
            job,
            to: scope.end(to)?,
            from: from.as_ref().map(|socket| scope.handle(socket)).transpose()?,
            options: socket_options(options, scope)?,
        },
        Call::AddressFor { to, options: said } => {
            let to = scope.ip(to)?;
            let options = SocketOptions { address_for: Some(to), ..socket_options(said, scope)? };
            let at = LocalEnd { address: None, port: 0 };
            Event::Bind { stack, job, at, options, socket: scope.fresh(said.name.as_ref()) }
        }
        Call::Define(address) => Event::Define { stack, job, address: scope.ip(address)? },
        Call::DefineAffine { address, asid } => {
            let (asid, address) = (asid.map(|asid| asid.value), scope.ip(address)?);
            signal(stack, Signal::CreateAffine { job, asid, address })
        }
        Call::Delete(address) => Event::Delete { stack, job, address: scope.ip(address)? },
    })
}

fn socket_options(said: &Options, scope: &Scope<'_>) -> Named<SocketOptions> {
    let packet_info = said.packet_info.as_ref().map(|address| scope.ip(address)).transpose()?;
    Ok(SocketOptions {
        reuse_address: said.reuseaddr,
        udp: said.udp,
        raw: said.raw,
        inet6: said.inet6,
        no_source_vipa: said.no_source_vipa,
        prefer: match (said.temporary, said.public) {
            (true, _) => Some(Preference::Temporary),
            (false, true) => Some(Preference::Public),
            (false, false) => None,
        },
        packet_info,
        address_for: None,
        asid: said.asid.map(|asid| asid.value),
    })
}
