//! Files that the server writes itself.

use std::fs;

use super::client::Folder;
use crate::staged::{Rewrite, Staged};

fn rewrite(folder: &Folder, name: &str, old: &str, new: &str) -> Rewrite {
    let path = folder.path(name).to_string_lossy().into_owned();
    Rewrite { path, old: old.into(), new: new.into() }
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path("")).expect("it is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn all_or_none() {
    let folder = Folder::new(&[("a", "1"), ("b", "2")]);
    let held = |name: &str| fs::read_to_string(folder.path(name)).expect("it is there");
    let both = |b: &str| vec![rewrite(&folder, "a", "1", "one"), rewrite(&folder, "b", b, "two")];
    let staged = Staged::new(both("2")).expect("they can be written");
    assert_eq!((held("a").as_str(), held("b").as_str()), ("1", "2"));
    drop(staged);
    assert_eq!(names(&folder), ["a", "b"]);
    // Somebody else was faster.
    let why = Staged::new(both("other")).expect("they can be written").put().expect_err("b is not as it was");
    assert_eq!(why.to_string(), "b has just been changed by somebody else");
    assert_eq!((held("a").as_str(), held("b").as_str()), ("1", "2"));
    // One is not there at all.
    let missing = vec![rewrite(&folder, "a", "1", "one"), rewrite(&folder, "c", "", "three")];
    let why = Staged::new(missing).expect_err("c is not there").to_string();
    assert!(why.starts_with("c cannot be written: "), "{why}");
    assert_eq!(names(&folder), ["a", "b"]);
    Staged::new(both("2")).expect("they can be written").put().expect("nothing is in the way");
    assert_eq!((held("a").as_str(), held("b").as_str()), ("one", "two"));
    assert_eq!(names(&folder), ["a", "b"]);
}
