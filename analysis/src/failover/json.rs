//! The report as one JSON object: what goes the same way is told once, with places in the lists of DVIPAs, services and lines. Its schema
//! is `schema/failover.schema.json`.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::folded::{Folded, Passage};
use super::lines::place;
use super::{Case, DvipaRow, Fate, Fault, Moment, Order, Report, Service, StackRow, Weakness};
use crate::rows;
use crate::why::Assumed;

/// Version of the JSON. A field that is added raises the second number; anything else raises the first.
pub const FORMAT_VERSION: &str = "2.0";

#[derive(Serialize, JsonSchema)]
#[schemars(title = "What vipa failover --format json says")]
struct Written<'r> {
    /// Version of this form.
    format_version: &'static str,
    /// Name of the sysplex.
    sysplex: &'r str,
    /// The stacks with system and CPC, in the order of the description.
    stacks: &'r [StackRow],
    /// Every DVIPA of a VIPADEFINE or VIPABACKUP, in the order of addresses, as it is before any fault.
    dvipas: &'r [DvipaRow],
    /// The services, as they are before any fault.
    services: &'r [Service],
    /// Where the sysplex is weak, the worst first.
    weaknesses: &'r [Weakness],
    /// Each fault, while running and at the start.
    cases: Vec<Told<'r>>,
    /// DVIPAs whose owner depends on which stack starts first.
    orders: &'r [Order],
    /// Open points of the sources that the answers rest on, by name.
    assumptions: &'r [Assumed],
    /// What was taken for granted beside them.
    notes: &'r [String],
    /// What stacks do and write, each line once; traces have places in here.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<&'r str>>,
}

/// What a fault did.
#[derive(Serialize, JsonSchema)]
struct Told<'r> {
    /// What is lost.
    fault: &'r Fault,
    /// When.
    moment: Moment,
    /// DVIPAs that are not where they were.
    moved: Vec<Moved<'r>>,
    /// Services that are not as they were.
    services: Vec<Served<'r>>,
    /// How many connections were running and are gone.
    broken: usize,
    /// DVIPAs that are not back when what was lost has started again.
    back: Vec<Back<'r>>,
    /// What the stacks did and wrote, passage by passage, with `--trace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Vec<Passage>>,
}

/// DVIPAs that moved from one stack to another.
#[derive(Serialize, JsonSchema)]
struct Moved<'r> {
    /// Owner before.
    from: Option<&'r str>,
    /// Owner after.
    to: Option<&'r str>,
    /// Places in the list of DVIPAs.
    dvipas: Vec<usize>,
}

/// Services to which the same happened.
#[derive(Serialize, JsonSchema)]
struct Served<'r> {
    /// What became of them.
    fate: Fate,
    /// Stacks that had a listener before the fault and have none now.
    gone: Vec<&'r str>,
    /// Stacks that have a listener now and had none.
    come: Vec<&'r str>,
    /// Places in the list of services.
    services: Vec<usize>,
}

/// DVIPAs that did not come back.
#[derive(Serialize, JsonSchema)]
struct Back<'r> {
    /// Who has them after the return.
    with: Option<&'r str>,
    /// They come back when the last connection there has ended.
    when_idle: bool,
    /// Places in the list of DVIPAs.
    dvipas: Vec<usize>,
}

/// The report, a line for each entry of a list, with a line end behind it.
///
/// # Errors
/// When a value has no JSON form; a report always has one.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    let folded = Folded::new(report);
    let cases = report.cases.iter().zip(folded.cases).map(|(case, trace)| told(report, case, trace));
    rows::render(&Written {
        format_version: FORMAT_VERSION,
        sysplex: &report.sysplex,
        stacks: &report.stacks,
        dvipas: &report.dvipas,
        services: &report.services,
        weaknesses: &report.weaknesses,
        cases: cases.collect(),
        orders: &report.orders,
        assumptions: &report.assumptions,
        notes: &report.notes,
        lines: (!folded.lines.is_empty()).then_some(folded.lines),
    })
}

/// The schema of it, committed as `schema/failover.schema.json`.
#[must_use]
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Written<'_>>()
}

/// What became of services, and the stacks that are gone and have come.
type Way<'r> = (Fate, Vec<&'r str>, Vec<&'r str>);

fn told<'r>(report: &'r Report, case: &'r Case, trace: Vec<Passage>) -> Told<'r> {
    let mut moved: BTreeMap<(Option<&str>, Option<&str>), Vec<usize>> = BTreeMap::new();
    for one in &case.moved {
        let way = (one.from.as_deref(), one.to.as_deref());
        moved.entry(way).or_default().extend(place(report, one.address));
    }
    let mut back: BTreeMap<(Option<&str>, bool), Vec<usize>> = BTreeMap::new();
    for one in &case.back {
        let way = (one.with.as_deref(), one.when_idle);
        back.entry(way).or_default().extend(place(report, one.address));
    }
    let mut services: BTreeMap<Way<'_>, Vec<usize>> = BTreeMap::new();
    for one in &case.services {
        let before = report.services.get(one.service).map_or(&[][..], |service| &service.listeners);
        let way = (one.fate, without(before, &one.listeners), without(&one.listeners, before));
        services.entry(way).or_default().push(one.service);
    }
    Told {
        fault: &case.fault,
        moment: case.moment,
        moved: moved.into_iter().map(|((from, to), dvipas)| Moved { from, to, dvipas }).collect(),
        services: services
            .into_iter()
            .map(|((fate, gone, come), services)| Served { fate, gone, come, services })
            .collect(),
        broken: case.broken,
        back: back.into_iter().map(|((with, when_idle), dvipas)| Back { with, when_idle, dvipas }).collect(),
        trace: (!case.trace.is_empty()).then_some(trace),
    }
}

/// Those of the first that the second has not.
fn without<'r>(all: &'r [String], less: &[String]) -> Vec<&'r str> {
    all.iter().filter(|name| !less.contains(name)).map(String::as_str).collect()
}
