//! The one thread that holds the compilers. Everything that happens is a job in one channel, done in the order of its
//! arrival; the handlers of the protocol do nothing but put jobs in.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;

use ls_types::MessageType;
use serde::Serialize;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use crate::ahead::{self, Edited};
use crate::answering::{self, Failed, question, question_of_ours};
use crate::engine::Factory;
use crate::envelope::Answer;
use crate::features::Feature;
use crate::outbox::Outbox;
use crate::worker::{self, Computed, Early, STACK, Task};
use crate::workspace::Workspace;

type Work = Box<dyn FnOnce(&mut Workspace) + Send>;

enum Job {
    /// Something has happened.
    Notice(&'static str, Work),
    /// Somebody waits. Everything that happened before must be seen by the answer.
    Request(&'static str, Work),
    /// Some findings, ahead of the others.
    Early(Early),
    /// Findings.
    Computed(Computed),
    /// The answering thread is idle again.
    Answered(Option<Failed>),
    /// The end.
    Stop,
}

/// The way in.
#[derive(Clone)]
pub(crate) struct Jobs(Sender<Job>);

impl Jobs {
    /// Something has happened.
    pub(crate) fn notice(&self, what: &'static str, work: impl FnOnce(&mut Workspace) + Send + 'static) {
        self.put(Job::Notice(what, Box::new(work)));
    }
    /// Asks, and answers when the owner has come to it. Dropping the future takes the question back.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut Workspace) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask_later(what, |workspace, reply: Reply<T>| {
            let answer = work(workspace);
            let _ = reply.send(answer);
        })
        .await
    }
    /// The same, where the owner keeps the reply for later.
    pub(crate) async fn ask_later<T: Send + 'static>(
        &self,
        what: &'static str,
        work: impl FnOnce(&mut Workspace, Reply<T>) + Send + 'static,
    ) -> Result<T> {
        // Nothing may be awaited before the job is in the channel: the order of jobs is that of the messages.
        let (reply, answer) = oneshot::channel();
        self.put(Job::Request(
            what,
            Box::new(move |workspace| {
                if !reply.is_closed() {
                    work(workspace, reply);
                }
            }),
        ));
        // A reply that was dropped is work that failed.
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }
    /// Asks a feature, and gives its answer in JSON.
    pub(crate) async fn ask_feature<F: Feature>(&self, params: F::Params) -> Result<Answer>
    where
        F::Answer: Serialize,
    {
        self.ask_later(F::METHOD, move |workspace, reply| workspace.ask(question::<F>(params, reply))).await
    }
    /// Asks a feature for the server itself, and gives its answer as it is.
    pub(crate) async fn ask_ours<F: Feature>(&self, params: F::Params) -> Result<F::Answer> {
        let work = move |workspace: &mut Workspace, reply| {
            workspace.ask(question_of_ours::<F>(params, reply));
        };
        self.ask_later(F::METHOD, work).await
    }
    /// The answering thread is idle again.
    pub(crate) fn answered(&self, failed: Option<Failed>) {
        self.put(Job::Answered(failed));
    }
    /// Some findings have come, the others follow.
    pub(crate) fn early(&self, early: Early) {
        self.put(Job::Early(early));
    }
    /// Findings have come.
    pub(crate) fn computed(&self, computed: Computed) {
        self.put(Job::Computed(computed));
    }
    /// The end, after the jobs before it.
    pub(crate) fn stop(&self) {
        self.put(Job::Stop);
    }
    fn put(&self, job: Job) {
        // After the end nobody listens, and nobody needs to.
        let _ = self.0.send(job);
    }
}

/// The ways to the threads that read.
pub(crate) struct Threads {
    /// To the one that asks for findings.
    pub(crate) tasks: Sender<Task>,
    /// To the one that answers questions.
    pub(crate) answers: Sender<answering::Task>,
    /// To the one that reads ahead.
    pub(crate) edits: SyncSender<Edited>,
}

/// Where an answer goes.
pub(crate) type Reply<T> = oneshot::Sender<Result<T>>;

/// Starts the owner and its reading thread.
pub(crate) fn start(factory: Factory, out: Outbox) -> io::Result<Jobs> {
    let (sender, receiver) = channel();
    let jobs = Jobs(sender);
    let tasks = worker::start(jobs.clone())?;
    let answers = answering::start(jobs.clone())?;
    let edits = ahead::start()?;
    thread::Builder::new().name("vipa-owner".to_owned()).stack_size(STACK).spawn(move || {
        let workspace = Workspace::new(factory, Threads { tasks, answers, edits }, out.clone());
        run(&receiver, workspace, &out);
    })?;
    Ok(jobs)
}

fn run(from: &Receiver<Job>, mut workspace: Workspace, out: &Outbox) {
    while let Ok(first) = from.recv() {
        let mut next = Some(first);
        // All that waits is done before anything is computed: newer edits supersede the work for older ones.
        while let Some(job) = next {
            match job {
                Job::Notice(what, work) => {
                    guarded(what, &mut workspace, out, work);
                }
                Job::Request(what, work) => {
                    settle(&mut workspace, out);
                    guarded(what, &mut workspace, out, work);
                }
                Job::Early(early) => {
                    guarded("findings", &mut workspace, out, |workspace| workspace.early(early));
                }
                Job::Computed(computed) => {
                    guarded("findings", &mut workspace, out, |workspace| workspace.computed(computed));
                }
                Job::Answered(failed) => {
                    settle(&mut workspace, out);
                    guarded("answering", &mut workspace, out, |workspace| workspace.answered(failed));
                }
                Job::Stop => return,
            }
            next = from.try_recv().ok();
            if next.is_none() {
                settle(&mut workspace, out);
                // The compilers took their time with an edit: who has asked meanwhile goes before the findings.
                next = from.try_recv().ok();
            }
        }
        guarded("checking", &mut workspace, out, Workspace::start_work);
    }
}

/// Each failure puts one compiler aside; the others must still hear what there is.
fn settle(workspace: &mut Workspace, out: &Outbox) {
    for _ in 0..=workspace.size() {
        if guarded("loading", workspace, out, Workspace::settle) {
            return;
        }
    }
}

/// The one place on this thread where a failure ends: it costs the piece of work, and the compiler it was in.
fn guarded(what: &str, workspace: &mut Workspace, out: &Outbox, work: impl FnOnce(&mut Workspace)) -> bool {
    match catch_unwind(AssertUnwindSafe(|| work(workspace))) {
        Ok(()) => true,
        Err(payload) => {
            out.log(MessageType::ERROR, format!("{what}: internal error: {}", reason(&*payload)));
            workspace.recover();
            false
        }
    }
}

/// The message of a panic.
pub(crate) fn reason(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "no message".to_owned())
}
