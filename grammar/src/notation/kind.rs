//! Types of operands, from the notation to Rust.

use pest::iterators::Pair;

use super::Rule;

/// A value behind an equals sign.
pub(super) fn value_of(pair: Pair<'_, Rule>) -> Result<String, String> {
    let value = pair.into_inner().next().ok_or("empty value")?;
    if value.as_rule() != Rule::kind {
        return Ok(format!("Type::Exactly({:?})", value.as_str().trim_matches('"')));
    }
    let mut inner = value.into_inner();
    let kind = inner.next().ok_or("no type")?.as_str().to_owned();
    let args: Vec<String> = inner
        .next()
        .map(|args| args.into_inner().map(|arg| arg.as_str().replace(' ', "")).collect())
        .unwrap_or_default();
    kind_of(&kind, &args)
}

/// Bytes of a size as it is written.
fn bytes(text: &str) -> Result<u64, String> {
    let (number, unit) = match (text.strip_suffix('K'), text.strip_suffix('M')) {
        (Some(number), _) => (number, 1024),
        (None, Some(number)) => (number, 1024 * 1024),
        (None, None) => (text, 1),
    };
    number.parse::<u64>().map(|value| value * unit).map_err(|_| format!("{text} is no size"))
}

/// Thousandths of a decimal fraction as it is written.
fn thousandths(text: &str) -> Result<u64, String> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{:0<3}", part);
    digits.parse().map_err(|_| format!("{text} is no decimal number"))
}

/// The Rust literal of a type.
pub(super) fn kind_of(kind: &str, args: &[String]) -> Result<String, String> {
    let first = args.first().map(String::as_str);
    let range = |default: &str| -> Result<String, String> {
        let (low, high) = first.unwrap_or(default).split_once("..").ok_or("a number wants (low..high)")?;
        Ok(format!("Type::Number({low}, {high})"))
    };
    Ok(match kind {
        "number" => range("0..18446744073709551615")?,
        "port" => range("1..65535")?,
        "hex" => format!("Type::Hex({})", first.unwrap_or("4")),
        "name" => format!("Type::Name({})", first.unwrap_or("16")),
        "ipv4" => "Type::Ipv4".to_owned(),
        "ipv6" => "Type::Ipv6".to_owned(),
        "ip" => "Type::Ip".to_owned(),
        "mask" => "Type::Mask".to_owned(),
        "ipv4-net" => "Type::Ipv4Net".to_owned(),
        "ipv4-or-net" => "Type::Ipv4OrNet".to_owned(),
        "ipv6-net" => "Type::Ipv6Net".to_owned(),
        "ipv6-or-net" => "Type::Ipv6OrNet".to_owned(),
        "ipv4-range" => "Type::Ipv4Range".to_owned(),
        "ipv6-range" => "Type::Ipv6Range".to_owned(),
        "ip-or-net" => "Type::IpOrNet".to_owned(),
        "job" => "Type::Job".to_owned(),
        "job-pattern" => "Type::JobPattern".to_owned(),
        "port-range" => "Type::PortRange".to_owned(),
        "size" => {
            let (low, high) = first.unwrap_or("0..").split_once("..").ok_or("a size wants (low..high)")?;
            format!("Type::Size({}, {})", bytes(low)?, if high.is_empty() { u64::MAX } else { bytes(high)? })
        }
        "decimal" => {
            let (low, high) =
                first.and_then(|range| range.split_once("..")).ok_or("decimal wants (low..high)")?;
            format!("Type::Decimal({}, {})", thousandths(low)?, thousandths(high)?)
        }
        "among" => format!("Type::Among(&[{}])", args.join(", ")),
        "time" => "Type::Time".to_owned(),
        "text" => "Type::Text".to_owned(),
        "word" => "Type::Word".to_owned(),
        "dsname" => "Type::Dsname".to_owned(),
        "resource" => "Type::Resource".to_owned(),
        "interface-id" => "Type::InterfaceId".to_owned(),
        "mac" => "Type::Mac".to_owned(),
        other => return Err(format!("unknown type {other}")),
    })
}
