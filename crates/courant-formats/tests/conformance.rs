//! The IPTC's own suite and examples, and samples of what agencies send, from the data folder beside the repository.
//!
//! Full validation against the schemas is not the reader's work: of what a schema refuses, the reader refuses what
//! would make a wrong story. Both kinds of disagreement are counted and printed.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod data;

use std::fs;
use std::path::{Path, PathBuf};

use courant_formats::ninjs::{self, Audience, Content, Reading, Writing};
use courant_formats::source;
use courant_news::NewsItem;
use data::data;
use jiff::Timestamp;

const HOME: &str = "https://news.example";

fn reading() -> Reading<'static> {
    let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    Reading { now, base_url: Some(HOME) }
}

/// The JSON files below a folder, sorted.
fn json_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            json_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

fn item_of(content: Content) -> Option<NewsItem> {
    match content {
        Content::Story(item) => Some(*item),
        Content::Withdrawal(withdrawal) => withdrawal.item,
    }
}

#[test]
fn the_suite_of_the_iptc() {
    let Some(folder) = data("iptc-ninjs/test_suite") else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    let (mut n_read, mut without_words, mut wrongly_refused) = (0, Vec::new(), Vec::new());
    let (mut n_refused, mut accepted) = (0, Vec::new());
    for path in &files {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let result = ninjs::read(fs::read(path).unwrap(), &reading());
        if name.contains("should_pass") {
            match result {
                Ok(_) => n_read += 1,
                Err(refused) if refused.problems.iter().all(|problem| problem.reason.contains("to make one of")) => {
                    without_words.push(name);
                }
                Err(refused) => wrongly_refused.push(format!("{name}: {refused}")),
            }
        } else if name.contains("should_fail") {
            match result {
                Err(_) => n_refused += 1,
                Ok(_) => accepted.push(name),
            }
        }
    }
    let n_pass = n_read + without_words.len() + wrongly_refused.len();
    println!(
        "should_pass: {n_pass}, read {n_read}, refused for having no words at all {}, refused otherwise {}",
        without_words.len(),
        wrongly_refused.len()
    );
    println!(
        "should_fail: {}, refused {n_refused}, read in spite of the schema {}: {accepted:#?}",
        n_refused + accepted.len(),
        accepted.len()
    );
    assert_eq!(wrongly_refused, Vec::<String>::new());
    assert!(25 <= n_refused, "{accepted:#?}");
}

/// Every document of the suite gets the verdict that the IPTC gives it.
#[test]
fn the_suite_of_the_iptc_is_judged_alike() {
    let Some(folder) = data("iptc-ninjs/test_suite") else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    let (mut n_passed, mut n_failed, mut disagreements) = (0, 0, Vec::new());
    for path in &files {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        let version = match name.split('/').next().unwrap() {
            "1.x_dev" => "1.6",
            "2.x_dev" => "2.2",
            version => version,
        };
        let checked = ninjs::check_by(fs::read(path).unwrap(), version).unwrap();
        match (name.contains("should_pass"), name.contains("should_fail"), checked.problems.first()) {
            (true, _, None) => n_passed += 1,
            (_, true, Some(_)) => n_failed += 1,
            (true, _, Some(problem)) => disagreements.push(format!("{name}: {problem}")),
            (_, true, None) => disagreements.push(format!("{name} was found valid")),
            (false, false, _) => {}
        }
    }
    // Drafts of a key that no released edition has.
    let is_of_draft =
        |disagreement: &String| disagreement.starts_with("2.x_dev/should_pass/") && disagreement.contains("'advices' was unexpected");
    let n_of_drafts = disagreements.iter().filter(|disagreement| is_of_draft(disagreement)).count();
    disagreements.retain(|disagreement| !is_of_draft(disagreement));
    println!(
        "checked by the schemas: {n_passed} should_pass valid, {n_failed} should_fail refused, {n_of_drafts} of a draft never released"
    );
    assert_eq!(disagreements, Vec::<String>::new());
    assert_eq!(n_of_drafts, 2);
}

#[test]
fn every_example_is_read_and_survives_our_own_ninjs() {
    let Some(folder) = data("iptc-ninjs/examples") else { return };
    let mut files = Vec::new();
    json_files(&folder, &mut files);
    let (mut n_documents, mut n_repairs, mut n_stories) = (0, 0, 0);
    for path in &files {
        // A schema among the examples, and a document with nothing but an embargo.
        if path.ends_with("schema-extension/extension-schema.json") || path.ends_with("not-valid/008_extension.json") {
            continue;
        }
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        for document in source::items(std::io::BufReader::new(fs::File::open(path).unwrap()), name.as_str()) {
            let document = document.unwrap();
            let read =
                ninjs::read(&document.bytes, &reading()).unwrap_or_else(|refused| panic!("{name} line {}: {refused}", document.line));
            n_documents += 1;
            n_repairs += read.repairs.len();
            let Some(item) = item_of(read.content) else { continue };
            n_stories += 1;
            let ours = ninjs::write(&item, &Writing { base_url: HOME, audience: Audience::Client }).to_string();
            let again = ninjs::read(&ours, &reading()).unwrap_or_else(|refused| panic!("{name}: {refused}"));
            assert_eq!(item_of(again.content).unwrap(), item, "{name}");
            if let Some(path) = std::env::var_os("COURANT_NINJS_OUT") {
                use std::io::Write as _;
                let mut file = fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
                writeln!(file, "{ours}").unwrap();
            }
        }
    }
    println!("examples: {n_documents} documents read, {n_stories} of them stories, {n_repairs} repairs noted");
    assert!(60 <= n_documents);
}

#[test]
fn samples_of_agencies_are_read() {
    let Some(folder) = data("agency-wire-samples") else { return };
    for (file, headline, slug, created) in [
        ("bbc-ninjs-text-test.json", "advisory", "advisory", "2018-05-28T16:40:08Z"),
        ("bbc-ninjs-comp-test.json", "abcdef", "abcdef", "2018-05-30T15:14:24Z"),
        ("ninjs1.json", "headline", "headline", "2017-08-24T04:38:34Z"),
        (
            "ninjs4.json",
            "China behauptet, einen Polizeihund geklont zu haben",
            "china-behauptet-einen-polizeihund-geklont-zu-haben",
            "2019-03-25T08:54:09Z",
        ),
        (
            "ninjsExSimpleText1.json",
            "Captain of wrecked cruise ship on trial in Italy",
            "captain-of-wrecked-cruise-ship-on-trial-in-italy",
            "2013-07-09T10:37:00Z",
        ),
        (
            "ninjs_embargoed.json",
            "Trouble is brewing for the future of beer",
            "trouble-is-brewing-for-the-future-of-beer",
            "2022-06-26T23:54:25Z",
        ),
        ("ap_media_item.json", "headline", "headline", "2019-06-23T06:06:29Z"),
    ] {
        let read = ninjs::read(fs::read(folder.join(file)).unwrap(), &reading()).unwrap_or_else(|refused| panic!("{file}: {refused}"));
        let item = item_of(read.content).unwrap();
        println!("{file}: {} blocks, {} pictures, {} repairs", item.body.len(), item.associations.len(), read.repairs.len());
        for repair in read.repairs {
            println!("    {repair}");
        }
        assert_eq!(
            (item.headline.as_str(), item.slug().as_str(), item.times.version_created_at.to_string().as_str()),
            (headline, slug, created)
        );
    }
    let oil = ninjs::read(fs::read(folder.join("ninjs5.json")).unwrap(), &reading()).unwrap();
    let oil = item_of(oil.content).unwrap();
    assert_eq!(oil.feature().unwrap().picture.credit.as_ref(), "Bebeto Matthews");
}

#[test]
fn the_demonstration_is_read_without_a_repair() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courant/demo");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder.join("stories")).map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default();
    paths.push(folder.join("versions.jsonl"));
    for path in paths {
        let Ok(file) = fs::File::open(&path) else { continue };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for document in source::items(std::io::BufReader::new(file), name.as_str()) {
            let document = document.unwrap();
            let at_home = Reading { base_url: Some("https://courant.example"), ..reading() };
            let read = ninjs::read(&document.bytes, &at_home).unwrap_or_else(|refused| panic!("{name} line {}: {refused}", document.line));
            assert_eq!(read.repairs, [], "{name} line {}", document.line);
            let item = item_of(read.content).unwrap();
            let zone = item.dateline.as_ref().and_then(|dateline| dateline.place.zone.clone());
            assert!(zone.is_some(), "{name} line {}: no dateline with a zone", document.line);
            for association in &item.associations {
                assert!(association.picture.local_rendition().is_some(), "{name} line {}: {association:?}", document.line);
            }
        }
    }
}
