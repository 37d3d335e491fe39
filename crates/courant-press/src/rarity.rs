//! How rare a piece of evidence is among the reports of the last days: what everybody writes proves nothing.

use std::cell::Cell;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::fingerprint::{Fingerprint, Kind};
use crate::key::within;

/// Reports imagined beside those seen, so that the first ones are not all rarities.
const IMAGINED: f32 = 100.0;
/// After this many seconds counts are halved.
const HALF_LIFE_SECS: i64 = 5 * 86_400;
/// How often that is done, in parts.
const FADE_EVERY_SECS: i64 = 86_400;
/// A count below this is forgotten.
const FORGOTTEN: f32 = 0.4;
/// Keys counted at most; beyond it the counts fade early.
const KEYS_MAX: usize = 6_000_000;

/// Answers remembered between two reports; a power of two.
const REMEMBERED: usize = 8_192;

/// Answers given since the last report was counted. Counts fill far more memory than the processor holds near, and the same few
/// hundred pieces of evidence are asked for again and again while one report is compared.
#[derive(Clone, Debug)]
struct Remembered {
    /// What was asked, stirred with the number of the report, and the answer.
    answers: Vec<Cell<(u64, f32)>>,
    report: u64,
}

impl Default for Remembered {
    fn default() -> Self {
        Self { answers: vec![Cell::new((0, 0.0)); REMEMBERED], report: 1 }
    }
}

impl Remembered {
    fn forget(&mut self) {
        self.report += 1;
    }

    fn or_else(&self, asked: u64, answer: impl FnOnce() -> f32) -> f32 {
        let tag = within(self.report, asked);
        let place = &self.answers[usize::try_from(tag).unwrap_or_default() & (REMEMBERED - 1)];
        let (known, remembered) = place.get();
        if known == tag {
            return remembered;
        }
        let answer = answer();
        place.set((tag, answer));
        answer
    }
}

/// Counts of reports by piece of evidence, fading with time.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Rarity {
    n_reports: f32,
    n_by_lang: FxHashMap<u64, f32>,
    counts: FxHashMap<u64, f32>,
    faded_for_secs: Option<i64>,
    #[serde(skip)]
    remembered: Remembered,
}

impl Rarity {
    /// Counts a report.
    pub(crate) fn add(&mut self, report: &Fingerprint) {
        self.remembered.forget();
        self.fade(report.published_for_secs);
        self.n_reports += 1.0;
        *self.n_by_lang.entry(report.lang.number()).or_default() += 1.0;
        for kind in Kind::ALL {
            for (key, _) in report.bag(kind).iter() {
                *self.counts.entry(counted(kind, report.lang, key)).or_default() += 1.0;
            }
        }
    }

    /// 1 for what was never seen, towards 0 for what every report holds. Words are counted among reports of their language.
    pub(crate) fn of(&self, kind: Kind, lang: Lang, key: u64) -> f32 {
        let counted = counted(kind, lang, key);
        self.remembered.or_else(counted, || {
            let n_reports = match kind {
                Kind::Word => self.n_by_lang.get(&lang.number()).copied().unwrap_or_default(),
                Kind::Name | Kind::Concept | Kind::Number => self.n_reports,
            };
            let n_with = self.counts.get(&counted).copied().unwrap_or_default();
            let all = n_reports + IMAGINED;
            (all / (n_with + 1.0)).ln().max(0.0) / all.ln()
        })
    }

    /// Brings the counts to a time; they never grow younger.
    fn fade(&mut self, now_for_secs: i64) {
        let faded_for_secs = *self.faded_for_secs.get_or_insert(now_for_secs);
        let passed = now_for_secs.saturating_sub(faded_for_secs);
        if passed < FADE_EVERY_SECS && self.counts.len() < KEYS_MAX {
            return;
        }
        self.faded_for_secs = Some(faded_for_secs.max(now_for_secs));
        #[expect(clippy::cast_precision_loss, reason = "days, not nanoseconds")]
        let left = 0.5_f32.powf(passed.max(FADE_EVERY_SECS) as f32 / HALF_LIFE_SECS as f32);
        self.n_reports *= left;
        self.n_by_lang.values_mut().for_each(|n| *n *= left);
        self.counts.retain(|_, n| {
            *n *= left;
            FORGOTTEN < *n
        });
    }
}

fn counted(kind: Kind, lang: Lang, key: u64) -> u64 {
    match kind {
        Kind::Word => within(lang.number(), key),
        Kind::Name | Kind::Concept | Kind::Number => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Report;
    use crate::fingerprint::Reader;
    use crate::key::key;

    fn seen(titles: &[&str]) -> Rarity {
        let mut reader = Reader::default();
        let mut rarity = Rarity::default();
        for title in titles {
            rarity.add(&reader.read(&Report { lang: Lang::ENGLISH, title: (*title).into(), ..Report::default() }));
        }
        rarity
    }

    fn of(rarity: &Rarity, lang: Lang, stem: &str) -> f32 {
        rarity.of(Kind::Word, lang, key(Kind::Word as u64, stem))
    }

    #[test]
    fn what_everybody_writes_is_not_rare() {
        let rarity = seen(&["harbour closed", "harbour open", "harbour and lighthouse"]);
        let english = |stem| of(&rarity, Lang::ENGLISH, stem);
        assert!(english("harbour") < english("lighthous"));
        assert!(english("lighthous") < english("unseen"));
        assert!((english("unseen") - 1.0).abs() < 1e-6);
        assert!(english("harbour") < of(&rarity, Lang::parse("fr"), "harbour"), "each language counts its own words");
    }

    #[test]
    fn counts_fade() {
        let mut rarity = seen(&["harbour closed"; 40]);
        let before = of(&rarity, Lang::ENGLISH, "harbour");
        rarity.fade(60 * 86_400);
        rarity.remembered.forget();
        assert!(before < of(&rarity, Lang::ENGLISH, "harbour"));
    }
}
