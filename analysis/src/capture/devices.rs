//! NETSTAT DEVLINKS: devices, links and interfaces with their status.

use schemars::JsonSchema;
use serde::Serialize;

use super::line::Line;
use super::words::filled;
use super::{Body, Reader};

/// A device, link or interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Device {
    /// Its name.
    pub name: String,
    /// Type, as written: `IPAQENET`, `VIPA`.
    pub kind: Option<String>,
    /// Status, as written: `Ready`, `Not Active`.
    pub status: Option<String>,
}

/// Whether a line is the first of an entry.
pub(super) fn begins(line: &Line<'_>) -> bool {
    line.pairs(LABELS).iter().any(|(label, _)| matches!(*label, "DevType" | "IntfType"))
}

/// The report while it is read.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Device>,
}

const LABELS: &[&str] = &[
    "DevName",
    "DevType",
    "DevStatus",
    "LnkName",
    "LnkType",
    "LnkStatus",
    "IntfName",
    "IntfType",
    "IntfStatus",
];

impl Reader for Rows {
    fn goes_on(&self, line: &Line<'_>) -> bool {
        begins(line)
    }

    /// Statistics and other labels belong to the report and are not needed.
    fn line(&mut self, line: &Line<'_>) -> bool {
        for (label, value) in line.pairs(LABELS) {
            match label {
                "DevName" | "LnkName" | "IntfName" => {
                    self.rows.extend(filled(value).map(|name| Device { name, kind: None, status: None }));
                }
                "DevType" | "LnkType" | "IntfType" => {
                    if let Some(last) = self.rows.last_mut() {
                        last.kind = filled(value);
                    }
                }
                _ => {
                    if let Some(last) = self.rows.last_mut() {
                        last.status = filled(value);
                    }
                }
            }
        }
        true
    }

    fn body(self: Box<Self>) -> Body {
        Body::Devices(self.rows)
    }
}
