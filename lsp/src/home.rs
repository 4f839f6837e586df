//! Which sysplex a file belongs to.

use compiler::system::{PathKind, System};

use crate::uri;

/// The name of a sysplex description.
pub(crate) const DESCRIPTION: &str = "sysplex.toml";

/// What a file is, as far as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A `sysplex.toml`.
    Description,
    /// Something that is never a stack of its own: a scenario, a document, other settings.
    Companion,
    /// Everything else: members of a data set have no extension.
    Profile,
}

impl Role {
    /// By name.
    pub(crate) fn of(path: &str) -> Self {
        let name = uri::name(path);
        if name == DESCRIPTION {
            return Self::Description;
        }
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if ["scenario", "md", "toml", "json"].iter().any(|other| extension.eq_ignore_ascii_case(other)) {
            Self::Companion
        } else {
            Self::Profile
        }
    }
}

/// The nearest description at or above a file, but not above the workspace folder that the file lies in.
pub(crate) fn description(path: &str, folders: &[String], system: &dyn System) -> Option<String> {
    if Role::of(path) == Role::Description {
        return Some(path.to_owned());
    }
    // Folders may lie in each other: the outermost is the limit.
    let limit = folders
        .iter()
        .map(|folder| folder.as_str())
        .filter(|folder| uri::within(path, folder))
        .min_by_key(|folder| folder.len());
    let mut at = uri::folder(path)?;
    loop {
        let candidate = uri::join(at, DESCRIPTION);
        if system.kind(&candidate) == PathKind::File {
            return Some(candidate);
        }
        if Some(at) == limit {
            return None;
        }
        at = uri::folder(at)?;
    }
}

#[cfg(test)]
mod tests {
    use compiler::system::MemorySystem;

    use super::*;

    #[test]
    fn the_nearest_description_within_the_folder() {
        let mut system = MemorySystem::new();
        for path in ["/sysplex.toml", "/w/a/sysplex.toml", "/w/a/b/c/sysplex.toml"] {
            system.insert(path, "");
        }
        let find = |path: &str, folders: &[&str]| {
            let folders: Vec<String> = folders.iter().map(|folder| (*folder).to_owned()).collect();
            description(path, &folders, &system)
        };
        assert_eq!(find("/w/a/b/c/x", &[]).as_deref(), Some("/w/a/b/c/sysplex.toml"));
        assert_eq!(find("/w/a/b/x", &[]).as_deref(), Some("/w/a/sysplex.toml"));
        assert_eq!(find("/w/x", &[]).as_deref(), Some("/sysplex.toml"));
        assert_eq!(find("/w/x", &["/w"]), None);
        assert_eq!(find("/w/a/b/x", &["/w/a/b", "/w"]).as_deref(), Some("/w/a/sysplex.toml"));
        assert_eq!(find("/w/a/b/x", &["/w/a/b"]), None);
        assert_eq!(find("/w/a/b/x", &["/other"]).as_deref(), Some("/w/a/sysplex.toml"));
        assert_eq!(find("/new/sysplex.toml", &[]).as_deref(), Some("/new/sysplex.toml"));
        assert_eq!(find("untitled:Untitled-1", &[]), None);
    }

    #[test]
    fn roles() {
        assert_eq!(Role::of("/a/sysplex.toml"), Role::Description);
        assert_eq!(Role::of("/a/takeover.SCENARIO"), Role::Companion);
        assert_eq!(Role::of("/a/notes.md"), Role::Companion);
        assert_eq!(Role::of("/a/PROFILE"), Role::Profile);
        assert_eq!(Role::of("/a.toml/mvs1.profile"), Role::Profile);
    }
}
