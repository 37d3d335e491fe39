//! Makes up stories of the same statistical shape as Reuters-21578, in any number.
//!
//! What is alike: how long stories are, how often words come (Zipf), how many stories are a headline alone, have a
//! dateline, a subject, one country or three, and which of these are frequent. What is not: the words mean nothing.

mod chance;
mod vocabulary;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;

use self::chance::{Chance, Zipf};
use self::vocabulary::Vocabulary;
use super::ninjs::{self, Body, Concept, Headline, Item, Source, Standard, concept, media_topic_uri};
use super::places::{self, Country};
use super::{names, topics};

/// How many stories to make and of which kind.
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// How many stories.
    #[arg(long)]
    stories: u64,
    /// The same seed makes the same stories.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Words of a story with a body, on average: 130 is like Reuters of 1987, 600 like a newspaper.
    #[arg(long, default_value_t = 130, value_parser = clap::value_parser!(u16).range(10..=20_000))]
    words: u16,
    /// Over how many years the stories are spread; they end on 1 November 2026.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..=30))]
    years: u8,
    /// The file to write; - for standard output.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

impl Options {
    pub(crate) fn out(&self) -> &Path {
        &self.out
    }
}

/// Writes the stories, oldest first, one at a time. Says on standard error how fast.
pub(crate) fn run(options: &Options, out: &mut dyn Write) -> anyhow::Result<()> {
    let started = Instant::now();
    let maker = Maker::new(options);
    let mut line = Vec::new();
    for number in 1..=options.stories {
        line.clear();
        maker.write_story(number, &mut line);
        out.write_all(&line).context("cannot write the corpus")?;
    }
    out.flush().context("cannot write the corpus")?;
    let seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate to look at")]
    let rate = options.stories as f64 / seconds.max(0.001);
    eprintln!("{} stories in {seconds:.1} s, {rate:.0} a second", options.stories);
    Ok(())
}

/// 2026-11-01T00:00:00Z.
const END_SECOND: i64 = 1_793_491_200;
/// A Julian year.
const YEAR_SECONDS: i64 = 31_557_600;

/// Stories of a headline alone, of a hundred.
const FLASH_PERCENT: usize = 7;
/// Stories with a dateline, of a hundred of the others.
const DATELINE_PERCENT: usize = 95;
/// Stories with a subject, of a hundred.
const SUBJECT_PERCENT: usize = 57;

/// The words of a Reuters body by share of stories: one in a hundred has 16 or fewer, half have 91 or fewer.
const LENGTHS: &[(usize, usize)] =
    &[(0, 8), (10, 16), (50, 22), (100, 34), (250, 58), (500, 91), (750, 169), (900, 295), (950, 430), (990, 702), (1000, 900)];
/// What [`LENGTHS`] come to on average.
const LENGTHS_MEAN: usize = 137;

/// Section, name, stories of a hundred.
const SECTIONS: &[(&str, &str, usize)] = &[
    ("economy", "Economy", 62),
    ("world", "World", 13),
    ("politics", "Politics", 10),
    ("sport", "Sport", 6),
    ("science", "Science", 4),
    ("culture", "Culture", 3),
    ("society", "Society", 2),
];

/// Urgency, stories of a hundred.
const URGENCIES: &[(u8, usize)] = &[(1, 6), (2, 11), (3, 34), (5, 35), (6, 14)];

struct Maker {
    seed: u64,
    n_stories: u64,
    words_mean: usize,
    start_second: i64,
    span_micros: i128,
    vocabulary: Vocabulary,
    topic_rank: Zipf,
    country_rank: Zipf,
    organisation_rank: Zipf,
    /// Every city with its country, the busiest newsrooms first.
    cities: Vec<(String, Country)>,
    city_rank: Zipf,
}

impl Maker {
    fn new(options: &Options) -> Self {
        let span_seconds = i64::from(options.years) * YEAR_SECONDS;
        let cities: Vec<_> = places::CITIES
            .iter()
            .filter_map(|(code, cities)| Some((places::country(code)?, cities)))
            .flat_map(|(country, cities)| cities.split('|').map(move |city| (names::title_case(city), country)))
            .collect();
        let zipf = |len: usize| Zipf::new(u32::try_from(len).expect("tables are short"));
        Self {
            seed: options.seed,
            n_stories: options.stories,
            words_mean: options.words.into(),
            start_second: END_SECOND - span_seconds,
            span_micros: i128::from(span_seconds) * 1_000_000,
            vocabulary: Vocabulary::new(),
            topic_rank: zipf(topics::TABLE.len()),
            country_rank: zipf(places::COUNTRIES.len()),
            organisation_rank: zipf(5000),
            city_rank: zipf(cities.len()),
            cities,
        }
    }

    fn write_story(&self, number: u64, line: &mut Vec<u8>) {
        let mut chance = Chance::of(self.seed, number);
        let is_flash = chance.percent(FLASH_PERCENT);
        let moved_at = self.moved_at(number, &mut chance).to_string();
        let mut bodies = Vec::new();
        if !is_flash {
            let (html, word_count) = self.body(&mut chance);
            bodies.push(Body { content_type: "text/html", word_count, value: html.into() });
        }
        let (located, places) = self.places(!is_flash && chance.percent(DATELINE_PERCENT), &mut chance);
        let word = |chance: &mut Chance| self.vocabulary.telling_word(chance).to_uppercase();
        let item = Item {
            uri: format!("tag:synth.example,2026:{}/{number}", self.seed).into(),
            standard: Standard::NINJS_3_1,
            r#type: "text",
            pub_status: "usable",
            version: "1",
            language: "en",
            urgency: if is_flash { 1 } else { of_hundred(URGENCIES, |(_, share)| *share, &mut chance).0 },
            first_created: moved_at.as_str().into(),
            version_created: moved_at.as_str().into(),
            content_created: moved_at.as_str().into(),
            slugline: format!("{}-{}", word(&mut chance), word(&mut chance)).into(),
            headlines: [Headline { value: self.headline(&mut chance).into() }],
            bodies,
            by: "".into(),
            located: located.into(),
            subjects: self.subjects(&mut chance),
            places,
            people: Vec::new(),
            organisations: self.organisations(&mut chance),
            info_sources: [Source { name: "Synth", role: "source" }],
        };
        serde_json::to_writer(&mut *line, &item).expect("a news item is JSON and memory takes it");
        line.push(b'\n');
    }

    /// Stories come evenly, each at a random moment of its own stretch of time.
    fn moved_at(&self, number: u64, chance: &mut Chance) -> Timestamp {
        let stretch = self.span_micros / i128::from(self.n_stories);
        let within = (i128::from(chance.next() >> 32) * stretch) >> 32;
        let micros = stretch * i128::from(number - 1) + within;
        let micros = i64::try_from(micros).expect("30 years of microseconds fit");
        Timestamp::from_microsecond(self.start_second * 1_000_000 + micros).expect("lies between 1996 and 2026")
    }

    fn n_words(&self, chance: &mut Chance) -> usize {
        let share = chance.below(1000);
        let step = LENGTHS.windows(2).find(|step| share < step[1].0).expect("the last step ends at 1000");
        let [(low_share, low), (high_share, high)] = [step[0], step[1]];
        let words = low + (high - low) * (share - low_share) / (high_share - low_share);
        (words * self.words_mean).div_ceil(LENGTHS_MEAN)
    }

    /// Paragraphs of one to three sentences of 8 to 25 words, and how many words there are.
    fn body(&self, chance: &mut Chance) -> (String, usize) {
        let n_words = self.n_words(chance);
        let mut html = String::with_capacity(n_words * 8);
        let mut left = n_words;
        while 0 < left {
            html.push_str("<p>");
            for _ in 0..=chance.below(3) {
                let len = (8 + chance.below(18)).min(left);
                self.push_sentence(&mut html, len, chance);
                left -= len;
                if left == 0 {
                    break;
                }
            }
            html.pop();
            html.push_str("</p>\n");
        }
        html.pop();
        (html, n_words)
    }

    /// A sentence of `len` words, at least one, with a point and a space at its end.
    fn push_sentence(&self, text: &mut String, len: usize, chance: &mut Chance) {
        let start = text.len();
        for _ in 0..len / 2 {
            let [first, second] = self.vocabulary.two_words(chance);
            text.push_str(first);
            text.push_str(second);
        }
        if len % 2 == 1 {
            text.push_str(self.vocabulary.two_words(chance)[0]);
        }
        text[start..=start].make_ascii_uppercase();
        text.pop();
        text.push_str(". ");
    }

    fn headline(&self, chance: &mut Chance) -> String {
        let mut headline = String::new();
        for _ in 0..5 + chance.below(5) {
            headline.push_str(self.vocabulary.telling_word(chance));
            headline.push(' ');
        }
        headline[..1].make_ascii_uppercase();
        headline.truncate(headline.len() - 1);
        headline
    }

    fn subjects(&self, chance: &mut Chance) -> Vec<Concept<'static>> {
        let (section, name, _) = of_hundred(SECTIONS, |(.., share)| *share, chance);
        let mut subjects = vec![ninjs::section(section, name)];
        if chance.percent(SUBJECT_PERCENT) {
            let n_topics = if chance.percent(83) { 1 } else { 2 + chance.below(2) };
            for _ in 0..n_topics {
                let (topic, _) = topics::TABLE[self.topic_rank.rank(half(chance))];
                subjects.push(concept(topic.name, media_topic_uri(topic.code)));
            }
            subjects.dedup();
        }
        subjects
    }

    fn places(&self, has_dateline: bool, chance: &mut Chance) -> (String, Vec<Concept<'_>>) {
        let mut places = Vec::new();
        let mut located = String::new();
        if has_dateline {
            let (city, country) = &self.cities[self.city_rank.rank(half(chance))];
            located = ninjs::located(city, Some(*country));
            places.push(ninjs::place(city.into(), "located", Some(*country)));
        }
        for _ in 0..=chance.below(2) * chance.below(3) {
            let (_, iso, name) = places::COUNTRIES[self.country_rank.rank(half(chance))];
            places.push(ninjs::place(name.into(), "about", Some(Country { iso, name })));
        }
        places.dedup();
        (located, places)
    }

    /// Half of the stories are about a company; a company has always the same name.
    fn organisations(&self, chance: &mut Chance) -> Vec<Concept<'static>> {
        if chance.percent(50) {
            return Vec::new();
        }
        let number = self.organisation_rank.rank(half(chance));
        let mut its_own = Chance::of(0, number as u64);
        let mut name = format!("{} {} Corp", self.vocabulary.telling_word(&mut its_own), self.vocabulary.telling_word(&mut its_own));
        name[..1].make_ascii_uppercase();
        vec![concept(name, format!("synth:company/{number}"))]
    }
}

/// The row whose share of a hundred chance falls into.
fn of_hundred<'a, Row>(rows: &'a [Row], share: impl Fn(&Row) -> usize, chance: &mut Chance) -> &'a Row {
    let mut left = chance.below(100);
    for row in rows {
        match left.checked_sub(share(row)) {
            Some(rest) => left = rest,
            None => return row,
        }
    }
    &rows[rows.len() - 1]
}

#[expect(clippy::cast_possible_truncation, reason = "half of the bits are wanted")]
fn half(chance: &mut Chance) -> u32 {
    chance.next() as u32
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn stories(options: &Options) -> Vec<Value> {
        let mut out = Vec::new();
        run(options, &mut out).unwrap();
        str::from_utf8(&out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn options(stories: u64, seed: u64, words: u16) -> Options {
        Options { stories, seed, words, years: 5, out: "-".into() }
    }

    #[test]
    fn the_same_seed_makes_the_same_stories() {
        assert_eq!(stories(&options(20, 7, 130)), stories(&options(20, 7, 130)));
        assert_ne!(stories(&options(1, 7, 130)), stories(&options(1, 8, 130)));
    }

    #[test]
    fn stories_have_the_shape_of_the_real_ones() {
        let stories = stories(&options(600, 1, 130));
        let words: Vec<u64> = stories.iter().filter_map(|story| story["bodies"][0]["wordCount"].as_u64()).collect();
        let mean = words.iter().sum::<u64>() / words.len() as u64;
        assert!((110..150).contains(&mean), "{mean} words on average");
        assert!((540..580).contains(&words.len()), "{} of 600 have a body", words.len());
        for story in &stories {
            if let Some(html) = story["bodies"][0]["value"].as_str() {
                let counted = html.split_whitespace().count() as u64;
                assert_eq!(story["bodies"][0]["wordCount"], counted);
            }
        }
        let times: Vec<&str> = stories.iter().map(|story| story["versionCreated"].as_str().unwrap()).collect();
        let at: Vec<Timestamp> = times.iter().map(|time| time.parse().unwrap()).collect();
        assert!(at.is_sorted(), "oldest first");
        assert!(times[0].starts_with("2021-11") && times[599].starts_with("2026-10"), "{} to {}", times[0], times[599]);
    }

    #[test]
    fn long_stories_are_made_too() {
        let stories = stories(&options(300, 1, 600));
        let words: Vec<u64> = stories.iter().filter_map(|story| story["bodies"][0]["wordCount"].as_u64()).collect();
        let mean = words.iter().sum::<u64>() / words.len() as u64;
        assert!((480..720).contains(&mean), "{mean} words on average");
    }
}
