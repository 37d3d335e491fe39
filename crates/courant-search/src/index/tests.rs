use jiff::civil::{Date, date};

use super::*;
use crate::{Facet, Order, Query, SearchOptions};

fn story(story: u64, lang: &str, title: &str, body: &str) -> Document {
    Document {
        story,
        position: story * 10,
        moved_on: date(2017, 3, 20),
        lang: lang.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        urgency: 4,
        facets: vec![(Facet::Section, "world".to_owned())],
    }
}

fn put(document: Document) -> Change {
    Change::Put(Box::new(document))
}

fn stories(index: &SearchIndex, query: &str) -> Vec<u64> {
    let query = Query::parse(query).unwrap();
    let found = index.search(&query, &SearchOptions { limit: 100, ..SearchOptions::default() }).unwrap();
    assert_eq!(found.total, found.hits.len() as u64);
    found.hits.iter().map(|hit| hit.story).collect()
}

fn filled(documents: impl IntoIterator<Item = Document>) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    let changes: Vec<Change> = documents.into_iter().map(put).collect();
    index.apply(&changes, 1).unwrap();
    index
}

#[test]
fn what_was_applied_is_found_when_apply_returns() {
    let index = SearchIndex::in_memory().unwrap();
    assert_eq!(index.cursor(), 0);
    index.apply(&[put(story(1, "en", "Fed holds rates", "The bank said on Monday."))], 7).unwrap();
    assert_eq!((index.cursor(), index.len()), (7, 1));
    assert_eq!(stories(&index, "rate banks"), [1]);
    index.apply(&[put(story(1, "en", "Fed raises rates", "It did."))], 8).unwrap();
    assert_eq!(stories(&index, "holds"), [0; 0]);
    assert_eq!(stories(&index, "raise"), [1]);
    index.apply(&[Change::Drop(1)], 9).unwrap();
    assert_eq!(stories(&index, "raise"), [0; 0]);
    assert_eq!((index.cursor(), index.len()), (9, 0));
}

#[test]
fn each_story_is_asked_in_its_own_language() {
    let index = filled([
        story(1, "ru", "Госдума приняла законы о выборах", "Депутаты проголосовали."),
        story(2, "de", "Die Häuser in München", "Bundesverfassungsgericht entscheidet."),
        story(3, "ja", "日経平均が続落", "東京市場で日経平均株価が下落した。"),
        story(4, "ar", "الانتخابات في مصر", "وقال الرئيس إن المدرسة مغلقة."),
        story(5, "fr", "L'économie française ralentit", "Les ministres se réunissent."),
        story(6, "zh-Hans", "中国经济增长", "北京大学的研究显示。"),
        story(7, "en", "Die hard fans", "U.S. stocks fell 1,000 points."),
    ]);
    assert_eq!(stories(&index, "закона выборы"), [1]);
    assert_eq!(stories(&index, "haus munchen"), [2]);
    assert_eq!(stories(&index, "日経"), [3]);
    assert_eq!(stories(&index, "انتخابات"), [4]);
    assert_eq!(stories(&index, "economie"), [5]);
    assert_eq!(stories(&index, "经济"), [6]);
    assert_eq!(stories(&index, "us 1000"), [7]);
}

#[test]
fn narrowing_counting_and_paging() {
    let mut documents: Vec<Document> = (1..=30).map(|n| story(n, "en", "Rates", "rates and more")).collect();
    for document in &mut documents {
        if document.story % 3 == 0 {
            document.facets = vec![(Facet::Section, "Economy".to_owned())];
            document.moved_on = Date::new(2018, 1, 2).unwrap();
            document.urgency = 2;
        }
    }
    let index = filled(documents);
    let newest = SearchOptions { order: Order::Newest, limit: 4, facet_values: 5, ..SearchOptions::default() };
    let query = Query::parse("rates section:economy urgency:3 after:2017").unwrap();
    let found = index.search(&query, &newest).unwrap();
    assert_eq!(found.total, 10);
    assert!(found.has_more);
    assert_eq!(found.hits.iter().map(|hit| hit.story).collect::<Vec<_>>(), [30, 27, 24, 21]);
    let next = index.search(&query, &SearchOptions { before: Some(210), ..newest }).unwrap();
    assert_eq!(next.hits.iter().map(|hit| hit.story).collect::<Vec<_>>(), [18, 15, 12, 9]);
    assert_eq!(next.total, 10);
    let sections = &index.search(&Query::parse("rates").unwrap(), &newest).unwrap().facets[&Facet::Section];
    let counts: Vec<(&str, u64)> = sections.iter().map(|count| (count.value.as_str(), count.count)).collect();
    assert_eq!(counts, [("world", 20), ("economy", 10)]);
}
