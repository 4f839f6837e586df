//! Generated sysplexes for benchmarks and tests: legal input, within the limits of a stack (01 VD-05), the same for the same shape.

mod statements;

use std::fmt::Write as _;

/// What to generate.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Stacks of the sysplex, 1 to 200.
    pub stacks: u32,
    /// DVIPAs that each stack defines; each is backed up by the next two stacks. Three times as many count, at most 1,024.
    pub dvipas: u32,
    /// Port reservations of each stack, up to 50,000.
    pub ports: u32,
    /// Static VIPAs and their links of each stack, up to 8,000,000 in all; routes, networks and source addresses are a part of so many.
    pub links: u32,
    /// Where the pseudo-random choices begin.
    pub seed: u64,
}

/// The files of a sysplex: `sysplex.toml` first, then a profile for each stack.
#[must_use]
pub fn sysplex(shape: Shape) -> Vec<(String, String)> {
    let mut toml = String::from("[sysplex]\nname = \"GENERATE\"\n");
    let mut files = Vec::new();
    for stack in 0..shape.stacks {
        let _ = write!(
            toml,
            "[[stack]]\nname = \"TCP{stack:03}\"\nsystem = \"S{stack:03}\"\nprofile = \"s{stack:03}.profile\"\nsymbols = {{ SYSCLONE = \"{:02}\" }}\n",
            stack % 100
        );
        files.push((format!("s{stack:03}.profile"), profile(shape, stack)));
    }
    files.insert(0, ("sysplex.toml".to_owned(), toml));
    files
}

/// The profile of one stack.
#[must_use]
pub fn profile(shape: Shape, stack: u32) -> String {
    let mut random = Random(shape.seed ^ u64::from(stack).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut out = String::new();
    statements::head(&mut out, shape, stack);
    statements::links(&mut out, shape, stack);
    statements::lists(&mut out, shape, stack);
    // The same on every stack: targets of a port reserve it alike.
    statements::ports(&mut out, shape, &mut Random(shape.seed | 1));
    dynamic(&mut out, shape, stack, &mut random);
    out
}

fn dynamic(out: &mut String, shape: Shape, stack: u32, random: &mut Random) {
    if shape.dvipas == 0 {
        return;
    }
    let address = |stack: u32, number: u32| {
        format!("172.{}.{}.{}", 16 + stack % 15, (stack / 15) * 8 + number / 250, number % 250 + 1)
    };
    out.push_str("VIPADYNAMIC\n");
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
    let _ = writeln!(
        out,
        "  VIPARANGE DEFINE MOVEABLE NONDISRUPTIVE 255.255.255.0 172.31.{stack}.0\nENDVIPADYNAMIC"
    );
}

/// A small generator of numbers: the same for the same seed, on every machine.
pub struct Random(pub u64);

impl Random {
    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}
