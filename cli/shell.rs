//! What a command talks through: results to standard output, everything else to standard error.

use std::io::{self, Read as _};

use compiler::dataset::MAX_FILE_BYTES;
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::args::{ColorWhen, Common};
use crate::exit::Exit;
use crate::trouble::Trouble;
use crate::world::{Files, World};

/// The world, with the options of every subcommand applied to it.
pub struct Shell<'a, 'w> {
    world: &'a mut World<'w>,
    colour_out: bool,
    colour_err: bool,
    quiet: bool,
    verbose: bool,
    closed: bool,
}

impl<'a, 'w> Shell<'a, 'w> {
    /// Decides about colours and loudness.
    pub fn new(common: &Common, world: &'a mut World<'w>) -> Self {
        let (colour_out, colour_err) = colours(common.color, world);
        Self { world, colour_out, colour_err, quiet: common.quiet, verbose: common.verbose, closed: false }
    }
    /// The file system.
    #[must_use]
    pub fn files(&self) -> &'w dyn Files {
        self.world.files
    }
    /// The current directory.
    #[must_use]
    pub fn cwd(&self) -> &str {
        &self.world.cwd
    }
    /// Whether results on standard output are coloured.
    #[must_use]
    pub fn colour(&self) -> bool {
        self.colour_out
    }
    /// Whether a person reads standard output.
    #[must_use]
    pub fn on_a_terminal(&self) -> bool {
        self.world.stdout_terminal
    }
    /// How many columns a person sees, if standard output is a terminal that says so.
    #[must_use]
    pub fn columns(&self) -> Option<usize> {
        if !self.world.stdout_terminal {
            return None;
        }
        (self.world.env)("COLUMNS")?.parse().ok()
    }
    /// Whether only results are wanted.
    #[must_use]
    pub fn quiet(&self) -> bool {
        self.quiet
    }
    /// Everything on standard input.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read_stdin(&mut self) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        // Somebody else says what is wrong with it when it is too large; here it only must end.
        match (&mut self.world.stdin).take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(Trouble::Stdin { reason: error.to_string() }),
        }
    }
    /// Writes a result to standard output. A reader who has gone away is no trouble: the rest is dropped.
    ///
    /// # Errors
    /// When standard output cannot be written for another reason.
    pub fn print(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if self.closed {
            return Ok(());
        }
        let written = self.world.stdout.write_all(bytes);
        self.judge(written)
    }
    /// Sends what is still buffered.
    ///
    /// # Errors
    /// As [`Self::print`].
    pub fn finish(&mut self) -> Result<(), Trouble> {
        if self.closed {
            return Ok(());
        }
        let written = self.world.stdout.flush();
        self.judge(written)
    }
    fn judge(&mut self, written: io::Result<()>) -> Result<(), Trouble> {
        match written {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Trouble::Stdout { reason: error.to_string() }),
        }
    }
    /// A line for people, on standard error, unless `--quiet`.
    pub fn say(&mut self, line: &str) {
        if !self.quiet {
            // Standard error is the last resort: nothing can be done when it fails.
            let _ = writeln!(self.world.stderr, "{line}");
        }
    }
    /// A line on standard error that `--quiet` does not silence.
    pub fn warn(&mut self, line: &str) {
        let _ = writeln!(self.world.stderr, "{line}");
    }
    /// A line on standard error with `--verbose`.
    pub fn tell(&mut self, line: impl FnOnce() -> String) {
        if self.verbose {
            let _ = writeln!(self.world.stderr, "{}", line());
        }
    }
    /// How far a long search is: a line on standard error that the next one takes the place of, an empty one wipes it. Only on
    /// a terminal, and not with `--quiet`.
    pub fn progress(&mut self, line: &str) {
        if self.world.stderr_terminal && !self.quiet {
            // As with `say`.
            let _ = write!(self.world.stderr, "\r\x1b[2K{line}");
            let _ = self.world.stderr.flush();
        }
    }
    /// Prints what went wrong and what to do about it.
    pub fn complain(&mut self, trouble: &Trouble) -> Exit {
        let mut theme = if self.colour_err { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
        theme.characters.error = "error:".to_owned();
        let mut text = String::new();
        let handler = GraphicalReportHandler::new_themed(theme).with_links(false).with_wrap_lines(false);
        if handler.render_report(&mut text, trouble).is_err() {
            text = format!("error: {trouble}\n");
        }
        // The handler indents its headline; ours stands at the margin like every other line of the command.
        let _ = write!(self.world.stderr, "{}", text.trim_start_matches([' ', '\n']));
        Exit::Unusable
    }
}

/// Prints clap's help, version or complaint where it belongs.
pub fn usage(error: &clap::Error, world: &mut World<'_>) -> Exit {
    let (colour_out, colour_err) = colours(ColorWhen::Auto, world);
    let text = error.render();
    // Help may go to a closed pipe; complaints have no other place to go.
    if error.use_stderr() {
        let _ =
            if colour_err { write!(world.stderr, "{}", text.ansi()) } else { write!(world.stderr, "{text}") };
        Exit::Unusable
    } else {
        let _ =
            if colour_out { write!(world.stdout, "{}", text.ansi()) } else { write!(world.stdout, "{text}") };
        let _ = world.stdout.flush();
        Exit::Clean
    }
}

/// For standard output and standard error. An empty NO_COLOR counts as unset, as its convention says.
fn colours(when: ColorWhen, world: &World<'_>) -> (bool, bool) {
    let set = |name: &str| (world.env)(name).is_some_and(|value| !value.is_empty());
    match when {
        ColorWhen::Always => (true, true),
        ColorWhen::Never => (false, false),
        ColorWhen::Auto if set("NO_COLOR") || (world.env)("TERM").as_deref() == Some("dumb") => {
            (false, false)
        }
        ColorWhen::Auto => (world.stdout_terminal, world.stderr_terminal),
    }
}
