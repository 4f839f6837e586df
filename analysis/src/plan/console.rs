//! What the console shows while a data set is obeyed: the frame that every VARY OBEYFILE has (05 13.1, 13.2), and what its
//! statements make the stack say, in the order of a real log.

use compiler::apply::Kind;
use compiler::obey::Obeyed;

use super::statements::{Said, Statement};

/// The flow of one command.
pub(super) struct Flow<'a> {
    stack: &'a str,
    path: &'a str,
    failed: bool,
    /// The founding documents know no console.
    silent: bool,
    flow: Vec<Said>,
}

impl<'a> Flow<'a> {
    /// A command begins.
    pub(super) fn new(stack: &'a str, path: &'a str, statements: &[Statement], silent: bool) -> Self {
        let mut flow = Self { stack, path, failed: statements.iter().any(fails), silent, flow: Vec::new() };
        flow.say("EZZ0060I", format!("processing command: VARY TCPIP,{stack},OBEYFILE,{path}"));
        flow.say("EZZ0300I", format!("opened OBEYFILE file {}", flow.path));
        flow.say("EZZ0309I", format!("profile processing beginning for {}", flow.path));
        flow
    }

    fn say(&mut self, id: &str, text: String) {
        if !self.silent {
            self.flow.push(Said { stack: self.stack.to_owned(), id: Some(id.to_owned()), text });
        }
    }

    /// What the statements make the stack say.
    pub(super) fn said(&mut self, obeyed: &Obeyed) {
        for said in &obeyed.console {
            self.flow.push(Said {
                stack: self.stack.to_owned(),
                id: Some(said.id.to_owned()),
                text: said.text.clone(),
            });
        }
    }

    /// How many statements are refused without the command failing.
    pub(super) fn unsaid(&self, statements: &[Statement]) -> usize {
        let refused = |one: &&Statement| one.effects.iter().any(|effect| effect.kind == Kind::Refused);
        if self.failed || self.silent { 0 } else { statements.iter().filter(refused).count() }
    }

    /// The command ends; `more` is what the stacks say when the VIPADYNAMIC part is carried out, which comes behind.
    pub(super) fn end(mut self, more: Vec<Said>) -> Vec<Said> {
        self.say("EZZ0316I", format!("profile processing complete for file {}", self.path));
        if self.failed {
            self.say("EZZ0303I", "OBEYFILE file contains errors".to_owned());
            self.say("EZZ0059I", "VARY OBEY command failed; what was good in it stays".to_owned());
        } else {
            self.say("EZZ0053I", "the command completed successfully".to_owned());
        }
        self.flow.extend(more);
        self.flow
    }
}

/// Whether a statement makes the command fail. What is refused when the VIPADYNAMIC part is carried out comes too late for that:
/// EZZ0053I is no proof that it worked.
fn fails(statement: &Statement) -> bool {
    const SECOND_PHASE: [&str; 8] = [
        "VIPADYNAMIC",
        "VIPADEFINE",
        "VIPABACKUP",
        "VIPADELETE",
        "VIPADISTRIBUTE",
        "VIPARANGE",
        "VIPAROUTE",
        "VIPASMPARMS",
    ];
    !SECOND_PHASE.contains(&statement.name.as_str())
        && statement.effects.iter().any(|effect| effect.kind == Kind::Refused)
}
