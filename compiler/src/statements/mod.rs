//! The statements, one room each: the typed form, how it is read from the tree, and what applying it does.
//!
//! Registration is generated from the folder. A room has `Typed`, `read` and `Typed::apply`; `Part` is what it keeps in the
//! configuration of a stack.

use grammar::tree::StmtView;
use serde::Serialize;

use crate::apply::Apply;
use crate::read::Read;

include!(concat!(env!("OUT_DIR"), "/statements.rs"));
