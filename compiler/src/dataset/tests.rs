use proptest::prelude::*;

use super::*;
use crate::property;
use crate::source::SourceText;

const AUTO: DecodeOptions = DecodeOptions { encoding: EncodingOption::Auto, records: RecordsOption::Auto };

/// A profile with what profiles have: comments, lower case, addresses, symbols, a tab, national characters.
const PROFILE: &str = "; base of TCPIP1\nVIPADYNAMIC\n\tVIPADEFINE MOVEable IMMEDiate 255.255.255.0 203.0.113.1\n\
                       ENDVIPADYNAMIC\nPORT 443 TCP HTTPD* ; &SYSCLONE. $#@\n";

fn options(encoding: EncodingOption, records: RecordsOption) -> DecodeOptions {
    DecodeOptions { encoding, records }
}

fn form(encoding: Encoding, records: RecordForm) -> DatasetForm {
    DatasetForm { encoding, records, ..DatasetForm::default() }
}

#[test]
fn every_form_is_found_and_comes_back() {
    let forms = [
        form(Encoding::Utf8, RecordForm::Lines(LineEnd::Lf)),
        form(Encoding::Utf8, RecordForm::Lines(LineEnd::CrLf)),
        form(Encoding::Utf8, RecordForm::Lines(LineEnd::Nel)),
        form(Encoding::Utf8, RecordForm::Fixed80),
        DatasetForm { bom: true, ..form(Encoding::Utf8, RecordForm::Lines(LineEnd::CrLf)) },
        form(Encoding::Ibm1047, RecordForm::Lines(LineEnd::Ebcdic15)),
        form(Encoding::Ibm1047, RecordForm::Lines(LineEnd::CrEbcdic15)),
        form(Encoding::Ibm1047, RecordForm::Lines(LineEnd::Ebcdic25)),
        form(Encoding::Ibm1047, RecordForm::Lines(LineEnd::CrEbcdic25)),
        form(Encoding::Ibm1047, RecordForm::Fixed80),
    ];
    for form in forms {
        let bytes = encode_as(PROFILE, &form).unwrap();
        let source = decode(&bytes, &AUTO).unwrap();
        assert_eq!(&*source.text, PROFILE, "{form:?}");
        assert_eq!(source.form, form);
        assert_eq!(encode(&source).unwrap(), bytes, "{form:?}");
    }
}

#[test]
fn ibm_037_is_found_by_its_brackets_and_taken_when_asked_for() {
    let text = "PORT 21 TCP FTPD1 ; [control]\n";
    for (encoding, option) in
        [(Encoding::Ibm037, EncodingOption::Ibm037), (Encoding::Ibm1047, EncodingOption::Ibm1047)]
    {
        let bytes = encode_as(text, &form(encoding, RecordForm::Fixed80)).unwrap();
        let found = decode(&bytes, &AUTO).unwrap();
        assert_eq!((found.form.encoding, &*found.text), (encoding, text));
        let asked = decode(&bytes, &options(option, RecordsOption::Auto)).unwrap();
        assert_eq!(asked, found);
    }
    let bytes = encode_as(text, &form(Encoding::Ibm037, RecordForm::Fixed80)).unwrap();
    let wrong = decode(&bytes, &options(EncodingOption::Ibm1047, RecordsOption::Auto)).unwrap();
    assert_eq!(wrong.record(1), Some("PORT 21 TCP FTPD1 ; \u{dd}control\u{a8}"));
}

#[test]
fn positions_are_those_of_the_fixed_ebcdic_record() {
    let bytes = encode_as(PROFILE, &form(Encoding::Ibm1047, RecordForm::Fixed80)).unwrap();
    let source = decode(&bytes, &AUTO).unwrap();
    let at = u32::try_from(source.text.find("443").unwrap()).unwrap();
    let position = source.position(at);
    assert_eq!((position.record, position.column), (5, 6));
    // The same three characters in the original.
    let original = 4 * 80 + 5;
    assert_eq!(bytes[original..original + 3], [0xf4, 0xf4, 0xf3]);
    assert_eq!(source.offset(5, 6), Some(at));
}

#[test]
fn tabs_are_one_column_and_carriage_returns_none() {
    let source = decode(b"A\r\n\tHOME \xc3\xa4 X\r\n", &AUTO).unwrap();
    assert_eq!(&*source.text, "A\n\tHOME ä X\n");
    let x = source.offset(2, 9).unwrap();
    assert_eq!(&source.text[x as usize..=x as usize], "X");
    assert_eq!(source.position(x).column, 9);
    assert_eq!(source.offset(1, 2), Some(1));
    assert_eq!(source.offset(1, 3), None);
    assert_eq!(source.offset(3, 1), Some(u32::try_from(source.text.len()).unwrap()));
    assert_eq!((source.offset(4, 1), source.offset(0, 1), source.offset(1, 0)), (None, None, None));
    assert_eq!(source.records().collect::<Vec<_>>(), ["A", "\tHOME ä X", ""]);
}

#[test]
fn a_changed_text_keeps_its_form() {
    let bytes = encode_as("PORT\n 80 TCP A\n", &form(Encoding::Ibm1047, RecordForm::Fixed80)).unwrap();
    let old = decode(&bytes, &AUTO).unwrap();
    let new = old.changed(old.text.replace("80", "8080"));
    let written = encode(&new).unwrap();
    assert_eq!(written.len(), 160);
    assert_eq!(&*decode(&written, &AUTO).unwrap().text, "PORT\n 8080 TCP A\n");
    let long = SourceText::with_form(format!("; {}\n", "x".repeat(79)), old.form);
    assert_eq!(encode(&long), Err(EncodeError::RecordTooLong { record: 1, bytes: 81 }));
    let foreign = SourceText::with_form("PORT\n;\u{20ac}\n", old.form);
    let error = encode(&foreign).unwrap_err();
    assert_eq!(error.to_string(), "record 2 column 2: ibm-1047 has no character '€'");
}

#[test]
fn a_last_record_without_its_end_stays_so() {
    for bytes in [&b"HOME"[..], b"HOME\r\nX", b"HOME\n\n", b"\n", b"", b"\r\n", b"HOME\r"] {
        let source = decode(bytes, &AUTO).unwrap();
        assert_eq!(encode(&source).unwrap(), bytes, "{bytes:?}");
    }
}

#[test]
fn mixed_line_ends_come_back_and_stay_where_nothing_changed() {
    let bytes = b"A\r\nB\nC\r\nD\r\nE\nF";
    let source = decode(bytes, &AUTO).unwrap();
    assert_eq!((&*source.text, source.form.records), ("A\nB\nC\nD\nE\nF", RecordForm::Lines(LineEnd::CrLf)));
    assert_eq!(source.odd_ends(), [(1, LineEnd::Lf), (4, LineEnd::Lf)]);
    assert_eq!(encode(&source).unwrap(), bytes);
    for (text, expected) in [
        ("A\nB\nCC\nD\nE\nF", &b"A\r\nB\nCC\r\nD\r\nE\nF"[..]),
        ("A\nB\nC\nx\ny\nD\nE\nF", b"A\r\nB\nC\r\nx\r\ny\r\nD\r\nE\nF"),
        ("A\nB\nE\nF", b"A\r\nB\nE\nF"),
        ("A\nB\nC\nD\nE", b"A\r\nB\nC\r\nD\r\nE"),
        ("Z", b"Z"),
        ("", b""),
    ] {
        let changed = source.changed(text);
        assert_eq!(encode(&changed).unwrap(), expected, "{text:?}");
    }
    let ebcdic = [0xc1, 0x15, 0xc2, 0x25, 0xc3, 0x0d, 0x15, 0xc4, 0x15];
    let source = decode(&ebcdic, &AUTO).unwrap();
    assert_eq!((&*source.text, source.form.records), ("A\nB\nC\nD\n", RecordForm::Lines(LineEnd::Ebcdic15)));
    assert_eq!(encode(&source).unwrap(), ebcdic);
}

#[test]
fn one_record_of_80_is_fixed_only_when_padded() {
    let full = "X".repeat(80);
    let line = decode(full.as_bytes(), &AUTO).unwrap();
    assert_eq!(line.form.records, RecordForm::Lines(LineEnd::Lf));
    let padded = format!("{:<80}", "HOME");
    assert_eq!(decode(padded.as_bytes(), &AUTO).unwrap().form.records, RecordForm::Fixed80);
    assert_eq!(decode(&[0x40; 160], &AUTO).unwrap().form, form(Encoding::Ibm1047, RecordForm::Fixed80));
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    let binary = [0x7f, b'E', b'L', b'F', 2, 1, 1, 0, 0, 0];
    let error = decode(&binary, &AUTO).unwrap_err();
    assert_eq!(error, DecodeError::NotText { byte: 0x7f, offset: 0 });
    assert!(error.to_string().contains("neither UTF-8 nor EBCDIC text"), "{error}");
    // ISO 8859-1.
    let latin = decode(b"PORT ; f\xfcr alle\n", &AUTO);
    assert_eq!(latin, Err(DecodeError::NotText { byte: 0xfc, offset: 8 }));
    assert_eq!(decode(b"\xff\xfeH\0O\0", &AUTO), Err(DecodeError::Utf16));
    let utf8 = options(EncodingOption::Utf8, RecordsOption::Auto);
    assert_eq!(decode(b"AB\xc1", &utf8), Err(DecodeError::NotUtf8 { byte: 0xc1, offset: 2 }));
    let fixed = options(EncodingOption::Auto, RecordsOption::Fixed80);
    assert_eq!(decode(b"HOME\n", &fixed), Err(DecodeError::NotFixed80 { bytes: 5 }));
    let mut lines = vec![b' '; 160];
    lines[99] = b'\n';
    assert_eq!(decode(&lines, &fixed), Err(DecodeError::LineEndInFixed80 { record: 2, column: 20 }));
    lines[99] = 0xe4;
    let both = options(EncodingOption::Utf8, RecordsOption::Fixed80);
    assert_eq!(decode(&lines, &both), Err(DecodeError::NotUtf8 { byte: 0xe4, offset: 99 }));
}

#[test]
fn a_stray_control_does_not_make_ebcdic_binary() {
    let text = "; from an old member\nPORT 21 TCP FTPD1\n";
    let mut bytes = encode_as(text, &form(Encoding::Ibm1047, RecordForm::Fixed80)).unwrap();
    bytes[60] = 0x00;
    let source = decode(&bytes, &AUTO).unwrap();
    assert_eq!((source.form.encoding, source.record(2)), (Encoding::Ibm1047, Some("PORT 21 TCP FTPD1")));
    assert_eq!(encode(&source).unwrap(), bytes);
}

#[test]
fn ebcdic_records_of_an_unknown_length_are_refused() {
    let bytes = encode_as(
        &format!("{:<100}{:<133}", "HOME", "START D1"),
        &form(Encoding::Ibm1047, RecordForm::default()),
    )
    .unwrap();
    let error = decode(&bytes, &AUTO).unwrap_err();
    assert_eq!(error, DecodeError::NoLineEnds { bytes: 233 });
    assert!(decode(&bytes, &options(EncodingOption::Auto, RecordsOption::Lines)).is_ok());
    assert!(decode(&bytes[..60], &AUTO).is_ok(), "one short record");
}

#[test]
fn limits_are_kept() {
    let mut long = vec![b'X'; MAX_RECORD_BYTES];
    assert!(decode(&long, &AUTO).is_ok());
    long.splice(0..0, *b"HOME\n");
    long.push(b'X');
    let error = decode(&long, &AUTO).unwrap_err();
    assert_eq!(error, DecodeError::RecordTooLong { record: 2, bytes: MAX_RECORD_BYTES + 1 });
}

/// Texts as editors give them: any characters but lone carriage returns.
fn any_text() -> impl Strategy<Value = String> {
    "([ -~\t]|[^\\x00-\\x1f\\x7f-\\u{9f}]|\n)*"
}

/// Texts that every EBCDIC page can write; no record fills all 80 columns, so that one alone is seen to be
/// padded.
fn host_text() -> impl Strategy<Value = String> {
    proptest::collection::vec("[A-Za-z0-9 ;.,&*:/()=@#$\\[\\]^_-]{0,78}[A-Z0-9]", 1..20)
        .prop_map(|records| records.join("\n") + "\n")
}

proptest! {
    #![proptest_config(property::cases(256))]

    #[test]
    fn any_bytes_give_text_or_an_error(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        encoding in prop_oneof![
            Just(EncodingOption::Auto), Just(EncodingOption::Utf8), Just(EncodingOption::Ibm1047), Just(EncodingOption::Ibm037)
        ],
        records in prop_oneof![Just(RecordsOption::Auto), Just(RecordsOption::Lines), Just(RecordsOption::Fixed80)],
    ) {
        if let Ok(source) = decode(&bytes, &options(encoding, records)) {
            let written = encode(&source).unwrap();
            prop_assert_eq!(&written, &bytes);
            prop_assert_eq!(source.changed(source.text.clone()), source.clone());
            let form = source.form;
            let (encoding, records) = match (form.encoding, form.records) {
                (Encoding::Utf8, RecordForm::Lines(_)) => (EncodingOption::Utf8, RecordsOption::Lines),
                (Encoding::Utf8, RecordForm::Fixed80) => (EncodingOption::Utf8, RecordsOption::Fixed80),
                (Encoding::Ibm1047, RecordForm::Lines(_)) => (EncodingOption::Ibm1047, RecordsOption::Lines),
                (Encoding::Ibm1047, RecordForm::Fixed80) => (EncodingOption::Ibm1047, RecordsOption::Fixed80),
                (Encoding::Ibm037, RecordForm::Lines(_)) => (EncodingOption::Ibm037, RecordsOption::Lines),
                (Encoding::Ibm037, RecordForm::Fixed80) => (EncodingOption::Ibm037, RecordsOption::Fixed80),
            };
            prop_assert_eq!(decode(&written, &options(encoding, records)).unwrap().text, source.text);
        }
    }

    /// Many line ends and few letters, so that they meet in every way.
    #[test]
    fn any_line_ends_come_back(
        text in "[AB\r\n\u{85}]{0,12}",
        ebcdic in proptest::collection::vec(prop_oneof![Just(0xc1_u8), Just(0x0d), Just(0x15), Just(0x25)], 0..12),
        new in "[AB\n]{0,8}",
    ) {
        let host = options(EncodingOption::Ibm1047, RecordsOption::Lines);
        let sources = [(text.as_bytes(), AUTO), (&ebcdic, host)];
        for (bytes, options) in sources {
            let source = decode(bytes, &options).unwrap();
            prop_assert_eq!(encode(&source).unwrap(), bytes);
            let changed = source.changed(new.as_str());
            prop_assert!(changed.odd_ends().is_sorted());
            let written = decode(&encode(&changed).unwrap(), &options).unwrap();
            prop_assert_eq!(written.text.replace('\u{85}', "\n"), new.clone());
        }
    }

    #[test]
    fn bytes_of_a_host_come_back(bytes in proptest::collection::vec(0x40_u8..0xff, 0..400)) {
        for encoding in [EncodingOption::Ibm1047, EncodingOption::Ibm037] {
            let source = decode(&bytes, &options(encoding, RecordsOption::Lines)).unwrap();
            prop_assert_eq!(encode(&source).unwrap(), bytes.clone());
        }
    }

    #[test]
    fn text_through_ebcdic_fixed_records_has_the_same_places(text in host_text()) {
        for encoding in [Encoding::Ibm1047, Encoding::Ibm037] {
            let bytes = encode_as(&text, &form(encoding, RecordForm::Fixed80)).unwrap();
            prop_assert_eq!(bytes.len() % 80, 0);
            let option = if encoding == Encoding::Ibm037 { EncodingOption::Ibm037 } else { EncodingOption::Ibm1047 };
            let source = decode(&bytes, &options(option, RecordsOption::Auto)).unwrap();
            prop_assert_eq!(&*source.text, text.as_str());
            let plain = SourceText::new(&text);
            prop_assert_eq!(source.record_starts(), plain.record_starts());
        }
    }

    #[test]
    fn positions_and_offsets_are_inverse(text in any_text()) {
        let source = SourceText::new(&text);
        let text = source.text.clone();
        for at in text.char_indices().map(|(at, _)| at).chain([text.len()]) {
            let at = u32::try_from(at).unwrap();
            let position = source.position(at);
            prop_assert_eq!(source.offset(position.record, position.column), Some(at));
            let before = &text[..at as usize];
            prop_assert_eq!(position.record as usize, before.matches('\n').count() + 1);
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            prop_assert_eq!(position.column as usize, before[start..].chars().count() + 1);
        }
        prop_assert_eq!(source.records().count(), source.record_starts().len());
    }

    #[test]
    fn any_offset_has_a_position(text in any_text(), at in any::<u32>()) {
        let source = SourceText::new(&text);
        let position = source.position(at % 500);
        prop_assert!(position.offset as usize <= source.text.len());
        prop_assert!(source.record(position.record).is_some());
    }
}
