//! What a scenario can make happen.

use super::{Address, Endpoint, Number, Word};

/// Something that happens to the sysplex.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// `start S…`
    Start(Vec<Word>),
    /// `stop S`
    Stop(Word),
    /// `fail S`
    Fail(Word),
    /// `fail system SYS`
    FailSystem(Word),
    /// `fail cpc C`
    FailCpc(Word),
    /// `leave S`: the stack leaves its XCF group.
    Leave(Word),
    /// `join S`
    Join(Word),
    /// `lose cf`
    LoseCf,
    /// `restore cf`
    RestoreCf,
    /// `obey S FILE`
    Obey {
        /// Stack.
        stack: Word,
        /// Path relative to the sysplex description, without quotes.
        file: Word,
    },
    /// `S JOB …`
    Job {
        /// Stack it runs on.
        stack: Word,
        /// Job name.
        job: Word,
        /// What it asks for.
        call: Call,
    },
    /// `client ADDR:PORT connect DVIPA:PORT [as NAME]`
    Client {
        /// The client's end.
        from: Endpoint,
        /// The end it wants.
        to: Endpoint,
        /// Name of the connection for later lines.
        name: Option<Word>,
    },
    /// `packet ADDR:PORT to DVIPA:PORT`
    Packet {
        /// The sender.
        from: Endpoint,
        /// The destination.
        to: Endpoint,
    },
    /// `close NAME`: a connection or a socket.
    Close(Word),
    /// `deactivate S DVIPA`
    Deactivate {
        /// Stack.
        stack: Word,
        /// DVIPA.
        address: Address,
    },
    /// `reactivate S DVIPA`
    Reactivate {
        /// Stack.
        stack: Word,
        /// DVIPA.
        address: Address,
    },
    /// `quiesce S PORT [job J [asid X]]`, `quiesce S job J [asid X]`, `quiesce S target`
    Quiesce {
        /// Stack.
        stack: Word,
        /// Port; without port and job the whole target.
        port: Option<Number<u16>>,
        /// Job name.
        job: Option<Word>,
        /// Address space of the job.
        asid: Option<Number<u16>>,
    },
    /// `resume S PORT [job J [asid X]]`, `resume S job J [asid X]`, `resume S target`
    Resume {
        /// Stack.
        stack: Word,
        /// Port; without port and job the whole target.
        port: Option<Number<u16>>,
        /// Job name.
        job: Option<Word>,
        /// Address space of the job.
        asid: Option<Number<u16>>,
    },
    /// `weight S JOB N`: the WLM weight of a server; `weight S N`: of the system.
    Weight {
        /// Stack.
        stack: Word,
        /// Job name.
        job: Option<Word>,
        /// Weight.
        value: Number<u32>,
    },
    /// `health S JOB N`: the health of a server, 0 to 100.
    Health {
        /// Stack.
        stack: Word,
        /// Job name.
        job: Word,
        /// Percent.
        value: Number<u32>,
    },
    /// `abnormal S JOB N`: abnormal ends of a server, 0 to 1000 of 1000.
    Abnormal {
        /// Stack.
        stack: Word,
        /// Job name.
        job: Word,
        /// Per 1000.
        value: Number<u32>,
    },
    /// `tsr S N`: the target server responsiveness of a stack, 0 to 100; `tsr S TCSR CER SEF`: its three parts.
    Tsr {
        /// Stack.
        stack: Word,
        /// Percent.
        value: Number<u32>,
        /// CER and SEF, where the first number is TCSR.
        parts: Option<(Number<u32>, Number<u32>)>,
    },
    /// `problem S WHAT`: something the sysplex monitor watches goes wrong; `clear S WHAT`: it is well again.
    Problem {
        /// Stack.
        stack: Word,
        /// `vtam`, `omproute` and so on.
        problem: Word,
        /// True for `problem`.
        on: bool,
    },
    /// `path S to S xcf|ip down|up`
    Path {
        /// Sender.
        from: Word,
        /// Receiver.
        to: Word,
        /// True for `ip`, the way of a VIPAROUTE; else dynamic XCF.
        ip: bool,
        /// True for `up`.
        up: bool,
    },
    /// `step S`: the stack does its next step on a structure.
    Step(Word),
    /// `hold S at STEP`: from now on the stack halts when it has done that step.
    Hold {
        /// Stack.
        stack: Word,
        /// Behind which step.
        at: HoldPoint,
    },
    /// `release S`: ends a hold.
    Release(Word),
    /// `delay S to S`: messages between these two wait from now on.
    Delay {
        /// Sender.
        from: Word,
        /// Receiver.
        to: Word,
    },
    /// `deliver S to S`: what waits arrives, and the delay ends.
    Deliver {
        /// Sender.
        from: Word,
        /// Receiver.
        to: Word,
    },
    /// `deliver all`
    DeliverAll,
    /// `advance SECONDS`: virtual time.
    Advance(Number<u64>),
    /// `settle`: everything that is under way comes to its end.
    Settle,
    /// `mode fine`: an event is that event alone; steps and messages wait for `step` and `deliver`. `mode whole`, which
    /// is the beginning: decisions run to their end.
    Mode {
        /// True for `fine`.
        fine: bool,
    },
}

/// Steps on a structure in the coupling facility.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoldPoint {
    /// Obtain the structure.
    Obtain,
    /// Lock it.
    Lock,
    /// Revise the private copy.
    Revise,
    /// Return it.
    Return,
}

/// What a job asks its stack for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// `bind ADDR:PORT`
    Bind {
        /// Local end wanted.
        at: Endpoint,
        /// What follows.
        options: SocketOptions,
    },
    /// `listen ADDR:PORT`: bind and listen.
    Listen {
        /// Local end wanted.
        at: Endpoint,
        /// What follows.
        options: SocketOptions,
    },
    /// `listen NAME`: a socket bound earlier.
    ListenOn(Word),
    /// `unlisten NAME`
    Unlisten(Word),
    /// `connect DEST:PORT`
    Connect {
        /// The partner.
        to: Endpoint,
        /// A socket bound earlier, else a fresh one.
        from: Option<Word>,
        /// What follows; `reuseaddr` and `udp` are never set.
        options: SocketOptions,
    },
    /// `socket`: a socket that is not bound, to set its options.
    Socket(SocketOptions),
    /// `send DEST:PORT`: one datagram of UDP or of a raw socket.
    Send {
        /// The partner.
        to: Endpoint,
        /// A socket made earlier, else a fresh one.
        from: Option<Word>,
        /// What follows; `pktinfo` is that of sendmsg().
        options: SocketOptions,
    },
    /// `bind2addrsel DEST`: binds to the address that default selection takes for the destination.
    AddressFor {
        /// The destination.
        to: Address,
        /// What follows.
        options: SocketOptions,
    },
    /// `define DVIPA`: MODDVIPA, create.
    Define(Address),
    /// `define DVIPA affinity [asid X]`: MODDVIPA, create with affinity.
    DefineAffine {
        /// The DVIPA.
        address: Address,
        /// Address space of the job.
        asid: Option<Number<u16>>,
    },
    /// `delete DVIPA`: MODDVIPA, delete.
    Delete(Address),
}

/// `as NAME`, `user U`, `reuseaddr`, `udp`, `raw`, `inet6`, `nosourcevipa`, `tempaddrs`, `publicaddrs`, `pktinfo ADDR`,
/// `asid X`, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SocketOptions {
    /// Name for later lines.
    pub name: Option<Word>,
    /// User id of the job, else that of the sysplex description.
    pub user: Option<Word>,
    /// SO_REUSEADDR.
    pub reuseaddr: bool,
    /// UDP in place of TCP.
    pub udp: bool,
    /// A raw socket in place of TCP.
    pub raw: bool,
    /// AF_INET6: with an IPv4 partner, an IPv4-mapped address.
    pub inet6: bool,
    /// NOSOURCEVIPA.
    pub no_source_vipa: bool,
    /// Temporary IPv6 addresses first.
    pub temporary: bool,
    /// Public IPv6 addresses first.
    pub public: bool,
    /// IPV6_PKTINFO.
    pub packet_info: Option<Address>,
    /// Address space of the job, where it has several.
    pub asid: Option<Number<u16>>,
}
