//! ITRACE: traces of the stack's own work (02 16.1).

use grammar::slot::itrace as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::{Apply, Kind};
use crate::read::Read;

/// What is traced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Level of the trace of the SNMP subagent.
    pub subagent: Option<u64>,
    /// Level of the trace of configuration.
    pub config: Option<u64>,
    /// Level of the trace of commands.
    pub command: Option<u64>,
    /// The task of AUTOLOG is traced.
    pub autodaemon: bool,
}

/// A part of the stack that can be traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Subagent,
    Config,
    Command,
    Autodaemon,
}

const ALL: [Of; 4] = [Of::Subagent, Of::Config, Of::Command, Of::Autodaemon];

/// An ITRACE statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    on: bool,
    of: Option<Of>,
    level: u64,
}

/// Reads an ITRACE statement.
pub fn read(view: &StmtView<'_>, _: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let words = [
        (slot::SUBAGENT, Of::Subagent),
        (slot::CONFIG, Of::Config),
        (slot::COMMAND, Of::Command),
        (slot::AUTODAEMON, Of::Autodaemon),
    ];
    let of = words.into_iter().find(|(slot, _)| parts.has(*slot)).map(|(_, of)| of);
    let level = parts.get(slot::LEVEL).and_then(|word| word.number()).unwrap_or(1);
    Typed { on: parts.has(slot::ON), of, level }
}

impl Typed {
    /// Alone, ON traces everything at level 1 and OFF ends every trace.
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let of: &[Of] = match &self.of {
            Some(one) => std::slice::from_ref(one),
            None => &ALL,
        };
        for one in of {
            let old = level(&cx.config.itrace, *one);
            let new = self.on.then_some(self.level);
            let kind = match (old, new) {
                (None, Some(_)) => Kind::Added,
                (Some(_), None) => Kind::Removed,
                (Some(old), Some(new)) if old != new => Kind::Replaced,
                (Some(_), Some(_)) | (None, None) => Kind::Unchanged,
            };
            set(&mut cx.config.itrace, *one, new);
            // One that was off before an OFF for all is no news.
            if self.of.is_some() || kind != Kind::Unchanged {
                cx.change(cx.at, kind, describe(*one, new.or(old)));
            }
        }
    }
}

fn level(part: &Part, of: Of) -> Option<u64> {
    match of {
        Of::Subagent => part.subagent,
        Of::Config => part.config,
        Of::Command => part.command,
        Of::Autodaemon => part.autodaemon.then_some(1),
    }
}

fn set(part: &mut Part, of: Of, level: Option<u64>) {
    match of {
        Of::Subagent => part.subagent = level,
        Of::Config => part.config = level,
        Of::Command => part.command = level,
        Of::Autodaemon => part.autodaemon = level.is_some(),
    }
}

fn describe(of: Of, level: Option<u64>) -> String {
    let name = match of {
        Of::Subagent => "SUBAGENT",
        Of::Config => "CONFIG",
        Of::Command => "COMMAND",
        Of::Autodaemon => return "ITRACE AUTODAEMON".to_owned(),
    };
    level.map_or_else(|| format!("ITRACE {name}"), |level| format!("ITRACE {name} {level}"))
}
