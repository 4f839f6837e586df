//! How fast text becomes statements: `cargo run --release -p vipa-grammar --example speed`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    missing_docs,
    reason = "a measurement reads the clock"
)]
use vipa_grammar::parse::{Dialect, parse};
use vipa_grammar::token::scan;
fn main() {
    let mut text = String::new();
    let mut n = 0u32;
    while text.len() < std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(20_000_000) {
        n += 1;
        let (a, b) = ((n >> 8) & 255, n & 255);
        text.push_str("HOME\n");
        for i in 0..20 {
            text.push_str(&format!("   10.{a}.{b}.{i} LINK{n}   ; a home address\n"));
        }
        text.push_str("PORT\n");
        for i in 0..20 {
            text.push_str(&format!("   {} TCP JOB{i} NOAUTOLOG SHAREPORT\n", 1000 + i));
        }
        text.push_str("VIPADYNAMIC\n");
        for i in 0..20 {
            text.push_str(&format!("  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 203.{a}.{b}.{i}\n  VIPADISTRIBUTE DISTMETHOD ROUNDROBIN 203.{a}.{b}.{i} PORT 80 443 DESTIP 10.0.0.1 10.0.0.2\n"));
        }
        text.push_str("ENDVIPADYNAMIC\n");
    }
    let mb = text.len() as f64 / 1e6;
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let tokens = scan(&text, false);
        let s = t.elapsed().as_secs_f64();
        let t = std::time::Instant::now();
        let parsed = parse(&text, Dialect::Zos);
        let p = t.elapsed().as_secs_f64();
        println!(
            "{mb:.0} MB: scan {:.0} MB/s ({} tokens), scan and parse {:.0} MB/s ({} sections, {} errors)",
            mb / s,
            tokens.tokens.len(),
            mb / p,
            parsed.sections.len(),
            parsed.sections.iter().map(|s| s.section.errors.len()).sum::<usize>()
        );
    }
}
