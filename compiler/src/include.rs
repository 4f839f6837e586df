//! The text of a stack in the order in which it is read, INCLUDE and all (01 1.3).

use std::sync::Arc;

use crate::db::{SourceFile, StackInput, env, reading, sections};
use crate::place::At;
use crate::report::Report;
use crate::rules;
use crate::section::Reading;

/// Data sets nested deeper than this are not read.
pub const DEEPEST: usize = 64;

/// Visits every section of a stack's profile in order, with the INCLUDEs that led to it; then what is wrong with INCLUDEs.
pub fn walk(
    db: &dyn salsa::Database,
    stack: StackInput,
    visit: &mut dyn FnMut(&Reading, &Arc<[At]>),
    report: &mut dyn FnMut(Report),
) {
    for file in stack.profiles(db) {
        let mut open = vec![*file];
        walk_file(db, stack, *file, &Arc::from([]), &mut open, visit, report);
    }
}

fn walk_file(
    db: &dyn salsa::Database,
    stack: StackInput,
    file: SourceFile,
    trail: &Arc<[At]>,
    open: &mut Vec<SourceFile>,
    visit: &mut dyn FnMut(&Reading, &Arc<[At]>),
    report: &mut dyn FnMut(Report),
) {
    let setup = stack.setup(db);
    for section in sections(db, file, setup.dialect) {
        let read = reading(db, *section, env(db, *section, setup));
        visit(read, trail);
        for (operand, at, in_block) in read
            .statements
            .iter()
            .filter_map(|stmt| stmt.include.as_ref().map(|(name, at)| (name, *at, stmt.parent.is_some())))
        {
            if in_block {
                report(
                    Report::new(
                        &rules::include_in_block::RULE,
                        at,
                        format!("INCLUDE {operand} stands between a block's opener and its END"),
                    )
                    .note("a block with its END should be whole within one data set; what is included here is not looked at"),
                );
                continue;
            }
            match stack.includes(db).get(operand.trim_matches('\'')) {
                Some(Some(target)) if open.contains(target) => {
                    let path: Vec<&str> = open.iter().map(|file| file.path(db).as_ref()).collect();
                    report(
                        Report::new(
                            &rules::include_loop::RULE,
                            at,
                            format!("INCLUDE {operand} leads back to {}", target.path(db)),
                        )
                        .note(format!("the way: {} -> {}", path.join(" -> "), target.path(db))),
                    );
                }
                Some(Some(target)) if open.len() < DEEPEST => {
                    let longer: Arc<[At]> = trail.iter().copied().chain([at]).collect();
                    open.push(*target);
                    walk_file(db, stack, *target, &longer, open, visit, report);
                    open.pop();
                }
                Some(Some(_)) => report(Report::new(
                    &rules::include_loop::RULE,
                    at,
                    format!("INCLUDE {operand} is nested deeper than {DEEPEST} data sets and is not read"),
                )),
                Some(None) | None => report(
                    Report::new(
                        &rules::include_not_found::RULE,
                        at,
                        format!("INCLUDE {operand}: no file is known for this data set"),
                    )
                    .note("name it under `includes` in sysplex.toml: `\"DATA.SET.NAME\" = \"file or folder of members\"`"),
                ),
            }
        }
    }
}
