//! OBEYFILEs that a scenario names.

use std::sync::Arc;

use analysis::obey::ObeySource;
use compiler::Snapshot;
use compiler::dataset::decode;
use compiler::source::SourceText;
use compiler::system::{PathKind, System};
use runtime_model::model::StackModel;

use crate::paths::{join, tidy};

/// Finds OBEYFILEs beside the scenario, else beside the description, and applies them.
pub struct ObeyFiles<'a> {
    /// The compiled sysplex.
    pub snapshot: &'a Snapshot,
    /// The files.
    pub system: &'a dyn System,
    /// Folders to look in, best first.
    pub folders: Vec<String>,
}

impl ObeyFiles<'_> {
    fn source(&self, file: &str) -> Result<Arc<SourceText>, String> {
        self.found(file).map(|(_, source)| source)
    }

    /// The data set of this name: its path and its text.
    ///
    /// # Errors
    /// In words, when there is none or it cannot be read.
    pub fn found(&self, file: &str) -> Result<(String, Arc<SourceText>), String> {
        let mut paths: Vec<String> = Vec::new();
        for path in self.folders.iter().map(|folder| tidy(&join(folder, file))) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        let Some(path) = paths.iter().find(|path| self.system.kind(path) == PathKind::File) else {
            return Err(format!("there is no data set {file}; looked for {}", paths.join(" and ")));
        };
        let bytes = self.system.read(path).map_err(|error| error.to_string())?;
        let options = self.snapshot.description().files.decode_options();
        let source = decode(&bytes, &options).map_err(|error| format!("{path}: {error}"))?;
        Ok((path.clone(), Arc::new(source)))
    }
}

impl ObeySource for ObeyFiles<'_> {
    fn obey(&self, stack: &str, files: &[String]) -> Result<StackModel, String> {
        let sources = files.iter().map(|file| self.source(file)).collect::<Result<Vec<_>, _>>()?;
        let steps = self.snapshot.obey_with(stack, &sources, self.system);
        let model = steps.and_then(|steps| self.snapshot.model_of(stack, &steps));
        model.ok_or_else(|| format!("there is no stack {stack}"))
    }
}
