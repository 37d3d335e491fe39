//! One address, and a site as a whole: the front page, one page of each kind that is found from it, their other forms, and the files
//! that machines look for.

use std::collections::{HashMap, HashSet, VecDeque};

use courant_formats::check::{self, Asked, Exchange, Finding, Kind};
use reqwest::Url;

use super::Checked;
use super::fetch::{Client, Got, Unanswered};
use crate::clock;

/// How many addresses of a site are looked at.
const ADDRESSES_MAX: usize = 120;
/// How many pages of one shape are looked at.
const OF_A_SHAPE_MAX: usize = 1;
/// How often a page that changes is asked again.
const ASKED_AGAIN_MAX: usize = 3;
/// How many editions of the front page in other languages are looked at.
const EDITIONS_MAX: usize = 8;
/// What machines look for; a site need not have all of them.
const WELL_KNOWN: [&str; 11] = [
    "/robots.txt",
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/.well-known/security.txt",
    "/trust.txt",
    "/.well-known/trust.txt",
    "/feeds.opml",
    "/opensearch.xml",
    "/all.atom",
    "/all.json",
    "/all.package.xml",
];
/// First segments that hold one thing each, so that two of them are of one shape.
const FOLDERS: [&str; 8] = ["topics", "dossiers", "places", "by", "about", "rates", "media", "assets"];
/// First segments that are one page each; any other is a section, and two of them are of one shape.
const FIXED: [&str; 10] = ["", "all", "corrections", "search", "convert", "rates", "topics", "about", "rights", "feeds"];
/// Endings of files that are no documents.
const NO_DOCUMENTS: [&str; 16] =
    ["jpg", "jpeg", "png", "webp", "avif", "gif", "svg", "ico", "css", "js", "mp3", "mp4", "webm", "woff2", "pdf", "zip"];

/// Whether an address is that of a whole site.
pub(super) fn is_site(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.path() == "/" && url.query().is_none())
}

/// Looks at a site.
pub(super) fn walk(client: &Client, address: &str) -> Vec<Checked> {
    let Ok(root) = Url::parse(address) else { return vec![failed(address, check::unanswered("no address"))] };
    let mut waiting: VecDeque<(String, bool)> = VecDeque::from([(root.to_string(), true)]);
    waiting.extend(WELL_KNOWN.iter().filter_map(|path| root.join(path).ok()).map(|url| (url.to_string(), false)));
    let (mut all, mut known, mut shapes) = (Vec::new(), HashSet::new(), HashMap::<String, usize>::new());
    while let Some((address, must_be)) = waiting.pop_front() {
        if ADDRESSES_MAX <= all.len() || !known.insert(address.clone()) {
            continue;
        }
        let (checked, got) = of_address(client, &address, None, None, true);
        let Some(got) = got else {
            all.push(checked);
            continue;
        };
        // Files for machines may be left out; everything a page leads to may not.
        if !must_be && got.status == 404 {
            continue;
        }
        let own = |found: &str| Url::parse(found).is_ok_and(|url| url.origin() == root.origin());
        let mut found: Vec<String> = Vec::new();
        if let Some(page) = &checked.page {
            let is_front = all.is_empty();
            found.extend(page.alternates.iter().map(|(_, href)| href.clone()));
            found.extend(page.links.iter().cloned());
            if is_front {
                // Each edition is a page of its own, whatever its shape.
                let editions = page.editions.iter().take(EDITIONS_MAX).map(|(_, href)| href.clone());
                waiting.extend(editions.filter(|href| own(href)).map(|href| (href, true)));
            }
        }
        found.extend(linked(&got));
        if checked.kind == Some(Kind::Sitemap) {
            found.extend(first_loc(&got.body).filter(|_| got.body.windows(14).any(|window| window == b"<sitemapindex ")));
        }
        for href in found.into_iter().filter(|href| own(href)) {
            let n_seen = shapes.entry(shape(&href)).or_default();
            if *n_seen < OF_A_SHAPE_MAX && is_document(&href) {
                *n_seen += 1;
                waiting.push_back((href, true));
            }
        }
        all.push(checked);
    }
    all
}

/// Looks at one address. `is_walk`: what is no document of a kind is looked at for its headers alone.
pub(super) fn of_address(client: &Client, address: &str, kind: Option<Kind>, ninjs: Option<&str>, is_walk: bool) -> (Checked, Option<Got>) {
    let mut got = match client.get(address) {
        Ok(got) => got,
        Err(Unanswered::Redirects(reason)) => return (failed(address, check::redirected(&reason)), None),
        Err(Unanswered::Fails(reason)) => return (failed(address, check::unanswered(&reason)), None),
    };
    let mut exchange = exchange_of(client, &got);
    // A page that lives may change between two questions; then it is asked anew.
    for _ in 0..ASKED_AGAIN_MAX {
        match client.get(&got.address) {
            Ok(again) if again.body != got.body => {
                exchange = exchange_of(client, &again);
                got = again;
            }
            Ok(_) | Err(_) => break,
        }
    }
    let asked = Asked { address: Some(&got.address), charset: got.charset(), now: Some(clock::now()), ninjs };
    let kind = kind.or_else(|| if is_walk { kind_in_walk(&got, &asked) } else { check::kind_of(&got.body, &asked) });
    let is_whole = got.status == 200;
    let (mut findings, mut page) = (Vec::new(), None);
    if is_whole && (kind.is_some() || !is_walk) {
        findings = check::check(&got.body, kind, &asked).findings;
    }
    if kind == Some(Kind::Page) && is_whole {
        page = Some(check::page_of(&String::from_utf8_lossy(&got.body), &got.address));
    }
    exchange.lang = page.as_ref().and_then(|page| page.lang.clone());
    findings.extend(check::check_exchange(&exchange, kind));
    (Checked { name: got.address.clone(), kind, findings, page }, Some(got))
}

/// The same address, asked in other ways.
fn exchange_of(client: &Client, got: &Got) -> Exchange {
    let tag = got.header("etag").filter(|_| got.status == 200);
    Exchange {
        status: got.status,
        headers: got.headers.clone(),
        len_bytes: got.body.len(),
        head: client.head(&got.address).map(|head| (head.status, head.headers)),
        conditional: tag.and_then(|tag| client.conditional(&got.address, tag)),
        coded: client.coded(&got.address).map(|(coding, body)| (coding, body == got.body)),
        lang: None,
    }
}

fn failed(address: &str, finding: Finding) -> Checked {
    Checked { name: address.to_owned(), kind: None, findings: vec![finding], page: None }
}

/// What an answer is by what the server says of it. Plain text and data of no standard are none.
fn kind_in_walk(got: &Got, asked: &Asked<'_>) -> Option<Kind> {
    let media_type = got.header("content-type")?.split(';').next()?.trim().to_ascii_lowercase();
    let path = Url::parse(&got.address).ok()?.path().to_owned();
    match &*media_type {
        "text/html" | "application/xhtml+xml" => Some(Kind::Page),
        "application/feed+json" => Some(Kind::JsonFeed),
        "application/json" | "application/ninjs+json" => {
            let value: serde_json::Value = serde_json::from_slice(&got.body).ok()?;
            (value["standard"]["name"] == "ninjs").then_some(Kind::Ninjs)
        }
        "text/plain" => match path.rsplit('/').next() {
            Some("robots.txt" | "security.txt" | "trust.txt") => check::kind_of(&got.body, asked),
            Some(_) | None => None,
        },
        "application/rsl+xml" => None,
        other if other.ends_with("xml") || other == "text/x-opml" => check::kind_of(&got.body, asked),
        _ => None,
    }
}

/// Other forms that a `Link` header names.
fn linked(got: &Got) -> Vec<String> {
    let links = got.headers.iter().filter(|(name, _)| name == "link").flat_map(|(_, value)| value.split(", <"));
    let base = Url::parse(&got.address).ok();
    let target = |link: &str| {
        let (href, parameters) = link.trim_start_matches('<').split_once('>')?;
        let is_alternate = parameters.contains("rel=\"alternate\"") || parameters.contains("rel=alternate");
        base.as_ref()?.join(href).ok().filter(|_| is_alternate).map(String::from)
    };
    links.filter_map(target).collect()
}

/// The first address of a sitemap.
fn first_loc(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let (loc, _) = text.split_once("<loc>")?.1.split_once("</loc>")?;
    Some(loc.trim().replace("&amp;", "&"))
}

/// Addresses of one shape are made by one template: `/topics/…`, `/2026/11/23`, `/…/…/….json`.
fn shape(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return String::new() };
    let segments: Vec<&str> = url.path_segments().map(Iterator::collect).unwrap_or_default();
    let ending = segments.last().and_then(|last| last.split_once('.')).map_or("", |(_, ending)| ending);
    let is_number = |segment: &str| !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit());
    let names: Vec<&str> = segments
        .iter()
        .enumerate()
        .map(|(idx, segment)| match segment {
            _ if segments.len() == 1 => {
                Some(segment.split('.').next().unwrap_or_default()).filter(|name| FIXED.contains(name)).unwrap_or("*")
            }
            _ if is_number(segment) => "0",
            _ if idx == 0 && FOLDERS.contains(segment) => segment,
            // What stands behind a story says what it is: versions, timemap.
            _ if idx > 2 => segment,
            _ => "*",
        })
        .collect();
    format!("{}.{ending}{}", names.join("/"), if url.query().is_some() { "?" } else { "" })
}

fn is_document(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let ending = url.path().rsplit_once('.').map_or("", |(_, ending)| ending);
    // A stream never ends.
    // The editions of the front page stand for those of all others.
    let is_edition = url.query().is_some_and(|query| query.starts_with("lang="));
    !is_edition && !NO_DOCUMENTS.contains(&ending) && !url.path().ends_with("/events") && !url.path().starts_with("/api/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_template_are_of_one_shape() {
        let same = |one: &str, other: &str| shape(&format!("http://a{one}")) == shape(&format!("http://a{other}"));
        assert!(same("/topics/economy", "/topics/sport"));
        assert!(same("/2026/11/23", "/2025/01/02"));
        assert!(same("/economy/4n7k0wq2rv5c/fed", "/sport/4n7k0wq2rv5d/final"));
        assert!(!same("/economy/4n7k0wq2rv5c/fed", "/economy/4n7k0wq2rv5c/fed.json"));
        assert!(!same("/economy/4n7k0wq2rv5c/fed.ninjs2.json", "/economy/4n7k0wq2rv5c/fed.json"));
        assert!(!same("/economy/4n7k0wq2rv5c/fed/versions", "/economy/4n7k0wq2rv5c/fed/timemap"));
        assert!(!same("/all", "/corrections"));
        assert!(same("/economy", "/science") && same("/economy.rss", "/science.rss") && !same("/economy", "/economy.rss"));
    }

    #[test]
    fn a_site_is_an_address_without_a_path() {
        assert!(is_site("http://127.0.0.1:8080") && is_site("https://news.example/"));
        assert!(!is_site("https://news.example/all") && !is_site("https://news.example/?q=1"));
    }
}
