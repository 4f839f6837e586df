//! What can be lost: stacks, systems, CPCs, and pairs of them.

use std::collections::BTreeSet;

use runtime_model::event::Event;
use runtime_model::ids::StackId;
use runtime_model::model::Model;
use schemars::JsonSchema;
use serde::Serialize;

/// A fault, or two at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    /// What fails, in order.
    pub parts: Vec<(FaultKind, String)>,
    /// Other names for the same loss: the system of its only stack, the CPC of its only system.
    pub same_as: Vec<(FaultKind, String)>,
    /// The stacks that are gone; in JSON how many they are.
    #[serde(serialize_with = "count")]
    #[schemars(with = "usize")]
    pub stacks: Vec<StackId>,
}

fn count<S: serde::Serializer>(stacks: &[StackId], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(stacks.len() as u64)
}

/// Kind of what fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// A stack.
    Stack,
    /// A system with all its stacks.
    System,
    /// A CPC with all its systems.
    Cpc,
}

impl FaultKind {
    /// The word before the name; none before a stack.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stack => "",
            Self::System => "system ",
            Self::Cpc => "CPC ",
        }
    }
}

impl Fault {
    /// `TCPIP1`, `system MVS1 and TCPIP3`.
    #[must_use]
    pub fn title(&self) -> String {
        names(&self.parts)
    }

    /// The other names, or nothing.
    #[must_use]
    pub fn also(&self) -> String {
        names(&self.same_as)
    }

    /// The events that bring it about.
    pub(super) fn events(&self) -> Vec<Event> {
        let event = |(kind, name): &(FaultKind, String)| match kind {
            FaultKind::Stack => None,
            FaultKind::System => Some(Event::FailSystem(name.clone())),
            FaultKind::Cpc => Some(Event::FailCpc(name.clone())),
        };
        match self.parts.as_slice() {
            [part] => match event(part) {
                Some(event) => vec![event],
                None => self.stacks.iter().map(|stack| Event::Fail(*stack)).collect(),
            },
            // One after the other: stacks that both parts name fail once.
            _ => self.stacks.iter().map(|stack| Event::Fail(*stack)).collect(),
        }
    }
}

fn names(parts: &[(FaultKind, String)]) -> String {
    let named: Vec<String> = parts.iter().map(|(kind, name)| format!("{}{name}", kind.word())).collect();
    named.join(" and ")
}

/// Every fault of one part, each loss once, then every pair that is more than its parts when `at_once` is 2.
pub(super) fn all(model: &Model, at_once: usize) -> Vec<Fault> {
    let mut single: Vec<Fault> = Vec::new();
    let ids = (0..u16::try_from(model.stacks.len()).unwrap_or(u16::MAX)).map(StackId);
    let stacks: Vec<_> = ids.zip(&model.stacks).collect();
    let mut add = |kind: FaultKind, name: &str, gone: Vec<StackId>| match single
        .iter_mut()
        .find(|fault| fault.stacks == gone)
    {
        Some(same) => same.same_as.push((kind, name.to_owned())),
        None => {
            single.push(Fault { parts: vec![(kind, name.to_owned())], same_as: Vec::new(), stacks: gone })
        }
    };
    for (id, stack) in &stacks {
        add(FaultKind::Stack, &stack.name, vec![*id]);
    }
    let systems: BTreeSet<&str> = model.stacks.iter().map(|stack| stack.system.as_str()).collect();
    for system in systems {
        let gone = stacks.iter().filter(|(_, stack)| stack.system == system).map(|(id, _)| *id).collect();
        add(FaultKind::System, system, gone);
    }
    let cpcs: BTreeSet<&str> = model.stacks.iter().filter_map(|stack| stack.cpc.as_deref()).collect();
    for cpc in cpcs {
        let gone =
            stacks.iter().filter(|(_, stack)| stack.cpc.as_deref() == Some(cpc)).map(|(id, _)| *id).collect();
        add(FaultKind::Cpc, cpc, gone);
    }
    // When everything is gone there is nothing to tell.
    single.retain(|fault| fault.stacks.len() < stacks.len());
    if at_once < 2 {
        return single;
    }
    let pairs = pairs(&single, stacks.len());
    single.into_iter().chain(pairs).collect()
}

/// Pairs of single stacks; systems and CPCs in pairs say nothing that their stacks do not.
fn pairs(single: &[Fault], stacks: usize) -> Vec<Fault> {
    let mut seen: BTreeSet<Vec<StackId>> = single.iter().map(|fault| fault.stacks.clone()).collect();
    let mut pairs = Vec::new();
    for (place, first) in single.iter().enumerate() {
        for second in single.iter().skip(place + 1) {
            let mut gone: Vec<StackId> = first.stacks.iter().chain(&second.stacks).copied().collect();
            gone.sort_unstable();
            gone.dedup();
            if gone.len() < stacks && seen.insert(gone.clone()) {
                let parts = first.parts.iter().chain(&second.parts).cloned().collect();
                pairs.push(Fault { parts, same_as: Vec::new(), stacks: gone });
            }
        }
    }
    pairs
}
