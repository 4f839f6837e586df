//! Two texts side by side, for a failure: `-` what is there, `+` what should be.

/// Equal lines kept around the ones that differ.
const AROUND: usize = 2;

/// The lines between the first and the last difference, with a little around them.
pub fn show(old: &str, new: &str) -> String {
    let (old, new) = (lines(old), lines(new));
    let front = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - front;
    let back = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut out = String::new();
    let mut put = |mark: &str, lines: &[&str]| {
        for line in lines {
            out.push_str(&format!("{mark} {line}\n"));
        }
    };
    put(" ", &old[front.saturating_sub(AROUND)..front]);
    put("-", &old[front..old.len() - back]);
    put("+", &new[front..new.len() - back]);
    put(" ", &old[old.len() - back..old.len() - back + back.min(AROUND)]);
    out
}

/// A line end behind the last line is a line of its own, so that its absence shows.
fn lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}
