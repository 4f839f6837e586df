//! The block of dynamic VIPAs.

use std::fmt::Write as _;

use super::{Random, Shape};

/// VIPADYNAMIC with a DVIPA or more of each kind.
pub fn block(out: &mut String, shape: Shape, stack: u32, random: &mut Random) {
    if shape.dvipas == 0 {
        return;
    }
    let address = |stack: u32, number: u32| {
        format!("172.{}.{}.{}", 16 + stack % 15, (stack / 15) * 8 + number / 250, number % 250 + 1)
    };
    out.push_str("VIPADYNAMIC\n  VIPASMPARMS SMMCAST 224.0.1.2 SMPORT 1637\n");
    for number in 0..shape.dvipas {
        let dvipa = address(stack, number);
        let _ = writeln!(out, "  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 {dvipa}");
        if shape.stacks > 1 && number % 4 == 0 {
            // Ports that every stack reserves for the same jobs.
            let first = 2048 + random.below(u64::from(shape.ports.saturating_sub(200).max(1)));
            let targets: Vec<String> = (0..shape.stacks.min(3))
                .map(|next| format!("10.255.0.{}", (stack + next) % shape.stacks + 1))
                .collect();
            let _ = writeln!(
                out,
                "  VIPADISTRIBUTE DISTMETHOD ROUNDROBIN {dvipa}\n    PORT {} {}-{} DESTIP {}",
                first + 100,
                first,
                first + 9,
                targets.join(" ")
            );
        }
    }
    for backup in 1..shape.stacks.min(3) {
        let owner = (stack + shape.stacks - backup) % shape.stacks;
        for number in 0..shape.dvipas {
            let _ = writeln!(
                out,
                "  VIPABACKUP {} MOVEABLE IMMEDIATE 255.255.255.0 {}",
                100 * (3 - backup),
                address(owner, number)
            );
        }
    }
    // Every stack has the ways to all others: any of them may distribute after a takeover.
    for other in (0..shape.stacks).filter(|other| shape.stacks > 1 && *other != stack) {
        let _ = writeln!(out, "  VIPAROUTE DEFINE 10.255.0.{} 192.168.{other}.1", other + 1);
    }
    let _ = writeln!(
        out,
        "  VIPARANGE DEFINE MOVEABLE NONDISRUPTIVE 255.255.255.0 172.31.{stack}.0\n  VIPADEFINE 255.255.255.0 10.254.{stack}.1\n  VIPADELETE 10.254.{stack}.1\nENDVIPADYNAMIC"
    );
}
