//! `docs/lint.md` tells the truth.

use crate::transcript::check;

#[test]
fn every_command_prints_what_the_page_shows() {
    assert_eq!(check("lint.md", &[]), 9);
}
