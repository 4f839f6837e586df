//! Each feature with files on disk, a cursor, and the real compiler, over a real pipe.

mod actions;
mod commands;
mod folding;
mod formatting;
mod inlay;
mod lenses;
mod links;
mod outline;
mod plex;
mod scenarios;
mod selection;
mod syntax_tree;
mod tokens;
