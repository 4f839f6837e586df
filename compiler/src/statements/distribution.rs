//! What a VIPADISTRIBUTE is held against when it is applied: its DVIPA, its tier, what was distributed before (01 2.8, 05 10.2).

use std::collections::BTreeMap;

use runtime_model::model::{Method, Standby};

use super::distribution_read::Late;
use super::dvipa::Dvipa;
use super::vipadistribute::{Distribution, Targets, method_word};
use crate::apply::{Apply, Kind};
use crate::report::Report;
use crate::rules::{
    distribute_control_port, distribute_cpcscope, distribute_encap_without_port, distribute_hotstandby_many,
    distribute_many_ports, distribute_many_targets, distribute_method_foreign, distribute_port_mixed,
    distribute_port_twice, distribute_targcontrolled, distribute_target_twice, distribute_tier_differs,
    operand_order, sysplexports_late,
};

/// Most BACKUP targets of a hot-standby statement (VI-15).
const BACKUPS: usize = 31;

/// Holds a statement against what is there. False when the stack ignores it.
pub fn fits(distribution: &Distribution, cx: &mut Apply<'_>) -> bool {
    if refused(distribution, cx) {
        return false;
    }
    let dvipa = cx.config.dvipa.of(distribution.dvipa).cloned();
    if let Some(dvipa) = &dvipa {
        tier(distribution, dvipa, cx);
    }
    method(distribution, cx);
    late(distribution, cx);
    sizes(distribution, cx);
    earlier(distribution, cx)
}

fn refused(distribution: &Distribution, cx: &mut Apply<'_>) -> bool {
    let what = format!("VIPADISTRIBUTE {}", distribution.dvipa);
    if let Some(at) = distribution.encap.filter(|_| distribution.ports.is_empty()) {
        cx.reports.push(
            Report::new(
                &distribute_encap_without_port::RULE,
                at,
                format!("ENCAP needs a PORT list, and this statement for {} has none", distribution.dvipa),
            )
            .note("the statement is ignored: nothing is distributed")
            .note("write PORT with the ports of the service behind the DVIPA"),
        );
        cx.say("EZZ0783I", at, "dynamic ports cannot be used with ENCAP");
        cx.change_because(distribution.at, Kind::Refused, what, "ENCAP without PORT");
        return true;
    }
    let Targets::List(targets) = &distribution.targets else { return false };
    let mut backups = targets.iter().filter(|target| matches!(target.standby, Some(Standby::Backup(_))));
    let many = backups.clone().count();
    if distribution.method == Method::HotStandby
        && let Some(target) = backups.nth(BACKUPS)
    {
        cx.reports.push(
            Report::new(
                &distribute_hotstandby_many::RULE,
                target.at,
                format!("hot standby takes {BACKUPS} BACKUP targets, and here are {many}"),
            )
            .note("the statement is ignored: nothing is distributed"),
        );
        cx.say("EZZ0829I", target.at, "more than 31 backups");
        cx.change_because(distribution.at, Kind::Refused, what, "too many BACKUP targets");
        return true;
    }
    false
}

fn tier(distribution: &Distribution, dvipa: &Dvipa, cx: &mut Apply<'_>) {
    let of_dvipa = dvipa.tier.map_or("no tier".to_owned(), |tier| format!("TIER{tier}"));
    if let Some(coded) = distribution.tier
        && dvipa.tier != Some(coded.value)
    {
        cx.reports.push(
            Report::new(
                &distribute_tier_differs::RULE,
                coded.at,
                format!(
                    "VIPADISTRIBUTE says TIER{} for {}, which is defined with {of_dvipa}",
                    coded.value, dvipa.address
                ),
            )
            .related(dvipa.at, "defined here")
            .note(format!("write TIER{} on the VIPADEFINE or VIPABACKUP too", coded.value)),
        );
    }
    if dvipa.cpc_scope && dvipa.tier.is_none() {
        cx.reports.push(
            Report::new(
                &distribute_cpcscope::RULE,
                distribution.at,
                format!("{} is a CPCSCOPE DVIPA without a tier, which cannot be distributed", dvipa.address),
            )
            .related(dvipa.at, "CPCSCOPE here")
            .note("write TIER2 CPCSCOPE where it is defined, or take CPCSCOPE out"),
        );
    }
}

/// Most ports and targets of a statement; no source confirms the numbers (01 2.8).
const PORTS: usize = 64;
const TARGETS: usize = 32;

fn sizes(distribution: &Distribution, cx: &mut Apply<'_>) {
    let dvipa = distribution.dvipa;
    if distribution.ports.len() > PORTS {
        cx.reports.push(
            Report::new(
                &distribute_many_ports::RULE,
                distribution.ports_at,
                format!(
                    "{} ports of {dvipa} in one VIPADISTRIBUTE; {PORTS} are said to be the most",
                    distribution.ports.len()
                ),
            )
            .note("no source could be read that confirms the number or says what the stack does with more")
            .note("split them over several VIPADISTRIBUTE statements for the DVIPA"),
        );
    }
    let Targets::List(targets) = &distribution.targets else { return };
    if let Some(target) = targets.get(TARGETS) {
        cx.reports.push(
            Report::new(
                &distribute_many_targets::RULE,
                target.at,
                format!(
                    "{} targets of {dvipa} in one VIPADISTRIBUTE; {TARGETS} are said to be the most",
                    targets.len()
                ),
            )
            .note("no source could be read that confirms the number or says what the stack does with more")
            .note("write DESTIP ALL, or name fewer targets"),
        );
    }
    if distribution.method == Method::HotStandby {
        return;
    }
    let mut seen = BTreeMap::new();
    for target in targets {
        let Some(first) = seen.insert(target.xcf, target.at) else { continue };
        cx.reports.push(
            Report::new(
                &distribute_target_twice::RULE,
                target.at,
                format!("target {} of {dvipa} is named twice", target.xcf),
            )
            .related(first, "first here")
            .note("it is one target all the same; correct one of the two addresses, or take it out"),
        );
    }
}

fn method(distribution: &Distribution, cx: &mut Apply<'_>) {
    let Some(at) = distribution.method_at else { return };
    let word = method_word(distribution.method);
    if distribution.method == Method::TargControlled && !distribution.foreign_targets {
        cx.reports.push(
            Report::new(
                &distribute_targcontrolled::RULE,
                at,
                "TARGCONTROLLED is for tier 1 targets that are not z/OS, and these are",
            )
            .note("write TIER1 with GRE or ENCAP, or a method for z/OS targets such as SERVERWLM"),
        );
    }
    if distribution.foreign_targets && matches!(distribution.method, Method::BaseWlm | Method::ServerWlm) {
        cx.reports.push(
            Report::new(
                &distribute_method_foreign::RULE,
                at,
                format!("{word} needs weights of WLM, and targets of GRE or ENCAP are not z/OS"),
            )
            .note("use ROUNDROBIN, WEIGHTEDACTIVE or TARGCONTROLLED for them"),
        );
    }
}

/// What the diagram has behind the method, and a published example behind the targets (VI-22).
fn late(distribution: &Distribution, cx: &mut Apply<'_>) {
    let Some(Late { at, word, method }) = distribution.late else { return };
    let coded = method_word(distribution.method);
    let mut report = Report::new(
        &operand_order::RULE,
        at,
        format!(
            "{word} stands behind the targets; the syntax diagram has it behind DISTMETHOD {}",
            method_word(method)
        ),
    )
    .unconfirmed()
    .note(
        "an example of the product's own guide has it here, so a stack probably takes it; no source says so",
    );
    report.message_id = None;
    report = if method == distribution.method {
        report.note(format!("write `DISTMETHOD {coded} {word} ...` before the DVIPA to be sure"))
    } else {
        report.note(format!(
            "it belongs to {}, and connections are distributed by {coded} here",
            method_word(method)
        ))
    };
    cx.reports.push(report);
}

/// What was distributed before. False when the stack refuses the statement for it.
fn earlier(distribution: &Distribution, cx: &mut Apply<'_>) -> bool {
    let part = &cx.config.vipadistribute;
    let mut reports = Vec::new();
    if let Some(port) = distribution.control_port
        && let Some((value, known)) = part.other_control(port)
    {
        reports.push(
            Report::new(
                &distribute_control_port::RULE,
                port.at,
                format!("CONTROLPORT is {} here and {} for {}", port.value, value.value, known),
            )
            .related(value.at, format!("{} here", value.value))
            .note("all TIER1 statements have the same control port"),
        );
    }
    let late = distribution.sysplex_ports.and_then(|at| {
        let first =
            part.of(distribution.dvipa).next().filter(|first| !first.cluster_ports).map(|first| first.at);
        let taken = part.taken.iter().find(|(dvipa, _)| *dvipa == distribution.dvipa);
        Some((at, first.or_else(|| taken.map(|(_, at)| *at))?))
    });
    let refused = late.is_some();
    if let Some((at, first)) = late {
        reports.push(
            Report::new(
                &sysplexports_late::RULE,
                at,
                format!(
                    "SYSPLEXPORTS comes too late: {} is distributed without it already",
                    distribution.dvipa
                ),
            )
            .related(first, "it was distributed without SYSPLEXPORTS before here")
            .note("the statement is refused: its ports are not distributed")
            .note("it has to be on the first VIPADISTRIBUTE of a DVIPA, where it counts for all of them")
            .note("on a running stack, delete the distributions in one data set and define them anew in a second one"),
        );
    }
    if let Some(other) = part.first_listing(distribution.dvipa, distribution.ports.is_empty()) {
        reports.push(
            Report::new(
                &distribute_port_mixed::RULE,
                distribution.at,
                format!("{} is distributed with a PORT list and without one", distribution.dvipa),
            )
            .related(other.at, "the other statement")
            .note("list all ports, or none: without PORT every port counts that a server of the DVIPA listens on"),
        );
    }
    cx.reports.append(&mut reports);
    if refused {
        let what = format!("VIPADISTRIBUTE {}", distribution.dvipa);
        cx.change_because(
            distribution.at,
            Kind::Refused,
            what,
            "SYSPLEXPORTS has to be on the first VIPADISTRIBUTE of the DVIPA",
        );
    }
    !refused
}

/// A port that an earlier statement of the profile distributes by another method.
pub fn other_method(distribution: &Distribution, cx: &mut Apply<'_>) {
    let other =
        |known: &&Distribution| known.dvipa == distribution.dvipa && known.method != distribution.method;
    let twice = cx.config.vipadistribute.near(distribution).filter(other).find_map(|known| {
        let port = known.ports.intersection(&distribution.ports).next()?;
        Some((known, *port))
    });
    let Some((known, port)) = twice else { return };
    let report = Report::new(
        &distribute_port_twice::RULE,
        distribution.at,
        format!(
            "port {port} of {} is distributed by {} here and by {} before",
            distribution.dvipa,
            method_word(distribution.method),
            method_word(known.method)
        ),
    )
    .related(known.at, "the statement before")
    .note("the later statement is taken to change the method of the port and to add its targets; no source confirms that")
    .note("name each port of a DVIPA in one statement");
    cx.reports.push(report);
}
