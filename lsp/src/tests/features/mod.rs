//! Each feature with files on disk, a cursor, and the real compiler, over a real pipe.

mod actions;
mod commands;
mod completion;
mod folding;
mod formatting;
mod hover;
mod inlay;
mod lenses;
mod links;
mod navigation;
mod outline;
mod plex;
mod rename;
mod scenarios;
mod selection;
mod signature;
mod syntax_tree;
mod tokens;
mod webplex;
