//! What the fuzzer does with the bytes it makes: one function a reader, which must end, and end well, whatever they are.
//!
//! `cargo xtask fuzz` builds and runs the targets; each has a file of one line in `fuzz_targets`.

use courant_formats::check::{self, Asked, FINDINGS_MAX, Kind};
use courant_formats::feed_in::{self, Origin};
use courant_formats::incoming::{Arrival, Content, Reading};
use courant_formats::{encoding, ghost, html, iptc7901, newsml_g2, newsml1, ninjs, nitf, source, wxr};
use courant_news::{Block, EventKind, Filter, Inline, NewsItem, plain_text};
use courant_photo::{Container, Metadata, Still};

fn reading() -> Reading<'static> {
    let now = jiff::Timestamp::from_second(1_795_521_600).expect("the instant is one");
    Reading { now, base_url: Some("https://news.example") }
}

/// No copy holds what a page may not, and what is written of it is read again as the same.
fn check_copy(blocks: &[Block]) {
    let markup = html::from_blocks(blocks);
    for tag in markup.split('<').skip(1) {
        let name = tag.trim_start_matches('/').split(['>', ' ', '/']).next().unwrap_or_default();
        const WRITTEN: [&str; 26] = [
            "p",
            "h2",
            "h3",
            "blockquote",
            "footer",
            "ul",
            "ol",
            "li",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "figure",
            "figcaption",
            "picture",
            "source",
            "img",
            "a",
            "em",
            "strong",
            "br",
            "time",
            "data",
        ];
        assert!(WRITTEN.contains(&name) || matches!(name, "span" | "small"), "<{name}> survived in {markup}");
    }
    let (again, cleaned) = html::to_blocks(&markup);
    assert_eq!(again, blocks, "{markup}");
    assert!(cleaned.is_empty(), "{cleaned:?} in {markup}");
}

/// Every address that leads anywhere is one of the web, of mail or of this site.
fn check_links(run: &[Inline]) {
    for inline in run {
        match inline {
            Inline::Link { href, words } => {
                let is_good = href.starts_with('/')
                    || ["http:", "https:", "mailto:"]
                        .iter()
                        .any(|scheme| href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
                assert!(is_good, "{href}");
                check_links(words);
            }
            Inline::Emphasis(words) | Inline::Strong(words) => check_links(words),
            Inline::Text(_) | Inline::Money(_) | Inline::Time { .. } | Inline::Break => {}
        }
    }
}

fn check_blocks(blocks: &[Block]) {
    check_copy(blocks);
    for block in blocks {
        match block {
            Block::Paragraph(run) | Block::SubHead(run) | Block::Correction(run) => check_links(run),
            Block::Quote(quote) => quote.paragraphs.iter().for_each(|run| check_links(run)),
            Block::List(list) => list.lines.iter().for_each(|run| check_links(run)),
            Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|run| check_links(run)),
            Block::Figure(_) => {}
        }
    }
}

fn check_item(item: &NewsItem) {
    assert!(!item.headline.as_str().trim().is_empty());
    let _ = plain_text(&item.body);
    let stored = courant_wire::codec::encode_item(item);
    assert_eq!(courant_wire::codec::decode_item(&stored).as_ref().ok(), Some(item));
}

fn check_arrivals(arrivals: &[Arrival]) {
    assert!(!arrivals.is_empty(), "a document that holds nothing is refused");
    for arrival in arrivals {
        match &arrival.read {
            Ok(incoming) => match &incoming.content {
                Content::Story(item) => check_item(item),
                Content::Withdrawal(withdrawal) => withdrawal.item.iter().for_each(check_item),
            },
            Err(refused) => assert!(!refused.problems.is_empty() && !refused.to_string().is_empty()),
        }
    }
}

/// ninjs, one document and a stream of them.
pub fn ninjs(data: &[u8]) {
    if let Ok(read) = ninjs::read(data, &reading())
        && let Content::Story(item) = &read.content
    {
        check_item(item);
        check_copy(&item.body);
    }
}

/// Streams of documents, and long XML in parts. The last byte says which, so that a document as it is makes a seed.
pub fn source(data: &[u8]) {
    let Some((last, bytes)) = data.split_last() else { return };
    // So short that what the fuzzer makes is too long to be taken whole.
    const WHOLE_LEN_BYTES_MAX: usize = 64;
    let documents: Vec<_> = match last % 3 {
        0 => source::items(bytes, "fuzz").collect(),
        1 => source::items(bytes, "fuzz.jsonl").collect(),
        _ => source::batches(bytes, "fuzz", &["item", "newsItem"], WHOLE_LEN_BYTES_MAX).collect(),
    };
    for document in documents {
        match document {
            Ok(document) => {
                assert!(!document.bytes.is_empty() && document.offset_bytes <= bytes.len() as u64);
                assert!(document.line <= 1 + bytes.len() as u64);
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// Whether a document keeps its standard: the one it looks to be of, and one that the last byte says.
pub fn check(data: &[u8]) {
    check_against(data, None, 0);
    let Some((last, bytes)) = data.split_last() else { return };
    let n_kinds = Kind::ALL.len();
    check_against(bytes, Some(Kind::ALL[usize::from(*last) % n_kinds]), usize::from(*last) / n_kinds);
}

fn check_against(bytes: &[u8], kind: Option<Kind>, charset: usize) {
    let asked = Asked {
        address: Some("https://other.example/feed"),
        charset: [None, Some("utf-8"), Some("shift_jis")][charset % 3],
        now: Some(reading().now),
        ninjs: None,
    };
    let report = check::check(bytes, kind, &asked);
    assert!(report.findings.len() <= FINDINGS_MAX, "{} findings", report.findings.len());
    for finding in &report.findings {
        assert!(check::RULES.iter().any(|rule| rule.id == finding.rule.id), "{}", finding.rule.id);
        // As long as a finding shows at most, and what says that it was cut.
        assert!(finding.value.chars().count() <= 130 && !finding.value.contains('\n'), "{:?}", finding.value);
        let _ = finding.place();
    }
    if kind == Some(Kind::Page)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        let page = check::page_of(text, "https://other.example/page");
        let _ = check::unreturned(&[("https://other.example/page", &page), ("https://other.example/", &page)]);
    }
}

/// NewsML-G2.
pub fn newsml_g2(data: &[u8]) {
    check_arrivals(&newsml_g2::read(data, &reading()));
}

/// NewsML 1.
pub fn newsml1(data: &[u8]) {
    check_arrivals(&newsml1::read(data, &reading()));
}

/// NITF.
pub fn nitf(data: &[u8]) {
    check_arrivals(&nitf::read(data, &reading()));
}

/// The formats of the wire.
pub fn iptc7901(data: &[u8]) {
    check_arrivals(&iptc7901::read(data, &reading()));
}

/// Feeds of others, and pages that name some.
pub fn feed_in(data: &[u8]) {
    const URL: Option<&str> = Some("https://other.example/feed");
    let hints = feed_in::hints(data, URL);
    let found = if feed_in::is_html(data) { feed_in::discover(data, URL) } else { Vec::new() };
    for address in hints.hubs.iter().chain(&hints.topic).chain(&found) {
        assert!(address.starts_with("http://") || address.starts_with("https://"), "{address}");
    }
    let Ok(feed) = feed_in::read(data, &Origin { url: URL, charset: None }) else { return };
    for entry in &feed.entries {
        check_blocks(&entry.text);
        assert!(!entry.id.is_empty());
    }
    for arrival in feed_in::stories(feed, &reading()) {
        if let Ok(incoming) = &arrival.read
            && let Content::Story(item) = &incoming.content
        {
            check_item(item);
        }
    }
}

/// Exports of WordPress.
pub fn wxr(data: &[u8]) {
    let _ = wxr::arrivals(data, &reading());
}

/// Exports of Ghost.
pub fn ghost(data: &[u8]) {
    let _ = ghost::arrivals(data, &reading());
}

/// Markup from outside.
pub fn html(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    check_blocks(&html::to_blocks(text).0);
    check_copy(&html::plain_to_blocks(text));
    let line = html::to_line(text);
    assert!(!line.contains('\n') && line.trim() == line.trim_matches(' '));
}

/// Bytes of any encoding. The last says which label they carry.
pub fn encoding(data: &[u8]) {
    const LABELS: [Option<&str>; 6] = [None, Some("utf-8"), Some("windows-1251"), Some("iso-2022-jp"), Some("utf-16"), Some("nonsense")];
    let Some((last, bytes)) = data.split_last() else { return };
    let found = encoding::decode(bytes, LABELS[usize::from(*last) % LABELS.len()]);
    assert!(found.text.len() <= 3 * bytes.len() + 3);
}

/// The filter in an address: its canonical form means the same.
pub fn filter(data: &[u8]) {
    let Ok(query) = std::str::from_utf8(data) else { return };
    let parsed = Filter::parse(query, &["before"]);
    let canonical = parsed.filter.canonical();
    let again = Filter::parse(&canonical, &[]);
    assert_eq!(again.filter, parsed.filter, "{canonical}");
}

/// The query language of search.
#[cfg(feature = "search")]
pub fn search_query(data: &[u8]) {
    let Ok(typed) = std::str::from_utf8(data) else { return };
    if let Err(error) = courant_search::Query::parse(typed) {
        assert!(!error.to_string().is_empty());
    }
}

/// Pictures: their parts, what they say of themselves, and their pixels.
pub fn photo(data: &[u8]) {
    let Ok(container) = Container::read(data) else { return };
    let metadata = Metadata::read(&container);
    let _ = metadata.says();
    let _ = Still::decode(data, &container, &metadata);
}

/// What banks send.
pub fn rates(data: &[u8]) {
    let _ = courant_rates::readers::read(data, reading().now);
    let _ = courant_rates::readers::form(data);
}

/// The stored form of a story and of what happens to it.
pub fn codec(data: &[u8]) {
    if let Ok(item) = courant_wire::codec::decode_item(data) {
        let stored = courant_wire::codec::encode_item(&item);
        assert_eq!(courant_wire::codec::decode_item(&stored).ok(), Some(item));
    }
    for kind in EventKind::ALL {
        if let Ok(event) = courant_wire::codec::decode(1, kind.as_str(), data) {
            assert_eq!(courant_wire::codec::decode(1, kind.as_str(), &courant_wire::codec::encode(&event)).ok(), Some(event));
        }
    }
}

/// What other media say of who may read them, and their headlines. Up to the first line end it is a path.
#[cfg(feature = "search")]
pub fn robots(data: &[u8]) {
    use courant_press::fetching;

    let Ok(text) = std::str::from_utf8(data) else { return };
    let (path, file) = text.split_once('\n').unwrap_or(("/feed", text));
    let robots = fetching::Robots::parse(file);
    let _ = robots.allows(path);
    let preferences = robots.preferences(path).or(fetching::preferences(path));
    let _ = (preferences.allow_listing(), preferences.allow_training());
    let _ = fetching::is_near_copy(path, file);
    if let Some((headline, _)) = fetching::headline(file) {
        assert!(headline.chars().count() <= fetching::HEADLINE_CHARS_MAX, "{headline}");
        assert!(!headline.contains(['\n', '\r', '\u{202e}', '\u{0}']), "{headline:?}");
    }
}

/// Documents of one piece again and again, long enough that time or memory that grows with the square of it is a finding. The first
/// byte says which reader; the lines behind it are what stands before, the piece, what stands inside, what closes the piece, and what
/// stands behind. In them a carriage return stands for a line end.
pub fn repetition(data: &[u8]) {
    const LEN_BYTES: usize = 512 << 10;
    const READERS: [fn(&[u8]); 13] = [feed_in, html, newsml_g2, ninjs, newsml1, nitf, iptc7901, wxr, ghost, check, source, rates, filter];
    let Some((first, lines)) = data.split_first() else { return };
    let lines: Vec<&[u8]> = lines.splitn(5, |byte| *byte == b'\n').collect();
    let line = |idx: usize| lines.get(idx).copied().unwrap_or_default();
    let (before, piece, inside, closing, behind) = (line(0), line(1), line(2), line(3), line(4));
    let times = LEN_BYTES / (piece.len() + closing.len()).max(1);
    let mut document = [before, &piece.repeat(times), inside, &closing.repeat(times), behind].concat();
    document.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    READERS[usize::from(first.wrapping_sub(b'a')) % READERS.len()](&document);
}
