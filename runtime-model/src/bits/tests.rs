//! Sets of ports against the obvious ones.

use super::*;

#[test]
fn a_set_that_is_emptied_is_the_empty_set() {
    for fill in [false, true] {
        let mut bits = Bits::new(fill);
        assert!(bits.insert(2000));
        assert!(!bits.insert(2000));
        assert!(bits.insert(65535));
        assert_eq!(bits.iter().collect::<Vec<_>>(), [2000, 65535]);
        assert!(bits.remove(2000) && bits.remove(65535));
        assert_eq!(bits, Bits::new(fill));
    }
}

#[test]
fn a_set_holds_what_a_plain_set_holds_whether_few_or_many() {
    let hash = |bits: &Bits| {
        let mut hasher = std::collections::hash_map::DefaultHasher::new();
        bits.hash(&mut hasher);
        hasher.finish()
    };
    let mut plain = std::collections::BTreeSet::new();
    let mut bits = Bits::new(true);
    let mut word = 7u32;
    for step in 0..4_000 {
        word = word.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // Long stretches of growing and of shrinking, across the border between few and many.
        let port = u16::try_from(word >> 27).unwrap() * 2_000;
        if (step / 40) % 2 == 0 {
            assert_eq!(bits.insert(port), plain.insert(port));
        } else {
            assert_eq!(bits.remove(port), plain.remove(&port));
        }
        assert!(bits.iter().eq(plain.iter().copied()));
        assert_eq!((bits.len() as usize, bits.is_empty()), (plain.len(), plain.is_empty()));
        let lowest = (2_000..).find(|port| !plain.contains(port));
        assert_eq!(Bits::lowest_free(&[&bits], &[], 2_000, u16::MAX), lowest);
        let mut again = Bits::new(true);
        for port in &plain {
            again.insert(*port);
        }
        assert_eq!((&again, hash(&again)), (&bits, hash(&bits)));
    }
}

#[test]
fn recovery_by_or_and_by_and_frees_the_same_ports() {
    for one_is_available in [true, false] {
        let (mut cluster, mut stack) = (Bits::new(one_is_available), Bits::new(!one_is_available));
        for port in [1025, 1026, 40000] {
            cluster.insert(port);
        }
        for port in [1026, 40000] {
            stack.insert(port);
        }
        cluster.combine(&stack, if one_is_available { Combine::Or } else { Combine::And });
        assert_eq!(cluster.iter().collect::<Vec<_>>(), [1025]);
    }
}

#[test]
fn the_last_free_port_is_found() {
    let mut bits = Bits::new(true);
    for port in 1025..=65535 {
        bits.insert(port);
    }
    assert_eq!(Bits::lowest_free(&[&bits], &[], 1025, 65535), None);
    bits.remove(65535);
    assert_eq!(Bits::lowest_free(&[&bits], &[], 1025, 65535), Some(65535));
    assert_eq!(Bits::lowest_free(&[&bits], &[65535], 1025, 65535), None);
    assert_eq!(bits.len(), 64510);
}
