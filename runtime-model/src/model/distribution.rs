//! VIPADISTRIBUTE as plain data.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// VIPADISTRIBUTE DEFINE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DistributionModel {
    /// The distributed DVIPA.
    pub dvipa: IpAddr,
    /// Listed ports, sorted; empty means not enumerated (004#9).
    #[serde(default)]
    pub ports: Vec<u16>,
    /// Candidate targets.
    pub targets: Targets,
    /// CLUSTERPORTS (founding) or SYSPLEXPORTS (product).
    #[serde(default)]
    pub cluster_ports: bool,
    /// Distribution method.
    #[serde(default)]
    pub method: Method,
    /// What only the product's tables look at.
    #[serde(default)]
    pub product: DistributionOptions,
}

/// Options of VIPADISTRIBUTE that the founding documents know nothing of (04 5.3 to 5.7).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct DistributionOptions {
    /// TIMEDAFFINITY in seconds, 0 for none.
    pub affinity: u16,
    /// OPTLOCAL, 0 to 16; absent for NOOPTLOCAL.
    pub opt_local: Option<u8>,
    /// HOTSTANDBY AUTOSWITCHBACK.
    pub auto_switch_back: bool,
    /// HOTSTANDBY HEALTHSWITCH.
    pub health_switch: bool,
    /// TIER1 or TIER2.
    pub tier: Option<u8>,
    /// GRE or ENCAP: the targets are not z/OS.
    pub foreign_targets: bool,
    /// Name behind TIER1 or TIER2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// PROCTYPE of BASEWLM: proportions of CP, zAAP and zIIP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processors: Option<[u8; 3]>,
    /// PROCXCOST of SERVERWLM: cost of zAAP and zIIP work on a general processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossing: Option<[u8; 2]>,
    /// ILWEIGHTING of SERVERWLM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importance: Option<u8>,
}

impl Default for DistributionOptions {
    fn default() -> Self {
        Self {
            affinity: 0,
            opt_local: None,
            auto_switch_back: true,
            health_switch: true,
            tier: None,
            foreign_targets: false,
            group: None,
            processors: None,
            crossing: None,
            importance: None,
        }
    }
}

/// DESTIP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Targets {
    /// Every stack, now or later.
    All,
    /// The stacks with these dynamic XCF addresses, in order.
    Xcf(Vec<Target>),
}

/// One entry of DESTIP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Target {
    /// Dynamic XCF address of the target.
    pub xcf: IpAddr,
    /// WEIGHT, for WEIGHTEDACTIVE.
    #[serde(default)]
    pub weight: Option<u16>,
    /// PREFERRED, or BACKUP with its rank, for HOTSTANDBY.
    #[serde(default)]
    pub standby: Option<Standby>,
}

/// Role of a hot-standby target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standby {
    /// PREFERRED.
    Preferred,
    /// BACKUP with its rank, higher first.
    Backup(u8),
}

/// DISTMETHOD.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// BASEWLM, the default.
    #[default]
    BaseWlm,
    /// ROUNDROBIN.
    RoundRobin,
    /// SERVERWLM.
    ServerWlm,
    /// WEIGHTEDACTIVE.
    WeightedActive,
    /// HOTSTANDBY.
    HotStandby,
    /// TARGCONTROLLED.
    TargControlled,
}
