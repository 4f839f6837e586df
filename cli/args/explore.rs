//! Options of `vipa explore`.

use clap::Args;

use super::AnswerFormat;

/// Options of `vipa explore`.
#[derive(Clone, Debug, Args)]
#[command(after_help = ALPHABET)]
pub struct ExploreArgs {
    /// Begin where this scenario ends [default: all stacks are down]
    #[arg(value_name = "SCENARIO")]
    pub scenario: Option<String>,
    /// The description of the sysplex [default: the one at or above the current folder]
    #[arg(long, value_name = "FILE")]
    pub sysplex: Option<String>,
    /// Most failures of stacks on a path [default: 1]
    #[arg(long, value_name = "N", help_heading = "Bounds")]
    pub faults: Option<u32>,
    /// Most requests of applications and clients on a path [default: 2]
    #[arg(long, value_name = "N", help_heading = "Bounds")]
    pub requests: Option<u32>,
    /// Begin a start, request or close while at most N are under way: pairs of stacks with a message, and stacks at work on the
    /// coupling facility [default: 0]
    #[arg(long, value_name = "N", help_heading = "Bounds")]
    pub overlap: Option<usize>,
    /// Let a stack fail while at most N are under way [default: 1]
    #[arg(long, value_name = "N", help_heading = "Bounds")]
    pub fault_overlap: Option<usize>,
    /// Most events on a path [default: no bound]
    #[arg(long, value_name = "N", help_heading = "Bounds")]
    pub depth: Option<usize>,
    /// Give up after this many distinct states [default: 100000000]
    #[arg(long, value_name = "N", help_heading = "Bounds")]
    pub states: Option<usize>,
    /// Interleave with everything else also the steps that no other stack can tell from the one before
    #[arg(long, conflicts_with = "seed")]
    pub every_step: bool,
    /// Take random walks from this seed instead of every path
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many walks [default: 1000]
    #[arg(long, value_name = "N", requires = "seed")]
    pub walks: Option<u32>,
    /// Search one of several parts, such as 1/4, so that several machines share the work: walks are dealt out by their numbers,
    /// paths by the requests on them
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(u32, u32)>,
    /// Threads; the result is the same for any number [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Search nothing: put together what the parts printed with `--format json`
    #[arg(long, value_name = "RESULT", num_args = 1.., conflicts_with_all = ["scenario", "sysplex", "seed", "shard"])]
    pub merge: Vec<String>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: AnswerFormat,
}

const ALPHABET: &str = "\
What can happen on a path:
  start STACK     any stack that is down
  fail STACK      any stack that is up
  JOB connect     each job on each of its stacks, to one server outside, from a
                  fresh socket or from one that is bound
  JOB bind        to port 5000, without an address and at each DVIPA
  JOB listen      at each DVIPA, on the first port that its VIPADISTRIBUTE lists
                  (5000 without one) and on a port that the stack chooses
  client connect  to each DVIPA at that port
  close           any socket or connection
  step STACK      obtain, lock, revise, return or unlock on the coupling facility
  deliver A to B  the first message under way from one stack to another
DVIPAs are those of VIPADEFINE, VIPABACKUP and VIPADISTRIBUTE, and addresses in
a VIPARANGE that a job leaves from.

What bounds a path: failures by --faults; connects, binds, listens and clients
together by --requests, and with them sockets, connections and ports; messages by
--overlap: while more is under way, only steps and deliveries go on, in every
order. Not searched: OBEYFILE, operator commands, ioctl, leaving and joining the
group, loss of the coupling facility; a SCENARIO may begin with them.

Exit code 1: an invariant broke. The path is cut down to what it needs and printed
as a scenario for `vipa run`.";

/// `1/4` is the first of four, which the search counts from 0.
fn shard(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('/').and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((part @ 1.., of)) if part <= of => Ok((part - 1, of)),
        _ => Err("give a part and how many there are, such as 1/4 to 4/4".to_owned()),
    }
}
