//! `vipa anonymize`: the same sysplex with other addresses and names.

use std::collections::BTreeSet;

use analysis::anonymize::{self, Input, Source};
use compiler::dataset::{DatasetForm, decode, encode, encode_as};
use compiler::source::SourceText;
use compiler::system::{PathKind, System};
use compiler::{Compiler, Request, Settings};

use crate::args::AnonymizeArgs;
use crate::exit::Exit;
use crate::inputs::{self, DESCRIPTION};
use crate::output::words;
use crate::paths::{folder_of, join, tidy};
use crate::read;
use crate::rewrite::{self, Descriptions};
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Writes the other sysplex into a new folder.
///
/// # Errors
/// When a file cannot be read or written, lies elsewhere, or the new folder is not new.
pub fn run(args: &AnonymizeArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let system: &dyn System = shell.files();
    let usage = |what: String, help: &str| Trouble::Usage { what, help: help.to_owned() };
    let folder = tidy(&args.folder);
    let out = tidy(&args.out);
    if inputs::kind_of(&args.folder, system)? != PathKind::Folder {
        return Err(usage(format!("{} is a file", args.folder), "give the folder that holds the sysplex"));
    }
    let empty = system.list(&out).is_ok_and(|names| names.is_empty());
    if system.kind(&out) != PathKind::Nothing && !empty {
        return Err(usage(
            format!("{} is there already, and is left as it is", args.out),
            "name a folder that is not there yet",
        ));
    }
    let cwd = shell.cwd().to_owned();
    let mut descriptions = Descriptions::new(system, &cwd);
    let toml = join(&folder, DESCRIPTION);
    let described = system.kind(&toml) == PathKind::File;
    let paths = files(&folder, described.then_some(toml.as_str()), &mut descriptions, system)?;
    let mut input = Input::default();
    if described {
        input.description = Some(read::text(&toml, system)?);
    }
    let mut forms: Vec<SourceText> = Vec::new();
    let mut dialect = descriptions.manner(&toml).dialect;
    if let Some(wanted) = args.dialect {
        dialect = wanted.into();
    }
    for path in paths {
        let bytes = system.read(&path)?;
        let source = decode(&bytes, &descriptions.manner(&path).options).map_err(|error| Trouble::Read {
            path: path.clone(),
            reason: error.to_string(),
            help: "only text can be made anonymous".to_owned(),
        })?;
        let relative = inside(&path, &folder).ok_or_else(|| {
            usage(
                format!("{path} belongs to the sysplex and lies outside of {}", args.folder),
                "give a folder that holds all of it",
            )
        })?;
        input.sources.push(Source { path: relative.to_owned(), text: source.text.to_string() });
        forms.push(source);
    }
    let output = anonymize::anonymize(&input, dialect.grammar());
    let mut written = 0_usize;
    if let Some(text) = &output.description {
        write(&join(&out, DESCRIPTION), text.as_bytes(), shell)?;
        written += 1;
    }
    for (source, form) in output.sources.iter().zip(&forms) {
        // Where a longer address does not fit its record, the form is given up for the text.
        let bytes = encode(&form.changed(source.text.as_str()))
            .or_else(|_| encode_as(&source.text, &DatasetForm::default()))
            .unwrap_or_else(|_| source.text.clone().into_bytes());
        write(&join(&out, &source.path), &bytes, shell)?;
        written += 1;
    }
    shell.say(&format!("{}: {} written.", args.out, words::count(written, "file")));
    shell.say("Look them through before you give them away: device numbers, ports and misspelt words are as they were.");
    Ok(Exit::Clean)
}

/// Everything that takes part, and what else in the folder is ours.
fn files(
    folder: &str,
    toml: Option<&str>,
    descriptions: &mut Descriptions<'_>,
    system: &dyn System,
) -> Result<Vec<String>, Trouble> {
    let mut paths: BTreeSet<String> = BTreeSet::new();
    if let Some(toml) = toml {
        let mut compiler = Compiler::new(Settings::default());
        let request = Request { sysplex: Some(toml.to_owned()), profiles: Vec::new() };
        compiler.load(system, &request).map_err(|error| Trouble::unreadable(error, system))?;
        let taken = compiler.snapshot().files();
        paths.extend(taken.iter().map(|path| tidy(path)).filter(|path| path != toml));
    }
    match rewrite::find(&[folder.to_owned()], descriptions) {
        Ok(found) => paths.extend(found),
        // A description without a profile is a sysplex, too.
        Err(Trouble::NoProfiles { .. }) if toml.is_some() => {}
        Err(trouble) => return Err(trouble),
    }
    Ok(paths.into_iter().collect())
}

fn inside<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder == "." {
        return (!path.starts_with("../") && !path.starts_with('/')).then_some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

fn write(path: &str, bytes: &[u8], shell: &Shell<'_, '_>) -> Result<(), Trouble> {
    let files = shell.files();
    let folder = folder_of(path).unwrap_or_else(|| ".".to_owned());
    files
        .create_folder(&folder)
        .and_then(|()| files.write(path, bytes))
        .map_err(|error| Trouble::Write { path: error.path, reason: error.reason })
}
