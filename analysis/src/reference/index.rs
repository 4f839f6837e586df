//! The pages that lead to the others: statements by subject, rules by what they look at, messages by id.

use grammar::STATEMENTS;
use grammar::description::{Support, gone_in};

use super::message;
use super::notation::LEGEND;
use super::rule;
use super::statement::{self, StatementDoc};
use super::words::{cell, support, support_meaning};

/// Subjects and the statements that belong to them wherever nothing in a description says so.
const SUBJECTS: [(&str, &[&str]); 6] = [
    (
        "Interfaces, addresses and routes",
        &[
            "ARPAGE",
            "BEGINROUTES",
            "BSDROUTINGPARMS",
            "DEFADDRTABLE",
            "DEVICE",
            "GATEWAY",
            "HOME",
            "INTERFACE",
            "LINK",
            "PRIMARYINTERFACE",
            "START",
            "STOP",
            "TRANSLATE",
            "ATMARPSV",
            "ATMLIS",
            "ATMPVC",
        ],
    ),
    ("Dynamic VIPAs and the sysplex", &["VIPADYNAMIC"]),
    ("Source addresses", &["SOURCEIPA", "SRCIP"]),
    ("Ports, jobs and access", &["AUTOLOG", "NETACCESS", "PORT", "PORTRANGE", "IPSEC"]),
    (
        "Options of the stack and its layers",
        &["GLOBALCONFIG", "IPCONFIG", "IPCONFIG6", "KEEPALIVEOPTIONS", "SOMAXCONN", "TCPCONFIG", "UDPCONFIG"],
    ),
    (
        "Management, records and traces",
        &["ITRACE", "NETMONITOR", "OSAENTA", "PKTTRACE", "SACONFIG", "SMFCONFIG", "SMFPARMS", "TRACE"],
    ),
];

/// The subject of a statement: that of its block, or as listed.
fn subject(name: &str, depth: usize) -> &'static str {
    let Some(statement) = STATEMENTS.iter().find(|statement| statement.name == name) else { return OTHERS };
    if !statement.belongs.is_empty() {
        return ELSEWHERE;
    }
    let listed = SUBJECTS.iter().find(|(_, names)| names.contains(&name));
    match (listed, statement.blocks.first()) {
        (Some((subject, _)), _) => subject,
        // A block that stands in itself is a mistake of the description, not a reason to search without end.
        (None, Some(block)) if depth < 4 => subject(block, depth + 1),
        (None, Some(_) | None) if statement.until == LAST => BEFORE,
        (None, Some(_) | None) => OTHERS,
    }
}

/// What had a statement last that no z/OS release has, as descriptions say it, and the subject of those.
const LAST: &str = "TCP/IP for MVS V3";
const BEFORE: &str = "Of TCP/IP for MVS V3";
const OTHERS: &str = "The profile itself";
const ELSEWHERE: &str = "Known, but of other configuration files";

/// `docs/reference/README.md`
#[must_use]
pub fn statements() -> String {
    let mut out = String::from(
        "# Reference of the statements\n\nWhat this tool knows of each statement of a TCP/IP profile, made from its description \
         in `grammar/syntax/`. The same is printed by `vipa explain NAME`. Console messages have [a page of their \
         own](messages.md), and so have [the rules](../rules/README.md).\n",
    );
    let docs: Vec<StatementDoc> = statement::all().collect();
    for title in SUBJECTS.iter().map(|(title, _)| *title).chain([BEFORE, OTHERS, ELSEWHERE]) {
        let of: Vec<&StatementDoc> = docs.iter().filter(|doc| subject(doc.name, 0) == title).collect();
        if of.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "\n## {title}\n\n| Statement | What it does | Stands in | Support |\n| --- | --- | --- | --- |\n"
        ));
        for doc in of {
            let mut what = cell(doc.summary);
            if let Some(until) = doc.until {
                let mut gone = gone_in(until);
                if let Some(first) = gone.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                what.push_str(&format!(" {gone}."));
            }
            let place = doc.belongs_to.map_or_else(|| doc.stands_in.join(", "), str::to_owned);
            out.push_str(&format!(
                "| [{}]({}.md) | {what} | {place} | {} |\n",
                doc.name,
                doc.file(),
                doc.support
            ));
        }
    }
    out.push_str("\n## Support\n\n");
    for state in [Support::Modelled, Support::Checked, Support::Recognised] {
        out.push_str(&format!("- *{}*: {}\n", support(state), support_meaning(state)));
    }
    out.push_str(
        "\n## How to read a diagram\n\nFollow the line from left to right. A round box is a keyword; its capitals are the \
         shortest abbreviation, and you may write any number of the letters behind them. A square, shaded box stands for a \
         value. A dotted box continues in a diagram or on a page of its own. A dashed one is gone from newer releases, has no use \
         there, or is known to the founding documents only.\n\nThe diagrams in letters say the same:\n\n| | |\n| --- | --- |\n",
    );
    for (sign, meaning) in LEGEND {
        out.push_str(&format!("| `{}` | {} |\n", sign.replace('|', "\\|"), cell(meaning)));
    }
    out.push_str(
        "\n## What stands on a page\n\n- *gone in* names the first release without the statement or keyword, *since* the first \
         with it.\n- *unconfirmed* means that no source could be read for the form or range; what does not fit is a warning, \
         never an error.\n- *founding documents only* marks what z/OS does not know; it needs `dialect = \"founding\"`.\n\
         - *Sources* are the numbered facts that a description rests on.\n",
    );
    out
}

/// `docs/rules/README.md`
#[must_use]
pub fn rules() -> String {
    let mut out = String::from(
        "# Rules\n\nEach rule of `vipa lint`, by what it looks at. The same is printed by `vipa explain NAME`. A rule gets \
         another level, or none, under `[lint.rules]` of [sysplex.toml](../sysplex-toml.md). Where each fact of the dialect is checked, the tables of \
         facts say ([01](facts-01.md), [02](facts-02.md), [03](facts-03.md), [04](facts-04.md), [05](facts-05.md), [06](facts-06.md)); what \
         nothing checks has [its reason](not-checked.md).\n",
    );
    for (title, rules) in rule::by_kind() {
        if rules.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "\n## {title}\n\n| Rule | Level | What it finds | Message |\n| --- | --- | --- | --- |\n"
        ));
        for rule in rules {
            out.push_str(&format!(
                "| [{0}]({0}.md) | {1} | {2} | {3} |\n",
                rule.name,
                rule.level,
                cell(rule.summary()),
                rule.message_id.unwrap_or_default()
            ));
        }
    }
    out
}

/// `docs/reference/messages.md`
#[must_use]
pub fn messages() -> String {
    let mut out = String::from(
        "# Console messages\n\nMessages of the stack that this tool knows of: which statement gives them, and which rule finds \
         the case before the stack does. The words are ours. The same is printed by `vipa explain ID`.\n\n\
         | Message | In our words | Given by | Rules |\n| --- | --- | --- | --- |\n",
    );
    for message in message::all() {
        let statements: Vec<String> = message
            .statements
            .iter()
            .map(|name| format!("[{name}]({}.md)", name.to_ascii_lowercase()))
            .collect();
        let rules: Vec<String> = message
            .rules
            .iter()
            .chain(&message.spoken_of)
            .map(|name| format!("[{name}](../rules/{name}.md)"))
            .collect();
        out.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            message.id,
            cell(&message.wordings.join("; ")),
            statements.join(", "),
            rules.join(", ")
        ));
    }
    out
}
