//! The statements, one room each: the typed form, how it is read from the tree, and what applying it does.
//!
//! Registration is generated from the folder. A room has `Typed`, `read` and `Typed::apply`; `Part` is what it keeps in the
//! configuration of a stack.

use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::Apply;
use crate::read::Read;

include!(concat!(env!("OUT_DIR"), "/statements.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    /// What a stack may have many thousands of: one more byte is one more step of the allocator for each of them.
    #[test]
    fn entries_of_long_lists_stay_small() {
        for (what, bytes, most) in [
            ("LINK", size_of::<link::Link>(), 64),
            ("DEVICE", size_of::<device::Device>(), 48),
            ("HOME", size_of::<home::Entry>(), 48),
            ("ROUTE", size_of::<route::Route>(), 112),
            ("PORT", size_of::<reservation::Reservation>(), 112),
        ] {
            assert!(bytes <= most, "{what} takes {bytes} bytes, not {most}");
        }
    }
}
