//! `vipa coverage`: what of the profiles was not understood, or is not modelled.

use analysis::coverage;
use compiler::system::System;
use compiler::{Compiler, ParsedSection, Settings};

use crate::args::{AnswerFormat, CoverageArgs};
use crate::exit::Exit;
use crate::inputs::{self, Asked};
use crate::paths::shorten;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Counts. Less than `--fail-under`: 1.
///
/// # Errors
/// When something cannot be read.
pub fn run(args: &CoverageArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let system: &dyn System = shell.files();
    let asked = Asked {
        paths: args.paths.clone(),
        sysplex: args.sysplex.clone(),
        isolated: args.isolated,
        form: args.form,
    };
    let found = inputs::find(&asked, system, shell.cwd())?;
    let mut sections: Vec<ParsedSection> = Vec::new();
    for unit in &found.units {
        let mut compiler = Compiler::new(Settings {
            encoding: args.form.encoding(),
            records: args.form.records(),
            ..Settings::default()
        });
        compiler.load(system, &unit.request).map_err(|error| Trouble::unreadable(error, system))?;
        for mut section in compiler.snapshot().parsed() {
            section.file = shorten(&section.file, shell.cwd()).into();
            if unit.wants(&section.file) {
                sections.push(section);
            }
        }
    }
    let coverage = coverage::coverage(sections);
    let text = match args.format {
        AnswerFormat::Text => coverage::text::render(&coverage),
        AnswerFormat::Json => coverage::json::render(&coverage)
            .map_err(|error| Trouble::Stdout { reason: error.to_string() })?,
    };
    shell.print(text.as_bytes())?;
    match args.fail_under {
        Some(least) if coverage.understood_percent < least => {
            let is = coverage.understood_percent;
            shell.say(&format!(
                "{is:.1} % of the statements are understood, and --fail-under wants {least} %."
            ));
            Ok(Exit::Findings)
        }
        Some(_) | None => Ok(Exit::Clean),
    }
}
