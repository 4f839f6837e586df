//! Every limit that keeps work and memory in proportion to the input, in one place. `docs/limits.md` tells them.

/// Findings of a stack beyond so many no longer tell which name may have been meant.
pub const ADVISED: usize = 200;

/// So many names are looked at for the one that may have been meant.
pub const LOOKED_AT: usize = 2_000;

/// Data sets nested deeper than this by INCLUDE are not read.
pub const DEEPEST: usize = 64;

/// A stack follows at most so many INCLUDEs.
pub const INCLUDES: usize = 10_000;

/// A stack reads at most so many bytes of text, each data set counted as often as it is included.
pub const STACK_BYTES: usize = 512 << 20;

/// So many ports of one VIPADISTRIBUTE are looked at, four times as many as a stack is believed to take (01 2.8); a range may name 65,535.
pub const DISTRIBUTED_PORTS: usize = 256;
