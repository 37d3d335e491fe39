//! A query as the stories of one language are asked it: words become terms.
//!
//! Both readers of a plan, the index and the matcher, give it the same meaning.

use crate::analysis::{Analyser, Analysis};
use crate::document::{CORRECTED, Facet, day_number};
use crate::query::{Moved, Near, Node, NodeKind, Query, Scope, When};

/// What a story must be, in terms of one analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Plan {
    Nothing,
    And(Vec<Plan>),
    Or(Vec<Plan>),
    Not(Box<Plan>),
    Term(Scope, String),
    Phrase(Scope, Vec<String>),
    Near(Together),
    Facet(String),
    UrgencyAtMost(u8),
    /// First and last day that will do; open where `None`.
    Days(Option<i32>, Option<i32>),
}

/// Two runs of words that stand close to each other, in either order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Together {
    pub(crate) scope: Scope,
    pub(crate) first: Vec<String>,
    pub(crate) second: Vec<String>,
    /// The most words apart; see [`are_near`](crate::near::are_near).
    pub(crate) within: u8,
}

impl Plan {
    pub(crate) fn new(query: &Query, analyser: &mut Analyser) -> Self {
        part(query.root(), analyser).unwrap_or(Self::Nothing)
    }

    /// Whether only stories with some term of this language can satisfy it.
    pub(crate) fn is_bound_to_language(&self) -> bool {
        match self {
            Self::Nothing | Self::Term(..) | Self::Phrase(..) | Self::Near(_) => true,
            Self::And(parts) => parts.iter().any(Self::is_bound_to_language),
            Self::Or(parts) => parts.iter().all(Self::is_bound_to_language),
            Self::Not(_) | Self::Facet(_) | Self::UrgencyAtMost(_) | Self::Days(..) => false,
        }
    }

    /// Every term and phrase that speaks for a story, for highlighting.
    pub(crate) fn each_wanted(&self, found: &mut impl FnMut(Scope, &[String])) {
        match self {
            Self::Term(scope, term) => found(*scope, std::slice::from_ref(term)),
            Self::Phrase(scope, terms) => found(*scope, terms),
            Self::Near(near) => [&near.first, &near.second].into_iter().for_each(|terms| found(near.scope, terms)),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.each_wanted(found)),
            Self::Nothing | Self::Not(_) | Self::Facet(_) | Self::UrgencyAtMost(_) | Self::Days(..) => {}
        }
    }
}

/// `None`: nothing of this part is left in this language, so it asks for nothing.
fn part(node: &Node, analyser: &mut Analyser) -> Option<Plan> {
    Some(match &node.kind {
        NodeKind::And(parts) => several(parts, analyser, Plan::And)?,
        NodeKind::Or(parts) => several(parts, analyser, Plan::Or)?,
        NodeKind::Not(inner) => Plan::Not(Box::new(part(inner, analyser)?)),
        NodeKind::Word(scope, text) => word(*scope, text, analyser)?,
        NodeKind::Phrase(scope, text) => terms_together(*scope, terms_of(text, analyser))?,
        NodeKind::Near(near) => close_together(near, analyser)?,
        NodeKind::Facet(facet, value) => Plan::Facet(facet.term(value)),
        NodeKind::UrgencyAtMost(urgency) => Plan::UrgencyAtMost(*urgency),
        NodeKind::Moved(moved) => days(*moved),
        NodeKind::Corrected(true) => Plan::Facet(CORRECTED.to_owned()),
        NodeKind::Corrected(false) => Plan::Not(Box::new(Plan::Facet(CORRECTED.to_owned()))),
    })
}

fn terms_of(text: &str, analyser: &mut Analyser) -> Vec<String> {
    analyser.tokens(text).into_iter().map(|(term, _)| term).collect()
}

/// Each of the two is its words side by side, also where a word is several to the analyser. When nothing is left of one in
/// this language, the other alone is asked for.
fn close_together(near: &Near, analyser: &mut Analyser) -> Option<Plan> {
    let (first, second) = (terms_of(&near.first, analyser), terms_of(&near.second, analyser));
    if first.is_empty() || second.is_empty() {
        let left = if first.is_empty() { second } else { first };
        return terms_together(near.scope, left);
    }
    Some(Plan::Near(Together { scope: near.scope, first, second, within: near.within }))
}

/// The parts, without the words that only hold a sentence together when there are others.
fn several(parts: &[Node], analyser: &mut Analyser, join: fn(Vec<Plan>) -> Plan) -> Option<Plan> {
    let wants_more = parts.iter().any(|part| is_content(part, analyser));
    let kept = parts.iter().filter(|part| !wants_more || !is_stop_word(part, analyser));
    let kept: Vec<&Node> = kept.collect();
    let mut plans: Vec<Plan> = kept.into_iter().filter_map(|node| part(node, analyser)).collect();
    match plans.len() {
        0 => None,
        1 => plans.pop(),
        _ => Some(join(plans)),
    }
}

fn is_stop_word(node: &Node, analyser: &mut Analyser) -> bool {
    matches!(&node.kind, NodeKind::Word(Scope::Anywhere, text) if analyser.is_stop_word(text))
}

/// Whether a part names something to look for, beyond stop words, filters and exclusions.
fn is_content(node: &Node, analyser: &mut Analyser) -> bool {
    match &node.kind {
        NodeKind::Word(..) => !is_stop_word(node, analyser) && word_terms(node, analyser),
        NodeKind::Phrase(..) | NodeKind::Near(_) => true,
        NodeKind::And(parts) | NodeKind::Or(parts) => parts.iter().any(|part| is_content(part, analyser)),
        NodeKind::Not(_) | NodeKind::Facet(..) | NodeKind::UrgencyAtMost(_) | NodeKind::Moved(_) | NodeKind::Corrected(_) => false,
    }
}

fn word_terms(node: &Node, analyser: &mut Analyser) -> bool {
    match &node.kind {
        NodeKind::Word(_, text) => !analyser.tokens(text).is_empty(),
        _ => false,
    }
}

/// A word as typed, which may be several to the analyser. `state-owned` stays together; an
/// unspaced Japanese or Chinese run is its words, wherever they stand, but characters cut off
/// alone (日 + 経) stay together, for alone they mean something else.
fn word(scope: Scope, text: &str, analyser: &mut Analyser) -> Option<Plan> {
    let tokens = analyser.tokens(text);
    let several = tokens.len() > 1;
    let mut groups: Vec<(bool, Vec<String>)> = Vec::new();
    for (term, range) in tokens {
        let unspaced = text[range.clone()].chars().next().is_some_and(is_unspaced);
        let is_single = text[range.clone()].chars().nth(1).is_none();
        if several && unspaced && is_single && analyser.is_stop_word(&text[range]) {
            groups.push((false, Vec::new()));
            continue;
        }
        let holds = !unspaced || is_single;
        match groups.last_mut() {
            Some((true, terms)) if holds => terms.push(term),
            _ => groups.push((holds, vec![term])),
        }
    }
    let mut plans: Vec<Plan> = groups.into_iter().filter_map(|(_, terms)| terms_together(scope, terms)).collect();
    match plans.len() {
        0 => None,
        1 => plans.pop(),
        _ => Some(Plan::And(plans)),
    }
}

/// Han and kana: scripts where a word of one character is a part of something.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

fn terms_together(scope: Scope, mut terms: Vec<String>) -> Option<Plan> {
    match terms.len() {
        0 => None,
        1 => terms.pop().map(|term| Plan::Term(scope, term)),
        _ => Some(Plan::Phrase(scope, terms)),
    }
}

fn days(moved: Moved) -> Plan {
    let (first, last) = (day_number(moved.first), day_number(moved.last));
    match moved.when {
        When::On => Plan::Days(Some(first), Some(last)),
        When::After => Plan::Days(Some(last + 1), None),
        When::Before => Plan::Days(None, Some(first - 1)),
    }
}

/// Two words of a query that follow each other, and how far apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Neighbours {
    pub(crate) first: String,
    pub(crate) second: String,
    /// Places from the first to the second: 1 side by side, 2 with one word between.
    pub(crate) distance: usize,
}

/// The words that follow each other in what was typed. A story in which they do too is more
/// likely meant, so it scores more; words that only hold the sentence together are stepped over.
pub(crate) fn neighbours(query: &Query, analyser: &mut Analyser) -> Vec<Neighbours> {
    let mut texts = Vec::new();
    query.root().each_wanted_text(&mut |scope, text| {
        if scope == Scope::Anywhere {
            texts.push(text);
        }
    });
    let mut pairs: Vec<Neighbours> = Vec::new();
    let mut last: Option<(String, usize)> = None;
    let mut place = 0;
    for text in texts {
        let is_stop_word = analyser.is_stop_word(text);
        for (term, _) in analyser.tokens(text) {
            place += 1;
            if is_stop_word {
                continue;
            }
            if let Some((first, at)) = last.take()
                && place - at <= MAX_NEIGHBOUR_DISTANCE
                && first != term
            {
                let pair = Neighbours { first, second: term.clone(), distance: place - at };
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
            last = Some((term, place));
        }
    }
    pairs.truncate(MAX_NEIGHBOURS);
    pairs
}

/// Words further apart in a query say nothing of each other.
const MAX_NEIGHBOUR_DISTANCE: usize = 3;

/// Pairs looked at for one query; each costs a phrase search over the matches.
const MAX_NEIGHBOURS: usize = 16;

/// The numbers under which a headline that says exactly what the query says is indexed.
pub(crate) fn headline_keys(query: &Query, analyser: &mut Analyser) -> Vec<u64> {
    let mut wanted = String::new();
    query.root().each_wanted_text(&mut |_, text| {
        wanted.push_str(text);
        wanted.push(' ');
    });
    let mut keys = vec![headline_key(analyser, query.typed()), headline_key(analyser, &wanted)];
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn headline_key(analyser: &mut Analyser, title: &str) -> u64 {
    let mut key = HeadlineKey::new(analyser.analysis());
    analyser.each(title, |token| key.add(&title[token.from..token.to]));
    key.finish()
}

/// A number for a headline, the same however its case and punctuation are written: FNV-1a of its
/// words. A collision only lifts a story that matches anyway.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadlineKey(u64);

impl HeadlineKey {
    pub(crate) fn new(analysis: Analysis) -> Self {
        Self(0xcbf2_9ce4_8422_2325 ^ u64::from(analysis.number()))
    }

    pub(crate) fn add(&mut self, word: &str) {
        for c in word.chars().flat_map(char::to_lowercase).chain([' ']) {
            self.0 = (self.0 ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

/// The analyses whose stories can satisfy the query at all.
pub(crate) fn analyses_of(query: &Query, present: &[Analysis]) -> Vec<Analysis> {
    match query.languages() {
        Some(languages) => {
            let wanted: Vec<Analysis> = languages.into_iter().map(Analysis::for_tag).collect();
            present.iter().copied().filter(|analysis| wanted.contains(analysis)).collect()
        }
        None => present.to_vec(),
    }
}

/// The term that tells the language a story was analysed in, among its facet terms.
pub(crate) fn analysis_term(analysis: Analysis) -> String {
    format!("\u{1}{}", analysis.mark())
}

/// A list condition on facets, as terms.
pub(crate) fn facet_terms(facet: Facet, values: &[String]) -> Vec<String> {
    values.iter().map(|value| facet.term(value)).collect()
}
