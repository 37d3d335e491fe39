//! What agencies really send: every sample is read, and what it says arrives.
//!
//! The texts belong to the agencies, so none of them stands here: headlines and copy are looked for in the sample itself, as it
//! stands there, and everything else is compared with what a person read in it.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod data;

use std::fs;

use courant_formats::encoding::decode;
use courant_formats::incoming::{Arrival, Content, Reading};
use courant_formats::nitf;
use courant_news::{NewsItem, PubStatus, plain_text};
use data::data;

type Read = fn(&[u8], &Reading<'_>) -> Vec<Arrival>;

/// What a person reads in a sample.
struct Sample {
    file: &'static str,
    urgency: u8,
    /// The slugline, `-` for none.
    slug: &'static str,
    /// The place of the dateline, `-` for none.
    place: &'static str,
    created: &'static str,
    section: &'static str,
    n_words: usize,
}

const fn sample(
    file: &'static str,
    urgency: u8,
    slug: &'static str,
    place: &'static str,
    created: &'static str,
    section: &'static str,
    n_words: usize,
) -> Sample {
    Sample { file, urgency, slug, place, created, section, n_words }
}

const NITF: [Sample; 12] = [
    sample("aap-cyber.xml", 3, "slugged", "Sydney", "2016-04-13T04:52:21Z", "economy", 1),
    sample("aap-finance.xml", 5, "Samsung", "Seoul", "2014-11-26T15:27:03Z", "economy", 394),
    sample("aap-finance1.xml", 5, "Highlights Finance", "-", "2015-02-20T13:51:42Z", "economy", 389),
    sample("aap-sports.xml", 5, "RL Roosters", "-", "2015-02-18T16:01:41Z", "sport", 104),
    sample("aap.xml", 5, "Monitor 1900 ABC News", "Sydney", "2013-10-20T08:27:51Z", "crime", 320),
    sample("ap-nitf.xml", 5, "-", "New York", "2015-12-10T19:10:44Z", "news", 1043),
    sample("ap_media_text_nitf.xml", 5, "-", "-", "2019-07-03T04:05:12Z", "news", 191),
    sample("nitf-fishing.xml", 3, "ongoing-winter-tide-updates", "Newport News", "2002-02-25T19:30:00Z", "weather", 218),
    sample("pa1.xml", 4, "Trivia (Oct 14)", "-", "2015-10-14T03:30:01Z", "lifestyle", 665),
    sample("pa2.xml", 3, "INT-Teams", "-", "2015-10-14T01:43:58Z", "news", 58),
    sample("pa3.xml", 4, "UnitedKingdom", "-", "2016-09-08T12:24:46Z", "economy", 17),
    sample("pa4.xml", 4, "BakeOff", "-", "2016-10-03T14:22:57Z", "culture", 348),
];

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: Some("https://news.example") }
}

/// The story of the first arrival, and what was mended.
fn story(arrivals: Vec<Arrival>, file: &str) -> (NewsItem, Vec<String>) {
    let first = arrivals.into_iter().next().unwrap();
    let incoming = first.read.unwrap_or_else(|refused| panic!("{file}: {refused}"));
    let item = match incoming.content {
        Content::Story(item) => *item,
        Content::Withdrawal(withdrawal) => withdrawal.item.unwrap(),
    };
    (item, incoming.repairs.iter().map(ToString::to_string).collect())
}

/// A text as it is looked for in a sample: letters and digits only, without marks of any mark-up.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut in_tag = false;
    for letter in text.replace("&amp;", "").replace("&quot;", "").replace("&apos;", "").chars() {
        match letter {
            '<' => in_tag = true,
            '>' => in_tag = false,
            letter if !in_tag && letter.is_alphanumeric() => bare.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    bare
}

fn check_all(read: Read, samples: &[Sample]) {
    let Some(folder) = data("agency-wire-samples") else { return };
    let mut n_repairs = 0;
    for sample in samples {
        let file = sample.file;
        let bytes = fs::read(folder.join(file)).unwrap();
        let (item, repairs) = story(read(&bytes, &reading()), file);
        n_repairs += repairs.len();
        let place = item.dateline.as_ref().map_or("-", |dateline| dateline.place.name.as_ref());
        let slug = item.slugline.as_ref().map_or("-", |slug| slug.as_str());
        assert_eq!(
            (item.urgency.number(), slug, place, item.times.version_created_at.to_string().as_str(), item.section.as_str(), item.n_words()),
            (sample.urgency, sample.slug, sample.place, sample.created, sample.section, sample.n_words),
            "{file}"
        );
        let there = bare(&decode(&bytes, None).text);
        assert!(there.contains(&bare(item.headline.as_str())), "{file}: {}", item.headline);
        for paragraph in plain_text(&item.body).split("\n\n") {
            assert!(there.contains(&bare(paragraph)), "{file}: {paragraph}");
        }
    }
    println!("{} samples read with headline, slugline, dateline, urgency, date and copy right; {n_repairs} repairs noted", samples.len());
}

#[test]
fn every_nitf_sample_is_read() {
    check_all(nitf::read, &NITF);
    let Some(folder) = data("agency-wire-samples") else { return };
    let embargoed = story(nitf::read(&fs::read(folder.join("pa3.xml")).unwrap(), &reading()), "pa3.xml").0;
    assert_eq!(embargoed.embargo.unwrap().to_string(), "2016-09-08T23:01:00Z");
    let fishing = nitf::read(&fs::read(folder.join("nitf-fishing.xml")).unwrap(), &reading());
    let withdrawn: Vec<_> = fishing
        .into_iter()
        .map(|arrival| match arrival.read.unwrap().content {
            Content::Withdrawal(withdrawal) => (withdrawal.guid.to_string(), withdrawal.pub_status),
            Content::Story(item) => panic!("{item:?}"),
        })
        .collect();
    assert_eq!(withdrawn, [("iptc.321656141.b".to_owned(), PubStatus::Canceled), ("iptc.321656141.a".to_owned(), PubStatus::Canceled)]);
}
