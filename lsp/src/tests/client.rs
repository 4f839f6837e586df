//! A client that forgives nothing: a message that no test has read, or one that comes twice, is a failure.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, BufRead, BufReader, PipeReader, PipeWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};

use super::fake::{self, Probe};
use crate::Outcome;
use crate::engine::Factory;

const PATIENCE: Duration = Duration::from_secs(30);

/// A folder that goes away with the test.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let path = std::env::temp_dir().join(format!("vipa lsp {} {number}", std::process::id()));
        let folder = Self(path);
        std::fs::create_dir_all(&folder.0).unwrap();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }
    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
    pub(super) fn remove(&self, name: &str) {
        std::fs::remove_file(self.0.join(name)).unwrap();
    }
    pub(super) fn uri(&self, name: &str) -> String {
        let path: &Path = &self.0.join(name);
        crate::uri::from_path(path.to_str().unwrap()).unwrap().as_str().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a publication said.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Published {
    pub(super) version: Option<i64>,
    pub(super) diagnostics: Vec<Value>,
}

impl Published {
    pub(super) fn messages(&self) -> Vec<&str> {
        self.diagnostics.iter().map(|diagnostic| diagnostic["message"].as_str().unwrap()).collect()
    }
}

pub(super) struct Client {
    to: Option<PipeWriter>,
    from: Option<PipeReader>,
    inbox: Option<Receiver<Value>>,
    unread: VecDeque<Value>,
    last_id: i64,
    answered: BTreeSet<i64>,
    answers_unread: BTreeMap<i64, Value>,
    published: BTreeMap<String, Value>,
    server: Option<JoinHandle<io::Result<Outcome>>>,
    pub(super) probe: Arc<Probe>,
    /// Whether questions of the server get an answer.
    pub(super) answers: bool,
    /// Whether edits of the server are made.
    pub(super) applies: bool,
    /// Whether diagnostics must be read; else none is kept.
    pub(super) diagnosed: bool,
}

impl Client {
    /// Connected; nothing said yet, and nothing read before [`Client::start_reading`].
    pub(super) fn connect() -> Self {
        let probe = Arc::new(Probe::default());
        Self::connect_to(fake::factory(&probe), probe)
    }
    /// The same with the real compiler.
    pub(super) fn connect_to_real() -> Self {
        Self::connect_to(crate::engine::real(), Arc::default())
    }
    fn connect_to(factory: Factory, probe: Arc<Probe>) -> Self {
        let (server_in, to) = io::pipe().unwrap();
        let (from, server_out) = io::pipe().unwrap();
        let server = thread::spawn(move || crate::serve_with(factory, server_in, server_out, None));
        Self {
            to: Some(to),
            from: Some(from),
            inbox: None,
            unread: VecDeque::new(),
            last_id: 0,
            answered: BTreeSet::new(),
            answers_unread: BTreeMap::new(),
            published: BTreeMap::new(),
            server: Some(server),
            probe,
            answers: true,
            applies: true,
            diagnosed: true,
        }
    }
    /// Connected and greeted.
    pub(super) fn start(folder: &Folder) -> Self {
        Self::start_with(folder, json!({}), json!(null)).0
    }
    /// Connected and greeted, but nothing read: the answer has number 0.
    pub(super) fn start_unread(folder: &Folder) -> Self {
        let mut client = Self::connect();
        let folders = json!([{ "uri": folder.uri(""), "name": "test" }]);
        client.send(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "processId": null, "capabilities": {}, "workspaceFolders": folders } }));
        // The protocol wants the answer to be waited for; its bytes stay in the pipe.
        thread::sleep(Duration::from_millis(500));
        client.notify("initialized", json!({}));
        client
    }
    /// The same with capabilities and settings; also what the server answered.
    pub(super) fn start_with(folder: &Folder, capabilities: Value, options: Value) -> (Self, Value) {
        let mut client = Self::connect();
        client.start_reading();
        let answer = client.greet(folder, capabilities, options);
        (client, answer)
    }
    pub(super) fn greet(&mut self, folder: &Folder, capabilities: Value, options: Value) -> Value {
        let folders = json!([{ "uri": folder.uri(""), "name": "test" }]);
        let answer = self.call(
            "initialize",
            json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders,
                    "initializationOptions": options }),
        );
        self.notify("initialized", json!({}));
        answer["result"].clone()
    }
    pub(super) fn start_reading(&mut self) {
        let (sender, inbox) = channel();
        let mut from = BufReader::new(self.from.take().expect("reads only once"));
        thread::spawn(move || {
            while let Some(message) = read(&mut from) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        self.inbox = Some(inbox);
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.to.as_mut().unwrap().write_all(bytes).unwrap();
    }
    pub(super) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }
    pub(super) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }
    pub(super) fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params }));
        self.last_id
    }
    pub(super) fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params);
        self.answer(id)
    }

    pub(super) fn open(&mut self, uri: &str, version: i32, text: &str) {
        self.notify(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri, "languageId": "vipa", "version": version, "text": text } }),
        );
    }
    /// An edit of a range, or of all.
    pub(super) fn edit(&mut self, uri: &str, version: i32, range: Option<[u32; 4]>, text: &str) {
        let mut change = json!({ "text": text });
        if let Some([line, character, end_line, end_character]) = range {
            change["range"] = json!({
                "start": { "line": line, "character": character },
                "end": { "line": end_line, "character": end_character }
            });
        }
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [change] }),
        );
    }
    pub(super) fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    pub(super) fn pull(&mut self, uri: &str) -> i64 {
        self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }))
    }
    pub(super) fn changed_on_disk(&mut self, uris: &[&str]) {
        let changes: Vec<_> = uris.iter().map(|uri| json!({ "uri": uri, "type": 2 })).collect();
        self.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    }

    /// The next message that fits; others wait for whoever wants them.
    fn find(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.unread.iter().position(&fits) {
            return self.unread.remove(at).unwrap();
        }
        loop {
            let message = self.inbox.as_ref().unwrap().recv_timeout(PATIENCE);
            let Ok(message) = message else { panic!("no {what}; unread: {:?}", self.unread) };
            if let Some(message) = self.receive(message) {
                if fits(&message) {
                    return message;
                }
                self.unread.push_back(message);
            }
        }
    }
    /// Looks at every message once; none for one that is done with.
    fn receive(&mut self, message: Value) -> Option<Value> {
        match (message["method"].as_str(), message.get("id")) {
            (Some(_), Some(id)) if self.answers => {
                let result = match message["method"].as_str() {
                    Some("workspace/configuration") => json!([null]),
                    Some("window/showDocument") => json!({ "success": true }),
                    Some("workspace/applyEdit") => json!({ "applied": self.applies }),
                    Some(_) | None => json!(null),
                };
                self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
                let kept = ["window/showDocument", "workspace/applyEdit"];
                kept.iter().any(|kept| message["method"] == *kept).then_some(message)
            }
            (Some("textDocument/publishDiagnostics"), None) => {
                let uri = message["params"]["uri"].as_str().unwrap().to_owned();
                let before = self.published.insert(uri, message.clone());
                assert_ne!(before.as_ref(), Some(&message), "told twice");
                self.diagnosed.then_some(message)
            }
            (None, Some(id)) => {
                let Some(id) = id.as_i64() else { return Some(message) };
                assert!(self.answered.insert(id), "answered twice: {message}");
                self.answers_unread.insert(id, message);
                None
            }
            _ => Some(message),
        }
    }
    pub(super) fn answer(&mut self, id: i64) -> Value {
        while !self.answers_unread.contains_key(&id) {
            let message = self.inbox.as_ref().unwrap().recv_timeout(PATIENCE);
            let Ok(message) = message else { panic!("no answer to {id}; unread: {:?}", self.unread) };
            let message = self.receive(message);
            self.unread.extend(message);
        }
        self.answers_unread.remove(&id).unwrap()
    }
    /// The answer to something that had no number.
    pub(super) fn refusal(&mut self) -> Value {
        self.find("refusal", |message| message.get("method").is_none() && message["id"].is_null())
    }
    pub(super) fn told(&mut self, method: &str) -> Value {
        self.find(method, |message| message["method"] == method)["params"].clone()
    }
    /// A question of the server, to be answered by the test.
    pub(super) fn asked(&mut self, method: &str) -> Value {
        self.find(method, |message| message["method"] == method && message.get("id").is_some())
    }
    /// A document that the server wants to be shown.
    pub(super) fn shown(&mut self) -> Value {
        self.told("window/showDocument")
    }
    /// Closes a document and hears what is left of it.
    pub(super) fn close_and_hear(&mut self, uri: &str) -> Published {
        self.close(uri);
        self.published(uri)
    }
    /// The next publication for a file.
    pub(super) fn published(&mut self, uri: &str) -> Published {
        let method = "textDocument/publishDiagnostics";
        let message = self.find(&format!("diagnostics of {uri}"), |message| {
            message["method"] == method && message["params"]["uri"] == uri
        });
        let params = &message["params"];
        Published {
            version: params["version"].as_i64(),
            diagnostics: params["diagnostics"].as_array().unwrap().clone(),
        }
    }
    /// The publication for this version, past those for earlier ones.
    pub(super) fn published_for(&mut self, uri: &str, version: i64) -> Published {
        loop {
            let published = self.published(uri);
            assert!(published.version <= Some(version), "{published:?}");
            if published.version == Some(version) {
                return published;
            }
        }
    }

    /// Leaves as the protocol wants, and looks whether anything was left unread.
    pub(super) fn leave(mut self) {
        let answer = self.call("shutdown", json!(null));
        assert_eq!(answer["result"], json!(null));
        assert!(answer.get("error").is_none(), "{answer}");
        self.notify("exit", json!(null));
        assert_eq!(self.outcome(), Outcome::Orderly);
    }
    /// Waits for the server to end. The stream to it stays open, as with clients that forget to close it.
    pub(super) fn outcome(mut self) -> Outcome {
        let outcome = self.server.take().unwrap().join().expect("the server has not panicked").unwrap();
        let rest: Vec<Value> = self.inbox.take().unwrap().iter().collect();
        for message in rest {
            if let Some(message) = self.receive(message) {
                self.unread.push_back(message);
            }
        }
        assert!(self.unread.is_empty(), "unread: {:?}", self.unread);
        assert!(self.answers_unread.is_empty(), "unread: {:?}", self.answers_unread);
        outcome
    }
    pub(super) fn hang_up(&mut self) {
        self.to = None;
    }
}

fn read(from: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        match line.trim_end().strip_prefix("Content-Length: ") {
            Some(value) => length = Some(value.parse::<u64>().unwrap()),
            None if line == "\r\n" => break,
            None => panic!("not a header: {line:?}"),
        }
    }
    let mut body = Vec::new();
    from.by_ref().take(length.expect("a length")).read_to_end(&mut body).unwrap();
    Some(serde_json::from_slice(&body).unwrap())
}
