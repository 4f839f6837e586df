//! Generated sysplexes for benchmarks and tests: legal input, within the limits of a stack (01 VD-05), the same for the same shape.

mod dynamic;
mod lists;
mod once;

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

/// Systems of a sysplex at the most; more stacks share them.
const SYSTEMS: u32 = 32;

/// The data set that every stack INCLUDEs.
const COMMON: &str = "; the same on every stack\nSOMAXCONN 1024\nARPAGE 20\nSMFCONFIG TYPE119 TCPINIT TCPTERM FTPCLIENT TN3270CLIENT PROFILE DVIPA\n";

/// The files of a sysplex: `sysplex.toml` first, then a profile for each stack, then the data set that all INCLUDE.
#[must_use]
pub fn sysplex(shape: Shape) -> Vec<(String, String)> {
    let mut toml =
        String::from("[sysplex]\nname = \"GENERATE\"\nincludes = { \"NET.COMMON\" = \"common.member\" }\n");
    let mut files = Vec::new();
    for stack in 0..shape.stacks {
        let system = stack % SYSTEMS;
        let _ = write!(
            toml,
            "[[stack]]\nname = \"TCP{stack:03}\"\nsystem = \"S{system:03}\"\nprofile = \"s{stack:03}.profile\"\nsymbols = {{ SYSCLONE = \"{system:02}\" }}\n"
        );
        files.push((format!("s{stack:03}.profile"), text(shape, stack, "INCLUDE NET.COMMON\n")));
    }
    files.insert(0, ("sysplex.toml".to_owned(), toml));
    files.push(("common.member".to_owned(), COMMON.to_owned()));
    files
}

/// The profile of one stack by itself.
#[must_use]
pub fn profile(shape: Shape, stack: u32) -> String {
    text(shape, stack, COMMON)
}

/// The profile of one stack with every statement that a stack knows, and the member beside it that it INCLUDEs.
#[must_use]
pub fn every_statement(shape: Shape) -> [(String, String); 2] {
    // SMFPARMS is the old form of SMFCONFIG: legal beside it, and worth a word from a linter.
    let profile = text(shape, 0, "INCLUDE NET.PARMS(COMMON)\nSMFPARMS 96 97 98\n");
    [("one.profile".to_owned(), profile), ("COMMON".to_owned(), COMMON.to_owned())]
}

/// A profile. `common` is what it has in common with the others, or how it comes by it.
fn text(shape: Shape, stack: u32, common: &str) -> String {
    let mut random = Random(shape.seed ^ u64::from(stack).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut out = String::new();
    once::head(&mut out, shape, stack);
    out.push_str(common);
    lists::links(&mut out, shape, stack);
    lists::routes(&mut out, shape, stack);
    lists::access(&mut out, shape, stack);
    lists::sources(&mut out, shape, stack);
    // The same on every stack: targets of a port reserve it alike.
    lists::ports(&mut out, shape, &mut Random(shape.seed | 1));
    once::traces(&mut out, stack);
    dynamic::block(&mut out, shape, stack, &mut random);
    out
}

/// A remark over every twentieth entry of a list, as people write them.
fn remark(out: &mut String, number: u32, what: &str) {
    if number.is_multiple_of(20) {
        let _ = writeln!(out, "; {what} from number {number} on");
    }
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
