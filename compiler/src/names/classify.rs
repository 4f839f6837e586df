//! What each operand of each statement names.

use grammar::description::{SlotDesc, SlotKind, Type};
use grammar::tree::StmtView;

use super::{Kind, Role};

/// What an operand of a statement names, if it names anything; `defines` says whether an INTERFACE statement brings one into being.
pub(super) fn classify(statement: &str, slot: &SlotDesc, defines: bool) -> Option<(Kind, Role)> {
    let role = |yes: bool| if yes { Role::Definition } else { Role::Reference };
    Some(match (statement, slot.name) {
        ("DEVICE", "device") => (Kind::Device, Role::Definition),
        ("LINK", "link") => (Kind::Link, Role::Definition),
        ("LINK", "device") | ("DELETE", "device-name") => (Kind::Device, Role::Reference),
        ("DELETE", "link-name")
        | ("HOME" | "BSDROUTINGPARMS" | "TRANSLATE" | "GATEWAY" | "PKTTRACE", "link") => {
            (Kind::Link, Role::Reference)
        }
        ("INTERFACE", "interface") => (Kind::Interface, role(defines)),
        ("INTERFACE", "address" | "address6" | "vipa") => (Kind::Address, role(defines)),
        ("INTERFACE", "source-vipa") | ("IPCONFIG" | "IPCONFIG6", "vipa") => {
            (Kind::LinkOrInterface, Role::Reference)
        }
        ("VIPADEFINE" | "VIPARANGE", "interface") => (Kind::Interface, Role::Definition),
        ("VIPABACKUP", "interface") => (Kind::Interface, Role::Declaration),
        ("VIPADISTRIBUTE" | "VIPADELETE" | "SRCIP" | "PKTTRACE", "interface") | ("IPCONFIG6", "source") => {
            (Kind::Interface, Role::Reference)
        }
        ("ROUTE" | "PRIMARYINTERFACE", "interface") => (Kind::LinkOrInterface, Role::Reference),
        ("START" | "STOP", "object") => (Kind::DeviceOrInterface, Role::Reference),
        ("HOME" | "VIPADEFINE", "address" | "address6") | ("IPCONFIG" | "IPCONFIG6", "xcf" | "xcf-net") => {
            (Kind::Address, Role::Definition)
        }
        ("VIPABACKUP", "address" | "address6" | "plain6") => (Kind::Address, Role::Declaration),
        // Networks, and addresses that no stack has.
        ("VIPARANGE" | "NETACCESS" | "VIPASMPARMS", _) => return None,
        ("AUTOLOG", "procedure") => (Kind::Job, Role::Declaration),
        ("INCLUDE", "dataset") => (Kind::DataSet, Role::Reference),
        _ => (by_type(slot)?, Role::Reference),
    })
}

fn by_type(slot: &SlotDesc) -> Option<Kind> {
    match slot.kind {
        SlotKind::Operand(kind) => of_type(kind),
        SlotKind::Keyword | SlotKind::Group => None,
    }
}

fn of_type(kind: Type) -> Option<Kind> {
    match kind {
        Type::Ipv4 | Type::Ipv6 | Type::Ip | Type::Ipv4OrNet | Type::Ipv6OrNet | Type::IpOrNet => {
            Some(Kind::Address)
        }
        Type::Job | Type::JobPattern => Some(Kind::Job),
        Type::Setting(setting) => setting.values.iter().find_map(|value| of_type(*value)),
        Type::Number(..)
        | Type::Hex(_)
        | Type::Mask
        | Type::Ipv4Net
        | Type::Ipv6Net
        | Type::Name(_)
        | Type::Ipv4Range
        | Type::Ipv6Range
        | Type::PortRange
        | Type::Size(..)
        | Type::Decimal(..)
        | Type::Among(_)
        | Type::Exactly(_)
        | Type::Time
        | Type::Text
        | Type::Word
        | Type::Dsname
        | Type::Resource
        | Type::InterfaceId
        | Type::Mac => None,
    }
}

/// Whether a statement brings into being what it names first.
pub(crate) fn defines(view: &StmtView<'_>) -> bool {
    let Some(desc) = view.desc() else { return false };
    ["DEFINE", "ADDADDR"].iter().any(|word| desc.slot(word).is_some_and(|(slot, _)| view.parts.has(slot)))
}
