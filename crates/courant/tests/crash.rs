//! The process is killed at any moment: nothing acknowledged is lost, and what was half done is done again.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

mod support;

use std::collections::HashSet;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use support::{courant, done, file, story};

/// How often the process is killed during an import, and during single moves.
const KILLS: u64 = 10;

/// Moments spread over a process's life, the same in every run of the test.
fn moment(number: u64) -> Duration {
    Duration::from_millis(15 + number * 7_919 % 173)
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let n_stories = 1_500;
    let lines: Vec<String> =
        (0..n_stories).map(|number| story(&format!("urn:{number}"), &format!("Story {number} of many"), "world").to_string()).collect();
    let file = file(folder.path(), "many.jsonl", &lines.join("\n"));
    let mut n_before = 0;
    for kill in 0..KILLS {
        let mut import = courant(&data, &["import", "ninjs", &file]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(moment(kill) + Duration::from_millis(40));
        import.kill().unwrap();
        import.wait().unwrap();
        if data.join("newsroom.db").try_exists().unwrap() {
            let verified: Value = serde_json::from_str(&done(&data, &["wire", "verify", "--json"])).unwrap();
            assert_eq!(verified["holds"], true, "{verified}");
            let n_entries = verified["entries"].as_u64().unwrap();
            assert!(n_before <= n_entries, "entries were lost: {n_before}, then {n_entries}");
            n_before = n_entries;
        }
    }
    done(&data, &["import", "ninjs", &file]);
    let verified: Value = serde_json::from_str(&done(&data, &["wire", "verify", "--json"])).unwrap();
    assert_eq!(verified["entries"], n_stories, "each story is on the wire once");
    assert!(done(&data, &["verify"]).contains("search:"), "site and search answer as their rebuild does");
}

#[test]
fn no_acknowledged_move_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    let mut acknowledged: Vec<String> = Vec::new();
    for number in 0..2 * KILLS {
        let guid = format!("urn:{number}");
        let file = file(folder.path(), "one.json", &story(&guid, &format!("Story {number}"), "world").to_string());
        let mut process = courant(&data, &["wire", "move", &file]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Every other one is let through; the others are killed somewhere between start and end.
        if number % 2 == 0 {
            std::thread::sleep(moment(number));
            process.kill().unwrap();
        }
        let output = process.wait_with_output().unwrap();
        if !output.stdout.is_empty() {
            acknowledged.push(guid);
        }
    }
    assert!(KILLS <= acknowledged.len() as u64, "those that were let through are acknowledged");
    let on_wire: HashSet<String> = done(&data, &["wire", "tail", "--json"])
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["guid"].as_str().unwrap().to_owned())
        .collect();
    for guid in &acknowledged {
        assert!(on_wire.contains(guid), "{guid} was acknowledged and is missing");
    }
    assert!(done(&data, &["wire", "verify"]).contains("entries hold"));
    assert!(done(&data, &["verify"]).contains("search:"));
}

#[test]
fn a_server_that_is_killed_comes_back_with_everything() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("agency");
    for number in 0..4 {
        let guid = format!("urn:{number}");
        let server = support::Server::start(&data);
        let file = file(folder.path(), "one.json", &story(&guid, &format!("Story {number}"), "world").to_string());
        done(&data, &["wire", "move", &file]);
        // Killed while its pumps are at work on the move.
        server.kill();
    }
    let server = support::Server::start(&data);
    let feed = server.wait_for("/all.json", |_, body| body.contains("Story 3"));
    for number in 0..4 {
        assert!(feed.contains(&format!("Story {number}")), "{feed}");
    }
    let seqs: Vec<u64> = server.events("/all/events?after=0", 4).into_iter().map(|(seq, _, _)| seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4], "the stream resumes over restarts");
    drop(server);
    assert!(done(&data, &["verify"]).contains("search:"));
}
