//! Subjects proposed for the Reuters stories of the test part of the `ModApte` split by what the training part teaches.

use std::collections::HashSet;

use courant_press::Lang;
use courant_press::topics::{Lesson, Proposer};

use super::table::{self, left_out};
use crate::corpus;
use crate::press::data;
use crate::press::scores::Decisions;

pub(super) fn measure() -> anyhow::Result<()> {
    const NAME: &str = "news-reuters21578, ModApte";
    let folder = data::folder().join("news-reuters21578");
    if !folder.is_dir() {
        left_out(NAME, &format!("there is no {}", folder.display()));
        return Ok(());
    }
    let (mut training, mut test) = (Vec::new(), Vec::new());
    for story in corpus::stories(&folder)?.into_iter().filter(|story| story.topics_judged == "YES") {
        let lesson = Lesson { title: story.title, text: story.body, lang: Lang::ENGLISH, subjects: story.topics };
        match story.lewis_split.as_str() {
            "TRAIN" => training.push(lesson),
            "TEST" => test.push(lesson),
            _ => {}
        }
    }
    let in_both = |lessons: &[Lesson]| lessons.iter().flat_map(|lesson| lesson.subjects.clone()).collect::<HashSet<String>>();
    let subjects: HashSet<String> = in_both(&training).intersection(&in_both(&test)).cloned().collect();
    let begun = std::time::Instant::now();
    let mut proposer = Proposer::learn(&training);
    let learnt = begun.elapsed();
    let decisions = decided(&mut proposer, &test, &subjects);
    table::goal(
        &format!("{NAME}, {} stories teach, {} are tested, {} subjects", training.len(), test.len(), subjects.len()),
        "micro-F1 0.87",
        &format!(
            "micro-F1 **{:.3}** (P {:.3}, R {:.3}), learnt in {:.1} s",
            decisions.f1(),
            decisions.precision(),
            decisions.recall(),
            learnt.as_secs_f64()
        ),
    );
    let cut = training.len() * 2 / 3;
    let mut proposer = Proposer::learn(&training[..cut]);
    let decisions = decided(&mut proposer, &training[cut..], &subjects);
    table::goal(
        &format!("{NAME}, the first two thirds of the training part teach, the last is tested"),
        "",
        &format!("micro-F1 {:.3} (P {:.3}, R {:.3})", decisions.f1(), decisions.precision(), decisions.recall()),
    );
    Ok(())
}

/// Every subject of every story is one decision.
fn decided(proposer: &mut Proposer, stories: &[Lesson], subjects: &HashSet<String>) -> Decisions {
    let mut decisions = Decisions::default();
    for story in stories {
        let answered: Vec<String> = proposer.propose(story).into_iter().map(|proposal| proposal.subject).collect();
        for subject in subjects {
            decisions.note(answered.contains(subject), story.subjects.contains(subject));
        }
    }
    decisions
}
