//! Archives of other publishing systems: what their exports hold, counted by their tags, against what is read.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod feeds_support;

use std::path::Path;

use courant_formats::incoming::{Arrival, Content, Reading};
use courant_formats::wxr::{self, Export, Kind};
use courant_formats::{feed_in, ghost};
use courant_news::NewsItem;
use feeds_support::{data, files};
use serde_json::Value;

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None }
}

fn item(arrival: &Arrival) -> Option<&NewsItem> {
    match &arrival.read.as_ref().ok()?.content {
        Content::Story(item) => Some(item),
        Content::Withdrawal(_) => None,
    }
}

/// A file, unpacked when it is packed.
fn unpacked(path: &Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    if !bytes.starts_with(b"\x1f\x8b") {
        return bytes;
    }
    // The last four bytes of a gzip file are the length of what is inside.
    let len = u32::from_le_bytes(bytes[bytes.len() - 4..].try_into().unwrap());
    let mut out = vec![0; usize::try_from(len).unwrap()];
    libdeflater::Decompressor::new().gzip_decompress(&bytes, &mut out).unwrap();
    out
}

/// What an export holds, by its tags.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    posts: usize,
    pages: usize,
    attachments: usize,
    others: usize,
    published: usize,
    authors: usize,
    categories: usize,
    comments: usize,
}

impl Count {
    /// Counts without the reader: the text between tags, character data or not.
    fn of_text(text: &str) -> Self {
        let mut count = Self::default();
        let values = |item: &str, tag: &str| -> Vec<String> {
            let open = format!("<wp:{tag}>");
            let found = item.split(&open).skip(1).map(|behind| behind.split(&format!("</wp:{tag}>")).next().unwrap().to_owned());
            found.map(|value| value.replace("<![CDATA[", "").replace("]]>", "").trim().to_owned()).collect()
        };
        let (head, items) = text.split_once("<item>").unwrap_or((text, ""));
        count.authors = values(head, "author_login").len();
        for item in items.split("<item>").filter(|item| !item.trim().is_empty()) {
            let kind = values(item, "post_type").first().cloned().unwrap_or_default();
            match kind.as_str() {
                "post" => count.posts += 1,
                "page" => count.pages += 1,
                "attachment" => count.attachments += 1,
                _ => count.others += 1,
            }
            let is_open = values(item, "post_password").iter().all(String::is_empty);
            let is_published = values(item, "status").first().is_some_and(|status| status == "publish");
            count.published += usize::from(is_published && is_open && matches!(kind.as_str(), "post" | "page"));
            count.categories += item.matches("</category>").count();
            count.comments += item.matches("<wp:comment_id>").count();
        }
        count
    }

    fn of_export(export: &Export) -> Self {
        let of = |kind: Kind| export.items.iter().filter(|item| item.kind() == kind).count();
        Self {
            posts: of(Kind::Post),
            pages: of(Kind::Page),
            attachments: of(Kind::Attachment),
            others: of(Kind::Other),
            published: export.items.iter().filter(|item| item.is_story() && item.is_public()).count(),
            authors: export.authors.len(),
            categories: export.items.iter().map(|item| item.terms.len()).sum(),
            comments: export.items.iter().map(|item| item.n_comments).sum(),
        }
    }
}

#[test]
fn every_item_of_a_wordpress_export_is_counted() {
    let mut sum = Count::default();
    let (mut n_files, mut n_stories, mut refused) = (0, 0, Vec::new());
    for (set, under) in [("migrate-wordpress", ""), ("migrate-ghost", "mg-wp-xml")] {
        let Some(folder) = data(set).map(|folder| folder.join(under)) else { return };
        for path in files(&folder) {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            if name == "README.md" {
                continue;
            }
            let bytes = unpacked(&path);
            let export = match wxr::read(&bytes) {
                Ok(export) => export,
                Err(problem) => {
                    refused.push(format!("{name}: {problem}"));
                    continue;
                }
            };
            n_files += 1;
            let counted = Count::of_export(&export);
            if name == "importer/namespace-edge-cases.xml" {
                // Names that are WordPress's only to look at: counting tags would count them.
                assert_eq!((counted.posts, counted.others, counted.authors), (5, 1, 2), "{counted:?}");
            } else {
                assert_eq!(counted, Count::of_text(&String::from_utf8_lossy(&bytes)), "{name}");
            }
            let arrivals = wxr::stories(&export, &reading());
            for arrival in &arrivals {
                let item = match &arrival.read {
                    Ok(_) => item(arrival).unwrap(),
                    Err(problem) => {
                        println!("    {name} {:?}: {problem}", arrival.at);
                        assert!(problem.to_string().contains("is missing, and there is no text"), "{problem}");
                        continue;
                    }
                };
                n_stories += 1;
                let source =
                    export.items.iter().find(|source| courant_formats::incoming::Position::Line(source.line) == arrival.at).unwrap();
                check_story(item, source, &export, &name);
            }
            assert_eq!(arrivals.len(), counted.published, "{name}: every published post and page arrives");
            sum.posts += counted.posts;
            sum.pages += counted.pages;
            sum.attachments += counted.attachments;
            sum.authors += counted.authors;
            sum.categories += counted.categories;
            sum.published += counted.published;
        }
    }
    println!("WordPress: {n_files} exports, {sum:?}; {n_stories} stories; refused {}:", refused.len());
    for refused in &refused {
        println!("    {refused}");
    }
    assert!(refused.iter().any(|refused| refused.starts_with("importer/malformed.xml")), "{refused:?}");
    assert!(refused.iter().any(|refused| refused.starts_with("importer/missing-version-tag.xml")), "{refused:?}");
    assert!(refused.iter().any(|refused| refused.starts_with("importer/invalid-version-tag.xml")), "{refused:?}");
}

/// Date, author and categories of a story are those of its post.
fn check_story(item: &NewsItem, source: &wxr::Item, export: &Export, name: &str) {
    let given = source.date_gmt.replace(' ', "T") + "Z";
    if let Ok(at) = given.parse::<jiff::Timestamp>() {
        assert_eq!(item.times.first_moved_at, at.min(reading().now), "{name} line {}", source.line);
    }
    let printed = export.authors.iter().find(|(login, _)| *login == source.login).map_or(&source.login, |(_, name)| name);
    if !printed.trim().is_empty() {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&item.bylines[0].name), words(printed), "{name} line {}", source.line);
    }
    for term in source.terms.iter().filter(|term| matches!(&*term.domain, "category" | "post_tag") && !term.name.is_empty()) {
        let is_kept = item.keywords.iter().any(|keyword| keyword.as_str().starts_with(term.name.split_whitespace().next().unwrap()));
        assert!(is_kept, "{name} line {}: {term:?} is not among {:?}", source.line, item.keywords);
    }
}

#[test]
fn every_post_of_a_ghost_export_is_counted() {
    let Some(folder) = data("migrate-ghost") else { return };
    let (mut n_files, mut n_posts, mut n_stories, mut n_private) = (0, 0, 0, 0);
    for path in files(&folder) {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        if !["mg-assetscraper-db", "mg-json", "mg-linkfixer"].iter().any(|own| name.starts_with(own)) {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let whole: Value = serde_json::from_slice(&bytes).unwrap();
        let posts = ["/db/0/data/posts", "/data/posts", "/result/posts", "/posts"]
            .iter()
            .find_map(|at| whole.pointer(at))
            .unwrap()
            .as_array()
            .unwrap();
        let export = ghost::read(&bytes).unwrap();
        assert_eq!(export.posts.len(), posts.len(), "{name}");
        let arrivals = ghost::stories(&export, &reading());
        let public: Vec<&Value> = posts
            .iter()
            .map(|post| post.get("data").unwrap_or(post))
            .filter(|post| matches!(post["status"].as_str(), None | Some("published" | "sent")))
            .collect();
        assert_eq!(arrivals.len(), public.len(), "{name}");
        for (arrival, post) in arrivals.iter().zip(&public) {
            let item = item(arrival).unwrap_or_else(|| panic!("{name}: {:?}", arrival.read));
            n_stories += 1;
            assert_eq!(item.headline.as_str(), post["title"].as_str().unwrap().split_whitespace().collect::<Vec<_>>().join(" "), "{name}");
            let date = post["published_at"].as_str().or_else(|| post["created_at"].as_str()).unwrap();
            let date = if date.ends_with('Z') { date.to_owned() } else { format!("{date}Z") };
            assert_eq!(item.times.first_moved_at, date.parse::<jiff::Timestamp>().unwrap(), "{name}");
            if let Some(author) = post["author"]["data"]["name"].as_str() {
                assert_eq!(&*item.bylines[0].name, author, "{name}");
            }
            let inside = post["tags"].as_array().into_iter().flatten().filter_map(|tag| tag["data"]["name"].as_str());
            let n_tags = inside.filter(|tag| !tag.is_empty() && !tag.starts_with('#')).collect::<std::collections::BTreeSet<_>>().len();
            assert!(n_tags <= item.keywords.len(), "{name}: {n_tags} tags, {:?}", item.keywords);
            assert!(
                !item.body.is_empty() || post["html"].as_str().is_none_or(|html| !html.contains(char::is_alphabetic)),
                "{name}: the copy is lost"
            );
        }
        n_files += 1;
        n_posts += posts.len();
        n_private += posts.len() - public.len();
    }
    println!("Ghost: {n_files} exports with {n_posts} posts, {n_stories} stories, {n_private} not public");
    assert!(8 <= n_files && n_stories == n_posts - n_private);
}

#[test]
fn feeds_among_the_exports_are_read_as_feeds() {
    let Some(folder) = data("migrate-ghost") else { return };
    for (file, n_items) in [("mg-libsyn/feed.xml", "<item>"), ("mg-squarespace-xml/sample.xml", "<item>")] {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let feed = feed_in::read(&bytes, &feed_in::Origin::default()).unwrap();
        assert_eq!(feed.entries.len(), String::from_utf8_lossy(&bytes).matches(n_items).count(), "{file}");
    }
}
