//! What [`courant_formats::check`] says of the IPTC's own documents, from the data folder beside the repository.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod data;

use std::fs;
use std::path::{Path, PathBuf};

use courant_formats::check::{Asked, Finding, Kind, Severity, check};
use data::data;

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

fn errors(bytes: &[u8], kind: Kind, ninjs: Option<&str>) -> Vec<Finding> {
    let mut findings = check(bytes, Some(kind), &Asked { ninjs, ..Asked::default() }).findings;
    findings.retain(|finding| finding.rule.severity == Severity::Error);
    findings
}

/// Documents of the IPTC's suite that get another verdict here, and why.
const OF_ANOTHER_VERDICT: &[(&str, &str)] = &[
    ("2.x_dev/should_pass/002_advice_complex.json", "a draft of a key that no released edition has"),
    ("2.x_dev/should_pass/003_advice_anyvalue.json", "a draft of a key that no released edition has"),
];

/// Documents that say no version and are valid in another than that of the folder they lie in: `--ninjs` tells theirs.
const VALID_IN_ANOTHER: &[(&str, &str)] = &[
    ("1.0/should_fail/014_type_component.json", "valid by 1.6"),
    ("1.0/should_fail/016_infosource.json", "valid by 1.6"),
    ("1.1/should_fail/002_infosource.json", "valid by 1.6"),
    ("3.0/should_fail/006_bad_urgency.json", "valid by 1.6"),
];

#[test]
fn the_suite_of_ninjs() {
    let Some(folder) = data("iptc-ninjs/test_suite") else { return };
    let mut paths = Vec::new();
    files(&folder, "json", &mut paths);
    for is_told in [true, false] {
        let (mut n_passed, mut n_refused, mut others) = (0, 0, Vec::new());
        for path in &paths {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            let version = match name.split('/').next().unwrap() {
                "1.x_dev" => "1.6",
                "2.x_dev" => "2.2",
                version => version,
            };
            let found = errors(&fs::read(path).unwrap(), Kind::Ninjs, Some(version).filter(|_| is_told));
            match (name.contains("should_pass"), name.contains("should_fail"), found.first()) {
                (true, _, None) => n_passed += 1,
                (_, true, Some(_)) => n_refused += 1,
                (false, false, _) => {}
                (_, _, finding) => others.push((name, finding.map(|finding| finding.value.clone()))),
            }
        }
        let how = if is_told { "its version told" } else { "its version found out" };
        println!("ninjs suite, {how}: {n_passed} should_pass conform, {n_refused} should_fail refused, {} otherwise:", others.len());
        let known: Vec<&(&str, &str)> = OF_ANOTHER_VERDICT.iter().chain(VALID_IN_ANOTHER.iter().filter(|_| !is_told)).collect();
        let reason = |name: &str| known.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason);
        for (name, said) in &others {
            println!("  {name}: {said:?} {}", reason(name).unwrap_or_default());
        }
        let unexplained: Vec<&String> = others.iter().map(|(name, _)| name).filter(|name| reason(name).is_none()).collect();
        assert_eq!(unexplained, Vec::<&String>::new());
        assert!(!is_told || n_refused == 40, "{n_refused} of 40");
    }
}

/// Examples that are parts of documents.
const PARTS: &[&str] = &["g2-namespace", "g2-missing-attribute"];

/// Documents in which something is wrong indeed, though the suite or their sender takes them for right.
const WRONG: &[(&str, &str)] = &[
    ("dpa-digitalwires/output/", "newsMessage/header"),
    ("unit_test_files/2.25/should_pass/CR00196_standardversion.xml", "groupRef@idref"),
    ("unit_test_files/dev/", "@standard"),
    ("should_fail", ""),
    // Its package stands inside a message without its own header.
    ("examples/LISTING_24", ""),
];

#[test]
fn the_examples_of_newsml_g2() {
    let Some(folder) = data("iptc-newsml-g2") else { return };
    let mut unexpected = Vec::new();
    for part in ["examples", "unit_test_files", "dpa-digitalwires/output"] {
        let mut paths = Vec::new();
        files(&folder.join(part), "xml", &mut paths);
        let mut n_clean = 0;
        for path in &paths {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            let found = errors(&fs::read(path).unwrap(), Kind::NewsmlG2, None);
            n_clean += usize::from(found.is_empty());
            let said: Vec<String> =
                found.iter().map(|finding| format!("{} {} {}", finding.rule.id, finding.place(), finding.value)).collect();
            if !found.is_empty() {
                println!("  {name}: {:?}", &said[..said.len().min(3)]);
            }
            let is_known = |said: &str| WRONG.iter().any(|(part, what)| name.contains(part) && said.contains(what));
            let is_part = |finding: &Finding| part == "examples" && PARTS.contains(&finding.rule.id);
            let others = found.iter().zip(&said).filter(|(finding, said)| !is_part(finding) && !is_known(said));
            unexpected.extend(others.map(|(_, said)| format!("{name}: {said}")));
        }
        println!("NewsML-G2 {part}: {n_clean} of {} without an error", paths.len());
    }
    assert_eq!(unexpected, Vec::<String>::new());
}
