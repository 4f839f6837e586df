//! Figure 2: the source addresses that applications were given, made ready for figure 7 (000#1, #4, #8, #9, #13).

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::ids::Job;
use crate::model::{SourceFor, SourceModel};

/// SOURCEIPA entries of one stack: exact names at hand, patterns in the order in which they win.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Sources {
    exact: BTreeMap<String, IpAddr>,
    patterns: Vec<(String, IpAddr)>,
}

impl Sources {
    /// F2:200, 210. Of two entries for the same name or pattern the last one read counts.
    pub(crate) fn new(entries: &[SourceModel]) -> Self {
        let mut sources = Self::default();
        for entry in entries {
            match &entry.who {
                SourceFor::Job(name) if name.contains(['*', '?']) => {
                    let name = name.to_ascii_uppercase();
                    sources.patterns.retain(|(old, _)| *old != name);
                    sources.patterns.insert(0, (name, entry.address));
                }
                SourceFor::Job(name) => {
                    sources.exact.insert(name.to_ascii_uppercase(), entry.address);
                }
                // Source addresses by destination are a statement of the product.
                SourceFor::Destination(_) => {}
            }
        }
        // A stable sort keeps the last one read in front among equally long patterns.
        sources.patterns.sort_by_key(|(name, _)| std::cmp::Reverse(literal(name)));
        sources
    }

    /// F7:710: the address for an application instance, by job name or user id.
    pub(crate) fn find(&self, job: &Job) -> Option<IpAddr> {
        let user = job.user.as_deref();
        self.exact
            .get(&*job.name)
            .or_else(|| user.and_then(|u| self.exact.get(u)))
            .or_else(|| {
                let fits =
                    |pattern: &str| matches(pattern, &job.name) || user.is_some_and(|u| matches(pattern, u));
                self.patterns.iter().find(|(pattern, _)| fits(pattern)).map(|(_, address)| address)
            })
            .copied()
    }

    /// Addresses named by any entry.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = IpAddr> + '_ {
        self.exact.values().copied().chain(self.patterns.iter().map(|(_, a)| *a))
    }
}

fn literal(pattern: &str) -> usize {
    pattern.chars().filter(|c| *c != '*').count()
}

/// Whether a name fits a pattern of PORT: `*` is any rest, `?` one character. Both upper case.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_at_checked(1) {
        None => name.is_empty(),
        Some(("*", rest)) => {
            rest.is_empty()
                || name.char_indices().any(|(i, _)| name.get(i..).is_some_and(|n| matches(rest, n)))
        }
        Some((first, rest)) => match name.split_at_checked(1) {
            Some((c, name)) => (first == "?" || first.eq_ignore_ascii_case(c)) && matches(rest, name),
            None => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(who: &str, last: u8) -> SourceModel {
        SourceModel { address: IpAddr::from([203, 0, 113, last]), who: SourceFor::Job(who.into()) }
    }

    fn found(entries: &[SourceModel], name: &str, user: Option<&str>) -> Option<u8> {
        let job = Job { name: name.into(), user: user.map(Into::into) };
        Sources::new(entries).find(&job).map(|a| match a {
            IpAddr::V4(a) => a.octets()[3],
            IpAddr::V6(_) => 0,
        })
    }

    #[test]
    fn the_most_specific_entry_wins_then_the_last() {
        let entries =
            [entry("*", 1), entry("APP*", 2), entry("APPA", 3), entry("APPB*", 4), entry("AP?C*", 5)];
        assert_eq!(found(&entries, "APPA", None), Some(3));
        assert_eq!(found(&entries, "APPB1", None), Some(4));
        assert_eq!(found(&entries, "APPX", None), Some(2));
        assert_eq!(found(&entries, "OTHER", None), Some(1));
        assert_eq!(found(&entries, "APPC", None), Some(5));
        assert_eq!(found(&[entry("APPA", 1), entry("APPA", 2)], "APPA", None), Some(2));
        assert_eq!(found(&[entry("AP*", 1), entry("AP*", 2)], "APPA", None), Some(2));
    }

    #[test]
    fn a_user_id_or_a_group_of_them_selects_too() {
        assert_eq!(found(&[entry("WEB*", 7)], "HTTPD1", Some("WEBSRV")), Some(7));
        assert_eq!(found(&[entry("WEBSRV", 7)], "HTTPD1", Some("WEBSRV")), Some(7));
        assert_eq!(found(&[entry("WEBSRV", 7)], "HTTPD1", None), None);
    }
}
