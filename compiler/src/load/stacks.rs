//! Stacks and sysplex as the description has them, for the queries.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use runtime_model::model::JobModel;
use salsa::{Durability, Setter as _};

use super::{Loaded, Read, toml_place};
use crate::db::{Database, StackInput};
use crate::description::{Description, StackEntry, beside};
use crate::place::At;
use crate::report::Report;
use crate::rules;
use crate::setup::{PlexSetup, StackSetup};
use crate::system::ReadError;

impl Loaded {
    pub(super) fn stack(
        &mut self,
        db: &mut Database,
        read: &Read<'_>,
        description: &Description,
        stack: &StackEntry,
    ) -> Result<StackInput, ReadError> {
        let mut profiles = Vec::new();
        let toml = self.toml.as_ref().map(|(path, no, _)| (Arc::clone(path), *no));
        for profile in &stack.profiles {
            let Some((toml, no)) = &toml else {
                profiles.push(self.file(db, read, &profile.value)?);
                continue;
            };
            let path = beside(toml, &profile.value);
            match self.file(db, read, &path) {
                Ok(file) => profiles.push(file),
                Err(error) => {
                    let at = toml_place(*no, &profile.span);
                    let message = format!(
                        "profile {} of {} cannot be read: {}",
                        profile.value, stack.name.value, error.reason
                    );
                    self.reports.push(
                        Report::new(&rules::profile_not_found::RULE, at, message)
                            .note(format!("looked for {path}; paths are relative to {toml}"))
                            .stack(&stack.name.value),
                    );
                }
            }
        }
        let setup = Arc::new(StackSetup {
            name: stack.name.value.clone(),
            job: stack.job.as_ref().map(|job| job.value.clone()),
            system: stack.system_name().to_owned(),
            cpc: stack.cpc.as_ref().map(|cpc| cpc.value.clone()),
            group: stack.xcf_group_name().to_owned(),
            release: description.release(stack),
            dialect: description.dialect(),
            symbols: description.symbols(stack),
            described: self.toml.is_some(),
            inaddrany: stack.inaddrany,
            jobs: description.jobs.iter().map(|job| job.name.value.clone()).collect(),
            security_label: stack.security_label.as_ref().map(|label| label.value.clone()),
            zone_labels: stack
                .zone_labels
                .iter()
                .map(|(zone, label)| (zone.value.clone(), label.value.clone()))
                .collect(),
            addresses: Arc::new(addresses(description)),
            at: toml.map_or(At::default(), |(_, no)| toml_place(no, &stack.span)),
            profile: profiles.first().map_or(At::default(), |file| toml_place(file.no(db), &(0..0))),
        });
        let input = match self.stacks.get(&setup.name) {
            None => {
                let input = StackInput::builder(Arc::clone(&setup), profiles, Arc::new(BTreeMap::new()))
                    .durability(Durability::HIGH)
                    .new(db);
                self.stacks.insert(setup.name.clone(), input);
                input
            }
            Some(input) => {
                if input.setup(db) != &setup {
                    input.set_setup(db).to(setup);
                }
                if input.profiles(db) != &profiles {
                    input.set_profiles(db).to(profiles);
                }
                *input
            }
        };
        Ok(input)
    }

    pub(super) fn plex(&self) -> PlexSetup {
        let description = &self.description;
        let every = || description.stacks.iter().map(|stack| stack.name.value.clone()).collect::<Vec<_>>();
        PlexSetup {
            name: description.sysplex.name.as_ref().map_or(String::new(), |name| name.value.clone()),
            dialect: description.dialect(),
            structures: description.model.structures(description.dialect()),
            assumptions: description
                .assumptions
                .iter()
                .map(|assumption| (assumption.name.value.clone(), assumption.answer.value.clone()))
                .collect(),
            jobs: description
                .jobs
                .iter()
                .map(|job| JobModel {
                    name: job.name.value.clone(),
                    user: job.user.as_ref().map(|user| user.value.clone()),
                    stacks: if job.stacks.is_empty() {
                        every()
                    } else {
                        job.stacks.iter().map(|stack| stack.value.clone()).collect()
                    },
                })
                .collect(),
            described: self.toml.is_some(),
        }
    }
}

fn addresses(description: &Description) -> BTreeMap<String, IpAddr> {
    description.addresses.iter().map(|entry| (entry.name.value.clone(), entry.address.value)).collect()
}
