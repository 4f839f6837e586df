//! Where everything goes: a column for each stack, a band for each row. Whole pixels, so that the bytes are the same everywhere.

use super::{Picture, words};

/// Height of the caption.
pub(super) const CAPTION: usize = 56;
/// Height of the line that holds owner and backups.
pub(super) const CHAIN: usize = 30;
/// Height of a line of targets, or of an address of a range.
pub(super) const LINE: usize = 22;
/// Height of the legend.
pub(super) const LEGEND: usize = 40;
/// Space at every edge.
pub(super) const EDGE: usize = 12;

/// Where everything goes.
pub(super) struct Layout {
    /// Width of the labels on the left.
    pub(super) labels: usize,
    /// Left edge of each column.
    pub(super) columns: Vec<usize>,
    /// Width of a column.
    pub(super) column: usize,
    /// Boxes of CPCs and systems.
    pub(super) boxes: Vec<Box>,
    /// Where the names of stacks stand.
    pub(super) stack_names: usize,
    /// Where the head ends and the rows begin.
    pub(super) head: usize,
    /// Headings between the rows: top and words.
    pub(super) headings: Vec<(usize, String)>,
    /// Top of each row.
    pub(super) rows: Vec<usize>,
    /// Top of each range.
    pub(super) ranges: Vec<usize>,
    /// Where rows end and the legend begins.
    pub(super) foot: usize,
    /// All of it.
    pub(super) width: usize,
    /// All of it, with the legend.
    pub(super) height: usize,
}

/// A CPC or a system around its columns.
pub(super) struct Box {
    pub(super) name: String,
    pub(super) cpc: bool,
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) top: usize,
}

impl Layout {
    /// Places a picture.
    pub(super) fn of(picture: &Picture) -> Self {
        let column = if picture.stacks.len() > 10 { 76 } else { 104 };
        let labels = labels(picture);
        let has_cpc = picture.stacks.iter().any(|stack| stack.cpc.is_some());
        let (columns, boxes) = boxes(picture, labels, column, has_cpc);
        let system_names = CAPTION + if has_cpc { 28 } else { 0 };
        let stack_names = system_names + 26;
        let head = stack_names + 42;
        let mut y = head + 4;
        let mut headings = Vec::new();
        let (mut rows, mut ranges) = (Vec::new(), Vec::new());
        for group in 0..picture.groups.len() {
            let several = picture.groups.len() > 1;
            let name = picture.groups.get(group).map_or("", String::as_str);
            if several {
                headings.push((y, format!("XCF group {name}")));
                y += 28;
            }
            for row in picture.rows.iter().filter(|row| row.group == group) {
                rows.push(y);
                y += CHAIN + LINE * row.services.len() + 8;
            }
            let mut of_group = picture.ranges.iter().filter(|range| range.group == group).peekable();
            if of_group.peek().is_some() {
                headings.push((y, "Application ranges".to_owned()));
                y += 28;
            }
            for range in of_group {
                ranges.push(y);
                y += CHAIN + LINE * range.active.len() + 8;
            }
        }
        let foot = y + 4;
        // The legend needs room even beside a single column.
        let width = (columns.last().map_or(labels, |left| left + column) + 2 * EDGE).max(840);
        Self {
            labels,
            columns,
            column,
            boxes,
            stack_names,
            head,
            headings,
            rows,
            ranges,
            foot,
            width,
            height: foot + LEGEND,
        }
    }

    /// Middle of a column.
    pub(super) fn middle(&self, place: usize) -> usize {
        self.columns.get(place).copied().unwrap_or(self.labels) + self.column / 2
    }
}

/// Width for the longest label.
fn labels(picture: &Picture) -> usize {
    let wide = |text: &str, each: usize| text.chars().count() * each / 10;
    let rows = picture.rows.iter().flat_map(|row| {
        let services = row.services.iter().map(|one| wide(&words::service(picture, one), 68) + 16);
        std::iter::once(wide(&words::addresses(row), 76)).chain(services)
    });
    let ranges = picture.ranges.iter().map(|range| wide(&range.subnet.to_string(), 76));
    let longest = rows.chain(ranges).max().unwrap_or(0);
    (longest + 2 * EDGE + 8).clamp(190, 470)
}

/// Columns from left to right, and the boxes around them. Systems stand a little apart, CPCs more.
fn boxes(picture: &Picture, labels: usize, column: usize, has_cpc: bool) -> (Vec<usize>, Vec<Box>) {
    let (mut columns, mut boxes): (Vec<usize>, Vec<Box>) = (Vec::new(), Vec::new());
    let mut x = labels + EDGE;
    let mut before: Option<(Option<&str>, &str)> = None;
    for stack in &picture.stacks {
        let (cpc, system) = (stack.cpc.as_deref(), stack.system.as_str());
        let same_cpc = before.is_some_and(|(last, _)| last == cpc);
        let same_system = same_cpc && before.is_some_and(|(_, last)| last == system);
        if before.is_some() && !same_system {
            x += if same_cpc { 10 } else { 28 };
        }
        if let (false, Some(cpc)) = (same_cpc, cpc) {
            boxes.push(Box { name: words::cpc(cpc), cpc: true, left: x, right: x, top: CAPTION });
        }
        if !same_system {
            let top = CAPTION + if has_cpc { 28 } else { 0 };
            boxes.push(Box { name: system.to_owned(), cpc: false, left: x, right: x, top });
        }
        columns.push(x);
        x += column;
        if let Some(of_system) = boxes.iter_mut().rfind(|one| !one.cpc) {
            of_system.right = x;
        }
        if cpc.is_some()
            && let Some(of_cpc) = boxes.iter_mut().rfind(|one| one.cpc)
        {
            of_cpc.right = x;
        }
        before = Some((cpc, system));
    }
    // Outer boxes are drawn first.
    boxes.sort_by_key(|one| !one.cpc);
    (columns, boxes)
}
