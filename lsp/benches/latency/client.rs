//! A client that times what it gets.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::edits::Edit;

pub struct Client {
    child: Child,
    to: ChildStdin,
    inbox: Receiver<(Instant, Value)>,
    unread: VecDeque<(Instant, Value)>,
    folder: PathBuf,
    last: i64,
}

impl Client {
    pub fn start(folder: &Path) -> Self {
        let this = std::env::current_exe().unwrap();
        let mut child =
            Command::new(this).arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let to = child.stdin.take().unwrap();
        let mut from = BufReader::new(child.stdout.take().unwrap());
        let (sender, inbox) = channel();
        std::thread::spawn(move || {
            while let Some(body) = read(&mut from) {
                // The clock stops when the message is there, not when it is understood.
                let now = Instant::now();
                if sender.send((now, serde_json::from_slice(&body).unwrap())).is_err() {
                    return;
                }
            }
        });
        let unread = VecDeque::new();
        let mut client = Self { child, to, inbox, unread, folder: folder.to_owned(), last: 0 };
        let folders = json!([{ "uri": client.uri(""), "name": "bench" }]);
        client.call(
            "initialize",
            &json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders }),
        );
        client.notify("initialized", &json!({}));
        client
    }
    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.join(name).to_str().unwrap())
    }
    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.to.flush().unwrap();
    }
    fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }
    fn call(&mut self, method: &str, params: &Value) -> (Instant, Value) {
        self.last += 1;
        let id = self.last;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.find(|message| message["id"] == id && message.get("method").is_none())
    }
    fn find(&mut self, fits: impl Fn(&Value) -> bool) -> (Instant, Value) {
        if let Some(at) = self.unread.iter().position(|(_, message)| fits(message)) {
            return self.unread.remove(at).unwrap();
        }
        loop {
            let (when, message) =
                self.inbox.recv_timeout(Duration::from_secs(60)).expect("an answer in time");
            if fits(&message) {
                return (when, message);
            }
            assert_ne!(message["method"], "window/logMessage", "{message}");
            // Publications for other files and versions are nobody's concern.
            if message.get("id").is_some() || message["params"]["version"].is_i64() {
                self.unread.push_back((when, message));
            }
        }
    }
    pub fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": "vipa", "version": 0, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }));
    }
    pub fn close(&mut self, name: &str) {
        let document = json!({ "uri": self.uri(name) });
        self.notify("textDocument/didClose", &json!({ "textDocument": document }));
    }
    pub fn edit(&mut self, name: &str, version: usize, edit: &Edit) {
        let [line, to] = [edit.line, edit.end_line];
        let change = json!({
            "range": { "start": { "line": line, "character": edit.start }, "end": { "line": to, "character": edit.end } },
            "text": edit.text
        });
        let document = json!({ "uri": self.uri(name), "version": version });
        self.notify(
            "textDocument/didChange",
            &json!({ "textDocument": document, "contentChanges": [change] }),
        );
    }
    /// When the diagnostics of this version have come.
    pub fn diagnostics_of(&mut self, name: &str, version: usize) -> Instant {
        let uri = self.uri(name);
        let (when, _) = self.find(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri.as_str()
                && message["params"]["version"] == version
        });
        self.unread.clear();
        when
    }
    /// When the first diagnostics of this version have come, and when nothing more is to come.
    pub fn diagnostics_and_rest(&mut self, name: &str, version: usize) -> (Instant, Instant) {
        let uri = self.uri(name);
        self.last += 1;
        let id = self.last;
        let params = json!({ "textDocument": { "uri": uri.as_str() } });
        self.send(
            &json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/diagnostic", "params": params }),
        );
        let (first, _) = self.find(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri.as_str()
                && message["params"]["version"] == version
        });
        let (rest, _) = self.find(|message| message["id"] == id && message.get("method").is_none());
        self.unread.clear();
        (first, rest)
    }
    /// When the answer has come.
    pub fn ask(
        &mut self,
        method: &str,
        name: &str,
        (line, character): (usize, usize),
        more: Value,
    ) -> Instant {
        let mut params = json!({ "textDocument": { "uri": self.uri(name) },
            "position": { "line": line, "character": character } });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let (when, answer) = self.call(method, &params);
        assert!(answer.get("error").is_none(), "{answer}");
        when
    }
    /// Resident memory of the server in megabytes.
    pub fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1e3
    }
    pub fn leave(mut self) {
        self.call("shutdown", &Value::Null);
        self.notify("exit", &Value::Null);
        assert!(self.child.wait().unwrap().success());
    }
}

fn read(from: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().strip_prefix("Content-Length: ") {
            Some(value) => length = value.parse().ok()?,
            None if line.trim_end().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    Some(body)
}
