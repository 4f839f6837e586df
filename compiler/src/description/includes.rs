//! Which file an INCLUDE means.

use super::{Description, IncludeEntry, StackEntry};

impl Description {
    /// Paths to try for `INCLUDE operand` on a stack, best first, relative to the description: entries of the
    /// stack before those of the sysplex, and an entry for exactly this data set (member included) before one
    /// for its library. A library maps to a folder, in which the member is looked for in upper case and lower
    /// case. Empty when no entry fits.
    #[must_use]
    pub fn include_candidates(&self, stack: &StackEntry, operand: &str) -> Vec<String> {
        let name = data_set_name(operand);
        let entries = || stack.includes.iter().chain(&self.sysplex.includes);
        let mut paths: Vec<String> = entries()
            .filter(|entry| entry.data_set.value == name)
            .map(|entry| entry.path.value.clone())
            .collect();
        if let Some((library, member)) = name.strip_suffix(')').and_then(|name| name.split_once('(')) {
            for entry in entries().filter(|entry| entry.data_set.value == library) {
                paths.push(in_folder(entry, member));
                paths.push(in_folder(entry, &member.to_ascii_lowercase()));
            }
        }
        paths
    }
}

fn in_folder(entry: &IncludeEntry, member: &str) -> String {
    format!("{}/{member}", entry.path.value.trim_end_matches('/'))
}

/// Data set name as a key: upper case, without quotes.
pub(super) fn data_set_name(written: &str) -> String {
    written.trim().trim_matches('\'').to_ascii_uppercase()
}
