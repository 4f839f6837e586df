//! What a change of a sysplex comes to, whatever brings it: a data set on a running stack (`plan`), or other profiles at the next
//! start (`diff`). Configuration, what moves, findings; one room each, plain data, compared and never guessed.

pub mod config;
pub mod findings;
pub mod moves;
pub mod stage;
pub mod state;
pub mod text;

pub use config::{Line, Sign};
pub use findings::{Found, Judged};
pub use moves::Moves;
