//! Scenarios in Markdown: the fenced blocks whose first word after the fence is `scenario`.

use super::{Scenario, read};

/// A fenced block of a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// What stands after the opening fence, trimmed: `scenario`, `scenario failover of MVS1`.
    pub info: String,
    /// Line of the first line inside, from 1.
    pub first_line: u32,
    /// Byte offset of that line.
    pub start: u32,
    /// Byte offset of the closing fence, or the end of the text where it is missing.
    pub end: u32,
}

impl Block {
    /// True for a scenario.
    #[must_use]
    pub fn is_scenario(&self) -> bool {
        self.info
            .split([' ', '\t', ',', '{'])
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("scenario"))
    }
    /// What stands behind the first word of the info string: the title of the scenario, may be empty.
    #[must_use]
    pub fn title(&self) -> &str {
        self.info.split_once([' ', '\t']).map_or("", |(_, rest)| rest.trim())
    }
    /// The text inside.
    #[must_use]
    pub fn text<'a>(&self, markdown: &'a str) -> &'a str {
        markdown.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// Every fenced block, whatever its language, in order. A fence is three or more backquotes or tildes, indented by at most
/// three blanks; it closes with at least as many of the same.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(char, usize, Block)> = None;
    let mut offset = 0_usize;
    for (index, line) in markdown.split_inclusive('\n').enumerate() {
        let next = offset + line.len();
        let bare = line.trim_end_matches(['\n', '\r']);
        let fence = fence(bare);
        open = match (open, fence) {
            (Some((mark, length, mut block)), Some((other, run, info)))
                if mark == other && run >= length && info.is_empty() =>
            {
                block.end = read::index(offset);
                found.push(block);
                None
            }
            (Some(still), _) => Some(still),
            (None, Some((mark, run, info))) if !(mark == '`' && info.contains('`')) => Some((
                mark,
                run,
                Block {
                    info: info.to_owned(),
                    first_line: read::index(index + 2),
                    start: read::index(next),
                    end: 0,
                },
            )),
            (None, _) => None,
        };
        offset = next;
    }
    if let Some((_, _, mut block)) = open {
        block.end = read::index(offset);
        found.push(block);
    }
    found
}

/// The scenarios of a Markdown text, with lines and offsets of the whole text.
#[must_use]
pub fn parse_markdown(markdown: &str) -> Vec<(Block, Scenario)> {
    blocks(markdown)
        .into_iter()
        .filter(Block::is_scenario)
        .map(|block| {
            let scenario = read::parse_at(block.text(markdown), block.first_line, block.start);
            (block, scenario)
        })
        .collect()
}

fn fence(line: &str) -> Option<(char, usize, &str)> {
    let rest = line.trim_start_matches(' ');
    if line.len() - rest.len() > 3 {
        return None;
    }
    let mark = rest.chars().next().filter(|c| *c == '`' || *c == '~')?;
    let info = rest.trim_start_matches(mark);
    let run = rest.len() - info.len();
    (run >= 3).then(|| (mark, run, info.trim()))
}
