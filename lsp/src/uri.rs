//! URIs of the protocol and paths of the compiler, and the way between the two.
//!
//! Everything behind this module speaks of paths: absolute, forward slashes, no `.` or `..`. A document that is no
//! file (`untitled:Untitled-1`) goes by its URI, unchanged.

use std::collections::BTreeMap;
use std::sync::Arc;

use ls_types::Uri;

/// The path that a URI names.
pub(crate) fn to_path(uri: &Uri) -> String {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return uri.as_str().to_owned();
    }
    let decoded = uri.path().decode().to_string_lossy();
    let host = uri.authority().map_or("", |authority| authority.host());
    let path = if host.is_empty() || host.eq_ignore_ascii_case("localhost") {
        decoded.into_owned()
    } else {
        format!("//{host}{decoded}")
    };
    // Windows: `/c:/x` is `C:/x`; clients differ in the case of the letter, so that one form must be chosen.
    match path.strip_prefix('/') {
        Some(rest) if has_drive(rest) => clean(&capital(rest)),
        Some(_) | None => clean(&path),
    }
}

/// The URI of a path; none for a relative path.
pub(crate) fn from_path(path: &str) -> Option<Uri> {
    let text = if has_drive(path) {
        format!("file:///{}", encode(path))
    } else if path.starts_with("//") {
        format!("file:{}", encode(path))
    } else if path.starts_with('/') {
        format!("file://{}", encode(path))
    } else {
        path.to_owned()
    };
    text.parse().ok()
}

/// The path without `.`, `..` and doubled slashes, by its letters alone: no link is followed.
pub(crate) fn clean(path: &str) -> String {
    let path = path.replace('\\', "/");
    let (root, rest) = if let Some(rest) = path.strip_prefix("//") {
        ("//", rest)
    } else if let Some(rest) = path.strip_prefix('/') {
        ("/", rest)
    } else if has_drive(&path) {
        path.split_at(3)
    } else {
        return path;
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// The folder that holds a path; none for the root and for what is no file.
pub(crate) fn folder(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    if folder.is_empty() {
        // `/a` lies in `/`, and `/` lies nowhere.
        return if name.is_empty() { None } else { path.get(..1) };
    }
    Some(folder)
}

/// The last part of a path.
pub(crate) fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A name in a folder.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.ends_with('/') { format!("{folder}{name}") } else { format!("{folder}/{name}") }
}

/// Whether the path is the folder or lies below it.
pub(crate) fn within(path: &str, folder: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The URIs of all documents the client has named so far, by path. Clients encode differently (`c%3A`, `%5B`) and
/// compare letters: what they sent is what they must get back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uris(Arc<BTreeMap<String, Uri>>);

impl Uris {
    /// Remembers the client's own form.
    pub(crate) fn learn(&mut self, path: &str, uri: &Uri) {
        if self.0.get(path) != Some(uri) {
            Arc::make_mut(&mut self.0).insert(path.to_owned(), uri.clone());
        }
    }
    /// The client's form, or ours.
    pub(crate) fn of(&self, path: &str) -> Option<Uri> {
        self.0.get(path).cloned().or_else(|| from_path(path))
    }
}

fn has_drive(path: &str) -> bool {
    let mut letters = path.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && matches!(letters.next(), Some('/' | '\\'))
}

fn capital(path: &str) -> String {
    let mut letters = path.chars();
    letters.next().map(|letter| letter.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn encode(path: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(uri: &str) -> String {
        to_path(&uri.parse().expect("a URI"))
    }

    #[test]
    fn file_uris_become_paths() {
        for (uri, expected) in [
            ("file:///srv/plex/mvs1.profile", "/srv/plex/mvs1.profile"),
            ("file://localhost/srv/a", "/srv/a"),
            ("FILE:///srv/a", "/srv/a"),
            ("file:///srv/a%20b/%26SYS%23%25.profile", "/srv/a b/&SYS#%.profile"),
            ("file:///srv/%C3%A4%E2%82%AC%F0%9F%98%80", "/srv/ä€😀"),
            ("file:///srv/./a/../b//c", "/srv/b/c"),
            ("file:///c%3A/plex/a", "C:/plex/a"),
            ("file:///c:/plex/a", "C:/plex/a"),
            ("file://host/share/a", "//host/share/a"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
            ("untitled:/a/../b", "untitled:/a/../b"),
        ] {
            assert_eq!(path(uri), expected, "{uri}");
        }
    }

    #[test]
    fn paths_come_back() {
        for original in [
            "/srv/plex/mvs1.profile",
            "/srv/a b/100%/&SYS#1?.x",
            "/srv/ä€😀/[x]",
            "C:/plex/a b",
            "//host/share/a",
            "untitled:Untitled-1",
            "/",
        ] {
            let uri = from_path(original).expect(original);
            assert_eq!(to_path(&uri), original, "{}", uri.as_str());
        }
        assert_eq!(from_path("no/root").map(|uri| uri.as_str().to_owned()), None);
    }

    #[test]
    fn folders() {
        assert_eq!(folder("/a/b"), Some("/a"));
        assert_eq!(folder("/a"), Some("/"));
        assert_eq!(folder("/"), None);
        assert_eq!(folder("untitled:1"), None);
        assert_eq!(join("/", "x"), "/x");
        assert!(within("/a/b", "/a"));
        assert!(within("/a", "/a/"));
        assert!(within("/a", "/"));
        assert!(!within("/ab", "/a"));
    }

    #[test]
    fn the_clients_own_form_wins() {
        let mut uris = Uris::default();
        let theirs: Uri = "file:///c%3A/%5Bx%5D".parse().expect("a URI");
        uris.learn("C:/[x]", &theirs);
        assert_eq!(uris.of("C:/[x]"), Some(theirs));
        assert_eq!(uris.of("/y").map(|uri| uri.as_str().to_owned()).as_deref(), Some("file:///y"));
    }
}
