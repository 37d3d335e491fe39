//! A headline for a story that has none.

use courant_news::{Block, Headline, PubStatus, Slugline, plain_text};

use crate::findings::{Findings, cut};
use crate::html::one_line;
use crate::incoming::Problem;

/// How many words of the lead or the copy stand in for a missing headline.
const HEADLINE_WORDS_MAX: usize = 12;

/// A headline made of what else there is. A withdrawn story needs none.
pub(super) fn made_headline(
    slugline: Option<&Slugline>,
    lead: Option<&str>,
    body: &[Block],
    pub_status: PubStatus,
    findings: &Findings,
) -> Option<Headline> {
    let (text, from) = if let Some(slugline) = slugline {
        (slugline.as_str().to_owned(), "the slugline")
    } else if let Some(lead) = lead {
        (first_words(lead), "the first words of the lead")
    } else if !body.is_empty() {
        (first_words(&plain_text(&body[..1])), "the first words of the copy")
    } else {
        if pub_status == PubStatus::Usable {
            let reason = "is missing, and there is no slugline, lead or copy to make one of";
            findings.refuse(Problem::new("the headline", "", reason, "give a headline"));
        }
        return None;
    };
    if pub_status == PubStatus::Usable {
        findings.mended(&"the headline", &text, format!("is missing; taken from {from}"));
    }
    Headline::parse(&cut(&one_line(&text), Headline::CHARS_MAX)).ok()
}

fn first_words(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut headline = words.by_ref().take(HEADLINE_WORDS_MAX).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        headline.push('…');
    }
    headline
}
