//! Starts `vipa lsp` for Zed: the program of the setting `lsp.vipa.binary.path`, else the one in PATH.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, LanguageServerId, Result};

struct Vipa;

impl zed::Extension for Vipa {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<zed::Command> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?;
        let command = settings
            .binary
            .and_then(|binary| binary.path)
            .or_else(|| worktree.which("vipa"))
            .ok_or("vipa is not in PATH; set lsp.vipa.binary.path to the program")?;
        Ok(zed::Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Vipa);
