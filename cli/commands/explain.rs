//! `vipa explain`: what a statement, keyword, rule or message id is.

use analysis::reference::explain;

use crate::args::{ExplainArgs, ExplainFormat};
use crate::exit::Exit;
use crate::shell::Shell;
use crate::trouble::Trouble;

/// Explains one name, or lists all.
///
/// # Errors
/// When nothing bears the name.
pub fn run(args: &ExplainArgs, shell: &mut Shell<'_, '_>) -> Result<Exit, Trouble> {
    let text = match &args.name {
        Some(name) => {
            let found = explain::explain(name).map_err(|near| unknown(name, &near))?;
            match args.format {
                ExplainFormat::Text => Ok(found.text()),
                ExplainFormat::Json => found.json(),
                ExplainFormat::Markdown => Ok(found.markdown()),
            }
        }
        None => {
            let all = explain::everything();
            match args.format {
                ExplainFormat::Text => Ok(all.text()),
                ExplainFormat::Json => all.json(),
                ExplainFormat::Markdown => Ok(all.markdown()),
            }
        }
    };
    let text = text.map_err(|error| Trouble::Stdout { reason: error.to_string() })?;
    shell.print(text.as_bytes())?;
    Ok(Exit::Clean)
}

fn unknown(name: &str, near: &[String]) -> Trouble {
    let help = match near {
        [] => "vipa explain --all lists what there is".to_owned(),
        near => format!("did you mean {}?", analysis::reference::words::listed(near, "or")),
    };
    Trouble::Question { what: format!("no statement, keyword, rule or message is named {name}"), help }
}
