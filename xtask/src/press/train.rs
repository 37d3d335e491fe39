//! `cargo xtask train`: grows the trees that ship with `courant-press`.
//!
//! The matcher plays each set; every question it asks is an example whose right answer is known. The first round asks a rule of
//! thumb, later rounds the trees grown so far, so that they learn from the mistakes they would make.
//!
//! What ships is grown on everything. How good such trees are is measured crosswise: trees that saw only the answers about the
//! stories of one half are judged by the stories of the other.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use courant_press::boost::{Example, Growth, grow};
use courant_press::{Asked, Judge, Lang, Likeness, Measure, Question, Trees, margin};

use super::data::{self, Half, Labelled, PACE_SECS};
use super::{pairs, stream};
use crate::run;

/// Rounds after the one with the rule of thumb.
const ROUNDS: usize = 2;
const JOIN_GROWTH: Growth = Growth { n_trees: 120, depth_max: 4, rate: 0.12, one_in: 3 };
const MERGE_GROWTH: Growth = Growth { n_trees: 100, depth_max: 4, rate: 0.12, one_in: 3 };
/// From which probability on the answer is yes. Tried crosswise from 0.35 to 0.65: a report that is kept out can still come in when
/// its cluster has grown, two stories that were joined are hard to part, and so merging decides.
const JOIN_ACCEPT: f32 = 0.4;
const MERGE_ACCEPT: f32 = 0.45;
/// Candidates that clearly differ are one in so many noted, and weigh so much more.
const EASY_ONE_IN: u64 = 4;
/// Below this cosine of words, names and concepts together, two clearly differ.
const EASY: f32 = 0.25;

/// When one half teaches, what stands between the halves is not noted; all of that would be answered with no. What differs within
/// the half weighs this much more instead.
const MIXED: f32 = 2.0;

#[derive(Args, Debug)]
pub(crate) struct Options {
    /// Print how good the trees are, but leave the files as they are.
    #[arg(long)]
    dry_run: bool,
    /// Leave out measuring crosswise, which takes twice as long as growing what ships.
    #[arg(long)]
    no_crosswise: bool,
    /// Grow only the trees for pairs.
    #[arg(long)]
    pairs_only: bool,
    /// Learn from what editors decided too: `press/pairs.jsonl` of a data directory.
    #[arg(long, value_name = "FILE")]
    lessons: Option<PathBuf>,
}

/// The trees that answer for clusters.
#[derive(Clone, Debug)]
pub(crate) struct Grown {
    pub(crate) join: Trees,
    pub(crate) merge: Trees,
}

impl Grown {
    /// Those that ship, from their files.
    pub(crate) fn shipped() -> anyhow::Result<Self> {
        let read = |name: &str| -> anyhow::Result<Trees> {
            let path = run::root().join("crates/courant-press/data").join(name);
            Ok(Trees::parse(&fs::read_to_string(path)?)?)
        };
        Ok(Self { join: read("join.trees")?, merge: read("merge.trees")? })
    }
}

impl Judge for Grown {
    fn margin(&mut self, asked: &Asked<'_>) -> f32 {
        margin(asked, &self.join, &self.merge)
    }
}

/// A set, and how much each of its answers counts.
struct Lessons {
    name: &'static str,
    weight: f32,
    /// As it is played in even and in odd rounds.
    played: [Vec<Labelled>; 2],
}

/// What a question was and what was so.
struct Noted {
    question: Question,
    likeness: Likeness,
    is_same: bool,
    weight: f32,
}

/// Knows the stories of the set that is played; answers by rule or by trees, and takes notes.
struct Teacher<'s> {
    set: &'s [Labelled],
    /// Notes only what is asked about reports of this half alone.
    half: Option<Half>,
    grown: Option<Grown>,
    weight: f32,
    n_asked: u64,
    notes: Vec<Noted>,
}

impl Teacher<'_> {
    fn labelled(&self, report: u64) -> &Labelled {
        &self.set[usize::try_from(report).expect("an arrival number counts reports of the set")]
    }

    fn note(&mut self, asked: &Asked<'_>) {
        self.n_asked += 1;
        let is_of = |reports: &[u64], half: Half| reports.iter().all(|report| self.labelled(*report).half == half);
        if let Some(half) = self.half
            && !(is_of(asked.one, half) && is_of(asked.other, half))
        {
            return;
        }
        let of = |measure: Measure| asked.likeness[measure as usize];
        let is_easy = of(Measure::WordsCosine) + of(Measure::NamesCosine) + of(Measure::ConceptsCosine) < EASY;
        if is_easy && !self.n_asked.is_multiple_of(EASY_ONE_IN) {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let mut weight = if is_easy { self.weight * EASY_ONE_IN as f32 } else { self.weight };
        let is_same = 0.5 <= self.part_same(asked);
        if self.half.is_some() && !is_same {
            weight *= MIXED;
        }
        self.notes.push(Noted { question: asked.question, likeness: *asked.likeness, is_same, weight });
    }

    /// The part of all pairs across that tell one story.
    fn part_same(&self, asked: &Asked<'_>) -> f32 {
        let story = |report: &u64| self.labelled(*report).story.as_str();
        let n_pairs = asked.one.len() * asked.other.len();
        let n_same: usize = asked.one.iter().map(|one| asked.other.iter().filter(|other| story(one) == story(other)).count()).sum();
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^24 reports in a set")]
        let part = n_same as f32 / n_pairs.max(1) as f32;
        part
    }
}

impl Judge for Teacher<'_> {
    fn margin(&mut self, asked: &Asked<'_>) -> f32 {
        self.note(asked);
        match &mut self.grown {
            Some(grown) => grown.margin(asked),
            None => rule_of_thumb(asked),
        }
    }
}

/// Good enough to begin with.
fn rule_of_thumb(asked: &Asked<'_>) -> f32 {
    let of = |measure: Measure| asked.likeness[measure as usize];
    let words = of(Measure::WordsCosine).max(0.8 * of(Measure::BestRecent)) - 0.35;
    let cross = 0.5 * of(Measure::CrossCosine) + 0.4 * of(Measure::NamesCosine) + 0.4 * of(Measure::ConceptsCosine) - 0.5;
    words.max(cross)
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let folder = run::root().join("crates/courant-press/data");
    if !options.pairs_only {
        let sets = [
            Lessons { name: "clusters-og2021", weight: 1.0, played: [data::og2021()?, data::og2021()?] },
            Lessons { name: "clusters-googlenews", weight: 0.5, played: [data::googlenews(0)?, data::googlenews(PACE_SECS)?] },
            Lessons { name: "clusters-ecbplus", weight: 2.0, played: [data::ecbplus(0)?, data::ecbplus(PACE_SECS)?] },
        ];
        if !options.no_crosswise {
            for half in [Half::A, Half::B] {
                let grown = grown(&sets, Some(half));
                measure(&sets, half.other(), &grown);
            }
        }
        let grown = grown(&sets, None);
        if !options.dry_run {
            write(&folder.join("join.trees"), &grown.join)?;
            write(&folder.join("merge.trees"), &grown.merge)?;
        }
    }
    let decided = options.lessons.as_deref().map(data::decided).transpose()?.unwrap_or_default();
    let pairs = pairs::train(&decided)?;
    if !options.dry_run {
        write(&folder.join("headline.trees"), &pairs.headline)?;
        write(&folder.join("whole.trees"), &pairs.whole)?;
    }
    Ok(())
}

fn write(path: &Path, trees: &Trees) -> anyhow::Result<()> {
    Ok(fs::write(path, format!("# Grown by `cargo xtask train`.\n{trees}"))?)
}

/// Plays all sets in turn and grows trees from the answers about one half, or all.
fn grown(sets: &[Lessons], half: Option<Half>) -> Grown {
    let mut notes: Vec<Noted> = Vec::new();
    let mut grown: Option<Grown> = None;
    for round in 0..=ROUNDS {
        for set in sets {
            let played = &set.played[round % 2];
            let teacher = Teacher { set: played, half, grown: grown.clone(), weight: set.weight, n_asked: 0, notes: Vec::new() };
            let (_, teacher) = stream::play(played, teacher);
            notes.extend(teacher.notes);
        }
        grown = Some(Grown { join: grow_for(&notes, Question::Join, JOIN_GROWTH), merge: grow_for(&notes, Question::Merge, MERGE_GROWTH) });
    }
    let mut grown = grown.expect("there is a first round");
    // Only now: trees that learnt from bolder mistakes did worse crosswise.
    grown.join.accept = JOIN_ACCEPT;
    grown.merge.accept = MERGE_ACCEPT;
    grown
}

/// Questions of parting are asked as merging.
fn grow_for(notes: &[Noted], question: Question, growth: Growth) -> Trees {
    let asked = notes.iter().filter(|note| (note.question == Question::Join) == (question == Question::Join));
    let examples: Vec<Example> =
        asked.map(|note| Example { features: note.likeness.to_vec(), is_yes: note.is_same, weight: note.weight }).collect();
    grow(&examples, growth)
}

fn measure(sets: &[Lessons], half: Half, grown: &Grown) {
    for set in sets {
        let played = &set.played[1];
        measure_one(set.name, played, half, grown);
        let english: Vec<Labelled> = played.iter().filter(|labelled| labelled.report.lang == Lang::ENGLISH).cloned().collect();
        if english.len() < played.len() {
            measure_one(&format!("{}, English alone", set.name), &english, half, grown);
        }
    }
}

/// Plays the whole stream, so that a wrong neighbour from the other half counts, and judges the reports of one half.
fn measure_one(name: &str, played: &[Labelled], half: Half, grown: &Grown) {
    let (clusters, _) = stream::play(played, grown.clone());
    let agreed = stream::agreed(played, &clusters, |labelled| labelled.half == half);
    println!(
        "{name}, half {half:?} by trees of the other: F1 {:.3} (P {:.3}, R {:.3}), NMI of all {:.3}",
        agreed.f1(),
        agreed.precision,
        agreed.recall,
        agreed.nmi,
    );
}
