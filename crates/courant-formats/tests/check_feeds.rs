//! The cases of the feed validator of the W3C and the RSS Advisory Board, from the data folder beside the repository: does
//! [`courant_formats::check`] say of each document what the case expects?
//!
//! A case names a message that must be raised, or must not, and often the element it is about. Ours agrees when it raises the
//! same (or a finer one of the same family) at that element. Messages that praise (`ValidURI`) ask that nothing is wrong there.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod data;

use std::collections::BTreeMap;
use std::fs;

use courant_formats::check::{Asked, Finding, Kind, Severity, check};
use data::data;
use serde_json::Value;

/// The least share of cases in which the verdicts must agree, in thousandths.
const AGREED_MIN_PERMILLE: usize = 970;

/// Cases in which we disagree, and why.
const REASONS: &[(&str, &str)] = &[
    (
        "atom/6.1/invalid-namespace.xml",
        "a prefix that is not declared comes first: the document cannot be read, and nothing more is said of it",
    ),
    ("atom/must/feed_info_no_html.xml", "info is an element of Atom 0.3; Atom 1.0 does not have it"),
    ("atom/must/feed_info_no_html_cdata.xml", "info is an element of Atom 0.3; Atom 1.0 does not have it"),
    ("ext/feedsync/sharing_until_rfc822.xml", "the elements are not closed in their order: the document cannot be read"),
    ("rss20/element-channel-item-source/unregistered_item_source_url.xml", "feed: has been registered with the IANA since"),
];

/// Families of messages: whoever raises one of the right has raised the left.
const FAMILIES: &[(&str, &[&str])] = &[
    ("InvalidLink", &["InvalidFullLink", "InvalidIRI", "InvalidUriChar", "InvalidUriAttribute", "InvalidUrlAttribute", "UriNotIri"]),
    ("InvalidFullLink", &[]),
    ("InvalidInteger", &["InvalidNonNegativeInteger", "InvalidPositiveInteger"]),
    ("InvalidNonNegativeInteger", &["UseZeroForUnknown"]),
    ("InvalidContact", &["InvalidAddrSpec"]),
    ("SAXError", &["NotWellFormed", "MissingNamespace", "UndefinedNamedEntity", "UndeclaredPrefix", "EntityNotExpanded"]),
    (
        "MissingElement",
        &[
            "MissingDescription",
            "MissingLink",
            "MissingTitle",
            "ItemMustContainTitleOrDescription",
            "MissingXhtmlDiv",
            "MissingContentOrAlternate",
        ],
    ),
    ("ContainsHTML", &["ContainsUndeclaredHTML", "CharacterData"]),
    ("MissingAttribute", &["MissingHref"]),
    ("SecurityRisk", &["SecurityRiskAttr", "DangerousStyleAttr"]),
    ("SecurityRiskAttr", &["DangerousStyleAttr"]),
    ("MissingSelf", &["MissingAtomSelfLink"]),
    ("UndefinedElement", &["NoBlink"]),
    ("InvalidRFC2822Date", &["IncorrectDow"]),
    ("InvalidISO8601Date", &["InvalidW3CDTFDate"]),
];

/// Messages that praise, and what would be raised if it were wrong; anything at all where the list is empty.
const OPPOSITES: &[(&str, &[&str])] = &[
    ("ValidURI", &["InvalidLink"]),
    ("ValidURLAttribute", &["InvalidUrlAttribute", "MissingAttribute"]),
    ("ValidHttpGUID", &["InvalidHttpGUID", "InvalidPermalink"]),
    ("ValidTAG", &["InvalidTAG"]),
    ("ValidURN", &["InvalidURN", "InvalidUUID"]),
    ("ValidContact", &["InvalidContact"]),
    ("ValidHtml", &["NotHtml"]),
    ("ValidMIMEAttribute", &["InvalidMIMEType", "InvalidMIMEAttribute"]),
    ("ValidW3CDTFDate", &["InvalidRFC3339Date", "InvalidW3CDTFDate", "InvalidISO8601DateTime"]),
    ("ValidRFC2822Date", &["InvalidRFC2822Date", "ProblematicalRFC822Date"]),
    ("ValidTitle", &["NotBlank", "AttrNotBlank", "MissingTitle"]),
    ("ValidLanguage", &["InvalidLanguage"]),
    ("ValidInteger", &["InvalidInteger"]),
    ("ValidIntegerAttribute", &["InvalidIntegerAttribute", "InvalidNonNegativeInteger", "MissingAttribute"]),
    ("ValidBooleanAttribute", &["InvalidBooleanAttribute"]),
    ("ValidCloud", &["MissingAttribute", "InvalidIntegerAttribute"]),
    ("ValidDay", &["InvalidDay", "DuplicateValue"]),
    ("ValidHour", &["InvalidHour", "DuplicateValue"]),
    ("ValidWidth", &["InvalidWidth"]),
    ("ValidNPTTime", &["InvalidNPTTime"]),
    ("ValidUpdatePeriod", &["InvalidUpdatePeriod"]),
    ("ValidAtomLinkRel", &["UnregisteredAtomLinkRel"]),
    ("ValidElement", &[]),
];

/// The same word, however it is capitalised.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| *letter != '-').collect::<String>().to_lowercase()
}

fn is_of(finding: &Finding, message: &str) -> bool {
    let own = plain(finding.rule.id);
    let family = FAMILIES.iter().find(|(head, _)| *head == message).map_or(&[][..], |(_, more)| *more);
    match message {
        "Error" => finding.rule.severity == Severity::Error,
        "Warning" => finding.rule.severity == Severity::Warning,
        _ => own == plain(message) || family.iter().any(|more| own == plain(more)),
    }
}

/// Whether a finding is about what the case is about.
fn is_at(finding: &Finding, params: &serde_json::Map<String, Value>) -> bool {
    params.iter().all(|(name, value)| {
        let value = value.as_str().unwrap().replacen('_', ":", 1);
        let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
        let is = |own: &str| own == value || own.replacen('_', ":", 1) == value || local(own) == value || own == local(&value);
        match name.trim() {
            "element" => is(&finding.element) || finding.attribute.as_deref().is_some_and(is),
            "parent" => is(&finding.parent) || is(&finding.element) || (value == "root" && finding.parent.is_empty()),
            "attr" | "attribute" => finding.attribute.as_deref().is_none_or(is) || is(&finding.value),
            "line" => finding.line.is_some_and(|line| line.to_string() == value),
            // The rest names what the message itself says.
            _ => true,
        }
    })
}

fn agrees(findings: &[Finding], message: &str, expect_absent: bool, params: &serde_json::Map<String, Value>) -> bool {
    if let Some((_, opposites)) = OPPOSITES.iter().find(|(praise, _)| *praise == message) {
        // Nothing of the kind may be wrong there; where it may not be praised, something must be.
        let is_opposite = |finding: &&Finding| match opposites.is_empty() {
            true => Severity::Info < finding.rule.severity,
            false => opposites.iter().any(|opposite| is_of(finding, opposite)),
        };
        let is_faulty = findings.iter().filter(is_opposite).any(|finding| is_at(finding, params));
        // What is no tag: address cannot be a good one; nobody may take it for a bad one either.
        let is_of_another_kind = expect_absent && matches!(message, "ValidTAG" | "ValidURN");
        return is_faulty == (expect_absent && !is_of_another_kind);
    }
    findings.iter().any(|finding| is_of(finding, message) && is_at(finding, params)) != expect_absent
}

#[test]
fn the_cases_of_the_feed_validator() {
    let Some(folder) = data("feeds-validator") else { return };
    let expectations = fs::read_to_string(folder.join("expectations.jsonl")).unwrap();
    let (mut n_cases, mut disagreed) = (0_usize, Vec::new());
    let mut by_message: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in expectations.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let file = case["file"].as_str().unwrap();
        let (message, absent) = (case["message"].as_str().unwrap(), case["expect_absent"].as_bool().unwrap());
        let params = case["params"].as_object().unwrap();
        let address = format!("http://www.feedvalidator.org/testcases/{file}");
        let asked = Asked { address: Some(&address), now: Some("2026-11-28T00:00:00Z".parse().unwrap()), ..Asked::default() };
        let findings = check(&fs::read(folder.join(file)).unwrap(), Some(Kind::Feed), &asked).findings;
        n_cases += 1;
        let agreed = agrees(&findings, message, absent, params);
        let tally = by_message.entry(format!("{}{message}", if absent { "no " } else { "" })).or_default();
        tally.0 += usize::from(agreed);
        tally.1 += 1;
        if !agreed {
            let said: Vec<String> = findings
                .iter()
                .filter(|finding| Severity::Info < finding.rule.severity)
                .map(|finding| format!("{} {} {}", finding.rule.id, finding.place(), finding.value))
                .collect();
            disagreed.push((
                file.to_owned(),
                format!("{file}: expects {}{message} {params:?}; ours: {said:?}", if absent { "no " } else { "" }),
            ));
        }
    }
    let n_agreed = n_cases - disagreed.len();
    let permille = n_agreed * 1_000 / n_cases;
    println!("{n_cases} cases, {n_agreed} verdicts alike ({}.{} %), {} not:", permille / 10, permille % 10, disagreed.len());
    for (file, said) in &disagreed {
        let reason = REASONS.iter().find(|(known, _)| known == file).map_or("", |(_, reason)| *reason);
        println!("  {said}\n    {reason}");
    }
    for (message, (agreed, all)) in by_message.iter().filter(|(_, (agreed, all))| agreed < all) {
        println!("  {message}: {agreed} of {all}");
    }
    assert!(AGREED_MIN_PERMILLE <= permille, "only {n_agreed} of {n_cases}");
    let unexplained: Vec<&str> =
        disagreed.iter().map(|(file, _)| file.as_str()).filter(|file| !REASONS.iter().any(|(known, _)| known == file)).collect();
    assert_eq!(unexplained, Vec::<&str>::new(), "each needs a reason");
    let outdated: Vec<&str> =
        REASONS.iter().map(|(file, _)| *file).filter(|file| !disagreed.iter().any(|(known, _)| known == file)).collect();
    assert_eq!(outdated, Vec::<&str>::new(), "these agree now");
}
