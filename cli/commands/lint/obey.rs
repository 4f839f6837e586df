//! `vipa lint --as obeyfile`: data sets for VARY TCPIP,,OBEYFILE, checked on the stack that they are for.

use std::collections::BTreeMap;
use std::sync::Arc;

use compiler::dataset::decode;
use compiler::source::SourceText;
use compiler::system::{PathKind, System};
use compiler::{Compiler, Request, Snapshot};

use super::{STDIN, give, known, settings};
use crate::args::{FailLevel, LintArgs};
use crate::baseline::Looked;
use crate::exit::Exit;
use crate::inputs::{self, Overlaid};
use crate::output::{self, Report};
use crate::paths::{Repository, folder_of, shorten, tidy};
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Checks OBEYFILEs, each on the stack as the ones before it have left it.
///
/// # Errors
/// When something cannot be read, or it is not clear which stack is meant.
pub fn run(args: &LintArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    check(args)?;
    let mut overlaid = None;
    if args.paths.iter().any(|path| path == "-") {
        let bytes = shell.read_stdin()?;
        let path = tidy(args.stdin_name.as_deref().unwrap_or(STDIN));
        overlaid = Some(Overlaid { system: shell.files(), path, bytes });
    }
    let stdin = overlaid.as_ref().map(|file| file.path.clone());
    let system: &dyn System = match &overlaid {
        Some(overlaid) => overlaid,
        None => shell.files(),
    };
    let path = |path: &String| if path == "-" { stdin.clone().unwrap_or_default() } else { tidy(path) };
    let paths: Vec<String> = args.paths.iter().map(path).collect();
    let mut report = checked(args, &paths, system, shell)?;
    let rules = compiler::rule_names();
    let at = |file: &str| report_has(&paths, file);
    known::apply(args, &mut report, &Looked { at: &at, with: &|rule| rules.contains(&rule) }, shell)?;
    give(args, &report, shell)?;
    Ok(if report.fails() { Exit::Findings } else { Exit::Clean })
}

fn report_has(paths: &[String], file: &str) -> bool {
    paths.iter().any(|path| path == file)
}

/// What OBEYFILEs have no answer to.
fn check(args: &LintArgs) -> Result<(), Trouble> {
    let usage = |what: &str, help: &str| Err(Trouble::Usage { what: what.to_owned(), help: help.to_owned() });
    if args.paths.is_empty() {
        return usage(
            "--as obeyfile needs the data sets to check",
            "name them, in the order in which they will be run",
        );
    }
    if args.isolated {
        return usage(
            "an OBEYFILE means something only on a stack, and --isolated knows none",
            "leave --isolated out; a sysplex.toml says which stacks there are",
        );
    }
    for (given, option) in [
        (args.mend.fix, "--fix"),
        (args.mend.diff, "--diff"),
        (args.watch, "--watch"),
        (args.show_files, "--show-files"),
        (args.show_settings, "--show-settings"),
    ] {
        if given {
            return usage(
                &format!("{option} is for profiles, and --as obeyfile says that these are OBEYFILEs"),
                &format!("leave {option} out"),
            );
        }
    }
    Ok(())
}

fn checked(
    args: &LintArgs,
    paths: &[String],
    system: &dyn System,
    shell: &mut Shell<'_, '_>,
) -> Result<Report, Trouble> {
    for path in paths {
        if inputs::kind_of(path, system)? == PathKind::Folder {
            return Err(Trouble::Usage {
                what: format!("{path} is a folder, and the order of OBEYFILEs counts"),
                help: "name the data sets one by one, in the order in which they will be run".to_owned(),
            });
        }
    }
    let beside = paths.first().and_then(|path| folder_of(path)).unwrap_or_else(|| ".".to_owned());
    let description = inputs::description(args.sysplex.as_deref(), &beside, system, shell.cwd())?;
    let mut compiler = Compiler::new(settings(args));
    let request = Request { sysplex: Some(description.clone()), profiles: Vec::new() };
    compiler.load(system, &request).map_err(|error| Trouble::unreadable(error, system))?;
    let snapshot = compiler.snapshot();
    let stack = stack(args.obey.stack.as_deref(), &snapshot)?;
    shell.tell(|| format!("vipa: OBEYFILEs for {stack} of the sysplex of {description}"));
    let options = args.form.over(snapshot.description().files.decode_options());
    let mut sources: Vec<Arc<SourceText>> = Vec::new();
    for path in paths {
        let source = decode(&system.read(path)?, &options).map_err(|error| Trouble::Read {
            path: path.clone(),
            reason: error.to_string(),
            help: "an OBEYFILE is text: UTF-8 or EBCDIC, in lines or in fixed records of 80".to_owned(),
        })?;
        sources.push(Arc::new(source));
    }
    let names: Vec<Arc<str>> = paths.iter().map(|path| Arc::from(path.as_str())).collect();
    let steps = snapshot.obey_with(&stack, &sources, system).unwrap_or_default();
    let said = snapshot.description().lint.fail_level.as_ref().map(|level| FailLevel::from(level.value));
    let mut report = Report {
        repository: Repository::find(shell.files(), shell.cwd()),
        fail_level: args.fail_level.or(said).unwrap_or_default(),
        stacks: vec![stack.clone()],
        ..Report::default()
    };
    // The same bytes under two names are two data sets; the same name twice is read twice and named once.
    let mut texts: BTreeMap<Arc<str>, Arc<SourceText>> = BTreeMap::new();
    for file in steps.iter().flat_map(|step| &step.files) {
        if let Some(name) = file.path.as_ref().or_else(|| names.get(file.step)) {
            texts.insert(shorten(name, shell.cwd()).into(), Arc::clone(&file.source));
        }
    }
    for step in 1..=steps.len() {
        for mut finding in snapshot.obey_findings(&stack, steps.get(..step).unwrap_or_default(), &names) {
            for place in output::places(&finding) {
                let shown: Arc<str> = shorten(&place.file, shell.cwd()).into();
                let source = texts.get(&shown).cloned().or_else(|| snapshot.source(&place.file));
                if let Some(source) = source {
                    report.sources.entry(shown).or_insert(source);
                }
            }
            output::rename(&mut finding, &|file| shorten(file, shell.cwd()).into());
            report.findings.push(finding);
        }
    }
    report.files = texts.into_keys().collect();
    Ok(report)
}

/// The stack that is meant.
fn stack(asked: Option<&str>, snapshot: &Snapshot) -> Result<String, Trouble> {
    let stacks = snapshot.stacks();
    match (asked, stacks.as_slice()) {
        (Some(name), _) => match stacks.iter().find(|stack| stack.eq_ignore_ascii_case(name)) {
            Some(stack) => Ok(stack.clone()),
            None => Err(Trouble::no_stack(name, &stacks)),
        },
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Trouble::Usage {
            what: format!("which stack are the OBEYFILEs for? The sysplex has {}", stacks.join(", ")),
            help: "name it with --stack".to_owned(),
        }),
    }
}
