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

use crate::engine::binding;
use crate::tables::{Marks, Tables};

const MARKS: Marks = Marks {
    choose: ("F9:925", "F9:940"),
    // Figures 8 and 11 name no lock; the claims do.
    bind: ("002#18a", "002#18a"),
    give: ("F10:1015", "F10:1025"),
    recover: ("F12:1205", "F12:1215"),
    made: ("F8B:855", "F8B:865"),
    given: "F10:1020",
    heard: "F12:1200",
    recovered: "F12:1210",
    local: "F9:930",
    opened: "F9:945",
    sources: ("F2:200", "F2:210"),
};

/// The whole set.
pub const TABLES: Tables = Tables {
    name: "founding",
    source: f7_source::source,
    port: f9_port::plan,
    choose: f9_port::choose,
    local_port: f9_port::local,
    send: f7_source::send,
    admit: binding::admit,
    conflict: |_, _, _| Ok(()),
    at_bind: f9_port::at_bind,
    at_listen: |_, _, _| Ok(None),
    none_left: f9_port::none_left,
    unreachable: |_| crate::engine::requests::NO_CF,
    address_first: false,
    marks: &MARKS,
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
