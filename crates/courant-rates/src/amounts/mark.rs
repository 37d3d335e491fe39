//! Proposals in the copy of a story, and the marks they become.

use courant_news::{Block, Inline, Money, NewsItem};

use super::{Context, Proposal, Verdict, propose};

/// A proposal and where in the story it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InStory {
    /// The run of copy, counted from 0 in reading order: a paragraph, a line of a list, a cell.
    pub run_idx: usize,
    /// The words as printed.
    pub words: Box<str>,
    /// The proposal; its bytes count in the words of the run.
    pub proposal: Proposal,
}

/// The amounts in the copy of `item`. What a desk has marked already is not proposed again.
pub fn in_story(item: &NewsItem) -> Vec<InStory> {
    found(&item.body, &Context::of(item))
}

fn found(body: &[Block], context: &Context) -> Vec<InStory> {
    let mut found = Vec::new();
    for (run_idx, run) in runs(body).into_iter().enumerate() {
        let (mut text, mut marked) = (String::new(), Vec::new());
        push_words(run, &mut text, &mut marked);
        for proposal in propose(&text, context) {
            let is_marked =
                marked.iter().any(|mark: &std::ops::Range<usize>| mark.start < proposal.bytes.end && proposal.bytes.start < mark.end);
            if !is_marked {
                found.push(InStory { run_idx, words: text[proposal.bytes.clone()].into(), proposal });
            }
        }
    }
    found
}

/// Turns the proposals whose currency is known into marks, and answers how many. The words stay as they are, to the byte.
///
/// An amount that begins in one mark and ends in another, such as one half in italics, stays unmarked.
pub fn mark(body: &mut [Block], proposals: &[InStory]) -> usize {
    let mut n_marked = 0;
    for (run_idx, run) in runs_mut(body).into_iter().enumerate() {
        let here: Vec<&Proposal> = proposals.iter().filter(|found| found.run_idx == run_idx).map(|found| &found.proposal).collect();
        if !here.is_empty() {
            n_marked += mark_run(run, &mut 0, &here);
        }
    }
    n_marked
}

/// The copy without its marks of money: the words stand as text again, joined to the text beside them.
#[must_use]
pub fn unmarked(mut body: Vec<Block>) -> Vec<Block> {
    for run in runs_mut(&mut body) {
        unmark_run(run);
    }
    body
}

fn unmark_run(run: &mut Vec<Inline>) {
    let mut plain: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in std::mem::take(run) {
        match inline {
            Inline::Text(words) | Inline::Money(Money { words, .. }) => match plain.last_mut() {
                Some(Inline::Text(before)) => *before = format!("{before}{words}").into(),
                _ => plain.push(Inline::Text(words)),
            },
            Inline::Emphasis(mut inner) => {
                unmark_run(&mut inner);
                plain.push(Inline::Emphasis(inner));
            }
            Inline::Strong(mut inner) => {
                unmark_run(&mut inner);
                plain.push(Inline::Strong(inner));
            }
            Inline::Link { href, mut words } => {
                unmark_run(&mut words);
                plain.push(Inline::Link { href, words });
            }
            other @ (Inline::Time { .. } | Inline::Break) => plain.push(other),
        }
    }
    *run = plain;
}

fn mark_run(run: &mut Vec<Inline>, at: &mut usize, proposals: &[&Proposal]) -> usize {
    let mut n_marked = 0;
    let mut marked = Vec::with_capacity(run.len());
    for inline in std::mem::take(run) {
        match inline {
            Inline::Text(text) => {
                n_marked += split_text(&text, *at, proposals, &mut marked);
                *at += text.len();
            }
            Inline::Emphasis(mut inner) => {
                n_marked += mark_run(&mut inner, at, proposals);
                marked.push(Inline::Emphasis(inner));
            }
            Inline::Strong(mut inner) => {
                n_marked += mark_run(&mut inner, at, proposals);
                marked.push(Inline::Strong(inner));
            }
            Inline::Link { href, mut words } => {
                n_marked += mark_run(&mut words, at, proposals);
                marked.push(Inline::Link { href, words });
            }
            Inline::Money(money) => {
                *at += money.words.len();
                marked.push(Inline::Money(money));
            }
            Inline::Time { words, at: time } => {
                *at += words.len();
                marked.push(Inline::Time { words, at: time });
            }
            Inline::Break => {
                *at += 1;
                marked.push(Inline::Break);
            }
        }
    }
    *run = marked;
    n_marked
}

/// Cuts `text`, which stands at `at` in its run, around the proposals inside it.
fn split_text(text: &str, at: usize, proposals: &[&Proposal], marked: &mut Vec<Inline>) -> usize {
    let (mut done, mut n_marked) = (0, 0);
    for proposal in proposals {
        let inside = proposal.bytes.start.checked_sub(at).zip(proposal.bytes.end.checked_sub(at));
        let Some((start, end)) = inside.filter(|&(start, end)| done <= start && end <= text.len()) else { continue };
        let Verdict::Known { currency, .. } = &proposal.verdict else { continue };
        let Some(words) = text.get(start..end) else { continue };
        let Ok(money) = Money::new(words, &proposal.amount, currency.as_str()) else { continue };
        if done < start {
            marked.push(Inline::Text(text[done..start].into()));
        }
        marked.push(Inline::Money(money));
        (done, n_marked) = (end, n_marked + 1);
    }
    if done < text.len() {
        marked.push(Inline::Text(text[done..].into()));
    }
    n_marked
}

/// The words of a run, and where in them marked amounts stand.
fn push_words(run: &[Inline], text: &mut String, marked: &mut Vec<std::ops::Range<usize>>) {
    for inline in run {
        match inline {
            Inline::Text(words) | Inline::Time { words, .. } => text.push_str(words),
            Inline::Emphasis(run) | Inline::Strong(run) | Inline::Link { words: run, .. } => push_words(run, text, marked),
            Inline::Money(money) => {
                let start = text.len();
                text.push_str(&money.words);
                marked.push(start..text.len());
            }
            Inline::Break => text.push('\n'),
        }
    }
}

/// Every run of copy, in reading order. [`runs_mut`] gives the same ones.
fn runs(body: &[Block]) -> Vec<&Vec<Inline>> {
    let mut runs = Vec::new();
    for block in body {
        match block {
            Block::Paragraph(run) | Block::SubHead(run) | Block::Correction(run) => runs.push(run),
            Block::Quote(quote) => runs.extend(&quote.paragraphs),
            Block::List(list) => runs.extend(&list.lines),
            Block::Table(table) => runs.extend(table.head.iter().chain(table.rows.iter().flatten())),
            Block::Figure(_) => {}
        }
    }
    runs
}

fn runs_mut(body: &mut [Block]) -> Vec<&mut Vec<Inline>> {
    let mut runs = Vec::new();
    for block in body {
        match block {
            Block::Paragraph(run) | Block::SubHead(run) | Block::Correction(run) => runs.push(run),
            Block::Quote(quote) => runs.extend(&mut quote.paragraphs),
            Block::List(list) => runs.extend(&mut list.lines),
            Block::Table(table) => runs.extend(table.head.iter_mut().chain(table.rows.iter_mut().flatten())),
            Block::Figure(_) => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use courant_news::{List, plain_text};
    use jiff::civil::date;

    use super::*;
    use crate::amounts::Country;

    fn found_in(body: &[Block]) -> Vec<InStory> {
        let context = Context { lang: "en".into(), filed_from: Country::parse("US"), about: Vec::new(), on: date(2017, 3, 20) };
        found(body, &context)
    }

    fn text(words: &str) -> Inline {
        Inline::Text(words.into())
    }

    #[test]
    fn marks_stand_inside_the_runs_and_the_text_stays() {
        let mut body = [
            Block::Paragraph(vec![text("It cost $5 mln, "), Inline::Strong(vec![text("up from $3 mln")]), text(".")]),
            Block::List(List { numbered: false, lines: vec![vec![text("5 crowns and 7 yen")]] }),
        ];
        let before = plain_text(&body);
        let found = found_in(&body);
        assert_eq!(
            found.iter().map(|found| (found.run_idx, &*found.words)).collect::<Vec<_>>(),
            [(0, "$5 mln"), (0, "$3 mln"), (1, "5 crowns"), (1, "7 yen")]
        );
        assert_eq!(mark(&mut body, &found), 3, "the crowns may be anybody's");
        assert_eq!(plain_text(&body), before);
        let Block::Paragraph(run) = &body[0] else { panic!("{body:?}") };
        assert_eq!(run[1], Inline::Money(Money::new("$5 mln", "5000000", "USD").unwrap()));
        assert_eq!(run[3], Inline::Strong(vec![text("up from "), Inline::Money(Money::new("$3 mln", "3000000", "USD").unwrap())]));
        assert_eq!(found_in(&body).len(), 1, "what is marked is not proposed again");
    }

    #[test]
    fn an_amount_across_the_end_of_a_mark_stays_unmarked() {
        let mut body = [Block::Paragraph(vec![text("$5 "), Inline::Emphasis(vec![text("million")])])];
        let before = body.clone();
        let found = found_in(&body);
        assert_eq!((found.len(), mark(&mut body, &found)), (1, 0));
        assert_eq!(body, before);
    }

    #[test]
    fn marks_can_be_taken_off() {
        let plain = vec![Block::Paragraph(vec![text("It cost $5 mln in all.")])];
        let mut marked = plain.clone();
        let found = found_in(&marked);
        assert_eq!(mark(&mut marked, &found), 1);
        assert_ne!(marked, plain);
        assert_eq!(unmarked(marked), plain);
    }

    proptest::proptest! {
        #[test]
        fn marking_never_changes_a_byte(
            parts in proptest::collection::vec(
                proptest::sample::select(vec!["$5", " mln", "€3,5", "7 yen", " from ", "é", "５億円", "a ", ".", "\u{a0}", "12 dlrs"]),
                1..12,
            ),
            cuts in proptest::collection::vec(0_u8..4, 12),
        ) {
            let run = parts.iter().zip(cuts).map(|(part, cut)| match cut {
                0 => Inline::Emphasis(vec![text(part)]),
                1 => Inline::Link { href: "https://news.example".into(), words: vec![text(part), text(part)] },
                _ => text(part),
            });
            let mut body = [Block::Paragraph(run.collect())];
            let before = plain_text(&body);
            let found = found_in(&body);
            mark(&mut body, &found);
            proptest::prop_assert_eq!(plain_text(&body), before);
        }
    }
}
