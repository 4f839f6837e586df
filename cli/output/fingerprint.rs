//! An identity of a finding that survives edits above it: rule, file, the record's words, and which one of several.

use std::collections::BTreeMap;

use compiler::finding::Finding;

use super::Report;

/// One fingerprint for each finding of the report, in its order; 32 hexadecimal digits.
#[must_use]
pub fn all(report: &Report) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    report
        .findings
        .iter()
        .map(|finding| {
            let key = key(report, finding);
            let nth = seen.entry(key.clone()).and_modify(|nth| *nth += 1).or_insert(0);
            hash(&format!("{key}\n{nth}"))
        })
        .collect()
}

/// Case and spacing do not count: they mean nothing in a profile.
fn key(report: &Report, finding: &Finding) -> String {
    let source = report.sources.get(&finding.place.file);
    let record = source.and_then(|source| source.record(finding.place.start.record)).unwrap_or_default();
    let words: Vec<String> = record.split_whitespace().map(str::to_uppercase).collect();
    format!("{}\n{}\n{}", finding.rule, report.repository.relative(&finding.place.file), words.join(" "))
}

/// FNV-1a with 128 bits: not for secrets, and the same on every machine and in every release.
fn hash(text: &str) -> String {
    digest(text.as_bytes())
}

/// The same of bytes: tells whether a file is still as it was.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn hash_is_the_published_function() {
        assert_eq!(super::hash(""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(super::hash("a"), "d228cb696f1a8caf78912b704e4a8964");
    }
}
