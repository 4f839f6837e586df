//! Text back to bytes.

use super::{DatasetForm, EncodeError, Encoding, FIXED_RECORD_BYTES, LineEnd, RecordForm, ebcdic};
use crate::source::SourceText;

/// Writes a text in the form that it carries: code page, byte order mark, line ends or fixed records padded
/// with blanks. What [`super::decode`] read comes back byte for byte.
///
/// # Errors
/// When the code page lacks a character or a fixed record gets too long: a changed text may not fit its data
/// set.
pub fn encode(source: &SourceText) -> Result<Vec<u8>, EncodeError> {
    write(&source.text, &source.form, source.odd_ends())
}

/// Writes `text`, records separated by `\n`, in a form. A last record that is empty is not written in fixed
/// form.
///
/// # Errors
/// As [`encode`].
pub fn encode_as(text: &str, form: &DatasetForm) -> Result<Vec<u8>, EncodeError> {
    write(text, form, &[])
}

fn write(text: &str, form: &DatasetForm, odd: &[(u32, LineEnd)]) -> Result<Vec<u8>, EncodeError> {
    let mut odd = odd.iter().peekable();
    let mut bytes = Vec::with_capacity(text.len() + text.len() / 8);
    if form.bom {
        bytes.extend_from_slice("\u{feff}".as_bytes());
    }
    let back = form.encoding.page().map(ebcdic::inverse);
    let mut records = text.split('\n').enumerate().peekable();
    while let Some((index, record)) = records.next() {
        let last = records.peek().is_none();
        let start = bytes.len();
        match &back {
            None => bytes.extend_from_slice(record.as_bytes()),
            Some(back) => push_ebcdic(&mut bytes, record, back, index + 1, form)?,
        }
        match form.records {
            RecordForm::Lines(_) if last => {}
            RecordForm::Lines(usual) => {
                let end = odd.next_if(|(at, _)| *at as usize == index).map_or(usual, |(_, end)| *end);
                bytes.extend_from_slice(end.bytes());
            }
            RecordForm::Fixed80 if last && record.is_empty() => {}
            RecordForm::Fixed80 => {
                let length = bytes.len() - start;
                if length > FIXED_RECORD_BYTES {
                    return Err(EncodeError::RecordTooLong { record: index + 1, bytes: length });
                }
                let blank = if form.encoding == Encoding::Utf8 { b' ' } else { 0x40 };
                bytes.resize(start + FIXED_RECORD_BYTES, blank);
            }
        }
    }
    Ok(bytes)
}

fn push_ebcdic(
    bytes: &mut Vec<u8>,
    record: &str,
    back: &[u8; 256],
    number: usize,
    form: &DatasetForm,
) -> Result<(), EncodeError> {
    for (at, char) in record.chars().enumerate() {
        match back.get(char as usize) {
            // U+0085 would come back as the end of a record.
            Some(byte) if char != '\u{85}' => bytes.push(*byte),
            _ => {
                let (record, column, encoding) = (number, at + 1, form.encoding);
                return Err(EncodeError::NoSuchCharacter { record, column, char, encoding });
            }
        }
    }
    Ok(())
}
