//! Copy in and out of HTML.
//!
//! Markup from outside becomes [blocks](courant_news::Block) once, here, and nothing inside Courant holds markup.
//! Whatever is not copy (scripts, styles, frames, handlers, harmful addresses) is taken away by the maintained
//! sanitiser and reported; elements nobody knows lose their tags and keep their words.
//!
//! Most copy is nearly well formed. Markup of which it is sure what an HTML parser would make goes a short way around the
//! sanitiser; a property test holds both ways equal.

mod build;
mod direct;
mod plain;
mod sanitise;
mod tidy;
mod token;
mod write;

use std::borrow::Cow;

use courant_news::Block;
use url::Url;

pub(crate) use build::media_type_of;
pub(crate) use plain::looks_like_markup;
pub use plain::{plain_to_blocks, to_line};
pub use tidy::tidy;
pub(crate) use tidy::{is_unprintable, one_line};
pub(crate) use token::named as reference;
pub(crate) use write::escape;
pub use write::{from_blocks, from_blocks_at};

use self::build::Builder;

/// Something that was taken away from ingested markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// What it was: `<script>`, `the handler onclick of <a>`.
    pub what: Box<str>,
    /// How often it stood there.
    pub n_times: usize,
}

impl std::fmt::Display for Cleaned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.n_times {
            1 => f.write_str(&self.what),
            n_times => write!(f, "{} ({n_times} times)", self.what),
        }
    }
}

/// What reading markup needs to know of the document around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'c> {
    /// This site's own address (`https://news.example`): links to it become paths.
    pub base_url: Option<&'c str>,
    /// The credit of pictures that give none.
    pub credit: Option<&'c str>,
    /// The address of a page of others that the markup is from: relative addresses are relative to it, and none is ours.
    pub page_url: Option<&'c Url>,
}

/// The blocks of some markup, and what was taken away from it.
///
/// Takes any text: what is not markup is words. The blocks are in their [normal form](tidy).
pub fn to_blocks(html: &str) -> (Vec<Block>, Vec<Cleaned>) {
    to_blocks_in(html, &Context::default())
}

/// As [`to_blocks`], in a known [`Context`].
pub fn to_blocks_in(html: &str, context: &Context<'_>) -> (Vec<Block>, Vec<Cleaned>) {
    // HTML knows only one line end.
    let one_end = if html.contains('\r') { Cow::Owned(html.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(html) };
    match direct::read(&one_end) {
        Some(direct::Direct { nodes, mut cleaned }) => {
            let (blocks, more) = build_blocks(&nodes, context);
            cleaned.extend(more);
            (blocks, cleaned)
        }
        None => the_long_way(html, context),
    }
}

fn the_long_way(html: &str, context: &Context<'_>) -> (Vec<Block>, Vec<Cleaned>) {
    let survey = sanitise::survey(html);
    let mut cleaned = survey.cleaned;
    let clean = if survey.too_deep {
        cleaned.push(Cleaned { what: "all markup, which nested too deep".into(), n_times: 1 });
        sanitise::sanitise(&sanitise::words_only(html))
    } else {
        sanitise::sanitise(html)
    };
    let Some(nodes) = token::parse(&clean) else {
        // The sanitiser writes well-formed markup; should it ever not, the words are worth more than the marks.
        cleaned.push(Cleaned { what: "all markup, which could not be read".into(), n_times: 1 });
        return (plain_to_blocks(&sanitise::words_only(&clean)), cleaned);
    };
    let (blocks, more) = if survey.too_deep { (plain_to_blocks(&text_of(&nodes)), Vec::new()) } else { build_blocks(&nodes, context) };
    cleaned.extend(more);
    (blocks, cleaned)
}

fn build_blocks(nodes: &[token::Node<'_>], context: &Context<'_>) -> (Vec<Block>, Vec<Cleaned>) {
    let mut builder = Builder::new(context);
    let mut blocks = Vec::with_capacity(nodes.len());
    builder.blocks(nodes, &mut blocks);
    (tidy(blocks), builder.cleaned)
}

fn text_of(nodes: &[token::Node<'_>]) -> String {
    let texts = nodes.iter().filter_map(|node| match node {
        token::Node::Text(text) => Some(text.as_ref()),
        token::Node::Element(_) => None,
    });
    texts.collect()
}

#[cfg(test)]
pub(crate) mod tests;
