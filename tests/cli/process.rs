//! The real command on the real disk: as little as possible, since everything else is tested in memory.
#![allow(clippy::disallowed_methods, reason = "these tests are about the disk and processes")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use compiler::system::{PathKind, System};
use vipa::disk::Disk;
use vipa::world::{Files, NotReplaced, Rewrite};

/// An empty folder of this test alone.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    folder
}

fn vipa(folder: &PathBuf, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vipa"));
    command.args(args).current_dir(folder).env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn ended(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn codes_and_streams_are_those_of_the_process() {
    let folder = folder("process");
    fs::write(folder.join("a.profile"), "SOURECEIPA\n").expect("written");
    fs::write(folder.join("b.profile"), "").expect("written");
    let (code, stdout, stderr) = ended(&vipa(&folder, &["lint", "a.profile"]).output().expect("ran"));
    assert_eq!((code, stderr.as_str()), (Some(1), ""));
    assert!(stdout.starts_with("error[unknown-statement]: "), "{stdout}");
    let (code, ..) = ended(&vipa(&folder, &["lint", "b.profile"]).output().expect("ran"));
    assert_eq!(code, Some(0));
    let (code, stdout, stderr) = ended(&vipa(&folder, &["lint", "c.profile"]).output().expect("ran"));
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("error: there is no file or folder named c.profile\n"), "{stderr}");
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let folder = folder("pipe");
    // More than a pipe holds, so that writing really fails.
    fs::write(folder.join("a.profile"), "SOURECEIPA\n".repeat(4000)).expect("written");
    let mut child = vipa(&folder, &["lint", "a.profile"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    drop(child.stdout.take());
    let (code, _, stderr) = ended(&child.wait_with_output().expect("ended"));
    assert_eq!((code, stderr.as_str()), (Some(1), ""));
}

#[test]
fn the_disk_says_what_is_wrong_in_words() {
    let folder = folder("disk");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    assert_eq!(Disk.kind(&path("none")), PathKind::Nothing);
    assert_eq!(Disk.read(&path("none")).expect_err("missing").reason, "no such file");
    assert_eq!(Disk.read(&path("")).expect_err("a folder").reason, "it is a folder");
    assert_eq!(Disk.write(&path("none/x"), b"").expect_err("no folder").reason, "no such folder");
    Disk.write(&path("b"), b"text").expect("written");
    Disk.write(&path("a"), b"").expect("written");
    fs::create_dir(folder.join("c")).expect("made");
    assert_eq!(Disk.read(&path("b")).expect("there"), b"text");
    assert_eq!((Disk.kind(&path("b")), Disk.kind(&path("c"))), (PathKind::File, PathKind::Folder));
    let names =
        [("a", false), ("b", false), ("c", true)].map(|(name, is_folder)| (name.to_owned(), is_folder));
    assert_eq!(Disk.list(&path("")).expect("there"), names);
}

#[cfg(unix)]
#[test]
fn a_walk_does_not_follow_links_in_circles() {
    let folder = folder("links");
    fs::write(folder.join("a.profile"), "").expect("written");
    std::os::unix::fs::symlink(&folder, folder.join("circle")).expect("linked");
    std::os::unix::fs::symlink(folder.join("a.profile"), folder.join("b.profile")).expect("linked");
    let (code, stdout, _) =
        ended(&vipa(&folder, &["lint", "--isolated", "--show-files"]).output().expect("ran"));
    assert_eq!((code, stdout.as_str()), (Some(0), "a.profile\nb.profile\n"));
}

#[test]
fn a_file_is_replaced_in_one_step_and_nothing_is_left_beside_it() {
    let folder = folder("replace");
    let path = folder.join("a.profile");
    fs::write(&path, "PORT   23 TCP A\n").expect("written");
    let (code, _, stderr) = ended(&vipa(&folder, &["fmt"]).output().expect("ran"));
    assert_eq!((code, stderr.as_str()), (Some(0), "1 file formatted.\n"));
    assert_eq!(fs::read_to_string(&path).expect("read"), "PORT 23 TCP A\n");
    let names: Vec<_> =
        fs::read_dir(&folder).expect("listed").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["a.profile"]);
    let missing = folder.join("b.profile");
    let rewrite = Rewrite { path: &missing.to_string_lossy(), old: b"", new: b"x" };
    assert!(Disk.replace_all(&[rewrite]).is_err());
    assert!(!missing.is_file(), "only what is there is replaced");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("replace-link");
    let (real, link) = (folder.join("real"), folder.join("a.profile"));
    fs::write(&real, "PORT   23 TCP A\n").expect("written");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("set");
    std::os::unix::fs::symlink("real", &link).expect("linked");
    let (code, ..) = ended(&vipa(&folder, &["fmt", "a.profile"]).output().expect("ran"));
    assert_eq!(code, Some(0));
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
    assert_eq!(fs::read_to_string(&real).expect("read"), "PORT 23 TCP A\n");
    assert_eq!(fs::metadata(&real).expect("there").permissions().mode() & 0o777, 0o640);
}

#[test]
fn several_files_are_replaced_together_or_not_at_all() {
    let folder = folder("replace-all");
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (first, second) = (path("a"), path("b"));
    fs::write(&first, "A\n").expect("written");
    fs::write(&second, "B\n").expect("written");
    let rewrites = |old: &'static [u8]| {
        [Rewrite { path: &first, old: b"A\n", new: b"AA\n" }, Rewrite { path: &second, old, new: b"BB\n" }]
    };
    let texts = || [&first, &second].map(|path| fs::read_to_string(path).expect("read"));
    let names = || fs::read_dir(&folder).expect("listed").count();
    assert_eq!(Disk.replace_all(&rewrites(b"C\n")), Err(NotReplaced::Changed { path: second.clone() }));
    assert_eq!((texts(), names()), (["A\n".to_owned(), "B\n".to_owned()], 2));
    let folder_in_place = folder.to_string_lossy().into_owned();
    let impossible = [
        Rewrite { path: &first, old: b"A\n", new: b"AA\n" },
        Rewrite { path: &folder_in_place, old: b"", new: b"BB\n" },
    ];
    assert!(Disk.replace_all(&impossible).is_err(), "a folder cannot be written");
    assert_eq!((texts(), names()), (["A\n".to_owned(), "B\n".to_owned()], 2));
    assert_eq!(Disk.replace_all(&rewrites(b"B\n")), Ok(()));
    assert_eq!((texts(), names()), (["AA\n".to_owned(), "BB\n".to_owned()], 2));
}

#[cfg(unix)]
#[test]
fn watching_sees_a_save_and_ends_with_130() {
    use std::io::{BufRead as _, BufReader};
    let folder = folder("watch");
    fs::write(folder.join("a.profile"), "SOMAXCON 1\n").expect("written");
    let mut child = vipa(&folder, &["lint", "--watch", "--format", "concise", "a.profile"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut told = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut line = || told.next().expect("a line").expect("text");
    assert!(line().contains("SOMAXCON is no statement"));
    fs::write(folder.join("a.profile"), "XYZZY 1 2\n").expect("written");
    assert!(line().contains("XYZZY is no statement"));
    let ended = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("ran");
    assert!(ended.success());
    assert_eq!(child.wait().expect("ended").code(), Some(130));
}

/// A repository of this test alone, whatever the settings of whoever runs it.
fn git(folder: &PathBuf, args: &[&str]) {
    let who = ["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git")
        .args(who)
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git is there");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_difference_to_a_revision_reads_what_was_committed() {
    let root = folder("revision");
    let net = root.join("net");
    fs::create_dir_all(&net).expect("made");
    fs::write(net.join("sysplex.toml"), "[[stack]]\nname = \"TCPIP1\"\nprofile = \"a.profile\"\n")
        .expect("written");
    fs::write(net.join("a.profile"), "PORT 443 TCP WEB1\n").expect("written");
    git(&root, &["init", "--quiet"]);
    git(&root, &["add", "."]);
    git(&root, &["commit", "--quiet", "-m", "first"]);
    git(&root, &["tag", "first"]);
    let diff = |from: &PathBuf, args: &[&str]| ended(&vipa(from, args).output().expect("ran"));
    let (code, stdout, stderr) = diff(&net, &["diff", "HEAD"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
    fs::write(net.join("a.profile"), "PORT 443 TCP WEB1 8443 TCP WEB1\n").expect("written");
    // From the folder of the description, from the root, and after a commit against an older one by its tag.
    let (code, inside, stderr) = diff(&net, &["diff", "HEAD"]);
    assert_eq!((code, stderr.as_str()), (Some(3), ""), "{inside}");
    assert!(inside.contains("    + PORT 8443 TCP WEB1\n\nAgainst HEAD: "), "{inside}");
    let (code, outside, stderr) = diff(&root, &["diff", "HEAD", "--sysplex", "net"]);
    assert_eq!((code, stderr.as_str()), (Some(3), ""), "{outside}");
    git(&root, &["commit", "--quiet", "-a", "-m", "second"]);
    assert_eq!(diff(&net, &["diff", "HEAD"]).0, Some(0));
    let (code, tagged, stderr) = diff(&net, &["diff", "first"]);
    assert_eq!((code, stderr.as_str()), (Some(3), ""));
    assert_eq!(tagged, inside.replace("Against HEAD", "Against first"));
    let (code, stdout, stderr) = diff(&net, &["diff", "no-such-branch"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(
        stderr.contains("no-such-branch is neither a folder, nor a sysplex.toml, nor a git revision"),
        "{stderr}"
    );
}
