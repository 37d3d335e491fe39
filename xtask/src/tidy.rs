//! House rules that the compiler does not know.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::run;

/// Longer source files are named, not refused: question the second idea in them.
const FILE_LINES_MAX: usize = 600;

/// A text that may stand only in certain places.
struct Rule {
    /// Any of these breaks the rule.
    texts: &'static [&'static str],
    /// Endings of the names of the files it is looked for in; empty means any.
    endings: &'static [&'static str],
    /// Where it may stand: starts of paths from the top folder.
    allowed: &'static [&'static str],
    why: &'static str,
}

/// This file holds the texts it looks for.
const SELF: &str = "xtask/src/tidy.rs";

const RULES: &[Rule] = &[
    Rule {
        texts: &["/home/", "/Users/", "C:\\Users"],
        endings: &[],
        allowed: &[],
        why: "is a path of one machine; write it from the top folder of the repository, or beside it as ../shared",
    },
    Rule {
        texts: &["\"resolved\":"],
        endings: &["package-lock.json"],
        allowed: &[],
        why: "says where a package was taken from; make the file with `npm install --omit-lockfile-registry-resolved`",
    },
    Rule {
        texts: &["Timestamp::now", "SystemTime::now", "Zoned::now", "ZonedDateTime::now"],
        endings: &[".rs"],
        allowed: &["crates/courant/", "xtask/"],
        why: "asks what time it is, and only the binary does; take the instant as a parameter",
    },
    Rule {
        texts: &["SELECT ", "INSERT INTO", "INSERT OR ", "DELETE FROM", "CREATE TABLE", "CREATE INDEX", "PRAGMA "],
        endings: &[".rs"],
        allowed: &["crates/courant-store-", "xtask/"],
        why: "is SQL, and only store-* know it; add a method to the port that is named after what is needed",
    },
    Rule {
        texts: &["TODO", "FIXME", "todo!(", "unimplemented!("],
        endings: &[".rs", ".sql", ".html", ".css", ".js", ".mjs", ".ftl", ".toml"],
        allowed: &[],
        why: "is unfinished; finish it or leave it out, for what is not built is not shown",
    },
];

/// Looks at every file that git has or would take.
pub(crate) fn check() -> anyhow::Result<()> {
    let listing = run::read(run::command("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
    let root = run::root();
    let here = root.to_str().context("the repository lies in a folder whose name is not UTF-8")?;
    let mut problems = Vec::new();
    let mut n_files = 0;
    for path in listing.split('\0').filter(|path| !path.is_empty()) {
        let Some(text) = text_of(&root.join(path))? else { continue };
        n_files += 1;
        problems.extend(problems_of(path, &text));
        if text.contains(here) {
            problems.push(format!("{path} names {here}, where the repository happens to lie; write the path from its top folder"));
        }
        let n_lines = text.lines().count();
        if Path::new(path).extension().is_some_and(|extension| extension == "rs") && FILE_LINES_MAX < n_lines {
            println!("warning: {path} has {n_lines} lines, more than {FILE_LINES_MAX}; is there a second idea in it?");
        }
    }
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    println!("{n_files} files of text keep the {} house rules", RULES.len());
    Ok(())
}

/// `None` for pictures and other files that are not text, and for one that is gone.
fn text_of(path: &Path) -> anyhow::Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        // A submodule or a link to a folder.
        Err(error) if error.kind() == std::io::ErrorKind::IsADirectory => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

fn problems_of(path: &str, text: &str) -> Vec<String> {
    if path == SELF {
        return Vec::new();
    }
    let rules = RULES.iter().filter(|rule| {
        let is_looked_at = rule.endings.is_empty() || rule.endings.iter().any(|ending| path.ends_with(ending));
        is_looked_at && !rule.allowed.iter().any(|start| path.starts_with(start))
    });
    let mut problems = Vec::new();
    for rule in rules {
        for found in rule.texts {
            // One look at the whole file first: hardly any file breaks a rule.
            if !text.contains(found) {
                continue;
            }
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains(found));
            problems.extend(lines.map(|(idx, _)| format!("{path}:{}: {found:?} {}", idx + 1, rule.why)));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_rule_is_named_with_file_line_and_remedy() {
        let text = "fn f() {\n    let now = Timestamp::now();\n}\n";
        assert_eq!(
            problems_of("crates/courant-web/src/clock.rs", text),
            ["crates/courant-web/src/clock.rs:2: \"Timestamp::now\" asks what time it is, and only the binary does; \
              take the instant as a parameter"]
        );
        assert!(problems_of("crates/courant/src/clock.rs", text).is_empty());
        assert!(problems_of("docs/time.md", text).is_empty());
    }

    #[test]
    fn sql_stays_in_the_stores() {
        let text = "const Q: &str = \"SELECT 1\";";
        assert_eq!(problems_of("crates/courant-projections/src/site.rs", text).len(), 1);
        assert!(problems_of("crates/courant-store-sqlite/src/site.rs", text).is_empty());
    }

    #[test]
    fn no_file_names_a_machine_or_a_registry() {
        assert_eq!(problems_of("README.md", "see /home/ada/courant").len(), 1);
        assert_eq!(problems_of("tests/browser/package-lock.json", "\"resolved\": \"https://packages.example/x\"").len(), 1);
        assert!(problems_of("tests/browser/package-lock.json", "\"integrity\": \"sha512-x\"").is_empty());
    }
}
