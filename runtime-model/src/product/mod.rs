//! The decision tables of the product, one file a topic, over the same state as those of the founding documents.
//!
//! Each question carries the section of the dialect's description of the running sysplex that it comes from, such as
//! `04:1.10`. What that description leaves unconfirmed is a named [`crate::Assumption`].

mod bind;
mod bind_access;
mod chain;
pub(crate) mod conflict;
pub mod counts;
mod distribution;
mod handover;
mod label;
pub(crate) mod methods;
pub(crate) mod monitor;
mod ports;
mod source;
mod source_distributed;
mod source_route;
mod source_select;
mod source_srcip;
mod source_vipa;
pub(crate) mod state;
mod succession;
pub(crate) mod targets;
pub mod vdpt;
pub mod view;

pub use state::Membership;

use crate::founding::{TABLES as FOUNDING, distribution as founding};
use crate::tables::{Marks, Tables};

const MARKS: Marks = Marks {
    choose: ("04:3.3", "04:3.3"),
    bind: ("04:3.3", "04:3.3"),
    give: ("04:3.3", "04:3.3"),
    recover: ("04:3.4", "04:3.4"),
    // The product says nothing of how its structure looks inside.
    made: ("", ""),
    given: "04:3.3",
    heard: "04:1.4",
    recovered: "04:3.4",
    local: "04:3.3",
    opened: "04:3.3",
    sources: ("04:2.2", "04:2.2"),
};

/// The whole set.
pub const TABLES: Tables = Tables {
    name: "product",
    // Source addresses, ports and bind (04 sections 2 to 4).
    source: source::source,
    send: source::send,
    port: ports::plan,
    choose: ports::choose,
    local_port: ports::local,
    none_left: ports::none_left,
    unreachable: ports::unreachable,
    at_bind: ports::at_bind,
    bind_marked: ports::marked,
    bind_port: ports::claim,
    close: ports::close,
    initialise: ports::initialise,
    admit: bind::admit,
    conflict: bind::sockets,
    bind_address: bind::address,
    at_listen: bind::at_listen,
    address_first: true,
    marks: &MARKS,
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
