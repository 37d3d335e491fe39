//! `courant check`: conformance of files, addresses and whole sites. What is asked of each stands in `courant_formats::check`; this
//! fetches, walks and prints.

mod fetch;
mod site;

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use courant_formats::check::{self, Asked, DOCUMENT_LEN_BYTES_MAX, Finding, Kind, Page, Severity};
use serde_json::{Value, json};

use crate::cli::{CheckOptions, CheckedKind};
use crate::clock;
use fetch::Client;

/// What was checked, and what was found.
struct Checked {
    /// The file or the address.
    name: String,
    kind: Option<Kind>,
    findings: Vec<Finding>,
    /// What a page says of itself; for comparing pages with each other.
    page: Option<Page>,
}

/// Checks all that was named.
pub(crate) fn run(options: &CheckOptions) -> anyhow::Result<ExitCode> {
    let kind = options.kind.map(CheckedKind::kind);
    let mut client: Option<Client> = None;
    let (mut all, mut out) = (Vec::new(), std::io::stdout().lock());
    for target in &options.targets {
        if !target.starts_with("http://") && !target.starts_with("https://") {
            all.push(of_file(target, kind, options.ninjs.as_deref())?);
            continue;
        }
        let client = match &mut client {
            Some(client) => client,
            None => client.insert(Client::new()?),
        };
        if kind.is_none() && site::is_site(target) {
            all.extend(site::walk(client, target));
        } else {
            all.push(site::of_address(client, target, kind, options.ninjs.as_deref(), false).0);
        }
    }
    // Pages in several languages name each other, as far as both were looked at.
    let pages: Vec<(&str, &Page)> = all.iter().filter_map(|checked| Some((checked.name.as_str(), checked.page.as_ref()?))).collect();
    for (name, finding) in check::unreturned(&pages) {
        if let Some(checked) = all.iter_mut().find(|checked| checked.name == name) {
            checked.findings.push(finding);
        }
    }
    for checked in &all {
        if options.json {
            writeln!(out, "{}", as_json(checked))?;
        } else {
            print(&mut out, checked)?;
        }
    }
    let count = |severity| all.iter().flat_map(|checked| &checked.findings).filter(|finding| finding.rule.severity == severity).count();
    let (n_errors, n_warnings) = (count(Severity::Error), count(Severity::Warning));
    if !options.json {
        writeln!(out, "{} checked: {}, {}", all.len(), number(n_errors, "error"), number(n_warnings, "warning"))?;
    }
    Ok(if n_errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A file, or standard input.
fn of_file(name: &str, kind: Option<Kind>, ninjs: Option<&str>) -> anyhow::Result<Checked> {
    let path = Path::new(name);
    anyhow::ensure!(!path.is_dir(), "{name} is a folder; name the files in it");
    let mut bytes = Vec::new();
    // One byte more than is checked, so that what is too long shows.
    let most = DOCUMENT_LEN_BYTES_MAX as u64 + 1;
    if name == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
        file.take(most).read_to_end(&mut bytes).with_context(|| format!("cannot read {name}"))?;
    }
    let now = Some(clock::now());
    // The name tells files of lines apart; a file has no address that links could be compared with.
    let kind = kind.or_else(|| check::kind_of(&bytes, &Asked { address: Some(name), now, ..Asked::default() }));
    let report = check::check(&bytes, kind, &Asked { now, ninjs, ..Asked::default() });
    Ok(Checked { name: name.to_owned(), kind: report.kind, findings: report.findings, page: None })
}

fn as_json(checked: &Checked) -> Value {
    let finding = |finding: &Finding| {
        json!({
            "rule": finding.rule.id,
            "severity": finding.rule.severity.as_str(),
            "standard": finding.standard,
            "clause": finding.clause,
            "place": finding.place(),
            "line": finding.line,
            "column": finding.column,
            "value": &*finding.value,
            "says": finding.rule.says,
            "remedy": finding.rule.remedy,
        })
    };
    json!({
        "checked": checked.name,
        "kind": checked.kind.map(Kind::as_str),
        "findings": checked.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn print(out: &mut impl Write, checked: &Checked) -> std::io::Result<()> {
    let kind = checked.kind.map_or("nothing that can be checked", Kind::as_str);
    let count = |severity| checked.findings.iter().filter(|finding| finding.rule.severity == severity).count();
    let verdict = match (count(Severity::Error), count(Severity::Warning)) {
        (0, 0) => "conforms".to_owned(),
        (errors, warnings) => format!("{}, {}", number(errors, "error"), number(warnings, "warning")),
    };
    writeln!(out, "{}: {kind}, {verdict}", checked.name)?;
    for finding in &checked.findings {
        let at = match (finding.line, finding.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: "),
            (Some(line), None) => format!("line {line}: "),
            (None, _) => String::new(),
        };
        let value = if finding.value.is_empty() { String::new() } else { format!(": “{}”", finding.value) };
        let place = finding.place();
        writeln!(out, "  {}: {at}{place} {}{value}", finding.rule.severity.as_str(), finding.rule.says)?;
        let clause = match (finding.standard, finding.clause) {
            ("", _) => String::new(),
            (standard, "") => format!("{standard}; "),
            (standard, clause) => format!("{standard}, {clause}; "),
        };
        writeln!(out, "    {clause}{} [{}]", finding.rule.remedy, finding.rule.id)?;
    }
    Ok(())
}

fn number(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
