//! Which stacks reserve a TCP port, and whether all of them do so alike. After an edit only the entries of its stack that have changed are looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smallvec::SmallVec;

use crate::statements::ipconfig::Placed;
use crate::statements::port::Reservation;
use crate::summary::Summary;
use crate::table::key;

/// The entries of one stack for a port, in order. They stand for all that say the same; their places mean nothing.
pub type Form = SmallVec<[Arc<Reservation>; 1]>;

/// The reservations of TCP ports, by group.
#[derive(Clone, Debug, Default)]
pub struct Reserved {
    groups: BTreeMap<String, BTreeMap<u16, Forms>>,
}

/// What stacks say of a port, with how many say so.
pub type Forms = SmallVec<[(Form, u32); 1]>;

impl Reserved {
    /// Of these stacks.
    pub(crate) fn new(stacks: &[Arc<Summary>]) -> Self {
        let mut reserved = Self::default();
        for stack in stacks {
            let ports: BTreeSet<u16> =
                stack.ports.iter().filter(|known| known.tcp).map(|known| known.port).collect();
            reserved.count(stack, &ports, true);
        }
        reserved
    }

    /// Goes on to other stacks. False when they are not the same stacks; then nothing is known of them.
    pub(crate) fn go_on(&mut self, last: &[Arc<Summary>], now: &[Arc<Summary>]) -> bool {
        let same = |(was, is): (&Arc<Summary>, &Arc<Summary>)| was.setup.group == is.setup.group;
        if last.len() != now.len() || !last.iter().zip(now).all(same) {
            return false;
        }
        for (was, is) in last.iter().zip(now).filter(|(was, is)| !Arc::ptr_eq(was, is)) {
            let ports = changed(was, is);
            self.count(was, &ports, false);
            self.count(is, &ports, true);
        }
        true
    }

    fn count(&mut self, stack: &Summary, ports: &BTreeSet<u16>, more: bool) {
        if ports.is_empty() {
            return;
        }
        let group = self.groups.entry(stack.setup.group.clone()).or_default();
        for port in ports {
            let form = form(stack, *port);
            if form.is_empty() {
                continue;
            }
            let forms = group.entry(*port).or_default();
            match forms.iter_mut().find(|(known, _)| alike(known, &form)) {
                Some((_, count)) if more => *count += 1,
                Some((_, count)) => *count = count.saturating_sub(1),
                None if more => forms.push((form, 1)),
                None => {}
            }
            forms.retain(|(_, count)| *count > 0);
            if forms.is_empty() {
                group.remove(port);
            }
        }
    }

    /// What the stacks of a group say of a port.
    #[must_use]
    pub fn of(&self, group: &str, port: u16) -> Option<&Forms> {
        self.groups.get(group)?.get(&port)
    }
}

fn form(stack: &Summary, port: u16) -> Form {
    let here = stack.ports.in_order(key(port));
    here.filter(|known| known.tcp && known.port == port).cloned().collect()
}

/// The ports of the entries that differ, where two lists of a stack do.
fn changed(was: &Summary, is: &Summary) -> BTreeSet<u16> {
    let before = was.ports.iter().zip(is.ports.iter()).take_while(|(was, is)| says_same(was, is)).count();
    let (old, new): (Vec<_>, Vec<_>) =
        (was.ports.iter().skip(before).collect(), is.ports.iter().skip(before).collect());
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(was, is)| says_same(was, is)).count();
    let differ = |list: Vec<&Arc<Reservation>>| {
        let count = list.len().saturating_sub(behind);
        list.into_iter().take(count).filter(|known| known.tcp).map(|known| known.port).collect::<Vec<_>>()
    };
    differ(old).into_iter().chain(differ(new)).collect()
}

fn alike(one: &[Arc<Reservation>], other: &[Arc<Reservation>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| says_same(one, other))
}

/// Whether two entries are the same but for their places.
fn says_same(one: &Reservation, other: &Reservation) -> bool {
    let Reservation {
        port,
        tcp,
        who,
        share,
        share_wlm,
        no_autolog,
        delay_acks,
        bind,
        saf,
        at: _,
        who_at: _,
        bind_at: _,
    } = one;
    let acks = |acks: &Option<Placed<bool>>| acks.as_ref().map(|acks| acks.value);
    *port == other.port
        && *tcp == other.tcp
        && *share == other.share
        && *share_wlm == other.share_wlm
        && *no_autolog == other.no_autolog
        && acks(delay_acks) == acks(&other.delay_acks)
        && *bind == other.bind
        && *saf == other.saf
        && *who == other.who
}
