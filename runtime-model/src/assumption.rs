//! Points that the sources leave open, each with a name, and the set of those that one decision leaned on.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! assumptions {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal $([$($answer:literal),+])?,)+) => {
        /// An open point of the sources and how this model closes it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Assumption { $($(#[doc = $doc])+ $variant,)+ }

        impl Assumption {
            /// Every assumption, in the order of declaration.
            pub const ALL: &'static [Assumption] = &[$(Assumption::$variant),+];

            /// Name as `[assumptions]` of a sysplex description spells it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Assumption::$variant => $name,)+ }
            }

            /// What is assumed.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Assumption::$variant => concat!($($doc),+),)+ }
            }

            /// The answers that `[assumptions]` may give, the default first. Empty where the model knows only one.
            #[must_use]
            pub const fn answers(self) -> &'static [&'static str] {
                match self { $(Assumption::$variant => &[$($($answer),+)?],)+ }
            }
        }
    };
}

assumptions! {
    /// The structures in the coupling facility serve TCP only; UDP ports are local to a stack.
    TcpOnly = "clusterports-tcp-only",
    /// Of several SOURCEIPA entries that fit, an exact name wins over a wildcard, a longer one over a shorter, then the last one read.
    MostSpecificSource = "most-specific-source",
    /// The eligible port with the lowest number is chosen.
    LowestPort = "lowest-port-first",
    /// A SOURCEIPA entry that is not right yet is kept and judged at each connect.
    SourceKept = "source-entry-kept",
    /// A range address that is active on another stack moves only if the range there is MOVEABLE NONDISRUPTIVE.
    RangeMoves = "range-address-moves",
    /// Ports of a VIPADISTRIBUTE list, or with no list the ports that a PORT statement reserves, may have a listener on each candidate target ("no" reads figure 11 to the letter).
    SharedListenerPorts = "shared-listener-ports" ["yes", "no"],
    /// A socket bound to the unspecified address claims its port in the coupling facility at connect.
    ClaimAtConnect = "claim-at-connect",
    /// Bind holds the lock from block 1105 to the update.
    BindLocked = "bind-holds-lock",
    /// A connection from a port that listeners on other stacks share is refused, as it could repeat a 4-tuple.
    SharedPortConnect = "shared-port-connect",
    /// A remote end that already has a connection with this local end refuses a second one; a stack that chooses a port passes such a port over.
    PeerEndInUse = "peer-end-in-use",
    /// A stack finishes one access to the coupling facility before it begins the next.
    StackIsSerial = "stack-is-serial",
    /// Who owns an address is settled in one step; definitions, reports and failures travel as messages.
    OwnershipIsAtomic = "ownership-is-atomic",
    /// A VIPABACKUP stack takes an address over after its owner was lost, not before any stack had it.
    BackupWaits = "backup-waits",
    /// Among backups of equal rank the stack that the description names first takes over ("last": the one named last).
    EqualRank = "equal-rank-by-order" ["first", "last"],
    /// A second VIPADEFINE of an address takes it when the owner's MOVEABLE mode lets it go ("no": the product's first one keeps it).
    SecondDefine = "second-define-takes" ["yes", "no"],
    /// Without a coupling facility, requests that need a structure are refused and running connections go on.
    CfLost = "cf-lost-refuses",
    /// When a coupling facility returns, all live stacks have written their ports before any new request is served.
    CfRebuild = "cf-rebuild-at-once",
    /// The scan of figure 8 takes sockets that are bound to the DVIPA as well as connections.
    ScanTakesSockets = "scan-takes-sockets",
    /// A port meant for several listeners never gets a route of its own.
    SharedNotUnique = "shared-not-unique",
    /// A listener whose port becomes its stack's alone only after it was opened gets a route of its own then ("no" reads 004#10 to the letter: when the socket is opened, or never).
    UniqueLater = "unique-route-later" ["yes", "no"],
    /// Workload is shared out in turn, each target as often as its weight says.
    WeightedTurns = "weighted-turns",
    /// CLUSTERPORTS that a partner's definitions bring to a stack with sockets at the address counts as added by VARY OBEY.
    LateKeyword = "late-clusterports-scans",
    /// A stack that comes back first clears what its former life left in the coupling facility.
    CleanOnReturn = "clean-on-return",
    /// An address activated from a VIPARANGE stays until it is deleted or its stack ends.
    RangeStays = "range-address-stays",
    /// A WHENIDLE owner lets go of the address when its last connection has ended ("all-targets": the product's distributor waits for those of its targets, too).
    WhenIdle = "when-idle" ["owner", "all-targets"],
    /// A VIPABACKUP without MOVEABLE and mask takes an address over only if it was in the group while some stack had it active or defined ("ever": it needs no more than that some stack once had it).
    BackupInherits = "backup-needs-definition" ["heard", "ever"],
    /// The MOVEABLE value that counts in a takeback is that of the stack that has the address now ("definers": that of the VIPADEFINE stack which asks).
    OwnersMoveable = "moveable-of-owner" ["owners", "definers"],
    /// VIPADELETE lets running connections end by themselves where another stack takes over, as DEACTIVATE does ("no": they end at once).
    DeleteKeeps = "delete-keeps-connections" ["yes", "no"],
    /// When the socket that made a DVIPA by bind is closed, the DVIPA and the connections that are left to it end.
    CreatorEnds = "creator-close-ends",
    /// An ioctl for an address of a VIPABACKUP on the same stack fails ("usable": it ends with a warning); a bind to it works while it is active.
    ConflictSameStack = "conflict-backup-same-stack" ["fails", "usable"],
    /// Bind and ioctl fail for an address that another stack has a VIPABACKUP for, active or not ("takes": they take it).
    ConflictBackup = "conflict-backup-elsewhere" ["fails", "takes"],
    /// When monitored interfaces or their dynamic routes are gone, the stack leaves under RECOVERY and may rejoin ("message": there is a message only).
    MonitoredInterfaces = "monitored-interfaces-leave" ["leave", "message"],
    /// A backup without a VIPADISTRIBUTE of its own inherits that of the owner, and one with its own goes on with its own ("no": it does not inherit).
    BackupDistributes = "backup-inherits-distribution" ["yes", "no"],
    /// Without a ready target the distributor refuses a connection.
    NoReadyTarget = "no-ready-target-refused",
    /// Targets of GRE and ENCAP are not z/OS and outside the model, which refuses what would go to them.
    ForeignTargets = "foreign-targets-outside",
    /// A SAF profile that a VIPARANGE, PORT or PORTRANGE names, or that the ioctl for DVIPAs needs (EZB.MODDVIPA), is there and lets the job in ("no": it does not).
    SafPermits = "saf-permits" ["yes", "no"],
    /// A target that WLM reports no weight for, while it does for others, weighs 1 ("zero": nothing).
    MissingWeight = "missing-weight" ["one", "zero"],
    /// Where no target is responsive, connections are shared out as if all were.
    NoneResponsive = "none-responsive",
    /// Round robin passes over a target whose responsiveness is 0; the probe with one connection now and then is not modelled.
    ProbeUnresponsive = "probe-not-modelled",
    /// Responsiveness is the product of its three parts ("minimum": the least of them).
    Responsiveness = "responsiveness-product" ["product", "minimum"],
    /// WEIGHTEDACTIVE takes the target with the smallest (active + 1) / weight; the weight is lowered by responsiveness, abnormal ends and, with SYSPLEXROUTING, health.
    WeightedActive = "weighted-active-least",
    /// OPTLOCAL 0 is always local; 1 while the local weight is above 0; 2 to 16 multiply the local weight before it is compared; a local server in poor state is passed over ("always", "never": whatever the value).
    OptLocal = "optlocal-values" ["values", "always", "never"],
    /// HEALTHSWITCH leaves a target whose responsiveness or health is 0 or whose transactions all end abnormally ("tsr-only": responsiveness alone counts).
    HealthSwitch = "health-switch-thresholds" ["zero", "tsr-only"],
    /// AUTOSWITCHBACK goes back to the preferred target as soon as it is ready and healthy again, however often its health changes.
    SwitchBack = "switch-back-not-damped",
    /// Where every hot-standby target that is ready is unhealthy, the one with most listeners serves, of equal ones the highest rank.
    StandbyNoneHealthy = "standby-none-healthy",
    /// Several listeners that share a port on one stack get connections in turn, with SHAREPORTWLM in proportion to their weights; the efficiency of each server is not modelled.
    ShareportTurns = "shareport-turns",
    /// Routes of a routing daemon are not known and every interface is up: the static routes decide the outbound interface.
    StaticRoutes = "static-routes-decide",
    /// Where no static route leads to a destination, it is reached over the first interface of its family.
    NoRoute = "no-route-first-interface",
    /// With MULTIPATH and several routes of equal length, the first one is taken.
    Multipath = "multipath-first-route",
    /// The source VIPA of a LINK is the static VIPA closest before it in HOME, as the manual of z/VM says.
    HomeOrder = "home-order-source",
    /// Of several IPv6 addresses the rules of RFC 3484 choose, in their order; of addresses that fit equally well, the first.
    AddressSelection = "ipv6-default-selection",
    /// Temporary IPv6 addresses are made while a stack runs and stand in no profile: the addresses of the profile are chosen from.
    TemporaryAddresses = "temporary-addresses-unknown",
    /// Of two SRCIP entries that are equally specific, the first counts.
    EqualSources = "srcip-equal-entries",
    /// An SRCIP entry whose address is not active on the stack is passed over ("refuse": connect() fails).
    SourceInactive = "srcip-inactive-address" ["next", "refuse"],
    /// connect() does not make an address of a VIPARANGE active that SRCIP gives ("yes": it does).
    SourceRange = "srcip-activates-range" ["no", "yes"],
    /// A SERVER or BOTH entry of SRCIP gives a listener its address that binds to no address ("no": it does not).
    SourceServer = "srcip-server-address" ["yes", "no"],
    /// A block of 64 ports begins at a port that is divisible by 64.
    BlocksAligned = "port-blocks-aligned",
    /// A stack gets the free block with the lowest ports, and takes the lowest free port of its blocks.
    BlocksLowestFirst = "port-blocks-lowest-first",
    /// A stack keeps a block of ports until it leaves its group or ends: nobody else gets a port of it, free or not.
    BlocksKept = "port-blocks-kept",
    /// The stacks that are left free the ports and blocks of a failed stack when they hear of its failure.
    FailedPorts = "ports-of-failed-stack",
    /// A port that a stack gives back can be had by another stack at once, whatever its last connection still waits for.
    FreedPorts = "freed-port-at-once",
    /// While the coupling facility cannot be reached, a stack gives out ports of blocks that it has and gets no new one.
    OwnBlocks = "port-blocks-of-lost-cf",
    /// When EXPLICITBINDPORTRANGE has no port left, bind() gets an ordinary ephemeral port.
    PoolEmpty = "explicit-bind-range-empty",
    /// A job has affinity to the stack that it is asked about, where its system has several ("no": it has none).
    StackAffinity = "stack-affinity" ["yes", "no"],
    /// A port that cannot be had, because none is left or another stack has it, is refused with EADDRINUSE.
    PortErrno = "port-not-available-errno" ["eaddrinuse", "eaddrnotavail"],
    /// A port that PORT or PORTRANGE keeps RESERVED is refused with EADDRINUSE.
    ReservedErrno = "port-reserved-errno" ["eaddrinuse", "eacces"],
    /// Of several PORT entries that fit a job the most specific counts ("first": the first).
    PortEntry = "port-entry-most-specific" ["specific", "first"],
    /// A PORT entry for OMVS fits every job ("no": only a job of that name).
    OmvsJobs = "port-omvs-any-job" ["yes", "no"],
    /// AUTHPORT fits the jobs whose name begins with FTP.
    AuthportJobs = "port-authport-ftp",
    /// Where PORT UNRSV entries exist and none fits the job, the port is denied ("allow": it may be had).
    UnreservedNoMatch = "port-unrsv-no-match" ["deny", "allow"],
    /// Jobs are neither APF-authorized nor superusers ("yes": they are).
    JobsAuthorized = "jobs-authorized" ["no", "yes"],
    /// An address of a VIPARANGE that the security server does not permit is refused with EACCES.
    RangeSafErrno = "range-saf-errno" ["eacces", "eaddrnotavail"],
    /// Ids of messages that no page confirms are left out: EZZ8302I for a DVIPA that was taken, EZZ8304I for one that bind or an ioctl elsewhere took, EZD1204I for one that an ioctl made, EZD1209E and EZD1210E for monitored interfaces ("shown": they stand before the words).
    MessageIds = "unconfirmed-message-ids" ["left-out", "shown"],
    /// MODDVIPA with affinity on a stack that does not serve DVIPAs yet ends with EAGAIN, as since APAR PI55277 ("einval": as before it).
    AffinityEarly = "affinity-too-early-errno" ["eagain", "einval"],
    /// An address that can be no DVIPA (unspecified, loopback, multicast) is a bad parameter of MODDVIPA.
    ModdvipaParameters = "moddvipa-bad-address",
    /// Of two DVIPAs that bind or ioctl make on two stacks before either has heard of the other, the earlier stays and the later is deleted again.
    SameMoment = "same-moment-earlier-stays",
    /// A differing VIPADEFINE or VIPABACKUP that an OBEYFILE brings for the same use of an address takes the place of the first ("no": it is rejected, as inside one profile).
    DefinitionInPlace = "second-definition-in-place" ["yes", "no"],
    /// bind() judges the port before the address.
    AccessBeforeAddress = "bind-port-before-address",
}

impl Assumption {
    /// The answer that a word of `[assumptions]` gives, in any case; `true` and `false` stand for yes and no.
    #[must_use]
    pub fn answer(self, said: &str) -> Option<&'static str> {
        let said = said.to_ascii_lowercase();
        let word = match said.as_str() {
            "false" | "off" => "no",
            "true" | "on" => "yes",
            word => word,
        };
        self.answers().iter().copied().find(|answer| *answer == word)
    }
}

/// A set of assumptions.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Assumptions(u128);

impl Assumptions {
    /// Adds one.
    pub fn insert(&mut self, assumption: Assumption) {
        self.0 |= 1 << (assumption as u8);
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: Assumptions) {
        self.0 |= other.0;
    }

    /// Whether one is in the set.
    #[must_use]
    pub fn contains(self, assumption: Assumption) -> bool {
        self.0 & (1 << (assumption as u8)) != 0
    }

    /// Those in the set, in the order of declaration.
    pub fn iter(self) -> impl Iterator<Item = Assumption> {
        Assumption::ALL.iter().copied().filter(move |a| self.contains(*a))
    }
}

impl fmt::Debug for Assumptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Assumption::name)).finish()
    }
}

impl Serialize for Assumptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Assumption::name))
    }
}

/// Answers that a model gives to open points, where another answer is possible.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Choices {
    pub(crate) shared_listener_ports: bool,
    pub(crate) unique_later: bool,
    /// Those that differ from the default.
    other: std::collections::BTreeMap<Assumption, &'static str>,
}

impl Choices {
    pub(crate) fn new(answers: &std::collections::BTreeMap<String, String>) -> Self {
        let mut other = std::collections::BTreeMap::new();
        for assumption in Assumption::ALL {
            let Some(said) = answers.get(assumption.name()) else { continue };
            let known = assumption.answer(said).filter(|a| Some(a) != assumption.answers().first());
            if let Some(answer) = known {
                other.insert(*assumption, answer);
            }
        }
        let no = |a: Assumption| other.contains_key(&a);
        Self {
            shared_listener_ports: !no(Assumption::SharedListenerPorts),
            unique_later: !no(Assumption::UniqueLater),
            other,
        }
    }

    /// The answer in force: that of the model, else the first of [`Assumption::answers`].
    pub(crate) fn answer(&self, assumption: Assumption) -> &'static str {
        let default = || assumption.answers().first().copied().unwrap_or_default();
        self.other.get(&assumption).copied().unwrap_or_else(default)
    }
}
