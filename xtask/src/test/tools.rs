//! The programs of other people that the tests need.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};

use crate::run;

/// A Debian package and how one sees that what it brings is there.
struct Tool {
    package: &'static str,
    is_there: fn() -> bool,
}

/// The oldest Node whose test runner has what the tests use.
const NODE_MAJOR_MIN: u32 = 20;

const TOOLS: &[Tool] = &[
    Tool { package: "chromium", is_there: || Path::new("/usr/bin/chromium").is_file() },
    Tool { package: "libxml2-utils", is_there: || answers("xmllint", "--version") },
    Tool { package: "curl", is_there: || answers("curl", "--version") },
    Tool { package: "default-jre-headless", is_there: || answers("java", "-version") },
    Tool { package: "nodejs", is_there: || answers("node", "--version") },
    Tool { package: "npm", is_there: || answers("npm", "--version") },
    Tool { package: "python3-pip", is_there: pip_answers },
    Tool { package: "fonts-noto-core", is_there: || Path::new("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf").is_file() },
    Tool { package: "fonts-noto-cjk", is_there: || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file() },
];

/// Installs what is missing, where that is allowed.
///
/// # Errors
/// When something is missing and this is not Debian, or not root: the message says what to install.
pub(crate) fn ensure() -> anyhow::Result<()> {
    let missing: Vec<&str> = TOOLS.iter().filter(|tool| !(tool.is_there)()).map(|tool| tool.package).collect();
    if !missing.is_empty() {
        install(&missing)?;
        if let Some(tool) = TOOLS.iter().find(|tool| !(tool.is_there)()) {
            bail!("{} was installed and what it should bring is still not there", tool.package);
        }
    }
    let version = run::read(run::command("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if NODE_MAJOR_MIN <= major => {}
        _ => bail!("node is {}, and at least version {NODE_MAJOR_MIN} is needed", version.trim()),
    }
    println!("all there: {}", TOOLS.iter().map(|tool| tool.package).collect::<Vec<_>>().join(", "));
    Ok(())
}

fn install(packages: &[&str]) -> anyhow::Result<()> {
    let by_hand = format!("these Debian packages are needed: {}", packages.join(" "));
    if !answers("apt-get", "--version") {
        bail!("{by_hand}; there is no apt-get here, so install what corresponds to them");
    }
    let user = run::read(run::command("id").arg("-u"))?;
    if user.trim() != "0" {
        bail!("{by_hand}; run: sudo apt-get install {}", packages.join(" "));
    }
    println!("installing {}", packages.join(", "));
    run::run(run::command("apt-get").args(["update", "--quiet"])).context("cannot read the lists of Debian packages")?;
    let mut install = run::command("apt-get");
    install.args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages).env("DEBIAN_FRONTEND", "noninteractive");
    run::run(install.stdout(Stdio::null())).context(by_hand)
}

/// Whether the installer of Python packages is there.
fn pip_answers() -> bool {
    let mut command = run::command("python3");
    let status = command.args(["-m", "pip", "--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Whether a program is there and says its version.
fn answers(program: &str, flag: &str) -> bool {
    let mut command = run::command(program);
    let status = command.arg(flag).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}
