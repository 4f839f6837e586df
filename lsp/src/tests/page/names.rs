//! Transcripts about words: hover, completion, signature help, where names stand, rename.

use serde_json::{Value, json};

use super::Editor;

/// Items of a completion that are shown.
const SHOWN: usize = 5;

impl Editor {
    /// Answers a question about a word, if it is one.
    pub(super) fn about_a_word(&mut self, words: &[&str]) -> Option<Vec<String>> {
        Some(match words {
            ["hover", "at", name, word] => self.hover(name, word),
            ["completion", "behind", name, word @ ..] => self.completion(name, &word.join(" ")),
            ["signature", "behind", name, word @ ..] => self.signature(name, &word.join(" ")),
            ["definition", "of", name, word] => self.places("textDocument/definition", name, word),
            ["declaration", "of", name, word] => self.places("textDocument/declaration", name, word),
            ["references", "of", name, word] => self.places("textDocument/references", name, word),
            ["rename", name, word, "to", new] => self.rename(name, word, new),
            ["symbols", "like", query] => self.symbols(query),
            _ => return None,
        })
    }

    fn at(&mut self, name: &str, word: &str, behind: bool) -> Value {
        let mut position = self.find(name, word);
        if behind {
            let length = word.encode_utf16().count() as u64 + 1;
            position["character"] = json!(position["character"].as_u64().unwrap() + length);
        }
        json!({ "position": position, "context": { "triggerKind": 1, "isRetrigger": false, "includeDeclaration": true } })
    }

    fn hover(&mut self, name: &str, word: &str) -> Vec<String> {
        let at = self.at(name, word, false);
        let hover = self.ask("textDocument/hover", name, &at);
        let text = hover["contents"]["value"].as_str().unwrap_or("nothing");
        let marked = |line: &&str| !line.starts_with("```");
        text.lines().filter(marked).map(|line| line.replace("**", "").replace('\\', "")).collect()
    }

    fn completion(&mut self, name: &str, word: &str) -> Vec<String> {
        let at = self.at(name, word, true);
        let answer = self.ask("textDocument/completion", name, &at);
        let mut items = answer["items"].as_array().unwrap().clone();
        items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
        let line = |item: &Value| {
            let label = item["label"].as_str().unwrap();
            let detail = item["detail"].as_str().unwrap_or("");
            let doc = item["documentation"]["value"].as_str().unwrap_or("");
            format!("{label}  {detail}  {doc}").trim_end().to_owned()
        };
        let mut lines: Vec<String> = items.iter().take(SHOWN).map(line).collect();
        if items.len() > SHOWN {
            lines.push(format!("and {} more", items.len() - SHOWN));
        }
        lines
    }

    fn signature(&mut self, name: &str, word: &str) -> Vec<String> {
        let at = self.at(name, word, true);
        let help = self.ask("textDocument/signatureHelp", name, &at);
        let signature = &help["signatures"][0];
        let label = signature["label"].as_str().unwrap();
        let active = &signature["parameters"][help["activeParameter"].as_u64().unwrap() as usize];
        let [start, end] = [0, 1].map(|side| active["label"][side].as_u64().unwrap() as usize);
        let doc = active["documentation"]["value"].as_str().unwrap_or("");
        vec![label.to_owned(), format!("{}{} {doc}", " ".repeat(start), "^".repeat(end - start))]
    }

    fn record(&self, location: &Value) -> String {
        let uri = location["uri"].as_str().unwrap();
        let name = self.files.keys().find(|file| self.folder.uri(file) == uri).unwrap();
        let line = location["range"]["start"]["line"].as_u64().unwrap() as usize;
        let text = self.text(name);
        format!("{name}:{} {}", line + 1, text.lines().nth(line).unwrap().trim())
    }

    fn places(&mut self, method: &str, name: &str, word: &str) -> Vec<String> {
        let at = self.at(name, word, false);
        let answer = self.ask(method, name, &at);
        answer.as_array().into_iter().flatten().map(|one| self.record(one)).collect()
    }

    fn rename(&mut self, name: &str, word: &str, new: &str) -> Vec<String> {
        let mut params = self.at(name, word, false);
        params["newName"] = json!(new);
        params["textDocument"] = json!({ "uri": self.folder.uri(name) });
        let answer = self.client.call("textDocument/rename", params);
        match answer["error"]["message"].as_str() {
            Some(why) => vec![why.to_owned()],
            None => self.changed(&answer["result"]),
        }
    }

    fn symbols(&mut self, query: &str) -> Vec<String> {
        let answer = self.client.call("workspace/symbol", json!({ "query": query }));
        let line = |one: &Value| {
            format!("{}  {}", one["name"].as_str().unwrap(), one["containerName"].as_str().unwrap())
        };
        answer["result"].as_array().unwrap().iter().map(line).collect()
    }
}
