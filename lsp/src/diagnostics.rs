//! Findings as diagnostics: made on the reading thread, kept and published by the owner.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use compiler::finding::{Finding, Place, Severity};
use compiler::source::SourceText;
use ls_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    NumberOrString, Position, Uri,
};

use crate::companions::Companions;
use crate::documents::Documents;
use crate::engine::View;
use crate::outbox::{Out, Outbox};
use crate::positions::{self, Encoding};
use crate::project::Root;
use crate::uri::{self, Uris};

/// What one sysplex has to say, at one moment.
#[derive(Debug)]
pub(crate) struct Report {
    /// All files that take part.
    pub(crate) files: Vec<Arc<str>>,
    /// Diagnostics by path, in the order of the findings; only files that have any.
    pub(crate) found: BTreeMap<String, Vec<Diagnostic>>,
    /// The findings as they came.
    pub(crate) findings: Arc<[Finding]>,
}

/// Asks the compiler and turns the answer into the client's terms.
pub(crate) fn report(
    view: &dyn View,
    companions: Option<&Companions>,
    uris: &Uris,
    encoding: Encoding,
) -> Report {
    let findings = view.findings();
    let mut texts = Texts { view, seen: BTreeMap::new(), shared: BTreeMap::new(), encoding };
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings.iter() {
        let diagnostic = diagnostic(finding, uris, &mut texts);
        found.entry(uri::clean(&finding.place.file)).or_default().push(diagnostic);
    }
    let mut findings = findings;
    if let Some(companions) = companions
        && let Some(snapshot) = view.snapshot()
    {
        found.extend(companions.troubles(snapshot, encoding));
        let mut all = findings.to_vec();
        for (path, source, more) in companions.findings(snapshot) {
            texts.seen.insert(Arc::clone(&path), Some(source));
            texts.shared.insert(path, true);
            for finding in more {
                let diagnostic = diagnostic(&finding, uris, &mut texts);
                found.entry(uri::clean(&finding.place.file)).or_default().push(diagnostic);
                all.push(finding);
            }
        }
        findings = all.into();
    }
    Report { files: view.files(), found, findings }
}

/// A document that is being edited, to be told about before the rest of its sysplex.
pub(crate) struct First {
    /// Our form of its path.
    pub(crate) path: String,
    /// The compiler's.
    pub(crate) file: Arc<str>,
    /// The findings before the edit.
    pub(crate) known: Arc<[Finding]>,
}

/// A file of more stacks than this is told about twice: by the first of them at once, by all when they are through.
const MANY: usize = 8;

/// What the first stack that reads a document makes of it. What only others can say stands as it was before.
pub(crate) fn early(
    view: &dyn View,
    first: &First,
    uris: &Uris,
    encoding: Encoding,
) -> Option<Vec<Diagnostic>> {
    let (stack, own) = view.findings_of_first(&first.file, MANY)?;
    let here = |finding: &&Finding| finding.place.file == first.file;
    let known = || first.known.iter().filter(here);
    let of_others = |finding: &&Finding| {
        !compiler::of_one_stack(finding.rule)
            || (!finding.stacks.is_empty() && !finding.stacks.contains(&stack))
    };
    let mut all: Vec<Finding> = known().filter(of_others).cloned().collect();
    for finding in own.iter().filter(here) {
        let mut finding = finding.clone();
        // What others said too they say still, as far as anybody knows.
        let same = |known: &&Finding| known.rule == finding.rule && known.message == finding.message;
        if let Some(known) = known().find(same) {
            finding.stacks.clone_from(&known.stacks);
        }
        all.push(finding);
    }
    all.sort_by_key(|finding| (finding.place.start, finding.place.end));
    let mut texts = Texts { view, seen: BTreeMap::new(), shared: BTreeMap::new(), encoding };
    texts.shared.insert(Arc::clone(&first.file), true);
    Some(all.iter().map(|finding| diagnostic(finding, uris, &mut texts)).collect())
}

struct Texts<'a> {
    view: &'a dyn View,
    seen: BTreeMap<Arc<str>, Option<Arc<SourceText>>>,
    /// Whether several stacks read a file.
    shared: BTreeMap<Arc<str>, bool>,
    encoding: Encoding,
}

impl Texts<'_> {
    fn is_shared(&mut self, file: &Arc<str>) -> bool {
        let view = self.view;
        *self.shared.entry(file.clone()).or_insert_with(|| view.is_shared(file))
    }
    fn range(&mut self, place: &Place) -> ls_types::Range {
        let view = self.view;
        let text = self.seen.entry(place.file.clone()).or_insert_with(|| view.source(&place.file));
        positions::range(text.as_deref(), place, self.encoding)
    }
}

fn diagnostic(finding: &Finding, uris: &Uris, texts: &mut Texts<'_>) -> Diagnostic {
    let related: Vec<_> = finding
        .related
        .iter()
        .filter_map(|related| {
            let uri = uris.of(&uri::clean(&related.place.file))?;
            let location = Location { uri, range: texts.range(&related.place) };
            Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
        })
        .collect();
    Diagnostic {
        range: texts.range(&finding.place),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: rule_url(env!("CARGO_PKG_REPOSITORY"), finding.rule)
            .map(|href| CodeDescription { href }),
        source: Some("vipa".to_owned()),
        message: message(finding, texts.is_shared(&finding.place.file)),
        related_information: (!related.is_empty()).then_some(related),
        tags: finding.rule.starts_with("deprecated-").then(|| vec![DiagnosticTag::DEPRECATED]),
        data: None,
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
    }
}

/// The finding in lines: what it is, its notes, and the stacks where there are several, or one of several that read the text.
fn message(finding: &Finding, shared: bool) -> String {
    let mut message = finding.message.clone();
    for note in &finding.notes {
        message.push('\n');
        message.push_str(note);
    }
    match finding.stacks.as_slice() {
        [] => {}
        [only] if shared => message.push_str(&format!("\nStack: {only}")),
        [_] => {}
        several => message.push_str(&format!("\nStacks: {}", several.join(", "))),
    }
    message
}

/// Where a rule is documented. None until the package names its home.
fn rule_url(home: &str, rule: &str) -> Option<Uri> {
    let home = home.trim_end_matches('/');
    if home.is_empty() { None } else { format!("{home}/blob/main/docs/rules/{rule}.md").parse().ok() }
}

/// What every sysplex has found, and what of it the client knows. A file may take part in several.
#[derive(Debug, Default)]
pub(crate) struct Board {
    found: BTreeMap<Root, BTreeMap<String, Vec<Diagnostic>>>,
    sent: BTreeMap<String, (Vec<Diagnostic>, Option<i32>)>,
    pulled: BTreeMap<String, Vec<Diagnostic>>,
    /// Whether the client asks for the diagnostics of all files, and none is pushed any more.
    all_are_pulled: bool,
}

impl Board {
    /// Puts a sysplex's diagnostics in place of its earlier ones; answers which files either names.
    pub(crate) fn put(&mut self, root: &Root, found: BTreeMap<String, Vec<Diagnostic>>) -> BTreeSet<String> {
        let mut touched: BTreeSet<String> = found.keys().cloned().collect();
        touched.extend(self.found.insert(root.clone(), found).unwrap_or_default().into_keys());
        touched
    }
    /// Puts what a sysplex says of one file in place of what it said before.
    pub(crate) fn put_file(&mut self, root: &Root, path: &str, found: Vec<Diagnostic>) {
        self.found.entry(root.clone()).or_default().insert(path.to_owned(), found);
    }
    /// Takes a sysplex away; answers which files it named.
    pub(crate) fn remove(&mut self, root: &Root) -> BTreeSet<String> {
        self.found.remove(root).unwrap_or_default().into_keys().collect()
    }
    /// Everything about one file, each thing once.
    pub(crate) fn of(&self, path: &str) -> Vec<Diagnostic> {
        let mut sources = self.found.values().filter_map(|found| found.get(path));
        let mut all = sources.next().cloned().unwrap_or_default();
        for more in sources {
            // Sorted by place: a broken file of many thousand findings is not compared each with each.
            let mut places: BTreeMap<(Position, Position), Vec<&Diagnostic>> = BTreeMap::new();
            let known = all.clone();
            for one in &known {
                places.entry((one.range.start, one.range.end)).or_default().push(one);
            }
            let is_new = |one: &&Diagnostic| {
                places.get(&(one.range.start, one.range.end)).is_none_or(|same| !same.contains(one))
            };
            all.extend(more.iter().filter(is_new).cloned());
        }
        all
    }
    /// What an open document's client has been told when it asked.
    pub(crate) fn pulled(&mut self, path: &str) -> Vec<Diagnostic> {
        let all = self.of(path);
        self.pulled.insert(path.to_owned(), all.clone());
        all
    }
    /// What a client that asks for all files is told: of those that have something, and of those that it knows.
    pub(crate) fn pulled_all(&mut self, known: BTreeSet<String>) -> BTreeMap<String, Vec<Diagnostic>> {
        self.all_are_pulled = true;
        let mut paths = known;
        paths.extend(self.found.values().flat_map(|found| found.keys().cloned()));
        paths.into_iter().map(|path| (path.clone(), self.pulled(&path))).collect()
    }
    /// The files that something was pushed of.
    pub(crate) fn pushed(&self) -> BTreeSet<String> {
        self.sent.keys().cloned().collect()
    }
    /// Tells the client what has changed about these files, and about open documents of a newer version. With
    /// `pulls`, open documents are not pushed; if one has changed, the client is told to ask again.
    pub(crate) fn publish(
        &mut self,
        paths: &BTreeSet<String>,
        documents: &Documents,
        pulls: bool,
        out: &Outbox,
    ) {
        let mut refresh = false;
        for path in paths {
            let version = documents.get(path).map(|document| document.version());
            let mut all = self.of(path);
            if pulls && (version.is_some() || self.all_are_pulled) {
                refresh |= match self.pulled.get(path) {
                    Some(known) => *known != all,
                    None => self.all_are_pulled && !all.is_empty(),
                };
                all.clear();
            } else {
                self.pulled.remove(path);
            }
            let known = self.sent.get(path);
            let news = match known {
                Some((diagnostics, told)) => *diagnostics != all || (version.is_some() && version != *told),
                None => !all.is_empty() || version.is_some(),
            };
            if !news
                || (pulls && version.is_some() && known.is_none_or(|(diagnostics, _)| diagnostics.is_empty()))
            {
                continue;
            }
            let Some(uri) = documents.uris().of(path) else { continue };
            out.publish(uri, &all, version);
            if all.is_empty() && version.is_none() {
                self.sent.remove(path);
            } else {
                self.sent.insert(path.clone(), (all, version));
            }
        }
        if refresh {
            out.say(Out::Refresh);
        }
    }
}

#[cfg(test)]
mod tests {
    use compiler::finding::{Confidence, Effect, Related};

    use super::*;

    struct One(Finding, Arc<SourceText>);

    impl View for One {
        fn findings(&self) -> Arc<[Finding]> {
            Arc::from([self.0.clone()])
        }
        fn files(&self) -> Vec<Arc<str>> {
            vec!["/p/a".into()]
        }
        fn source(&self, _: &str) -> Option<Arc<SourceText>> {
            Some(self.1.clone())
        }
        fn snapshot(&self) -> Option<&compiler::Snapshot> {
            None
        }
    }

    fn finding(rule: &'static str, severity: Severity) -> One {
        let text = SourceText::new("a\n😀 b");
        let place = Place { file: "/p/x/../a".into(), start: text.position(7), end: text.position(8) };
        let other = Place { file: "/p/b".into(), start: text.position(0), end: text.position(1) };
        let finding = Finding {
            rule,
            severity,
            message: "B is wrong.".to_owned(),
            message_id: None,
            effect: Some(Effect::Accepted),
            stacks: vec!["TCPIP1".to_owned(), "TCPIP2".to_owned()],
            place,
            label: String::new(),
            related: vec![Related { message: "A is here".to_owned(), place: other }],
            notes: vec!["Write C.".to_owned()],
            fixes: vec![],
            confidence: Confidence::Documented,
            assumptions: vec![],
        };
        One(finding, Arc::new(text))
    }

    fn only(view: &One) -> Diagnostic {
        let report = report(view, None, &Uris::default(), Encoding::Utf16);
        assert_eq!(report.found.len(), 1);
        report.found["/p/a"][0].clone()
    }

    #[test]
    fn a_finding_keeps_everything_a_client_can_show() {
        let diagnostic = only(&finding("deprecated-statement", Severity::Warning));
        let json = serde_json::to_value(diagnostic).expect("it is data");
        assert_eq!(
            json,
            serde_json::json!({
                "range": {"start": {"line": 1, "character": 3}, "end": {"line": 1, "character": 4}},
                "severity": 2,
                "code": "deprecated-statement",
                "source": "vipa",
                "message": "B is wrong.\nWrite C.\nStacks: TCPIP1, TCPIP2",
                "tags": [2],
                "relatedInformation": [{
                    "location": {
                        "uri": "file:///p/b",
                        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
                    },
                    "message": "A is here"
                }]
            })
        );
    }

    #[test]
    fn severities_and_tags() {
        for (ours, theirs) in [
            (Severity::Error, DiagnosticSeverity::ERROR),
            (Severity::Warning, DiagnosticSeverity::WARNING),
            (Severity::Info, DiagnosticSeverity::INFORMATION),
        ] {
            let diagnostic = only(&finding("unknown-statement", ours));
            assert_eq!((diagnostic.severity, diagnostic.tags), (Some(theirs), None));
        }
    }

    #[test]
    fn what_two_sysplexes_find_alike_is_told_once() {
        let mut board = Board::default();
        let same = only(&finding("unknown-statement", Severity::Error));
        let other = Diagnostic { message: "B is wrong there.".to_owned(), ..same.clone() };
        for (root, found) in [("/p", vec![same.clone()]), ("/q", vec![other.clone(), same.clone()])] {
            let found = BTreeMap::from([("/p/a".to_owned(), found)]);
            board.put(&Root::Description(root.to_owned()), found);
        }
        assert_eq!(board.of("/p/a"), [same.clone(), other]);
        board.remove(&Root::Description("/q".to_owned()));
        assert_eq!(board.of("/p/a"), [same]);
    }

    #[test]
    fn rules_have_a_page_once_the_package_has_a_home() {
        assert_eq!(rule_url("", "x"), None);
        let page = rule_url("https://example.com/vipa/", "x").expect("a URI");
        assert_eq!(page.as_str(), "https://example.com/vipa/blob/main/docs/rules/x.md");
    }
}
