//! Paths as text with forward slashes, so that results are the same on every machine.

use compiler::system::{PathKind, System};

/// Backslashes become slashes on Windows; elsewhere they are ordinary characters of a name.
#[must_use]
pub fn slashes(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

/// The shortest spelling of a path: no `./`, no `a/..`, no doubled slashes; `.` for the current directory.
#[must_use]
pub fn tidy(path: &str) -> String {
    let path = slashes(path);
    let root = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(last) if *last != ".." => {
                    parts.pop();
                }
                None if root => {}
                _ => parts.push(part),
            },
            _ => parts.push(part),
        }
    }
    let tidy = parts.join("/");
    match (root, tidy.is_empty()) {
        (true, _) => format!("/{tidy}"),
        (false, true) => ".".to_owned(),
        (false, false) => tidy,
    }
}

/// A name inside a folder.
#[must_use]
pub fn join(folder: &str, name: &str) -> String {
    if name.starts_with('/') { tidy(name) } else { tidy(&format!("{folder}/{name}")) }
}

/// The folder that holds a tidy path; climbs out of the current directory with `..`.
#[must_use]
pub fn folder_of(path: &str) -> Option<String> {
    match path {
        "/" => None,
        "." => Some("..".to_owned()),
        _ if path == ".." || path.ends_with("/..") => Some(format!("{path}/..")),
        _ => Some(match path.rsplit_once('/') {
            Some(("", _)) => "/".to_owned(),
            Some((folder, _)) => folder.to_owned(),
            None => ".".to_owned(),
        }),
    }
}

/// The folder itself and every folder above it, nearest first, up to the root of the file system.
#[must_use]
pub fn upwards(folder: &str, cwd: &str) -> Vec<String> {
    let depth = cwd.split('/').filter(|part| !part.is_empty()).count();
    let mut folders = vec![folder.to_owned()];
    let mut at = folder.to_owned();
    while let Some(above) = folder_of(&at) {
        if above.split('/').filter(|part| *part == "..").count() > depth {
            break;
        }
        folders.push(above.clone());
        at = above;
    }
    folders
}

/// A path that climbs out of the current directory and back into it, without the detour: `../net/a` in `/home/net` is `a`.
#[must_use]
pub fn shorten(path: &str, cwd: &str) -> String {
    let full = join(cwd, path);
    match full.strip_prefix(cwd.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/')) {
        Some(inside) if path.starts_with("../") && !inside.is_empty() => inside.to_owned(),
        _ => path.to_owned(),
    }
}

/// Whether a path is the folder or lies below it.
#[must_use]
pub fn is_within(path: &str, folder: &str) -> bool {
    folder == "." && !path.starts_with('/') && !path.starts_with("..")
        || path == folder
        || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || folder == "/")
}

/// Turns paths into ones relative to the repository, as services that annotate a change want them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    /// The folder with `.git`, absolute; the current directory where there is none.
    root: String,
    cwd: String,
}

impl Repository {
    /// Looks for `.git` in the current directory and above.
    #[must_use]
    pub fn find(system: &dyn System, cwd: &str) -> Self {
        let root = upwards(".", cwd)
            .into_iter()
            .find(|folder| system.kind(&join(folder, ".git")) != PathKind::Nothing)
            .map_or_else(|| cwd.to_owned(), |folder| join(cwd, &folder));
        Self { root, cwd: cwd.to_owned() }
    }
    /// The way from the current directory to a path that [`Self::relative`] has given.
    #[must_use]
    pub fn here(&self, path: &str) -> String {
        let full = join(if path.starts_with("..") { &self.cwd } else { &self.root }, path);
        let inside =
            full.strip_prefix(self.cwd.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
        inside.map_or_else(|| full.clone(), str::to_owned)
    }
    /// The path from the root of the repository; unchanged when it lies elsewhere.
    #[must_use]
    pub fn relative(&self, path: &str) -> String {
        let full = join(&self.cwd, path);
        let root = self.root.trim_end_matches('/');
        match full.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) if !rest.is_empty() => rest.to_owned(),
            _ => tidy(path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidy_paths() {
        for (given, wanted) in [
            ("", "."),
            ("./a//b/", "a/b"),
            ("a/../b", "b"),
            ("../../x", "../../x"),
            ("/..", "/"),
            ("/a/./b/..", "/a"),
            ("a/..", "."),
        ] {
            assert_eq!(tidy(given), wanted, "{given}");
        }
    }

    #[test]
    fn upwards_ends_at_the_root() {
        assert_eq!(upwards("a/b", "/w/x"), ["a/b", "a", ".", "..", "../.."]);
        assert_eq!(upwards("../y", "/w/x"), ["../y", "..", "../.."]);
        assert_eq!(upwards("/a", "/w"), ["/a", "/"]);
    }

    #[test]
    fn shortened() {
        assert_eq!(shorten("../net/a", "/home/net"), "a");
        assert_eq!(shorten("../network/a", "/home/net"), "../network/a");
        assert_eq!(
            shorten("/home/net/a", "/home/net"),
            "/home/net/a",
            "absolute paths stay as they were given"
        );
    }

    #[test]
    fn within() {
        assert!(is_within("a/b", "a"));
        assert!(is_within("a", "."));
        assert!(is_within("/a", "/"));
        assert!(!is_within("ab", "a"));
        assert!(!is_within("../a", "."));
    }

    #[test]
    fn repository_paths() {
        let mut system = compiler::system::MemorySystem::new();
        system.insert("../.git/HEAD", "");
        let repository = Repository::find(&system, "/home/net");
        assert_eq!(repository.relative("a.profile"), "net/a.profile");
        assert_eq!(repository.relative("../b.profile"), "b.profile");
        assert_eq!(repository.relative("/home/c"), "c");
        assert_eq!(repository.relative("../../d"), "../../d");
        let back = ["net/a.profile", "b.profile"].map(|path| repository.here(path));
        assert_eq!(back, ["a.profile", "/home/b.profile"]);
    }
}
