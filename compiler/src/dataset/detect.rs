//! Which code page and record form bytes have.

use super::{Encoding, FIXED_RECORD_BYTES};

/// The code page, by content; `None` when the bytes are text in none of them.
///
/// A profile is UTF-8 (ASCII mostly) if it decodes and has no byte that text never has: the controls other
/// than tab, line feed, form feed, carriage return and the end-of-file mark of DOS. EBCDIC text cannot pass
/// for it, because its letters and digits are bytes above 0x80 that make no UTF-8 sequence; only a file of
/// blanks (0x40) would be read as `@`, so a text of 0x40 mostly, without any ASCII letter, digit or blank, is
/// EBCDIC. Otherwise it is EBCDIC if blanks, letters and digits make six bytes of ten or more and controls that
/// text never has one of fifty or fewer (a stray one in a comment does no harm on the host): binary data
/// spreads over all 256. Of the two pages IBM-1047 is the
/// usual one; the six bytes in which they differ are read as brackets where that is possible, so more `[` `]`
/// of IBM-037 (0xBA, 0xBB) than of IBM-1047 (0xAD, 0xBD) makes it IBM-037.
pub(super) fn encoding(bytes: &[u8]) -> Option<Encoding> {
    if std::str::from_utf8(bytes).is_ok() && !any_never_in_ascii_text(bytes) && !blank_ebcdic(bytes) {
        return Some(Encoding::Utf8);
    }
    let (mut plain, mut odd) = (0_usize, 0_usize);
    let (mut brackets_1047, mut brackets_037) = (0_usize, 0_usize);
    for byte in bytes {
        match byte {
            0x40
            | 0x81..=0x89
            | 0x91..=0x99
            | 0xa2..=0xa9
            | 0xc1..=0xc9
            | 0xd1..=0xd9
            | 0xe2..=0xe9
            | 0xf0..=0xf9 => {
                plain += 1;
            }
            0xad | 0xbd => brackets_1047 += 1,
            0xba | 0xbb => brackets_037 += 1,
            // Tab, form feed, carriage return, shift out and in (double-byte comments), newline, line feed.
            0x05 | 0x0c | 0x0d | 0x0e | 0x0f | 0x15 | 0x25 => plain += 1,
            0x00..=0x3f | 0xff => odd += 1,
            0x41..=0xfe => {}
        }
    }
    if plain * 10 < bytes.len() * 6 || odd * 50 > bytes.len() {
        return None;
    }
    Some(if brackets_037 > brackets_1047 { Encoding::Ibm037 } else { Encoding::Ibm1047 })
}

/// Whether the records are 80 bytes each without line ends: the length is a multiple of 80 and no byte ends a
/// line. A single record may as well be a line without its end; it counts as fixed if it is padded with a
/// blank.
pub(super) fn is_fixed80(bytes: &[u8], encoding: Encoding) -> bool {
    if bytes.is_empty() || !bytes.len().is_multiple_of(FIXED_RECORD_BYTES) {
        return false;
    }
    let blank = if encoding == Encoding::Utf8 { b' ' } else { 0x40 };
    !has_line_ends(bytes, encoding) && (bytes.len() > FIXED_RECORD_BYTES || bytes.last() == Some(&blank))
}

/// Whether any byte ends a record.
pub(super) fn has_line_ends(bytes: &[u8], encoding: Encoding) -> bool {
    let line_ends: &[u8] = match encoding {
        Encoding::Utf8 => b"\n\r",
        Encoding::Ibm1047 | Encoding::Ibm037 => &[0x15, 0x25],
    };
    bytes.iter().any(|byte| line_ends.contains(byte))
}

/// The first byte that UTF-8 text never has, with its offset.
pub(super) fn first_foreign(bytes: &[u8]) -> Option<(u8, usize)> {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    bytes
        .iter()
        .enumerate()
        .find(|(at, byte)| *at >= valid || never_in_ascii_text(**byte))
        .map(|(at, byte)| (*byte, at))
}

/// In blocks without a branch for each byte, as every byte of every profile comes by here.
fn any_never_in_ascii_text(bytes: &[u8]) -> bool {
    bytes.chunks(4096).any(|block| block.iter().fold(false, |any, byte| any | never_in_ascii_text(*byte)))
}

fn never_in_ascii_text(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | 0x0c | b'\r' | 0x1a)) || byte == 0x7f
}

fn blank_ebcdic(bytes: &[u8]) -> bool {
    let mut blanks = 0;
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'\n' | b'\t') {
            return false;
        }
        blanks += usize::from(*byte == 0x40);
    }
    blanks > 0 && blanks * 2 >= bytes.len()
}
