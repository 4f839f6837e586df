//! Which stacks reserve a TCP port, and whether all of them do so alike. After an edit only the entries of its stack that have changed are looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smallvec::SmallVec;

use crate::statements::port::{Reservation, Who};
use crate::summary::Summary;
use crate::table::key;

/// The entries of one stack for a port, in order. They stand for all that say the same; their places mean nothing.
type Form = SmallVec<[Arc<Reservation>; 1]>;

/// The reservations of TCP ports, by group.
#[derive(Clone, Debug, Default)]
pub struct Reserved {
    groups: BTreeMap<String, BTreeMap<u16, Forms>>,
}

/// All that stacks say of a port.
type Forms = SmallVec<[Said; 1]>;

/// What some stacks say of a port.
#[derive(Clone, Debug)]
struct Said {
    form: Form,
    /// How many say so.
    stacks: u32,
    closed: bool,
    plain: bool,
}

impl Said {
    fn new(form: Form) -> Self {
        let closed = form.iter().all(|known| known.who == Who::Reserved);
        let plain = form.iter().any(|known| known.share) && !form.iter().any(|known| known.share_wlm);
        Self { form, stacks: 1, closed, plain }
    }
}

/// What is known of a port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// How many stacks have entries for it.
    pub holders: u32,
    /// How many different things they say.
    pub forms: u32,
    /// Whether a stack has nothing but RESERVED for it.
    pub closed: bool,
    /// Whether a stack shares it by SHAREPORT, and not by SHAREPORTWLM.
    pub plain: bool,
}

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
            match forms.iter_mut().find(|known| alike(&known.form, &form)) {
                Some(known) if more => known.stacks += 1,
                Some(known) => known.stacks = known.stacks.saturating_sub(1),
                None if more => forms.push(Said::new(form)),
                None => {}
            }
            forms.retain(|known| known.stacks > 0);
            if forms.is_empty() {
                group.remove(port);
            }
        }
    }

    /// What the stacks of a group say of a port.
    #[must_use]
    pub fn of(&self, group: &str, port: u16) -> Known {
        let forms = self.groups.get(group).and_then(|ports| ports.get(&port));
        let mut known = Known::default();
        for form in forms.into_iter().flatten() {
            known.forms += 1;
            known.holders += form.stacks;
            known.closed |= form.closed;
            known.plain |= form.plain;
        }
        known
    }
}

fn form(stack: &Summary, port: u16) -> Form {
    let here = stack.ports.in_order(key(port));
    here.filter(|known| known.tcp && known.port == port).cloned().collect()
}

/// The ports of the entries that differ, where two lists of a stack do.
fn changed(was: &Summary, is: &Summary) -> BTreeSet<u16> {
    let before = was.ports.iter().zip(is.ports.iter()).take_while(|(was, is)| was.says_same(is)).count();
    let (old, new): (Vec<_>, Vec<_>) =
        (was.ports.iter().skip(before).collect(), is.ports.iter().skip(before).collect());
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(was, is)| was.says_same(is)).count();
    let differ = |list: Vec<&Arc<Reservation>>| {
        let count = list.len().saturating_sub(behind);
        list.into_iter().take(count).filter(|known| known.tcp).map(|known| known.port).collect::<Vec<_>>()
    };
    differ(old).into_iter().chain(differ(new)).collect()
}

fn alike(one: &[Arc<Reservation>], other: &[Arc<Reservation>]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.says_same(other))
}
