//! The OBEYFILE that takes a change back, where one exists.
//!
//! What was added is taken off by the statement that takes such a thing off, what was taken off comes back with the words of the
//! profile, and a list that was replaced comes back whole. Whether that is the way back is not believed but tried: the data sets
//! are applied to what the plan ends with, and the configuration must be the one that it began with.

mod defaults;

use std::collections::BTreeSet;
use std::sync::Arc;

use compiler::apply::{Facts, Kind};
use compiler::obey::Obeyed;
use compiler::place::At;
use compiler::running::Running;
use compiler::source::SourceText;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Ask;
use super::play::json;
use super::profile::{inside, places};
use crate::change::Line;
use crate::change::config::difference;

/// The way back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Undo {
    /// Whether the data sets lead back to the configuration that was.
    pub complete: bool,
    /// The data sets, in order; empty where there is nothing to take back.
    pub data_sets: Vec<String>,
    /// What stays otherwise than it was: no OBEYFILE that is known here takes it back.
    pub remains: Vec<Line>,
    /// Statements in them that give options their defaults: nothing had coded them before, now the defaults are coded.
    pub defaults: Vec<String>,
}

/// Lists that a data set replaces as a whole, with what an empty one looks like.
const LISTS: &[(&str, &str)] = &[
    ("HOME", "HOME"),
    ("BEGINROUTES", "BEGINROUTES\nENDROUTES"),
    ("SRCIP", "SRCIP\nENDSRCIP"),
    ("DEFADDRTABLE", "DEFADDRTABLE\nENDDEFADDRTABLE"),
    ("TRANSLATE", ""),
    ("AUTOLOG", ""),
    ("NETACCESS", ""),
    ("BSDROUTINGPARMS", ""),
];

/// Finds the way back for a stack. None when there is no such stack.
pub(super) fn undo(
    begun: &Running,
    running: &Running,
    ask: &Ask<'_>,
    stack: &str,
    earlier: &[Obeyed],
    history: &[Obeyed],
) -> Option<Undo> {
    let wanted = json(begun, stack);
    let now = json(running, stack);
    if difference(&now, &wanted).is_empty() {
        return Some(Undo {
            complete: true,
            data_sets: Vec::new(),
            remains: Vec::new(),
            defaults: Vec::new(),
        });
    }
    let way = Way::new(begun, running, ask, stack, (earlier, history), &now, &wanted);
    // A default that is coded changes nothing where nothing was coded: what the stack held before, with that.
    let mut plain = begun.clone();
    let coded: String = way.defaults.iter().chain(&way.options).map(|line| format!("{line}\n")).collect();
    plain.obey(stack, "defaults", &Arc::new(SourceText::new(&coded)), ask.system, &Facts::default())?;
    let wanted = json(&plain, stack);
    let mut best: Option<Undo> = None;
    for data_sets in [way.together(), way.apart()] {
        let mut tried = running.clone();
        for text in &data_sets {
            let source = Arc::new(SourceText::new(text));
            tried.obey(stack, "undo", &source, ask.system, &Facts::default())?;
        }
        let remains = difference(&wanted, &json(&tried, stack));
        let complete = remains.is_empty();
        if best.as_ref().is_none_or(|known| remains.len() < known.remains.len()) {
            best = Some(Undo { complete, data_sets, remains, defaults: way.defaults.clone() });
        }
        if complete {
            break;
        }
    }
    best
}

/// Statements of the way back.
#[derive(Default)]
struct Way {
    /// Statements of VIPADYNAMIC that take off.
    dynamic_off: Vec<String>,
    /// Others that take off.
    off: Vec<String>,
    /// What cannot be taken off in the data set that stops it.
    later: Vec<String>,
    /// Defaults of options that were coded.
    defaults: Vec<String>,
    /// Options that were coded before.
    options: Vec<String>,
    /// What comes back.
    back: Vec<String>,
    /// Statements of VIPADYNAMIC that come back.
    dynamic_back: Vec<String>,
    stop: Vec<String>,
    start: Vec<String>,
    /// DVIPAs whose distribution has lost ports or targets.
    shrunk: BTreeSet<String>,
    /// Lists that were replaced before the plan.
    replaced: BTreeSet<String>,
}

impl Way {
    fn new(
        begun: &Running,
        running: &Running,
        ask: &Ask<'_>,
        stack: &str,
        (earlier, history): (&[Obeyed], &[Obeyed]),
        now: &Value,
        wanted: &Value,
    ) -> Self {
        let mut way = Self::default();
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for obeyed in history.iter().rev() {
            for one in obeyed.statements.iter().rev() {
                let effects = obeyed.changes.iter().filter(|change| {
                    inside(one, change.at) && matches!(change.kind, Kind::Added | Kind::Replaced)
                });
                let text = running.text(one.extent).unwrap_or_default();
                for change in effects {
                    // The old definition takes the place of the new one again. VIPADELETE would give the DVIPA away, and take
                    // its distribution with it.
                    let again = matches!(one.name.as_str(), "VIPADEFINE" | "VIPABACKUP");
                    if change.kind == Kind::Replaced && again {
                        continue;
                    }
                    way.off(&one.name, &change.what, &text);
                }
                names.insert(&one.name);
                if one.name == "VIPADISTRIBUTE" {
                    let gone = obeyed
                        .changes
                        .iter()
                        .filter(|change| inside(one, change.at) && change.kind == Kind::Removed);
                    way.shrunk.extend(
                        gone.filter_map(|change| change.what.split_whitespace().nth(1)).map(str::to_owned),
                    );
                }
            }
        }
        way.defaults(running, history, now, wanted);
        if let (Some(begun), Some(last)) = (begun.config(stack), running.config(stack)) {
            let (was, kept) = (places(begun), places(last));
            let lists = earlier.iter().flat_map(|obeyed| &obeyed.statements).map(|one| &one.name);
            way.replaced = lists.filter(|name| LISTS.iter().any(|(list, _)| list == name)).cloned().collect();
            way.back(ask, stack, &names, &was, &kept);
            for obeyed in earlier {
                way.back_from(running, obeyed, &names, &was, &kept);
            }
        }
        let list = |value: &Value| -> BTreeSet<String> {
            let list = value.pointer("/start/running").and_then(Value::as_array).cloned().unwrap_or_default();
            list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let (runs, ran) = (list(now), list(wanted));
        way.stop = runs.difference(&ran).map(|name| format!("STOP {name}")).collect();
        way.start = ran.difference(&runs).map(|name| format!("START {name}")).collect();
        way
    }

    /// Takes off what a statement added.
    fn off(&mut self, name: &str, what: &str, text: &str) {
        let words: Vec<&str> = what.split_whitespace().collect();
        let rest = || words.get(1..).unwrap_or(&[]).join(" ");
        match name {
            "VIPADEFINE" | "VIPABACKUP" => self.dynamic_off.push(format!("VIPADELETE {}", rest())),
            "VIPADISTRIBUTE" => {
                let upper = text.to_uppercase();
                let to = upper.find("DESTIP").and_then(|at| text.get(at..)).unwrap_or("DESTIP ALL");
                // Weights and roles are no part of what is deleted.
                self.dynamic_off.push(format!("VIPADISTRIBUTE DELETE {} {}", rest(), one_line(to)));
            }
            "VIPARANGE" | "VIPAROUTE" => {
                let words: Vec<&str> = text.split_whitespace().skip(1).collect();
                let first = words.first().is_some_and(|word| "DEFINE".starts_with(&word.to_uppercase()));
                let words = words.get(usize::from(first)..).unwrap_or(&[]);
                self.dynamic_off.push(format!("{name} DELETE {}", words.join(" ")));
            }
            "PORT" | "PORTRANGE" => self.off.push(format!("DELETE {what}")),
            "LINK" | "DEVICE" => self.later.push(format!("DELETE {name} {}", words.get(1).unwrap_or(&""))),
            "INTERFACE" => self.later.push(format!("INTERFACE {} DELETE", words.get(1).unwrap_or(&""))),
            _ => {}
        }
    }

    /// Options that were coded get their defaults, those of the profile come back behind that.
    fn defaults(&mut self, running: &Running, history: &[Obeyed], now: &Value, wanted: &Value) {
        for one in history.iter().flat_map(|obeyed| &obeyed.statements).filter(|one| is_option(&one.name)) {
            let part = format!("/{}", one.name.to_lowercase());
            if now.pointer(&part) == wanted.pointer(&part) {
                continue;
            }
            let text = running.text(one.extent).unwrap_or_default();
            let line = defaults::defaults(&one_line(&text)).filter(|line| !self.defaults.contains(line));
            self.defaults.extend(line);
        }
    }

    /// What the profile says of it, where a statement of that name has changed something.
    fn back(
        &mut self,
        ask: &Ask<'_>,
        stack: &str,
        names: &BTreeSet<&str>,
        was: &BTreeSet<At>,
        kept: &BTreeSet<At>,
    ) {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for path in ask.snapshot.files() {
            let ours =
                ask.snapshot.readers(&path).iter().any(|one| one.setup.name.eq_ignore_ascii_case(stack));
            let (Some(view), Some(spans)) = (ask.snapshot.file(&path), ask.snapshot.spans(&path)) else {
                continue;
            };
            if !ours {
                continue;
            }
            let alive: BTreeSet<u32> = was.iter().filter_map(|at| spans.of(*at)).map(|(at, _)| at).collect();
            let gone: BTreeSet<u32> =
                was.difference(kept).filter_map(|at| spans.of(*at)).map(|(at, _)| at).collect();
            for placed in &view.sections {
                for stmt in placed.section.views() {
                    let name = stmt.name();
                    let extent = stmt.stmt.extent;
                    let (start, end) = (placed.start + extent.start, placed.start + extent.end());
                    let lost = gone.range(start..end).next().is_some();
                    let list = LISTS.iter().find(|(list, _)| *list == name).map(|(list, _)| *list);
                    let text = || view.source.text.get(start as usize..end as usize).unwrap_or("").to_owned();
                    let option = is_option(name);
                    let stale = self.replaced.contains(name) && alive.range(start..end).next().is_none();
                    let unheard = one_of_all(name) && alive.range(start..end).next().is_none();
                    if stale || unheard {
                        continue;
                    }
                    if option && names.contains(name) {
                        self.options.push(text());
                    } else if list.is_some_and(|list| names.contains(list)) {
                        found.extend(list);
                        self.back.push(text());
                    } else if lost
                        && list.is_none()
                        && stmt.stmt.parent.is_none()
                        && !name.starts_with("VIPA")
                    {
                        self.back.push(text());
                    } else if (lost && name.starts_with("VIPA") && name != "VIPADYNAMIC")
                        || (name == "VIPADISTRIBUTE"
                            && stmt.parts.tokens().any(|(_, word)| self.shrunk.contains(word.text())))
                    {
                        self.dynamic_back.push(text());
                    }
                }
            }
        }
        let empty = LISTS
            .iter()
            .filter(|(list, text)| names.contains(list) && !found.contains(list) && !text.is_empty());
        self.back.extend(empty.map(|(_, text)| (*text).to_owned()));
    }

    /// What an OBEYFILE before the plan says of it.
    fn back_from(
        &mut self,
        running: &Running,
        obeyed: &Obeyed,
        names: &BTreeSet<&str>,
        was: &BTreeSet<At>,
        kept: &BTreeSet<At>,
    ) {
        for one in &obeyed.statements {
            let has_inner = obeyed.statements.iter().any(|other| other.at != one.at && inside(one, other.at));
            let is_list = LISTS.iter().any(|(list, _)| *list == one.name);
            let in_list = obeyed.statements.iter().any(|host| {
                host.at != one.at && inside(host, one.at) && LISTS.iter().any(|(list, _)| *list == host.name)
            });
            if in_list || (has_inner && !is_list) {
                continue;
            }
            let lost = was.difference(kept).any(|at| inside(one, *at));
            let option = is_option(&one.name) && names.contains(one.name.as_str());
            let unheard = one_of_all(&one.name) && !was.iter().any(|at| inside(one, *at));
            if (!lost && !option) || unheard {
                continue;
            }
            let text = running.text(one.extent).unwrap_or_default();
            if one.name.starts_with("VIPA") {
                self.dynamic_back.push(text);
            } else if option {
                self.options.push(text);
            } else {
                self.back.push(text);
            }
        }
    }

    /// All in one data set.
    fn together(&self) -> Vec<String> {
        let mut lines = self.off.clone();
        lines.extend(self.later.iter().cloned());
        lines.extend(self.defaults.iter().chain(&self.options).chain(&self.back).cloned());
        lines.extend(block(&[&self.dynamic_off, &self.dynamic_back]));
        lines.extend(self.start.iter().chain(&self.stop).cloned());
        sets(vec![lines])
    }

    /// What stops and takes off first, then the rest.
    fn apart(&self) -> Vec<String> {
        let mut first = self.off.clone();
        first.extend(block(&[&self.dynamic_off]));
        first.extend(self.stop.iter().cloned());
        let mut second = self.later.clone();
        second.extend(self.defaults.iter().chain(&self.options).chain(&self.back).cloned());
        second.extend(block(&[&self.dynamic_back]));
        second.extend(self.start.iter().cloned());
        sets(vec![first, second])
    }
}

/// Whether the stack has taken a statement of the name can be told by what it holds: one that it refused would be taken behind what has come since.
fn one_of_all(name: &str) -> bool {
    name == "PRIMARYINTERFACE"
}

/// Whether a statement is one of options, of which the last says what is in force.
fn is_option(name: &str) -> bool {
    matches!(
        name,
        "IPCONFIG"
            | "IPCONFIG6"
            | "TCPCONFIG"
            | "UDPCONFIG"
            | "GLOBALCONFIG"
            | "SMFCONFIG"
            | "SOMAXCONN"
            | "ARPAGE"
            | "PRIMARYINTERFACE"
            | "SACONFIG"
            | "NETMONITOR"
    )
}

/// A VIPADYNAMIC block, if anything is in it.
fn block(parts: &[&[String]]) -> Vec<String> {
    let mut inner: Vec<String> = Vec::new();
    for line in parts.iter().flat_map(|part| part.iter()) {
        if !inner.contains(line) {
            inner.push(line.clone());
        }
    }
    if inner.is_empty() {
        return Vec::new();
    }
    let mut lines = vec!["VIPADYNAMIC".to_owned()];
    lines.extend(inner.into_iter().map(|line| format!("  {line}")));
    lines.push("ENDVIPADYNAMIC".to_owned());
    lines
}

fn sets(all: Vec<Vec<String>>) -> Vec<String> {
    let text = |lines: Vec<String>| {
        lines.into_iter().map(|line| format!("{}\n", line.trim_end())).collect::<String>()
    };
    all.into_iter().filter(|lines| !lines.is_empty()).map(text).collect()
}

/// Words of a statement in one line, comments left out.
fn one_line(text: &str) -> String {
    let code = |line: &str| line.split(';').next().unwrap_or("").to_owned();
    let lines: Vec<String> = text.lines().map(code).collect();
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}
