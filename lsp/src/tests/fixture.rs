//! Files with a cursor: what the tests of features start from.
//!
//! A line `//- path` begins a file; `$0` is the cursor: its file is the one that is open and asked about, the others are
//! on disk only, until [`Fixture::open`].

use serde_json::{Value, json};

use super::client::{Client, Folder};

/// A sysplex on disk, a document open in the editor, and a position in it.
pub(super) struct Fixture {
    folder: Folder,
    files: Vec<(String, String)>,
    /// File, line and character (in UTF-16 units) of the cursor.
    cursor: (String, u32, u32),
    client: Client,
}

/// Every client's full knowledge, so that a feature shows all that it can.
fn abilities() -> Value {
    json!({
        "textDocument": {
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "completion": { "completionItem": {
                "snippetSupport": true, "documentationFormat": ["markdown"], "insertReplaceSupport": false } },
            "rename": { "prepareSupport": true },
            "signatureHelp": { "signatureInformation": { "documentationFormat": ["markdown"],
                "parameterInformation": { "labelOffsetSupport": true }, "activeParameterSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
                "resolveSupport": { "properties": ["edit"] }, "dataSupport": true }
        },
        "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true, "changeAnnotationSupport": {} } },
        "window": { "showDocument": { "support": true } }
    })
}

impl Fixture {
    /// Reads the text, writes the files, starts a server and opens the document with the cursor.
    pub(super) fn new(text: &str) -> Self {
        Self::for_client(text, abilities())
    }
    /// The same with some files as bytes, in place of the text.
    pub(super) fn with_bytes(text: &str, bytes: &[(&str, &[u8])]) -> Self {
        Self::start(text, bytes, abilities())
    }
    /// The same for a client with these capabilities.
    pub(super) fn for_client(text: &str, abilities: Value) -> Self {
        Self::start(text, &[], abilities)
    }
    fn start(text: &str, bytes: &[(&str, &[u8])], abilities: Value) -> Self {
        let (files, cursor) = read(text);
        let written: Vec<(&str, &str)> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let folder = Folder::new(&written);
        for (name, bytes) in bytes {
            std::fs::write(folder.path(name), bytes).expect("a folder of our own");
        }
        let mut client = Client::connect_to_real();
        client.diagnosed = false;
        client.start_reading();
        client.greet(&folder, abilities, json!(null));
        let mut fixture = Self { folder, files, cursor, client };
        let name = fixture.cursor.0.clone();
        fixture.open(&name);
        fixture
    }
    /// Opens one more file.
    pub(super) fn open(&mut self, name: &str) {
        let text = self.text(name).to_owned();
        let uri = self.folder.uri(name);
        self.client.open(&uri, 1, &text);
    }
    /// The files in their order.
    pub(super) fn names(&self) -> Vec<String> {
        self.files.iter().map(|(name, _)| name.clone()).collect()
    }
    /// The text of a file, without the cursor.
    pub(super) fn text(&self, name: &str) -> &str {
        self.files.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str()).expect(name)
    }
    pub(super) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path(name)
    }
    pub(super) fn uri(&self, name: &str) -> String {
        self.folder.uri(name)
    }
    pub(super) fn client(&mut self) -> &mut Client {
        &mut self.client
    }
    /// `{ textDocument, position }` of the cursor.
    pub(super) fn at_cursor(&self) -> Value {
        let (name, line, character) = &self.cursor;
        json!({ "textDocument": { "uri": self.uri(name) },
                "position": { "line": line, "character": character } })
    }
    /// Asks about the cursor, with more parameters; the answer as it came.
    pub(super) fn ask(&mut self, method: &str, more: &Value) -> Value {
        let mut params = self.at_cursor();
        if let (Some(params), Some(more)) = (params.as_object_mut(), more.as_object()) {
            params.extend(more.clone());
        }
        self.client.call(method, params)
    }
    /// Asks, and leaves; the result.
    pub(super) fn result(mut self, method: &str, more: &Value) -> Value {
        let answer = self.ask(method, more);
        assert!(answer.get("error").is_none(), "{answer}");
        self.leave();
        answer["result"].clone()
    }
    /// Leaves: nothing may be unread.
    pub(super) fn leave(self) {
        self.client.leave();
    }
    /// The name of a file by its URI.
    pub(super) fn name(&self, uri: &str) -> String {
        let known = self.files.iter().map(|(name, _)| name).find(|name| self.folder.uri(name) == uri);
        known.cloned().unwrap_or_else(|| uri.to_owned())
    }
    /// Line (from 1) and text of a range: `mvs1.profile:3 DVA1`.
    pub(super) fn show(&self, name: &str, range: &Value) -> String {
        let text = self.text(name);
        let point = |end: &str| {
            let number = |what: &str| range[end][what].as_u64().expect("a range") as usize;
            (number("line"), number("character"))
        };
        let (start, end) = (point("start"), point("end"));
        let line = text.lines().nth(start.0).unwrap_or_default();
        let units: Vec<u16> = line.encode_utf16().collect();
        let to = if end.0 == start.0 { end.1 } else { units.len() };
        let piece = String::from_utf16(&units[start.1..to]).expect("whole characters");
        format!("{name}:{} {piece}", start.0 + 1)
    }
    /// Locations in lines, sorted.
    pub(super) fn places(&self, locations: &Value) -> Vec<String> {
        let one = |location: &Value| {
            let name = self.name(location["uri"].as_str().expect("a location"));
            self.show(&name, &location["range"])
        };
        let mut all: Vec<String> = match locations {
            Value::Null => Vec::new(),
            Value::Array(list) => list.iter().map(one).collect(),
            Value::Object(_) => vec![one(locations)],
            Value::Bool(_) | Value::Number(_) | Value::String(_) => panic!("no location: {locations}"),
        };
        all.sort();
        all
    }
    /// A file after a workspace edit.
    pub(super) fn edited(&self, edit: &Value, name: &str) -> String {
        let uri = self.uri(name);
        let changes = edit["documentChanges"].as_array().into_iter().flatten();
        let mut edits: Vec<&Value> = changes
            .filter(|change| change["textDocument"]["uri"] == uri)
            .flat_map(|change| change["edits"].as_array().expect("edits"))
            .collect();
        edits.extend(edit["changes"][&uri].as_array().into_iter().flatten());
        apply(self.text(name), edits)
    }
}

/// A text after edits that do not touch each other, whatever their order.
pub(super) fn apply(text: &str, mut edits: Vec<&Value>) -> String {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |point: &Value| {
        let line = point["line"].as_u64().expect("a line") as usize;
        let Some(start) = starts.get(line) else { return text.len() };
        let units = point["character"].as_u64().expect("a character") as usize;
        let line = text[*start..].split('\n').next().unwrap_or_default();
        let mut at = 0;
        let mut left = units;
        for letter in line.chars() {
            if left < letter.len_utf16() {
                break;
            }
            left -= letter.len_utf16();
            at += letter.len_utf8();
        }
        start + at
    };
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    let mut out = text.to_owned();
    for edit in edits {
        let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
        out.replace_range(start..end, edit["newText"].as_str().expect("a text"));
    }
    out
}

fn read(text: &str) -> (Vec<(String, String)>, (String, u32, u32)) {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("//- ") {
            Some(name) => files.push((name.trim().to_owned(), String::new())),
            None if files.is_empty() => assert_eq!(line.trim(), "", "text before the first file"),
            None => files.last_mut().expect("a file").1.push_str(line),
        }
    }
    let mut cursor = None;
    for (name, text) in &mut files {
        if let Some(at) = text.find("$0") {
            assert!(cursor.is_none(), "two cursors");
            text.replace_range(at..at + 2, "");
            let before = &text[..at];
            let line = before.matches('\n').count() as u32;
            let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count() as u32;
            cursor = Some((name.clone(), line, column));
        }
    }
    (files, cursor.expect("a cursor"))
}
