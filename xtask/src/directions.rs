//! Checks which crate knows which: the manifests against ARCHITECTURE.md, *Crates*.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::run;

/// Each crate and the crates of this workspace it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("courant-news", &[]),
    ("courant-wire", &["courant-news"]),
    ("courant-formats", &["courant-news", "courant-wire"]),
    ("courant-rates", &["courant-news"]),
    ("courant-press", &["courant-news", "courant-search"]),
    ("courant-photo", &["courant-news"]),
    ("courant-card", &[]),
    ("courant-search", &["courant-news"]),
    ("courant-editor", &["courant-news"]),
    ("courant-desk", &["courant-news", "courant-wire", "courant-editor"]),
    ("courant-projections", &["courant-news", "courant-wire", "courant-formats", "courant-search"]),
    (
        "courant-web",
        &[
            "courant-news",
            "courant-wire",
            "courant-card",
            "courant-desk",
            "courant-projections",
            "courant-formats",
            "courant-rates",
            "courant-search",
        ],
    ),
    ("courant-store-sqlite", &["courant-news", "courant-wire", "courant-desk", "courant-projections"]),
    ("courant-store-postgres", &["courant-news", "courant-wire", "courant-desk", "courant-projections"]),
    (
        "courant",
        &[
            "courant-news",
            "courant-wire",
            "courant-formats",
            "courant-rates",
            "courant-press",
            "courant-photo",
            "courant-card",
            "courant-search",
            "courant-editor",
            "courant-desk",
            "courant-projections",
            "courant-web",
            "courant-store-sqlite",
            "courant-store-postgres",
        ],
    ),
    ("xtask", &["courant-press"]),
];

/// Tests run on the real store, never on an imitation, so anyone's tests but those of `news` may know it.
const TESTS_MAY_KNOW: &str = "courant-store-sqlite";
/// Has no need of a store, and stays free of everything.
const KNOWS_NO_ONE: &str = "courant-news";

/// Crates of others, who alone may know them, and the firewall that rests on it. `xtask` may know any.
const QUARANTINE: &[(&str, &[&str], &str)] = &[
    ("rusqlite", &["courant-store-sqlite"], "only store-* know SQL"),
    ("tantivy", &["courant-search"], "only search knows the index"),
    ("yrs", &["courant-editor"], "only editor knows the shared document"),
    ("axum", &["courant-web"], "only web knows HTTP"),
    ("hyper", &["courant-web"], "only web knows HTTP"),
    ("reqwest", &["courant", "courant-press"], "only what fetches asks others over the network"),
    ("resvg", &["courant-card"], "only card draws"),
    ("ammonia", &["courant-formats"], "markup of strangers becomes blocks once, at the edge"),
];

/// What `news` does without: no serialisation, no async, no logging of its own.
const NEWS_DOES_WITHOUT: &[&str] = &["serde", "serde_json", "tokio", "async-trait", "tracing", "anyhow"];

/// One line of a manifest: `from` depends on `to`.
#[derive(Debug, PartialEq, Eq)]
struct Edge {
    from: String,
    to: String,
    is_dev: bool,
    is_ours: bool,
}

/// Reads the manifests and refuses every edge that the architecture does not have.
pub(crate) fn check() -> anyhow::Result<()> {
    let metadata = run::read(run::cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let edges = edges(&metadata)?;
    let problems: Vec<String> = edges.iter().filter_map(problem).collect();
    if problems.is_empty() {
        let n_ours = edges.iter().filter(|edge| edge.is_ours).count();
        println!("{n_ours} edges between crates of the workspace, all as in ARCHITECTURE.md");
        return Ok(());
    }
    bail!("{}", problems.join("\n"));
}

fn edges(metadata: &Value) -> anyhow::Result<Vec<Edge>> {
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let mut edges = BTreeMap::new();
    for package in packages {
        let from = package["name"].as_str().context("a package has no name")?;
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().context("a dependency has no name")?;
            let is_dev = dependency["kind"] == "dev";
            let is_ours = dependency["path"].is_string();
            edges.insert((from.to_owned(), to.to_owned(), is_dev), is_ours);
        }
    }
    Ok(edges.into_iter().map(|((from, to, is_dev), is_ours)| Edge { from, to, is_dev, is_ours }).collect())
}

/// Which rule the edge breaks and what to do; `None` when it breaks none.
fn problem(edge: &Edge) -> Option<String> {
    let Edge { from, to, is_dev, is_ours } = edge;
    let table = if *is_dev { "[dev-dependencies]" } else { "[dependencies]" };
    let manifest = if from == "xtask" { "xtask/Cargo.toml".to_owned() } else { format!("crates/{from}/Cargo.toml") };
    if !is_ours {
        if from == "xtask" || *is_dev {
            return None;
        }
        if from == KNOWS_NO_ONE && NEWS_DOES_WITHOUT.contains(&to.as_str()) {
            return Some(format!(
                "{from} depends on {to}: news is pure and has no serialised form; \
                 take it out of {table} of {manifest} and do this in wire::codec, formats or the caller"
            ));
        }
        let (_, who, why) = QUARANTINE.iter().find(|(name, ..)| name == to)?;
        if who.contains(&from.as_str()) {
            return None;
        }
        return Some(format!("{from} depends on {to}: {why}; take it out of {table} of {manifest} and ask {} for it", who.join(" or ")));
    }
    let Some((_, allowed)) = MAY_KNOW.iter().find(|(name, _)| name == from) else {
        return Some(format!(
            "{from} is a crate that xtask/src/directions.rs does not know: \
             write an ADR that says why it earns its place, then add it there with what it may know"
        ));
    };
    if allowed.contains(&to.as_str()) || (*is_dev && to == TESTS_MAY_KNOW && from != KNOWS_NO_ONE) {
        return None;
    }
    let knows = if allowed.is_empty() { "no crate of the workspace".to_owned() } else { format!("only {}", allowed.join(", ")) };
    Some(format!(
        "{from} depends on {to}: {from} knows {knows} (ARCHITECTURE.md, Crates); \
         take it out of {table} of {manifest}, and let the crate that may know both bring them together, or write an ADR for a new edge"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(from: &str, to: &str, is_dev: bool) -> Option<String> {
        problem(&Edge { from: from.into(), to: to.into(), is_dev, is_ours: true })
    }

    fn theirs(from: &str, to: &str) -> Option<String> {
        problem(&Edge { from: from.into(), to: to.into(), is_dev: false, is_ours: false })
    }

    #[test]
    fn an_edge_of_the_architecture_is_let_through() {
        assert_eq!(ours("courant-wire", "courant-news", false), None);
        assert_eq!(ours("courant", "courant-store-sqlite", false), None);
    }

    #[test]
    fn an_edge_the_other_way_is_refused_with_the_remedy() {
        let refusal = ours("courant-wire", "courant-web", false).unwrap();
        assert!(refusal.starts_with("courant-wire depends on courant-web: courant-wire knows only courant-news"), "{refusal}");
        assert!(refusal.contains("[dependencies] of crates/courant-wire/Cargo.toml"), "{refusal}");
    }

    #[test]
    fn nobody_knows_the_binary_or_the_tasks() {
        for (from, _) in MAY_KNOW {
            for to in ["courant", "xtask"] {
                assert!(ours(from, to, true).is_some(), "{from} -> {to}");
            }
        }
    }

    #[test]
    fn tests_may_use_the_real_store_and_product_code_may_not() {
        assert_eq!(ours("courant-web", "courant-store-sqlite", true), None);
        assert!(ours("courant-web", "courant-store-sqlite", false).is_some());
        assert!(ours("courant-news", "courant-store-sqlite", true).is_some());
    }

    #[test]
    fn the_table_has_no_cycle() {
        fn reaches(from: &str, to: &str) -> bool {
            let (_, known) = MAY_KNOW.iter().find(|(name, _)| *name == from).unwrap();
            known.iter().any(|next| *next == to || reaches(next, to))
        }
        for (name, _) in MAY_KNOW {
            assert!(!reaches(name, name), "{name} reaches itself");
        }
    }

    #[test]
    fn heavy_and_telling_crates_stay_where_they_belong() {
        assert_eq!(theirs("courant-search", "tantivy"), None);
        assert_eq!(theirs("xtask", "rusqlite"), None);
        assert!(theirs("courant-web", "rusqlite").unwrap().contains("only store-* know SQL"));
        assert!(theirs("courant-news", "serde").unwrap().contains("news is pure"));
    }

    #[test]
    fn a_new_crate_needs_an_answer_here() {
        assert!(ours("courant-weather", "courant-news", false).unwrap().contains("write an ADR"));
    }

    #[test]
    fn edges_are_read_from_the_manifests() {
        let metadata = serde_json::json!({"packages": [{
            "name": "courant-wire",
            "dependencies": [
                {"name": "courant-news", "kind": null, "path": "somewhere"},
                {"name": "proptest", "kind": "dev"},
            ],
        }]});
        let expected = |to: &str, is_dev, is_ours| Edge { from: "courant-wire".into(), to: to.into(), is_dev, is_ours };
        assert_eq!(edges(&metadata).unwrap(), [expected("courant-news", false, true), expected("proptest", true, false)]);
    }
}
