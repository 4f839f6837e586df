//! `docs/editor.md` tells the truth: its transcripts are what the server answers, about the files that it shows.
//! `VIPA_UPDATE=1` writes them anew.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use grammar::scenario::blocks;
use serde_json::{Value, json};

use super::client::{Client, Folder};
use super::features::{inlay, tokens};
use super::fixture::apply;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/editor.md");

#[test]
fn every_transcript_is_what_the_server_says() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for block in blocks(&page) {
        if let Some((kind, name)) = block.info.split_once(' ')
            && ["toml", "profile", "scenario"].contains(&kind)
        {
            files.insert(name.to_owned(), block.text(&page).to_owned());
        }
    }
    let mut editor = Editor::new(files);
    let mut new = page.clone();
    let mut told = 0;
    let transcripts: Vec<_> = blocks(&page)
        .into_iter()
        .filter(|block| block.info == "text" && block.text(&page).starts_with("> "))
        .collect();
    for block in transcripts.iter().rev() {
        let mut out = String::new();
        for question in block.text(&page).lines().filter_map(|line| line.strip_prefix("> ")) {
            out.push_str(&format!("> {question}\n"));
            editor.answer(question).iter().for_each(|line| out.push_str(&format!("{line}\n")));
            told += 1;
        }
        new.replace_range(block.start as usize..block.end as usize, &out);
    }
    editor.client.leave();
    assert!(told >= 10, "{told} transcripts");
    if std::env::var("VIPA_UPDATE").is_ok() {
        std::fs::write(PAGE, &new).unwrap();
    } else {
        assert_eq!(page, new, "docs/editor.md is stale; VIPA_UPDATE=1 renews it");
    }
}

/// An editor with the files of the page.
struct Editor {
    folder: Folder,
    files: BTreeMap<String, String>,
    open: BTreeSet<String>,
    client: Client,
}

impl Editor {
    fn new(files: BTreeMap<String, String>) -> Self {
        let written: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let folder = Folder::new(&written);
        let mut client = Client::connect_to_real();
        client.diagnosed = false;
        client.start_reading();
        client.greet(
            &folder,
            json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }),
            json!(null),
        );
        Self { folder, files, open: BTreeSet::new(), client }
    }

    fn text(&self, name: &str) -> String {
        self.files.get(name).unwrap_or_else(|| panic!("the page has no file {name}")).clone()
    }

    fn ask(&mut self, method: &str, name: &str, more: &Value) -> Value {
        let uri = self.folder.uri(name);
        if self.open.insert(name.to_owned()) {
            let text = self.text(name);
            self.client.open(&uri, 1, &text);
        }
        let mut params = json!({ "textDocument": { "uri": uri } });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = self.client.call(method, params);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// Line and character of the first place of a word.
    fn find(&self, name: &str, word: &str) -> Value {
        let text = self.text(name);
        let at = text.find(word).unwrap_or_else(|| panic!("{name} has no {word}"));
        let before = &text[..at];
        let character = before.rsplit('\n').next().unwrap().encode_utf16().count();
        json!({ "line": before.matches('\n').count(), "character": character })
    }

    fn answer(&mut self, question: &str) -> Vec<String> {
        let words: Vec<&str> = question.split(' ').collect();
        match words.as_slice() {
            ["findings", "of", name] => self.findings(name),
            ["outline", "of", name] => {
                let symbols = self.ask("textDocument/documentSymbol", name, &json!({}));
                outline(&symbols, 0)
            }
            ["folds", "of", name] => self.folds(name),
            ["colours", "of", name] => {
                let answer = self.ask("textDocument/semanticTokens/full", name, &json!({}));
                tokens::shown(&self.text(name), &answer)
            }
            ["links", "of", name] => self.links(name),
            ["hints", "of", name] => {
                let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
                let hints = self.ask("textDocument/inlayHint", name, &json!({ "range": whole }));
                inlay::with_hints(&self.text(name), &hints)
            }
            ["lenses", "of", name] => self.lenses(name),
            ["formatted", name] => {
                let options = json!({ "options": { "tabSize": 2, "insertSpaces": true } });
                let edits = self.ask("textDocument/formatting", name, &options);
                let text = self.text(name);
                difference(&text, &apply(&text, edits.as_array().unwrap().iter().collect()))
            }
            ["selection", "at", name, word] => self.selection(name, word),
            ["actions", "at", name, word] => {
                self.actions(name, word).iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
            }
            ["apply", "at", name, word, title @ ..] => {
                let title = title.join(" ");
                let actions = self.actions(name, word);
                let action = actions.iter().find(|one| one["title"] == title).expect(&title);
                self.changed(&action["edit"])
            }
            ["command", command, argument @ ..] => self.command(command, &argument.join(" ")),
            other => {
                self.about_a_word(other).unwrap_or_else(|| panic!("nobody knows how to ask: {question}"))
            }
        }
    }

    fn findings(&mut self, name: &str) -> Vec<String> {
        let items = self.ask("textDocument/diagnostic", name, &json!({}))["items"].clone();
        let mut lines = Vec::new();
        for item in items.as_array().unwrap() {
            let line = item["range"]["start"]["line"].as_u64().unwrap() + 1;
            let message = item["message"].as_str().unwrap().replace('\n', "\n    ");
            let code = item["code"].as_str().unwrap();
            lines.extend(format!("{line}: {code}: {message}").lines().map(str::to_owned));
        }
        lines
    }

    fn folds(&mut self, name: &str) -> Vec<String> {
        let folds = self.ask("textDocument/foldingRange", name, &json!({}));
        let text = self.text(name);
        let one = |fold: &Value| {
            let (first, last) = (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap());
            let line = text.lines().nth(first as usize).unwrap();
            format!("{}-{} {}: {}", first + 1, last + 1, fold["kind"].as_str().unwrap(), line.trim())
        };
        folds.as_array().unwrap().iter().map(one).collect()
    }

    fn links(&mut self, name: &str) -> Vec<String> {
        let links = self.ask("textDocument/documentLink", name, &json!({}));
        let text = self.text(name);
        let one = |link: &Value| {
            let target =
                self.files.keys().find(|file| self.folder.uri(file) == link["target"].as_str().unwrap());
            let tooltip = link["tooltip"].as_str().map_or(String::new(), |tooltip| format!(" ({tooltip})"));
            format!("{} -> {}{tooltip}", piece(&text, &link["range"]), target.unwrap())
        };
        links.as_array().unwrap().iter().map(one).collect()
    }

    fn lenses(&mut self, name: &str) -> Vec<String> {
        let lenses = self.ask("textDocument/codeLens", name, &json!({}));
        let text = self.text(name);
        let one = |lens: &Value| {
            let line = lens["range"]["start"]["line"].as_u64().unwrap() as usize;
            let above = text.lines().nth(line).unwrap().trim();
            format!(
                "{} ({}): {above}",
                lens["command"]["title"].as_str().unwrap(),
                lens["command"]["command"].as_str().unwrap()
            )
        };
        lenses.as_array().unwrap().iter().map(one).collect()
    }

    fn selection(&mut self, name: &str, word: &str) -> Vec<String> {
        let position = self.find(name, word);
        let answer = self.ask("textDocument/selectionRange", name, &json!({ "positions": [position] }));
        let text = self.text(name);
        let mut lines = Vec::new();
        let mut at = &answer[0];
        while at.is_object() {
            let range = &at["range"];
            let records =
                range["end"]["line"].as_u64().unwrap() - range["start"]["line"].as_u64().unwrap() + 1;
            let more = if records > 1 { format!(" ... ({records} records)") } else { String::new() };
            lines.push(format!("{}{more}", piece(&text, range)));
            at = &at["parent"];
        }
        lines
    }

    fn actions(&mut self, name: &str, word: &str) -> Vec<Value> {
        let at = self.find(name, word);
        let more = json!({ "range": { "start": at, "end": at }, "context": { "diagnostics": [] } });
        self.ask("textDocument/codeAction", name, &more).as_array().unwrap().clone()
    }

    /// The records that an edit changes, in all files.
    fn changed(&self, edit: &Value) -> Vec<String> {
        let mut lines = Vec::new();
        for change in edit["documentChanges"].as_array().unwrap() {
            let uri = change["textDocument"]["uri"].as_str().unwrap();
            let name = self.files.keys().find(|file| self.folder.uri(file) == uri).unwrap();
            let text = self.text(name);
            let new = apply(&text, change["edits"].as_array().unwrap().iter().collect());
            lines.extend(difference(&text, &new));
        }
        lines
    }

    fn command(&mut self, command: &str, argument: &str) -> Vec<String> {
        let (name, stack) = argument.split_once(' ').unwrap_or((argument, ""));
        let argument = match self.files.contains_key(name) {
            true if stack.is_empty() => json!({ "uri": self.folder.uri(name), "show": false }),
            true => json!({ "uri": self.folder.uri(name), "stack": stack, "show": false }),
            false => json!(argument),
        };
        let order = json!({ "command": command, "arguments": [argument] });
        let answer = self.client.call("workspace/executeCommand", order);
        let text = answer["result"]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
        text.lines().map(|line| line.trim_end().to_owned()).collect()
    }
}

fn outline(symbols: &Value, depth: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol["detail"].as_str().map_or(String::new(), |detail| format!("  {detail}"));
        lines.push(format!("{}{}{detail}", "  ".repeat(depth), symbol["name"].as_str().unwrap()));
        lines.extend(outline(&symbol["children"], depth + 1));
    }
    lines
}

/// The first record of a range.
fn piece(text: &str, range: &Value) -> String {
    let number = |end: &str, what: &str| range[end][what].as_u64().unwrap() as usize;
    let line: Vec<u16> = text.lines().nth(number("start", "line")).unwrap().encode_utf16().collect();
    let one = number("start", "line") == number("end", "line");
    let end = if one { number("end", "character") } else { line.len() };
    String::from_utf16(&line[number("start", "character")..end]).unwrap()
}

/// Records taken out and put in.
fn difference(old: &str, new: &str) -> Vec<String> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count().min(rest);
    let out = |mark: &str, lines: &[&str]| -> Vec<String> {
        lines.iter().map(|line| format!("{mark} {line}")).collect()
    };
    let mut lines = out("-", &old[before..old.len() - after]);
    lines.extend(out("+", &new[before..new.len() - after]));
    lines
}
