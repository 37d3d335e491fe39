//! How alike two profiles are, in figures that a judgment is made from.

use crate::Lang;
use crate::fingerprint::Kind;
use crate::profile::{Measured, Profile, Words};
use crate::rarity::Rarity;

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What is measured between two profiles, by its place in [`Likeness`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Measure { $($(#[$doc])* $name,)* }

        impl Measure {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

measures! {
    /// Cosine of the words in the language both have; 0 when they have none in common.
    WordsCosine,
    /// The part of the smaller one's words, by rarity, that the larger one has.
    WordsCovered,
    /// The part of the larger one's usual words that the smaller one has.
    CoreCovered,
    /// The rarity of all shared words together.
    WordsShared,
    /// Likeness to the most alike of the recent reports in its language.
    BestRecent,
    /// The mean likeness to the recent reports in its language.
    MeanRecent,
    /// Cosine of words written alike in different languages.
    CrossCosine,
    /// Their rarity together.
    CrossShared,
    /// Cosine of names by sound.
    NamesCosine,
    /// The rarity of shared names together.
    NamesShared,
    /// The part of the smaller one's names that is shared.
    NamesCovered,
    /// Cosine of concepts.
    ConceptsCosine,
    /// The rarity of shared concepts together.
    ConceptsShared,
    /// The part of the smaller one's concepts that is shared.
    ConceptsCovered,
    /// The part of the larger one's usual concepts that the smaller one has.
    ConceptsCore,
    /// The rarity of shared numbers together.
    NumbersShared,
    /// 1 when both have numbers and share none.
    NumbersDiffer,
    /// Hours between the last report of the earlier and the first of the later, as logarithm.
    GapHours,
    /// Hours from the first report of all to the last, as logarithm.
    SpanHours,
    /// How many reports the smaller one has, as logarithm.
    SmallerReports,
    /// How many the larger one has, as logarithm.
    LargerReports,
    /// The part of the larger one's reports that is in a language of the smaller one.
    SameLanguage,
    /// Words of the smaller one, as logarithm.
    SmallerWords,
    /// Words of the larger one a report, as logarithm.
    LargerWords,
    /// Names of the smaller one.
    SmallerNames,
    /// Concepts of the smaller one.
    SmallerConcepts,
    /// What was found by index for this pair, as a part of the best found.
    Rank,
    /// What was found by index for this pair.
    Found,
    /// The cosine of words as a part of the best among all that were found.
    WordsRank,
    /// Likeness to the most alike of the recent reports as a part of the best among all that were found.
    RecentRank,
    /// Words, names and concepts together, less those of the best of the others that were found.
    Lead,
    /// Of two reports: likeness of the shorter to what resembles the longer.
    LongersCompany,
    /// Of two reports: likeness of the longer to what resembles the shorter.
    ShortersCompany,
    /// Of two reports: likeness of what resembles the one to what resembles the other.
    BothCompanies,
    /// Of two reports: the part of a headline, by rarity, that the other report has; of two headlines the better.
    TitleBetter,
    /// Of two headlines the worse; as the better when only one report has a headline.
    TitleWorse,
    /// Of two reports: cosine of the headlines.
    TitlesCosine,
}

/// One figure for each [`Measure`].
pub type Likeness = [f32; Measure::ALL.len()];

/// Beyond this many reports a story is simply large.
const REPORTS_TOLD_APART: f32 = 32.0;

/// A word is usual when this part of the reports has it.
const USUAL: f32 = 0.34;

/// Compares two profiles; the order does not matter. [`Measure::Rank`], [`Measure::Found`], what
/// compares with others that were found ([`compete`]) and what is only measured between two reports are left for who knows.
pub(crate) fn likeness(one: &Profile, other: &Profile, rarity: &Rarity) -> Likeness {
    let size = |profile: &Profile| (profile.n_reports, n_words(profile), profile.first_for_secs);
    let (small, large) = if size(one) <= size(other) { (one, other) } else { (other, one) };
    let mut out: Likeness = [0.0; Measure::ALL.len()];
    let mut set = |measure: Measure, value: f32| out[measure as usize] = value;

    let words = common_words(small, large, rarity);
    set(Measure::WordsCosine, words.cosine);
    set(Measure::WordsCovered, words.small_covered);
    set(Measure::CoreCovered, words.large_core_covered);
    set(Measure::WordsShared, words.shared);
    let (best, mean) = recent(small, large, rarity);
    set(Measure::BestRecent, best);
    set(Measure::MeanRecent, mean);
    let cross = cross_words(small, large, rarity);
    set(Measure::CrossCosine, cross.cosine);
    set(Measure::CrossShared, cross.shared);

    let names = overlap(&small.names, &large.names, large.n_reports, |key| rarity.of(Kind::Name, Lang::UNKNOWN, key));
    set(Measure::NamesCosine, names.cosine);
    set(Measure::NamesShared, names.shared);
    set(Measure::NamesCovered, names.small_covered);
    let concepts = overlap(&small.concepts, &large.concepts, large.n_reports, |key| rarity.of(Kind::Concept, Lang::UNKNOWN, key));
    set(Measure::ConceptsCosine, concepts.cosine);
    set(Measure::ConceptsShared, concepts.shared);
    set(Measure::ConceptsCovered, concepts.small_covered);
    set(Measure::ConceptsCore, concepts.large_core_covered);
    let numbers = overlap(&small.numbers, &large.numbers, large.n_reports, |key| rarity.of(Kind::Number, Lang::UNKNOWN, key));
    set(Measure::NumbersShared, numbers.shared);
    let both_have = !small.numbers.bag.is_empty() && !large.numbers.bag.is_empty();
    set(Measure::NumbersDiffer, f32::from(u8::from(both_have && numbers.shared == 0.0)));

    let (earlier, later) = if small.first_for_secs < large.first_for_secs { (small, large) } else { (large, small) };
    set(Measure::GapHours, hours(later.first_for_secs - earlier.last_for_secs));
    set(Measure::SpanHours, hours(small.last_for_secs.max(large.last_for_secs) - earlier.first_for_secs));
    set(Measure::SmallerReports, small.n_reports.min(REPORTS_TOLD_APART).ln());
    set(Measure::LargerReports, large.n_reports.min(REPORTS_TOLD_APART).ln());
    set(Measure::SameLanguage, same_language(small, large));
    set(Measure::SmallerWords, (n_words(small) / small.n_reports).ln_1p());
    set(Measure::LargerWords, (n_words(large) / large.n_reports).ln_1p());
    set(Measure::SmallerNames, count(&small.names));
    set(Measure::SmallerConcepts, count(&small.concepts));
    out
}

/// Adds to the figures of all that were found what each is beside the others.
pub(crate) fn compete(all: &mut [Likeness]) {
    let best_of = |all: &[Likeness], measure: Measure| all.iter().map(|figures| figures[measure as usize]).fold(0.0_f32, f32::max);
    let (words, recent, found) = (best_of(all, Measure::WordsCosine), best_of(all, Measure::BestRecent), best_of(all, Measure::Found));
    let (mut best, mut second, mut best_at) = (0.0_f32, 0.0_f32, 0);
    for (at, together) in all.iter().map(together).enumerate() {
        if best < together {
            (second, best, best_at) = (best, together, at);
        } else {
            second = second.max(together);
        }
    }
    for (at, figures) in all.iter_mut().enumerate() {
        let lead = together(figures) - if at == best_at { second } else { best };
        figures[Measure::Rank as usize] = ratio(figures[Measure::Found as usize], found);
        figures[Measure::WordsRank as usize] = ratio(figures[Measure::WordsCosine as usize], words);
        figures[Measure::RecentRank as usize] = ratio(figures[Measure::BestRecent as usize], recent);
        figures[Measure::Lead as usize] = lead;
    }
}

/// What two share in words, whether of one language or written alike, in names and in concepts.
fn together(figures: &Likeness) -> f32 {
    let of = |measure: Measure| figures[measure as usize];
    of(Measure::WordsCosine).max(of(Measure::BestRecent)).max(of(Measure::CrossCosine))
        + 0.5 * of(Measure::NamesCosine)
        + 0.5 * of(Measure::ConceptsCosine)
}

/// Logarithm of hours, 0 for what overlaps.
fn hours(secs: i64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "hours, not seconds")]
    let hours = secs.max(0) as f32 / 3_600.0;
    hours.ln_1p()
}

fn count(measured: &Measured) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a bag has some hundred keys")]
    let n = measured.bag.len() as f32;
    n
}

fn n_words(profile: &Profile) -> f32 {
    profile.words.iter().map(|words| count(&words.stems)).sum()
}

fn same_language(small: &Profile, large: &Profile) -> f32 {
    let shared = large.words.iter().filter(|theirs| small.words.iter().any(|ours| ours.lang == theirs.lang));
    shared.map(|words| words.n_reports).sum::<f32>() / large.n_reports
}

#[derive(Clone, Copy, Default)]
struct Overlap {
    cosine: f32,
    shared: f32,
    small_covered: f32,
    large_core_covered: f32,
}

fn overlap(small: &Measured, large: &Measured, n_reports: f32, rarity: impl Fn(u64) -> f32) -> Overlap {
    let mut out = Overlap::default();
    if small.bag.is_empty() || large.bag.is_empty() {
        return out;
    }
    let (mut dot, mut covered, mut core_covered) = (0.0, 0.0, 0.0);
    let usual = USUAL * n_reports;
    small.bag.shared(&large.bag, |key, ours, theirs| {
        let rare = rarity(key);
        dot += ours * theirs * rare * rare;
        out.shared += rare;
        covered += ours * rare;
        if usual <= theirs {
            core_covered += theirs * rare;
        }
    });
    let whole: f32 = small.bag.iter().map(|(key, weight)| weight * rarity(key)).sum();
    let core: f32 = large.bag.iter().filter(|(_, weight)| usual <= *weight).map(|(key, weight)| weight * rarity(key)).sum();
    out.cosine = ratio(dot, small.norm * large.norm);
    out.small_covered = ratio(covered, whole);
    out.large_core_covered = ratio(core_covered, core);
    out
}

fn ratio(part: f32, whole: f32) -> f32 {
    if 0.0 < whole { part / whole } else { 0.0 }
}

/// The overlap in the common language where it is largest.
fn common_words(small: &Profile, large: &Profile, rarity: &Rarity) -> Overlap {
    let mut best = Overlap::default();
    for ours in &small.words {
        for theirs in large.words.iter().filter(|theirs| theirs.lang == ours.lang) {
            let found = overlap(&ours.stems, &theirs.stems, theirs.n_reports, |key| rarity.of(Kind::Word, ours.lang, key));
            if best.cosine <= found.cosine {
                best = found;
            }
        }
    }
    best
}

/// Names and loan words are often written alike: the best overlap of two different languages.
fn cross_words(small: &Profile, large: &Profile, rarity: &Rarity) -> Overlap {
    let mut best = Overlap::default();
    for ours in &small.words {
        for theirs in large.words.iter().filter(|theirs| theirs.lang != ours.lang) {
            let rare = |key| rarity.of(Kind::Word, ours.lang, key).min(rarity.of(Kind::Word, theirs.lang, key));
            let found = cross_overlap(ours, theirs, rare);
            if best.cosine <= found.cosine {
                best = found;
            }
        }
    }
    best
}

fn cross_overlap(ours: &Words, theirs: &Words, rarity: impl Fn(u64) -> f32) -> Overlap {
    let mut out = Overlap::default();
    let mut dot = 0.0;
    ours.stems.bag.shared(&theirs.stems.bag, |key, here, there| {
        let rare = rarity(key);
        dot += here * there * rare * rare;
        out.shared += rare;
    });
    out.cosine = ratio(dot, ours.stems.norm * theirs.stems.norm);
    out
}

/// The best and the mean cosine between recent reports of the two in a common language.
fn recent(small: &Profile, large: &Profile, rarity: &Rarity) -> (f32, f32) {
    let (mut best, mut sum, mut n_pairs) = (0.0_f32, 0.0, 0.0);
    for ours in &small.recent {
        for theirs in large.recent.iter().filter(|theirs| theirs.lang == ours.lang) {
            let mut dot = 0.0;
            ours.words
                .bag
                .shared(&theirs.words.bag, |key, here, there| dot += here * there * rarity.of(Kind::Word, ours.lang, key).powi(2));
            let cosine = ratio(dot, ours.words.norm * theirs.words.norm);
            best = best.max(cosine);
            sum += cosine;
            n_pairs += 1.0;
        }
    }
    (best, ratio(sum, n_pairs))
}
