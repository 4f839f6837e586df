//! Each feature with files on disk, a cursor, and the real compiler, over a real pipe.

mod syntax_tree;
