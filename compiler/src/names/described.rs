//! The names in `sysplex.toml`.

use std::ops::Range;

use super::{Kind, Name, Role, Written};
use crate::description::{Description, IncludeEntry, Spanned};

/// A name in the description, and the stacks that it is for; none for all.
pub(super) struct Described {
    pub name: Name,
    pub role: Role,
    pub written: Written,
    pub span: Range<usize>,
    pub stack: Option<String>,
}

/// All of them, in the order of the tables.
pub(super) fn described(description: &Description, text: &str) -> Vec<Described> {
    let mut all = All { text, list: Vec::new() };
    for stack in &description.stacks {
        let own = Some(stack.name.value.as_str());
        all.add(Kind::Stack, &stack.name, Role::Definition, own);
        for (name, _) in &stack.symbols {
            all.add(Kind::Symbol, name, Role::Definition, own);
        }
        if let Some(system) = &stack.system {
            // What follows from the name of the system has no line of its own.
            for name in ["SYSNAME", "SYSCLONE"] {
                if !stack.symbols.iter().any(|(written, _)| written.value == name) {
                    all.built(Name::new(Kind::Symbol, name), &system.span, own);
                }
            }
        }
        all.includes(&stack.includes, own);
    }
    if let Some(name) = &description.sysplex.name {
        all.built(Name::new(Kind::Symbol, "SYSPLEX"), &name.span, None);
    }
    all.includes(&description.sysplex.includes, None);
    for job in &description.jobs {
        all.add(Kind::Job, &job.name, Role::Definition, None);
        for stack in &job.stacks {
            all.add(Kind::Stack, stack, Role::Reference, Some(&stack.value));
        }
    }
    for entry in &description.addresses {
        all.add(Kind::Symbolic, &entry.name, Role::Definition, None);
        let span = all.unquoted(&entry.address.span);
        all.list.push(Described {
            name: Name::address(entry.address.value),
            role: Role::Declaration,
            written: Written::Plain,
            span,
            stack: None,
        });
    }
    all.list
}

struct All<'t> {
    text: &'t str,
    list: Vec<Described>,
}

impl All<'_> {
    fn add(&mut self, kind: Kind, name: &Spanned<String>, role: Role, stack: Option<&str>) {
        let span = self.unquoted(&name.span);
        self.list.push(Described {
            name: Name::new(kind, &name.value),
            role,
            written: Written::Plain,
            span,
            stack: stack.map(str::to_owned),
        });
    }
    fn built(&mut self, name: Name, span: &Range<usize>, stack: Option<&str>) {
        let span = self.unquoted(span);
        let stack = stack.map(str::to_owned);
        self.list.push(Described { name, role: Role::Definition, written: Written::Built, span, stack });
    }
    fn includes(&mut self, entries: &[IncludeEntry], stack: Option<&str>) {
        for entry in entries {
            self.add(Kind::DataSet, &entry.data_set, Role::Definition, stack);
        }
    }
    /// A span without the quotes around it.
    fn unquoted(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.text.get(span.clone()).unwrap_or("");
        let quoted = text.len() >= 2 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']);
        if quoted { span.start + 1..span.end - 1 } else { span.clone() }
    }
}
