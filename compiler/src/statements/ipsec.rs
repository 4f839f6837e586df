//! IPSEC: the filter rules that hold while no policy is there (02 15).

use std::sync::Arc;

use grammar::slot::ipsec as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::ipsec_rule::{self, Rule};
use super::options::differ;
use crate::apply::{Apply, Kind, Phase};
use crate::continued::List;
use crate::place::At;
use crate::read::Read;
use crate::report::Report;
use crate::rules::{ipsec_range_reversed, ipsec_twice, start_only_parameter};

/// The block in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The block.
    pub at: Option<At>,
    /// DVIPSEC.
    pub tunnels_move: bool,
    /// DVLOCALFLTR.
    pub local_filter: bool,
    /// LOGENABLE.
    pub log_enabled: bool,
    /// LOGIMPLICIT.
    pub log_implicit: bool,
    /// In order; the statement that brings them shares them.
    pub rules: Arc<Vec<Rule>>,
}

impl Part {
    /// The first rule for IPv6.
    #[must_use]
    pub fn first6(&self) -> Option<At> {
        self.rules.iter().find(|rule| rule.ipv6).map(|rule| rule.at)
    }

    /// The first LOG of a rule.
    #[must_use]
    pub fn first_log(&self) -> Option<At> {
        self.rules.iter().find_map(|rule| rule.log_at)
    }
}

/// An IPSEC block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    part: Part,
    /// DVIPSEC in the text.
    tunnels: Option<At>,
}

/// Reads an IPSEC block.
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let mut rules: Vec<Rule> =
        parts.groups(slot::RULE).filter_map(|rule| ipsec_rule::read(&rule, cx)).collect();
    rules.shrink_to_fit();
    let part = Part {
        at: Some(cx.at(view.stmt.name)),
        tunnels_move: parts.has(slot::DVIPSEC),
        local_filter: parts.has(slot::DVLOCALFLTR),
        log_enabled: parts.has(slot::LOGENABLE),
        log_implicit: parts.has(slot::LOGIMPLICIT),
        rules: Arc::new(rules),
    };
    Typed { part, tunnels: parts.get(slot::DVIPSEC).map(|word| cx.at(word.span)) }
}

impl List for Typed {
    type Entry = Rule;

    fn entries(&self) -> &[Rule] {
        &self.part.rules
    }

    fn entries_mut(&mut self) -> &mut Vec<Rule> {
        Arc::make_mut(&mut self.part.rules)
    }

    fn place(entry: &Rule) -> At {
        entry.at
    }

    fn also(&mut self, more: &Self) {
        self.part.tunnels_move |= more.part.tunnels_move;
        self.part.local_filter |= more.part.local_filter;
        self.part.log_enabled |= more.part.log_enabled;
        self.part.log_implicit |= more.part.log_implicit;
        self.tunnels = self.tunnels.or(more.tunnels);
    }
}

impl Typed {
    /// A block with a mistake is there all the same; what the stack drops of it no source says.
    pub fn dropped(&self, cx: &mut Apply<'_>) {
        cx.config.ipsec.at = cx.config.ipsec.at.or(self.part.at);
    }

    /// The first block of a data set counts (IPSC-01).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        if cx.nth > 0 {
            let rules = self.part.rules.len();
            let mut report = Report::new(
                &ipsec_twice::RULE,
                cx.at,
                "a second IPSEC in this data set is ignored".to_owned(),
            )
            .note(match rules {
                1 => "its rule is lost; what only that permits is denied".to_owned(),
                rules => format!("its {rules} rules are lost; what only they permit is denied"),
            })
            .note("put all rules into one block");
            if let Some(first) = cx.config.ipsec.at {
                report = report.related(first, "the first block, which counts");
            }
            cx.reports.push(report);
            cx.say("EZZ0757I", cx.at, "IPSEC was already specified; this one is ignored");
            cx.change_because(cx.at, Kind::Ignored, "IPSEC", "the data set has an IPSEC already");
            return;
        }
        let mut part = self.part.clone();
        // DVIPSEC is as it was when the stack started (IPSC-04).
        if cx.phase == Phase::Obey {
            part.tunnels_move = cx.config.ipsec.tunnels_move;
        }
        if let Some(at) = self.tunnels.filter(|_| !part.tunnels_move) {
            cx.reports.push(
                Report::new(
                    &start_only_parameter::RULE,
                    at,
                    "DVIPSEC is for the initial profile; a running stack does not take it from an OBEYFILE",
                )
                .note("stop the stack, put DVIPSEC into its profile, and start it again"),
            );
            cx.change_because(at, Kind::Refused, "IPSEC DVIPSEC", "the stack runs already");
        }
        for (what, at) in self.part.rules.iter().flat_map(|rule| &rule.reversed) {
            cx.reports.push(
                Report::new(
                    &ipsec_range_reversed::RULE,
                    *at,
                    format!("{what} of this filter rule end before they begin"),
                )
                .note("nothing is in such a range, so the rule permits nothing")
                .note("write the lower value first"),
            );
        }
        let old = std::mem::replace(&mut cx.config.ipsec, part);
        let kind = match old.at {
            None => Kind::Added,
            Some(_) if differ(&old, &cx.config.ipsec, cx.phase) => Kind::Replaced,
            Some(_) => Kind::Unchanged,
        };
        cx.change(cx.at, kind, "IPSEC");
    }
}
