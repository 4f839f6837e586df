//! `--baseline` and `--write-baseline`.

use compiler::system::{PathKind, ReadError};

use crate::args::LintArgs;
use crate::baseline::{self, Baseline, Looked};
use crate::output::{Report, words};
use crate::paths::tidy;
use crate::shell::Shell;
use crate::trouble::Trouble;
use crate::world::Rewrite;

/// Takes what the baseline knows out of a report, and writes the baseline if that is asked for.
pub fn apply(
    args: &LintArgs,
    report: &mut Report,
    looked: &Looked<'_>,
    shell: &mut Shell<'_, '_>,
) -> Result<(), Trouble> {
    let Some(path) = args.baseline.baseline.as_deref().map(tidy) else { return Ok(()) };
    let files = shell.files();
    if files.kind(&path) == PathKind::Nothing {
        if !args.baseline.write_baseline {
            return Err(Trouble::Read {
                path,
                reason: "no such file".to_owned(),
                help: "add --write-baseline to write one with the findings of today".to_owned(),
            });
        }
        let failed = |error: ReadError| Trouble::Write { path: error.path, reason: error.reason };
        let entries = baseline::entries(report);
        files.write(&path, baseline::text(&entries).as_bytes()).map_err(failed)?;
        report.findings.clear();
        let count = words::count(entries.len(), "finding");
        shell.say(&format!("{path} is new, with {count}: from now on only others are told."));
        return Ok(());
    }
    let bytes = files.read(&path)?;
    let known = Baseline::read(&path, &bytes)?;
    let (taken, left) = known.apply(report, looked);
    if args.baseline.write_baseline && left.len() < known.count() {
        report.findings.retain(|finding| *finding.place.file != *path);
        let new = baseline::text(&left);
        files.replace_all(&[Rewrite { path: &path, old: &bytes, new: new.as_bytes() }])?;
        let gone = words::count(known.count() - left.len(), "entry");
        shell.say(&format!("{gone} taken out of {path}, {} left; nothing is ever added.", left.len()));
    } else if taken > 0 {
        shell.say(&format!("{} left out, known in {path}.", words::count(taken, "finding")));
    }
    Ok(())
}
