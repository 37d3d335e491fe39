//! Every bound on what comes from outside, in one place.

/// Words of one text that are analysed; what follows them is not searchable. The longest
/// dispatches and transcripts have about 30,000 words.
pub const MAX_TOKENS: usize = 100_000;

/// Bytes of one word that count; longer ones are cut. The longest words of real copy (chemical
/// names, German compounds in Cyrillic transliteration) stay under it.
pub const MAX_TOKEN_BYTES: usize = 120;

/// Characters of a query.
pub const MAX_QUERY_CHARS: usize = 1_000;

/// Words, phrases and conditions of a query.
pub const MAX_QUERY_CLAUSES: usize = 64;

/// Parentheses within parentheses.
pub const MAX_QUERY_DEPTH: usize = 16;

/// The most words apart that `near/N` may let two words stand.
pub const MAX_NEAR: u8 = 50;

/// Places left free between the headline and the copy of a story: more than [`MAX_NEAR`], so that neither a phrase nor a
/// `near` begins in the one and ends in the other.
pub(crate) const PART_GAP: u32 = 64;

/// Stories one search returns.
pub const MAX_LIMIT: usize = 1_000;

/// How deep relevance results can be paged; deeper pages come from narrower queries.
pub const MAX_OFFSET: usize = 10_000;

/// Values counted of each facet.
pub const MAX_FACET_VALUES: usize = 100;

/// Months counted of a search: a century.
pub const MONTHS_MAX: usize = 1_200;

/// Characters of one facet value that count.
pub const MAX_FACET_CHARS: usize = 200;

/// Facet values of one story and kind that are indexed.
pub const MAX_FACETS_PER_KIND: usize = 200;
