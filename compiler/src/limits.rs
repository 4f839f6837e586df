//! Every limit that keeps work and memory in proportion to the input, in one place. `docs/limits.md` tells them.

/// Findings of a stack beyond so many no longer tell which name may have been meant.
pub const ADVISED: usize = 200;

/// So many names are looked at for the one that may have been meant.
pub const LOOKED_AT: usize = 2_000;
