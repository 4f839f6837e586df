//! The steps of the pipelines in `samples/ci`, run by a shell with the real command on a copy of `samples/change`, as a pipeline would run them.
#![allow(clippy::disallowed_methods, reason = "these tests are about the disk and processes")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn sample(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("there")
}

/// A copy of the sample, in a repository whose `origin/main` has it, too.
fn checkout(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("obey")).expect("made");
    for file in
        ["sysplex.toml", "sysa.profile", "sysb.profile", "obey/1-backup", "obey/2-owner", "obey/3-distribute"]
    {
        fs::write(folder.join(file), sample(&format!("samples/change/{file}"))).expect("written");
    }
    let git = "git init -q && git add -A && git -c user.name=a -c user.email=a@example.com commit -qm base \
               && git update-ref refs/remotes/origin/main HEAD";
    assert_eq!(step(&folder, git, &[]).0, Some(0));
    folder
}

/// One step: exit code, and what it printed.
fn step(folder: &Path, script: &str, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let command = Path::new(env!("CARGO_BIN_EXE_vipa")).parent().expect("a folder");
    let path = format!("{}:{}", command.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .envs(variables.iter().copied())
        .output()
        .expect("a shell");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

/// What stands behind a mark, line by line.
fn behind<'t>(text: &'t str, mark: &'t str) -> Vec<&'t str> {
    text.lines().filter_map(|line| line.trim_start().strip_prefix(mark)).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).expect("written")).expect("JSON")
}

fn append(folder: &Path, file: &str, text: &str) {
    let old = fs::read_to_string(folder.join(file)).expect("there");
    fs::write(folder.join(file), old + text).expect("written");
}

#[test]
fn the_github_workflow() {
    let workflow = sample("samples/ci/github-actions.yml");
    let steps = behind(&workflow, "- run: ");
    let folder = checkout("github");
    let summary = folder.join("summary.md");
    let variables = [("GITHUB_BASE_REF", "main"), ("GITHUB_STEP_SUMMARY", "summary.md")];
    let run =
        || -> Vec<Option<i32>> { steps.iter().map(|script| step(&folder, script, &variables).0).collect() };
    assert_eq!(run(), [Some(0), Some(0), Some(0)], "as it is");
    append(&folder, "sysb.profile", "PORT 8443 TCP WEB1\n");
    assert_eq!(run(), [Some(0), Some(0), Some(0)], "a good change");
    assert!(fs::read_to_string(&summary).expect("written").contains("+ PORT 8443 TCP WEB1"));
    append(&folder, "sysb.profile", "PORTT 8444 TCP WEB1\n");
    assert_eq!(run(), [Some(1), Some(0), Some(1)], "a mistake");
    let (_, printed) = step(&folder, steps[0], &variables);
    assert!(printed.contains("file=sysb.profile,line="), "{printed}");
    let sarif = json(&folder.join("vipa.sarif"));
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(1));
    let place =
        &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(place, "sysb.profile");
}

#[test]
fn the_gitlab_job() {
    let job = sample("samples/ci/gitlab-ci.yml");
    let script: Vec<&str> = behind(&job, "- ");
    let folder = checkout("gitlab");
    assert_eq!(script.len(), 1);
    assert_eq!(step(&folder, script[0], &[]).0, Some(0));
    assert_eq!(json(&folder.join("gl-code-quality-report.json")), Value::Array(Vec::new()));
    append(&folder, "sysa.profile", "PORTT 8444 TCP WEB1\n");
    assert_eq!(step(&folder, script[0], &[]).0, Some(1));
    assert_eq!(json(&folder.join("gl-code-quality-report.json"))[0]["location"]["path"], "sysa.profile");
}

#[test]
fn the_jenkins_stages() {
    let file = sample("samples/ci/Jenkinsfile");
    let quoted = |text: &str| text.split('\'').next().unwrap_or("").to_owned();
    let lint = quoted(behind(&file, "sh '")[0]);
    let plan = file.split("script: '").nth(1).map(quoted).expect("a script");
    let defaults: Vec<String> = file.split("defaultValue: '").skip(1).map(quoted).collect();
    let folder = checkout("jenkins");
    assert_eq!(step(&folder, &lint, &[]).0, Some(0));
    assert!(fs::read_to_string(folder.join("vipa.xml")).expect("written").contains("<testsuite"));
    let variables = [("STACK", defaults[0].as_str()), ("OBEYFILE", defaults[1].as_str())];
    let (code, printed) = step(&folder, &plan, &variables);
    assert_eq!(code, Some(3), "{printed}");
    fs::write(folder.join("obey/bad"), "DELETE DEVICE NONE1\n").expect("written");
    let (code, printed) = step(&folder, &plan, &[variables[0], ("OBEYFILE", "obey/bad")]);
    assert_eq!(code, Some(1), "{printed}");
}

#[test]
fn the_ansible_task() {
    let play = sample("samples/ci/ansible.yml");
    let argv = behind(&play, "argv: [")[0].trim_end_matches(']').replace(", ", " ");
    let folder = checkout("ansible");
    let planned = |member: &str| {
        let script = argv.replace("{{ stack }}", "TCPIPA").replace("{{ obeyfile }}", member);
        step(&folder, &script, &[]).0
    };
    assert!(play.contains("failed_when: plan.rc not in [0, 3]"));
    assert_eq!(planned("obey/2-owner"), Some(3));
    fs::write(folder.join("obey/none"), "; nothing\n").expect("written");
    assert_eq!(planned("obey/none"), Some(0));
    assert_eq!(planned("obey/3-distribute"), Some(1), "before its owner");
}

#[test]
fn the_hooks_before_a_commit() {
    let hooks = sample(".pre-commit-hooks.yaml");
    let folder = checkout("hooks");
    let entries = behind(&hooks, "entry: ");
    assert_eq!(entries.len(), 2);
    let run = || -> Vec<Option<i32>> { entries.iter().map(|entry| step(&folder, entry, &[]).0).collect() };
    assert_eq!(run(), [Some(0), Some(0)]);
    append(&folder, "sysa.profile", "        PORTT 8444 TCP WEB1\n");
    assert_eq!(run()[0], Some(1));
}
