//! What agencies really send: every sample is read, and what it says arrives.
//!
//! The texts belong to the agencies, so none of them stands here: headlines and copy are looked for in the sample itself, as it
//! stands there, and everything else is compared with what a person read in it.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod data;

use std::fs;

use courant_formats::encoding::decode;
use courant_formats::incoming::{Arrival, Content, Reading};
use courant_formats::{iptc7901, newsml_g2, newsml1, nitf};
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

/// A text as it is looked for in a sample: letters and digits only.
fn bare(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A sample as it is looked in: of XML only the words, with their character references replaced.
fn bare_sample(bytes: &[u8]) -> String {
    let text = decode(bytes, None).text.into_owned();
    if !text.trim_start().starts_with('<') {
        return bare(&text);
    }
    let words: String = text.split('<').map(|part| part.split_once('>').map_or("", |(_, words)| words)).collect();
    let attributes: String = text.split('"').skip(1).step_by(2).collect();
    let mut replaced = String::new();
    for (part_idx, part) in format!("{words}\n{attributes}").split('&').enumerate() {
        match part.split_once(';') {
            Some((reference, rest)) if part_idx != 0 && reference.len() < 8 && !reference.contains(' ') => {
                let letter = reference.strip_prefix('#').and_then(|number| number.parse().ok()).and_then(char::from_u32);
                replaced.extend(letter);
                replaced.push_str(rest);
            }
            _ => replaced.push_str(part),
        }
    }
    bare(&replaced)
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
        let there = bare_sample(&bytes);
        assert!(there.contains(&bare(item.headline.as_str())), "{file}: {}", item.headline);
        for paragraph in plain_text(&item.body).split('\n') {
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

const NEWSML_G2: [Sample; 19] = [
    sample("LISTING 1 A NewsML-G2 News Item.xml", 5, "US-Finance-Fed", "Berlin", "2016-10-21T21:25:32Z", "economy", 0),
    sample("LISTING 6 Simple NewsML-G2 Package.xml", 5, "-", "-", "2016-11-17T12:30:00Z", "news", 9),
    sample("ansa_culture.xml", 5, "-", "Roma", "2019-07-01T08:22:28Z", "crime", 21),
    sample("dpa.xml", 4, "-", "London", "2022-10-11T09:14:42Z", "sport", 222),
    sample("scoop.xml", 5, "-", "-", "2016-01-12T12:35:40Z", "news", 324),
    sample("stt1.xml", 3, "-", "Helsinki", "2019-04-15T13:49:15Z", "economy", 89),
    sample("stt_archive_newsml_created_date_test.xml", 3, "-", "-", "2013-02-16T17:36:20Z", "news", 826),
    sample("stt_archive_newsml_test.xml", 3, "-", "-", "2013-02-16T17:36:20Z", "news", 826),
    sample("stt_newsml_abstract_test.xml", 2, "-", "Helsinki", "2018-04-19T13:41:14Z", "politics", 21),
    sample("stt_newsml_location_rich.xml", 3, "-", "-", "2017-08-29T17:15:41Z", "society", 49),
    sample("stt_newsml_location_test.xml", 3, "-", "-", "2013-02-16T17:36:20Z", "politics", 217),
    sample("stt_newsml_subject_test.xml", 3, "-", "-", "2013-02-16T17:36:20Z", "politics", 217),
    sample("tag_reuters.com,0000_newsml_ISS149709_1618095828", 3, "SOCCER-TURKEY/RESULTS", "-", "2017-01-30T18:54:14Z", "sport", 265),
    sample(
        "tag_reuters.com,2018_newsml_MTZXEE13ZXCZES_2",
        4,
        "SOCCER-PORTUGAL/RESULTS (UPDATE 2)",
        "-",
        "2018-01-03T20:13:08Z",
        "sport",
        90,
    ),
    sample(
        "tag_reuters.com_2014_newsml_KBN0FL0NM_version_10",
        4,
        "US-SYRIA-CRISIS-ASSAD",
        "Bangalore",
        "2014-07-17T00:24:11Z",
        "crime",
        95,
    ),
    sample("tag_reuters.com_2014_newsml_KBN0FL0NN_version_5", 4, "US-SYRIA-CRISIS-ASSAD", "Damascus", "2014-07-16T15:53:10Z", "crime", 993),
    sample(
        "tag_reuters.com_2014_newsml_LYNXMPEA6F0MT_version_2",
        4,
        "SYRIA-CRISIS-ASSAD",
        "Bangalore",
        "2014-07-16T13:00:03Z",
        "politics",
        0,
    ),
    sample(
        "tag_reuters.com_2014_newsml_LYNXMPEA6F13M_version_1",
        4,
        "SYRIA-CRISIS-ASSAD",
        "Bangalore",
        "2014-07-16T20:15:21Z",
        "politics",
        0,
    ),
    sample("video.xml", 4, "VATICAN-CARDINALS ARRIVE ROUGH CUT (O)", "-", "2013-03-04T11:37:47Z", "news", 0),
];

#[test]
fn every_newsml_g2_sample_is_read() {
    check_all(newsml_g2::read, &NEWSML_G2);
    let Some(folder) = data("agency-wire-samples") else { return };
    // A format of one agency's own is refused with the reason, and never half read.
    let foreign = newsml_g2::read(&fs::read(folder.join("ritzau_feed.xml")).unwrap(), &reading());
    let sentence = foreign[0].read.as_ref().unwrap_err().to_string();
    assert!(sentence.contains("holds no item of NewsML-G2: its first element is <XMLNewsQueuedResponse>"), "{sentence}");
    let video = newsml_g2::read(&fs::read(folder.join("video.xml")).unwrap(), &reading());
    assert_eq!(video.iter().filter(|arrival| arrival.read.is_ok()).count(), 5, "a package and the four items it holds");
}

const WIRES: [Sample; 7] = [
    sample("IPTC7901_odd_charset.txt", 3, "Germany-football/Munich/Mueller", "Munich", "2015-10-07T13:41:00Z", "sport", 568),
    sample("anpa-3.tst", 3, "BC-WEA--Global Weather-Fahrenheit", "New York", "2013-11-13T07:13:00Z", "world", 180),
    sample("ap_anpa-3.tst", 5, "BC-US--Giant Lobster Death", "Chatham", "2016-08-29T16:26:00Z", "lifestyle", 3),
    sample("ap_anpa-4.tst", 5, "BC-AS--China-Daring Escape-ABRIDGED", "Beijing", "2017-05-09T00:56:00Z", "world", 826),
    sample("ap_anpa-5.tst", 2, "BC-US--APNewsAlert", "Honolulu", "2017-06-29T23:50:00Z", "news", 17),
    sample("ap_anpa-6.tst", 5, "BC-BBO--Wild Card Glance", "-", "2019-08-18T20:17:00Z", "sport", 517),
    sample("dpa_two_by_line.txt", 4, "American Football/NFL", "San Diego", "2018-11-21T12:59:00Z", "sport", 846),
];

#[test]
fn every_iptc_7901_and_anpa_1312_sample_is_read() {
    check_all(iptc7901::read, &WIRES);
    let Some(folder) = data("agency-wire-samples") else { return };
    let odd = decode(&fs::read(folder.join("IPTC7901_odd_charset.txt")).unwrap(), None).repair.unwrap().to_string();
    assert_eq!(odd, "does not say what it is encoded in and is not UTF-8; read as windows-1252");
}

#[test]
fn every_newsml_1_sample_is_read() {
    check_all(newsml1::read, &[sample("afp.xml", 4, "Sweden-SAAB", "Stockholm", "2014-08-29T13:49:51Z", "economy", 223)]);
}
