//! Which sysplexes there are: those whose description lies above an open document, and the profiles that are alone.

use std::collections::{BTreeMap, BTreeSet};

use compiler::system::{PathKind, System};

use super::Workspace;
use crate::disk::Disk;
use crate::home::{self, Role};
use crate::project::{Project, Root};
use crate::{companions, uri};

impl Workspace {
    /// A project for each description that an open document lies under; none for one that is gone.
    pub(super) fn find_descriptions(&mut self) {
        let disk = Disk { documents: &self.documents };
        let mut wanted: BTreeSet<Root> = self
            .documents
            .paths()
            .filter_map(|path| home::description(path, &self.folders, &disk))
            .map(Root::Description)
            .collect();
        // A sysplex stays when its last document is closed, as long as it is there and in the workspace.
        wanted.extend(
            self.projects
                .keys()
                .filter(|root| match root {
                    Root::Description(path) => {
                        self.folders.iter().any(|folder| uri::within(path, folder))
                            && disk.kind(path) == PathKind::File
                    }
                    Root::Profile(_) => true,
                })
                .cloned(),
        );
        self.keep(&wanted);
        let mut by_root: BTreeMap<Root, BTreeSet<String>> = BTreeMap::new();
        for path in self.documents.paths().filter(|path| companions::may_hold(path)) {
            if let Some(root) = self.around(path) {
                by_root.entry(root).or_default().insert(path.to_owned());
            }
        }
        for (root, project) in &mut self.projects {
            project.play(by_root.remove(root).unwrap_or_default());
        }
    }
    /// A project for each open profile that no sysplex takes in; whether one is new. An OBEYFILE goes to its sysplex.
    pub(super) fn find_lone_profiles(&mut self) -> bool {
        let mut wanted: BTreeSet<Root> =
            self.projects.keys().filter(|root| matches!(root, Root::Description(_))).cloned().collect();
        let mut obeyed: BTreeMap<Root, BTreeSet<String>> = BTreeMap::new();
        for path in self.documents.paths().filter(|path| Role::of(path) == Role::Profile) {
            let taken = self.projects.iter().any(|(root, project)| match root {
                Root::Description(_) => project.reads(path),
                Root::Profile(_) => false,
            });
            if taken {
                continue;
            }
            match self.obeying(path) {
                Some(root) => {
                    obeyed.entry(root).or_default().insert(path.to_owned());
                }
                None => {
                    wanted.insert(Root::Profile(path.to_owned()));
                }
            }
        }
        for (root, project) in &mut self.projects {
            project.obey(obeyed.remove(root).unwrap_or_default());
        }
        self.keep(&wanted)
    }
    /// The sysplex for which an open document that no stack reads is an OBEYFILE.
    fn obeying(&self, path: &str) -> Option<Root> {
        let root = self.around(path)?;
        let text = self.documents.get(path)?.text();
        self.projects.get(&root)?.is_obeyfile(path, text).then_some(root)
    }
    /// Makes the projects these; whether one is new.
    fn keep(&mut self, wanted: &BTreeSet<Root>) -> bool {
        let gone: Vec<Root> = self.projects.keys().filter(|root| !wanted.contains(root)).cloned().collect();
        for root in gone {
            self.projects.remove(&root);
            self.news.append(&mut self.board.remove(&root));
        }
        let before = self.projects.len();
        for root in wanted {
            self.projects.entry(root.clone()).or_insert_with(|| Project::new(root.clone()));
        }
        self.projects.len() > before
    }
}
