//! Clients that other people wrote, against the demonstration.

use std::fs;

use anyhow::Context;

use super::browser::target_folder;
use super::demo::Demo;
use crate::run;

/// Where the tests are, from the top folder.
const FOLDER: &str = "tests/clients";
/// The tests, in their order.
const PROGRAMS: [&str; 2] = ["frankfurter_client.py", "feed_readers.py"];
/// Where the packages are installed, from the target folder.
const PACKAGES: &str = "client-packages";
/// Where the demonstration keeps its data, from the target folder; made anew each time.
const DATA: &str = "client-demonstration";

/// Installs the packages, starts the demonstration and runs the tests against it.
///
/// # Errors
/// When a package cannot be had as its hash says, the build fails, or a test does.
pub(crate) fn test() -> anyhow::Result<()> {
    run::run(run::cargo().args(["build", "--quiet", "--package", "courant"]))?;
    let target = target_folder()?;
    let (packages, data) = (target.join(PACKAGES), target.join(DATA));
    for folder in [&packages, &data] {
        if folder.is_dir() {
            fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
    }
    let folder = run::root().join(FOLDER);
    let mut pip = run::command("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "--target"]).arg(&packages);
    run::run(pip.arg("--requirement").arg(folder.join("requirements.txt")))?;
    let demo = Demo::start(&target.join("debug/courant"), &data)?;
    println!("the demonstration is at {}", demo.site);
    for program in PROGRAMS {
        let mut python = run::command("python3");
        python.arg(folder.join(program)).env("PYTHONPATH", &packages).env("COURANT_SITE", &demo.site);
        run::run(&mut python)?;
    }
    Ok(())
}
