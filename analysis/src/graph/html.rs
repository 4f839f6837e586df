//! The picture as one page that needs nothing from elsewhere: a click on an address or a stack leaves what concerns it and
//! says it in words.

use std::fmt::Write;

use super::layout::Layout;
use super::svg::{self, legend_height};
use super::{Picture, Row, State, words};
use crate::markup::escaped;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// How many addresses a remark names.
const NAMED: usize = 8;

/// The page.
#[must_use]
pub fn render(picture: &Picture) -> String {
    let layout = Layout::of(picture);
    let title = escaped(&svg::title(picture));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n",
        svg::STYLE,
        escaped(&words::title(picture))
    );
    let _ = writeln!(
        out,
        "<p class=\"sum\">{}; {}.</p>",
        escaped(&words::summary(picture)),
        escaped(&picture.shows.join(", "))
    );
    remarks(&mut out, picture);
    out.push_str(
        "</header>\n<main>\n<div class=\"tools\"><label>Find <input type=\"search\" id=\"search\" \
         placeholder=\"address, stack or port\"></label><button type=\"button\" id=\"clear\">Show all</button>\
         <span id=\"found\" role=\"status\"></span></div>\n<div class=\"wide\" tabindex=\"0\" aria-label=\"Picture\">\n",
    );
    let parts = [
        ("sysplex top", "Systems and stacks", super::layout::CAPTION - 8, layout.head),
        ("sysplex", "Addresses", layout.head, layout.foot),
        ("sysplex", "Legend", layout.foot, layout.foot + legend_height()),
    ];
    for (nth, (class, label, top, bottom)) in parts.into_iter().enumerate() {
        let _ = write!(
            out,
            "<svg class=\"{class}\" role=\"group\" aria-label=\"{label}\" width=\"{0}\" height=\"{1}\" viewBox=\"0 {top} {0} {1}\">\n\
             <rect class=\"paper\" y=\"{top}\" width=\"{0}\" height=\"{1}\"/>\n",
            layout.width,
            bottom - top
        );
        match nth {
            0 => {
                svg::lanes(&mut out, &layout);
                svg::names(&mut out, picture, &layout);
            }
            1 => {
                svg::lanes(&mut out, &layout);
                svg::body(&mut out, picture, &layout);
            }
            _ => svg::marks::legend(&mut out, picture, layout.foot),
        }
        out.push_str("</svg>\n");
    }
    out.push_str(
        "</div>\n<section id=\"details\" aria-live=\"polite\"><h2>How to read it</h2><p>Each column is a stack, each row a DVIPA. \
         Choose a row or a stack to see what concerns it; Escape shows all again.</p></section>\n",
    );
    told(&mut out, picture);
    let _ = write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// What somebody sees who reads one line: addresses without an owner, and without a backup.
fn remarks(out: &mut String, picture: &Picture) {
    let rows = || picture.rows.iter().enumerate();
    let orphans: Vec<(usize, &Row)> = rows().filter(|(_, row)| row.part.owners.is_empty()).collect();
    let single: Vec<(usize, &Row)> = rows()
        .filter(|(_, row)| {
            let part = &row.part;
            let takes = |stack: &usize| {
                let joined = picture.stacks.get(*stack).is_some_and(|column| column.state == State::Joined);
                joined && !part.owners.contains(stack)
            };
            !part.owners.is_empty() && !part.backups.iter().any(|(stack, _)| takes(stack))
        })
        .collect();
    if !picture.rows.is_empty() && orphans.is_empty() && single.is_empty() {
        out.push_str("<p class=\"remark\">Every DVIPA has an owner and a backup.</p>\n");
    }
    remark(out, "No stack has", &orphans);
    remark(out, "No other stack takes over", &single);
}

fn remark(out: &mut String, what: &str, rows: &[(usize, &Row)]) {
    if rows.is_empty() {
        return;
    }
    let named: Vec<String> = rows
        .iter()
        .take(NAMED)
        .map(|(place, row)| {
            format!(
                "<button type=\"button\" data-row=\"dvipa-{place}\">{}</button>",
                escaped(&words::addresses(row))
            )
        })
        .collect();
    let more = match rows.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let _ = writeln!(out, "<p class=\"remark bad\">{what} {}{more}.</p>", named.join("; "));
}

/// Rows, ranges and stacks in words, for the script to show.
fn told(out: &mut String, picture: &Picture) {
    for (place, row) in picture.rows.iter().enumerate() {
        let mut all = String::new();
        if row.addresses.len() > 1 {
            let one = |(address, name): &(std::net::IpAddr, Option<String>)| match name {
                Some(name) => format!("{address} ({name})"),
                None => address.to_string(),
            };
            let addresses: Vec<String> = row.addresses.iter().map(one).collect();
            all = format!("<p class=\"all\">{}</p>", escaped(&addresses.join(" ")));
        }
        let ports: Vec<String> = row
            .services
            .iter()
            .filter(|service| service.ports.len() > 6)
            .map(|service| {
                let ports: Vec<String> = service.ports.iter().map(u16::to_string).collect();
                format!("<p class=\"all\">ports {}</p>", ports.join(" "))
            })
            .collect();
        all.push_str(&ports.concat());
        template(out, &format!("dvipa-{place}"), &words::addresses(row), &words::row(picture, row), &all);
    }
    for (place, range) in picture.ranges.iter().enumerate() {
        let title = format!("{}, application range", range.subnet);
        template(out, &format!("range-{place}"), &title, &words::range(picture, range), "");
    }
    for (place, stack) in picture.stacks.iter().enumerate() {
        template(out, &format!("stack-{place}"), &stack.name, &words::stack(picture, place), "");
    }
}

fn template(out: &mut String, id: &str, title: &str, lines: &[String], rest: &str) {
    let _ = write!(out, "<template id=\"told-{id}\"><h2>{}</h2><ul>", escaped(title));
    for line in lines {
        let _ = write!(out, "<li>{}</li>", escaped(line));
    }
    let _ = writeln!(out, "</ul>{rest}</template>");
}
