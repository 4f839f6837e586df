//! A spec as text: headings and fenced blocks, with their places.

use std::ops::Range;

use grammar::scenario::blocks;

use super::info::{self, Kind};

/// One Markdown file.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text.
    pub text: String,
    /// In order; a section's parent stands in front of it. The first is what stands above all headings.
    pub sections: Vec<Section>,
}

/// A heading and what stands below it, up to the next heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// The headings from the top of the file down to this one.
    pub headings: Vec<String>,
    /// Index of the section that this one belongs to.
    pub parent: Option<usize>,
    /// In order.
    pub blocks: Vec<Block>,
    /// Line of the heading, from 1; 0 above all headings.
    pub line: usize,
    /// 1 to 6, 0 above all headings.
    level: usize,
}

/// A fenced block.
#[derive(Clone, Debug)]
pub struct Block {
    /// Line of the first line inside, from 1.
    pub first_line: usize,
    /// What is inside, in bytes of the file.
    pub range: Range<usize>,
    /// What it is for.
    pub kind: Kind,
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line in the Markdown file, from 1.
    pub line: usize,
    /// The headings above it.
    pub headings: Vec<String>,
    /// What is wrong; the first line stands alone.
    pub what: String,
}

impl Fault {
    /// As the test prints it: a place to click on, the headings, and below them what is wrong.
    pub fn show(&self, path: &str) -> String {
        let mut out = format!("tests/specs/{path}:{}", self.line);
        if !self.headings.is_empty() {
            out.push_str(&format!("  {}", self.headings.join(" > ")));
        }
        for line in self.what.lines() {
            out.push_str("\n    ");
            out.push_str(line);
        }
        out.push('\n');
        out
    }
}

impl Section {
    /// Something wrong in this section.
    pub fn fault(&self, line: usize, what: impl Into<String>) -> Fault {
        Fault { line, headings: self.headings.clone(), what: what.into() }
    }
}

impl Document {
    /// Reads a spec. What cannot be read is a fault; the rest stands.
    pub fn read(text: &str) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let top = Section { headings: Vec::new(), parent: None, blocks: Vec::new(), line: 0, level: 0 };
        let mut sections = vec![top];
        let mut found = blocks(text).into_iter().peekable();
        let mut offset = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let here = offset..offset + line.len();
            offset = here.end;
            // Lines of a block, its fences among them, are nobody's headings.
            while found.next_if(|block| fence_end(text, block.end as usize) <= here.start).is_some() {}
            let block = found.peek().filter(|block| here.end >= block.start as usize);
            if let Some(block) = block {
                if here.end == block.start as usize {
                    take(block, text, &mut sections, &mut faults);
                }
                continue;
            }
            if let Some((level, title)) = heading(line) {
                let parent = sections.iter().rposition(|section| section.level < level);
                let parent = parent.map(|at| ancestor(&sections, at, level));
                let mut headings = parent.map_or_else(Vec::new, |at| sections[at].headings.clone());
                headings.push(title.to_owned());
                if sections.iter().any(|section| section.headings == headings) {
                    let what = format!("a second section is called {title}: give it a name of its own");
                    faults.push(Fault { line: index + 1, headings: headings.clone(), what });
                }
                sections.push(Section { headings, parent, blocks: Vec::new(), line: index + 1, level });
            }
        }
        (Self { text: text.to_owned(), sections }, faults)
    }

    /// The text of a block.
    pub fn text_of(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }
}

fn take(block: &grammar::scenario::Block, text: &str, sections: &mut [Section], faults: &mut Vec<Fault>) {
    let section = sections.last_mut().expect("there is always the top");
    let range = block.start as usize..block.end as usize;
    let first_line = block.first_line as usize;
    if range.end == text.len() {
        faults.push(section.fault(first_line - 1, "this block is not closed"));
        return;
    }
    match info::read(&block.info) {
        Ok(kind) => section.blocks.push(Block { first_line, range, kind }),
        Err(what) => faults.push(section.fault(first_line - 1, what)),
    }
}

/// Behind the closing fence whose line begins at `start`.
fn fence_end(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |length| start + length + 1)
}

/// The section above `level` that encloses the section at `at`.
fn ancestor(sections: &[Section], mut at: usize, level: usize) -> usize {
    while sections[at].level >= level {
        let Some(parent) = sections[at].parent else { break };
        at = parent;
    }
    at
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']))
        .then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}
