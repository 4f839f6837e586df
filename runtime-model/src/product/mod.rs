//! The decision tables of the product, one file a topic, over the same state as those of the founding documents.
//!
//! Each question carries the section of the dialect's description of the running sysplex that it comes from, such as
//! `04:1.10`. What that description leaves unconfirmed is a named [`crate::Assumption`].

mod chain;
pub(crate) mod conflict;
mod distribution;
mod handover;
pub(crate) mod methods;
pub(crate) mod monitor;
mod stand_in;
pub(crate) mod state;
mod succession;
pub(crate) mod targets;
pub mod vdpt;
pub mod view;

pub use state::Membership;

use crate::founding::{TABLES as FOUNDING, distribution as founding};
use crate::tables::Tables;

/// The whole set.
pub const TABLES: Tables = Tables {
    name: "product",
    // Source addresses, ports and bind (04 sections 2 to 4).
    source: stand_in::source,
    port: stand_in::port,
    choose: stand_in::choose,
    bind_port: stand_in::bind_port,
    bind_address: stand_in::bind_address,
    // Ownership (04 section 1).
    settle: chain::settle,
    may_take: chain::may_take,
    rejects: conflict::statement_rejected,
    waits: handover::waits,
    on_loss: handover::on_loss,
    on_end: handover::on_end,
    is_over: handover::is_over,
    create: conflict::create,
    delete: conflict::delete,
    deactivate: monitor::deactivate,
    join_delay: monitor::join_delay,
    // Distribution (04 section 5).
    reported: founding::reported,
    unique: distribution::unique,
    route: distribution::route,
    listener: methods::listener,
    turns: targets::turns,
    product_state: true,
    ..FOUNDING
};
