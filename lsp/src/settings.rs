//! What the client says at the start and in its settings.

use compiler::description::nearest;
use compiler::{Dialect, Settings};
use ls_types::{ClientCapabilities, InitializeParams, Uri};
use serde::Deserialize;
use serde_json::Value;

use crate::positions::Encoding;

/// The name of our section in a client's settings.
pub(crate) const SECTION: &str = "vipa";

/// What a client can do, and where it works.
#[derive(Clone, Debug, Default)]
pub(crate) struct ClientInfo {
    /// What positions count.
    pub(crate) encoding: Encoding,
    /// It asks for the diagnostics of open documents and can be told to ask again: then they are not pushed, since
    /// such a client would show them twice.
    pub(crate) pulls: bool,
    /// It can be asked for settings.
    pub(crate) configuration: bool,
    /// It can be asked to watch files.
    pub(crate) watches: bool,
    /// The workspace folders.
    pub(crate) folders: Vec<Uri>,
    /// It does without the answer to a question that an edit has overtaken, or asks it again.
    pub(crate) stale: bool,
    /// All that it can do.
    pub(crate) capabilities: ClientCapabilities,
    /// Settings sent along.
    pub(crate) options: Option<Value>,
}

impl ClientInfo {
    /// From the first message.
    pub(crate) fn new(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let workspace = capabilities.workspace.as_ref();
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let pulls = capabilities.text_document.as_ref().is_some_and(|text| text.diagnostic.is_some())
            && workspace
                .and_then(|workspace| workspace.diagnostics.as_ref())
                .is_some_and(|diagnostics| diagnostics.refresh_support == Some(true));
        let watches = workspace
            .and_then(|workspace| workspace.did_change_watched_files.as_ref())
            .is_some_and(|watched| watched.dynamic_registration == Some(true));
        #[expect(deprecated, reason = "clients from before workspace folders send nothing else")]
        let root = params.root_uri.clone();
        let folders = match &params.workspace_folders {
            Some(folders) => folders.iter().map(|folder| folder.uri.clone()).collect(),
            None => root.into_iter().collect(),
        };
        Self {
            encoding: Encoding::negotiate(offered),
            pulls,
            configuration: workspace.is_some_and(|workspace| workspace.configuration == Some(true)),
            watches,
            folders,
            stale: capabilities
                .general
                .as_ref()
                .is_some_and(|general| general.stale_request_support.is_some()),
            capabilities: capabilities.clone(),
            options: params.initialization_options.clone(),
        }
    }
}

/// Which hints are shown in the text, section `inlayHints`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub(crate) struct Hints {
    /// A mask as the length of its prefix.
    pub(crate) masks: bool,
    /// Defaults that are in effect.
    pub(crate) defaults: bool,
    /// What symbols stand for.
    pub(crate) symbols: bool,
    /// The place of a backup in its chain.
    pub(crate) ranks: bool,
    /// Who owns an address.
    pub(crate) owners: bool,
}

impl Default for Hints {
    fn default() -> Self {
        Self { masks: true, defaults: true, symbols: true, ranks: true, owners: true }
    }
}

impl Hints {
    /// From our section, alone or inside of the whole settings; false under `inlayHints` turns all off.
    pub(crate) fn read(value: &Value) -> Self {
        let value = value.get(SECTION).unwrap_or(value);
        match value.get("inlayHints") {
            None | Some(Value::Null | Value::Bool(true)) => Self::default(),
            Some(Value::Bool(false)) => {
                Self { masks: false, defaults: false, symbols: false, ranks: false, owners: false }
            }
            Some(value) => Self::deserialize(value).unwrap_or_default(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Section {
    dialect: Option<Word>,
    release: Option<String>,
    select: Vec<String>,
    ignore: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Zos,
    Founding,
}

/// What the client has no say in: findings are looked for on all cores, for somebody waits.
pub(crate) fn own() -> Settings {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    Settings { threads, ..Settings::default() }
}

/// Reads our section, alone or inside of the whole settings. Unknown keys are other people's.
///
/// # Errors
/// What is wrong with it, for the log.
pub(crate) fn read(value: &Value) -> Result<Settings, String> {
    let value = value.get(SECTION).unwrap_or(value);
    if value.is_null() {
        return Ok(own());
    }
    let section = Section::deserialize(value).map_err(|error| format!("settings of {SECTION:?}: {error}"))?;
    // A rule that does not exist would do nothing, and nobody would know.
    let known = compiler::rule_names();
    if let Some(name) =
        section.select.iter().chain(&section.ignore).find(|name| !known.contains(&name.as_str()))
    {
        let near = nearest(name, known.iter().copied());
        let hint = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(format!("settings of {SECTION:?}: there is no rule {name}{hint}"));
    }
    Ok(Settings {
        dialect: section.dialect.map(|word| match word {
            Word::Zos => Dialect::Zos,
            Word::Founding => Dialect::Founding,
        }),
        release: section.release,
        select: section.select,
        ignore: section.ignore,
        ..own()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn hints_can_be_turned_off_one_by_one() {
        let some = Hints::read(&json!({"vipa": {"inlayHints": {"masks": false}}}));
        assert_eq!(some, Hints { masks: false, ..Hints::default() });
        assert_eq!(Hints::read(&json!({"inlayHints": true})), Hints::default());
        assert!(!Hints::read(&json!({"inlayHints": false})).owners);
        assert_eq!(Hints::read(&json!(null)), Hints::default());
    }

    #[test]
    fn sections() {
        let founding = Settings { dialect: Some(Dialect::Founding), ..own() };
        assert_eq!(read(&json!({"dialect": "founding", "theirs": 1})), Ok(founding.clone()));
        assert_eq!(read(&json!({"vipa": {"dialect": "founding"}, "editor": {}})), Ok(founding));
        assert_eq!(read(&json!(null)), Ok(own()));
        assert_eq!(read(&json!({"vipa": null})), Ok(own()));
        let wrong = read(&json!({"dialect": "klingon"})).expect_err("no such dialect");
        assert!(wrong.contains("klingon") && wrong.contains("founding"), "{wrong}");
        let wrong = read(&json!({"ignore": ["unknown-statment"]})).expect_err("no such rule");
        assert!(
            wrong.contains("there is no rule unknown-statment; did you mean unknown-statement?"),
            "{wrong}"
        );
    }
}
