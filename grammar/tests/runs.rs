//! Several statements of the top level in one section mean what each means by itself.
#![allow(missing_docs)]

#[path = "../../tests/property/mod.rs"]
mod property;

use proptest::prelude::*;
use vipa_grammar::parse::{Dialect, parse, parse_runs};
use vipa_grammar::tree::{ErrorKind, EventKind, Span};

/// A statement name, a keyword, a value or a piece of layout.
fn word() -> impl Strategy<Value = String> {
    let mut names: Vec<String> = Vec::new();
    for desc in vipa_grammar::STATEMENTS {
        names.push(desc.name.to_owned());
        names.extend(desc.end.iter().map(|end| end.full.to_owned()));
        names.extend(desc.slots.iter().map(|slot| slot.name.to_owned()));
    }
    let tops: Vec<&str> = vec![
        "\nDEVICE D1 VIRTUAL 0 ",
        "\nHOME 192.0.2.1 L1 ",
        "\nVIPADYNAMIC VIPADEFINE 255.255.255.0 &DVIPA. ENDVIPADYNAMIC ",
        "\nPORT 21 TCP FTPD\n 22 TCP ",
        "\nAUTOLOG 5\n FTPD\n INCLUDE A.B\n",
        "\nINCLUDE NET.COMMON ",
        "\nSTRAT OSA1 ",
        "\nENDAUTOLOG ",
        "\nLINK &L. VIRTUAL 0 D1 ",
    ];
    prop_oneof![
        4 => prop::sample::select(tops).prop_map(str::to_owned),
        2 => prop::sample::select(names).prop_map(|name| format!("{name} ")),
        2 => prop::sample::select(vec!["10.0.0.1 ", "443 ", "NAME1 ", "&SYM. ", "\"x y\" ", "\"x", "= "])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\n", "\n  ", "; comment\n", ";glued\n"]).prop_map(str::to_owned),
    ]
}

fn moved(span: Span, by: u32) -> Span {
    Span { start: span.start + by, len: span.len }
}

proptest! {
    #![proptest_config(property::cases(512))]
    #[test]
    fn a_run_is_its_sections(words in prop::collection::vec(word(), 0..40), every in 1_usize..9, host in 0_usize..40) {
        let text = words.concat();
        let inside = vipa_grammar::STATEMENTS.get(host).filter(|desc| desc.end.is_some()).map(|desc| desc.id);
        for dialect in [Dialect::Zos, Dialect::Founding] {
            let alone = vipa_grammar::parse::parse_inside(&text, dialect, inside).sections;
            let mut count = 0;
            let runs = parse_runs(&text, dialect, inside, &mut |_| { count += 1; count % every == 0 });
            let mut sections = alone.iter();
            for run in &runs {
                prop_assert!(!run.heads.is_empty());
                prop_assert!(run.heads.len() == 1 || !run.section.symbols);
                let (mut first, mut wrong) = (0, 0);
                for head in &run.heads {
                    let placed = sections.next().unwrap();
                    let section = &placed.section;
                    let base = head.extent.start;
                    prop_assert_eq!(placed.start, run.start + base);
                    prop_assert_eq!(run.section.text_of(head.extent), &*section.text);
                    prop_assert_eq!(section.symbols, run.section.symbols);
                    prop_assert_eq!(section.inside, run.section.inside);
                    prop_assert_eq!(head.stmts as usize - first, section.stmts.len());
                    for (index, stmt) in section.stmts.iter().enumerate() {
                        let other = run.section.view(first + index).unwrap();
                        prop_assert_eq!(other.stmt.id, stmt.id);
                        prop_assert_eq!(other.stmt.known, stmt.known);
                        prop_assert_eq!(other.stmt.name, moved(stmt.name, base));
                        prop_assert_eq!(other.stmt.extent, moved(stmt.extent, base));
                        prop_assert_eq!(other.stmt.end, stmt.end.map(|end| moved(end, base)));
                        prop_assert_eq!(other.stmt.parent, stmt.parent.map(|parent| parent + u32::try_from(first).unwrap()));
                        let events = |section: &vipa_grammar::tree::Section, (start, end): (u32, u32), by: u32| {
                            let events = section.events.get(start as usize..end as usize).unwrap().iter();
                            events.map(|event| {
                                let span = if event.kind == EventKind::Token { moved(event.span, by) } else { event.span };
                                (event.kind, event.slot, span)
                            }).collect::<Vec<_>>()
                        };
                        prop_assert_eq!(events(&run.section, other.stmt.events, 0), events(section, stmt.events, base));
                    }
                    prop_assert_eq!(head.errors as usize - wrong, section.errors.len());
                    for (index, error) in section.errors.iter().enumerate() {
                        let other = &run.section.errors[wrong + index];
                        prop_assert_eq!(other.stmt as usize, error.stmt as usize + first);
                        prop_assert_eq!(other.span, moved(error.span, base));
                        let mut kind = error.kind.clone();
                        if let ErrorKind::NotClosed { before: Some((span, _)), .. } = &mut kind {
                            *span = moved(*span, base);
                        }
                        prop_assert_eq!(&other.kind, &kind);
                    }
                    (first, wrong) = (head.stmts as usize, head.errors as usize);
                }
            }
            prop_assert!(sections.next().is_none());
        }
    }
}

#[test]
fn statements_with_symbols_have_runs_of_their_own() {
    let text = "DEVICE A VIRTUAL 0\nDEVICE B VIRTUAL 0\nDEVICE &C. VIRTUAL 0\nDEVICE D VIRTUAL 0\n";
    let runs = parse_runs(text, Dialect::Zos, None, &mut |_| false);
    let texts: Vec<&str> = runs.iter().map(|run| &*run.section.text).collect();
    assert_eq!(
        texts,
        ["DEVICE A VIRTUAL 0\nDEVICE B VIRTUAL 0", "DEVICE &C. VIRTUAL 0", "DEVICE D VIRTUAL 0"]
    );
    assert_eq!(parse(text, Dialect::Zos).sections.len(), 4);
}
