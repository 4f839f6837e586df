//! The report as one page that needs nothing from elsewhere: a matrix of faults against addresses and services, and behind
//! each row what happened, down to the trace. Addresses with one fate share a column, lines of traces are there once: a page on a large
//! sysplex is still one that a browser shows at once.

use std::fmt::Write;

use super::columns::{Columns, dvipas, label, services};
use super::folded::{Folded, Passage};
use super::lines::lines;
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
    let columns = Columns::new(report);
    matrix(&mut out, report, &columns);
    out.push_str(
        "<section id=\"details\" aria-live=\"polite\"><p>Choose a row to see what happens.</p></section>\n",
    );
    stands_for(&mut out, report, &columns);
    let folded = Folded::new(report);
    for ((place, case), trace) in report.cases.iter().enumerate().zip(&folded.cases) {
        details(&mut out, report, &columns, place, case, trace);
    }
    if !folded.lines.is_empty() {
        out.push_str("<template id=\"lines\">");
        for line in &folded.lines {
            let _ = writeln!(out, "<i>{}</i>", escaped(line));
        }
        out.push_str("</template>\n");
    }
    out.push_str("</main>\n<footer>");
    for line in report.grounds() {
        let _ = writeln!(out, "<div>Rests on {}</div>", escaped(&line));
    }
    let _ = write!(out, "</footer>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// So many weaknesses of a kind are seen at once.
const OPEN: usize = 20;

fn weaknesses(out: &mut String, report: &Report) {
    out.push_str("<h2>Weaknesses</h2>\n");
    if report.weaknesses.is_empty() {
        out.push_str(
            "<p>None: every address keeps an owner, every service a listener, and all come back.</p>\n",
        );
        return;
    }
    out.push_str("<ol class=\"weak\">\n");
    for alike in report.weaknesses.chunk_by(|one, other| one.kind == other.kind) {
        let (open, rest) = alike.split_at(alike.len().min(OPEN));
        open.iter().for_each(|one| weak(out, report, one));
        if !rest.is_empty() {
            let _ = writeln!(out, "<li><details><summary>{} more of this kind</summary><ol>", rest.len());
            rest.iter().for_each(|one| weak(out, report, one));
            out.push_str("</ol></details></li>\n");
        }
    }
    out.push_str("</ol>\n");
}

/// A weakness, with a link to the first case that shows it.
fn weak(out: &mut String, report: &Report, weakness: &Weakness) {
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

fn matrix(out: &mut String, report: &Report, columns: &Columns) {
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
    for column in &columns.dvipas {
        let first = column.first().and_then(|place| report.dvipas.get(*place));
        let owner = first.and_then(|row| row.owner.as_deref()).unwrap_or("no owner");
        let changes = |case: &Case| {
            case.moved.iter().any(|moved| first.is_some_and(|row| row.address == moved.address))
        };
        head(out, &dvipas(report, column), report.cases.iter().any(changes), owner);
    }
    for column in &columns.services {
        let first = column.first();
        let changes = |case: &Case| case.services.iter().any(|served| Some(&served.service) == first);
        let on =
            first.and_then(|place| report.services.get(*place)).map(|service| service.listeners.join(", "));
        let on = format!("listeners on {}", on.unwrap_or_default());
        head(out, &services(report, column), report.cases.iter().any(changes), &on);
    }
    out.push_str("</tr></thead>\n");
    for wanted in moments {
        let _ = writeln!(out, "<tbody data-moment=\"{}\">", moment(wanted));
        for (place, case) in report.cases.iter().enumerate().filter(|(_, case)| case.moment == wanted) {
            row(out, report, columns, place, case);
        }
        out.push_str("</tbody>\n");
    }
    out.push_str("</table>\n</div>\n");
}

/// The head of a column: its first name, and all of them for the filter.
fn head(out: &mut String, names: &[String], changes: bool, title: &str) {
    let _ = write!(
        out,
        "<th data-column=\"{}\" data-changed=\"{}\" title=\"{}\">{}</th>",
        escaped(&names.join(" ")),
        if changes { "yes" } else { "no" },
        escaped(title),
        escaped(&label(names))
    );
}

/// All names of the columns that stand for several.
fn stands_for(out: &mut String, report: &Report, columns: &Columns) {
    let named = |names: Vec<String>| (names.len() > 1).then(|| (label(&names), names.join(" ")));
    let dvipas = columns.dvipas.iter().map(|column| dvipas(report, column));
    let services = columns.services.iter().map(|column| services(report, column));
    let all: Vec<(String, String)> = dvipas.chain(services).filter_map(named).collect();
    if all.is_empty() {
        return;
    }
    out.push_str(
        "<details id=\"columns\"><summary>What a column with +N stands for: every fault does the same to all of \
         these</summary>\n<dl>\n",
    );
    for (label, names) in all {
        let _ = writeln!(out, "<dt>{}</dt><dd>{}</dd>", escaped(&label), escaped(&names));
    }
    out.push_str("</dl>\n</details>\n");
}

fn row(out: &mut String, report: &Report, columns: &Columns, place: usize, case: &Case) {
    let _ = write!(
        out,
        "<tr data-case=\"{}\"><th><button type=\"button\">{}</button></th>",
        id(place, case),
        escaped(&case.fault.title())
    );
    let firsts = |all: &[Vec<usize>]| all.iter().filter_map(|column| column.first()).copied().collect();
    let dvipas: Vec<usize> = firsts(&columns.dvipas);
    for dvipa in dvipas.into_iter().filter_map(|place| report.dvipas.get(place)) {
        let moved = case.moved.iter().find(|moved| moved.address == dvipa.address);
        let stays = case.back.iter().any(|back| back.address == dvipa.address);
        let _ = match moved.map(|moved| moved.to.as_deref()) {
            Some(Some(to)) if stays => write!(out, "<td class=\"back\">{}</td>", escaped(to)),
            Some(Some(to)) => write!(out, "<td class=\"moved\">{}</td>", escaped(to)),
            Some(None) => write!(out, "<td class=\"lost\">none</td>"),
            None => write!(out, "<td>{}</td>", escaped(dvipa.owner.as_deref().unwrap_or("none"))),
        };
    }
    let services: Vec<usize> = firsts(&columns.services);
    for place in services {
        let Some(service) = report.services.get(place) else { continue };
        let served = case.services.binary_search_by_key(&place, |served| served.service).ok();
        let served = served.and_then(|found| case.services.get(found));
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

fn details(
    out: &mut String,
    report: &Report,
    columns: &Columns,
    place: usize,
    case: &Case,
    trace: &[Passage],
) {
    let when = match case.moment {
        Moment::Running => "fails while everything runs",
        Moment::Start => "is not there when the sysplex starts",
    };
    let _ = write!(
        out,
        "<template id=\"{}\"><h3>{} {when}</h3><ul>",
        id(place, case),
        escaped(&case.fault.title())
    );
    for line in lines(report, case) {
        let _ = write!(out, "<li>{}</li>", escaped(&line.text(&|about| columns.names(report, about))));
    }
    out.push_str("</ul>");
    if !trace.is_empty() {
        let passage = |one: &Passage| {
            let lines: Vec<String> = one.lines.iter().map(usize::to_string).collect();
            format!("{}:{}", one.times, lines.join(","))
        };
        let passages: Vec<String> = trace.iter().map(passage).collect();
        let _ = write!(
            out,
            "<details open><summary>How it comes to that</summary><pre data-trace=\"{}\"></pre></details>",
            passages.join(";")
        );
    }
    out.push_str("</template>\n");
}
