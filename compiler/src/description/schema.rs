//! The shape of `sysplex.toml` for editors, as a JSON schema.
//!
//! These types hold nothing: they mirror the sections so that the schema can be generated from them. A test
//! keeps their keys and words equal to those that are read.

use std::collections::BTreeMap;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, schema_for};
use serde_json::Value;

use super::{FailLevel, Preset, RuleLevel};

/// The schema, JSON Schema 2020-12; committed as `schema/sysplex.schema.json`.
#[must_use]
pub fn schema() -> Schema {
    let mut schema = schema_for!(SysplexToml);
    RecursiveTransform(without_null).transform(&mut schema);
    schema
}

/// TOML has no null: what need not be there is left out, so the schema of an optional value is that of the
/// value.
fn without_null(schema: &mut Schema) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|one| one != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            schema.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|one| one.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(one)] = choices.as_slice() {
            let one = one.clone();
            schema.remove("anyOf");
            for (key, value) in one {
                schema.insert(key, value);
            }
        }
    }
}

/// Describes a sysplex to vipa: its stacks, their profiles, and what is wanted of the linter and the model.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, title = "sysplex.toml")]
pub struct SysplexToml {
    /// What all stacks share.
    pub sysplex: Option<Sysplex>,
    /// The TCP/IP stacks, in the order in which they start.
    #[schemars(length(min = 1))]
    pub stack: Vec<Stack>,
    /// What runs where.
    pub job: Option<Vec<Job>>,
    /// Which files are what, and how data sets are read.
    pub files: Option<Files>,
    /// Symbolic addresses, as the founding documents write them: name = "address".
    pub addresses: Option<BTreeMap<String, String>>,
    /// Open choices of the executable model.
    pub model: Option<Model>,
    /// Open points of the sources by name, with the answer to assume.
    pub assumptions: Option<BTreeMap<String, Answer>>,
    /// Which findings are wanted.
    pub lint: Option<Lint>,
}

/// What all stacks share.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Sysplex {
    /// Name of the sysplex, for reports and &SYSPLEX.
    pub name: Option<String>,
    /// Language of the profiles; "zos" when not given.
    pub dialect: Option<DialectWord>,
    /// Target release of z/OS; "3.1" when not given.
    pub release: Option<ReleaseText>,
    /// Data set name (with or without a member) to file or folder of members, for INCLUDE.
    pub includes: Option<BTreeMap<String, String>>,
}

/// A TCP/IP stack.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Stack {
    /// Name of the stack, unique in the file: its job name, unless `job` tells another one.
    #[schemars(length(min = 1, max = 8))]
    pub name: String,
    /// Job name of the stack, where stacks of several systems share one, such as "TCPIP"; the name when not given. Reports and
    /// captures show it.
    #[schemars(length(min = 1, max = 8))]
    pub job: Option<String>,
    /// The system (MVS image) it runs on, and &SYSNAME; a system of the stack's name when not given.
    #[schemars(length(min = 1, max = 8))]
    pub system: Option<String>,
    /// The CPC of the system.
    #[schemars(length(min = 1, max = 8))]
    pub cpc: Option<String>,
    /// XCF group; "EZBTCPCS" when not given.
    #[schemars(length(min = 1, max = 8))]
    pub xcf_group: Option<String>,
    /// File of the initial profile, or a list of files in order.
    pub profile: OneOrMany,
    /// Static system symbols, name without & = text.
    pub symbols: Option<BTreeMap<String, String>>,
    /// As `includes` of the sysplex, but asked first.
    pub includes: Option<BTreeMap<String, String>>,
    /// Target release of this stack, if it differs.
    pub release: Option<ReleaseText>,
    /// First and last port of INADDRANYPORT and INADDRANYCOUNT in BPXPRMxx, such as "5000-5999", where the system has
    /// several stacks under common INET.
    pub inaddrany_ports: Option<String>,
    /// Security label of the user id that the stack runs under, where multilevel security is active (SETROPTS MLACTIVE).
    #[schemars(length(min = 1, max = 8))]
    pub security_label: Option<String>,
    /// Security labels of the zones that NETACCESS names: last qualifier of the resource profile = label.
    pub zone_labels: Option<BTreeMap<String, String>>,
}

/// A job or started task.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Job {
    /// Job name.
    #[schemars(length(min = 1, max = 8))]
    pub name: String,
    /// Stacks it runs on; all when not given.
    pub stacks: Option<OneOrMany>,
    /// User id it runs under.
    #[schemars(length(min = 1, max = 8))]
    pub user: Option<String>,
}

/// Which files are what, by glob; the rest is told by content.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Files {
    /// Initial profiles.
    pub profile: Option<OneOrMany>,
    /// Data sets for VARY TCPIP,,OBEYFILE.
    pub obeyfile: Option<OneOrMany>,
    /// Members that others INCLUDE.
    pub include: Option<OneOrMany>,
    /// Files to leave alone.
    pub ignore: Option<OneOrMany>,
    /// Encoding of all data sets; "auto" when not given.
    pub encoding: Option<EncodingWord>,
    /// Record form of all data sets; "auto" when not given.
    pub records: Option<RecordsWord>,
}

/// Open choices of the executable model.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Model {
    /// Form of the port structures; when not given "bitmap" for founding and "block" for zos.
    pub ports: Option<PortsWord>,
    /// Meaning of a one in both bitmaps; "one-is-available" when not given.
    pub polarity: Option<PolarityWord>,
    /// One structure for each stack beside the common one (figure 8B); true when not given.
    pub stack_structures: Option<bool>,
    /// What CLUSTERPORTS added to a running DVIPA does; "count" when not given.
    pub clusterports_added: Option<ClusterPortsWord>,
}

/// Which findings are wanted.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lint {
    /// Rules to begin with; "default" when not given.
    pub preset: Option<Preset>,
    /// Severity from which the command fails; "error" when not given.
    pub fail_level: Option<FailLevel>,
    /// Level of single rules by name.
    pub rules: Option<BTreeMap<String, RuleLevel>>,
    /// What is different for some files, by glob.
    pub per_file: Option<BTreeMap<String, PerFile>>,
}

/// What is different for some files.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PerFile {
    /// Names of rules that do not apply there.
    pub ignore: Option<OneOrMany>,
}

/// One text or a list of texts.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several, in order.
    Many(Vec<String>),
}

/// The answer to an open point.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum Answer {
    /// A word.
    Word(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// A language of profiles.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum DialectWord {
    /// The shipped product.
    Zos,
    /// The founding documents, on top of the product.
    Founding,
}

/// A release of z/OS.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub enum ReleaseText {
    /// As "2.5".
    Short(ReleaseWord),
    /// As "V2R5".
    Long(#[schemars(regex(pattern = r"^[Vv](2[Rr][1-5]|3[Rr][12])$"))] String),
}

/// A release of z/OS in its short form.
#[derive(JsonSchema)]
pub enum ReleaseWord {
    /// V2R1.
    #[schemars(rename = "2.1")]
    V2R1,
    /// V2R2.
    #[schemars(rename = "2.2")]
    V2R2,
    /// V2R3.
    #[schemars(rename = "2.3")]
    V2R3,
    /// V2R4.
    #[schemars(rename = "2.4")]
    V2R4,
    /// V2R5.
    #[schemars(rename = "2.5")]
    V2R5,
    /// 3.1.
    #[schemars(rename = "3.1")]
    V3R1,
    /// 3.2.
    #[schemars(rename = "3.2")]
    V3R2,
}

/// Form of the port structures in the coupling facility.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum PortsWord {
    /// A bit for each port.
    Bitmap,
    /// The ports that are available, one by one.
    List,
    /// An entry for each connection: a port can serve several destinations.
    ConnectionTable,
    /// Blocks of 64 ports for one stack at a time, as in the product.
    Block,
}

/// Meaning of a one in both bitmaps.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum PolarityWord {
    /// Common bitmap: 1 is available; a stack's own: 1 is in use.
    OneIsAvailable,
    /// Both the other way round.
    OneIsInUse,
}

/// What CLUSTERPORTS does when VARY OBEYFILE adds it while connections run.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum ClusterPortsWord {
    /// Connections of each port are counted; it is available again at zero.
    Count,
    /// Refused while there are connections.
    Refuse,
}

/// An encoding.
#[derive(JsonSchema)]
pub enum EncodingWord {
    /// By content.
    #[schemars(rename = "auto")]
    Auto,
    /// UTF-8 or ASCII.
    #[schemars(rename = "utf-8")]
    Utf8,
    /// EBCDIC, z/OS UNIX.
    #[schemars(rename = "ibm-1047")]
    Ibm1047,
    /// EBCDIC, US and Canada.
    #[schemars(rename = "ibm-037")]
    Ibm037,
}

/// A record form.
#[derive(JsonSchema)]
pub enum RecordsWord {
    /// By content.
    #[schemars(rename = "auto")]
    Auto,
    /// Records with line ends.
    #[schemars(rename = "lines")]
    Lines,
    /// Records of 80 bytes without line ends.
    #[schemars(rename = "fixed80")]
    Fixed80,
}

#[cfg(test)]
mod tests;
