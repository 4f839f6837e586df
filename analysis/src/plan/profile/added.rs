//! What the data sets of a plan brought and what is still in force of it, statement by statement.

use std::collections::{BTreeMap, BTreeSet};

use compiler::apply::Kind;
use compiler::obey::{Obeyed, Stated, offset};
use compiler::place::{At, FileNo};
use compiler::running::Running;
use compiler::statements::Config;

use super::cut::{self, Cuts, Live, PLACED, Thing};
use super::inside;
use super::members::Members;
use super::targets::Distributed;

/// Statements that only take something off: what they did is cut out.
const TAKE_OFF: &[&str] = &["DELETE", "STOP", "VIPADELETE", "INCLUDE"];

/// A statement.
pub(super) struct Piece {
    /// What it defines, where it may take the place of an old definition.
    pub(super) thing: Option<Thing>,
    /// It stands in VIPADYNAMIC.
    pub(super) dynamic: bool,
    /// Its text, without what is in force no longer.
    pub(super) text: String,
}

/// The statements, in the order in which the stack has had them. `deletes` takes in what takes ports, targets and addresses off.
pub(super) fn added(
    running: &Running,
    stack: &str,
    history: &[Obeyed],
    kept: &BTreeSet<At>,
    last: &Config,
    distributed: Option<&Distributed>,
    deletes: bool,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for obeyed in history {
        let cuts = cuts(running, stack, obeyed, kept, distributed);
        let members = Members(obeyed);
        let is_whole = |one: &Stated| {
            matches!(one.name.as_str(), "BEGINROUTES" | "SRCIP" | "AUTOLOG" | "NETACCESS" | "IPSEC")
        };
        for (number, one) in obeyed.statements.iter().enumerate() {
            let others = || obeyed.statements.iter().enumerate().filter(|(other, _)| *other != number);
            let has_children = others().any(|(_, stated)| inside(one, stated.at));
            let in_whole = others().any(|(_, host)| is_whole(host) && members.within(host, one.at));
            if in_whole || (has_children && !is_whole(one)) || TAKE_OFF.contains(&one.name.as_str()) {
                continue;
            }
            let changes = || obeyed.changes.iter().filter(|change| members.within(one, change.at));
            let takes_off = deletes
                && match one.name.as_str() {
                    "VIPADISTRIBUTE" => changes().any(|change| change.kind == Kind::Removed),
                    // DELADDR and DEPRADDR, of an interface that is still there.
                    "INTERFACE" => changes().any(|change| {
                        let name = change.what.split(' ').nth(1).unwrap_or("");
                        let there =
                            name == "LOOPBACK6" || last.interface.list.iter().any(|known| known.name == name);
                        change.kind == Kind::Replaced && there
                    }),
                    _ => false,
                };
            if !takes_off && !contributes(one, &members, kept, last) {
                continue;
            }
            let Some(text) = members.text(one, &cuts) else { continue };
            let words = cut::code(&text).flat_map(str::split_whitespace).skip(1).map(str::to_owned);
            let words: Vec<String> = words.collect();
            if words.is_empty() && !PLACED.contains(&one.name.as_str()) {
                continue;
            }
            pieces.push(Piece {
                thing: Thing::of(&one.name, &words),
                dynamic: one.name.starts_with("VIPA"),
                text,
            });
        }
    }
    devices_first(&mut pieces);
    pieces
}

/// A device that was deleted and defined anew stands behind its links, which outlive it; a start wants it before them.
fn devices_first(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let Some(Thing::Named(kind, device)) = pieces.get(at).and_then(|piece| piece.thing.clone()) else {
            continue;
        };
        let is_link = |piece: &Piece| {
            let link = matches!(&piece.thing, Some(Thing::Named(kind, _)) if kind == "LINK");
            let mut words = cut::code(&piece.text).flat_map(str::split_whitespace);
            link && words.any(|word| word.eq_ignore_ascii_case(&device))
        };
        let first = pieces.iter().take(at).position(is_link).filter(|_| kind == "DEVICE");
        if let Some(between) = first.and_then(|first| pieces.get_mut(first..=at)) {
            between.rotate_right(1);
        }
    }
}

/// What goes of the files of a data set.
fn cuts(
    running: &Running,
    stack: &str,
    obeyed: &Obeyed,
    kept: &BTreeSet<At>,
    distributed: Option<&Distributed>,
) -> BTreeMap<FileNo, Cuts> {
    let mut live: BTreeMap<FileNo, Live<'_>> = BTreeMap::new();
    for change in &obeyed.changes {
        let of = live.entry(change.at.section.file).or_default();
        of.distributed = distributed;
        if change.kind == Kind::Refused {
            of.refused.push(offset(change.at));
        }
        // A change that names its statement as a whole says nothing of the words in it.
        let is_entry = !obeyed.statements.iter().any(|one| one.at == change.at);
        if !kept.contains(&change.at) && is_entry {
            of.gone.push(offset(change.at));
        }
    }
    for at in kept {
        if let Some(of) = live.get_mut(&at.section.file) {
            of.kept.push(offset(*at));
        }
    }
    let mut all = BTreeMap::new();
    for (file, live) in live {
        let live = live.sorted();
        let mut cuts = Cuts::new();
        for placed in running.parsed(stack, file) {
            cut::section(&placed.section, placed.start, &live, &mut cuts);
        }
        all.insert(file, cuts);
    }
    all
}

/// Whether a statement brought something that is still in force.
fn contributes(one: &Stated, members: &Members<'_>, kept: &BTreeSet<At>, last: &Config) -> bool {
    let changes = &members.0.changes;
    let brought = changes
        .iter()
        .any(|change| members.within(one, change.at) && matches!(change.kind, Kind::Added | Kind::Replaced));
    if one.name == "START" {
        let words = changes.iter().filter(|change| inside(one, change.at));
        let mut names = words.filter_map(|change| change.what.split_whitespace().nth(1));
        return brought && names.any(|name| last.start.running.contains(name));
    }
    let placed = PLACED.contains(&one.name.as_str());
    let in_force = kept.iter().any(|at| members.within(one, *at));
    // Targets and ports may have been added to an entry that another statement made, and the same again takes over the entry.
    if one.name == "VIPADISTRIBUTE" { brought } else { in_force || (brought && !placed) }
}
