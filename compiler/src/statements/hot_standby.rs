//! The arithmetic of hot standby, and the words that belong to one method only (01 2.8, 05 10.2).

use std::collections::BTreeMap;
use std::net::IpAddr;

use runtime_model::model::{Method, Standby};

use super::vipadistribute::{Distribution, Target, Targets, method_word};
use crate::apply::Apply;
use crate::place::At;
use crate::report::Report;
use crate::rules::{
    distribute_hotstandby_all, distribute_hotstandby_keyword, distribute_hotstandby_preferred,
    distribute_hotstandby_rank_equal, distribute_hotstandby_twice, distribute_weight_ignored,
};

/// The arithmetic of hot standby (VI-14 to VI-19). False when the statement is dropped.
pub fn fits(distribution: &Distribution, cx: &mut Apply<'_>) -> bool {
    if !only_there(distribution, cx) {
        return false;
    }
    let Targets::List(targets) = &distribution.targets else {
        if distribution.method == Method::HotStandby {
            let at = distribution.targets_at;
            cx.reports.push(
                Report::new(
                    &distribute_hotstandby_all::RULE,
                    at,
                    "HOTSTANDBY cannot be used with DESTIP ALL",
                )
                .note("name one target PREFERRED and at least one BACKUP"),
            );
            cx.say("EZZ0165I", at, "HOTSTANDBY and DESTIP ALL");
            return false;
        }
        return true;
    };
    let hot = distribution.method == Method::HotStandby;
    if distribution.method != Method::WeightedActive {
        for target in targets.iter().filter(|target| target.weight.is_some()) {
            cx.reports.push(
                Report::new(
                    &distribute_weight_ignored::RULE,
                    target.option_at,
                    format!(
                        "WEIGHT belongs to DISTMETHOD WEIGHTEDACTIVE and is ignored with {}",
                        method_word(distribution.method)
                    ),
                )
                .note("write DISTMETHOD WEIGHTEDACTIVE, or take WEIGHT out"),
            );
            cx.say("EZZ0799I", target.option_at, "WEIGHT without WEIGHTEDACTIVE");
        }
    }
    if !hot {
        return true;
    }
    let preferred = targets.iter().filter(|target| target.standby == Some(Standby::Preferred)).count();
    let backups = targets.iter().filter(|target| matches!(target.standby, Some(Standby::Backup(_)))).count();
    if preferred != 1 || backups == 0 {
        let id = if preferred > 1 { "EZZ0827I" } else { "EZZ0826I" };
        let at = distribution.targets_at;
        cx.reports.push(
            Report::new(
                &distribute_hotstandby_preferred::RULE,
                at,
                format!("hot standby needs exactly one PREFERRED target and at least one BACKUP; here are {preferred} and {backups}"),
            )
            .note("the statement is ignored: nothing is distributed"),
        );
        cx.say(id, at, "hot standby needs one PREFERRED and a BACKUP");
        return false;
    }
    let mut seen: BTreeMap<IpAddr, At> = BTreeMap::new();
    for target in targets {
        if let Some(first) = seen.insert(target.xcf, target.at) {
            cx.reports.push(
                Report::new(
                    &distribute_hotstandby_twice::RULE,
                    target.at,
                    format!("target {} is named twice", target.xcf),
                )
                .related(first, "first here")
                .note("the addresses of a hot-standby statement must all differ; the statement is ignored"),
            );
            cx.say("EZZ0830I", target.at, "PREFERRED and BACKUP addresses are not unique");
            return false;
        }
    }
    equal_ranks(distribution.dvipa, targets, cx);
    true
}

/// Words of HOTSTANDBY with another method end the block (VI-18).
fn only_there(distribution: &Distribution, cx: &mut Apply<'_>) -> bool {
    let Targets::List(targets) = &distribution.targets else { return word_fits(distribution, None, cx) };
    let target = targets.iter().find(|target| target.standby.is_some());
    word_fits(distribution, target.map(|target| target.option_at), cx)
}

fn word_fits(distribution: &Distribution, option: Option<At>, cx: &mut Apply<'_>) -> bool {
    let (at, words) = match (distribution.standby_word, option) {
        _ if distribution.method == Method::HotStandby => return true,
        (Some((at, word)), _) => (at, format!("{word} belongs")),
        (None, Some(at)) => (at, "PREFERRED and BACKUP belong".to_owned()),
        (None, None) => return true,
    };
    cx.reports.push(
        Report::new(
            &distribute_hotstandby_keyword::RULE,
            at,
            format!("{words} to DISTMETHOD HOTSTANDBY, not to {}", method_word(distribution.method)),
        )
        .note("write DISTMETHOD HOTSTANDBY, or take the words of hot standby out"),
    );
    cx.stop_block = true;
    cx.say("EZZ0831I", at, "hot-standby keyword with another distribution method");
    false
}

/// The ready backup with the highest rank is next; of two with the same, no source says which (04 5.5).
fn equal_ranks(dvipa: IpAddr, targets: &[Target], cx: &mut Apply<'_>) {
    let mut ranks: BTreeMap<u8, &Target> = BTreeMap::new();
    for target in targets {
        let Some(Standby::Backup(rank)) = target.standby else { continue };
        let Some(first) = ranks.get(&rank) else {
            ranks.insert(rank, target);
            continue;
        };
        cx.reports.push(
            Report::new(
                &distribute_hotstandby_rank_equal::RULE,
                target.option_at,
                format!("BACKUP targets {} and {} of {dvipa} have the same rank {rank}", first.xcf, target.xcf),
            )
            .related(first.option_at, format!("rank {rank} of {}", first.xcf))
            .note("the ready one with the highest rank is next when the preferred target fails; of two with the same, no source says which")
            .note("write a rank behind each BACKUP; without one it is 1"),
        );
        return;
    }
}
