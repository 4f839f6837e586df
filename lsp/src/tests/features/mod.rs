//! Each feature with files on disk, a cursor, and the real compiler, over a real pipe.

mod folding;
mod formatting;
mod links;
mod outline;
mod selection;
mod syntax_tree;
mod tokens;
