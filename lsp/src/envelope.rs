//! Answers as the bytes that go out. The library makes a tree of JSON values of each answer before it writes it, which
//! for the outline of a long profile takes longer than to find it. So the answer goes round: the library is given an
//! error with a number, and the writer puts in its place what is kept under that number.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id};

/// The message of such an error.
const SEAL: &str = "vipa: kept for the writer";
/// No message with a seal is longer.
const LONGEST: usize = 1 << 10;

/// Answers that wait for the writer.
#[derive(Clone, Default)]
pub(crate) struct Envelopes(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    last: u64,
    answers: BTreeMap<u64, Answer>,
}

/// An answer, in JSON.
pub(crate) type Answer = Vec<u8>;

/// What the library writes for a seal.
#[derive(Deserialize)]
struct Sealed {
    id: Id,
    error: Number,
}

#[derive(Deserialize)]
struct Number {
    data: u64,
}

impl Envelopes {
    /// Keeps an answer. To be given to the library at once: what is not written is not given up.
    pub(crate) fn seal(&self, answer: Answer) -> Error {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.last += 1;
        let number = kept.last;
        kept.answers.insert(number, answer);
        Error { code: ErrorCode::ServerError(0), message: SEAL.into(), data: Some(number.into()) }
    }
    /// The message in place of one with a seal; none for any other.
    pub(crate) fn open(&self, body: &[u8]) -> Option<Vec<u8>> {
        if body.len() > LONGEST || !body.windows(SEAL.len()).any(|part| part == SEAL.as_bytes()) {
            return None;
        }
        let sealed: Sealed = serde_json::from_slice(body).ok()?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = kept.answers.remove(&sealed.error.data)?;
        drop(kept);
        let id = serde_json::to_vec(&sealed.id).ok()?;
        Some([&br#"{"jsonrpc":"2.0","id":"#[..], &id, br#","result":"#, &result, b"}"].concat())
    }
}

/// A body behind its header.
pub(crate) fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    message
}

/// The messages that framed bytes begin with, and what is behind the last whole one.
pub(crate) fn bodies(mut bytes: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let mut all = Vec::new();
    while let Some((body, rest)) = first(bytes) {
        all.push(body);
        bytes = rest;
    }
    (all, bytes)
}

fn first(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let head = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
    let length = bytes.get(..head)?.strip_prefix(b"Content-Length: ")?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    bytes.get(head + 4..)?.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use tower_lsp::jsonrpc::Response;

    use super::*;

    fn written(id: Id, error: Error) -> Vec<u8> {
        serde_json::to_vec(&Response::from_error(id, error)).expect("it is data")
    }

    #[test]
    fn each_answer_goes_to_its_question_once() {
        let envelopes = Envelopes::default();
        let first = envelopes.seal(b"[1]".to_vec());
        let second = envelopes.seal(b"null".to_vec());
        let second = written(Id::String("b".to_owned()), second);
        let first = written(Id::Number(7), first);
        let text = |body: &[u8]| envelopes.open(body).map(|body| String::from_utf8(body).expect("text"));
        assert_eq!(text(&second).as_deref(), Some(r#"{"jsonrpc":"2.0","id":"b","result":null}"#));
        assert_eq!(text(&first).as_deref(), Some(r#"{"jsonrpc":"2.0","id":7,"result":[1]}"#));
        assert_eq!(text(&first), None);
        assert!(envelopes.0.lock().expect("nobody panicked").answers.is_empty());
    }

    #[test]
    fn other_messages_are_left_alone() {
        let envelopes = Envelopes::default();
        let error = Error { message: format!("no {SEAL}").into(), ..Error::internal_error() };
        assert_eq!(envelopes.open(&written(Id::Number(1), error)), None);
        assert_eq!(envelopes.open(br#"{"jsonrpc":"2.0","id":1,"result":[]}"#), None);
    }

    #[test]
    fn messages_are_cut_where_they_end() {
        let two = [framed(b"{}"), framed(b""), framed(b"[\r\n\r\n]")].concat();
        assert_eq!(bodies(&two), (vec![&b"{}"[..], b"", b"[\r\n\r\n]"], &b""[..]));
        let cut = two.split_last().expect("bytes").1;
        assert_eq!(bodies(cut).0.len(), 2);
        assert_eq!(bodies(b"x"), (vec![], &b"x"[..]));
    }
}
