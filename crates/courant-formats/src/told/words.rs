//! A headline for a story that has none, and a byline that stands in the copy.

use courant_news::{Block, Byline, Headline, PubStatus, Slugline, plain_text};

use crate::findings::{Findings, cut};
use crate::html::one_line;
use crate::incoming::Problem;
use crate::ninjs::printed_bylines;

/// The longest byline that stands in the copy as a paragraph, in words.
const BYLINE_WORDS_MAX: usize = 8;
/// How many words of the lead or the copy stand in for a missing headline.
const HEADLINE_WORDS_MAX: usize = 12;

/// A headline made of what else there is. A withdrawn story needs none.
pub(super) fn made_headline(
    slugline: Option<&Slugline>,
    lead: Option<&str>,
    body: &[Block],
    about: Option<&str>,
    pub_status: PubStatus,
    findings: &Findings,
) -> Option<Headline> {
    let (text, from) = if let Some(slugline) = slugline {
        (slugline.as_str().to_owned(), "the slugline")
    } else if let Some(lead) = lead {
        (first_words(lead), "the first words of the lead")
    } else if !body.is_empty() {
        (first_words(&plain_text(&body[..1])), "the first words of the copy")
    } else if let Some(about) = about {
        (about.to_owned(), "what it is about")
    } else {
        if pub_status == PubStatus::Usable {
            let reason = "is missing, and there are no words to make one of";
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

/// Takes a byline out of the copy, where some systems print it as the first paragraph, and adds it if there is none.
pub(super) fn take_out_byline(body: &mut Vec<Block>, bylines: &mut Vec<Byline>, findings: &Findings) {
    let Some(first @ Block::Paragraph(_)) = body.first() else { return };
    let printed = one_line(&plain_text(std::slice::from_ref(first)));
    let is_byline = (printed.starts_with("By ") || printed.starts_with("BY "))
        && printed.split_whitespace().count() <= BYLINE_WORDS_MAX
        && !printed.ends_with(['.', '!', '?', ':', '…']);
    if !is_byline || body.len() < 2 {
        return;
    }
    let names: Vec<Byline> = printed_bylines(&printed).into_iter().filter_map(|name| Byline::new(name, None).ok()).collect();
    let is_known = names.iter().all(|name| bylines.iter().any(|known| known.name.to_lowercase() == name.name.to_lowercase()));
    if is_known || bylines.is_empty() {
        findings.mended(&"the copy", &printed, "opens with the byline; taken out, for pages print it");
        body.remove(0);
        if bylines.is_empty() {
            *bylines = names;
        }
    }
}

/// Takes the initials of who handled a story from the end of the copy: `hh/ph/ts`.
pub(super) fn take_out_sign_off(body: &mut Vec<Block>, findings: &Findings) -> Option<String> {
    let last @ Block::Paragraph(_) = body.last()? else { return None };
    let printed = one_line(&plain_text(std::slice::from_ref(last)));
    let is_initials = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let is_sign_off = printed.contains('/') && printed.split('/').all(is_initials) && 1 < body.len();
    is_sign_off.then(|| {
        findings.mended(&"the copy", &printed, "ends with a sign-off; taken out, for it is no copy");
        body.pop();
        printed
    })
}
