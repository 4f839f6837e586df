//! Generated sysplexes for benchmarks and tests: legal input, within the limits of a stack (01 VD-05), the same for the same shape.

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
    /// Static VIPAs and their links of each stack, up to 65,000 in a sysplex and 4,000,000 on one stack alone.
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
    head(&mut out, stack);
    links(&mut out, shape, stack);
    ports(&mut out, shape, &mut random);
    dynamic(&mut out, shape, stack, &mut random);
    out
}

fn head(out: &mut String, stack: u32) {
    let _ = write!(
        out,
        "; stack {stack}\n\
         GLOBALCONFIG SYSPLEXMONITOR TIMERSECS 60 RECOVERY AUTOREJOIN DELAYJOIN\n\
         IPCONFIG DATAGRAMFWD SOURCEVIPA SYSPLEXROUTING PATHMTUDISCOVERY\n  DYNAMICXCF 10.255.0.{} 255.255.255.0 1\n\
         TCPCONFIG RESTRICTLOWPORTS TCPSENDBFRSIZE 64K TCPRCVBUFRSIZE 64K\n\
         UDPCONFIG RESTRICTLOWPORTS\n\
         SOMAXCONN 1024\n\
         INTERFACE OSA{stack} DEFINE IPAQENET PORTNAME OSAP{stack} IPADDR 192.168.{stack}.1/24 MTU 1492 VMAC ROUTEALL\n\
         AUTOLOG 5\n  FTPD JOBNAME FTPD1\n  OMPROUTE\nENDAUTOLOG\n\
         BEGINROUTES\n  ROUTE 192.168.{stack}.0/24 = OSA{stack} MTU 1492\n  ROUTE DEFAULT 192.168.{stack}.254 OSA{stack} MTU 1492\nENDROUTES\n",
        stack + 1
    );
}

fn links(out: &mut String, shape: Shape, stack: u32) {
    for link in 0..shape.links {
        let _ = write!(out, "DEVICE VD{link} VIRTUAL 0\nLINK VL{link} VIRTUAL 0 VD{link}\n");
    }
    if shape.links > 0 {
        out.push_str("HOME\n");
    }
    for link in 0..shape.links {
        // 10.0.0.0/8, apart from the dynamic XCF addresses at its end.
        let number = (stack << 16) + link;
        let (third, second, first) = (number & 255, (number >> 8) & 255, (number >> 16) & 127);
        let _ = writeln!(out, "  10.{first}.{second}.{third} VL{link}     ; static VIPA number {link}");
    }
}

fn ports(out: &mut String, shape: Shape, random: &mut Random) {
    if shape.ports == 0 {
        return;
    }
    out.push_str("PORT\n");
    for port in 0..shape.ports {
        let option = ["", " NOAUTOLOG", " SHAREPORT", " NODELAYACKS", " NOAUTOLOG DELAYACKS SHAREPORTWLM"]
            .get(random.below(5) as usize)
            .copied()
            .unwrap_or("");
        let _ = writeln!(out, "  {:>5} TCP JOB{:04}{option}", 1024 + port, port % 10_000);
    }
}

fn dynamic(out: &mut String, shape: Shape, stack: u32, random: &mut Random) {
    if shape.dvipas == 0 {
        return;
    }
    let address = |stack: u32, number: u32| {
        format!("172.{}.{}.{}", 16 + stack % 16, (stack / 16) * 8 + number / 250, number % 250 + 1)
    };
    out.push_str("VIPADYNAMIC\n");
    for number in 0..shape.dvipas {
        let dvipa = address(stack, number);
        let _ = writeln!(out, "  VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.0 {dvipa}");
        if shape.stacks > 1 && number % 4 == 0 {
            let first = 1024 + random.below(1000);
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
