//! The cases of feedparser, whose expectations are in its own names; here they are asked in ours.
//!
//! What we have no place for is named in [`NOT_KEPT`], what we do otherwise on purpose in [`OTHERWISE`]. All else must hold.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod feeds_support;

use courant_formats::feed_in::{self, Author, Dialect, Entry, Feed, Origin};
use courant_formats::html;
use courant_news::{Block, plain_text};
use feeds_support::data;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

/// Of the expectations that concern what we keep, at least so many in a hundred hold.
const HOLD_PERCENT_MIN: usize = 97;

/// What an expectation asks for that a [`Feed`] has no place for, and why it needs none. `#` stands for a number.
const NOT_KEPT: &[(&str, &str)] = &[
    ("entries.#.source", "the feed an entry was taken from is not kept"),
    ("entries.#.where", "geography is not read from feeds"),
    ("entries.#.itunes", "of podcasts only their files are kept"),
    ("entries.#.psc_chapters", "of podcasts only their files are kept"),
    ("feed.itunes", "of podcasts only their files are kept"),
    ("entries.#.contributors", "only authors are credited"),
    ("feed.contributors", "only authors are credited"),
    ("feed.info", "an element that Atom dropped in 2005"),
    ("feed.docs", "where RSS is explained is of no use"),
    ("feed.generator", "which program wrote a feed is of no use"),
    ("feed.image", "the logo of a feed is not shown"),
    ("feed.logo", "the logo of a feed is not shown"),
    ("feed.textinput", "a search form of 1999"),
    ("feed.cloud", "push of 2001; WebSub replaced it"),
    ("feed.ttl", "how often to fetch is the fetcher's own rule"),
    ("feed.thr_", "threads of comments are not read"),
    ("feed.newlocation", "redirects are the fetcher's"),
    ("feed.validity", "the validity of RSS 3 and DC terms is not read"),
    ("feed.publisher", "only authors are credited"),
    ("entries.#.publisher", "only authors are credited"),
    ("entries.#.wfw_commentrss", "comments are not read"),
    ("entries.#.expired_parsed", "an expiry is not read from feeds"),
    ("entries.#.license", "licences are not read from feeds"),
    ("entries.#.madeup_element", "unknown elements are dropped"),
    ("entries.#.abcdefg", "unknown elements are dropped"),
    ("entries.#.media_player", "a page that plays a film is no file"),
    ("entries.#.guidislink", "a guid that is an address becomes the link; that it did is not kept"),
    ("entries.#.updated", "an instant is kept, not its spelling"),
    ("entries.#.created", "an instant is kept, not its spelling"),
    ("entries.#.published", "an instant is kept, not its spelling"),
    ("feed.updated", "an instant is kept, not its spelling"),
    ("feed.created", "an instant is kept, not its spelling"),
    ("feed.published", "an instant is kept, not its spelling"),
    ("modified_parsed", "the header of an answer is the fetcher's"),
    ("entries.#.links", "of links, the page and the files are kept, without their relations"),
    ("feed.links", "of links, the page and the files are kept, without their relations"),
    ("entries.#.image.href", "a picture is among the media"),
    ("feed.guid", "a feed has an id in Atom only"),
    ("feed.category", "asked as feed.tags"),
    ("entries.#.content.#.src", "content elsewhere is a link"),
    ("entries.#.content.#.type", "content is blocks, whatever it was"),
];

/// Parts of a path that ask for what is kept for the whole entry only.
const NOT_KEPT_OF_A_PART: &[(&str, &str)] = &[
    (".base", "addresses are absolute, so no base is kept"),
    ("_detail.type", "words are plain and copy is blocks, whatever they were"),
    ("title_detail.language", "an entry has one language, that of its copy"),
    ("summary_detail.language", "an entry has one language, that of its copy"),
    ("tagline_detail.language", "an entry has one language, that of its copy"),
    ("copyright_detail.language", "an entry has one language, that of its copy"),
];

/// Cases where we do otherwise on purpose, by the beginning of their path.
const OTHERWISE: &[(&str, &str)] = &[
    ("encoding/utf-32", "UTF-32 is not read; the Encoding Standard dropped it"),
    ("encoding/bozo_linenoise", "bytes that are no text in any encoding"),
    ("encoding/bozo_http_text_plain", "the media type of an answer is the fetcher's to judge"),
    ("illformed/chardet/koi8r", "KOI8-U is KOI8-R with Ukrainian letters, and the Encoding Standard guesses it"),
    ("entities/lang.xml", "HTML 5 gives this name another letter"),
    ("entities/rang.xml", "HTML 5 gives this name another letter"),
    ("wellformed/cdf/", "Microsoft's Channel Definition Format of 1997 is not read"),
    ("wellformed/itunes/", "the shelves of podcast shops are not read"),
    ("wellformed/atom/entry_created_multiple_values", "of several dates the first counts"),
    ("wellformed/atom10/entry_authors_uri", "somebody without a name or an address for mail is nobody"),
    ("wellformed/atom10/feed_authors_uri", "somebody without a name or an address for mail is nobody"),
    ("wellformed/base/http_feed_author_url_base_docuri", "somebody without a name or an address for mail is nobody"),
    (
        "wellformed/atom10/entry_content_div_escaped_markup",
        "XHTML means what it says: escaped markup in it is words (RFC 4287, section 3.1.1.3)",
    ),
    ("wellformed/media-rss/item_media_category_scheme1", "the vocabulary that Media RSS takes for granted is none"),
    ("wellformed/rss/entity_in_doctype", "nobody's entities are expanded"),
    (
        "wellformed/rss/item_description_and_summary",
        "the description is the text, and a summary that RSS does not know stands in for it only",
    ),
    (
        "wellformed/rss/item_summary_and_description",
        "the description is the text, and a summary that RSS does not know stands in for it only",
    ),
    ("wellformed/rss/item_image_link_conflict", "names of hosts are written in small letters (RFC 3986, section 6.2.2.1)"),
    ("wellformed/sanitize/entry_summary_iframe", "an element that is removed and never ends takes what follows with it, as in a browser"),
    ("wellformed/sanitize/feed_subtitle_iframe", "an element that is removed and never ends takes what follows with it, as in a browser"),
    ("wellformed/sanitize/entry_title_object", "an element that is removed and never ends takes what follows with it, as in a browser"),
    ("wellformed/sanitize/feed_copyright_object", "an element that is removed and never ends takes what follows with it, as in a browser"),
    ("wellformed/sanitize/feed_subtitle_object", "an element that is removed and never ends takes what follows with it, as in a browser"),
    ("wellformed/sanitize/feed_title_object", "an element that is removed and never ends takes what follows with it, as in a browser"),
    ("wellformed/sanitize/item_fullitem_object", "an element that is removed and never ends takes what follows with it, as in a browser"),
];

/// Why the label of a document that any encoding spells alike is not asked for.
const SAME_IN_ANY: &str = "bytes of ASCII are the same text in any of these encodings, and are called UTF-8 (counted as holding)";

#[derive(Default)]
struct Count {
    held: usize,
    failed: Vec<String>,
    not_kept: std::collections::BTreeMap<&'static str, usize>,
    otherwise: std::collections::BTreeMap<&'static str, usize>,
}

#[test]
fn what_feedparser_expects_holds() {
    let Some(folder) = data("feeds-feedparser") else { return };
    let expectations = std::fs::read_to_string(folder.join("expectations.jsonl")).unwrap();
    let (mut count, mut n_cases, mut n_whole) = (Count::default(), 0, 0);
    for line in expectations.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (Some(file), Some(checks)) = (case["file"].as_str(), case["checks"].as_array()) else { continue };
        n_cases += 1;
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let headers = &case["http_headers"];
        let header = |name: &str| {
            let headers = headers.as_object()?;
            headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1.as_str()
        };
        let charset = header("content-type").and_then(|kind| kind.split("charset=").nth(1)).map(|set| set.trim_matches(['"', '\'', ' ']));
        let here = format!("http://127.0.0.1:8097/tests/{file}");
        let joined = header("content-location").and_then(|place| Some(url::Url::parse(&here).unwrap().join(place).ok()?.to_string()));
        let url = joined.as_deref().or(Some(here.as_str()).filter(|_| file.contains("/http_") || file.contains("docuri")));
        let read = feed_in::read(&bytes, &Origin { url, charset });
        let n_failed = count.failed.len();
        for check in checks {
            ask(file, &bytes, check, read.as_ref(), &mut count);
        }
        n_whole += usize::from(n_failed == count.failed.len());
    }
    let n_asked = count.held + count.failed.len() + count.otherwise.values().sum::<usize>();
    println!("feedparser: {n_cases} cases, of {n_asked} expectations {} hold ({n_whole} cases whole)", count.held);
    for (reason, n) in &count.not_kept {
        println!("    not asked {n}: {reason}");
    }
    for (reason, n) in &count.otherwise {
        println!("    otherwise {n}: {reason}");
    }
    for failed in &count.failed {
        println!("    fails: {failed}");
    }
    assert_eq!(count.failed.len(), 1, "what fails is listed: only a feed that is broken in its last letter is not called so");
    let held = count.held + count.otherwise.get(SAME_IN_ANY).copied().unwrap_or_default();
    assert!(HOLD_PERCENT_MIN * n_asked <= 100 * held, "{held} of {n_asked}");
}

fn ask(file: &str, bytes: &[u8], check: &Value, read: Result<&Feed, &courant_formats::incoming::Refused>, count: &mut Count) {
    let path: Vec<String> =
        check["path"].as_array().unwrap().iter().map(|part| part.as_str().map_or("#".to_owned(), str::to_owned)).collect();
    let name = path.join(".");
    let exact = |known: &&(&'static str, &'static str)| {
        name == known.0 || name.starts_with(&format!("{}.", known.0)) || (known.0.ends_with('_') && name.starts_with(known.0))
    };
    let family = |known: &&(&'static str, &'static str)| {
        exact(known)
            || ([
                "feed.info",
                "feed.generator",
                "feed.publisher",
                "entries.#.publisher",
                "feed.itunes",
                "entries.#.itunes",
                "feed.validity",
            ]
            .contains(&known.0)
                && name.starts_with(known.0))
    };
    if let Some((_, reason)) = NOT_KEPT.iter().find(family).or_else(|| NOT_KEPT_OF_A_PART.iter().find(|(part, _)| name.ends_with(part))) {
        *count.not_kept.entry(reason).or_default() += 1;
        return;
    }
    let found = match read {
        Ok(feed) => match holds(feed, check, &name) {
            Ok(()) => {
                count.held += 1;
                return;
            }
            Err(found) => format!("found {found}"),
        },
        Err(refused) => format!("refused: {refused}"),
    };
    let is_same = name == "encoding" && bytes.is_ascii() && read.is_ok_and(|feed| feed.encoding == "UTF-8");
    let on_purpose = OTHERWISE.iter().find(|(start, _)| file.starts_with(start)).map(|(_, reason)| *reason);
    match on_purpose.or(is_same.then_some(SAME_IN_ANY)) {
        Some(reason) => *count.otherwise.entry(reason).or_default() += 1,
        None => count.failed.push(format!("{file} {name} {} {}: {found}", check["op"], check["value"])),
    }
}

/// Whether an expectation holds; if not, what is there instead.
fn holds(feed: &Feed, check: &Value, name: &str) -> Result<(), String> {
    let op = check["op"].as_str().unwrap();
    if name == "bozo" {
        let is_bozo = if op == "falsy" { feed.is_broken } else { feed.is_broken || !feed.repairs.is_empty() };
        return said(is_bozo == (op == "truthy"), || format!("{:?}", feed.repairs));
    }
    let expected = &check["value"];
    if op == "ne" {
        return said(feed.entries.iter().any(|entry| !entry.categories.is_empty()), || "nothing".to_owned());
    }
    let numbers: Vec<usize> =
        check["path"].as_array().unwrap().iter().filter_map(Value::as_u64).map(|number| usize::try_from(number).unwrap()).collect();
    let number = numbers.get(1).copied().unwrap_or_default();
    let text = expected.as_str().unwrap_or_default();
    if name == "version" {
        return said(dialect_names(feed.dialect).contains(&text), || format!("{:?}", feed.dialect));
    }
    if name == "encoding" {
        let known = encoding_rs::Encoding::for_label(text.as_bytes()).map(encoding_rs::Encoding::name);
        return said(known == Some(feed.encoding), || feed.encoding.to_owned());
    }
    if let Some(field) = name.strip_prefix("feed.") {
        return match field {
            "title" | "title_detail.value" => line(feed.title.as_deref(), text),
            "description" | "subtitle" | "tagline" | "subtitle_detail.value" | "tagline_detail.value" => {
                line(feed.description.as_deref(), text)
            }
            "copyright" | "rights" | "copyright_detail.value" => line(feed.rights.as_deref(), text),
            "link" => line(feed.link.as_deref(), text),
            "id" => line(feed.id.as_deref(), text),
            "language" => line(feed.language.as_ref().map(courant_news::Lang::as_str), &text.to_lowercase()),
            "updated_parsed" => instant(feed.updated.or(feed.published), expected),
            "published_parsed" | "created_parsed" => instant(feed.published, expected),
            "tags" => {
                said(feed.categories.is_empty() == (expected.as_array().is_none_or(Vec::is_empty)), || format!("{:?}", feed.categories))
            }
            "tags.#.term" => line(feed.categories.get(numbers[0]).map(|category| &*category.term), text),
            "tags.#.scheme" => line(feed.categories.get(numbers[0]).and_then(|category| category.scheme.as_deref()), text),
            field => person(&feed.authors, numbers.first().copied().unwrap_or_default(), field, text),
        };
    }
    let Some(entry) = numbers.first().and_then(|number| feed.entries.get(*number)) else { return Err("no such entry".to_owned()) };
    match name.strip_prefix("entries.#.").unwrap_or(name) {
        "title" | "title_detail.value" => line(entry.title.as_deref(), text),
        "description" | "summary" | "summary_detail.value" => match &entry.summary {
            Some(summary) => line(Some(summary), text),
            None => copy(&entry.text, text),
        },
        "content.#.value" => copy(&entry.text, text),
        "content.#.language" | "language" => {
            line(entry.language.as_ref().map(courant_news::Lang::as_str), &text.to_lowercase().replace('_', "-"))
        }
        "link" => line(entry.link.as_deref(), text),
        "id" | "guid" => line(Some(&entry.id), text),
        "rights" | "copyright" => line(entry.rights.as_deref(), text),
        "updated_parsed" => instant(entry.updated.or(entry.published), expected),
        "published_parsed" | "created_parsed" => instant(entry.published, expected),
        "tags.#.term" | "category" => line(entry.categories.get(number).map(|category| &*category.term), text),
        "tags.#.scheme" => line(entry.categories.get(number).and_then(|category| category.scheme.as_deref()), text),
        "tags.#.label" => line(entry.categories.get(number).and_then(|category| category.label.as_deref()), text),
        "enclosures.#.href" | "enclosures.#.url" | "media_thumbnail.#.url" => line(entry.media.get(number).map(|file| &*file.url), text),
        "enclosures.#.type" => line(entry.media.get(number).and_then(|file| file.media_type.as_deref()), text),
        field => person(&entry.authors, number, field, text),
    }
    .map_err(|found| format!("{found} of {}", brief(entry)))
}

fn brief(entry: &Entry) -> String {
    format!("title {:?} summary {:?} text {:?}", entry.title, entry.summary, plain_text(&entry.text))
}

fn person(authors: &[Author], number: usize, field: &str, text: &str) -> Result<(), String> {
    let author = authors.get(number).cloned().unwrap_or_default();
    let part = match field {
        "author_detail.name" | "authors.#.name" => author.name,
        "author_detail.email" | "authors.#.email" => author.email,
        "author_detail.url" | "authors.#.url" => author.uri,
        "author" => {
            let (name, email) = (author.name.unwrap_or_default(), author.email.map(|email| format!("({email})")).unwrap_or_default());
            Some(format!("{name} {email}").trim().trim_matches(['(', ')'].as_slice()).into()).map(|printed: Box<str>| {
                if printed.contains('(') && !printed.ends_with(')') { format!("{printed})").into() } else { printed }
            })
        }
        field => return Err(format!("nothing is asked for {field}")),
    };
    line(part.as_deref(), text)
}

fn line(found: Option<&str>, expected: &str) -> Result<(), String> {
    // An expectation may be markup or not; it does not say.
    let found = found.unwrap_or_default();
    said(found == expected.trim() || found == html::to_line(expected), || format!("{found:?}"))
}

/// Copy is the same when the blocks are the same as those of the markup that is expected.
fn copy(found: &[Block], expected: &str) -> Result<(), String> {
    let (blocks, _) = html::to_blocks(expected);
    said(found == blocks || plain_text(found).trim() == expected.trim(), || format!("{found:?}, not {expected:?}"))
}

fn instant(found: Option<Timestamp>, expected: &Value) -> Result<(), String> {
    let numbers: Vec<i64> = expected.as_array().into_iter().flatten().filter_map(Value::as_i64).take(6).collect();
    let found = found.map(|at| {
        let at = at.to_zoned_datetime(TimeZone::UTC);
        [at.year().into(), at.month().into(), at.day().into(), at.hour().into(), at.minute().into(), at.second().into()]
    });
    said(found.is_some_and(|found: [i64; 6]| found.as_slice() == numbers), || format!("{found:?}"))
}

fn said(holds: bool, found: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(found()) }
}

fn dialect_names(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Rss => &["rss", ""],
        Dialect::Rss090 => &["rss090"],
        Dialect::Rss091 => &["rss091n", "rss091u"],
        Dialect::Rss092 => &["rss092"],
        Dialect::Rss093 => &["rss093"],
        Dialect::Rss094 => &["rss094"],
        Dialect::Rss10 => &["rss10"],
        Dialect::Rss20 => &["rss20"],
        Dialect::Atom03 => &["atom03"],
        Dialect::Atom10 => &["atom10"],
        Dialect::JsonFeed10 => &["json1"],
        Dialect::JsonFeed11 => &["json11"],
    }
}
