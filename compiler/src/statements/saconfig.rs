//! SACONFIG: the SNMP subagent of the stack (02 10).

use grammar::slot::saconfig as slot;
use grammar::tree::StmtView;
use serde::Serialize;

use super::coded::{self, Coded};
use super::ipconfig::Placed;
use super::options;
use super::secret::Secret;
use crate::apply::{Apply, Phase};
use crate::read::Read;

/// Port of the SNMP agent when a profile names none (SACF-04).
pub const AGENT: u16 = 161;

/// The options as coded; None is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// ENABLED or DISABLED.
    pub enabled: Option<Placed<bool>>,
    /// Port of the SNMP agent.
    pub agent: Option<Placed<u16>>,
    /// COMMUNITY, a password in all but name.
    pub community: Option<Secret>,
    /// The other options, as coded.
    pub options: Coded,
}

/// A SACONFIG statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed(Box<Part>);

/// Reads a SACONFIG statement. Upper and lower case count in a community name (SACF-02).
pub fn read(view: &StmtView<'_>, cx: &mut Read<'_>) -> Typed {
    let parts = &view.parts;
    let secret = parts.get(slot::SECRET).or_else(|| parts.get(slot::SECRET_ANY));
    let typed = [slot::AGENT, slot::COMMUNITY, slot::ENABLED, slot::DISABLED];
    Typed(Box::new(Part {
        enabled: options::flag(parts, slot::ENABLED, slot::DISABLED, cx),
        agent: options::number(parts, slot::AGENT_PORT, cx),
        community: secret.map(|word| Secret::new(word.text())),
        options: coded::read(view, &typed),
    }))
}

impl Typed {
    /// Options add up; what is not named stays (GEN-15). The default port counts in the initial profile only (SACF-04).
    pub fn apply(&self, cx: &mut Apply<'_>) {
        let before = cx.config.saconfig.clone();
        let part = &mut cx.config.saconfig;
        part.enabled = self.0.enabled.or(part.enabled);
        part.agent = self.0.agent.or(part.agent);
        if self.0.community.is_some() {
            part.community.clone_from(&self.0.community);
        }
        part.options.take(&self.0.options);
        if cx.phase == Phase::Initial && part.agent.is_none() {
            part.agent = Some(Placed { value: AGENT, at: cx.at });
        }
        // A community name is never printed, so it is compared by itself.
        let changed = before.community != part.community || options::differ(&before, part, cx.phase);
        options::taken(changed, "SACONFIG", cx);
    }
}
