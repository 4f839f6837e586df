//! Each limit of the description, with a value inside that is taken and one outside that is reported.

use std::collections::BTreeSet;

use vipa_grammar::STATEMENTS;
use vipa_grammar::description::{Node, Slot, Type};

use crate::text::{Wish, errors, lands, sample, text, walk};

/// Second forms of an operand, which a generated value cannot tell from the first: their cases are written, in the specs of the statements.
const WRITTEN: &[&str] =
    &["AUTOLOG qualified", "GLOBALCONFIG permit-mask", "GLOBALCONFIG exclude-mask", "SACONFIG secret-any"];

/// Values just inside and just outside the limits of a type. Outside is empty where every word is possible, or none of its form is wrong.
fn limits(kind: Type) -> (Vec<String>, Vec<String>) {
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    match kind {
        Type::Number(low, high) | Type::Size(low, high) => {
            let mut outside = Vec::new();
            outside.extend(low.checked_sub(1).map(|value| value.to_string()));
            outside.extend(high.checked_add(1).map(|value| value.to_string()));
            (vec![low.to_string(), high.to_string()], outside)
        }
        Type::Decimal(low, high) => {
            let written = |value: u64| format!("{}.{:03}", value / 1000, value % 1000);
            let mut outside = vec![written(high + 1)];
            outside.extend(low.checked_sub(1).map(written));
            (vec![written(low), written(high)], outside)
        }
        Type::Among(values) => {
            let outside = values.iter().map(|value| value + 1).find(|value| !values.contains(value));
            (values.iter().map(u64::to_string).collect(), outside.iter().map(u64::to_string).collect())
        }
        Type::Setting(setting) => {
            let key = setting.full;
            let inside = setting.values.iter().map(|kind| format!("{key}={}", sample(*kind))).collect();
            (inside, vec![format!("{key}=")])
        }
        Type::Hex(digits) => (vec!["F".repeat(digits.into())], vec!["F".repeat(usize::from(digits) + 1)]),
        Type::Ipv4 | Type::Ip => (texts(&["0.0.0.0", "255.255.255.255"]), texts(&["192.0.2.256", "192.0.2"])),
        Type::Ipv6 => (texts(&["::", "2001:db8::1"]), texts(&["2001:db8::12345"])),
        Type::Mask => (texts(&["255.255.255.255", "255.128.0.0"]), texts(&["255.0.255.0"])),
        Type::Ipv4Net => (texts(&["192.0.2.0/0", "192.0.2.1/32"]), texts(&["192.0.2.0/33"])),
        Type::Ipv4OrNet => (texts(&["192.0.2.0/32", "192.0.2.1"]), texts(&["192.0.2.0/33", "192.0.2.999"])),
        Type::Ipv6Net => (texts(&["2001:db8::/128", "::/0"]), texts(&["2001:db8::/129"])),
        Type::Ipv6OrNet => (texts(&["2001:db8::/128", "2001:db8::1"]), texts(&["2001:db8::/129"])),
        Type::IpOrNet => {
            (texts(&["192.0.2.0/32", "2001:db8::/128"]), texts(&["192.0.2.0/33", "2001:db8::/129"]))
        }
        Type::Name(length) => (vec!["Q".repeat(length.into())], vec!["Q".repeat(usize::from(length) + 1)]),
        Type::Job | Type::JobPattern => (vec!["Q".repeat(8)], vec!["Q".repeat(9)]),
        Type::Ipv4Range => (texts(&["192.0.2.1-192.0.2.1"]), texts(&["192.0.2.1-192.0.2.256"])),
        Type::Ipv6Range => (texts(&["2001:db8::1-2001:db8::2"]), texts(&["2001:db8::1-2001:db8::12345"])),
        Type::PortRange => (texts(&["1", "1-65535"]), texts(&["0", "65536", "90-80"])),
        Type::Time => (texts(&["00:00", "23:59"]), texts(&["24:00"])),
        Type::Resource => (texts(&["Q", "$ABCDEF1"]), texts(&["QQQQQQQQQ", "1Q"])),
        Type::InterfaceId => (texts(&["0:0:0:1", "ffff:ffff:ffff:ffff"]), texts(&["1:2:3", "1:2:3:4:5"])),
        Type::Mac => (texts(&["0123456789AB"]), texts(&["0123456789A"])),
        Type::Text | Type::Word | Type::Dsname | Type::Exactly(_) => (vec![sample(kind)], vec![]),
    }
}

#[test]
fn every_limit_has_a_value_that_is_taken_and_one_that_is_reported() {
    let (mut limited, mut inside, mut outside) = (0, 0, 0);
    let mut missing = Vec::new();
    for desc in STATEMENTS {
        let mut seen = BTreeSet::new();
        let mut found: Vec<(Slot, Type)> = Vec::new();
        walk(&desc.syntax, &mut Vec::new(), &mut |node, _| {
            if let Node::Operand(slot, kind) = node
                && seen.insert(*slot)
            {
                found.push((*slot, *kind));
            }
        });
        for (slot, kind) in found {
            let name = format!("{} {}", desc.name, desc.slot_desc(slot).unwrap().name);
            let (good, bad) = limits(kind);
            limited += usize::from(!bad.is_empty());
            let (mut taken, mut reported) = (0, 0);
            for value in good {
                let body = text(&desc.syntax, &[Wish::new(slot, &value)]);
                let body = body.unwrap_or_else(|| panic!("no case reaches {name}"));
                // What looks like something else may land elsewhere; where it lands here it is right.
                if lands(desc, &body, slot, &value) {
                    let wrong = errors(desc, &body);
                    assert!(wrong.is_empty(), "{} {body}: {wrong:?}", desc.name);
                    taken += 1;
                }
            }
            for value in &bad {
                let body = text(&desc.syntax, &[Wish::new(slot, value)]).unwrap();
                if !errors(desc, &body).is_empty() {
                    reported += 1;
                } else {
                    assert!(!lands(desc, &body, slot, value), "{} {body} is not reported", desc.name);
                }
            }
            let written = WRITTEN.contains(&name.as_str());
            if !written && (taken == 0 || (reported == 0 && !bad.is_empty())) {
                missing.push(format!("{name} {kind:?}: {taken} taken, {reported} reported"));
            }
            inside += taken;
            outside += reported;
        }
    }
    println!("{limited} limits: {inside} values inside are taken, {outside} outside are reported");
    assert!(missing.is_empty(), "without a case of each kind: {missing:#?}");
}
