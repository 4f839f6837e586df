//! What formatting has changed, in records. The texts differ in blanks and record ends only, so they meet wherever as many
//! other characters stand before, and the work is in proportion to the text, however much of it is changed.

/// A run of records, with their ends: kept, or taken out and put in. Empty ranges are possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'t> {
    /// As they were.
    pub old: Vec<&'t str>,
    /// As they are.
    pub new: Vec<&'t str>,
    /// Whether these differ.
    pub changed: bool,
}

/// Both texts cut where as many characters that are no blanks stand before.
#[must_use]
pub fn blocks<'t>(old: &'t str, new: &'t str) -> Vec<Block<'t>> {
    let size = |line: &str| line.chars().filter(|letter| !letter.is_whitespace()).count();
    let mut old = old.split_inclusive('\n').peekable();
    let mut new = new.split_inclusive('\n').peekable();
    let mut blocks: Vec<Block<'_>> = Vec::new();
    while old.peek().is_some() || new.peek().is_some() {
        // Most records stay, and nothing in them has to be counted.
        if old.peek() == new.peek()
            && let (Some(left), Some(right)) = (old.next(), new.next())
        {
            blocks.push(Block { old: vec![left], new: vec![right], changed: false });
            continue;
        }
        let mut block = Block { old: Vec::new(), new: Vec::new(), changed: false };
        let (mut left, mut right) = (0, 0);
        loop {
            let take_old = left <= right && old.peek().is_some();
            let side = if take_old || new.peek().is_none() { old.next() } else { None };
            match side {
                Some(line) => {
                    left += size(line);
                    block.old.push(line);
                }
                None => {
                    let Some(line) = new.next() else { break };
                    right += size(line);
                    block.new.push(line);
                }
            }
            // Both sides have something, and as much.
            if left == right && !block.old.is_empty() && (!block.new.is_empty() || left == 0) {
                break;
            }
        }
        // An empty record that is on one side only stands alone.
        if left == 0 && block.new.is_empty() && new.peek().is_some_and(|line| size(line) == 0) {
            block.new.extend(new.next());
        }
        block.changed = block.old != block.new;
        match blocks.last_mut() {
            // What is taken out stands before what is put in.
            Some(Block { old, new, changed: true }) if block.changed => {
                old.append(&mut block.old);
                new.append(&mut block.new);
            }
            Some(_) | None => blocks.push(block),
        }
    }
    blocks
}
