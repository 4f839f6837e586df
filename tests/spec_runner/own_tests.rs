//! The runner put to the test, with a compiler that dislikes words beginning with `BAD` and a command that echoes. Fences are written with
//! tildes here.

use std::sync::Arc;

use compiler::finding::{Confidence, Finding, Place, Severity};
use compiler::source::SourceText;
use compiler::system::{MemorySystem, System};
use compiler::{Request, Settings};
use libtest_mimic::Trial;
use serde_json::json;

use super::assertion::Seen;
use super::coverage;
use super::engine::{Compiled, Ended, Engine, Obeyed, Step};
use super::seeds;
use super::spec::{self, Ran};
use super::tables;

/// All of them.
pub fn trials() -> Vec<Trial> {
    let tests: [(&str, fn()); 19] = [
        ("a met assertion passes", met),
        ("an unmet assertion fails", unmet),
        ("a finding that nobody asserted fails", unasserted),
        ("an assertion asks for level, rule, words and record", exact),
        ("assertions on records of their own are for the next one", own_records),
        ("several assertions stand in one comment", several),
        ("an assertion that cannot be read fails", unreadable),
        ("a spec without a test fails", nothing_to_test),
        ("a block of an unknown kind fails", unknown_kind),
        ("a block that is not closed fails", not_closed),
        ("files are inherited and replaced", inherited),
        ("a file that nothing reads fails", idle),
        ("misplaced blocks fail", misplaced),
        ("scenarios pass, fail, and fail as they should", scenarios),
        ("outputs are compared and brought up to date", outputs),
        ("OBEYFILEs are put onto stacks and must do what they say", obeyfiles),
        ("a folder without specs, and a statement without a spec, fail", folder),
        ("a claim that no spec names, that is none, or that nothing proves, fails", claims),
        ("a table without a spec, and a link to nothing, fail", table_index),
    ];
    tests
        .into_iter()
        .map(|(name, test)| {
            Trial::test(format!("runner: {name}"), move || {
                test();
                Ok(())
            })
        })
        .collect()
}

struct Fake;

impl Engine for Fake {
    fn compile(&self, files: &MemorySystem, request: &Request, _: &Settings) -> Result<Compiled, String> {
        let mut paths = request.profiles.clone();
        if let Some(sysplex) = &request.sysplex {
            let text =
                String::from_utf8(files.read(sysplex).map_err(|error| error.to_string())?).expect("text");
            paths.push(sysplex.clone());
            paths.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
        }
        let mut findings = Vec::new();
        for path in &paths {
            let text = String::from_utf8(files.read(path).map_err(|error| error.to_string())?).expect("text");
            findings.extend(bad_words(path, &text));
        }
        Ok(Compiled { findings: findings.into(), files: paths.into_iter().map(Arc::from).collect() })
    }

    fn obey(
        &self,
        _: &MemorySystem,
        _: &Request,
        _: &Settings,
        steps: &[Step<'_>],
    ) -> Result<Vec<Obeyed>, String> {
        let one = |step: &Step<'_>| {
            let words = (1..).zip(step.text.lines()).filter(|(_, line)| line.starts_with("ADD"));
            let seen = words.map(|(record, line)| {
                let text = line.split(';').next().unwrap_or("").trim().to_owned();
                (step.path.into(), Seen { record, word: "added", name: String::new(), text })
            });
            let stack = step.stack.unwrap_or("ONLY").to_owned();
            Obeyed {
                stack,
                seen: seen.collect(),
                config: (
                    json!({"a": {"b c": 1}, "l": [{"x": 1}]}),
                    json!({"a": {"b c": 2}, "l": [{"x": 1}, {"y": true}]}),
                ),
            }
        };
        Ok(steps.iter().map(one).collect())
    }

    fn command(&self, files: &MemorySystem, words: &[String]) -> Ended {
        let text = |path: &String| files.read(path).map(|bytes| String::from_utf8(bytes).expect("text"));
        let all: String = words[1..].iter().filter_map(|path| text(path).ok()).collect();
        let code = if all.contains("broken") { 2 } else { u8::from(all.contains("not met")) };
        Ended { code, stdout: format!("{}\n{}\n", words.join(" "), all.trim()), stderr: "sorry\n".to_owned() }
    }
}

fn bad_words(path: &str, text: &str) -> Vec<Finding> {
    let source = SourceText::new(text);
    let words = text.match_indices("BAD").filter(|(start, _)| !text[..*start].ends_with('"'));
    let found = words.map(|(start, _)| {
        let word = text[start..].split_whitespace().next().unwrap_or("");
        let place = |offset: usize| source.position(u32::try_from(offset).expect("short"));
        Finding {
            rule: "bad-word",
            severity: Severity::Error,
            message: format!("{word} is bad"),
            message_id: None,
            effect: None,
            stacks: Vec::new(),
            place: Place { file: path.into(), start: place(start), end: place(start + word.len()) },
            label: String::new(),
            related: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
            confidence: Confidence::Documented,
            assumptions: Vec::new(),
        }
    });
    found.collect()
}

fn run(text: &str) -> Ran {
    spec::run(text, &Fake)
}

#[track_caller]
fn passes(text: &str) -> Ran {
    let ran = run(text);
    assert!(ran.faults.is_empty(), "{:?}", ran.faults);
    ran
}

/// Exactly one fault, on a line, that says something.
#[track_caller]
fn fails(text: &str, line: usize, what: &str) {
    let ran = run(text);
    let [fault] = &ran.faults[..] else { panic!("one fault, not {:?}", ran.faults) };
    assert!(fault.line == line && fault.what.contains(what), "{fault:?}");
}

fn met() {
    let ran = passes("# A\n~~~profile\nHOME BAD1 ; error: [bad-word] \"BAD1 is\"\n~~~\n");
    assert_eq!(ran.concise, "# A\ntcpip.profile:1:6 error[bad-word] BAD1 is bad\n");
    let twice = "# A\n~~~profile\nBAD1 ; error: [bad-word]\n~~~\n~~~profile\nBAD2 ; error: [bad-word]\n~~~\n";
    assert!(passes(twice).concise.contains("\n# A (2)\ntcpip.profile:1:1 "));
    assert_eq!(passes("# A\n~~~profile\nHOME ; error, in prose, is no assertion\n~~~\n").concise, "");
}

fn unmet() {
    let text = "# A\n\n~~~profile\nHOME\nPORT ; error: [bad-word] \"BAD1\"\n~~~\n";
    fails(
        text,
        5,
        "record 2: PORT ; error: [bad-word] \"BAD1\"\n  expected, not found: error: [bad-word] \"BAD1\"",
    );
    assert_eq!(
        run(text).faults[0].show("t.md").lines().next(),
        Some("tests/specs/t.md:5  A"),
        "a place to click on"
    );
}

fn unasserted() {
    fails(
        "# A\n## B\n~~~profile\nHOME BAD1\n~~~\n",
        4,
        "record 1: HOME BAD1\n  found, not expected: error: [bad-word] \"BAD1 is bad\"",
    );
    fails("# A\n~~~profile\nBAD BAD ; error: [bad-word]\n~~~\n", 3, "found, not expected");
}

fn exact() {
    fails(
        "# A\n~~~profile\nBAD1 ; warning: [bad-word]\n~~~\n",
        3,
        "expected, not found: warning: [bad-word]\n  found",
    );
    fails("# A\n~~~profile\nBAD1 ; error: [other]\n~~~\n", 3, "expected, not found");
    fails("# A\n~~~profile\nBAD1 ; error: [bad-word] \"BAD2\"\n~~~\n", 3, "expected, not found");
    let elsewhere = run("# A\n~~~profile\nBAD1\nHOME ; error: [bad-word]\n~~~\n");
    assert_eq!(elsewhere.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3, 4]);
    // The plain assertion leaves the one with words its finding, whatever their order.
    passes("# A\n~~~profile\nBAD1 BAD2 ; error: [bad-word] ; error: [bad-word] \"BAD1\"\n~~~\n");
}

fn own_records() {
    passes(
        "# A\n~~~profile\n  ; error: [bad-word] \"BAD1\"\n; error: [bad-word] \"BAD2\"\nHOME BAD1 BAD2\n~~~\n",
    );
    fails(
        "# A\n~~~profile\n; error: [bad-word]\nHOME\nBAD1 ; error: [bad-word]\n~~~\n",
        4,
        "expected, not found",
    );
    passes("# A\n~~~profile\n; error: [bad-word] \"BAD1\"\nBAD1 BAD2 ; error: [bad-word] \"BAD2\"\n~~~\n");
}

fn several() {
    passes("# A\n~~~profile\nBAD1 BAD2 ; error: [bad-word] \"BAD1\" ; error: [bad-word] \"BAD2\"\n~~~\n");
    passes("# A\n~~~profile\nBAD1; error: [bad-word] \"BAD1;\"\n~~~\n");
}

fn unreadable() {
    fails("# A\n~~~profile\nHOME ; error: bad-word\n~~~\n", 3, "is not understood");
    fails("# A\n~~~profile\nHOME ; error: [bad-word] because\n~~~\n", 3, "is not understood");
    fails("# A\n~~~profile\nHOME ; info: [Bad Word]\n~~~\n", 3, "is not understood");
}

fn obeyfiles() {
    let base = "# A\n~~~profile\nHOME\n~~~\n";
    let ran = passes(&format!(
        "{base}~~~obeyfile\nADD1 ; added: \"ADD1\"\n~~~\n~~~text config\n- a b c: 1\n+ a b c: 2\n+ l: y\n~~~\n"
    ));
    assert_eq!(ran.concise, "# A\nobeyfile 1:1 added: \"ADD1\"\n");
    fails(&format!("{base}~~~obeyfile\nADD1\n~~~\n"), 6, "found, not expected: added: \"ADD1\"");
    fails(
        &format!("{base}~~~obeyfile\nX ; console: EZZ0395I\n~~~\n"),
        6,
        "expected, not found: console: EZZ0395I",
    );
    fails(
        "# A\n~~~obeyfile\nADD1\n~~~\n# B\n~~~profile\nHOME\n~~~\n",
        2,
        "there is no profile in front of this obeyfile",
    );
    fails(&format!("{base}~~~obeyfile\nX ; removed: [no]\n~~~\n"), 6, "is not understood");
}

fn nothing_to_test() {
    fails("# A\nProse.\n", 1, "tests nothing");
    fails("# A\n~~~text\nBAD1\n~~~\n", 1, "tests nothing");
    fails("", 1, "tests nothing");
}

fn unknown_kind() {
    let good = "~~~profile\nHOME\n~~~\n";
    fails(&format!("# A\n{good}~~~rust\nBAD1\n~~~\n"), 5, "no kind of block called rust");
    fails(&format!("# A\n{good}~~~\nBAD1\n~~~\n"), 5, "does not say what it is");
    fails(&format!("# A\n{good}~~~profile a b\nBAD1\n~~~\n"), 5, "one path");
    fails(&format!("# A\n{good}~~~profile colour=red\nBAD1\n~~~\n"), 5, "has the options");
    fails(&format!("# A\n{good}~~~toml\nBAD1\n~~~\n"), 5, "needs a path");
}

fn not_closed() {
    fails("# A\n~~~profile\nHOME\n~~~\n# B\n~~~profile\nHOME\n", 6, "not closed");
    fails("# A\n~~~profile\nHOME\n~~~\n# A\n", 5, "a second section");
}

const PLEX: &str = "~~~toml sysplex.toml\nprofile = [\"a\", \"b\"]\n~~~\n";

fn inherited() {
    let shared =
        format!("# Plex\n{PLEX}~~~profile a\nBAD1 ; error: [bad-word]\n~~~\n~~~profile b\nHOME\n~~~\n");
    let ran = passes(&format!(
        "{shared}## Other b\n~~~profile b\nBAD2 ; error: [bad-word]\n~~~\n### Deeper\n# Alone\n~~~profile\n#\n~~~\n"
    ));
    let expected = "# Plex\na:1:1 error[bad-word] BAD1 is bad\n\n\
                    # Plex > Other b\na:1:1 error[bad-word] BAD1 is bad\nb:1:1 error[bad-word] BAD2 is bad\n";
    assert_eq!(ran.concise, expected);
    passes("# A\n~~~toml sysplex.toml\n# error: [bad-word]\nBAD = 1\n~~~\n");
}

fn idle() {
    let plex = format!("# Plex\n{PLEX}~~~profile a\n~~~\n~~~profile b\n~~~\n");
    fails(&format!("{plex}~~~profile c\nHOME\n~~~\n"), 9, "c takes no part");
    passes(&format!("{plex}~~~obeyfile change\nHOME\n~~~\n"));
    fails(&format!("{plex}~~~obeyfile change\nBAD1 ; error: [bad-word]\n~~~\n"), 9, "change takes no part");
}

fn misplaced() {
    fails("# A\n~~~profile\nHOME\n~~~\n~~~scenario\nstart\n~~~\n", 5, "a scenario needs a sysplex.toml");
    fails("# A\n~~~profile\nHOME\n~~~\n~~~text why x\nx\n~~~\n", 5, "`why x` needs a sysplex.toml");
    fails("# A\n~~~text findings\n~~~\n# B\n~~~profile\nHOME\n~~~\n", 2, "nothing in front");
    fails("# A\n~~~profile a\nHOME\n~~~\n~~~profile\nHOME\n~~~\n", 5, "give it a path");
    fails("# A\n~~~profile a\nHOME\n~~~\n~~~profile a\nHOME\n~~~\n", 5, "two files called a");
}

fn scenarios() {
    let plex = format!("# Plex\n{PLEX}~~~profile a\n~~~\n~~~profile b\n~~~\n");
    passes(&format!("{plex}~~~scenario\nfine\n~~~\n## Below\n~~~scenario fails\nnot met\n~~~\n"));
    fails(&format!("{plex}~~~scenario\nnot met\n~~~\n"), 9, "run line10.scenario\nnot met");
    fails(&format!("{plex}~~~scenario fails move\nfine\n~~~\n"), 9, "run move\nfine");
    fails(&format!("{plex}~~~scenario fails\nbroken\n~~~\n"), 9, "ended with 2");
    passes(&format!("{plex}~~~scenario stopped\nbroken\n~~~\n"));
    fails(&format!("{plex}~~~scenario stopped\nfine\n~~~\n"), 9, "should be stopped");
}

fn outputs() {
    passes("# A\n~~~profile\nHOME\n~~~\n~~~text findings\nlint tcpip.profile\nHOME\n~~~\n");
    let old = "# A\n~~~profile release=2.3 dialect=founding\nHOME\n~~~\n~~~text findings --format concise\nold\n~~~\nand so on\n";
    fails(
        old,
        5,
        "- old\n+ lint --format concise tcpip.profile --dialect founding --release 2.3\n+ HOME\n  \n",
    );
    let new = spec::updated(old, &run(old).updates);
    assert!(
        new.ends_with(
            "lint --format concise tcpip.profile --dialect founding --release 2.3\nHOME\n~~~\nand so on\n"
        ),
        "{new}"
    );
    passes(&new);
    let plex = format!("# Plex\n{PLEX}~~~profile a\n~~~\n~~~profile b\n~~~\n");
    passes(&format!("{plex}~~~scenario s\nstart\n~~~\n~~~text run --trace\nrun --trace s\nstart\n~~~\n"));
    fails(&format!("{plex}~~~profile b2\nbroken\n~~~\n"), 9, "takes no part");
    fails("# A\n~~~profile\nbroken\n~~~\n~~~text findings\n~~~\n", 5, "`findings` ended with 2:\nsorry");
}

fn folder() {
    assert_eq!(coverage::some(&[]).expect_err("nothing there"), "tests/specs has no spec");
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let check = |allowed: &str| coverage::check(&set(&["home", "link"]), &set(&["home"]), allowed);
    assert_eq!(check("").len(), 1, "link has no spec");
    assert!(check("# still to be written\nlink\n").is_empty());
    assert_eq!(check("link\nhome\n"), ["missing.txt names home, which has a spec: take it out"]);
    assert_eq!(
        check("link\nlnik\n"),
        ["missing.txt names lnik, and there is no such statement: take it out"]
    );
}

fn claims() {
    let faults = |text: &str| {
        let text = text.replace("~~~", "```");
        let matrix = seeds::matrix(&[("seeds/a.md".to_owned(), text)]);
        let mut rows = matrix.rows.iter();
        assert!(rows.any(|(name, _)| name == "002#18b") && rows.all(|(name, _)| name != "002#18"));
        let (missing, others): (Vec<_>, Vec<_>) =
            matrix.faults.into_iter().partition(|fault| fault.starts_with("no spec"));
        (missing.len(), others.join("\n"))
    };
    let (all, others) = faults("# A\n");
    assert_eq!((all, others.as_str()), (165 + 92, ""));
    let met =
        "# A\nClaims: 000#1, 002#18a\nBlocks: F7:755\n\n~~~scenario\nsettle\n=> via F7:750 via F7:755\n~~~\n";
    assert_eq!(faults(met), (all - 3, String::new()));
    assert_eq!(
        faults(&met.replace("F7:755\n~~~", "F7:760\n~~~")).1,
        "tests/specs/seeds/a.md:3: F7:755: no scenario of this section expects `via F7:755`"
    );
    assert!(faults(&met.replace("18a", "18")).1.ends_with("a.md:2: there is no 002#18"));
    assert!(faults(&met.replace("scenario", "scenario fails")).1.contains("000#1: this section has neither"));
    assert!(faults(&met.replace("Claims", "So.\nClaims")).1.contains("a.md:3: this line belongs"));
    let asserted = "# A\nClaims: 003#9\n~~~profile\nHOME ; error: [home]\n~~~\n";
    assert_eq!(faults(asserted), (all - 1, String::new()));
    assert!(faults(&asserted.replace("; error", "; so")).1.contains("neither"));
}

fn table_index() {
    let spec = "# Ports\n## Used\n```scenario\nsettle\n```\n## Told\n```text\n```\n";
    let specs = [("life/ports.md", spec), ("life/more.md", "# More\n")];
    let specs = specs.map(|(path, text)| (path.to_owned(), text.to_owned())).into();
    let cited = tables::cited("ask(\"04:3.2\"); via(\"04:4.1#2\")").collect();
    let index = "## Ports\n### `04:3.2` Ports\n| cell | spec |\n| --- | --- |\n\
        | used | [a](../tests/specs/life/ports.md#used \"settle\") |\n\
        | words | [a](../tests/specs/life/ports.md#used \"start\") |\n\
        | used | [a](../tests/specs/life/ports.md#used), [t](../a.rs#test_one), [t](../a.rs#test_two) |\n\
        ### `04:3.3` More\n\
        | told | [a](../tests/specs/life/ports.md#told), [b](../tests/specs/life/ports.md#gone), [c](../tests/specs/x.md) |\n\
        | none | none |\n\
        | signals | outside the model: nothing of a stack reads them |\n\
        | others | outside the model: no |\n\
        ### `04:3.4` Empty\n";
    let wrong = [
        "04:3.2, words: `start` stands in no block of life/ports.md#used",
        "04:3.2: the cell `used` is there twice",
        "04:3.2, used: a.rs has no test test_two",
        "04:3.3, told: life/ports.md#told runs nothing",
        "04:3.3, told: life/ports.md has no section #gone",
        "04:3.3, told: there is no spec x.md",
        "04:3.3, none: no spec plays it",
        "04:3.3, others: no reason why it is outside the model",
        "04:3.4 has no cells",
        "04:4.1: the model cites it, and the page has not",
        "life/more.md: no cell names it",
    ];
    let source = |path: &str| (path == "a.rs").then(|| "fn test_one() {}".to_owned());
    let (found, count) = tables::check(index, &specs, source, &cited);
    assert_eq!(found, wrong);
    assert_eq!((count.played, count.outside), (5, 2));
}
