//! Matching in a shell: JSON lines in, JSON lines out.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn cluster(lines: &str, state: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_courant"));
    command.args(["press", "cluster"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(state) = state {
        command.arg("--state").arg(state);
    }
    let mut process = command.spawn().unwrap();
    process.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

fn line(id: &str, minute: u32, title: &str) -> String {
    format!("{{\"id\":\"{id}\",\"title\":\"{title}\",\"lang\":\"en\",\"source\":\"s\",\"published\":\"2026-03-01T10:{minute:02}:00Z\"}}\n")
}

const ERUPTION: &str = "Volcano Skellan erupts after two centuries, harbour town of Arvik evacuated";
const RATES: &str = "Central bank of Norland leaves interest rates at 4.25 percent";

#[test]
fn reports_of_one_story_get_one_number() {
    let lines = [line("a", 0, ERUPTION), line("b", 1, RATES), line("c", 2, ERUPTION)].concat();
    let output = cluster(&lines, None);
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "{\"id\":\"a\",\"cluster\":0}\n{\"id\":\"b\",\"cluster\":1}\n{\"id\":\"c\",\"cluster\":0}\n"
    );
}

#[test]
fn a_bad_line_is_named_and_the_others_go_through() {
    let lines = [line("a", 0, ERUPTION), "{\"id\":\"b\"}\n".to_owned(), line("c", 2, ERUPTION)].concat();
    let output = cluster(&lines, None);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("line 2: is not a report") && said.contains("missing field `title`"), "{said}");
}

#[test]
fn a_second_run_goes_on_from_the_state_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("window");
    cluster(&[line("a", 0, RATES), line("b", 1, ERUPTION)].concat(), Some(&state));
    let output = cluster(&line("c", 2, ERUPTION), Some(&state));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.ends_with("{\"id\":\"b\",\"cluster\":1}\n{\"id\":\"c\",\"cluster\":1}\n"), "{said}");
    std::fs::write(&state, "something else").unwrap();
    let output = cluster(&line("d", 3, ERUPTION), Some(&state));
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("is not a snapshot of this release; remove it"));
}
