//! The company a report is in: the reports heard that resemble it most.
//!
//! Two reports may tell one story in words that hardly meet; then the reports that resemble the one often resemble the other. The
//! company stands between them, without any list of words that mean the same.

use std::collections::VecDeque;

use crate::Lang;
use crate::bag::Bag;
use crate::fingerprint::{Fingerprint, Kind};
use crate::index::Index;
use crate::key::within;
use crate::rarity::Rarity;

/// Reports that are remembered; the oldest leave.
const HEARD_MAX: usize = 50_000;
/// Words that are remembered of each, the weightiest.
const WORDS_KEPT: usize = 96;
/// Reports that keep company with one.
const COMPANY_MAX: usize = 8;
/// From this cosine on a report is itself, or a copy that adds nothing.
const ITSELF: f32 = 0.98;
/// Entries of reports that have left are swept out each time so many have left.
const SWEEP_EVERY: u64 = 10_000;

/// The words of one report, weighed and measured.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    lang: Lang,
    bag: Bag,
    norm: f32,
}

impl Words {
    pub(crate) fn of(print: &Fingerprint, rarity: &Rarity) -> Self {
        Self::kept(print.lang, print.bag(Kind::Word).clone(), rarity)
    }

    fn kept(lang: Lang, bag: Bag, rarity: &Rarity) -> Self {
        let norm = bag.norm(|key| rarity.of(Kind::Word, lang, key));
        Self { lang, bag, norm }
    }

    /// Every key, named by `name`, with what it weighs.
    pub(crate) fn keys(&self, rarity: &Rarity, name: impl Fn(u64) -> u64) -> Vec<(u64, f32)> {
        self.bag.iter().map(|(key, weight)| (name(key), weight * rarity.of(Kind::Word, self.lang, key))).collect()
    }

    pub(crate) fn n_words(&self) -> usize {
        self.bag.len()
    }

    /// 0 for reports in two languages.
    pub(crate) fn cosine(&self, other: &Self, rarity: &Rarity) -> f32 {
        let mut dot = 0.0;
        if self.lang == other.lang {
            self.bag.shared(&other.bag, |key, here, there| dot += here * there * rarity.of(Kind::Word, self.lang, key).powi(2));
        }
        ratio(dot, self.norm * other.norm)
    }

    /// The part of these words, by rarity, that the other report has.
    pub(crate) fn covered(&self, other: &Self, rarity: &Rarity) -> f32 {
        let mut shared = 0.0;
        if self.lang == other.lang {
            self.bag.shared(&other.bag, |key, _, _| shared += rarity.of(Kind::Word, self.lang, key));
        }
        ratio(shared, self.bag.iter().map(|(key, _)| rarity.of(Kind::Word, self.lang, key)).sum())
    }
}

fn ratio(part: f32, whole: f32) -> f32 {
    if 0.0 < whole { part / whole } else { 0.0 }
}

/// The reports that keep company with one, and how alike each is to it.
#[derive(Debug, Default)]
pub(crate) struct Alike(Vec<(Words, f32)>);

impl Alike {
    /// Those of some reports that are most alike; the report itself, or a copy of it, keeps itself no company.
    pub(crate) fn among(words: &Words, reports: impl Iterator<Item = (Lang, Bag)>, rarity: &Rarity) -> Self {
        let mut alike: Vec<(Words, f32)> = reports
            .map(|(lang, bag)| {
                let other = Words::kept(lang, bag, rarity);
                let cosine = words.cosine(&other, rarity);
                (other, cosine)
            })
            .filter(|(_, cosine)| 0.0 < *cosine && *cosine < ITSELF)
            .collect();
        alike.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        alike.truncate(COMPANY_MAX);
        Self(alike)
    }

    /// The mean of a figure over the company; who is more alike has more say.
    pub(crate) fn likeness(&self, mut of: impl FnMut(&Words) -> f32) -> f32 {
        let (mut sum, mut whole) = (0.0, 0.0);
        for (words, cosine) in &self.0 {
            let say = cosine * cosine;
            sum += say * of(words);
            whole += say;
        }
        ratio(sum, whole)
    }
}

/// A report that was heard.
#[derive(Clone, Debug)]
struct Heard {
    lang: Lang,
    bag: Bag,
}

/// What was heard lately.
#[derive(Debug, Default)]
pub(crate) struct Company {
    heard: VecDeque<Heard>,
    n_gone: u32,
    index: Index,
}

impl Company {
    /// Remembers a report.
    pub(crate) fn hear(&mut self, report: &Fingerprint, rarity: &Rarity) {
        let lang = report.lang;
        let mut bag = report.bag(Kind::Word).clone();
        bag.keep_heaviest(WORDS_KEPT, |key, weight| weight * rarity.of(Kind::Word, lang, key));
        let number = self.n_gone.wrapping_add(u32::try_from(self.heard.len()).unwrap_or(u32::MAX));
        bag.iter().for_each(|(key, _)| self.index.note(within(lang.number(), key), number));
        // Its length is measured when it is met again: words have become rarer or commoner by then.
        self.heard.push_back(Heard { lang, bag });
        if HEARD_MAX < self.heard.len() {
            self.heard.pop_front();
            self.n_gone = self.n_gone.wrapping_add(1);
            if u64::from(self.n_gone).is_multiple_of(SWEEP_EVERY) {
                let (first, n_heard) = (self.n_gone, self.heard.len());
                self.index.sweep(|number| (number.wrapping_sub(first) as usize) < n_heard);
            }
        }
    }

    /// The company of a report, itself left out.
    pub(crate) fn of(&self, words: &Words, rarity: &Rarity) -> Alike {
        let candidates =
            self.index.search(words.keys(rarity, |key| within(words.lang.number(), key)), |number| self.heard(number).is_some());
        let heard = candidates.iter().filter_map(|candidate| self.heard(candidate.cluster));
        Alike::among(words, heard.map(|heard| (heard.lang, heard.bag.clone())), rarity)
    }

    fn heard(&self, number: u32) -> Option<&Heard> {
        self.heard.get(number.wrapping_sub(self.n_gone) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Report;
    use crate::fingerprint::Reader;

    struct Room {
        reader: Reader,
        rarity: Rarity,
        company: Company,
    }

    impl Room {
        fn hearing(titles: &[&str]) -> Self {
            let mut room = Self { reader: Reader::default(), rarity: Rarity::default(), company: Company::default() };
            for title in titles {
                let print = room.read("en", title);
                room.rarity.add(&print);
                room.company.hear(&print, &room.rarity);
            }
            room
        }

        fn read(&mut self, lang: &str, title: &str) -> Fingerprint {
            self.reader.read(&Report { lang: Lang::parse(lang), title: title.into(), ..Report::default() })
        }

        fn words(&mut self, lang: &str, title: &str) -> Words {
            let print = self.read(lang, title);
            Words::of(&print, &self.rarity)
        }
    }

    #[test]
    fn reports_without_a_common_word_meet_through_those_between_them() {
        let mut room = Room::hearing(&[
            "volcano Skellan erupts, villagers flee lava",
            "villagers flee lava as mountain spits ash",
            "central bank keeps interest rates",
        ]);
        let (one, other) = (room.words("en", "volcano Skellan erupts"), room.words("en", "mountain spits ash"));
        assert!(one.cosine(&other, &room.rarity).abs() < 1e-6);
        let [of_one, of_other] = [&one, &other].map(|words| room.company.of(words, &room.rarity));
        let between = of_one.likeness(|ours| of_other.likeness(|theirs| ours.cosine(theirs, &room.rarity)));
        let stranger = room.words("en", "bank keeps rates");
        let of_stranger = room.company.of(&stranger, &room.rarity);
        let apart = of_one.likeness(|ours| of_stranger.likeness(|theirs| ours.cosine(theirs, &room.rarity)));
        assert!(0.2 < between && apart.abs() < 1e-6, "{between} {apart}");
    }

    #[test]
    fn nobody_keeps_himself_company() {
        let mut room = Room::hearing(&["volcano Skellan erupts"]);
        let itself = room.words("en", "volcano Skellan erupts");
        assert!(room.company.of(&itself, &room.rarity).0.is_empty());
        let elsewhere = room.words("fr", "volcano Skellan erupts again");
        assert!(room.company.of(&elsewhere, &room.rarity).0.is_empty(), "words of two languages are not compared");
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut room = Room::hearing(&["volcano Skellan erupts"]);
        for number in 0..HEARD_MAX {
            let print = room.read("en", &format!("minister{number}"));
            room.company.hear(&print, &room.rarity);
        }
        assert_eq!(room.company.heard.len(), HEARD_MAX);
        let late = room.words("en", "volcano Skellan erupts again");
        assert!(room.company.of(&late, &room.rarity).0.is_empty());
    }
}
