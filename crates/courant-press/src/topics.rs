//! Proposes subjects for a story, as the agency's own archive files its stories.
//!
//! One linear classifier for each subject, trained on words and pairs of words; each is calibrated on stories it was not trained
//! on, so that a confidence means what it says and a rare subject is not proposed never.

mod linear;
mod terms;

use courant_search::analysis::Analysers;
use rustc_hash::FxHashMap;

use crate::Lang;
use linear::{Linear, Row};
use terms::Vocabulary;

/// Stories that are learnt from, the latest of the archive.
pub const LESSONS_MAX: usize = 200_000;
/// Subjects that are learnt, the most frequent first.
const SUBJECTS_MAX: usize = 2_000;
/// A subject with fewer stories is not learnt.
const STORIES_MIN: usize = 2;
/// Parts of the archive that calibration leaves out in turn.
const FOLDS: usize = 3;
/// A threshold of a subject's own is chosen from at least this many of its stories.
const OWN_THRESHOLD_MIN: usize = 12;

/// A story of the archive and what it is filed under.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    /// The headline.
    pub title: String,
    /// The copy as plain text.
    pub text: String,
    /// Its language.
    pub lang: Lang,
    /// Names or codes of its subjects, however the agency writes them.
    pub subjects: Vec<String>,
}

/// A subject a story may be filed under.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// As the archive writes it.
    pub subject: String,
    /// The part of such proposals that proved right in the archive, 0 to 1.
    pub confidence: f32,
}

/// What was learnt about one subject.
#[derive(Clone, Debug)]
struct Subject {
    name: String,
    linear: Linear,
    /// Proposed from this score on.
    threshold: f32,
    /// Log-odds of being right: offset and slope by score.
    calibration: (f32, f32),
}

/// Knows the archive. Immutable; make a new one when the archive has grown.
#[derive(Debug)]
pub struct Proposer {
    vocabulary: Vocabulary,
    subjects: Vec<Subject>,
    analysers: Analysers,
}

impl Proposer {
    /// Learns from the archive; the same stories in the same order give the same proposer. Ten thousand stories under a hundred
    /// subjects take some seconds.
    pub fn learn(archive: &[Lesson]) -> Self {
        let archive = &archive[archive.len().saturating_sub(LESSONS_MAX)..];
        let mut analysers = Analysers::default();
        let terms: Vec<_> = archive.iter().map(|lesson| terms::of(&mut analysers, lesson)).collect();
        let vocabulary = Vocabulary::of(&terms);
        let rows: Vec<Row> = terms.iter().map(|terms| vocabulary.row(terms)).collect();
        let subjects = frequent(archive).into_iter().map(|name| learn(name, archive, &rows, vocabulary.len())).collect();
        Self { vocabulary, subjects, analysers }
    }

    /// Subjects for a story, the surest first; what it is already filed under is not looked at.
    pub fn propose(&mut self, story: &Lesson) -> Vec<Proposal> {
        let row = self.vocabulary.row(&terms::of(&mut self.analysers, story));
        let mut proposals: Vec<Proposal> = Vec::new();
        for subject in &self.subjects {
            let score = subject.linear.score(&row);
            if subject.threshold <= score {
                let (offset, slope) = subject.calibration;
                proposals.push(Proposal { subject: subject.name.clone(), confidence: 1.0 / (1.0 + (-offset - slope * score).exp()) });
            }
        }
        proposals.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.subject.cmp(&b.subject)));
        proposals
    }

    /// How many subjects can be proposed.
    pub fn n_subjects(&self) -> usize {
        self.subjects.len()
    }
}

/// The subjects with enough stories, most frequent first.
fn frequent(archive: &[Lesson]) -> Vec<String> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for lesson in archive {
        lesson.subjects.iter().for_each(|subject| *counts.entry(subject).or_default() += 1);
    }
    let mut subjects: Vec<(&str, usize)> = counts.into_iter().filter(|(_, n)| STORIES_MIN <= *n).collect();
    subjects.sort_by(|(a, na), (b, nb)| nb.cmp(na).then(a.cmp(b)));
    subjects.truncate(SUBJECTS_MAX);
    subjects.into_iter().map(|(subject, _)| subject.to_owned()).collect()
}

fn learn(name: String, archive: &[Lesson], rows: &[Row], n_terms: usize) -> Subject {
    let is_so: Vec<bool> = archive.iter().map(|lesson| lesson.subjects.contains(&name)).collect();
    let everything: Vec<usize> = (0..rows.len()).collect();
    let mut scores = vec![0.0; rows.len()];
    for fold in 0..FOLDS {
        let (left_out, trained): (Vec<usize>, Vec<usize>) = everything.iter().partition(|row| **row % FOLDS == fold);
        let linear = Linear::train(rows, &is_so, &trained, n_terms);
        left_out.into_iter().for_each(|row| scores[row] = linear.score(&rows[row]));
    }
    let threshold = threshold(&scores, &is_so);
    let calibration = calibration(&scores, &is_so);
    Subject { linear: Linear::train(rows, &is_so, &everything, n_terms), threshold, calibration, name }
}

/// Where the F1 of the subject is best on stories it was not trained on, kept near 0 when there are few of them.
fn threshold(scores: &[f32], is_so: &[bool]) -> f32 {
    let n_so = is_so.iter().filter(|so| **so).count();
    if n_so < OWN_THRESHOLD_MIN {
        return RARE_THRESHOLD;
    }
    let mut ranked: Vec<(f32, bool)> = scores.iter().copied().zip(is_so.iter().copied()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut n_hits, mut best, mut threshold) = (0_u32, 0.0, RARE_THRESHOLD);
    for (n_said, pair) in ranked.windows(2).enumerate() {
        n_hits += u32::from(pair[0].1);
        #[expect(clippy::cast_precision_loss, reason = "numbers of stories")]
        let f1 = 2.0 * n_hits as f32 / (n_said + 1 + n_so) as f32;
        if best < f1 {
            best = f1;
            threshold = f32::midpoint(pair[0].0, pair[1].0);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of stories")]
    let trust = n_so as f32 / (n_so as f32 + TRUST_AT);
    trust * threshold + (1.0 - trust) * RARE_THRESHOLD
}

/// The threshold of subjects with too few stories to find their own: a classifier that saw few examples errs on the side of no.
const RARE_THRESHOLD: f32 = -0.25;
/// With this many stories a threshold of its own counts half.
const TRUST_AT: f32 = 20.0;
/// Steps of fitting confidences.
const CALIBRATION_STEPS: usize = 100;

/// Platt's sigmoid by gradient steps of Newton's method on two numbers.
fn calibration(scores: &[f32], is_so: &[bool]) -> (f32, f32) {
    let (mut offset, mut slope) = (0.0_f64, 1.0_f64);
    for _ in 0..CALIBRATION_STEPS {
        // Modest beliefs at first: one story each way at score 0.
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.05 * (slope - 1.0), 1e-3, 0.0, 0.05);
        for (score, so) in scores.iter().zip(is_so) {
            let score = f64::from(*score);
            let probability = 1.0 / (1.0 + (-offset - slope * score).exp());
            let error = probability - f64::from(u8::from(*so));
            let curvature = probability * (1.0 - probability);
            g0 += error;
            g1 += error * score;
            h00 += curvature;
            h01 += curvature * score;
            h11 += curvature * score * score;
        }
        let determinant = h00 * h11 - h01 * h01;
        if determinant.abs() < 1e-12 {
            break;
        }
        let (step0, step1) = ((g0 * h11 - g1 * h01) / determinant, (g1 * h00 - g0 * h01) / determinant);
        offset -= step0.clamp(-1.0, 1.0);
        slope -= step1.clamp(-1.0, 1.0);
        if step0.abs() + step1.abs() < 1e-6 {
            break;
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "a confidence has two digits")]
    (offset as f32, slope as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(title: &str, subjects: &[&str]) -> Lesson {
        let subjects = subjects.iter().map(|subject| (*subject).to_owned()).collect();
        Lesson { title: title.into(), lang: Lang::ENGLISH, subjects, ..Lesson::default() }
    }

    fn archive() -> Vec<Lesson> {
        let places = ["north", "south", "east", "west", "valley", "coast", "island", "harbour", "plain", "hills"];
        let mut archive = Vec::new();
        for place in places {
            for year in ["early", "late", "again"] {
                archive.push(lesson(&format!("Wheat harvest {year} in the {place}"), &["grain", "weather"]));
                archive.push(lesson(&format!("Wheat prices {year} in the {place}"), &["grain"]));
                archive.push(lesson(&format!("Football club of the {place} wins {year}"), &["sport"]));
                archive.push(lesson(&format!("Council of the {place} meets {year}"), &[]));
            }
        }
        archive
    }

    #[test]
    fn subjects_are_proposed_as_the_archive_files() {
        let mut proposer = Proposer::learn(&archive());
        assert_eq!(proposer.n_subjects(), 3);
        let mut proposed = |title| proposer.propose(&lesson(title, &[])).into_iter().map(|p| p.subject).collect::<Vec<_>>();
        assert_eq!(proposed("Football club plays in the marsh"), ["sport"]);
        let mut harvest = proposed("Wheat harvest in the marsh");
        harvest.sort();
        assert_eq!(harvest, ["grain", "weather"]);
        assert!(proposed("Council meets in the marsh").is_empty());
    }

    #[test]
    fn the_same_archive_teaches_the_same() {
        let story = lesson("Wheat prices fall", &[]);
        assert_eq!(Proposer::learn(&archive()).propose(&story), Proposer::learn(&archive()).propose(&story));
    }

    #[test]
    fn an_empty_archive_proposes_nothing() {
        assert!(Proposer::learn(&[]).propose(&lesson("Wheat", &[])).is_empty());
        assert!(Proposer::learn(&[lesson("Wheat", &["grain"])]).propose(&lesson("Wheat", &[])).is_empty(), "one story is not enough");
    }
}
