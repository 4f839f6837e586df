//! Whose a report is: job name and system of its head against the stacks of the description.

use grammar::scenario::nearest;
use runtime_model::model::{Model, StackModel};

use crate::capture::Head;

/// Place of the stack in the model.
///
/// # Errors
/// In words, when no stack fits, or several do.
pub(super) fn stack(model: &Model, given: Option<&str>, head: &Head) -> Result<usize, String> {
    let Some(given) = given else {
        return match (&head.stack, model.stacks.as_slice()) {
            (Some(job), _) => named(model, job, head.system.as_deref()),
            (None, [_]) => Ok(0),
            (None, _) => Err("no head says which stack it is from: give it as STACK=FILE".to_owned()),
        };
    };
    let all: Vec<String> = model.stacks.iter().map(|stack| stack.name.clone()).collect();
    let Some(place) = model.stacks.iter().position(|stack| stack.name.eq_ignore_ascii_case(given)) else {
        return Err(format!("{given} is no stack of the description, which has {}", all.join(", ")));
    };
    let job = model.stacks.get(place).map_or("", StackModel::job_name);
    match &head.stack {
        Some(other) if !other.eq_ignore_ascii_case(job) && !other.eq_ignore_ascii_case(given) => {
            Err(format!("its head names {other}, and it was given for {given}"))
        }
        Some(_) | None => Ok(place),
    }
}

/// The stack of a job name, and of a system where one is told.
///
/// # Errors
/// In words, when no stack fits, or several do.
pub(super) fn named(model: &Model, job: &str, system: Option<&str>) -> Result<usize, String> {
    let of_job: Vec<(usize, &StackModel)> = model
        .stacks
        .iter()
        .enumerate()
        .filter(|(_, stack)| stack.job_name().eq_ignore_ascii_case(job))
        .collect();
    if of_job.is_empty() {
        let names = || model.stacks.iter().map(StackModel::job_name);
        let mut all: Vec<&str> = names().collect();
        all.dedup();
        let help = match nearest(job, all.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the description has {}", all.join(", ")),
        };
        return Err(format!("{job} is no stack of the description: {help}"));
    }
    let places = |fits: &dyn Fn(&StackModel) -> bool| -> Vec<usize> {
        of_job.iter().filter(|(_, stack)| fits(stack)).map(|(place, _)| *place).collect()
    };
    let mut here = places(&|stack| system.is_none_or(|system| stack.system.eq_ignore_ascii_case(system)));
    if here.is_empty() {
        // A stack whose system is not told has one of its own name.
        here = places(&|stack| stack.system.eq_ignore_ascii_case(&stack.name));
    }
    match here.as_slice() {
        [only] => Ok(*only),
        [] => Err(format!(
            "{job} runs on {} in the description, not on {}",
            of_job.iter().map(|(_, stack)| stack.system.clone()).collect::<Vec<_>>().join(" and "),
            system.unwrap_or_default()
        )),
        [..] => Err(format!(
            "{} stacks have the job name {job}, and the head does not say on which system: give it as STACK=FILE, with the \
             name of sysplex.toml",
            here.len()
        )),
    }
}
