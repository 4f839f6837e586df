//! What may change unseen, and why.

use vipa_grammar::description::{StatementDesc, Support};

/// Why a change makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It says what holds without it; what may stand in its place is seen.
    Default,
    /// It is another way to say the same: PROTOCOL 6 and PROTOCOL TCP.
    Same,
    /// DELETE finds an entry by its port, protocol and job and takes no notice of what else is repeated (02:DELE-01).
    NotAsked,
    /// What it brings is in the configuration, wherever it comes from.
    Elsewhere,
    /// The target release has not got it.
    Retired,
    /// It says nothing: it may be left out, or the stack has no use for it there.
    Nothing,
}

impl Reason {
    pub const ALL: &[Self] =
        &[Self::Default, Self::Same, Self::NotAsked, Self::Elsewhere, Self::Retired, Self::Nothing];

    pub fn words(self) -> &'static str {
        match self {
            Self::Default => "says what holds without it",
            Self::Same => "says the same in another way",
            Self::NotAsked => "is not asked for by DELETE",
            Self::Elsewhere => "is seen by what it brings",
            Self::Retired => "is retired",
            Self::Nothing => "says nothing",
        }
    }
}

/// Cases, by words of their names: the first and the last one, and some of those between them.
pub const LISTED: &[(&str, Reason)] = &[
    ("INTERFACE EQENET CHPIDTYPE", Reason::Nothing),
    ("INTERFACE EQENET6 CHPIDTYPE", Reason::Nothing),
    ("AUTOLOG DELAYSTART DVIPA", Reason::Default),
    ("DEVICE NONROUTER", Reason::Default),
    ("DEVICE NOAUTORESTART", Reason::Default),
    ("DEVICE NONETMAN", Reason::Default),
    ("GLOBALCONFIG NOEXPLICITBINDPORTRANGE", Reason::Default),
    ("GLOBALCONFIG SYSPLEXMONITOR", Reason::Default),
    ("GLOBALCONFIG ZIIP", Reason::Default),
    ("INTERFACE CHPIDTYPE", Reason::Default),
    ("INTERFACE OSD", Reason::Default),
    ("INTERFACE NONROUTER", Reason::Default),
    ("INTERFACE NODYNVLANREG", Reason::Default),
    ("INTERFACE ROUTEALL", Reason::Default),
    ("INTERFACE NOMONSYSPLEX", Reason::Default),
    ("IPCONFIG NOSOURCEVIPA", Reason::Default),
    ("IPCONFIG NOSYSPLEXROUTING", Reason::Default),
    ("IPCONFIG NOTCPSTACKSOURCEVIPA", Reason::Default),
    ("IPCONFIG6 NOSOURCEVIPA", Reason::Default),
    ("IPCONFIG6 NOTCPSTACKSOURCEVIPA", Reason::Default),
    ("IPSEC LOGDISABLE", Reason::Default),
    ("IPSEC NOLOGIMPLICIT", Reason::Default),
    ("IPSEC NOLOG", Reason::Default),
    ("IPSEC ROUTING", Reason::Default),
    ("IPSEC LOCAL", Reason::Default),
    ("IPSEC BIDIRECTIONAL", Reason::Default),
    ("NETACCESS NOINBOUND", Reason::Default),
    ("NETACCESS OUTBOUND", Reason::Default),
    ("NETACCESS CACHEALL", Reason::Default),
    ("PKTTRACE FULL", Reason::Default),
    ("PKTTRACE DISCARDED", Reason::Default),
    ("PORT UNRSV TCP WHENLISTEN", Reason::Default),
    ("PORT UNRSV UDP WHENBIND", Reason::Default),
    ("ROUTE HOST", Reason::Default),
    ("ROUTE MTU DEFAULTSIZE", Reason::Default),
    ("ROUTE NOREPLACEABLE", Reason::Default),
    ("SRCIP JOBNAME CLIENT", Reason::Default),
    ("VIPADEFINE IMMEDIATE", Reason::Default),
    ("VIPADISTRIBUTE DEFINE", Reason::Default),
    ("VIPADISTRIBUTE DISTMETHOD", Reason::Default),
    ("VIPADISTRIBUTE DISTMETHOD BASEWLM", Reason::Default),
    ("VIPADISTRIBUTE NOOPTLOCAL", Reason::Default),
    ("VIPARANGE DEFINE", Reason::Default),
    ("VIPARANGE NONDISRUPTIVE", Reason::Default),
    ("VIPAROUTE DEFINE", Reason::Default),
    ("IPSEC TCP", Reason::Same),
    ("IPSEC UDP", Reason::Same),
    ("IPSEC LITERAL2", Reason::Same),
    ("IPSEC ICMP", Reason::Same),
    ("IPSEC OSPF", Reason::Same),
    ("NETACCESS NET", Reason::Same),
    ("NETACCESS ADDRESS", Reason::Same),
    ("NETACCESS MASK", Reason::Same),
    ("PKTTRACE SUBNET", Reason::Same),
    ("PKTTRACE MASK", Reason::Same),
    ("DELETE DENY", Reason::NotAsked),
    ("DELETE SAF", Reason::NotAsked),
    ("DELETE RESOURCE", Reason::NotAsked),
    ("DELETE WHENLISTEN", Reason::NotAsked),
    ("DELETE WHENBIND", Reason::NotAsked),
    ("DELETE NOAUTOLOG", Reason::NotAsked),
    ("DELETE DELAYACKS", Reason::NotAsked),
    ("DELETE NODELAYACKS", Reason::NotAsked),
    ("DELETE SHAREPORT", Reason::NotAsked),
    ("DELETE SHAREPORTWLM", Reason::NotAsked),
    ("DELETE BIND", Reason::NotAsked),
    ("DELETE BIND-ADDRESS", Reason::NotAsked),
    ("DELETE NOSMC", Reason::NotAsked),
    ("DELETE SMC", Reason::NotAsked),
    ("DELETE NOSMCR", Reason::NotAsked),
    ("INCLUDE DATASET", Reason::Elsewhere),
    ("DELETE ATMARPSV", Reason::Retired),
    ("DELETE ATMLIS", Reason::Retired),
    ("DELETE ATMPVC", Reason::Retired),
    ("DELETE ATM-NAME", Reason::Retired),
    ("LINK OSAENET", Reason::Retired),
    ("LINK OSAFDDI", Reason::Retired),
    ("LINK IP", Reason::Retired),
    ("LINK CDLC", Reason::Retired),
    ("LINK SAMEHOST", Reason::Retired),
    ("LINK IUCV", Reason::Retired),
    ("LINK IPAQTR", Reason::Retired),
    ("LINK ATM", Reason::Retired),
    ("NETACCESS DEFAULT ZERO", Reason::Nothing),
    ("NETACCESS DEFAULTHOME ZERO", Reason::Nothing),
];

/// The reason of a case, with its place in the list.
pub fn reason(name: &str) -> Option<(usize, Reason)> {
    let fits = |listed: &str| {
        let mut words = name.split(' ');
        listed.split(' ').all(|wanted| words.any(|word| word == wanted))
            && name.split(' ').next() == listed.split(' ').next()
            && name.split(' ').next_back() == listed.split(' ').next_back()
    };
    LISTED
        .iter()
        .enumerate()
        .find(|(_, (listed, _))| fits(listed))
        .map(|(place, (_, reason))| (place, *reason))
}

/// Why nothing of a statement is in a configuration.
pub fn whole(desc: &StatementDesc) -> Option<&'static str> {
    if !desc.belongs.is_empty() {
        return Some("belongs to another file");
    }
    if !desc.until.is_empty() || desc.support == Support::Recognised {
        return Some("retired");
    }
    None
}
