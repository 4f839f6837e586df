//! The literal forms of operands: addresses, masks, numbers, names.
//!
//! Forgiving where real profiles are: octets may have leading zeros (06:D18).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `a.b.c.d`, each part 0 to 255, leading zeros allowed.
#[must_use]
pub fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let (mut address, mut part, mut digits, mut dots) = (0u32, 0u32, 0u32, 0u32);
    for byte in text.bytes() {
        if byte.is_ascii_digit() {
            // A part of too many digits is refused by their number.
            part = part.wrapping_mul(10).wrapping_add(u32::from(byte - b'0'));
            digits += 1;
            continue;
        }
        if byte != b'.' || !(1..=4).contains(&digits) || part > 255 || dots == 3 {
            return None;
        }
        address = address << 8 | part;
        (part, digits, dots) = (0, 0, dots + 1);
    }
    (dots == 3 && (1..=4).contains(&digits) && part <= 255).then(|| Ipv4Addr::from(address << 8 | part))
}

/// Colon-hex with `::`.
#[must_use]
pub fn ipv6(text: &str) -> Option<Ipv6Addr> {
    if text.contains(':') { text.parse().ok() } else { None }
}

/// Either family.
#[must_use]
pub fn ip(text: &str) -> Option<IpAddr> {
    ipv4(text).map(IpAddr::V4).or_else(|| ipv6(text).map(IpAddr::V6))
}

/// A dotted mask: ones, then zeros. The length of the prefix, 0 to 32.
#[must_use]
pub fn mask(text: &str) -> Option<u8> {
    let bits = u32::from(ipv4(text)?);
    let length = bits.leading_ones();
    (bits.checked_shl(length).unwrap_or(0) == 0).then(|| u8::try_from(length).unwrap_or(32))
}

/// `address/bits` with the bits within the family's range.
#[must_use]
pub fn net(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = halves(text, b'/')?;
    let address = ip(address)?;
    let bits = u8::try_from(number(bits)?).ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    (bits <= most).then_some((address, bits))
}

/// What stands before and behind the first of a byte; operands are too short for a search in words.
fn halves(text: &str, at: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..place)?, text.get(place + 1..)?))
}

/// Unsigned decimal.
#[must_use]
pub fn number(text: &str) -> Option<u64> {
    let mut number = 0_u64;
    // So many digits are never too many.
    let short = text.len() < 19;
    for byte in text.bytes() {
        let digit = u64::from(byte.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        number = if short {
            number.wrapping_mul(10).wrapping_add(digit)
        } else {
            number.saturating_mul(10).saturating_add(digit)
        };
    }
    (!text.is_empty()).then_some(number)
}

/// `n` or `n-m`, each 1 to 65535 and in order.
#[must_use]
pub fn port_range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = halves(text, b'-').unwrap_or((text, text));
    let first = u16::try_from(number(first)?).ok()?;
    let last = u16::try_from(number(last)?).ok()?;
    (first >= 1 && first <= last).then_some((first, last))
}

/// `address-address`, both of one family, in whatever order.
#[must_use]
pub fn ip_range(text: &str) -> Option<(IpAddr, IpAddr)> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (ip(first)?, ip(last)?);
    (first.is_ipv4() == last.is_ipv4()).then_some((first, last))
}

/// A number with K or M behind it, or alone; in bytes.
#[must_use]
pub fn size(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    if let Some(kilo) = lower.strip_suffix('k') {
        number(kilo)?.checked_mul(1024)
    } else if let Some(mega) = lower.strip_suffix('m') {
        number(mega)?.checked_mul(1024 * 1024)
    } else {
        number(&lower)
    }
}

/// A decimal fraction in thousandths; further digits are cut off.
#[must_use]
pub fn decimal(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let part: u64 = format!("{part:0<3}").get(..3)?.parse().ok()?;
    number(whole)?.checked_mul(1000)?.checked_add(part)
}

/// `hh:mm`, as minutes.
#[must_use]
pub fn time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < 24 && minutes < 60).then(|| u16::try_from(hours * 60 + minutes).unwrap_or(0))
}

/// Whether a text is an MVS name: letter or national character first, then those and digits, 1 to `longest` of them.
#[must_use]
pub fn mvs_name(text: &str, longest: usize) -> bool {
    let national = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'$' | b'#' | b'@');
    let mut bytes = text.bytes();
    bytes.next().is_some_and(national)
        && bytes.all(|byte| national(byte) || byte.is_ascii_digit())
        && text.len() <= longest
}

/// Whether a pattern with `*` (any run) and `?` (one character) covers a name; case does not count.
#[must_use]
pub fn pattern_covers(pattern: &str, name: &str) -> bool {
    fn covers(pattern: &[u8], name: &[u8]) -> bool {
        match (pattern.split_first(), name.split_first()) {
            (None, None) => true,
            (Some((b'*', rest)), _) => {
                covers(rest, name) || name.split_first().is_some_and(|(_, behind)| covers(pattern, behind))
            }
            (Some((b'?', rest)), Some((_, behind))) => covers(rest, behind),
            (Some((one, rest)), Some((other, behind))) => {
                one.eq_ignore_ascii_case(other) && covers(rest, behind)
            }
            (None, Some(_)) | (Some(_), None) => false,
        }
    }
    covers(pattern.as_bytes(), name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_may_have_leading_zeros() {
        assert_eq!(ipv4("192.0.02.013"), Some(Ipv4Addr::new(192, 0, 2, 13)));
        assert_eq!(ipv4("192.0.2"), None);
        assert_eq!(ipv4("192.0.2.256"), None);
        assert_eq!(ipv4("192.0.2.1.1"), None);
        assert_eq!(ipv4("192..2.1"), None);
    }

    #[test]
    fn a_mask_is_ones_then_zeros() {
        assert_eq!(mask("255.255.255.0"), Some(24));
        assert_eq!(mask("255.255.255.255"), Some(32));
        assert_eq!(mask("0.0.0.0"), Some(0));
        assert_eq!(mask("255.0.255.0"), None);
    }

    #[test]
    fn patterns_cover_like_the_port_statement() {
        assert!(pattern_covers("WEB*", "WEBSRV1"));
        assert!(pattern_covers("A?B*C", "AXBYYC"));
        assert!(!pattern_covers("A?B*C", "ABC"));
        assert!(pattern_covers("*", "X"));
        assert!(!pattern_covers("FTPD", "FTPD1"));
    }

    #[test]
    fn ranges_are_in_order() {
        assert_eq!(port_range("20-21"), Some((20, 21)));
        assert_eq!(port_range("443"), Some((443, 443)));
        assert_eq!(port_range("21-20"), None);
        assert_eq!(port_range("0"), None);
        assert_eq!(port_range("70000"), None);
    }
}
