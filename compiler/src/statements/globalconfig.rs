//! GLOBALCONFIG: the sysplex group, the common pool of ports, zERT and what depends on them (01 4, 02 9).

use std::collections::BTreeMap;

use grammar::description::Slot;
use grammar::slot::globalconfig as slot;
use grammar::tree::{Parts, StmtView};
use serde::Serialize;

use super::coded::{self, Coded};
use super::ipconfig::Placed;
use super::options;
use crate::apply::{Apply, Kind, Phase};
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{
    explicit_bind_range, explicit_bind_sysplex, smcr_adapters, start_only_parameter, wlm_priority_twice,
};

/// EXPLICITBINDPORTRANGE: ports of the sysplex for binds to no address and no port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pool {
    /// First port.
    pub first: u16,
    /// How many.
    pub count: u16,
    /// How often the stack has processed the parameter.
    pub processed: u16,
    /// The first port in the text.
    pub at: At,
}

impl Pool {
    /// Last port, at most 65535.
    #[must_use]
    pub fn last(&self) -> u16 {
        self.first.saturating_add(self.count.saturating_sub(1))
    }
}

/// SYSPLEXMONITOR as coded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Monitor {
    /// AUTOREJOIN.
    pub auto_rejoin: Option<Placed<bool>>,
    /// DELAYJOIN.
    pub delay_join: Option<Placed<bool>>,
    /// NOJOIN.
    pub no_join: Option<Placed<bool>>,
    /// MONINTERFACE.
    pub interface: Option<Placed<bool>>,
    /// DYNROUTE.
    pub dynamic_route: Option<Placed<bool>>,
    /// RECOVERY.
    pub recovery: Option<Placed<bool>>,
    /// TIMERSECS.
    pub timer: Option<Placed<u16>>,
    /// DELAYJOINIPSEC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_join_ipsec: Option<Placed<bool>>,
    /// MONIPSEC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitor_ipsec: Option<Placed<bool>>,
}

/// The options as coded; None is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// EXPLICITBINDPORTRANGE.
    pub explicit_bind: Option<Pool>,
    /// XCFGRPID.
    pub group: Option<Placed<u8>>,
    /// IQDVLANID.
    pub vlan: Option<Placed<u16>>,
    /// SYSPLEXMONITOR.
    pub monitor: Monitor,
    /// ZERT.
    pub zert: Option<Placed<bool>>,
    /// ZERT AGGREGATION.
    pub aggregation: Option<Placed<bool>>,
    /// IQDMULTIWRITE.
    pub multiwrite: Option<Placed<bool>>,
    /// ZIIP IQDIOMULTIWRITE.
    pub ziip_multiwrite: Option<Placed<bool>>,
    /// ZIIP IPSECURITY.
    pub ziip_ipsecurity: Option<Placed<bool>>,
    /// The other options, as coded.
    pub options: Coded,
    /// SMCR.
    pub smcr: Option<Placed<bool>>,
    /// Enterprise ids of SMCEID.
    #[serde(skip)]
    pub enterprise_ids: usize,
    /// ADJUSTDVIPAMSS NONE in the text, where it is in force.
    #[serde(skip)]
    pub adjust_none: Option<At>,
}

/// Keywords of the options that have fields of their own, and nothing behind them that these leave out.
const TYPED: &[Slot] = &[
    slot::EXPLICITBINDPORTRANGE,
    slot::NOEXPLICITBINDPORTRANGE,
    slot::XCFGRPID,
    slot::IQDVLANID,
    slot::SYSPLEXMONITOR,
    slot::IQDMULTIWRITE,
    slot::NOIQDMULTIWRITE,
    slot::ZIIP,
];

/// A GLOBALCONFIG statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    part: Box<Part>,
    no_pool: bool,
    adjusts: bool,
    names_ids: bool,
    adapters: Vec<At>,
    classes: Vec<(String, String, At)>,
}

/// Reads a GLOBALCONFIG statement.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let first: Option<Placed<u16>> = options::number(parts, slot::FIRST_PORT, cx);
    let count: Option<Placed<u16>> = options::number(parts, slot::COUNT, cx);
    let pool = first.zip(count).filter(|(first, count)| first.value > 0 && count.value > 0);
    let flag = |on, off| options::flag(parts, on, off, cx);
    let part = Part {
        explicit_bind: pool.map(|(first, count)| Pool {
            first: first.value,
            count: count.value,
            processed: 1,
            at: first.at,
        }),
        group: options::number(parts, slot::GROUP, cx),
        vlan: options::number(parts, slot::VLAN, cx),
        monitor: Monitor {
            auto_rejoin: flag(slot::AUTOREJOIN, slot::NOAUTOREJOIN),
            delay_join: flag(slot::DELAYJOIN, slot::NODELAYJOIN),
            no_join: options::word(parts, slot::NOJOIN, cx),
            interface: flag(slot::MONINTERFACE, slot::NOMONINTERFACE),
            dynamic_route: flag(slot::DYNROUTE, slot::NODYNROUTE),
            recovery: flag(slot::RECOVERY, slot::NORECOVERY),
            timer: options::number(parts, slot::TIMER, cx),
            delay_join_ipsec: flag(slot::DELAYJOINIPSEC, slot::NODELAYJOINIPSEC),
            monitor_ipsec: flag(slot::MONIPSEC, slot::NOMONIPSEC),
        },
        zert: flag(slot::ZERT, slot::NOZERT),
        aggregation: flag(slot::AGGREGATION, slot::NOAGGREGATION),
        multiwrite: flag(slot::IQDMULTIWRITE, slot::NOIQDMULTIWRITE),
        ziip_multiwrite: flag(slot::IQDIOMULTIWRITE, slot::NOIQDIOMULTIWRITE),
        ziip_ipsecurity: flag(slot::IPSECURITY, slot::NOIPSECURITY),
        options: coded::read(view, TYPED),
        smcr: flag(slot::SMCR, slot::NOSMCR),
        enterprise_ids: parts.all(slot::EID).count(),
        adjust_none: parts.get(slot::NONE).map(|word| cx.at(word.span)),
    };
    Typed {
        part: Box::new(part),
        no_pool: parts.has(slot::NOEXPLICITBINDPORTRANGE),
        adjusts: parts.has(slot::ADJUSTDVIPAMSS),
        names_ids: parts.has(slot::SMCEID),
        adapters: parts.all(slot::FUNCTION).map(|word| cx.at(word.span)).collect(),
        classes: classes(parts, cx),
    }
}

/// Classes of WLMPRIORITYQ with the priority that each is put under.
fn classes(parts: &Parts<'_>, cx: &Read<'_>) -> Vec<(String, String, At)> {
    let mut classes = Vec::new();
    for group in parts.groups(slot::PRIORITY) {
        let mut priority = String::new();
        for (which, word) in group.tokens() {
            if which == slot::CONTROL || which == slot::FWD {
                classes.push((word.upper(), priority.clone(), cx.at(word.span)));
            } else {
                priority = word.upper();
            }
        }
    }
    classes
}

impl Typed {
    /// Options add up (GEN-14); some are for the initial profile only (02 9.7).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.globalconfig.clone();
        let new = &self.part;
        let mut part = before.clone();
        self.pool(&mut part, cx);
        part.group = self.start_only(new.group, before.group, "XCFGRPID", cx);
        part.vlan = self.start_only(new.vlan, before.vlan, "IQDVLANID", cx);
        let (monitor, coded) = (&mut part.monitor, &new.monitor);
        monitor.auto_rejoin = coded.auto_rejoin.or(monitor.auto_rejoin);
        if coded.delay_join.is_some() || coded.no_join.is_some() {
            monitor.delay_join = coded.delay_join;
            monitor.no_join = coded.no_join;
        }
        monitor.interface = coded.interface.or(monitor.interface);
        monitor.dynamic_route = coded.dynamic_route.or(monitor.dynamic_route);
        monitor.recovery = coded.recovery.or(monitor.recovery);
        monitor.timer = coded.timer.or(monitor.timer);
        monitor.delay_join_ipsec = coded.delay_join_ipsec.or(monitor.delay_join_ipsec);
        monitor.monitor_ipsec = coded.monitor_ipsec.or(monitor.monitor_ipsec);
        if new.zert.is_some() {
            part.zert = new.zert;
            part.aggregation = new.aggregation;
        }
        part.multiwrite = new.multiwrite.or(part.multiwrite);
        part.ziip_multiwrite = new.ziip_multiwrite.or(part.ziip_multiwrite);
        part.ziip_ipsecurity = new.ziip_ipsecurity.or(part.ziip_ipsecurity);
        part.options.take(&new.options);
        part.smcr = new.smcr.or(part.smcr);
        if self.names_ids {
            part.enterprise_ids = new.enterprise_ids;
        }
        if self.adjusts {
            part.adjust_none = new.adjust_none;
        }
        self.adapters(cx);
        self.classes(cx);
        let changed = options::differ(&before, &part, cx.phase);
        cx.config.globalconfig = part;
        options::taken(changed, "GLOBALCONFIG", cx);
    }

    fn pool(&self, part: &mut Part, cx: &mut Apply<'_>) {
        let Some(pool) = self.part.explicit_bind else {
            if self.no_pool {
                part.explicit_bind = None;
            }
            return;
        };
        let before = part.explicit_bind.map_or(0, |known| known.processed);
        part.explicit_bind = Some(Pool { processed: before.saturating_add(1), ..pool });
        let end = u32::from(pool.first) + u32::from(pool.count) - 1;
        if pool.first < 1024 || end > u32::from(u16::MAX) {
            let why = if pool.first < 1024 {
                format!("EXPLICITBINDPORTRANGE begins at port {}, among the low ports", pool.first)
            } else {
                format!(
                    "EXPLICITBINDPORTRANGE of {} ports from {} ends behind port 65535",
                    pool.count, pool.first
                )
            };
            cx.reports.push(
                Report::new(&explicit_bind_range::RULE, pool.at, why)
                    .note("the second number is how many ports there are, not the last one")
                    .note("ports from 1024 to 65535 are safe; no source could be read that gives the limits"),
            );
        }
        if cx.phase == Phase::Obey {
            cx.reports.push(
                Report::new(
                    &explicit_bind_sysplex::RULE,
                    pool.at,
                    format!(
                        "EXPLICITBINDPORTRANGE {} {} becomes the range of every stack of the sysplex",
                        pool.first, pool.count
                    ),
                )
                .note("the range that was processed last, on whatever stack, is the one in force")
                .note("put the same range into the profiles of all stacks"),
            );
        }
    }

    /// What may be said before the stack runs only (GLOB-12).
    fn start_only<T: Copy + PartialEq>(
        &self,
        new: Option<Placed<T>>,
        known: Option<Placed<T>>,
        name: &str,
        cx: &mut Apply<'_>,
    ) -> Option<Placed<T>> {
        let Some(coded) = new else { return known };
        if cx.phase == Phase::Initial || known.is_some_and(|known| known.value == coded.value) {
            return new;
        }
        cx.reports.push(
            Report::new(
                &start_only_parameter::RULE,
                coded.at,
                format!(
                    "{name} is for the initial profile; a running stack does not take it from an OBEYFILE"
                ),
            )
            .note(format!("stop the stack, change {name} in its profile, and start it again")),
        );
        cx.change_because(coded.at, Kind::Refused, format!("GLOBALCONFIG {name}"), "the stack runs already");
        known
    }

    fn adapters(&self, cx: &mut Apply<'_>) {
        if let Some(at) = self.adapters.get(16) {
            cx.reports.push(
                Report::new(
                    &smcr_adapters::RULE,
                    *at,
                    format!("SMCR has {} PFIDs, and a stack takes 16", self.adapters.len()),
                )
                .note("take the adapters out that the stack can do without"),
            );
        }
    }

    fn classes(&self, cx: &mut Apply<'_>) {
        let mut seen: BTreeMap<&str, (&str, At)> = BTreeMap::new();
        for (class, priority, at) in &self.classes {
            let Some((first, first_at)) = seen.get(class.as_str()) else {
                seen.insert(class, (priority, *at));
                continue;
            };
            cx.reports.push(
                Report::new(
                    &wlm_priority_twice::RULE,
                    *at,
                    format!("WLMPRIORITYQ puts {class} under {priority} and under {first} too"),
                )
                .related(*first_at, "first here")
                .note("a class of work has one priority; take it out of one of the two"),
            );
        }
    }
}
