//! Who goes first when the processors are few: an answer that somebody waits for, before findings that come by themselves.

/// So much less in a hurry than the others are the findings. The system gives them about a third of a processor that somebody else wants too, and
/// takes it away from them as soon as the other wakes; otherwise they would first use up their turn of some milliseconds.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 5;

/// From now on this thread, and those that it starts, let others go first. Linux alone counts that for each thread.
pub(crate) fn behind_others() {
    // What cannot be had is done without: nothing but time depends on it.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(BEHIND);
}
