use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::dates::{clock, offset, rfc3339};
use super::*;

fn words(language: UiLanguage) -> &'static Words {
    Words::of(language)
}

/// Each message of a catalogue with its whole text, selectors included.
fn messages(catalogue: &'static str) -> BTreeMap<&'static str, String> {
    let mut messages: BTreeMap<&str, String> = BTreeMap::new();
    let mut current = None;
    for line in catalogue.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            let (name, text) = line.split_once(" = ").expect("a message has a value");
            assert!(messages.insert(name, text.to_owned()).is_none(), "{name} is said twice");
            current = Some(name);
        } else if let Some(text) = current.and_then(|name| messages.get_mut(name)) {
            text.push('\n');
            text.push_str(line);
        }
    }
    messages
}

/// The names of the arguments a message uses; `shown` goes with `n`, and a form may leave it out ("one story").
fn arguments(text: &str) -> BTreeSet<&str> {
    let names = text.split('$').skip(1).map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap());
    names.filter(|name| *name != "shown").collect()
}

/// The categories a selector names: `[one]`, `*[other]`.
fn categories(text: &str) -> BTreeSet<&str> {
    let variant = |line: &'_ str| line.trim().trim_start_matches('*').starts_with('[');
    text.lines().filter(|line| variant(line)).map(|line| line.split(['[', ']']).nth(1).unwrap()).collect()
}

#[test]
fn every_catalogue_can_be_read() {
    for language in UiLanguage::ALL {
        let read = FluentResource::try_new(language.catalogue().to_owned());
        assert!(read.is_ok(), "{}: {:?}", language.tag(), read.err().map(|(_, errors)| errors));
    }
}

#[test]
fn every_message_is_in_every_language_with_the_same_arguments() {
    let english = messages(UiLanguage::English.catalogue());
    for language in UiLanguage::ALL {
        let other = messages(language.catalogue());
        let names = |messages: &BTreeMap<&'static str, String>| messages.keys().copied().collect::<Vec<_>>();
        assert_eq!(names(&english), names(&other), "{}", language.tag());
        for (name, text) in &english {
            assert_eq!(arguments(text), arguments(&other[name]), "{} {name}", language.tag());
        }
    }
}

#[test]
fn every_count_has_the_plural_forms_of_its_language() {
    for language in UiLanguage::ALL {
        let needed: BTreeSet<&str> = language.plural_examples().iter().map(|(category, _)| *category).collect();
        for (name, text) in messages(language.catalogue()) {
            // A text that prints a count is a text that needs forms.
            let selects = text.contains("$n ->");
            assert_eq!(selects, text.contains("$shown") || selects, "{} {name} prints a count without plural forms", language.tag());
            if selects {
                let mut given = categories(&text);
                given.remove("0");
                assert_eq!(given, needed, "{} {name}", language.tag());
                assert!(text.contains("*[other]"), "{} {name}", language.tag());
            }
        }
    }
}

#[test]
fn every_message_the_templates_and_the_code_ask_for_exists() {
    let english = messages(UiLanguage::English.catalogue());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut asked = 0;
    for folder in ["templates", "src/pages", "src/words", "src/site/rates"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() || path.ends_with("tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            for call in ["w.t(\"", "words.t(\"", "self.t(\"", ".with(\"", ".count(\"", ".say(\n                \"", ".say(\""] {
                for rest in text.split(call).skip(1) {
                    let name = rest.split('"').next().unwrap();
                    asked += 1;
                    assert!(english.contains_key(name), "{folder}: no message {name}");
                }
            }
        }
    }
    assert!(40 < asked, "found only {asked} uses; does this test still read the right folders?");
}

#[test]
fn every_message_is_said_somewhere() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    for folder in ["templates", "src/pages", "src/words", "src/site", "src/site/rates"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            all.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    // Made from a number or a slug.
    let built = |name: &str| ["month-", "weekday-", "section-", "currency-", "language-"].iter().any(|start| name.starts_with(start));
    let unsaid: Vec<&str> = messages(UiLanguage::English.catalogue())
        .into_keys()
        .filter(|name| !built(name) && !all.contains(&format!("\"{name}\"")))
        .collect();
    assert!(unsaid.is_empty(), "no page says {unsaid:?}");
}

#[test]
fn plural_forms_follow_the_language() {
    let say = |language, n| words(language).count("stories", n);
    assert_eq!([1, 2].map(|n| say(UiLanguage::English, n)), ["1 story", "2 stories"]);
    assert_eq!(
        [1, 3, 11, 21, 12_345].map(|n| say(UiLanguage::Russian, n)),
        ["1 новость", "3 новости", "11 новостей", "21 новость", "12\u{a0}345 новостей"]
    );
    assert_eq!(say(UiLanguage::Japanese, 1_204), "1,204件");
    assert_eq!([1, 2, 3, 11, 100].map(|n| say(UiLanguage::Arabic, n)), ["خبر واحد", "خبران", "3 أخبار", "11 خبراً", "100 خبر"]);
}

#[test]
fn a_script_is_given_every_form() {
    let forms = words(UiLanguage::Russian).plural_forms("live-new");
    assert_eq!(forms[1], ("few", "{n} новые".to_owned()));
    assert_eq!(forms.iter().map(|(category, _)| *category).collect::<Vec<_>>(), ["one", "few", "many", "other"]);
}

#[test]
fn dates_are_ordered_as_each_language_orders_them() {
    let printed = |language| (words(language).date(date(2017, 3, 20)), words(language).day(date(2017, 3, 20)));
    let expected = |date: &str, day: &str| (date.to_owned(), day.to_owned());
    assert_eq!(printed(UiLanguage::English), expected("March 20, 2017", "Monday, March 20, 2017"));
    assert_eq!(printed(UiLanguage::Russian), expected("20 марта 2017", "Понедельник, 20 марта 2017"));
    assert_eq!(printed(UiLanguage::Japanese), expected("2017年3月20日", "2017年3月20日（月）"));
    assert_eq!(printed(UiLanguage::Arabic), expected("20 مارس 2017", "الاثنين، 20 مارس 2017"));
}

#[test]
fn a_time_has_the_offset_of_its_own_date() {
    let moscow = TimeZone::get("Europe/Moscow").unwrap();
    let at = |text: &str| text.parse().unwrap();
    assert_eq!(words(UiLanguage::English).date_time(at("2017-03-20T08:44:00Z"), &moscow), "March 20, 2017, 11:44 UTC+3");
    assert_eq!(words(UiLanguage::Japanese).date_time(at("2017-03-20T08:44:00Z"), &moscow), "2017年3月20日 11:44 UTC+3");
    // Moscow stood at +4 from March 2011 to October 2014.
    for (instant, printed) in [("2011-03-26T12:00:00Z", "UTC+3"), ("2012-07-04T12:00:00Z", "UTC+4"), ("2014-10-27T12:00:00Z", "UTC+3")] {
        assert_eq!(offset(at(instant), &moscow), printed, "{instant}");
    }
    let kolkata = TimeZone::get("Asia/Kolkata").unwrap();
    assert_eq!(
        (clock(at("2017-03-20T20:00:00Z"), &kolkata), offset(at("2017-03-20T20:00:00Z"), &kolkata)),
        ("01:30".into(), "UTC+5:30".into())
    );
    assert_eq!(offset(at("2017-01-20T20:00:00Z"), &TimeZone::get("America/New_York").unwrap()), "UTC−5");
    assert_eq!(rfc3339(at("2017-03-20T08:44:01.5Z"), &moscow), "2017-03-20T11:44:01+03:00");
}

#[test]
fn the_zone_of_a_page_is_named() {
    let english = words(UiLanguage::English);
    let moscow = TimeZone::get("Europe/Moscow").unwrap();
    let at = Some("2017-03-20T08:44:00Z".parse().unwrap());
    assert_eq!(english.times_are(&moscow, at), "All times on this page: UTC+3 (Europe/Moscow)");
    assert_eq!(english.times_are(&moscow, None), "All times on this page: Europe/Moscow");
    assert_eq!(english.times_are(&TimeZone::UTC, at), "All times on this page: UTC");
}

#[test]
fn a_section_without_a_name_of_its_own_is_shown_by_its_slug() {
    assert_eq!(words(UiLanguage::Russian).section("economy"), "Экономика");
    assert_eq!(words(UiLanguage::English).section("press-review"), "Press review");
    assert_eq!(words(UiLanguage::English).section("мир"), "Мир");
}

#[test]
fn an_unknown_message_is_answered_with_its_name() {
    assert_eq!(words(UiLanguage::English).t("no-such-message"), "no-such-message");
    assert_eq!(words(UiLanguage::English).count("no-such-message", 1), "no-such-message");
}

#[test]
fn the_page_speaks_the_language_of_its_story() {
    let of = |tag| UiLanguage::of(&courant_news::Lang::parse(tag).unwrap());
    assert_eq!(
        (of("ru"), of("ja-JP"), of("ar-eg"), of("de")),
        (UiLanguage::Russian, UiLanguage::Japanese, UiLanguage::Arabic, UiLanguage::English)
    );
}

/// Every case is an hour before and an hour after a clock was moved, or a year in which it was kept where it is not today.
#[test]
fn the_clocks_of_a_place_are_those_of_its_date() {
    for (zone, instant, shown) in [
        // Moscow: UTC+3 with summer time, UTC+4 all year from 2011, UTC+3 all year from 2014.
        ("Europe/Moscow", "2010-07-01T12:00:00Z", "16:00 UTC+4"),
        ("Europe/Moscow", "2010-12-01T12:00:00Z", "15:00 UTC+3"),
        ("Europe/Moscow", "2011-03-26T22:59:59Z", "01:59 UTC+3"),
        ("Europe/Moscow", "2011-03-26T23:00:00Z", "03:00 UTC+4"),
        ("Europe/Moscow", "2012-01-15T12:00:00Z", "16:00 UTC+4"),
        ("Europe/Moscow", "2013-12-31T20:00:00Z", "00:00 UTC+4"),
        ("Europe/Moscow", "2014-10-25T21:59:59Z", "01:59 UTC+4"),
        ("Europe/Moscow", "2014-10-25T22:00:00Z", "01:00 UTC+3"),
        ("Europe/Moscow", "2017-03-20T08:44:00Z", "11:44 UTC+3"),
        // Summer time that begins and ends, north and south, and one that came back.
        ("Europe/London", "2026-03-29T00:59:59Z", "00:59 UTC"),
        ("Europe/London", "2026-03-29T01:00:00Z", "02:00 UTC+1"),
        ("America/New_York", "2026-11-01T05:59:59Z", "01:59 UTC−4"),
        ("America/New_York", "2026-11-01T06:00:00Z", "01:00 UTC−5"),
        ("Australia/Sydney", "2026-04-04T15:59:59Z", "02:59 UTC+11"),
        ("Australia/Sydney", "2026-04-04T16:00:00Z", "02:00 UTC+10"),
        ("Africa/Cairo", "2022-07-01T12:00:00Z", "14:00 UTC+2"),
        ("Africa/Cairo", "2023-07-01T12:00:00Z", "15:00 UTC+3"),
        // Quarters of an hour, and a day that was left out.
        ("Asia/Kathmandu", "2026-01-01T00:00:00Z", "05:45 UTC+5:45"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "23:59 UTC−10"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "00:00 UTC+14"),
    ] {
        let (at, zone_of) = (instant.parse().unwrap(), TimeZone::get(zone).unwrap());
        assert_eq!(words(UiLanguage::English).clock_zone(at, &zone_of), shown, "{zone} at {instant}");
        let printed: jiff::Timestamp = rfc3339(at, &zone_of).parse().unwrap();
        assert_eq!(printed, at, "the machine's form is the same instant");
    }
}
