//! Each feature with files on disk, a cursor, and the real compiler, over a real pipe.

mod actions;
mod commands;
mod completion;
mod folding;
mod formatting;
mod hover;
pub(super) mod inlay;
mod lenses;
mod links;
mod navigation;
mod obeyfiles;
mod outline;
mod plex;
mod rename;
mod scenarios;
mod selection;
mod shared;
mod signature;
mod syntax_tree;
pub(super) mod tokens;
pub(super) mod webplex;
