//! The report as one page that needs nothing from elsewhere: a matrix of faults against addresses and services, and behind
//! each row what happened, down to the trace.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::IpAddr;

use super::{Case, Fate, Moment, Report, Weakness, WeaknessKind};
use crate::markup::escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let title = format!("Failover of {}", escaped(&report.sysplex));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    );
    let _ = writeln!(
        out,
        "<p class=\"sum\">{} stacks, {} DVIPAs, {} services; every stack, system and CPC lost in turn.</p>",
        report.stacks.len(),
        report.dvipas.len(),
        report.services.len()
    );
    let lost = report.lost_services();
    let (class, verdict) = match (lost, report.weaknesses.len()) {
        (0, 0) => ("good", "No weakness found".to_owned()),
        (0, _) => ("good", "No service is lost".to_owned()),
        (1, _) => ("bad", "1 service can be lost".to_owned()),
        (lost, _) => ("bad", format!("{lost} services can be lost")),
    };
    let _ = writeln!(out, "<p class=\"verdict {class}\">{verdict}</p>\n</header>\n<main>");
    weaknesses(&mut out, report);
    matrix(&mut out, report);
    out.push_str(
        "<section id=\"details\" aria-live=\"polite\"><p>Choose a row to see what happens.</p></section>\n",
    );
    for (place, case) in report.cases.iter().enumerate() {
        details(&mut out, report, place, case);
    }
    out.push_str("</main>\n<footer>");
    for line in report.grounds() {
        let _ = writeln!(out, "<div>Rests on {}</div>", escaped(&line));
    }
    let _ = write!(out, "</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn weaknesses(out: &mut String, report: &Report) {
    out.push_str("<h2>Weaknesses</h2>\n");
    if report.weaknesses.is_empty() {
        out.push_str(
            "<p>None: every address keeps an owner, every service a listener, and all come back.</p>\n",
        );
        return;
    }
    out.push_str("<ol class=\"weak\">\n");
    for weakness in &report.weaknesses {
        let shown = report.cases.iter().position(|case| shows(report, case, weakness));
        let message = escaped(&weakness.message);
        let message = match shown.and_then(|place| Some((place, report.cases.get(place)?))) {
            Some((place, case)) => {
                format!("<a href=\"#details\" data-case=\"{}\">{message}</a>", id(place, case))
            }
            None => message,
        };
        let _ = writeln!(out, "<li>{message}<small>{}</small></li>", escaped(&weakness.help));
    }
    out.push_str("</ol>\n");
}

/// Whether a case is one that a weakness tells of.
fn shows(report: &Report, case: &Case, weakness: &Weakness) -> bool {
    let served = |wanted: Fate| {
        case.services.iter().any(|served| {
            served.fate == wanted
                && report.services.get(served.service).is_some_and(|service| {
                    service.address == weakness.address && Some(service.port) == weakness.port
                })
        })
    };
    let moved = |to_nobody: bool| {
        case.moved.iter().any(|moved| moved.address == weakness.address && (moved.to.is_none() || !to_nobody))
    };
    match weakness.kind {
        WeaknessKind::LostService => served(Fate::Lost),
        WeaknessKind::Undistributed => served(Fate::Undistributed),
        WeaknessKind::NoOwner => moved(true),
        WeaknessKind::NotAtStart => case.moment == Moment::Start && moved(true),
        WeaknessKind::StaysAway | WeaknessKind::ComesBackIdle => {
            case.back.iter().any(|back| back.address == weakness.address)
        }
        WeaknessKind::StartOrder => moved(false),
    }
}

/// `running-3`: the moment, and the place in the list of cases.
fn id(place: usize, case: &Case) -> String {
    format!("{}-{place}", moment(case.moment))
}

const fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Running => "running",
        Moment::Start => "start",
    }
}

fn matrix(out: &mut String, report: &Report) {
    let moments: Vec<Moment> = [Moment::Running, Moment::Start]
        .into_iter()
        .filter(|wanted| report.cases.iter().any(|case| case.moment == *wanted))
        .collect();
    out.push_str("<h2>What each fault changes</h2>\n<div class=\"tools\">\n");
    for wanted in &moments {
        let title = match wanted {
            Moment::Running => "Lost while running",
            Moment::Start => "Not there at the start",
        };
        let _ = writeln!(out, "<button type=\"button\" data-moment=\"{}\">{title}</button>", moment(*wanted));
    }
    out.push_str(
        "<label>Column <input type=\"search\" id=\"filter\" placeholder=\"address or port\"></label>\n\
         <label><input type=\"checkbox\" id=\"changed\"> only what changes</label>\n\
         <span class=\"legend\"><span class=\"moved\">moved</span><span class=\"fewer\">fewer listeners</span>\
         <span class=\"back\">stays away</span><span class=\"lost\">lost</span></span>\n</div>\n\
         <div class=\"wide\">\n<table>\n<thead><tr><th>Lost</th>",
    );
    let changed = |address: IpAddr| {
        let moved = |case: &Case| case.moved.iter().any(|moved| moved.address == address);
        if report.cases.iter().any(moved) { "yes" } else { "no" }
    };
    for row in &report.dvipas {
        let owner = row.owner.as_deref().unwrap_or("no owner");
        let _ = write!(
            out,
            "<th data-column=\"{0}\" data-changed=\"{1}\" title=\"{2}\">{0}</th>",
            row.address,
            changed(row.address),
            escaped(owner)
        );
    }
    for (place, service) in report.services.iter().enumerate() {
        let touched = |case: &Case| case.services.iter().any(|served| served.service == place);
        let changed = if report.cases.iter().any(touched) { "yes" } else { "no" };
        let _ = write!(
            out,
            "<th data-column=\"{0}\" data-changed=\"{changed}\">{0}</th>",
            escaped(&service.name())
        );
    }
    out.push_str("</tr></thead>\n");
    for wanted in moments {
        let _ = writeln!(out, "<tbody data-moment=\"{}\">", moment(wanted));
        for (place, case) in report.cases.iter().enumerate().filter(|(_, case)| case.moment == wanted) {
            row(out, report, place, case);
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

fn row(out: &mut String, report: &Report, place: usize, case: &Case) {
    let _ = write!(
        out,
        "<tr data-case=\"{}\"><th><button type=\"button\">{}</button></th>",
        id(place, case),
        escaped(&case.fault.title())
    );
    let moved: BTreeMap<IpAddr, Option<&str>> =
        case.moved.iter().map(|moved| (moved.address, moved.to.as_deref())).collect();
    for dvipa in &report.dvipas {
        let stays = case.back.iter().any(|back| back.address == dvipa.address);
        let _ = match moved.get(&dvipa.address) {
            Some(Some(to)) if stays => write!(out, "<td class=\"back\">{}</td>", escaped(to)),
            Some(Some(to)) => write!(out, "<td class=\"moved\">{}</td>", escaped(to)),
            Some(None) => write!(out, "<td class=\"lost\">none</td>"),
            None => write!(out, "<td>{}</td>", escaped(dvipa.owner.as_deref().unwrap_or("none"))),
        };
    }
    for (place, service) in report.services.iter().enumerate() {
        let served = case.services.iter().find(|served| served.service == place);
        let _ = match served.map(|served| (served.fate, served.listeners.as_slice())) {
            Some((Fate::Lost, _)) => write!(out, "<td class=\"lost\">lost</td>"),
            Some((Fate::Restart, on)) => {
                write!(out, "<td class=\"moved\">start on {}</td>", escaped(&on.join(", ")))
            }
            Some((Fate::Undistributed, on)) => {
                write!(out, "<td class=\"fewer\">{} alone</td>", escaped(&on.join(", ")))
            }
            Some((Fate::LastOne | Fate::Fewer, on)) => {
                write!(out, "<td class=\"fewer\">{} of {}</td>", on.len(), service.listeners.len())
            }
            None => write!(out, "<td>{}</td>", service.listeners.len()),
        };
    }
    out.push_str("</tr>\n");
}

fn details(out: &mut String, report: &Report, place: usize, case: &Case) {
    let when = match case.moment {
        Moment::Running => "fails while everything runs",
        Moment::Start => "is not there when the sysplex starts",
    };
    let _ =
        write!(out, "<template id=\"{}\"><h3>{} {when}</h3>", id(place, case), escaped(&case.fault.title()));
    let mut text = String::new();
    super::text::one(&mut text, report, case, usize::MAX);
    out.push_str("<ul>");
    for line in text.lines().skip(1) {
        let _ = write!(out, "<li>{}</li>", escaped(line.trim()));
    }
    out.push_str("</ul>");
    if !case.trace.is_empty() {
        let _ = write!(
            out,
            "<details open><summary>How it comes to that</summary><pre>{}</pre></details>",
            escaped(&case.trace.join("\n"))
        );
    }
    out.push_str("</template>\n");
}
