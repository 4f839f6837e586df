//! `vipa lint`: the main job.

mod known;
mod mending;
mod obey;
mod shown;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::mem::ManuallyDrop;
use std::sync::Arc;

use compiler::dataset::FileKind;
use compiler::description::nearest;
use compiler::finding::Finding;
use compiler::once::Wanted;
use compiler::system::{PathKind, System};
use compiler::{Compiler, Settings};

use crate::args::{FailLevel, Format, InputKind, LintArgs};
use crate::baseline::Looked;
use crate::exit::Exit;
use crate::inputs::{self, Asked, DESCRIPTION, Overlaid, Unit};
use crate::output::{self, Report, statistics};
use crate::paths::{Repository, is_within, shorten, tidy};
use crate::shell::Shell;
use crate::trouble::Trouble;
use mending::Mending;

/// What standard input is called when nobody names it.
const STDIN: &str = "stdin.profile";

/// Checks what the arguments name.
///
/// # Errors
/// When something cannot be read, or the arguments contradict each other.
pub fn run(args: &LintArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    check(args)?;
    check_rules(args)?;
    let files = shell.files();
    if args.obey.kind == InputKind::Obeyfile {
        return obey::run(args, shell);
    }
    if args.watch {
        return watch::run(args, shell);
    }
    // The process ends with the command: giving its memory back piece by piece would only take time.
    let mut kept = ManuallyDrop::new(Compilers::new());
    let Some(overlaid) = stdin(args, shell)? else {
        return Ok(lint(args, files, args.paths.clone(), &mut kept, shell)?.0);
    };
    let paths = args.paths.iter().map(|path| if path == "-" { overlaid.path.clone() } else { path.clone() });
    Ok(lint(args, &overlaid, paths.collect(), &mut kept, shell)?.0)
}

/// Compilers by what they compile, with what they know from the run before.
type Compilers = BTreeMap<(Option<String>, Vec<String>), Compiler>;

/// What a run has looked at.
#[derive(Default)]
struct Compiled {
    report: Report,
    /// Rules that take part in one of the units.
    rules: BTreeSet<&'static str>,
    /// With `--show-settings`.
    settings: String,
}

/// How it ends, and the files that took part.
fn lint(
    args: &LintArgs,
    system: &dyn System,
    paths: Vec<String>,
    kept: &mut Compilers,
    shell: &mut Shell<'_, '_>,
) -> Result<(Exit, Vec<Arc<str>>), Trouble> {
    let asked = Asked { paths, sysplex: args.sysplex.clone(), isolated: args.isolated, form: args.form };
    let found = inputs::find(&asked, system, shell.cwd())?;
    let mut mending = Mending::new(&args.mend, system);
    let Compiled { mut report, rules, settings } =
        compile(args, &found.units, system, mending.as_mut(), kept, shell)?;
    if args.show_settings {
        shell.print(settings.as_bytes())?;
        return Ok((Exit::Clean, report.files));
    }
    tell_aside(&found.aside, &report, shell);
    if args.show_files {
        let list: String = report.files.iter().map(|file| format!("{file}\n")).collect();
        shell.print(list.as_bytes())?;
        return Ok((Exit::Clean, report.files));
    }
    let at = looked_at(&found.units, &report, system);
    known::apply(args, &mut report, &Looked { at: &at, with: &|rule| rules.contains(rule) }, shell)?;
    if let Some(mending) = &mending {
        if args.mend.diff {
            return Ok((mending.show(report.findings.len(), shell)?, report.files));
        }
        mending.write(report.findings.len(), shell)?;
    }
    give(args, &report, shell)?;
    if !args.isolated && mending.is_none() {
        tell_apart(&found.units, shell);
    }
    Ok((if report.fails() { Exit::Findings } else { Exit::Clean }, report.files))
}

/// Whether a run has looked at a file, by its path from the root of the repository: it took part, or everything was looked at
/// and the file is gone.
fn looked_at<'a>(
    units: &'a [Unit],
    report: &Report,
    system: &'a dyn System,
) -> impl Fn(&str) -> bool + use<'a> {
    let repository = report.repository.clone();
    let wanted = report.files.iter().filter(|file| units.iter().any(|unit| unit.wants(file)));
    let files: BTreeSet<String> = wanted.map(|file| repository.relative(file)).collect();
    let all = units.iter().all(|unit| unit.scope.is_empty());
    move |path| files.contains(path) || all && system.kind(&repository.here(path)) == PathKind::Nothing
}

/// Contradictions that clap does not know.
fn check(args: &LintArgs) -> Result<(), Trouble> {
    let usage = |what: &str, help: &str| Err(Trouble::Usage { what: what.to_owned(), help: help.to_owned() });
    let reads_stdin = args.paths.iter().filter(|path| *path == "-").count();
    if args.stdin_name.is_some() && reads_stdin == 0 {
        return usage("--stdin-name names standard input, and nothing reads it", "add - to the paths");
    }
    if args.obey.stack.is_some() && args.obey.kind == InputKind::Profile {
        return usage("--stack says which stack OBEYFILEs are for", "add --as obeyfile");
    }
    if reads_stdin > 1 {
        return usage("standard input can be read only once", "give - once");
    }
    if args.mend.unsafe_fixes && !args.mend.wanted() {
        return usage(
            "--unsafe-fixes says which fixes to apply, and none is to be applied",
            "add --fix, or --diff to see what would change",
        );
    }
    if args.mend.fix && reads_stdin > 0 {
        return usage(
            "standard input cannot be fixed in its place",
            "add --diff instead of --fix, or name the file",
        );
    }
    if args.watch && reads_stdin > 0 {
        return usage("standard input cannot be watched", "name the files");
    }
    if args.statistics && statistics_in(args.format).is_none() {
        return usage("--statistics has no such format", "use --format full, concise or json with it");
    }
    Ok(())
}

fn stdin<'w>(args: &LintArgs, shell: &mut Shell<'_, 'w>) -> Result<Option<Overlaid<'w>>, Trouble> {
    if !args.paths.iter().any(|path| path == "-") {
        return Ok(None);
    }
    let bytes = shell.read_stdin()?;
    let path = tidy(args.stdin_name.as_deref().unwrap_or(STDIN));
    Ok(Some(Overlaid { system: shell.files(), path, bytes }))
}

/// What the command line asks of the compiler.
fn settings(args: &LintArgs) -> Settings {
    Settings {
        dialect: args.dialect.map(Into::into),
        release: args.release.map(|release| release.to_string()),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        encoding: args.form.encoding(),
        records: args.form.records(),
        preset: args.levels.preset.map(Into::into),
        min_confidence: args.levels.min_confidence.map(Into::into),
    }
}

/// Compiles every unit and puts what was found together.
fn compile(
    args: &LintArgs,
    units: &[Unit],
    system: &dyn System,
    mut mending: Option<&mut Mending<'_>>,
    kept: &mut Compilers,
    shell: &mut Shell<'_, '_>,
) -> Result<Compiled, Trouble> {
    let settings = settings(args);
    let mut report = Report {
        repository: Repository::find(shell.files(), shell.cwd()),
        fail_level: args.fail_level.unwrap_or(FailLevel::Never),
        columns: shell.columns().filter(|_| args.output_file.is_none()),
        ..Report::default()
    };
    let mut compiled = Compiled::default();
    let mut files: BTreeSet<Arc<str>> = BTreeSet::new();
    for unit in units {
        let key = (unit.request.sysplex.clone(), unit.request.profiles.clone());
        let compiler = kept.entry(key).or_insert_with(|| Compiler::new(settings.clone()));
        let unreadable = |error| Trouble::unreadable(error, system);
        let shown = |file: &Arc<str>| -> Arc<str> { shorten(file, shell.cwd()).into() };
        let wanted = |finding: &Finding| output::places(finding).any(|place| unit.wants(&shown(&place.file)));
        match &mut mending {
            // Nobody asks a second time.
            None if !args.watch => {
                compiler.load_once(system, &unit.request, Wanted::Findings).map_err(unreadable)?;
            }
            None => compiler.load(system, &unit.request).map_err(unreadable)?,
            Some(mending) => {
                compiler.load(&mending.layer, &unit.request).map_err(unreadable)?;
                mending.unit(compiler, unit, &wanted, system)?;
            }
        }
        let snapshot = compiler.snapshot();
        let taken: BTreeMap<Arc<str>, Arc<str>> =
            snapshot.files().into_iter().map(|file| (shown(&file), file)).collect();
        compiled.rules.extend(compiler::rule_names().into_iter().filter(|rule| snapshot.is_on(rule)));
        if args.show_settings {
            let toml = unit.request.sysplex.as_deref().map(|path| shorten(path, shell.cwd()));
            compiled.settings.push_str(&shown::settings(args, &snapshot, toml.as_deref()));
            continue;
        }
        for finding in snapshot.findings().iter() {
            if !wanted(finding) {
                continue;
            }
            let mut finding = finding.clone();
            output::rename(&mut finding, &shown);
            for place in output::places(&finding) {
                if !report.sources.contains_key(&place.file)
                    && let Some(source) = taken.get(&place.file).and_then(|file| snapshot.source(file))
                {
                    report.sources.insert(Arc::clone(&place.file), source);
                }
            }
            report.findings.push(finding);
        }
        if args.fail_level.is_none() {
            let said = snapshot.description().lint.fail_level.as_ref();
            // Of several descriptions the strictest: every one of them has to pass.
            report.fail_level =
                report.fail_level.max(said.map_or(FailLevel::default(), |level| level.value.into()));
        }
        strangers(unit, taken.keys(), system)?;
        tell(unit, taken.len(), shell);
        files.extend(taken.into_keys());
        report.stacks.extend(snapshot.stacks());
    }
    report.files = files.into_iter().collect();
    // Two descriptions may share a profile, and then find the same in it.
    report.findings.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.stacks.cmp(&b.stacks)));
    report.findings.dedup();
    compiled.report = report;
    Ok(compiled)
}

/// `--select` and `--ignore` of rules that do not exist would do nothing.
fn check_rules(args: &LintArgs) -> Result<(), Trouble> {
    let known = compiler::rule_names();
    let stranger = args.select.iter().chain(&args.ignore).find(|name| !known.contains(&name.as_str()));
    match stranger {
        None => Ok(()),
        Some(name) => Err(Trouble::UnknownRule {
            name: name.clone(),
            nearest: nearest(name, known.iter().copied()).map(ToOwned::to_owned),
        }),
    }
}

fn tell(unit: &Unit, files: usize, shell: &mut Shell<'_, '_>) {
    shell.tell(|| {
        let what = match &unit.request.sysplex {
            Some(path) => format!("the sysplex of {path}"),
            None => "profiles without a sysplex.toml, each a stack of its own".to_owned(),
        };
        format!("vipa: {what}: {}", output::words::count(files, "file"))
    });
}

/// Silence must not look like approval: files of ours that nothing names are named here.
fn tell_aside(aside: &[(String, FileKind)], report: &Report, shell: &mut Shell<'_, '_>) {
    const SHOWN: usize = 5;
    let taken = |path: &str| report.files.iter().any(|file| **file == *path);
    let left: Vec<String> = aside
        .iter()
        .filter(|(path, _)| !taken(path))
        .map(|(path, kind)| format!("{path} ({})", kind.word()))
        .collect();
    if let Some(first) = left.get(..left.len().min(SHOWN)).filter(|first| !first.is_empty()) {
        let more = match left.len() - first.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        shell.say(&format!(
            "note: not checked, as only a {DESCRIPTION} tells which stack they are for: {}{more}",
            first.join(", ")
        ));
    }
}

/// Who gives a folder of profiles may think that they are compared.
fn tell_apart(units: &[Unit], shell: &mut Shell<'_, '_>) {
    let loose: usize = units.iter().map(|unit| unit.request.profiles.len()).sum();
    if loose > 1 {
        shell.say(&format!(
            "note: {loose} profiles were checked each by itself; stacks of one sysplex are checked together once a {DESCRIPTION} names them, \
             and vipa init writes a first one"
        ));
    }
}

/// A file that was asked for and that no stack uses must not pass as clean.
fn strangers<'a>(
    unit: &Unit,
    taken: impl Iterator<Item = &'a Arc<str>> + Clone,
    system: &dyn System,
) -> Result<(), Trouble> {
    let Some(sysplex) = &unit.request.sysplex else { return Ok(()) };
    let stranger = unit.scope.iter().find(|path| !taken.clone().any(|file| is_within(file, path)));
    match stranger {
        Some(path) if system.kind(path) == PathKind::Folder => {
            Err(Trouble::StrangeFolder { folder: path.clone(), sysplex: sysplex.clone() })
        }
        Some(path) => Err(Trouble::Stranger { path: path.clone(), sysplex: sysplex.clone() }),
        None => Ok(()),
    }
}

/// The forms in which rules are counted.
enum Counts {
    Table,
    Json,
}

/// The form for a format; the others have no place for counts.
fn statistics_in(format: Format) -> Option<Counts> {
    match format {
        Format::Full | Format::Concise => Some(Counts::Table),
        Format::Json => Some(Counts::Json),
        Format::JsonLines
        | Format::Sarif
        | Format::Github
        | Format::Gitlab
        | Format::Junit
        | Format::Markdown
        | Format::Console => None,
    }
}

fn give(args: &LintArgs, report: &Report, shell: &mut Shell<'_, '_>) -> Result<(), Trouble> {
    let to_file = args.output_file.is_some();
    let colour = shell.colour() && !to_file;
    let mut text: Vec<u8> = Vec::new();
    let written = match statistics_in(args.format).filter(|_| args.statistics) {
        None => output::write(args.format, report, colour, &mut text),
        Some(Counts::Json) => statistics::write_as_json(report, &mut text),
        Some(Counts::Table) => statistics::write(report, colour, &mut text),
    };
    written.map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
    match &args.output_file {
        Some(path) => {
            let failed = |error: compiler::system::ReadError| Trouble::Write {
                path: error.path,
                reason: error.reason,
            };
            shell.files().write(&tidy(path), &text).map_err(failed)?;
            shell.say(&format!("{} See {path}.", report.summary()));
        }
        None => {
            if args.format == Format::Full && !shell.quiet() {
                text.extend(report.summary().bytes());
                text.push(b'\n');
            }
            shell.print(&text)?;
        }
    }
    Ok(())
}
