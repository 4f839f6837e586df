//! Edits as people make them: a letter, a word, a line, a mistake and its mending.

use crate::generate::Random;

/// A range of lines and columns, and the text in its place.
pub struct Edit {
    pub line: usize,
    pub start: usize,
    pub end_line: usize,
    pub end: usize,
    pub text: String,
}

/// A text that is edited. At most so many lines are broken at a time: people mend what they break.
const BROKEN: usize = 12;

pub struct Editor {
    lines: Vec<String>,
    original: Vec<String>,
    broken: Vec<usize>,
    random: Random,
}

impl Editor {
    pub fn new(text: &str, seed: u64) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        Self { original: lines.clone(), lines, broken: Vec::new(), random: Random(seed) }
    }
    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound as u64) as usize
    }
    /// The next edit, made.
    pub fn next(&mut self) -> Edit {
        let mend = self.broken.len() >= BROKEN || (!self.broken.is_empty() && self.below(3) == 0);
        let (line, new) = if mend {
            let place = self.below(self.broken.len());
            let line = self.broken.swap_remove(place);
            (line, self.original[line].clone())
        } else {
            let line = self.below(self.lines.len());
            let new = self.changed(line);
            if !self.broken.contains(&line) {
                self.broken.push(line);
            }
            (line, new)
        };
        let end = self.lines[line].len();
        let edit = Edit { line, start: 0, end_line: line, end, text: new.clone() };
        self.lines[line] = new;
        edit
    }
    /// A line with one thing changed in it.
    fn changed(&mut self, line: usize) -> String {
        let old = self.lines[line].clone();
        let at = self.below(old.len() + 1);
        let (before, behind) = old.split_at(at);
        match self.below(9) {
            0 => format!("{before}X{behind}"),
            1 => format!("{before}{}", behind.get(1..).unwrap_or("")),
            2 => before.to_owned(),
            3 => format!("; {old}"),
            4 => format!("{before} )( \" &{behind}"),
            5 => String::new(),
            6 => format!("{old} {}", old.trim().split(' ').next().unwrap_or("")),
            7 => old.replace('1', "2"),
            _ => format!("{old} ; a remark"),
        }
    }
    /// All of it.
    pub fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }
    /// A line and a column in it.
    pub fn position(&self, random: &mut Random) -> (usize, usize) {
        let line = random.below(self.lines.len() as u64) as usize;
        (line, random.below(self.lines[line].len() as u64 + 1) as usize)
    }
}
