//! Reports for people: as TSO and the UNIX shell print them, or as the console does.

use std::net::Ipv4Addr;

use super::{
    Layout, Report, config, connections, destinations, displays, home, ports, routes, routing, sources,
    sysplex, vipa_config, vipa_dynamic,
};
use crate::capture::Body;

/// Where a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// TSO NETSTAT or the UNIX command.
    Shell,
    /// DISPLAY TCPIP,,NETSTAT: upper case, with a last line.
    Console,
}

impl Report {
    /// SHORT for a stack without IPv6, else LONG.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        if self.six { Layout::Long } else { Layout::Short }
    }
}

/// Renders a report, with a line end behind it. A display of the sysplex is one of the console, whatever the channel.
#[must_use]
pub fn render(report: &Report, layout: Layout, channel: Channel) -> String {
    let mut out = String::new();
    let time = report.time;
    let clock = format!("{:02}:{:02}:{:02}", time / 3600 % 100, time / 60 % 60, time % 60);
    let display = matches!(report.body, Body::Sysplex(_) | Body::Group(_) | Body::PortPool(_));
    if display && report.up && !report.joined {
        return format!("EZZ8269I {} {} IS NOT A MEMBER OF A SYSPLEX GROUP\n", report.job, report.system);
    }
    let console = match (&report.body, channel) {
        (Body::Sysplex(_), _) => {
            out.push_str(&format!("EZZ8260I SYSPLEX CS {}\n", report.release));
            out.push_str(&format!("VIPA DYNAMIC DISPLAY FROM {:<8} AT {}\n", report.job, report.system));
            true
        }
        (Body::Group(group), _) => {
            out.push_str(&format!("EZZ8260I SYSPLEX CS {}\n", report.release));
            let group = group.as_deref().unwrap_or("");
            out.push_str(&format!("SYSPLEX GROUP FOR {} AT {} IS {group}\n", report.job, report.system));
            return out;
        }
        (Body::PortPool(pool), _) => {
            out.push_str(&format!("EZZ8260I SYSPLEX CS {} {}\n", report.release, report.job));
            displays::print_pool(*pool, &mut out);
            return out;
        }
        (Body::Structure(structure), _) => {
            displays::print_structure(structure, &mut out);
            return out;
        }
        (_, Channel::Console) => {
            out.push_str(&format!("EZD0101I NETSTAT CS {} {}\n", report.release, report.job));
            true
        }
        (_, Channel::Shell) => {
            out.push_str(&format!(
                "MVS TCP/IP NETSTAT CS {}       TCPIP Name: {:<8}         {clock}\n",
                report.release, report.job
            ));
            false
        }
    };
    let mut below = String::new();
    print(report, layout, &mut below);
    if !console {
        out.push_str(&below);
        return out;
    }
    let below = below.to_uppercase();
    if below.lines().count() > LINES {
        for line in below.lines().take(LINES) {
            out.push_str(line);
            out.push('\n');
        }
        out.push_str("REPORT TRUNCATED DUE TO GREATER THAN 65533 LINES OF OUTPUT\n");
        return out;
    }
    out.push_str(&below);
    let (shown, all) = (report.body.entries(), report.records);
    out.push_str(&format!("{shown} OF {all} RECORDS DISPLAYED\nEND OF THE REPORT\n"));
    out
}

/// Lines that the console shows of a report.
const LINES: usize = 65_533;

fn print(report: &Report, layout: Layout, out: &mut String) {
    match &report.body {
        Body::VipaConfig(rows) => {
            if !rows.joined {
                out.push_str(&format!(
                    "EZZ2502I {} is not a member of a sysplex group\nEZZ2503I its dynamic VIPA configuration is not active\n",
                    report.job
                ));
            }
            vipa_config::print(rows, layout, out);
        }
        Body::VipaDynamic(rows) => {
            vipa_dynamic::print(rows, layout, out);
            vipa_dynamic::print_routes(&report.routes, layout, out);
        }
        Body::VipaRoutes(rows) => vipa_dynamic::print_routes(rows, layout, out),
        Body::Statistics(rows) => displays::print_statistics(rows, out),
        Body::Destinations(rows) => destinations::print(rows, layout, out),
        Body::Routing(rows) => routing::print(rows, layout, report.detail, out),
        Body::Connections(rows) => connections::print(rows, layout, out),
        Body::Home(rows) => home::print(rows, layout, out),
        Body::Sources(rows) => sources::print(rows, layout, out),
        Body::Config(rows) => config::print(rows, out),
        Body::Ports(rows) => ports::print(rows, out),
        Body::Routes(rows) => routes::print(rows, layout, out),
        // The model has no devices; the others have no head of NETSTAT.
        Body::Devices(_) | Body::Group(_) | Body::PortPool(_) | Body::Structure(_) => {}
        Body::Sysplex(rows) => sysplex::print(rows, out),
    }
}

/// Cells in columns; a heading has a line of dashes below it.
pub(super) fn row<S: AsRef<str>>(
    indent: &str,
    cells: &[S],
    widths: &[usize],
    heading: bool,
    out: &mut String,
) {
    let line = |cell: &dyn Fn(&str) -> String| {
        let mut line = indent.to_owned();
        for (text, width) in cells.iter().zip(widths) {
            line.push_str(&format!("{:<width$} ", cell(text.as_ref())));
        }
        format!("{}\n", line.trim_end())
    };
    out.push_str(&line(&str::to_owned));
    if heading {
        out.push_str(&line(&|text| "-".repeat(text.len())));
    }
}

/// `255.255.255.240` for 28.
pub(super) fn mask(bits: u8) -> String {
    let all = u32::MAX.checked_shl(32_u32.saturating_sub(u32::from(bits))).unwrap_or(0);
    Ipv4Addr::from(all).to_string()
}

/// A cell that may be empty.
pub(super) fn or_blank(text: Option<&str>) -> &str {
    text.unwrap_or("")
}

/// `Yes`, `No` or nothing.
pub(super) const fn yes(flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "",
    }
}
