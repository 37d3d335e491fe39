//! Comparing two reports, and saying why.

use rustc_hash::FxHashMap;

use crate::company::{Alike, Company, Words};
use crate::fingerprint::{Kind, Reader};
use crate::judge;
use crate::lexicon::Lexicon;
use crate::likeness::{Likeness, Measure, likeness};
use crate::profile::Profile;
use crate::rarity::Rarity;
use crate::{Lang, Report};

/// Shared pieces that are named, the rarest.
const SHARED_MAX: usize = 40;

/// Something two reports share.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// What kind of evidence it is.
    pub kind: Kind,
    /// As the first report writes it.
    pub here: String,
    /// As the second does.
    pub there: String,
    /// 1 for what nobody else writes of, towards 0 for what everybody does.
    pub rarity: f32,
    /// Whether it is known to be a territory.
    pub is_territory: bool,
}

/// What two reports have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The probability that they tell the same story, 0 to 1.
    pub score: f32,
    /// Whether that is enough.
    pub is_same: bool,
    /// Shared evidence, the rarest first.
    pub shared: Vec<Shared>,
    /// Numbers that only the first has, when both have some.
    pub numbers_only_here: Vec<String>,
    /// Numbers that only the second has.
    pub numbers_only_there: Vec<String>,
    /// Every figure the score is made from.
    pub likeness: Likeness,
}

/// Compares reports against the background of all that was reported.
#[derive(Debug, Default)]
pub struct Comparer {
    reader: Reader,
    rarity: Rarity,
    company: Company,
}

impl Comparer {
    /// Notes a report, so that what everybody writes counts less.
    pub fn hear(&mut self, report: &Report) {
        let fingerprint = self.reader.read(report);
        self.rarity.add(&fingerprint);
        self.company.hear(&fingerprint, &self.rarity);
    }

    /// What was measured between two reports, without the words.
    pub fn likeness(&mut self, one: &Report, other: &Report) -> Likeness {
        between(&mut self.reader, &self.rarity, &|words| self.company.of(words, &self.rarity), one, other)
    }

    /// Compares two reports.
    pub fn compare(&mut self, one: &Report, other: &Report) -> Comparison {
        compare(&mut self.reader, &self.rarity, &|words| self.company.of(words, &self.rarity), one, other)
    }
}

/// Who keeps company with a report.
type CompanyOf<'c> = dyn Fn(&Words) -> Alike + 'c;

pub(crate) fn compare(reader: &mut Reader, rarity: &Rarity, company: &CompanyOf<'_>, one: &Report, other: &Report) -> Comparison {
    let likeness = between(reader, rarity, company, one, other);
    let trees = judge::pair_trees(one, other);
    let score = trees.probability(&likeness);
    let (here, there) = (spelt(reader, one), spelt(reader, other));
    let numbers = |ours: &Spelt, theirs: &Spelt| {
        let alone = ours.iter().filter(|((kind, key), _)| *kind == Kind::Number && !theirs.contains_key(&(*kind, *key)));
        let mut alone: Vec<String> = alone.map(|(_, (written, _))| written.clone()).collect();
        alone.sort();
        alone
    };
    let have_numbers = |spelt: &Spelt| spelt.keys().any(|(kind, _)| *kind == Kind::Number);
    let both_have = have_numbers(&here) && have_numbers(&there);
    Comparison {
        score,
        is_same: trees.accept <= score,
        shared: shared(&here, &there, rarity),
        numbers_only_here: if both_have { numbers(&here, &there) } else { Vec::new() },
        numbers_only_there: if both_have { numbers(&there, &here) } else { Vec::new() },
        likeness,
    }
}

/// The figures between two reports, each alone and in the company of what resembles it. Both are found by each other.
fn between(reader: &mut Reader, rarity: &Rarity, company: &CompanyOf<'_>, one: &Report, other: &Report) -> Likeness {
    let prints = [reader.read(one), reader.read(other)];
    let profiles = [Profile::of(&prints[0], rarity), Profile::of(&prints[1], rarity)];
    let mut figures = likeness(&profiles[0], &profiles[1], rarity);
    let mut set = |measure: Measure, value: f32| figures[measure as usize] = value;
    set(Measure::Rank, 1.0);
    let words = prints.each_ref().map(|print| Words::of(print, rarity));
    let (short, long) = if words[0].n_words() <= words[1].n_words() { (&words[0], &words[1]) } else { (&words[1], &words[0]) };
    let [of_short, of_long] = [company(short), company(long)];
    set(Measure::LongersCompany, of_long.likeness(|other| short.cosine(other, rarity)));
    set(Measure::ShortersCompany, of_short.likeness(|other| long.cosine(other, rarity)));
    set(Measure::BothCompanies, of_short.likeness(|ours| of_long.likeness(|theirs| ours.cosine(theirs, rarity))));
    let titles = [title(reader, one, prints[0].lang, rarity), title(reader, other, prints[1].lang, rarity)];
    let covered = [
        titles[0].as_ref().map(|title| title.covered(&words[1], rarity)),
        titles[1].as_ref().map(|title| title.covered(&words[0], rarity)),
    ];
    set(Measure::TitleBetter, covered.iter().flatten().copied().fold(0.0, f32::max));
    set(Measure::TitleWorse, covered.iter().flatten().copied().reduce(f32::min).unwrap_or_default());
    if let [Some(here), Some(there)] = &titles {
        set(Measure::TitlesCosine, here.cosine(there, rarity));
    }
    figures
}

/// The words of a headline alone.
fn title(reader: &mut Reader, report: &Report, lang: Lang, rarity: &Rarity) -> Option<Words> {
    let alone = Report { title: report.title.clone(), lang, ..Report::default() };
    (!report.title.is_empty()).then(|| Words::of(&reader.read(&alone), rarity))
}

/// Evidence of a report, as it is first written there and in what language.
type Spelt = FxHashMap<(Kind, u64), (String, Lang)>;

fn spelt(reader: &mut Reader, report: &Report) -> Spelt {
    let mut spelt = Spelt::default();
    let lang = reader.read(report).lang;
    reader.spell(report, &mut |piece| {
        spelt.entry((piece.kind, piece.key)).or_insert_with(|| (piece.written.to_owned(), lang));
    });
    spelt
}

fn shared(here: &Spelt, there: &Spelt, rarity: &Rarity) -> Vec<Shared> {
    let both = here.iter().filter_map(|(piece, ours)| there.get(piece).map(|theirs| (piece, ours, theirs)));
    let mut shared: Vec<Shared> = both
        .map(|((kind, key), (here, lang), (there, _))| Shared {
            kind: *kind,
            here: here.clone(),
            there: there.clone(),
            rarity: rarity.of(*kind, *lang, *key),
            is_territory: *kind == Kind::Concept && Lexicon::shipped().is_territory(*key),
        })
        .collect();
    shared.sort_by(|a, b| b.rarity.total_cmp(&a.rarity).then(a.kind.cmp(&b.kind)).then_with(|| a.here.cmp(&b.here)));
    shared.truncate(SHARED_MAX);
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(lang: &str, title: &str) -> Report {
        Report { lang: Lang::parse(lang), title: title.into(), ..Report::default() }
    }

    fn written(comparison: &Comparison, kind: Kind) -> Vec<(&str, &str)> {
        comparison.shared.iter().filter(|shared| shared.kind == kind).map(|shared| (shared.here.as_str(), shared.there.as_str())).collect()
    }

    #[test]
    fn what_is_shared_is_named_in_both_languages() {
        let english = report("en", "Biles wins gold in Tokyo with 15.4 points");
        let russian = report("ru", "Байлз взяла золото в Токио: 15,4 балла");
        let comparison = Comparer::default().compare(&english, &russian);
        assert!(written(&comparison, Kind::Name).contains(&("Biles", "Байлз")));
        assert!(written(&comparison, Kind::Concept).contains(&("gold", "золото")));
        assert_eq!(written(&comparison, Kind::Number), [("15.4", "15,4")]);
    }

    #[test]
    fn numbers_that_disagree_are_named() {
        let (one, other) = (report("en", "Earthquake kills 12 in Sendai"), report("en", "Earthquake kills 15 in Sendai"));
        let comparison = Comparer::default().compare(&one, &other);
        assert_eq!(comparison.numbers_only_here, ["12"]);
        assert_eq!(comparison.numbers_only_there, ["15"]);
    }

    #[test]
    fn what_was_heard_brings_two_reports_nearer() {
        let (one, other) = (report("en", "Volcano Skellan erupts"), report("en", "Mountain spits ash"));
        let mut comparer = Comparer::default();
        let alone = comparer.compare(&one, &other);
        comparer.hear(&report("en", "Volcano Skellan erupts, villagers flee lava"));
        comparer.hear(&report("en", "Villagers flee lava as mountain spits ash"));
        let in_company = comparer.compare(&one, &other);
        let both = Measure::BothCompanies as usize;
        assert!(alone.likeness[both].abs() < 1e-6 && 0.1 < in_company.likeness[both], "{in_company:?}");
    }

    #[test]
    fn the_same_headline_is_the_same_story_and_another_is_not() {
        let mut comparer = Comparer::default();
        let one = report("en", "Volcano on the island of Skellan erupts after two centuries");
        assert!(comparer.compare(&one, &one).is_same);
        let other = report("en", "Central bank leaves interest rates where they are");
        let apart = comparer.compare(&one, &other);
        assert!(!apart.is_same && apart.shared.is_empty(), "{apart:?}");
    }
}
