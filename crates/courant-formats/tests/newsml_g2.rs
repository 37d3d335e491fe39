//! The IPTC's examples and unit test files of NewsML-G2, and documents of a real agency beside what they were made from.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod data;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use courant_formats::incoming::{Arrival, Content, Reading};
use courant_formats::{html, newsml_g2};
use courant_news::{NewsItem, plain_text};
use data::data;
use serde_json::Value;

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: Some("https://news.example") }
}

fn xml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            xml_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "xml") {
            found.push(path);
        }
    }
}

fn story(arrival: Arrival) -> Option<NewsItem> {
    match arrival.read.ok()?.content {
        Content::Story(item) => Some(*item),
        Content::Withdrawal(withdrawal) => withdrawal.item,
    }
}

#[test]
fn every_document_of_the_iptc_is_read_or_named() {
    let Some(folder) = data("iptc-newsml-g2") else { return };
    for part in ["examples", "unit_test_files"] {
        let mut files = Vec::new();
        xml_files(&folder.join(part), &mut files);
        let mut n_stories = 0;
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        for path in &files {
            for arrival in newsml_g2::read(&fs::read(path).unwrap(), &reading()) {
                match arrival.read {
                    Ok(_) => n_stories += 1,
                    Err(refused) => {
                        // Nothing that is a story may be refused: only items that hold no words, and those that are none.
                        let sentence = refused.to_string();
                        let kinds =
                            ["which is no story", "there are no words to make one of", "holds no item of NewsML-G2", "holds no newsItem"];
                        let kind = kinds.into_iter().find(|kind| sentence.contains(kind));
                        *others.entry(kind.unwrap_or_else(|| panic!("{}: {sentence}", path.display())).to_owned()).or_default() += 1;
                    }
                }
            }
        }
        assert!(if part == "examples" { 9 } else { 7 } <= n_stories, "{part}: {n_stories}");
        println!("{part}: {} files, {n_stories} stories read; no stories: {others:?}", files.len());
    }
}

/// Counts for each field how often it arrived.
#[derive(Default)]
struct Recall(BTreeMap<&'static str, (usize, usize)>);

impl Recall {
    fn count(&mut self, field: &'static str, is_there: bool) {
        let (n_there, n_all) = self.0.entry(field).or_default();
        *n_there += usize::from(is_there);
        *n_all += 1;
    }
}

fn text<'v>(document: &'v Value, key: &str) -> Option<&'v str> {
    document[key].as_str().filter(|text| !text.trim().is_empty())
}

fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[test]
fn documents_of_an_agency_say_what_they_were_made_from() {
    let Some(folder) = data("iptc-newsml-g2/dpa-digitalwires") else { return };
    let mut files = Vec::new();
    xml_files(&folder.join("output"), &mut files);
    let mut recall = Recall::default();
    for path in &files {
        let name = path.file_stem().unwrap().to_string_lossy();
        let from: Value = serde_json::from_slice(&fs::read(folder.join(format!("input/{name}.json"))).unwrap()).unwrap();
        let mut arrivals = newsml_g2::read(&fs::read(path).unwrap(), &reading());
        assert_eq!(arrivals.len(), 1, "{name}");
        let item = story(arrivals.remove(0)).unwrap_or_else(|| panic!("{name}"));
        compare(&from, &item, &mut recall);
    }
    let (n_there, n_all) = recall.0.values().fold((0, 0), |(there, all), (n_there, n_all)| (there + n_there, all + n_all));
    println!("{} documents, {n_there} of {n_all} fields arrived: {:?}", files.len(), recall.0);
    assert!(97 * n_all <= 100 * n_there, "{:?}", recall.0);
}

fn compare(from: &Value, item: &NewsItem, recall: &mut Recall) {
    recall.count("guid", text(from, "urn") == Some(item.guid.as_str()));
    recall.count("version", from["version"].as_u64() == Some(u64::from(item.version.number())));
    recall.count("urgency", from["urgency"].as_u64().unwrap_or(5) == u64::from(item.urgency.number()));
    recall.count("language", text(from, "language") == Some(item.lang.as_str()));
    recall.count("headline", text(from, "headline") == Some(item.headline.as_str()));
    recall.count("status", text(from, "pubstatus").unwrap_or("usable") == item.pub_status.as_str());
    let instant = |key: &str| text(from, key).map(|at| at.parse::<jiff::Timestamp>().unwrap());
    recall.count("time", instant("version_created") == Some(item.times.version_created_at));
    recall.count("embargo", instant("embargoed") == item.embargo);
    if let Some(teaser) = text(from, "teaser") {
        recall.count("lead", item.lead.as_ref().is_some_and(|lead| bare(lead.as_str()) == bare(teaser)));
    }
    if let Some(byline) = text(from, "byline") {
        recall.count("byline", item.bylines.iter().any(|known| byline.ends_with(known.name.as_ref())));
    }
    if let Some(place) = text(from, "dateline").and_then(|dateline| dateline.split([',', '(']).next()) {
        let known = item.dateline.as_ref().map(|dateline| dateline.place.name.to_lowercase());
        recall.count("dateline", known.as_deref() == Some(place.trim().to_lowercase().as_str()));
    }
    if let Some(notice) = text(from, "copyrightnotice") {
        recall.count("rights", item.rights.copyright_notice.as_deref() == Some(notice));
    }
    for name in from["dpasubject_names"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        recall.count("subjects", item.subjects.iter().any(|subject| subject.name() == name));
    }
    for name in from["geosubject_names"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        recall.count("places", item.places.iter().any(|place| &*place.name == name));
    }
    for word in from["keyword_names"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        recall.count("keywords", item.keywords.iter().any(|keyword| keyword.as_str() == word));
    }
    let copy = plain_text(&item.body);
    let (blocks, _) = html::to_blocks(text(from, "article_html").unwrap_or_default());
    // The dateline stands in a field of its own, so the paragraph that printed it is compared by its end.
    for paragraph in plain_text(&blocks).split("\n\n").map(bare).filter(|paragraph| !paragraph.is_empty()) {
        let n_letters = paragraph.chars().count();
        let end: String = paragraph.chars().skip(n_letters / 2).collect();
        recall.count("paragraphs", bare(&copy).contains(&end));
    }
}
