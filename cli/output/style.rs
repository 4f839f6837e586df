//! Colours of the text formats.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic::{LabelStyle, Severity as Level};
use codespan_reporting::term::WriteStyle;
use compiler::finding::Severity;

use super::words;

const QUIET: Style = AnsiColor::BrightBlue.on_default();
const BOLD: Style = Style::new().bold();

/// Colour of a severity.
#[must_use]
pub fn of(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::BrightRed.on_default().bold(),
        Severity::Warning => AnsiColor::BrightYellow.on_default().bold(),
        Severity::Info => AnsiColor::BrightCyan.on_default().bold(),
    }
}

/// Text in a style, or plain.
#[must_use]
pub fn paint(style: Style, on: bool, text: &str) -> String {
    if on { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// Takes codespan's output, with colours or without.
pub struct Styled<'a> {
    to: &'a mut dyn Write,
    on: bool,
    severity: Severity,
    in_header: bool,
}

impl<'a> Styled<'a> {
    /// For one finding.
    pub fn new(to: &'a mut dyn Write, on: bool, severity: Severity) -> Self {
        Self { to, on, severity, in_header: false }
    }
    fn set(&mut self, style: Style) -> io::Result<()> {
        // Styles replace each other: codespan does not reset between them.
        if self.on { write!(self.to, "{}{style}", anstyle::Reset) } else { Ok(()) }
    }
}

impl Write for Styled<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // codespan calls its lowest level `note`; the contract calls it `info`, as --fail-level does.
        if self.in_header && bytes == b"note" {
            self.to.write_all(b"info")?;
            return Ok(bytes.len());
        }
        // A fragment is a whole piece of text; line ends and tabs are codespan's own, the rest comes from files.
        let steers = |byte: &u8| (byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t')) || *byte == 0xc2;
        if bytes.iter().any(steers) {
            let text = String::from_utf8_lossy(bytes);
            for line in text.split_inclusive(['\n', '\t']) {
                let (inside, end) = match line.strip_suffix(['\n', '\t']) {
                    Some(inside) => line.split_at(inside.len()),
                    None => (line, ""),
                };
                write!(self.to, "{}{end}", words::visible(inside))?;
            }
            return Ok(bytes.len());
        }
        self.to.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl WriteStyle for Styled<'_> {
    fn set_header(&mut self, _: Level) -> io::Result<()> {
        self.in_header = true;
        self.set(of(self.severity))
    }
    fn set_header_message(&mut self) -> io::Result<()> {
        self.in_header = false;
        self.set(BOLD)
    }
    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(QUIET)
    }
    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(QUIET)
    }
    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(QUIET)
    }
    fn set_label(&mut self, _: Level, label: LabelStyle) -> io::Result<()> {
        self.set(match label {
            LabelStyle::Primary => of(self.severity),
            LabelStyle::Secondary => QUIET,
        })
    }
    fn reset(&mut self) -> io::Result<()> {
        self.in_header = false;
        if self.on { write!(self.to, "{}", anstyle::Reset) } else { Ok(()) }
    }
}
