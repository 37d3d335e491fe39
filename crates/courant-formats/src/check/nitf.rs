//! NITF 3.x: structure, and the values of what is said of a document.

use std::sync::LazyLock;

use regex::Regex;

use super::Finding;
use super::rules::{self, Rule};
use super::tree::{Document, Element};

/// The elements directly inside others, as NITF 3.6 has them; `*` is any element of NITF.
const INSIDE: [(&str, &[&str]); 8] = [
    ("nitf", &["head", "body"]),
    ("head", &["title", "meta", "tobject", "iim", "docdata", "pubdata", "revision-history"]),
    (
        "docdata",
        &[
            "correction",
            "evloc",
            "doc-id",
            "del-list",
            "urgency",
            "fixture",
            "date.issue",
            "date.release",
            "date.expire",
            "doc-scope",
            "series",
            "ed-msg",
            "du-key",
            "doc.copyright",
            "doc.rights",
            "key-list",
            "identified-content",
        ],
    ),
    ("body", &["body.head", "body.content", "body.end"]),
    ("body.head", &["hedline", "note", "rights", "byline", "distributor", "dateline", "abstract", "series"]),
    ("hedline", &["hl1", "hl2"]),
    ("body.end", &["tagline", "bibliography"]),
    ("key-list", &["keyword"]),
];
/// The blocks of a copy.
const BLOCKS: [&str; 20] = [
    "block",
    "p",
    "hl2",
    "table",
    "nitf-table",
    "media",
    "ol",
    "ul",
    "dl",
    "bq",
    "fn",
    "note",
    "pre",
    "hr",
    "datasource",
    "tagline",
    "virtual.location",
    "nitf-table-metadata",
    "abstract",
    "copyrite",
];
const STATUSES: [&str; 4] = ["usable", "embargoed", "withheld", "canceled"];

static NORM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\d{4}-?\d{2}-?\d{2}(T\d{2}:?\d{2}(:?\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$").expect("the pattern is part of the program")
});

/// Checks a document.
pub(super) fn check(doc: &Document<'_>) -> Vec<Finding> {
    let mut examiner = Examiner { doc, findings: Vec::new() };
    let root = &doc.root;
    if root.local != "nitf" {
        examiner.note(rules::NITF_UNKNOWN, root, None, root.local);
        return examiner.findings;
    }
    let body = root.children().find(|child| child.local == "body");
    if body.is_none() {
        examiner.missing(root, "body");
    }
    examiner.inside(root);
    examiner.findings
}

struct Examiner<'d, 't> {
    doc: &'d Document<'t>,
    findings: Vec<Finding>,
}

impl<'t> Examiner<'_, 't> {
    fn note(&mut self, rule: &'static Rule, element: &Element<'_>, attribute: Option<&str>, value: &str) {
        if self.findings.len() < super::FINDINGS_MAX {
            let place = self.doc.place(element.at);
            let at = (String::new(), element.local.to_owned(), attribute);
            self.findings.push(Finding::at(rule, rule.standard, rule.clause, at, value, Some(place)));
        }
    }

    fn missing(&mut self, element: &Element<'_>, child: &str) {
        if self.findings.len() < super::FINDINGS_MAX {
            let place = self.doc.place(element.at);
            let at = (element.local.to_owned(), child.to_owned(), None);
            let rule = rules::NITF_MISSING;
            self.findings.push(Finding::at(rule, rule.standard, rule.clause, at, "", Some(place)));
        }
    }

    fn inside(&mut self, element: &Element<'t>) {
        let known = INSIDE.iter().find(|(name, _)| *name == element.local).map(|(_, inside)| *inside);
        for child in element.children() {
            let is_known = match known {
                Some(known) => known.contains(&child.local),
                None if element.local == "body.content" => BLOCKS.contains(&child.local),
                None => true,
            };
            if !is_known {
                self.note(rules::NITF_UNKNOWN, child, None, child.local);
                continue;
            }
            self.values(child);
            self.inside(child);
        }
        if element.local == "hedline" && !element.children().any(|child| child.local == "hl1") {
            self.missing(element, "hl1");
        }
        for (name, needed) in [("media", "media-reference"), ("ol", "li"), ("ul", "li")] {
            if element.local == name && !element.children().any(|child| child.local == needed) {
                self.missing(element, needed);
            }
        }
    }

    fn values(&mut self, element: &Element<'_>) {
        match element.local {
            "docdata" => {
                if let Some(status) = element.attribute("management-status").filter(|status| !STATUSES.contains(status)) {
                    self.note(rules::NITF_VALUE, element, Some("management-status"), status);
                }
            }
            "urgency" => {
                if let Some(urgency) =
                    element.attribute("ed-urg").filter(|urgency| !urgency.parse::<u8>().is_ok_and(|level| (1..=9).contains(&level)))
                {
                    self.note(rules::NITF_VALUE, element, Some("ed-urg"), urgency);
                }
            }
            "date.issue" | "date.release" | "date.expire" | "story.date" => {
                if let Some(norm) = element.attribute("norm").filter(|norm| !NORM.is_match(norm)) {
                    self.note(rules::NITF_DATE, element, Some("norm"), norm);
                }
            }
            "media" if element.attribute("media-type").is_none() => {
                self.note(rules::NITF_VALUE, element, Some("media-type"), "");
            }
            "doc-id" if element.attribute("id-string").is_some_and(|id| id.trim().is_empty()) => {
                self.note(rules::NITF_VALUE, element, Some("id-string"), "");
            }
            _ => {}
        }
    }
}
