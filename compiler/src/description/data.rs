//! What a `sysplex.toml` says, as plain data.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::ops::Range;

use runtime_model::model::{ClusterPortsAdded, Polarity, PortForm, Structures};
use schemars::JsonSchema;

use super::{DEFAULT_XCF_GROUP, Spanned};
use crate::Dialect;
use crate::dataset::{DecodeOptions, EncodingOption, RecordsOption};

/// A sysplex as described. Names of z/OS (stacks, systems, CPCs, groups, jobs, users, symbols, data sets) are
/// in upper case, whatever case was written; paths, globs and rule names are as written. Lists are in the
/// order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// `[sysplex]`.
    pub sysplex: SysplexSection,
    /// `[[stack]]`; names are unique, as a second stack of a name is reported and left out.
    pub stacks: Vec<StackEntry>,
    /// `[[job]]`.
    pub jobs: Vec<JobEntry>,
    /// `[files]`.
    pub files: FilesSection,
    /// `[addresses]`: symbolic addresses.
    pub addresses: Vec<AddressEntry>,
    /// `[model]`.
    pub model: ModelSection,
    /// `[assumptions]`; names are not checked here.
    pub assumptions: Vec<Assumption>,
    /// `[lint]`.
    pub lint: LintSection,
}

/// `[sysplex]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SysplexSection {
    /// Its name, for reports and &SYSPLEX.
    pub name: Option<Spanned<String>>,
    /// Dialect of all profiles.
    pub dialect: Option<Spanned<Dialect>>,
    /// Target release of all stacks that have none of their own.
    pub release: Option<Spanned<Release>>,
    /// Where INCLUDEd data sets are.
    pub includes: Vec<IncludeEntry>,
}

/// `[[stack]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StackEntry {
    /// Name of the stack: its job name, unless `job` tells another one.
    pub name: Spanned<String>,
    /// Its job name, if told: where stacks of several systems share one.
    pub job: Option<Spanned<String>>,
    /// The system (MVS image) that it runs on, if told.
    pub system: Option<Spanned<String>>,
    /// The CPC of that system, if told.
    pub cpc: Option<Spanned<String>>,
    /// XCF group, if told.
    pub xcf_group: Option<Spanned<String>>,
    /// Files of the initial profile, in order, as written.
    pub profiles: Vec<Spanned<String>>,
    /// Symbols as written, name (upper case, without & and period) and text.
    pub symbols: Vec<(Spanned<String>, Spanned<String>)>,
    /// Where INCLUDEd data sets are, before those of the sysplex.
    pub includes: Vec<IncludeEntry>,
    /// Its target release, if it differs from that of the sysplex.
    pub release: Option<Spanned<Release>>,
    /// First and last port of INADDRANYPORT and INADDRANYCOUNT of its system, under common INET.
    pub inaddrany: Option<(u16, u16)>,
    /// Security label of the stack's user id, where multilevel security is active.
    pub security_label: Option<Spanned<String>>,
    /// Security labels of NETACCESS zones: last qualifier of the resource, label.
    pub zone_labels: Vec<(Spanned<String>, Spanned<String>)>,
    /// The whole entry.
    pub span: Range<usize>,
}

impl StackEntry {
    /// The system it runs on; a stack that names none has a system of its own name.
    #[must_use]
    pub fn system_name(&self) -> &str {
        self.system.as_ref().map_or(&self.name.value, |system| &system.value)
    }
    /// Its XCF group; [`DEFAULT_XCF_GROUP`] when none is told.
    #[must_use]
    pub fn xcf_group_name(&self) -> &str {
        self.xcf_group.as_ref().map_or(DEFAULT_XCF_GROUP, |group| &group.value)
    }
}

/// An entry of `includes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncludeEntry {
    /// Data set name, with or without a member, upper case, without quotes.
    pub data_set: Spanned<String>,
    /// File, or folder of members, as written.
    pub path: Spanned<String>,
}

/// `[[job]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobEntry {
    /// Job name.
    pub name: Spanned<String>,
    /// Stacks it runs on, by name; empty when it runs on all. Stacks that do not exist are reported and left
    /// out.
    pub stacks: Vec<Spanned<String>>,
    /// User id, if told.
    pub user: Option<Spanned<String>>,
    /// The whole entry.
    pub span: Range<usize>,
}

/// `[files]`: globs relative to the description. See [`super::FileKinds`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesSection {
    /// Initial profiles.
    pub profile: Vec<Spanned<String>>,
    /// Data sets for VARY OBEYFILE.
    pub obeyfile: Vec<Spanned<String>>,
    /// Members that others INCLUDE.
    pub include: Vec<Spanned<String>>,
    /// Files that are none of these.
    pub ignore: Vec<Spanned<String>>,
    /// Encoding of all data sets.
    pub encoding: Option<Spanned<EncodingOption>>,
    /// Record form of all data sets.
    pub records: Option<Spanned<RecordsOption>>,
}

impl FilesSection {
    /// How data sets are to be read.
    #[must_use]
    pub fn decode_options(&self) -> DecodeOptions {
        DecodeOptions {
            encoding: self.encoding.as_ref().map_or(EncodingOption::Auto, |encoding| encoding.value),
            records: self.records.as_ref().map_or(RecordsOption::Auto, |records| records.value),
        }
    }
}

/// An entry of `[addresses]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressEntry {
    /// Symbolic address, upper case.
    pub name: Spanned<String>,
    /// What it stands for.
    pub address: Spanned<IpAddr>,
}

/// `[model]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelSection {
    /// Form of the port structures.
    pub ports: Option<Spanned<PortForm>>,
    /// Meaning of a one in both bitmaps.
    pub polarity: Option<Spanned<Polarity>>,
    /// Whether each stack has a structure of its own.
    pub stack_structures: Option<Spanned<bool>>,
    /// What VARY OBEYFILE does with CLUSTERPORTS while connections run.
    pub clusterports_added: Option<Spanned<ClusterPortsAdded>>,
}

impl ModelSection {
    /// The settings with defaults: bitmaps for the founding dialect, blocks for the product.
    #[must_use]
    pub fn structures(&self, dialect: Dialect) -> Structures {
        let default = Structures::default();
        let ports = match dialect {
            Dialect::Founding => PortForm::Bitmap,
            Dialect::Zos => PortForm::Block,
        };
        Structures {
            ports: self.ports.as_ref().map_or(ports, |ports| ports.value),
            polarity: self.polarity.as_ref().map_or(default.polarity, |polarity| polarity.value),
            stack_structures: self
                .stack_structures
                .as_ref()
                .map_or(default.stack_structures, |own| own.value),
            clusterports_added: self
                .clusterports_added
                .as_ref()
                .map_or(default.clusterports_added, |what| what.value),
        }
    }
}

/// An entry of `[assumptions]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The open point.
    pub name: Spanned<String>,
    /// The answer; numbers and booleans as text.
    pub answer: Spanned<String>,
}

/// `[lint]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LintSection {
    /// Which rules are on to begin with.
    pub preset: Option<Spanned<Preset>>,
    /// From which severity the command fails.
    pub fail_level: Option<Spanned<FailLevel>>,
    /// `[lint.rules]`; names are not checked here.
    pub rules: Vec<RuleSetting>,
    /// `[lint.per-file]`.
    pub per_file: Vec<PerFileEntry>,
}

/// An entry of `[lint.rules]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// Name of the rule, as written.
    pub rule: Spanned<String>,
    /// Its level.
    pub level: Spanned<RuleLevel>,
}

/// An entry of `[lint.per-file]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerFileEntry {
    /// Which files.
    pub glob: Spanned<String>,
    /// Names of the rules that do not apply there, as written.
    pub ignore: Vec<Spanned<String>>,
}

/// A set of rules to begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Preset {
    /// What everybody wants.
    #[default]
    Default,
    /// All rules, advice included.
    Strict,
    /// What an auditor asks for.
    Security,
}

/// The severity from which the command fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum FailLevel {
    /// Errors only.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Info,
    /// No finding.
    Never,
}

/// The level of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum RuleLevel {
    /// Its findings are errors.
    Error,
    /// Its findings are warnings.
    Warning,
    /// Its findings are information.
    Info,
    /// It does not run.
    Off,
}

/// A release of z/OS. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Release {
    /// The version, 3 of 3.1.
    pub version: u8,
    /// The release, 1 of 3.1.
    pub release: u8,
}

impl Release {
    /// The releases that can be a target, oldest first.
    pub const ALL: [Self; 7] = [
        Self { version: 2, release: 1 },
        Self { version: 2, release: 2 },
        Self { version: 2, release: 3 },
        Self { version: 2, release: 4 },
        Self { version: 2, release: 5 },
        Self { version: 3, release: 1 },
        Self { version: 3, release: 2 },
    ];
    /// Reads `3.1` or `V3R1` in any case; `None` for anything else, and for releases that are not in
    /// [`Self::ALL`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (version, release) = match text.as_bytes() {
            [version, b'.', release] | [b'V' | b'v', version, b'R' | b'r', release] => (version, release),
            _ => return None,
        };
        let is = |number: u8, digit: u8| char::from(digit).to_digit(10) == Some(u32::from(number));
        Self::ALL.into_iter().find(|one| is(one.version, *version) && is(one.release, *release))
    }
}

impl Default for Release {
    /// 3.1, the target when nothing is said.
    fn default() -> Self {
        Self { version: 3, release: 1 }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}", self.version, self.release)
    }
}

impl Description {
    /// Dialect of all profiles.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.sysplex.dialect.as_ref().map_or(Dialect::Zos, |dialect| dialect.value)
    }
    /// Target release of a stack: its own, that of the sysplex, 3.1.
    #[must_use]
    pub fn release(&self, stack: &StackEntry) -> Release {
        let written = stack.release.as_ref().or(self.sysplex.release.as_ref());
        written.map_or_else(Release::default, |release| release.value)
    }
    /// The stack with this name, in any case.
    #[must_use]
    pub fn stack(&self, name: &str) -> Option<&StackEntry> {
        self.stacks.iter().find(|stack| stack.name.value.eq_ignore_ascii_case(name))
    }
    /// The system symbols of a stack, by name without & and period: those written; SYSNAME from `system`,
    /// SYSCLONE from the last two characters of SYSNAME, SYSPLEX from the name of the sysplex if that can be
    /// one (up to 8 characters), unless written.
    #[must_use]
    pub fn symbols(&self, stack: &StackEntry) -> BTreeMap<String, String> {
        let mut symbols: BTreeMap<String, String> =
            stack.symbols.iter().map(|(name, text)| (name.value.clone(), text.value.clone())).collect();
        if let Some(system) = &stack.system {
            symbols.entry("SYSNAME".to_owned()).or_insert_with(|| system.value.clone());
        }
        if let Some(name) = symbols.get("SYSNAME") {
            let skip = name.chars().count().saturating_sub(2);
            let clone = name.chars().skip(skip).collect();
            symbols.entry("SYSCLONE".to_owned()).or_insert(clone);
        }
        if let Some(name) = self.sysplex.name.as_ref().filter(|name| name.value.len() <= 8) {
            symbols.entry("SYSPLEX".to_owned()).or_insert_with(|| name.value.to_ascii_uppercase());
        }
        symbols
    }
    /// The address that a symbolic address stands for, in any case.
    #[must_use]
    pub fn address(&self, name: &str) -> Option<IpAddr> {
        let entry = self.addresses.iter().find(|entry| entry.name.value.eq_ignore_ascii_case(name));
        entry.map(|entry| entry.address.value)
    }
}
