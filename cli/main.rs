//! The `vipa` command: hands the real streams, environment and disk to [`vipa::main_with`].

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use vipa::disk::Disk;
use vipa::exit::Exit;
use vipa::world::World;

/// A search makes and drops small pieces by the million: with this allocator it is a third faster.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[allow(clippy::disallowed_methods, reason = "the one place that reads the command line and the environment")]
fn main() -> ExitCode {
    vipa::report_panics();
    // Files are replaced in one step, so that it may end at any moment. Without a handler the system ends it as it likes.
    let _ = ctrlc::set_handler(|| std::process::exit(Exit::Interrupted.code().into()));
    let stdout = std::io::stdout();
    let stderr = std::io::stderr();
    let (stdout_terminal, stderr_terminal) = (stdout.is_terminal(), stderr.is_terminal());
    // `always`: whether there are colours is decided by the command; this only translates them for old Windows consoles.
    let mut out = std::io::BufWriter::new(anstream::AutoStream::always(stdout));
    let mut err = anstream::AutoStream::always(stderr);
    let cwd = std::env::current_dir().map(|folder| folder.to_string_lossy().into_owned()).unwrap_or_default();
    let exit = vipa::main_with(
        std::env::args_os(),
        &mut World {
            stdin: &mut std::io::stdin(),
            stdout: &mut out,
            stderr: &mut err,
            stdout_terminal,
            stderr_terminal,
            cwd: vipa::paths::slashes(&cwd),
            env: &|name| std::env::var(name).ok().or_else(|| columns(name)),
            files: &Disk,
        },
    );
    // A closed pipe has been dealt with; nothing is left to be said here.
    let _ = out.flush();
    exit.into()
}

/// The width of the terminal as a shell would give it, which exports it to nobody.
fn columns(name: &str) -> Option<String> {
    if name != "COLUMNS" {
        return None;
    }
    terminal_size::terminal_size().map(|(terminal_size::Width(columns), _)| columns.to_string())
}
