//! The owner's side of commands: which sysplex each is about, and what becomes of its report.

use std::collections::BTreeMap;

use compiler::dataset::{DecodeOptions, decode};
use compiler::system::System;
use ls_types::{ExecuteCommandParams, MessageType};
use tower_lsp::jsonrpc::Result;

use super::Workspace;
use crate::bench::Bench;
use crate::disk::{Disk, write_report};
use crate::features::commands::{Argument, Order, Report, refusal};
use crate::home;
use crate::outbox::Out;
use crate::project::Root;
use crate::{companions, uri};

impl Workspace {
    /// A command with all that it needs to be carried out elsewhere.
    pub(crate) fn order(&mut self, params: &ExecuteCommandParams) -> Result<Order> {
        let command = params.command.clone();
        let argument = Argument::read(&command, &params.arguments).map_err(refusal)?;
        let path = argument.uri.as_ref().map(uri::to_path);
        let description = self.described(path.as_deref()).map_err(refusal)?;
        let bench = Bench { documents: self.documents.clone(), description, settings: self.settings.clone() };
        let document = path.and_then(|path| {
            let text = self.text_of(&path)?;
            Some((path, text))
        });
        let version =
            document.as_ref().and_then(|(path, _)| self.documents.get(path)).map(|known| known.version());
        Ok(Order { command, argument, bench, document, version })
    }

    fn text_of(&self, path: &str) -> Option<String> {
        if let Some(document) = self.documents.get(path) {
            return Some(document.text().to_owned());
        }
        let bytes = Disk { documents: &self.documents }.read(path).ok()?;
        decode(&bytes, &DecodeOptions::default()).ok().map(|source| source.text.to_string())
    }

    /// The description of a document, or the only one there is.
    fn described(&self, path: Option<&str>) -> std::result::Result<String, String> {
        if let Some(path) = path {
            let disk = Disk { documents: &self.documents };
            let found = home::description(path, &self.folders, &disk);
            return found.ok_or_else(|| format!("{}: no sysplex.toml at or above it", uri::name(path)));
        }
        let mut known = self.projects.keys().filter_map(|root| match root {
            Root::Description(path) => Some(path),
            Root::Profile(_) => None,
        });
        match (known.next(), known.next()) {
            (Some(only), None) => Ok(only.clone()),
            (None, _) => Err("no sysplex.toml is known: open a file of the sysplex".to_owned()),
            (Some(_), Some(_)) => Err("several sysplexes are open: name a document of one".to_owned()),
        }
    }

    /// A command has been carried out: its report is shown, and failures of a scenario stand in its text until it is edited.
    pub(crate) fn reported(&mut self, order: &Order, report: Report) {
        if let Some((path, runs)) = &report.runs {
            let same = self.documents.get(path).filter(|known| Some(known.version()) == order.version);
            if let Some(document) = same {
                let found = companions::failures(document.text(), runs, self.client.encoding);
                let found = BTreeMap::from([(path.clone(), found)]);
                self.news.append(&mut self.board.put(&Root::Profile(path.clone()), found));
            }
        }
        let window = self.client.capabilities.window.as_ref();
        let shows = window.and_then(|window| window.show_document.as_ref()).is_some_and(|can| can.support);
        if !shows || order.argument.show == Some(false) {
            return;
        }
        match write_report(&report.name, &report.text) {
            Ok(path) => {
                if let Some(uri) = uri::from_path(&path) {
                    self.out.say(Out::Show(uri, report.is_page()));
                }
            }
            Err(error) => {
                self.out.log(MessageType::WARNING, format!("{} cannot be written: {error}", report.name));
            }
        }
    }

    /// What a run found is no longer true of a text that has changed.
    pub(super) fn forget_runs(&mut self, path: &str) {
        if companions::may_hold(path) {
            self.news.append(&mut self.board.remove(&Root::Profile(path.to_owned())));
        }
    }
}
