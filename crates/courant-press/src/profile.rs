//! What one report, or all reports of a story together, are about.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::Arc;

use crate::Lang;
use crate::bag::Bag;
use crate::fingerprint::{Fingerprint, Kind};
use crate::rarity::Rarity;

/// Reports of a story in one language that newcomers are compared with one by one.
const RECENT_OF_LANG_MAX: usize = 6;
/// The same in all languages.
const RECENT_MAX: usize = 24;
/// Keys of a report that are kept for that.
const RECENT_KEYS: usize = 32;
/// Languages of one story that are kept apart.
const LANGS_MAX: usize = 24;

/// A bag with its length, measured when it last changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) bag: Bag,
    pub(crate) norm: f32,
}

/// The words of a story in one language.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Words {
    pub(crate) lang: Lang,
    pub(crate) n_reports: f32,
    pub(crate) stems: Measured,
}

/// A report kept for comparing one by one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Recent {
    pub(crate) lang: Lang,
    pub(crate) words: Measured,
}

/// The sum of what its reports say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) n_reports: f32,
    pub(crate) words: Vec<Words>,
    pub(crate) names: Measured,
    pub(crate) concepts: Measured,
    pub(crate) numbers: Measured,
    pub(crate) first_for_secs: i64,
    pub(crate) last_for_secs: i64,
    pub(crate) recent: VecDeque<Arc<Recent>>,
}

impl Measured {
    fn of(bag: Bag, kind: Kind, lang: Lang, rarity: &Rarity) -> Self {
        let norm = bag.norm(|key| rarity.of(kind, lang, key));
        Self { bag, norm }
    }

    fn take_off(&mut self, other: &Bag, kind: Kind, lang: Lang, rarity: &Rarity) {
        self.bag.take_off(other);
        self.norm = self.bag.norm(|key| rarity.of(kind, lang, key));
    }

    /// Adds another bag; calls `on_new` with keys that were not there.
    fn add(&mut self, other: &Bag, kind: Kind, lang: Lang, rarity: &Rarity, on_new: &mut dyn FnMut(u64)) {
        for (key, weight) in other.iter() {
            if self.bag.add(key, weight) {
                on_new(key);
            }
        }
        self.bag.keep_within();
        self.norm = self.bag.norm(|key| rarity.of(kind, lang, key));
    }
}

impl Profile {
    /// The profile of a single report.
    pub(crate) fn of(report: &Fingerprint, rarity: &Rarity) -> Self {
        let lang = report.lang;
        let measured = |kind| Measured::of(report.bag(kind).clone(), kind, lang, rarity);
        let words = measured(Kind::Word);
        let mut kept = report.bag(Kind::Word).clone();
        kept.keep_heaviest(RECENT_KEYS, |key, weight| weight * rarity.of(Kind::Word, lang, key));
        Self {
            n_reports: 1.0,
            words: vec![Words { lang, n_reports: 1.0, stems: words }],
            names: measured(Kind::Name),
            concepts: measured(Kind::Concept),
            numbers: measured(Kind::Number),
            first_for_secs: report.published_for_secs,
            last_for_secs: report.published_for_secs,
            recent: VecDeque::from([Arc::new(Recent { lang, words: Measured::of(kept, Kind::Word, lang, rarity) })]),
        }
    }

    /// Adds all that another profile says. Calls `on_new` with each key that was not in this one.
    pub(crate) fn add(&mut self, other: &Self, rarity: &Rarity, mut on_new: impl FnMut(u64)) {
        self.n_reports += other.n_reports;
        for theirs in &other.words {
            let n_langs = self.words.len();
            match self.words.iter_mut().find(|ours| ours.lang == theirs.lang) {
                Some(ours) => {
                    ours.n_reports += theirs.n_reports;
                    ours.stems.add(&theirs.stems.bag, Kind::Word, theirs.lang, rarity, &mut on_new);
                }
                None if n_langs < LANGS_MAX => {
                    theirs.stems.bag.iter().for_each(|(key, _)| on_new(key));
                    self.words.push(theirs.clone());
                }
                None => {}
            }
        }
        self.names.add(&other.names.bag, Kind::Name, Lang::UNKNOWN, rarity, &mut on_new);
        self.concepts.add(&other.concepts.bag, Kind::Concept, Lang::UNKNOWN, rarity, &mut on_new);
        self.numbers.add(&other.numbers.bag, Kind::Number, Lang::UNKNOWN, rarity, &mut on_new);
        self.first_for_secs = self.first_for_secs.min(other.first_for_secs);
        self.last_for_secs = self.last_for_secs.max(other.last_for_secs);
        for newer in &other.recent {
            self.keep_recent(newer);
        }
    }

    /// This profile without one of its reports. When it was told stays as it is.
    pub(crate) fn without(&self, report: &Fingerprint, rarity: &Rarity) -> Self {
        let lang = report.lang;
        let mut rest = self.clone();
        rest.n_reports = (rest.n_reports - 1.0).max(1.0);
        for words in rest.words.iter_mut().filter(|words| words.lang == lang) {
            words.n_reports -= 1.0;
            words.stems.take_off(report.bag(Kind::Word), Kind::Word, lang, rarity);
        }
        rest.words.retain(|words| 0.5 < words.n_reports);
        rest.names.take_off(report.bag(Kind::Name), Kind::Name, lang, rarity);
        rest.concepts.take_off(report.bag(Kind::Concept), Kind::Concept, lang, rarity);
        rest.numbers.take_off(report.bag(Kind::Number), Kind::Number, lang, rarity);
        if let Some(itself) = rest.recent.iter().position(|recent| recent.lang == lang && recent.words.bag.holds(report.bag(Kind::Word))) {
            rest.recent.remove(itself);
        }
        rest
    }

    /// Whether it has a key of any kind.
    pub(crate) fn has(&self, key: u64) -> bool {
        self.words.iter().any(|words| words.stems.bag.get(key).is_some())
            || [&self.names, &self.concepts, &self.numbers].iter().any(|measured| measured.bag.get(key).is_some())
    }

    fn keep_recent(&mut self, newer: &Arc<Recent>) {
        let n_of_lang = self.recent.iter().filter(|known| known.lang == newer.lang).count();
        if n_of_lang == RECENT_OF_LANG_MAX
            && let Some(oldest) = self.recent.iter().position(|known| known.lang == newer.lang)
        {
            self.recent.remove(oldest);
        } else if self.recent.len() == RECENT_MAX {
            self.recent.pop_front();
        }
        self.recent.push_back(Arc::clone(newer));
    }

    /// Every key with its rarity in its language times its share of the reports.
    pub(crate) fn keys(&self, rarity: &Rarity, mut sink: impl FnMut(u64, f32)) {
        for Words { lang, stems, .. } in &self.words {
            stems.bag.iter().for_each(|(key, weight)| sink(key, rarity.of(Kind::Word, *lang, key) * (weight / self.n_reports).min(1.0)));
        }
        for (kind, measured) in [(Kind::Name, &self.names), (Kind::Concept, &self.concepts), (Kind::Number, &self.numbers)] {
            for (key, weight) in measured.bag.iter() {
                sink(key, rarity.of(kind, Lang::UNKNOWN, key) * (weight / self.n_reports).min(1.0));
            }
        }
    }
}
