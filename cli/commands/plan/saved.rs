//! Plans on file: `--out` and `--show`.

use std::collections::BTreeMap;
use std::sync::Mutex;

use analysis::plan::Plan;
use analysis::plan::saved::{Input, Saved};
use compiler::system::{PathKind, ReadError, System};

use crate::args::{ChangeFormat, PlanArgs};
use crate::exit::Exit;
use crate::output::fingerprint::digest;
use crate::paths::tidy;
use crate::question::Question;
use crate::read;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Files, with a note of what was read.
pub(super) struct Noted<'s> {
    system: &'s dyn System,
    digests: Mutex<BTreeMap<String, String>>,
}

impl<'s> Noted<'s> {
    pub(super) fn new(system: &'s dyn System) -> Self {
        Self { system, digests: Mutex::default() }
    }
}

impl System for Noted<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        let bytes = self.system.read(path)?;
        if let Ok(mut digests) = self.digests.lock() {
            digests.insert(path.to_owned(), digest(&bytes));
        }
        Ok(bytes)
    }
    fn list(&self, folder: &str) -> Result<Vec<(String, bool)>, ReadError> {
        self.system.list(folder)
    }
    fn kind(&self, path: &str) -> PathKind {
        self.system.kind(path)
    }
}

/// Saves a plan with what it rests on.
pub(super) fn save(
    path: &str,
    plan: &Plan,
    exit: Exit,
    args: &PlanArgs,
    question: &Question,
    files: &Noted<'_>,
    shell: &Shell<'_, '_>,
) -> Result<(), Trouble> {
    for file in question.snapshot().files() {
        let _ = files.read(&file)?;
    }
    for file in args.after.iter().chain(&args.live) {
        let named = file.split_once('=').map_or(file.as_str(), |(_, path)| path);
        let named = tidy(named);
        match files.kind(&named) {
            PathKind::File => drop(files.read(&named)?),
            PathKind::Folder => {
                for (name, _) in files.list(&named)?.into_iter().filter(|(_, folder)| !folder) {
                    let _ = files.read(&crate::paths::join(&named, &name))?;
                }
            }
            PathKind::Nothing => {}
        }
    }
    let digests = files.digests.lock().map(|digests| digests.clone()).unwrap_or_default();
    let inputs = digests.into_iter().map(|(path, digest)| Input { path, digest }).collect();
    let saved = Saved::new(plan, exit.code(), env!("CARGO_PKG_VERSION"), inputs);
    let text = saved.json().map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
    let failed = |error: ReadError| Trouble::Write { path: error.path, reason: error.reason };
    shell.files().write(&tidy(path), text.as_bytes()).map_err(failed)
}

/// Shows a saved plan, unless it is stale.
pub(super) fn show(path: &str, format: ChangeFormat, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let system: &dyn System = shell.files();
    crate::inputs::kind_of(path, system)?;
    let saved = Saved::read(&read::text(&tidy(path), system)?).map_err(|reason| Trouble::Read {
        path: path.to_owned(),
        reason,
        help: "give a file that vipa plan --out wrote".to_owned(),
    })?;
    let stale = |input: &Input| match system.read(&input.path) {
        Ok(bytes) if digest(&bytes) == input.digest => None,
        Ok(_) => Some(format!("{} has changed", input.path)),
        Err(_) => Some(format!("{} is gone", input.path)),
    };
    let changed: Vec<String> = saved.inputs.iter().filter_map(stale).collect();
    if !changed.is_empty() {
        return Err(Trouble::Stale { path: path.to_owned(), changed });
    }
    let text = match format {
        ChangeFormat::Text => saved.text.clone(),
        ChangeFormat::Markdown => saved.markdown.clone(),
        ChangeFormat::Json => serde_json::to_string_pretty(&saved.plan)
            .map(|text| text + "\n")
            .map_err(|error| Trouble::Stdout { reason: error.to_string() })?,
    };
    shell.print(text.as_bytes())?;
    Ok(match saved.exit {
        0 => Exit::Clean,
        3 => Exit::Changes,
        _ => Exit::Findings,
    })
}
