//! What a case changes, in words: a line for all that goes the same way.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::{Case, Fate, Moment, Report};

/// What a line begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Places in [`Report::dvipas`].
    Dvipas(Vec<usize>),
    /// Places in [`Report::services`].
    Services(Vec<usize>),
    /// Nothing: the words say all.
    Case,
}

/// A kind of line, in the order in which they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Moved,
    Served,
    Broken,
    Back,
}

impl Kind {
    /// What more of them are called.
    pub(super) const fn more(self) -> &'static str {
        match self {
            Self::Moved => "more ways that addresses go",
            Self::Served | Self::Broken => "more that happens to services",
            Self::Back => "more that stay away",
        }
    }
}

/// A line.
pub(super) struct Line {
    pub(super) kind: Kind,
    about: About,
    /// What happens to one of them, and to several.
    words: [String; 2],
}

impl Line {
    /// The line, with the names as `names` writes them.
    pub(super) fn text(&self, names: &dyn Fn(&About) -> String) -> String {
        let [one, several] = &self.words;
        match &self.about {
            About::Dvipas(list) | About::Services(list) => {
                format!("{} {}", names(&self.about), if list.len() == 1 { one } else { several })
            }
            About::Case => one.clone(),
        }
    }
}

/// The place of a DVIPA in the report.
pub(super) fn place(report: &Report, address: IpAddr) -> Option<usize> {
    report.dvipas.binary_search_by_key(&address, |row| row.address).ok()
}

/// The lines of a case, what is lost first.
pub(super) fn lines(report: &Report, case: &Case) -> Vec<Line> {
    let mut all = moved(report, case);
    all.extend(served(report, case));
    if case.broken > 0 {
        let many = if case.broken == 1 { "" } else { "s" };
        let words = format!("{} connection{many} broken", case.broken);
        all.push(Line { kind: Kind::Broken, about: About::Case, words: [words, String::new()] });
    }
    all.extend(back(report, case));
    if all.is_empty() {
        let words = ["nothing changes".to_owned(), String::new()];
        all.push(Line { kind: Kind::Broken, about: About::Case, words });
    }
    all
}

fn moved(report: &Report, case: &Case) -> Vec<Line> {
    type Way<'c> = (Option<&'c str>, Option<&'c str>);
    let mut ways: BTreeMap<Way<'_>, Vec<usize>> = BTreeMap::new();
    for moved in &case.moved {
        let way = (moved.to.as_deref(), moved.from.as_deref());
        ways.entry(way).or_default().extend(place(report, moved.address));
    }
    let told = |((to, from), list): (Way<'_>, Vec<usize>)| {
        let words = match (from, to, case.moment) {
            (Some(from), Some(to), Moment::Start) => {
                [format!("comes up on {to} instead of {from}"), format!("come up on {to} instead of {from}")]
            }
            (Some(from), None, Moment::Start) => [
                format!("comes up nowhere; {from} would have it"),
                format!("come up nowhere; {from} would have them"),
            ],
            (Some(from), Some(to), Moment::Running) => {
                [format!("moves from {from} to {to}"), format!("move from {from} to {to}")]
            }
            (Some(from), None, Moment::Running) => [
                format!("has no owner any more; {from} had it"),
                format!("have no owner any more; {from} had them"),
            ],
            (None, Some(to), Moment::Running | Moment::Start) => {
                [format!("comes to {to}; nobody had it"), format!("come to {to}; nobody had them")]
            }
            (None, None, Moment::Running | Moment::Start) => {
                ["has no owner".to_owned(), "have no owner".to_owned()]
            }
        };
        Line { kind: Kind::Moved, about: About::Dvipas(list), words }
    };
    ways.into_iter().map(told).collect()
}

fn served(report: &Report, case: &Case) -> Vec<Line> {
    // Of those that keep some listeners the numbers are told, of the others where these are.
    let mut ways: BTreeMap<(Fate, String, usize, usize), Vec<usize>> = BTreeMap::new();
    for served in &case.services {
        let Some(service) = report.services.get(served.service) else { continue };
        let (on, now, before) = match served.fate {
            Fate::Lost => (String::new(), 0, 0),
            Fate::Restart | Fate::Undistributed | Fate::LastOne => (served.listeners.join(", "), 0, 0),
            Fate::Fewer => (String::new(), served.listeners.len(), service.listeners.len()),
        };
        ways.entry((served.fate, on, now, before)).or_default().push(served.service);
    }
    let told = |((fate, on, now, before), list): ((Fate, String, usize, usize), Vec<usize>)| {
        let words = match fate {
            Fate::Lost => ["is lost".to_owned(), "are lost".to_owned()],
            Fate::Restart => {
                [format!("needs its server started on {on}"), format!("need their servers started on {on}")]
            }
            Fate::Undistributed => [
                format!("is served by {on} alone, which does not distribute it"),
                format!("are served by {on} alone, which does not distribute them"),
            ],
            Fate::LastOne => {
                [format!("has one listener left, on {on}"), format!("have one listener left each, on {on}")]
            }
            Fate::Fewer => {
                [format!("keeps {now} of {before} listeners"), format!("keep {now} of {before} listeners")]
            }
        };
        Line { kind: Kind::Served, about: About::Services(list), words }
    };
    ways.into_iter().map(told).collect()
}

fn back(report: &Report, case: &Case) -> Vec<Line> {
    let mut ways: BTreeMap<(Option<&str>, bool), Vec<usize>> = BTreeMap::new();
    for back in &case.back {
        let way = (back.with.as_deref(), back.when_idle);
        ways.entry(way).or_default().extend(place(report, back.address));
    }
    let told = |((with, when_idle), list): ((Option<&str>, bool), Vec<usize>)| {
        let with = with.unwrap_or("nobody");
        let until = |connection| {
            if when_idle { format!(", until {connection} end") } else { String::new() }
        };
        let words = [
            format!("stays with {with} after the return{}", until("the connections there")),
            format!("stay with {with} after the return{}", until("the connections to each")),
        ];
        Line { kind: Kind::Back, about: About::Dvipas(list), words }
    };
    ways.into_iter().map(told).collect()
}
