//! Which parts of what stacks know of each other somebody looks at, so that a rule is asked again only when one of these has changed.
//!
//! Most edits change one part, the ports or the home addresses, and most rules look at others. No rule says what it looks at: each part notes
//! that it was looked at, on the thread that did it.

use std::cell::Cell;
use std::ops::Deref;

/// So many parts there are.
pub const ASPECTS: usize = 16;

/// What is no part of its own: set-ups, and single options. Everybody is held to have looked at it.
pub const BASE: u8 = 0;
/// Dynamic XCF addresses.
pub const XCF: u8 = 1;
/// Home addresses.
pub const HOME: u8 = 2;
/// DVIPAs.
pub const DVIPAS: u8 = 3;
/// Ranges.
pub const RANGES: u8 = 4;
/// Distributions.
pub const DISTRIBUTIONS: u8 = 5;
/// Source addresses.
pub const SOURCES: u8 = 6;
/// Port reservations.
pub const PORTS: u8 = 7;
/// Reservations of runs of ports.
pub const PORT_RANGES: u8 = 8;
/// Options of the stack as a whole.
pub const GLOBAL: u8 = 9;
/// Routes to targets.
pub const ROUTES: u8 = 10;
/// Procedures that the stack starts.
pub const AUTOLOG: u8 = 11;
/// Names in place of source addresses.
pub const NAMELESS: u8 = 12;
/// Static routes to single addresses.
pub const HOST_ROUTES: u8 = 13;
/// MAC addresses.
pub const MACS: u8 = 14;
/// Networks of interfaces.
pub const NETS: u8 = 15;

/// Some parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aspects(u16);

impl Aspects {
    /// All.
    pub const ALL: Self = Self(u16::MAX);

    /// With one more.
    #[must_use]
    pub const fn with(self, aspect: u8) -> Self {
        Self(self.0 | 1 << aspect)
    }

    /// Whether it is among them.
    #[must_use]
    pub const fn has(self, aspect: u8) -> bool {
        self.0 & 1 << aspect != 0
    }

    /// With others.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// With one more, if.
    #[must_use]
    pub const fn with_if(self, aspect: u8, is: bool) -> Self {
        if is { self.with(aspect) } else { self }
    }

    /// Their numbers.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        (0..ASPECTS).filter(move |number| self.0 & 1 << number != 0)
    }
}

thread_local! {
    static LOOKED_AT: Cell<Aspects> = const { Cell::new(Aspects(0)) };
}

/// Does something, and says which parts it looked at.
pub fn noting<R>(work: impl FnOnce() -> R) -> (R, Aspects) {
    let before = LOOKED_AT.replace(Aspects::default().with(BASE));
    let done = work();
    (done, LOOKED_AT.replace(before))
}

/// Notes that a part was looked at, for what is made of it and kept.
pub fn look(aspect: u8) {
    LOOKED_AT.set(LOOKED_AT.get().with(aspect));
}

/// A part. Whoever looks at it is noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched<T, const ASPECT: u8>(T);

impl<T, const ASPECT: u8> From<T> for Watched<T, ASPECT> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T, const ASPECT: u8> Watched<T, ASPECT> {
    /// To put it together.
    pub(crate) fn unwatched(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T, const ASPECT: u8> Deref for Watched<T, ASPECT> {
    type Target = T;

    fn deref(&self) -> &T {
        LOOKED_AT.set(LOOKED_AT.get().with(ASPECT));
        &self.0
    }
}

impl<'w, T, const ASPECT: u8> IntoIterator for &'w Watched<T, ASPECT>
where
    &'w T: IntoIterator,
{
    type Item = <&'w T as IntoIterator>::Item;
    type IntoIter = <&'w T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_looks_is_noted() {
        let (home, ports): (Watched<Vec<u8>, HOME>, Watched<Vec<u8>, PORTS>) =
            (vec![1].into(), vec![].into());
        let (sum, looked) = noting(|| home.iter().sum::<u8>());
        assert_eq!((sum, looked.numbers().collect::<Vec<_>>()), (1, vec![0, 2]));
        let (_, looked) = noting(|| noting(|| (&ports).into_iter().count()));
        assert_eq!(looked.numbers().collect::<Vec<_>>(), [0], "what is noted inside is not noted twice");
    }
}
