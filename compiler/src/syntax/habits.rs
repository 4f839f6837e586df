//! What people are used to type elsewhere, and how it is written here.

use grammar::description::{SlotKind, Type};
use grammar::tree::{Span, StmtView, Word};
use grammar::values;

/// Says how a token that fits nothing was probably meant, from the token and from what stands in front of it.
pub(super) fn hint(view: &StmtView<'_>, token: &str, at: Span) -> Option<String> {
    if let Some(hint) = by_itself(token) {
        return Some(hint);
    }
    let before: Vec<_> = view.parts.tokens().filter(|(_, word)| word.span.end() <= at.start).collect();
    let (slot, last) = before.last()?;
    let kind = view.desc().and_then(|desc| desc.slot_desc(*slot)).map(|slot| slot.kind);
    let takes_bits = matches!(
        kind,
        Some(SlotKind::Operand(Type::Ipv4Net | Type::Ipv4OrNet | Type::Ipv6OrNet | Type::IpOrNet))
    );
    match values::mask(token) {
        Some(bits) if takes_bits && last.ipv4().is_some() => {
            return Some(format!("a mask is written as bits behind the address: `{}/{bits}`", last.text()));
        }
        _ => {}
    }
    if matches!(token, "K" | "M" | "G" | "k" | "m" | "g") && values::number(last.text()).is_some() {
        return Some(format!("a size is one word: `{}{}`", last.text(), token.to_ascii_uppercase()));
    }
    let wrong = before.iter().map(|(_, word)| word).find(|word| nearly_a_mask(word))?;
    Some(format!("{} is no subnet mask, as its bits are not in one run", wrong.text()))
}

fn by_itself(token: &str) -> Option<String> {
    if token == "*" {
        return Some("a comment begins with a semicolon, not with an asterisk".to_owned());
    }
    if let Some(opener) = ["/*", "//", "--", "#"].into_iter().find(|opener| token.starts_with(opener)) {
        return Some(format!("a comment begins with a semicolon, not with `{opener}`"));
    }
    token.contains(',').then(|| "operands have blanks between them, no commas".to_owned())
}

/// An address that begins like a mask and is none.
fn nearly_a_mask(word: &Word<'_>) -> bool {
    word.text().starts_with("255.") && word.ipv4().is_some() && values::mask(word.text()).is_none()
}
