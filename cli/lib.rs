//! The `vipa` command as a library: every subcommand, every output format, and nothing that a test cannot inject.
//!
//! Deliberately absent: direct use of standard streams, environment and clock; they come through [`world::World`]. The
//! file system is touched in [`disk`] only.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm
)]

pub mod args;
pub mod baseline;
pub mod commands;
pub mod disk;
pub mod exit;
pub mod git;
pub mod inputs;
pub mod live;
pub mod output;
pub mod paths;
pub mod question;
pub mod read;
pub mod rewrite;
pub mod shell;
pub mod sysplex;
pub mod trouble;
pub mod world;

use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use clap::Parser;

use args::Cli;
use exit::Exit;
use shell::Shell;
use world::World;

/// Runs one command line, program name first, and says how it ended.
pub fn main_with(args: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> Exit {
    let args: Vec<OsString> = args.into_iter().collect();
    match catch_unwind(AssertUnwindSafe(|| parse_and_run(&args, world))) {
        Ok(exit) => exit,
        Err(payload) => {
            let what = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            let line: Vec<_> = args.iter().skip(1).map(|arg| arg.to_string_lossy()).collect();
            // Nobody is left to tell when this fails too.
            let _ = writeln!(
                world.stderr,
                "vipa: internal error: {what}\n  This is a mistake in vipa, not in your profiles.\n  Please report it with this: \
                 version {}, arguments: {}, and the smallest profile that still shows it.",
                env!("CARGO_PKG_VERSION"),
                line.join(" "),
            );
            Exit::Internal
        }
    }
}

fn parse_and_run(args: &[OsString], world: &mut World<'_>) -> Exit {
    let args = live::split(args, world.files);
    let Cli { common, command } = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return shell::usage(&error, world),
    };
    let mut shell = Shell::new(&common, world);
    let ended = commands::run(command, &mut shell).and_then(|exit| shell.finish().map(|()| exit));
    match ended {
        Ok(exit) => exit,
        Err(trouble) => shell.complain(&trouble),
    }
}

/// Lets a panic on any thread say where it happened, in one line; [`main_with`] adds what to report.
pub fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        if let Some(place) = info.location() {
            let _ = writeln!(std::io::stderr(), "vipa: stopped at {}:{}", place.file(), place.line());
        }
    }));
}
