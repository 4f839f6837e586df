//! Columns of the matrix: addresses, and services, to which every fault does the same share one.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{About, place};
use super::{Fate, Report};

/// Addresses or services with the same fate in every case, as places in the report.
pub(super) struct Columns {
    /// Of addresses.
    pub(super) dvipas: Vec<Vec<usize>>,
    /// Of services.
    pub(super) services: Vec<Vec<usize>>,
}

/// What a case does to an address: who has it, and whether it stays away.
type Owned<'r> = (usize, Option<&'r str>, bool);

/// What a case does to a service.
type Kept<'r> = (usize, Fate, &'r [String]);

/// So many fit on a page one by one.
const FEW: usize = 40;

impl Columns {
    /// The columns of a report, in the order of their first address or service: one for each where there are few.
    pub(super) fn new(report: &Report) -> Self {
        if report.dvipas.len() + report.services.len() <= FEW {
            let each = |number: usize| (0..number).map(|place| vec![place]).collect();
            return Self { dvipas: each(report.dvipas.len()), services: each(report.services.len()) };
        }
        let mut owned: Vec<Vec<Owned<'_>>> = vec![Vec::new(); report.dvipas.len()];
        let mut kept: Vec<Vec<Kept<'_>>> = vec![Vec::new(); report.services.len()];
        for (number, case) in report.cases.iter().enumerate() {
            let away: BTreeSet<usize> =
                case.back.iter().filter_map(|back| place(report, back.address)).collect();
            for moved in &case.moved {
                let Some(at) = place(report, moved.address) else { continue };
                let one = (number, moved.to.as_deref(), away.contains(&at));
                owned.get_mut(at).into_iter().for_each(|column| column.push(one));
            }
            for served in &case.services {
                let one = (number, served.fate, served.listeners.as_slice());
                kept.get_mut(served.service).into_iter().for_each(|column| column.push(one));
            }
        }
        let dvipas = report.dvipas.iter().zip(owned).map(|(row, column)| (row.owner.as_deref(), column));
        let services = report.services.iter().zip(kept).map(|(row, column)| (&row.listeners, column));
        Self { dvipas: alike(dvipas), services: alike(services) }
    }

    /// What a line is about, column by column: each by its first, with how many more it stands for.
    pub(super) fn names(&self, report: &Report, about: &About) -> String {
        let (columns, list) = match about {
            About::Dvipas(list) => (&self.dvipas, list),
            About::Services(list) => (&self.services, list),
            About::Case => return String::new(),
        };
        let first =
            |column: &&Vec<usize>| column.first().is_some_and(|first| list.binary_search(first).is_ok());
        let name = |column: &Vec<usize>| {
            let first = column.get(..1).unwrap_or_default();
            let names = match about {
                About::Dvipas(_) => dvipas(report, first),
                About::Services(_) | About::Case => services(report, first),
            };
            names.first().map(|first| labelled(first, column.len()))
        };
        columns.iter().filter(first).filter_map(name).collect::<Vec<_>>().join(", ")
    }
}

/// Places with equal values, in the order of their first.
fn alike<T: Ord>(values: impl Iterator<Item = T>) -> Vec<Vec<usize>> {
    let mut of: BTreeMap<T, usize> = BTreeMap::new();
    let mut all: Vec<Vec<usize>> = Vec::new();
    for (place, value) in values.enumerate() {
        let at = *of.entry(value).or_insert(all.len());
        match all.get_mut(at) {
            Some(column) => column.push(place),
            None => all.push(vec![place]),
        }
    }
    all
}

/// The addresses of a column.
pub(super) fn dvipas(report: &Report, column: &[usize]) -> Vec<String> {
    let name = |place: &usize| report.dvipas.get(*place).map(|row| row.address.to_string());
    column.iter().filter_map(name).collect()
}

/// The services of a column.
pub(super) fn services(report: &Report, column: &[usize]) -> Vec<String> {
    let name = |place: &usize| report.services.get(*place).map(super::Service::name);
    column.iter().filter_map(name).collect()
}

/// The first, with how many more there are: `203.0.113.10 +3`.
pub(super) fn label(names: &[String]) -> String {
    names.first().map_or_else(String::new, |first| labelled(first, names.len()))
}

fn labelled(first: &str, many: usize) -> String {
    if many > 1 { format!("{first} +{}", many - 1) } else { first.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{alike, label};

    #[test]
    fn what_is_alike_shares_a_column() {
        assert_eq!(alike(["b", "a", "b", "c", "a"].into_iter()), [vec![0, 2], vec![1, 4], vec![3]]);
        assert_eq!(label(&["203.0.113.1".to_owned()]), "203.0.113.1");
        assert_eq!(label(&["203.0.113.1".to_owned(), "203.0.113.2".to_owned()]), "203.0.113.1 +1");
    }
}
