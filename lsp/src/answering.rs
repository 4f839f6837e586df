//! The thread that answers the editor's questions, so that the owner can take the next edit meanwhile. An edit that
//! comes while it is at work makes it give up: the compiler sees to that.
//!
//! As with findings it gets one question at a time and only when idle, so that no view waits in a queue.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use serde::Serialize;
use tower_lsp::jsonrpc::{Error, Result};

use crate::envelope;
use crate::features::{Cx, Desk, Document, Feature, Scope, Sight};
use crate::owner::{Jobs, Reply, reason};
use crate::project::Root;
use crate::worker::STACK;

/// A question of any feature.
pub(crate) trait Question: Send {
    /// The protocol's name for it.
    fn method(&self) -> &'static str;
    /// What it is about.
    fn scope(&self) -> Scope;
    /// Whether nobody waits any more.
    fn is_taken_back(&self) -> bool;
    /// Finds the answer and keeps it.
    fn find(&mut self, cx: &Cx<'_>);
    /// Sends it.
    fn send(self: Box<Self>);
    /// Sends an error in place of one.
    fn refuse(self: Box<Self>, error: Error);
}

struct Asked<F: Feature, T> {
    params: F::Params,
    reply: Reply<T>,
    /// Makes of the answer what goes to who waits.
    made: fn(F::Answer) -> Result<T>,
    answer: Option<Result<F::Answer>>,
}

/// A question, and where its answer goes in JSON.
pub(crate) fn question<F: Feature>(params: F::Params, reply: Reply<envelope::Answer>) -> Box<dyn Question>
where
    F::Answer: Serialize,
{
    let made = |answer| serde_json::to_vec(&answer).map_err(|_| Error::internal_error());
    Box::new(Asked::<F, _> { params, reply, made, answer: None })
}

/// A question of the server itself, and where its answer goes as it is.
pub(crate) fn question_of_ours<F: Feature>(params: F::Params, reply: Reply<F::Answer>) -> Box<dyn Question> {
    Box::new(Asked::<F, _> { params, reply, made: Ok, answer: None })
}

impl<F: Feature, T: Send> Question for Asked<F, T> {
    fn method(&self) -> &'static str {
        F::METHOD
    }
    fn scope(&self) -> Scope {
        F::scope(&self.params)
    }
    fn is_taken_back(&self) -> bool {
        self.reply.is_closed()
    }
    fn find(&mut self, cx: &Cx<'_>) {
        self.answer = Some(F::answer(cx, &self.params));
    }
    fn send(self: Box<Self>) {
        let answer = self.answer.unwrap_or_else(|| Err(Error::internal_error()));
        let _ = self.reply.send(answer.and_then(self.made));
    }
    fn refuse(self: Box<Self>, error: Error) {
        let _ = self.reply.send(Err(error));
    }
}

/// Work for the thread.
pub(crate) struct Task {
    /// The question.
    pub(crate) question: Box<dyn Question>,
    /// The states to answer from.
    pub(crate) sights: Vec<Sight>,
    /// The document that it is about.
    pub(crate) document: Option<Document>,
    /// The client.
    pub(crate) desk: Desk,
}

/// A question without an answer.
pub(crate) struct Failed {
    /// The question.
    pub(crate) question: Box<dyn Question>,
    /// The states that it was asked of.
    pub(crate) states: Vec<(Root, u64)>,
    /// The message of the failure. The compiler gives up with one too.
    pub(crate) reason: String,
}

/// Starts the thread. What it has done comes as a job.
pub(crate) fn start(jobs: Jobs) -> io::Result<Sender<Task>> {
    let (sender, tasks) = channel::<Task>();
    thread::Builder::new().name("vipa-answer".to_owned()).stack_size(STACK).spawn(move || {
        while let Ok(task) = tasks.recv() {
            let Task { mut question, sights, document, desk } = task;
            let states = sights.iter().map(|sight| (sight.root.clone(), sight.generation)).collect();
            let asked = &mut question;
            // The views are gone before the answer is sent, also when the compiler unwinds.
            let result = catch_unwind(AssertUnwindSafe(move || {
                asked.find(&Cx { sights: &sights, document: document.as_ref(), desk: &desk });
            }));
            match result {
                Ok(()) => {
                    question.send();
                    jobs.answered(None);
                }
                Err(payload) => {
                    jobs.answered(Some(Failed { question, states, reason: reason(&*payload) }));
                }
            }
        }
    })?;
    Ok(sender)
}
