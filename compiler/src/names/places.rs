//! Where in a list something stands, by a hash of it.

/// Places by hash, sorted: a table would take several times the room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Places<H>(Box<[(H, u32)]>);

impl<H: Copy + Ord> Places<H> {
    /// Of these hashes, each with its place.
    pub(super) fn new(all: impl IntoIterator<Item = (H, u32)>) -> Self {
        let mut all: Box<[(H, u32)]> = all.into_iter().collect();
        all.sort_unstable();
        Self(all)
    }

    /// Those of a hash, in order.
    pub(super) fn of(&self, hash: H) -> impl Iterator<Item = u32> {
        let first = self.0.partition_point(|(known, _)| *known < hash);
        let behind = self.0.get(first..).unwrap_or_default().iter();
        behind.take_while(move |(known, _)| *known == hash).map(|(_, place)| *place)
    }
}
