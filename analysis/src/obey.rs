//! VARY TCPIP,,OBEYFILE inside a scenario: the compiler behind a small door.

use std::sync::Arc;

use compiler::Snapshot;
use compiler::apply::Refused;
use compiler::dataset::decode;
use compiler::description::beside;
use compiler::source::SourceText;
use compiler::system::{PathKind, System};
use runtime_model::Outcome;
use runtime_model::model::StackModel;

/// Gives the effective configuration of a stack behind one or more OBEYFILEs.
pub trait ObeySource {
    /// The whole configuration of `stack` after its profile and these files, in the order given; the last is the new one.
    /// A file may stand there twice. `refused` says for each, as far as it goes, what the running stack refused of it.
    ///
    /// # Errors
    /// In words, when the last file cannot be had or read.
    fn obey(&self, stack: &str, files: &[String], refused: &[Refused]) -> Result<StackModel, String>;
}

/// For callers that have no compiler at hand: every `obey` line is an error.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoObeyFiles;

impl ObeySource for NoObeyFiles {
    fn obey(&self, _stack: &str, files: &[String], _refused: &[Refused]) -> Result<StackModel, String> {
        let file = files.last().map_or("", String::as_str);
        Err(format!("there is no data set {file}: this scenario runs without files"))
    }
}

/// OBEYFILEs by the names that a scenario gives them.
pub struct ObeyFiles<'a> {
    snapshot: &'a Snapshot,
    system: &'a dyn System,
    near: Vec<String>,
}

impl<'a> ObeyFiles<'a> {
    /// Found beside one of these files, the best first: the scenario, the description.
    pub fn near<'n>(
        snapshot: &'a Snapshot,
        system: &'a dyn System,
        files: impl Iterator<Item = &'n str>,
    ) -> Self {
        Self { snapshot, system, near: files.map(str::to_owned).collect() }
    }

    fn source(&self, file: &str) -> Result<Arc<SourceText>, String> {
        self.found(file).map(|(_, source)| source)
    }

    /// The data set of this name: its path and its text.
    ///
    /// # Errors
    /// In words, when there is none or it cannot be read.
    pub fn found(&self, file: &str) -> Result<(String, Arc<SourceText>), String> {
        let mut paths: Vec<String> = self.near.iter().map(|near| beside(near, file)).collect();
        paths.dedup();
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
    fn obey(&self, stack: &str, files: &[String], refused: &[Refused]) -> Result<StackModel, String> {
        let sources = files.iter().map(|file| self.source(file)).collect::<Result<Vec<_>, _>>()?;
        let steps = self.snapshot.obey_refusing(stack, &sources, self.system, refused);
        let model = steps.and_then(|steps| self.snapshot.model_of(stack, &steps));
        model.ok_or_else(|| format!("there is no stack {stack}"))
    }
}

/// What a running stack has refused of an OBEYFILE, by what the model says.
pub(crate) fn refused(outcome: &Outcome) -> Refused {
    let mut all = Refused::default();
    for one in &outcome.not_taken {
        let list = match one.what {
            runtime_model::Refused::Definition => &mut all.definitions,
            runtime_model::Refused::ClusterPorts => &mut all.cluster_ports,
        };
        list.insert(one.address, one.why.clone());
    }
    all
}
