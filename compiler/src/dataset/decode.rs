//! Bytes to text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::Utf8Error;

use super::detect;
use super::{
    DatasetForm, DecodeError, DecodeOptions, Encoding, EncodingOption, FIXED_RECORD_BYTES, LineEnd,
    MAX_FILE_BYTES, MAX_RECORD_BYTES, RecordForm, RecordsOption,
};
use crate::source::{SourceText, Text};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads the bytes of a data set. What the options leave open is found out by content:
///
/// - UTF-8 if the bytes are valid UTF-8 without controls that text never has; else EBCDIC if blanks, letters
///   and digits dominate; IBM-037 instead of IBM-1047 only if that turns more bytes into brackets. Neither
///   UTF-8 nor EBCDIC is an error, not a guess.
/// - fixed records of 80 if the length is a multiple of 80 and there is no line end; lines otherwise. A file
///   of one record that is 80 long counts as fixed if it ends with a blank. EBCDIC without line ends that is
///   longer than 80 and no multiple of it has records of an unknown length, which is an error.
///
/// In EBCDIC lines both 0x15 and 0x25 end a record, and in UTF-8 text without any line feed U+0085 does. A
/// carriage return before a line end belongs to it. Fixed records lose their trailing blanks. An empty file
/// is an empty text.
///
/// # Errors
/// When a limit is exceeded, the bytes are no text in any (or the given) encoding, or they do not have the
/// given record form.
pub fn decode(bytes: &[u8], options: &DecodeOptions) -> Result<SourceText, DecodeError> {
    decode_cow(Cow::Borrowed(bytes), options)
}

/// As [`decode`]; bytes that are the text already become it.
///
/// # Errors
/// As [`decode`].
pub fn decode_owned(bytes: Vec<u8>, options: &DecodeOptions) -> Result<SourceText, DecodeError> {
    decode_cow(Cow::Owned(bytes), options)
}

fn decode_cow(bytes: Cow<'_, [u8]>, options: &DecodeOptions) -> Result<SourceText, DecodeError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(DecodeError::FileTooLarge { bytes: bytes.len() });
    }
    let (bom, encoding) = match options.encoding {
        EncodingOption::Utf8 => (bytes.starts_with(BOM), Encoding::Utf8),
        EncodingOption::Ibm1047 => (false, Encoding::Ibm1047),
        EncodingOption::Ibm037 => (false, Encoding::Ibm037),
        EncodingOption::Auto if bytes.starts_with(BOM) => (true, Encoding::Utf8),
        EncodingOption::Auto => (false, found_encoding(&bytes)?),
    };
    let body = if bom { bytes.get(BOM.len()..).unwrap_or(&[]) } else { &*bytes };
    let fixed = match options.records {
        RecordsOption::Auto => detect::is_fixed80(body, encoding),
        RecordsOption::Lines => false,
        RecordsOption::Fixed80 => true,
    };
    // One record of everything would be read without a word, and the first comment would swallow the rest.
    let found_out = options.records == RecordsOption::Auto && encoding != Encoding::Utf8;
    if found_out && !fixed && body.len() > FIXED_RECORD_BYTES && !detect::has_line_ends(body, encoding) {
        return Err(DecodeError::NoLineEnds { bytes: body.len() });
    }
    let (text, records, odd) = if fixed {
        (fixed_text(body, encoding)?, RecordForm::Fixed80, Vec::new())
    } else if let Some(page) = encoding.page() {
        ebcdic_lines(body, page)
    } else if bom {
        utf8_lines(utf8(body)?.to_owned())
    } else {
        utf8_lines(utf8_owned(bytes.into_owned())?)
    };
    let source = SourceText::with_odd_ends(text, DatasetForm { encoding, records, bom }, odd);
    match source.longest_record() {
        (record, bytes) if bytes > MAX_RECORD_BYTES => Err(DecodeError::RecordTooLong { record, bytes }),
        _ => Ok(source),
    }
}

/// Takes the text of an editor or a test, with the same view of line ends and byte order mark as [`decode`],
/// but no limits.
#[must_use]
pub fn decode_text(text: &str) -> SourceText {
    let (bom, body) = text.strip_prefix('\u{feff}').map_or((false, text), |rest| (true, rest));
    let (text, records, odd) = utf8_lines(body.to_owned());
    SourceText::with_odd_ends(text, DatasetForm { encoding: Encoding::Utf8, records, bom }, odd)
}

fn found_encoding(bytes: &[u8]) -> Result<Encoding, DecodeError> {
    if let Some(encoding) = detect::encoding(bytes) {
        return Ok(encoding);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(DecodeError::Utf16);
    }
    let (byte, offset) = detect::first_foreign(bytes).unwrap_or((0, 0));
    Err(DecodeError::NotText { byte, offset })
}

fn utf8(bytes: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|error| no_utf8(bytes, error))
}

fn utf8_owned(bytes: Vec<u8>) -> Result<String, DecodeError> {
    String::from_utf8(bytes).map_err(|error| no_utf8(error.as_bytes(), error.utf8_error()))
}

fn no_utf8(bytes: &[u8], error: Utf8Error) -> DecodeError {
    let offset = error.valid_up_to();
    DecodeError::NotUtf8 { byte: bytes.get(offset).copied().unwrap_or(0), offset }
}

/// Text with `\n` between the records, the line end that most records have, and the others by index of the
/// record.
type Lines = (Text, RecordForm, Vec<(u32, LineEnd)>);

fn utf8_lines(text: String) -> Lines {
    let has = |byte| memchr::memchr(byte, text.as_bytes()).is_some();
    if !has(b'\n') && text.contains('\u{85}') {
        return (text.replace('\u{85}', "\n").into(), RecordForm::Lines(LineEnd::Nel), Vec::new());
    }
    if !has(b'\r') || !text.contains("\r\n") {
        return (text.into(), RecordForm::Lines(LineEnd::Lf), Vec::new());
    }
    let ends = text.match_indices('\n').map(|(at, _)| {
        if text.get(..at).is_some_and(|before| before.ends_with('\r')) { LineEnd::CrLf } else { LineEnd::Lf }
    });
    let (usual, odd) = usual_and_odd(ends.collect());
    (text.replace("\r\n", "\n").into(), RecordForm::Lines(usual), odd)
}

fn ebcdic_lines(bytes: &[u8], page: &[char; 256]) -> Lines {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut ends = Vec::new();
    for byte in bytes {
        if !matches!(byte, 0x15 | 0x25) {
            text.push(page.get(usize::from(*byte)).copied().unwrap_or(' '));
            continue;
        }
        let cr = text.ends_with('\r');
        if cr {
            text.pop();
        }
        text.push('\n');
        ends.push(match (byte, cr) {
            (0x15, false) => LineEnd::Ebcdic15,
            (0x15, true) => LineEnd::CrEbcdic15,
            (_, false) => LineEnd::Ebcdic25,
            (_, true) => LineEnd::CrEbcdic25,
        });
    }
    if ends.is_empty() {
        return (text.into(), RecordForm::Lines(LineEnd::Ebcdic15), Vec::new());
    }
    let (usual, odd) = usual_and_odd(ends);
    (text.into(), RecordForm::Lines(usual), odd)
}

/// The most frequent line end, the first in [`LineEnd`]'s order of several, and the records that have another.
fn usual_and_odd(ends: Vec<LineEnd>) -> (LineEnd, Vec<(u32, LineEnd)>) {
    let mut counts = BTreeMap::new();
    for end in &ends {
        *counts.entry(*end).or_insert(0_usize) += 1;
    }
    let usual = counts.iter().rev().max_by_key(|(_, count)| **count).map_or(LineEnd::Lf, |(end, _)| *end);
    if counts.len() < 2 {
        return (usual, Vec::new());
    }
    (usual, (0..).zip(ends).filter(|(_, end)| *end != usual).collect())
}

fn fixed_text(bytes: &[u8], encoding: Encoding) -> Result<Text, DecodeError> {
    if !bytes.len().is_multiple_of(FIXED_RECORD_BYTES) {
        return Err(DecodeError::NotFixed80 { bytes: bytes.len() });
    }
    let mut text = String::with_capacity(bytes.len());
    for (index, record) in bytes.chunks(FIXED_RECORD_BYTES).enumerate() {
        let ends: &[u8] = if encoding == Encoding::Utf8 { b"\n" } else { &[0x15, 0x25] };
        if let Some(at) = record.iter().position(|byte| ends.contains(byte)) {
            return Err(DecodeError::LineEndInFixed80 { record: index + 1, column: at + 1 });
        }
        let start = text.len();
        match encoding.page() {
            Some(page) => text.extend(record.iter().filter_map(|byte| page.get(usize::from(*byte)))),
            None => {
                text.push_str(utf8(record).map_err(|error| move_error(error, index * FIXED_RECORD_BYTES))?)
            }
        }
        let kept = text.get(start..).map_or(0, |decoded| decoded.trim_end_matches(' ').len());
        text.truncate(start + kept);
        text.push('\n');
    }
    Ok(text.into())
}

fn move_error(error: DecodeError, by: usize) -> DecodeError {
    if let DecodeError::NotUtf8 { byte, offset } = error {
        DecodeError::NotUtf8 { byte, offset: offset + by }
    } else {
        error
    }
}
