//! Letting somebody go first: findings take a while, and a question that comes meanwhile should not share the processors with them.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Who is in front waits no longer than this: it may be stuck, or be in no hurry.
const PATIENCE: Duration = Duration::from_millis(100);

/// Whether there is somebody to let go first.
#[derive(Debug, Default)]
pub struct Pace {
    held: Mutex<bool>,
    bell: Condvar,
}

impl Pace {
    /// There is, or is no more. Who holds others back must not wait for them.
    pub fn hold(&self, held: bool) {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = held;
        if !held {
            self.bell.notify_all();
        }
    }

    /// Waits for them, between one piece of work and the next.
    pub(crate) fn let_others_first(&self) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if *held {
            drop(self.bell.wait_timeout_while(held, PATIENCE, |held| *held));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;

    #[test]
    fn others_go_first_until_they_are_through() {
        let pace = Arc::new(Pace::default());
        pace.let_others_first();
        pace.hold(true);
        let behind = {
            let pace = Arc::clone(&pace);
            thread::spawn(move || pace.let_others_first())
        };
        pace.hold(false);
        behind.join().unwrap();
        pace.let_others_first();
    }
}
