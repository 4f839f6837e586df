//! One compiled sysplex, for the commands that ask questions to it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use analysis::names::Addresses;
use compiler::finding::Severity;
use compiler::once::Wanted;
use compiler::system::System;
use compiler::{Compiler, Request, Settings, Snapshot};

use crate::output::words;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// A sysplex as its description gives it.
pub struct Sysplex {
    /// What was compiled.
    pub snapshot: Snapshot,
    /// Names of addresses.
    pub addresses: Addresses,
}

impl Sysplex {
    /// Compiles a description. Mistakes in profiles do not stop it: a stack runs with what it took, and so does the model.
    ///
    /// # Errors
    /// When the description cannot be read.
    pub fn load(path: &str, shell: &mut Shell<'_, '_>) -> Result<Self, Trouble> {
        Self::loaded(path, None, shell)
    }

    /// The same for who asks once, and for no more than is wanted: anything else is read again.
    ///
    /// # Errors
    /// As [`Sysplex::load`].
    pub fn load_once(path: &str, wanted: Wanted, shell: &mut Shell<'_, '_>) -> Result<Self, Trouble> {
        Self::loaded(path, Some(wanted), shell)
    }

    fn loaded(path: &str, wanted: Option<Wanted>, shell: &mut Shell<'_, '_>) -> Result<Self, Trouble> {
        let system: &dyn System = shell.files();
        let mut compiler = Compiler::new(Settings::default());
        let request = Request { sysplex: Some(path.to_owned()), profiles: Vec::new() };
        let loaded = match wanted {
            Some(wanted) => compiler.load_once(system, &request, wanted),
            None => compiler.load(system, &request),
        };
        loaded.map_err(|error| Trouble::unreadable(error, system))?;
        let snapshot = compiler.snapshot();
        let findings = snapshot.findings();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        if errors > 0 {
            shell.say(&format!(
                "note: {} in the profiles; the model has what the stacks take. `vipa lint {path}` shows them.",
                words::count(errors, "error")
            ));
        }
        let named = snapshot.description().addresses.iter();
        let table: BTreeMap<String, IpAddr> =
            named.map(|entry| (entry.name.value.clone(), entry.address.value)).collect();
        let addresses = Addresses::new(&table);
        Ok(Self { snapshot, addresses })
    }
}
