use proptest::prelude::*;

use super::parse::ProblemKind;
use super::*;
use crate::{Guid, Headline, Lang, SectionSlug, Subject};

/// Words compared as they stand, which is enough to test the algebra.
struct Plain;

impl Words for Plain {
    fn contains(&self, item: &NewsItem, phrase: &str) -> bool {
        item.headline.as_str().to_lowercase().contains(phrase)
    }
    fn satisfies(&self, item: &NewsItem, query: &str) -> bool {
        query.split(' ').all(|word| self.contains(item, &word.to_lowercase()))
    }
}

fn item(headline: &str, section: &str, topic: &str) -> NewsItem {
    let mut item = NewsItem::new(
        Guid::parse("urn:a").unwrap(),
        Headline::parse(headline).unwrap(),
        Lang::parse("pt-br").unwrap(),
        jiff::Timestamp::UNIX_EPOCH,
    );
    item.section = SectionSlug::parse(section).unwrap();
    item.subjects.push(Subject::new(topic, None).unwrap());
    item
}

fn filter(query: &str) -> Filter {
    let parsed = Filter::parse(query, &["before"]);
    assert_eq!(parsed.problems, [], "{query}");
    parsed.filter
}

fn shows(query: &str, item: &NewsItem) -> bool {
    filter(query).verdict(item, &Plain) == Verdict::Shown
}

#[test]
fn any_of_each_facet_and_none_of_the_negated() {
    let story = item("Coffee prices rise", "economy", "medtop:04000000");
    for yes in [
        "",
        "section=economy",
        "section=world,economy",
        "section=world&section=economy",
        "lang=pt",
        "lang=pt-br",
        "topic=04000000",
        "topic=medtop:04000000",
        "topic=economy-business-and-finance",
        "not.section=world",
        "urgency=5",
        "not.urgency=3",
        "q=coffee",
        "q=tea,coffee+prices",
        "mute=tea",
        "type=text",
        "before=9&section=economy",
    ] {
        assert!(shows(yes, &story), "{yes}");
    }
    for no in [
        "section=world",
        "not.section=economy",
        "section=economy&topic=sport",
        "lang=en",
        "urgency=3",
        "not.urgency=5",
        "q=tea",
        "not.q=coffee",
        "mute=coffee",
        "mute=%22coffee+prices%22",
        "type=video",
    ] {
        assert!(!shows(no, &story), "{no}");
    }
}

#[test]
fn a_verdict_tells_a_mute_from_a_condition() {
    let story = item("Coffee prices rise", "economy", "medtop:04000000");
    let says = |query: &str| match filter(query).verdict(&story, &Plain) {
        Verdict::Shown => "shown".to_owned(),
        Verdict::Muted(mute) => format!("muted by {mute}"),
        Verdict::Out => "out".to_owned(),
    };
    assert_eq!(says("mute=tea"), "shown");
    assert_eq!(says("mute=tea,Coffee"), "muted by coffee");
    assert_eq!(says("mute=prices,coffee&show=collapse"), "muted by coffee", "what becomes of it is another question");
    assert_eq!(says("mute=coffee&section=world"), "out", "a condition comes first");
    assert_eq!(says("mute=coffee&not.q=rise"), "out");
    let unmuted = filter("mute=coffee&show=collapse&until=2026-12-31&section=economy").unmuted();
    assert_eq!(unmuted.canonical(), "section=economy");
}

#[test]
fn the_canonical_form_is_one() {
    let one = "section=world&topic=b,a&mute=Royal+Family,crypto&section=economy&urgency=3";
    assert_eq!(filter(one).canonical(), "mute=crypto,%22royal%20family%22&section=economy,world&topic=a,b&urgency=3");
    assert_eq!(filter("section=economy,,economy&show=hide&until=2026-01-01").canonical(), "section=economy");
    assert_eq!(filter("").canonical(), "");
    // The full stop hid a code, which the canonical form then showed.
    assert_eq!(filter("topic=20001373.").canonical(), "topic=diversity-equity-and-inclusion");
}

#[test]
fn what_no_filter_has_is_reported() {
    let parsed = Filter::parse("colour=red&lang=english+language&urgency=x&type=poem&until=soon&mute=!&section=economy", &[]);
    let names: Vec<&str> = parsed.problems.iter().map(|problem| problem.parameter.as_str()).collect();
    assert_eq!(names, ["colour", "lang", "urgency", "type", "until", "mute"]);
    assert_eq!(parsed.problems[0].kind, ProblemKind::UnknownParameter);
    assert_eq!(parsed.filter.canonical(), "section=economy", "the rest still holds");
}

#[test]
fn a_filter_has_limits() {
    let many = (0..300).map(|number| format!("w{number}")).collect::<Vec<_>>().join(",");
    let parsed = Filter::parse(&format!("mute={many}"), &[]);
    assert_eq!(parsed.filter.mutes.len(), 256);
    assert_eq!(parsed.problems.last().unwrap().kind, ProblemKind::TooMany);
}

#[test]
fn what_is_too_long_is_reported_and_what_cannot_be_printed_is_a_space() {
    for (parameter, chars_max) in [("mute", MUTE_CHARS_MAX), ("q", 1_000), ("place", 1_000)] {
        let parsed = Filter::parse(&format!("{parameter}={}&section=economy", "a".repeat(chars_max + 1)), &[]);
        assert_eq!(parsed.problems[0].kind, ProblemKind::TooLong { chars_max }, "{parameter}");
        assert_eq!(parsed.filter.canonical(), "section=economy", "{parameter}");
    }
    assert_eq!(filter("mute=a%00b&q=c%0Ad%7F").canonical(), "mute=%22a%20b%22&q=c%20d");
    assert_eq!(filter("mute=%FFa").canonical(), "mute=%22%EF%BF%BDa%22");
}

#[test]
fn a_mute_ends_after_its_day() {
    let muted = filter("mute=coffee&until=2026-11-23");
    assert!(!muted.clone().on(jiff::civil::date(2026, 11, 23)).mutes.is_empty());
    assert_eq!(muted.ended(jiff::civil::date(2026, 11, 23)), None);
    assert_eq!(muted.ended(jiff::civil::date(2026, 11, 24)), Some(jiff::civil::date(2026, 11, 23)), "and that is said");
    assert_eq!(filter("until=2026-11-23").ended(jiff::civil::date(2026, 11, 24)), None, "nothing was muted");
    assert!(muted.on(jiff::civil::date(2026, 11, 24)).is_empty());
}

proptest! {
    /// Reading the canonical form gives the same filter, whatever was typed.
    #[test]
    fn canonical_is_read_back(query in "((not\\.)?(topic|section|place|by|q|mute|lang|urgency)=[a-zA-Z0-9 ,\"é日+%-]{0,12}&?){0,6}") {
        let first = Filter::parse(&query, &[]).filter;
        let again = Filter::parse(&first.canonical(), &[]);
        prop_assert_eq!(&again.problems, &[]);
        prop_assert_eq!(again.filter.canonical(), first.canonical());
        prop_assert_eq!(again.filter, first);
    }
}

#[test]
fn a_story_is_found_under_every_broader_subject_and_a_retired_code_asks_for_what_replaced_it() {
    let mut item = NewsItem::new(
        crate::Guid::parse("urn:a").unwrap(),
        crate::Headline::parse("A comet").unwrap(),
        crate::Lang::english(),
        "2017-03-20T08:44:00Z".parse().unwrap(),
    );
    item.subjects = vec![crate::Subject::new("medtop:20000718", None).unwrap(), crate::Subject::new("medtop:20000717", None).unwrap()];
    let topics: Vec<String> = terms(&item).into_iter().filter(|term| term.facet == Facet::Topic).map(|term| term.value).collect();
    assert_eq!(topics, ["astronomy", "natural-science", "science-and-technology"], "each once");
    for asked in ["topic=astronomy", "topic=medtop:20000717", "topic=13000000", "topic=science-and-technology"] {
        assert_eq!(Filter::parse(asked, &[]).filter.verdict(&item, &NoWords), Verdict::Shown, "{asked}");
    }
    assert_eq!(Filter::parse("topic=mathematics", &[]).filter.verdict(&item, &NoWords), Verdict::Out);
    for (asked, canonical) in [
        ("topic=medtop:20000160", "topic=disaster-accident-and-emergency-incident"),
        ("topic=emergency-incident", "topic=disaster-accident-and-emergency-incident"),
        ("topic=road-cycling", "topic=road-cycling"),
    ] {
        assert_eq!(Filter::parse(asked, &[]).filter.canonical(), canonical);
    }
}

struct NoWords;

impl Words for NoWords {
    fn contains(&self, _: &NewsItem, _: &str) -> bool {
        false
    }

    fn satisfies(&self, _: &NewsItem, _: &str) -> bool {
        false
    }
}
