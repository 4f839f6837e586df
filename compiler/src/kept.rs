//! What an edit makes old, kept until somebody has the time to give it up: an answer is many thousands of small pieces, and a change that had to
//! take them apart would have the next question wait for that.

use std::any::Any;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

/// Something that others hold too.
pub(crate) type Value = Arc<dyn Any + Send + Sync>;

/// The answers of now, and those before them. The memory of the queries lets go of old answers with the next change, and is not the last to.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Rounds>);

#[derive(Debug, Default)]
struct Rounds {
    now: Vec<Value>,
    before: Vec<Value>,
}

impl Kept {
    /// These are the answers of now. What was kept two rounds ago is given up, here and on this thread.
    pub(crate) fn keep(&self, values: Vec<Value>) {
        let old = {
            // Nothing that may fail is done while it is held.
            let mut rounds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let same = rounds.now.len() == values.len()
                && rounds.now.iter().zip(&values).all(|(known, value)| Arc::ptr_eq(known, value));
            if same {
                return;
            }
            let before = mem::replace(&mut rounds.now, values);
            mem::replace(&mut rounds.before, before)
        };
        drop(old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_lives_for_a_round() {
        let kept = Kept::default();
        let values: Vec<Arc<u32>> = (0..3).map(Arc::new).collect();
        let round = |value: &Arc<u32>| vec![Arc::clone(value) as Value];
        let held = || values.iter().map(|value| Arc::strong_count(value) - 1).collect::<Vec<_>>();
        kept.keep(round(&values[0]));
        kept.keep(round(&values[1]));
        assert_eq!(held(), [1, 1, 0]);
        kept.keep(round(&values[1]));
        assert_eq!(held(), [1, 1, 0], "the same again is no round");
        kept.keep(round(&values[2]));
        assert_eq!(held(), [0, 1, 1]);
    }
}
