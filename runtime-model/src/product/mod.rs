//! The decision tables of the product, one file a topic, over the same state as those of the founding documents.
//!
//! Each question carries the section of the dialect's description of the running sysplex that it comes from, such as
//! `04:1.10`. What that description leaves unconfirmed is a named [`crate::Assumption`].

mod stand_in;

use crate::founding::TABLES as FOUNDING;
use crate::tables::Tables;

/// The whole set.
pub const TABLES: Tables = Tables {
    name: "product",
    // Source addresses, ports and bind (04 sections 2 to 4).
    source: stand_in::source,
    port: stand_in::port,
    choose: stand_in::choose,
    bind_port: stand_in::bind_port,
    ..FOUNDING
};
