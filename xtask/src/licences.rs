//! Checks that every dependency may be used: permissive or weak-copyleft licences only.

use anyhow::{Context, bail};
use serde_json::Value;

use crate::run;

/// SPDX names of the licences that are accepted.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "IJG",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Looks at what this machine would build.
pub(crate) fn check() -> anyhow::Result<()> {
    let host = host()?;
    let metadata = run::read(run::cargo().args(["metadata", "--format-version", "1", "--filter-platform", &host]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let problems: Vec<String> = packages.iter().filter_map(problem).collect();
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    println!("{} packages, all under accepted licences", packages.len());
    Ok(())
}

fn host() -> anyhow::Result<String> {
    let version = run::read(run::command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    Ok(host.to_owned())
}

fn problem(package: &Value) -> Option<String> {
    let name = format!("{} {}", package["name"].as_str().unwrap_or("?"), package["version"].as_str().unwrap_or("?"));
    let Some(licence) = package["license"].as_str() else {
        return Some(format!("{name} names no licence: read its licence file, and replace it or say in an ADR why it stays"));
    };
    if is_accepted(licence) {
        return None;
    }
    Some(format!("{name} is under {licence}: only permissive and weak-copyleft licences are accepted (xtask/src/licences.rs); replace it"))
}

/// Whether an SPDX expression can be met with accepted licences alone. The old `MIT/Apache-2.0` means *or*.
///
/// *and* binds closer than *or*; an exception (`WITH`) only ever permits more.
fn is_accepted(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any_of(&mut rest) == Some(true) && rest.is_empty()
}

/// `None` when the words are no expression.
fn any_of(words: &mut &[&str]) -> Option<bool> {
    let mut answer = all_of(words)?;
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        answer |= all_of(words)?;
    }
    Some(answer)
}

fn all_of(words: &mut &[&str]) -> Option<bool> {
    let mut answer = one(words)?;
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        answer &= one(words)?;
    }
    Some(answer)
}

fn one(words: &mut &[&str]) -> Option<bool> {
    let (answer, rest) = match *words {
        ["(", rest @ ..] => {
            let mut inner = rest;
            let answer = any_of(&mut inner)?;
            (answer, inner.strip_prefix(&[")"])?)
        }
        [licence, "WITH", _, rest @ ..] => (ACCEPTED.contains(licence), rest),
        [licence, rest @ ..] => (ACCEPTED.contains(licence), rest),
        [] => return None,
    };
    *words = rest;
    Some(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        for accepted in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
            "Unlicense OR (GPL-2.0-only AND Zlib)",
        ] {
            assert!(is_accepted(accepted), "{accepted}");
        }
        for refused in ["GPL-3.0", "AGPL-3.0-only OR SSPL-1.0", "MIT AND GPL-2.0", "(MIT", "", "MIT OR", "LicenseRef-ours"] {
            assert!(!is_accepted(refused), "{refused}");
        }
    }

    #[test]
    fn a_package_without_a_licence_is_named() {
        let package = serde_json::json!({"name": "odd", "version": "1.0.0", "license": null});
        assert!(problem(&package).unwrap().starts_with("odd 1.0.0 names no licence"));
    }
}
