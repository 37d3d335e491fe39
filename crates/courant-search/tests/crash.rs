//! An index whose process is killed opens at a cursor, with exactly the stories up to it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use courant_search::{Change, Document, Page, Query, SearchIndex, Selection};
use jiff::civil::date;

/// Names the folder to write to, in the process that is going to be killed.
const FOLDER: &str = "COURANT_SEARCH_CRASH_FOLDER";

/// Entry `number` of a wire that moves a story in every entry and takes every tenth away again.
fn changes(number: u64) -> Vec<Change> {
    let document = Document {
        story: number,
        position: number,
        moved_on: date(2017, 3, 20),
        lang: "en".to_owned(),
        title: format!("Story {number}"),
        body: "Every word of it is long forgotten, and there are many of them. ".repeat(20),
        urgency: 4,
        is_corrected: false,
        facets: Vec::new(),
    };
    let mut changes = vec![Change::Put(Box::new(document))];
    if number.is_multiple_of(10) {
        changes.push(Change::Drop(number / 2));
    }
    changes
}

/// The stories that are there after `cursor` entries, highest first.
fn expected(cursor: u64) -> Vec<u64> {
    let gone: Vec<u64> = (1..=cursor / 10).map(|tens| tens * 5).collect();
    (1..=cursor).rev().filter(|story| !gone.contains(story)).take(1_000).collect()
}

/// Not a test of its own: what the killed process does.
#[test]
fn writes_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let index = SearchIndex::open(Path::new(&folder)).unwrap();
    let mut number = index.cursor();
    loop {
        number += 1;
        match number % 7 {
            // Some entries wait for the commit of a later one, as on import.
            3 | 4 => index.stage(&changes(number), number).unwrap(),
            _ => index.apply(&changes(number), number).unwrap(),
        }
    }
}

#[test]
fn a_killed_process_leaves_a_whole_index() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let mut last_cursor = 0;
    for round in 0..8_u64 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "writes_until_killed"])
            .env(FOLDER, &folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(300 + round * 97));
        writer.kill().unwrap();
        assert!(!writer.wait().unwrap().success(), "killed, not stopped by an error");
        let index = SearchIndex::open(&folder).unwrap();
        let cursor = index.cursor();
        assert!(cursor >= last_cursor, "{cursor} after {last_cursor}");
        last_cursor = cursor;
        let listed = index.list(&Selection::default(), Page { limit: 1_000, ..Page::default() }).unwrap();
        let stories: Vec<u64> = listed.iter().map(|listed| listed.story).collect();
        assert_eq!(stories, expected(cursor), "at entry {cursor}");
        let forgotten = Query::parse("\"long forgotten\"").unwrap();
        assert_eq!(index.count(&forgotten).unwrap(), index.len());
    }
    assert!(last_cursor > 0, "nothing was ever written");
}
