//! A compiler apart, for questions that take their time: it reads what the editor has, and no edit waits for it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use analysis::names::Addresses;
use analysis::obey::ObeyFiles;
use analysis::run::World;
use analysis::trouble::Trouble;
use compiler::system::System;
use compiler::{Compiler, Request, Settings, Snapshot};

use crate::disk::Disk;
use crate::documents::Documents;

/// What such a question needs.
#[derive(Clone)]
pub(crate) struct Bench {
    /// What is open, as it is now.
    pub(crate) documents: Documents,
    /// Path of the description.
    pub(crate) description: String,
    /// What the client wants beyond it.
    pub(crate) settings: Settings,
}

impl Bench {
    /// Compiles, and asks. `near` is a file beside which OBEYFILEs are looked for first.
    ///
    /// # Errors
    /// When the description cannot be read, or what the question says.
    pub(crate) fn ask<R>(
        &self,
        near: Option<&str>,
        ask: impl FnOnce(&Snapshot, &World<'_>, &dyn System) -> Result<R, Vec<Trouble>>,
    ) -> Result<R, String> {
        let disk = Disk { documents: &self.documents };
        let mut compiler = Compiler::new(self.settings.clone());
        let request = Request { sysplex: Some(self.description.clone()), profiles: Vec::new() };
        compiler.load(&disk, &request).map_err(|error| error.to_string())?;
        let snapshot = compiler.snapshot();
        let obey = ObeyFiles::near(&snapshot, &disk, near.into_iter().chain([self.description.as_str()]));
        let (model, addresses) = (snapshot.model(), addresses(&snapshot));
        let world = World { model: &model, addresses: &addresses, obey: &obey, begin: None };
        ask(&snapshot, &world, &disk).map_err(|troubles| told(&troubles))
    }
}

/// Mistakes in lines; a question has no place to speak of.
fn told(troubles: &[Trouble]) -> String {
    let one = |trouble: &Trouble| match trouble.file.as_str() {
        "question" => trouble.message.clone(),
        _ => trouble.to_string(),
    };
    troubles.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// Symbolic addresses of a description.
pub(crate) fn addresses(snapshot: &Snapshot) -> Addresses {
    let named = snapshot.description().addresses.iter();
    let table: BTreeMap<String, IpAddr> =
        named.map(|entry| (entry.name.value.clone(), entry.address.value)).collect();
    Addresses::new(&table)
}
