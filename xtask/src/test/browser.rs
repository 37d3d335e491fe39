//! The site from outside: markup, accessibility and behaviour in a browser, and the forms that machines read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::Value;

use super::demo::Demo;
use crate::run;

/// Where the tests are, from the top folder.
const FOLDER: &str = "tests/browser";
/// Where they leave pictures of the pages, from the target folder.
const SCREENSHOTS: &str = "screenshots";
/// Where pictures of every kind of page go, from the target folder.
const SHOTS: &str = "shots";
/// The binary, from the target folder.
const PROGRAM: &str = "debug/courant";
/// Where the demonstration keeps its data, from the target folder; made anew each time.
const DATA: &str = "demonstration";
/// Runs first: it kills and withholds stories, so that the others have such pages to look at.
const ACTS: &str = "live.test.mjs";
/// The end of the name of a test file.
const TEST_ENDING: &str = ".test.mjs";

/// Installs the packages the lock file names.
///
/// # Errors
/// When the lock file names addresses, or npm fails.
pub(crate) fn install() -> anyhow::Result<()> {
    let folder = run::root().join(FOLDER);
    let lock = fs::read_to_string(folder.join("package-lock.json")).context("cannot read the lock file of tests/browser")?;
    if lock.contains("\"resolved\"") {
        bail!(
            "{FOLDER}/package-lock.json names download addresses; write it again with: \
             npm install --omit-lockfile-registry-resolved"
        );
    }
    let mut npm = run::command("npm");
    // The packages bring what is needed; their install scripts would download more.
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    run::run(&mut npm)
}

/// Builds the binary, starts its demonstration and runs every test file against it.
///
/// # Errors
/// When the build or any test fails.
pub(crate) fn test() -> anyhow::Result<()> {
    let (demo, target) = demonstration()?;
    let folder = run::root().join(FOLDER);
    let (acts, looks): (Vec<String>, Vec<String>) = test_files(&folder)?.into_iter().partition(|name| name == ACTS);
    let mut outcome = Ok(());
    for files in [acts, looks] {
        let mut node = run::command("node");
        node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(&files).current_dir(&folder);
        node.env("COURANT_SITE", &demo.site).env("COURANT_SCREENSHOTS", target.join(SCREENSHOTS));
        node.env("COURANT_BIN", target.join(PROGRAM)).env("COURANT_DEMO_DATA", target.join(DATA));
        // What fails first does not hide what else fails.
        outcome = outcome.and(run::run(&mut node));
    }
    outcome
}

/// Builds the binary, starts its demonstration and takes pictures of its pages.
///
/// # Errors
/// When the build fails, or a page cannot be shown.
pub(crate) fn shots() -> anyhow::Result<()> {
    let (demo, target) = demonstration()?;
    let mut node = run::command("node");
    node.arg("shots.mjs").current_dir(run::root().join(FOLDER));
    node.env("COURANT_SITE", &demo.site).env("COURANT_SCREENSHOTS", target.join(SHOTS));
    run::run(&mut node)
}

/// A demonstration that runs, and the target folder.
fn demonstration() -> anyhow::Result<(Demo, PathBuf)> {
    run::run(run::cargo().args(["build", "--quiet", "--package", "courant"]))?;
    let target = target_folder()?;
    let data = target.join(DATA);
    if data.is_dir() {
        fs::remove_dir_all(&data).with_context(|| format!("cannot remove {}", data.display()))?;
    }
    let demo = Demo::start(&target.join(PROGRAM), &data)?;
    println!("the demonstration is at {}", demo.site);
    Ok((demo, target))
}

pub(super) fn target_folder() -> anyhow::Result<PathBuf> {
    let metadata = run::read(run::cargo().args(["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    Ok(metadata["target_directory"].as_str().context("cargo metadata names no target folder")?.into())
}

/// By name; Node 20 does not list them itself.
fn test_files(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let name = entry.with_context(|| format!("cannot list {}", folder.display()))?.file_name();
        let name = name.to_string_lossy().into_owned();
        if name.ends_with(TEST_ENDING) {
            files.push(name);
        }
    }
    if files.is_empty() {
        bail!("{FOLDER} has no file that ends with {TEST_ENDING}");
    }
    files.sort();
    Ok(files)
}
