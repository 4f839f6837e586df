//! Who listens when a client's request is asked about and nothing else is told: the servers of that service, as `failover` and `plan` have them.

use std::net::SocketAddr;

use runtime_model::Cluster;
use runtime_model::model::Model;

use super::Assumed;
use crate::failover::servers::{FIRST_HANDLE, listen};
use crate::failover::services::{NOTE, service_at};

/// Lets the servers of an address and port listen; what was taken for granted about them, if any does.
pub(super) fn serve(model: &Model, cluster: &mut Cluster, to: SocketAddr) -> Option<Assumed> {
    let plan = service_at(model, cluster.owner_of(to.ip()), to)?;
    listen(cluster, &[plan], FIRST_HANDLE);
    let (name, words) = NOTE.split_once(": ")?;
    Some(Assumed { name: name.to_owned(), words: words.to_owned() })
}
