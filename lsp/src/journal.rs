//! A journal of all messages, for a bug report: a line a message, with milliseconds since the start and its direction.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// The way in. A clone writes to the same place.
#[derive(Clone, Default)]
pub(crate) struct Journal(Option<Arc<Mutex<Open>>>);

struct Open {
    to: Box<dyn Write + Send>,
    start: Instant,
}

impl Journal {
    /// Into this, or nowhere.
    #[allow(clippy::disallowed_methods, reason = "the times of a journal are those of the wall")]
    pub(crate) fn new(to: Option<Box<dyn Write + Send>>) -> Self {
        Self(to.map(|to| Arc::new(Mutex::new(Open { to, start: Instant::now() }))))
    }
    /// A message from the client.
    pub(crate) fn received(&self, body: &[u8]) {
        self.line("<--", body);
    }
    /// A message to the client, as it is framed.
    pub(crate) fn sent(&self, message: &[u8]) {
        let head = message.windows(4).position(|part| part == b"\r\n\r\n");
        self.line("-->", head.and_then(|at| message.get(at + 4..)).unwrap_or(message));
    }
    fn line(&self, arrow: &str, body: &[u8]) {
        let Some(open) = &self.0 else { return };
        let Ok(mut open) = open.lock() else { return };
        let milliseconds = open.start.elapsed().as_secs_f64() * 1e3;
        let body = String::from_utf8_lossy(body).replace(['\r', '\n'], " ");
        // A journal that cannot be written must not end the server.
        let _ = writeln!(open.to, "{milliseconds:10.1} {arrow} {body}").and_then(|()| open.to.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    struct Pipe(Sender<u8>);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            bytes.iter().for_each(|byte| self.0.send(*byte).expect("somebody listens"));
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_a_message() {
        let (sender, receiver) = channel();
        let journal = Journal::new(Some(Box::new(Pipe(sender))));
        journal.received(b"{\n\"id\":1}");
        journal.clone().sent(b"Content-Length: 2\r\n\r\n{}");
        drop(journal);
        let text = String::from_utf8(receiver.iter().collect()).expect("text");
        let lines: Vec<&str> = text
            .lines()
            .map(|line| line.trim_start_matches([' ', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
            .collect();
        assert_eq!(lines, ["<-- { \"id\":1}", "--> {}"]);
        Journal::default().received(b"nobody writes");
    }
}
