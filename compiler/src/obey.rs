//! VARY TCPIP,,OBEYFILE: data sets applied to a stack as its profile left it, one after the other.

use std::sync::Arc;

use grammar::parse::parse;
use runtime_model::model::StackModel;

use crate::apply::{Change, Console, Facts, Phase};
use crate::db::{self, StackInput};
use crate::fold::{Folded, Item, fold_onto};
use crate::lower::lower_stack;
use crate::place::{At, FileNo, SectionKey};
use crate::read::Env;
use crate::report::Report;
use crate::section::read_section;
use crate::setup::StackSetup;
use crate::snapshot::Snapshot;
use crate::source::SourceText;
use crate::statements::Config;
use crate::summary::Summary;

/// What one OBEYFILE did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obeyed {
    /// What the stack holds afterwards.
    pub config: Config,
    /// What became of each statement, in order of execution.
    pub changes: Vec<Change>,
    /// What the console would show.
    pub console: Vec<Console>,
    /// What is wrong with the data set, by itself and on this stack.
    pub reports: Vec<Report>,
}

impl Snapshot {
    /// Applies OBEYFILEs to a stack after its profile, in order; what each did. None when there is no such stack.
    /// What they INCLUDE is not read.
    #[must_use]
    pub fn obey(&self, stack: &str, files: &[Arc<SourceText>]) -> Option<Vec<Obeyed>> {
        let input = self.input(stack)?;
        let setup = input.setup(&self.db);
        let mut config = db::folded(&self.db, input).config.clone();
        let mut steps = Vec::new();
        for (index, file) in files.iter().enumerate() {
            // Numbers from the top: they never meet those of files that take part.
            let no = FileNo(u32::MAX - u32::try_from(index).unwrap_or(0));
            let (items, mut reports) = read(setup, file, no);
            let Folded { config: after, changes, console, reports: folded } =
                fold_onto(config, &items, Phase::Obey, &Facts::default());
            reports.extend(folded);
            steps.push(Obeyed { config: after.clone(), changes, console, reports });
            config = after;
        }
        Some(steps)
    }

    /// The lowered stack after OBEYFILEs.
    #[must_use]
    pub fn obeyed_model(&self, stack: &str, files: &[Arc<SourceText>]) -> Option<StackModel> {
        let input: StackInput = self.input(stack)?;
        let steps = self.obey(stack, files)?;
        let setup = input.setup(&self.db);
        let config = steps
            .last()
            .map_or_else(|| db::folded(&self.db, input).config.clone(), |step| step.config.clone());
        Some(lower_stack(&Summary::new(setup, &config)))
    }
}

/// A data set as the stack reads it.
fn read(setup: &StackSetup, file: &SourceText, no: FileNo) -> (Vec<Item>, Vec<Report>) {
    let env = Env {
        dialect: setup.dialect,
        release: setup.release,
        symbols: setup.symbols.clone(),
        addresses: Arc::clone(&setup.addresses),
    };
    let trail: Arc<[At]> = Arc::from([]);
    let (mut items, mut reports) = (Vec::new(), Vec::new());
    for placed in parse(&file.text, env.dialect.grammar()).sections {
        // The start of a section tells it from the others of this file.
        let key = SectionKey { file: no, hash: 1 + u64::from(placed.start), nth: 0 };
        let read = read_section(&placed.section, key, &env);
        reports.extend(read.reports.iter().cloned());
        items.extend(read.items(&trail));
    }
    (items, reports)
}
