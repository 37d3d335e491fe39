//! The fields of the index, and how a story becomes one of its documents.

use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::analysis::{Analyser, Analysers, Analysis, Scanner};
use crate::document::{Document, day_number};
use crate::limits::PART_GAP;
use crate::plan::{HeadlineKey, analysis_term};

/// Raise it when an index written before would answer differently: a field, the analysis, the form
/// of a term. Opening an index of another revision is refused, and it is rebuilt.
pub(super) const REVISION: u32 = 4;

/// The name under which the tokeniser below is registered; part of the stored schema.
pub(super) const TOKENISER: &str = "courant";

/// Separates headline from copy in a value given to the tokeniser.
const SEPARATOR: char = '\u{1F}';

/// How often a headline counts in the text of a story: a word there tells more than one in the
/// copy.
const HEADLINE_WEIGHT: usize = 3;

#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// Identity; what a later version replaces.
    pub(super) story: Field,
    pub(super) position: Field,
    pub(super) moved_on: Field,
    pub(super) urgency: Field,
    /// All facets of a story, each term opened by its kind, and the language it was analysed in.
    pub(super) facet: Field,
    /// Headline and copy.
    pub(super) text: Field,
    /// The headline alone, and after its words one term that stands for all of it.
    pub(super) title: Field,
}

pub(super) const POSITION: &str = "position";
pub(super) const STORY: &str = "story";
pub(super) const MOVED_ON: &str = "moved_on";
pub(super) const URGENCY: &str = "urgency";
pub(super) const FACET: &str = "facet";

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let analysed = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default().set_tokenizer(TOKENISER).set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let raw = TextOptions::default()
        .set_indexing_options(
            TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false).set_index_option(IndexRecordOption::Basic),
        )
        .set_fast("raw");
    let fields = Fields {
        story: builder.add_u64_field(STORY, NumericOptions::default() | INDEXED | FAST),
        position: builder.add_u64_field(POSITION, FAST),
        moved_on: builder.add_i64_field(MOVED_ON, FAST),
        urgency: builder.add_u64_field(URGENCY, FAST),
        facet: builder.add_text_field(FACET, raw),
        text: builder.add_text_field("text", analysed.clone()),
        title: builder.add_text_field("title", analysed),
    };
    (builder.build(), fields)
}

/// The index's form of a story.
pub(super) fn document(fields: &Fields, story: &Document) -> TantivyDocument {
    let analysis = Analysis::for_tag(&story.lang);
    let mark = analysis.mark();
    let title = story.title.replace(SEPARATOR, " ");
    let mut document = TantivyDocument::with_capacity(story.body.len() + 2 * title.len() + 512);
    document.add_u64(fields.story, story.story);
    document.add_u64(fields.position, story.position);
    document.add_i64(fields.moved_on, i64::from(day_number(story.moved_on)));
    document.add_u64(fields.urgency, u64::from(story.urgency));
    for term in story.facet_terms() {
        document.add_text(fields.facet, term);
    }
    document.add_text(fields.facet, analysis_term(analysis));
    document.add_text(fields.text, format!("{mark}{title}{SEPARATOR}{}", story.body));
    document.add_text(fields.title, format!("{mark}{title}"));
    document
}

/// The term of an analysed word in the index.
pub(super) fn language_term(analysis: Analysis, word: &str) -> String {
    let mut term = String::with_capacity(word.len() + 1);
    term.push(analysis.mark());
    term.push_str(word);
    term
}

/// The term in the title field that stands for a whole headline.
pub(super) fn headline_term(key: u64) -> String {
    format!("\u{1}{key:016x}")
}

/// Feeds the index. A value opens with the mark of its language; what follows is the headline,
/// and after the separator the copy.
#[derive(Clone, Default)]
pub(super) struct LanguageTokeniser {
    analysers: Analysers,
}

impl Tokenizer for LanguageTokeniser {
    type TokenStream<'a> = LanguageStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> LanguageStream<'a> {
        let mut chars = value.chars();
        let analysis = chars.next().and_then(Analysis::from_mark).unwrap_or(Analysis::Neutral);
        let rest = chars.as_str();
        let (title, body) = match rest.split_once(SEPARATOR) {
            Some((title, body)) => (title, Some(body)),
            None => (rest, None),
        };
        LanguageStream {
            analyser: self.analysers.of(analysis),
            mark: analysis.mark(),
            scanner: Scanner::new(title),
            title,
            titles_left: if body.is_some() { HEADLINE_WEIGHT - 1 } else { 0 },
            headline: body.is_none().then(|| HeadlineKey::new(analysis)),
            body,
            place: 0,
            token: Token::default(),
        }
    }
}

pub(super) struct LanguageStream<'a> {
    analyser: &'a mut Analyser,
    mark: char,
    scanner: Scanner<'a>,
    title: &'a str,
    titles_left: usize,
    body: Option<&'a str>,
    /// In the title field, what its words come to.
    headline: Option<HeadlineKey>,
    place: usize,
    token: Token,
}

impl LanguageStream<'_> {
    /// Goes on to the next part of the text, leaving a gap so that no phrase and no `near` spans both.
    fn next_part(&mut self) -> bool {
        let part = if self.titles_left > 0 {
            self.titles_left -= 1;
            self.title
        } else {
            match self.body.take() {
                Some(body) => body,
                None => return false,
            }
        };
        self.scanner = Scanner::new(part);
        self.place += PART_GAP as usize;
        true
    }

    /// The last token of a headline, far enough from its words to be in no phrase with them.
    fn whole_headline(&mut self) -> bool {
        let Some(headline) = self.headline.take() else { return false };
        self.token.text = headline_term(headline.finish());
        self.token.position = self.place + 1;
        true
    }
}

impl TokenStream for LanguageStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(found) = self.analyser.next(&mut self.scanner) {
                self.token.text.clear();
                self.token.text.push(self.mark);
                self.token.text.push_str(found.text);
                if let Some(headline) = &mut self.headline {
                    headline.add(&self.title[found.from..found.to]);
                }
                self.token.offset_from = found.from;
                self.token.offset_to = found.to;
                self.token.position = self.place;
                self.place += 1;
                return true;
            }
            if !self.next_part() {
                return self.whole_headline();
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
