//! Between the streams and the protocol library, in two plain threads.
//!
//! The library reads, answers and writes in one task. If writing may wait, a client that sends requests without
//! reading the answers stops the reading, and both sides sleep for ever: so writing here never waits. And the library
//! takes one malformed message for the end of the stream: so none reaches it; it is answered here. A greeting with
//! words that it does not know gets through without them.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::IgnoredAny;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use crate::envelope::{Envelopes, bodies, framed};
use crate::journal::Journal;
use crate::tolerance::tolerated;

/// A longer message is a mistake in its header.
const LONGEST_BODY: u64 = 1 << 30;
/// A longer line is no header.
const LONGEST_HEADER: u64 = 1 << 16;
const LENGTH: &[u8] = b"content-length:";

#[derive(Serialize)]
struct Notification<'p, P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'p P,
}

enum Chunk {
    Bytes(Vec<u8>),
    End(SyncSender<()>),
}

/// The way out: takes everything at once.
#[derive(Clone)]
pub(crate) struct Writer {
    to: Sender<Chunk>,
    envelopes: Envelopes,
}

impl Writer {
    /// Starts the thread that writes.
    pub(crate) fn start(output: impl Write + Send + 'static, journal: Journal) -> io::Result<Self> {
        let (sender, receiver) = channel();
        thread::Builder::new()
            .name("vipa-write".to_owned())
            .spawn(move || drain(&receiver, output, &journal))?;
        Ok(Self { to: sender, envelopes: Envelopes::default() })
    }
    /// What the library need not see of answers.
    pub(crate) fn envelopes(&self) -> Envelopes {
        self.envelopes.clone()
    }
    /// Says something to the client, past the library.
    pub(crate) fn notify(&self, method: &'static str, params: &impl Serialize) {
        let message = Notification { jsonrpc: "2.0", method, params };
        if let Ok(body) = serde_json::to_vec(&message) {
            // A client that is gone hears nothing.
            let _ = self.put(framed(&body));
        }
    }
    /// Ends the stream behind all that is to be written. Waits for that, but not for ever: the client may have
    /// stopped reading.
    pub(crate) fn finish(&self, patience: Duration) {
        let (sender, receiver) = sync_channel(1);
        if self.to.send(Chunk::End(sender)).is_ok() {
            let _ = receiver.recv_timeout(patience);
        }
    }
    fn put(&self, bytes: Vec<u8>) -> io::Result<()> {
        self.to.send(Chunk::Bytes(bytes)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
    fn refuse(&self, error: Error) -> io::Result<()> {
        let body = serde_json::to_vec(&Response::from_error(Id::Null, error)).map_err(io::Error::other)?;
        self.put(framed(&body))
    }
}

fn drain(from: &Receiver<Chunk>, mut output: impl Write, journal: &Journal) {
    while let Ok(chunk) = from.recv() {
        let bytes = match chunk {
            Chunk::Bytes(bytes) => bytes,
            Chunk::End(done) => {
                drop(output);
                let _ = done.send(());
                return;
            }
        };
        journal.sent(&bytes);
        if output.write_all(&bytes).and_then(|()| output.flush()).is_err() {
            // The client is gone. Dropping the receiver tells the other side at its next message.
            return;
        }
    }
}

impl AsyncWrite for Writer {
    fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        // The library hands over whole messages, so that one of ours cannot come in between.
        let (bodies, rest) = bodies(bytes);
        let opened = bodies.into_iter().map(|body| match self.envelopes.open(body) {
            Some(answer) => framed(&answer),
            None => framed(body),
        });
        let mut all = opened.chain((!rest.is_empty()).then(|| rest.to_vec()));
        Poll::Ready(all.try_for_each(|message| self.put(message)).map(|()| bytes.len()))
    }
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// The way in: well-formed messages only.
pub(crate) struct Reader {
    messages: UnboundedReceiver<Vec<u8>>,
    rest: Vec<u8>,
    taken: usize,
}

impl Reader {
    /// Starts the thread that reads.
    pub(crate) fn start(
        input: impl Read + Send + 'static,
        answers: Writer,
        journal: Journal,
    ) -> io::Result<Self> {
        let (sender, messages) = unbounded_channel();
        thread::Builder::new().name("vipa-read".to_owned()).spawn(move || {
            // An error of the stream is its end: whoever waits for messages sees it.
            let _ = pump(&mut BufReader::new(input), &sender, &answers, &journal);
        })?;
        Ok(Self { messages, rest: Vec::new(), taken: 0 })
    }
}

impl AsyncRead for Reader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.taken >= self.rest.len() {
            match self.messages.poll_recv(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(Ok(())),
                Poll::Ready(Some(message)) => {
                    self.rest = message;
                    self.taken = 0;
                }
            }
        }
        let left = self.rest.get(self.taken..).unwrap_or_default();
        let part = left.get(..out.remaining()).unwrap_or(left);
        out.put_slice(part);
        self.taken += part.len();
        Poll::Ready(Ok(()))
    }
}

fn pump(
    input: &mut impl BufRead,
    to: &UnboundedSender<Vec<u8>>,
    answers: &Writer,
    journal: &Journal,
) -> io::Result<()> {
    while let Some(length) = header(input)? {
        let Some(length) = length.filter(|length| *length <= LONGEST_BODY) else {
            answers.refuse(because(Error::parse_error(), "Content-Length is no length"))?;
            continue;
        };
        let mut message = format!("Content-Length: {length}\r\n\r\n").into_bytes();
        let head = message.len();
        if input.by_ref().take(length).read_to_end(&mut message)?
            < usize::try_from(length).unwrap_or(usize::MAX)
        {
            return Ok(());
        }
        let body = message.get(head..).unwrap_or_default();
        journal.received(body);
        if let Err(error) = check(body) {
            answers.refuse(error)?;
            continue;
        }
        if let Cow::Owned(body) = tolerated(body) {
            message = framed(&body);
        }
        if to.send(message).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads up to the body: none at the end of the stream, an inner none where the length cannot be read. What is no
/// header is skipped, so that a broken message costs only itself.
fn header(input: &mut impl BufRead) -> io::Result<Option<Option<u64>>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = line.trim_ascii();
        // Behind a body that was shorter than announced, or longer, a header need not start a line.
        let found = text.windows(LENGTH.len()).rposition(|part| part.eq_ignore_ascii_case(LENGTH));
        if let Some(at) = found {
            let value = text.get(at + LENGTH.len()..).unwrap_or_default();
            length = Some(std::str::from_utf8(value.trim_ascii()).ok().and_then(|value| value.parse().ok()));
        } else if text.is_empty() && length.is_some() {
            return Ok(length);
        }
    }
}

/// Whether the library will take it, by the same types from the same text; if not, the answer.
fn check(body: &[u8]) -> Result<(), Error> {
    let wrong = match serde_json::from_slice::<Request>(body) {
        Ok(request) if !request.method().is_empty() => return Ok(()),
        Ok(_) => "neither a request nor an answer".to_owned(),
        Err(error) => error.to_string(),
    };
    if serde_json::from_slice::<Response>(body).is_ok() {
        return Ok(());
    }
    match serde_json::from_slice::<IgnoredAny>(body) {
        Ok(_) => Err(because(Error::invalid_request(), &wrong)),
        Err(error) => Err(because(Error::parse_error(), &error.to_string())),
    }
}

fn because(mut error: Error, why: &str) -> Error {
    error.message = format!("{}: {why}", error.message).into();
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pumped(input: &[u8]) -> (Vec<String>, Vec<String>) {
        let (to, mut messages) = unbounded_channel();
        let (sender, answers) = channel();
        pump(
            &mut BufReader::with_capacity(7, input),
            &to,
            &Writer { to: sender, envelopes: Envelopes::default() },
            &Journal::default(),
        )
        .expect("memory can be read");
        drop(to);
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let body = |message: String| message.split_once("\r\n\r\n").expect("a header").1.to_owned();
        let passed = std::iter::from_fn(|| messages.try_recv().ok()).map(text).map(body).collect();
        let refused = answers
            .try_iter()
            .filter_map(|chunk| match chunk {
                Chunk::Bytes(bytes) => Some(body(text(bytes))),
                Chunk::End(_) => None,
            })
            .collect();
        (passed, refused)
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

    #[test]
    fn good_messages_pass_unchanged() {
        let answer = r#"{"jsonrpc":"2.0","id":1,"result":null}"#;
        let input = format!(
            "{}content-length: {}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n{answer}",
            framed(GOOD),
            answer.len()
        );
        assert_eq!(pumped(input.as_bytes()), (vec![GOOD.to_owned(), answer.to_owned()], vec![]));
    }

    #[test]
    fn bad_messages_are_answered_and_cost_only_themselves() {
        let deep = "[".repeat(200);
        for (bad, code) in [
            ("{\"jsonrpc\":\"2.0\",", -32700),
            ("", -32700),
            (deep.as_str(), -32700),
            ("[]", -32600),
            ("{}", -32600),
            ("{\"jsonrpc\":\"2.0\"}", -32600),
            ("{\"jsonrpc\":\"1.0\",\"method\":\"exit\"}", -32600),
            ("{\"jsonrpc\":\"2.0\",\"method\":7}", -32600),
            ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":{}}", -32600),
            ("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600),
        ] {
            let (passed, refused) = pumped(format!("{}{}", framed(bad), framed(GOOD)).as_bytes());
            assert_eq!(passed, [GOOD], "{bad}");
            let [refused] = refused.as_slice() else { panic!("{bad}: {refused:?}") };
            assert!(refused.contains(&format!("\"code\":{code},")), "{bad}: {refused}");
        }
    }

    #[test]
    fn bytes_that_are_no_text() {
        let mut input = b"Content-Length: 4\r\n\r\n\"\xff\xfe\"".to_vec();
        input.extend_from_slice(framed(GOOD).as_bytes());
        let (passed, refused) = pumped(&input);
        assert_eq!((passed.len(), refused.len()), (1, 1));
    }

    #[test]
    fn broken_headers() {
        for (bad, answers) in [
            ("Content-Length: many\r\n\r\n", 1),
            ("Content-Length: 99999999999999\r\n\r\n", 1),
            ("Content-Length: -1\r\n\r\n", 1),
            ("hello\r\n\r\n", 0),
            ("\r\n\r\n\r\n", 0),
            // One byte too many in the body: the rest stands before the next header.
            ("Content-Length: 2\r\n\r\n[]]", 1),
        ] {
            let (passed, refused) = pumped(format!("{bad}{}", framed(GOOD)).as_bytes());
            assert_eq!(
                (passed.as_slice(), refused.len()),
                ([GOOD.to_owned()].as_slice(), answers),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_stream_that_ends_in_the_middle_ends() {
        let input = format!("{}Content-Length: 100\r\n\r\n{{", framed(GOOD));
        assert_eq!(pumped(input.as_bytes()), (vec![GOOD.to_owned()], vec![]));
    }
}
