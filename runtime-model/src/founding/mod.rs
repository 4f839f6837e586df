//! The decision tables of the founding documents: figures 2 to 12, one file each.

pub(crate) mod distribution;
mod f10_close;
mod f11_bind;
mod f12_recovery;
pub(crate) mod f2_sources;
mod f7_source;
mod f8_initialise;
mod f9_port;
mod ownership;

use crate::tables::Tables;

/// The whole set.
pub const TABLES: Tables = Tables {
    name: "founding",
    source: f7_source::source,
    port: f9_port::plan,
    choose: f9_port::choose,
    local_port: f9_port::local,
    bind_marked: f11_bind::marked,
    bind_port: f11_bind::port,
    bind_address: f11_bind::address,
    close: f10_close::plan,
    initialise: f8_initialise::plan,
    recovers: f12_recovery::recovers,
    takes_over: f12_recovery::takes_over,
    reported: distribution::reported,
    unique: distribution::unique,
    route: distribution::route,
    settle: ownership::settle,
    may_take: ownership::may_take,
    rejects: ownership::rejects,
    waits: ownership::waits,
    on_loss: ownership::on_loss,
    on_end: ownership::on_end,
    is_over: ownership::is_over,
    create: ownership::create,
    delete: ownership::delete,
    deactivate: ownership::deactivate,
    join_delay: ownership::join_delay,
    listener: distribution::listener,
    turns: distribution::turns,
    product_state: false,
    keep_failed_activation: false,
    keep_old_owner: false,
    break_locks: true,
    drop_routes: true,
};
