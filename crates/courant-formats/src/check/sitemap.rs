//! Sitemaps 0.9, indexes of them, and news sitemaps.

use std::collections::HashSet;

use jiff::SignedDuration;
use url::Url;

use super::rules::{self, Rule};
use super::tree::{Document, Element};
use super::{Asked, Finding, values};

/// The namespace of sitemaps and of news in them.
pub(super) const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";
/// The most addresses of a file.
const URLS_MAX: usize = 50_000;
/// The most stories of a news sitemap, and how old they may be.
const NEWS_MAX: usize = 1_000;
const NEWS_AGE_MAX: SignedDuration = SignedDuration::from_hours(48);
/// A page of a cache may be this much older than the moment it is looked at.
const AGE_GRACE: SignedDuration = SignedDuration::from_mins(30);
const LOC_LEN_MAX: usize = 2_048;

/// Checks a file of so many bytes.
pub(super) fn check(doc: &Document<'_>, len_bytes: usize, asked: &Asked<'_>) -> Vec<Finding> {
    let mut examiner = Examiner { doc, asked, findings: Vec::new() };
    let root = &doc.root;
    if root.namespace.as_deref() != Some(NAMESPACE) {
        examiner.note(rules::SITEMAP_NAMESPACE, root, "", root.namespace.as_deref().unwrap_or_default());
    }
    if super::DOCUMENT_LEN_BYTES_MAX < len_bytes {
        examiner.note(rules::SITEMAP_TOO_LARGE, root, "", &len_bytes.to_string());
    }
    let entry = match root.local {
        "urlset" => "url",
        "sitemapindex" => "sitemap",
        name => {
            examiner.note(rules::SITEMAP_ELEMENT, root, "", name);
            return examiner.findings;
        }
    };
    // What holds of the whole comes first: a report ends somewhere.
    let entries = || root.children().filter(|child| child.local == entry && child.namespace == root.namespace);
    let n_urls = entries().count();
    let n_news: usize = entries().map(|child| child.children().filter(|inner| inner.is(Some(NEWS), "news")).count()).sum();
    let is_news = doc.declared.iter().any(|declared| &*declared.uri == NEWS);
    if n_urls == 0 && !is_news {
        examiner.note(rules::SITEMAP_EMPTY, root, "", "");
    }
    if URLS_MAX < n_urls {
        examiner.note(rules::SITEMAP_TOO_MANY, root, "", &n_urls.to_string());
    }
    if NEWS_MAX < n_news {
        examiner.note(rules::NEWS_TOO_MANY, root, "", &n_news.to_string());
    }
    let host = asked.address.and_then(|address| Url::parse(address).ok()).map(|url| url.origin());
    let mut seen = HashSet::new();
    for child in root.children() {
        if child.local == entry && child.namespace == root.namespace {
            examiner.entry(child, host.as_ref(), &mut seen);
        } else {
            examiner.note(rules::SITEMAP_ELEMENT, child, "", child.local);
        }
    }
    examiner.findings
}

struct Examiner<'d, 't> {
    doc: &'d Document<'t>,
    asked: &'d Asked<'d>,
    findings: Vec<Finding>,
}

impl<'t> Examiner<'_, 't> {
    fn note(&mut self, rule: &'static Rule, element: &Element<'_>, child: &str, value: &str) {
        if super::FINDINGS_MAX <= self.findings.len() {
            return;
        }
        let (parent, name) =
            if child.is_empty() { (String::new(), element.local.to_owned()) } else { (element.local.to_owned(), child.to_owned()) };
        let place = self.doc.place(element.at);
        self.findings.push(Finding::at(rule, rule.standard, rule.clause, (parent, name, None), value, Some(place)));
    }

    fn entry(&mut self, entry: &Element<'t>, host: Option<&url::Origin>, seen: &mut HashSet<String>) {
        let mut has_loc = false;
        for child in entry.children() {
            if child.is(Some(NEWS), "news") {
                self.news(child);
                continue;
            }
            if child.namespace != entry.namespace {
                continue;
            }
            let text = child.text();
            let text = text.trim();
            match child.local {
                "loc" => {
                    has_loc = true;
                    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
                    match url {
                        Some(_) if LOC_LEN_MAX < text.chars().count() => self.note(rules::SITEMAP_LOC, child, "", text),
                        Some(url) if host.is_some_and(|host| *host != url.origin()) => self.note(rules::SITEMAP_HOST, child, "", text),
                        Some(_) => {}
                        None => self.note(rules::SITEMAP_LOC, child, "", text),
                    }
                    if !seen.insert(text.to_owned()) {
                        self.note(rules::SITEMAP_DUPLICATE, child, "", text);
                    }
                }
                "lastmod" => match values::w3cdtf(text, self.asked.now) {
                    Some(rule) if rule == rules::INVALID_W3CDTF_DATE => self.note(rules::SITEMAP_LASTMOD, child, "", text),
                    Some(_) => self.note(rules::SITEMAP_FUTURE, child, "", text),
                    None => {}
                },
                "changefreq" => {
                    if !matches!(text, "always" | "hourly" | "daily" | "weekly" | "monthly" | "yearly" | "never") {
                        self.note(rules::SITEMAP_CHANGEFREQ, child, "", text);
                    }
                }
                "priority" => {
                    if !text.parse::<f64>().is_ok_and(|priority| (0.0..=1.0).contains(&priority)) {
                        self.note(rules::SITEMAP_PRIORITY, child, "", text);
                    }
                }
                name => self.note(rules::SITEMAP_ELEMENT, child, "", name),
            }
        }
        if !has_loc {
            self.note(rules::SITEMAP_LOC, entry, "loc", "");
        }
    }

    fn news(&mut self, news: &Element<'t>) {
        let find = |element: &Element<'t>, name: &str| {
            element.children().find(|child| child.is(Some(NEWS), name)).map(|child| (child.at, child.text().trim().to_owned()))
        };
        match news.children().find(|child| child.is(Some(NEWS), "publication")) {
            Some(publication) => {
                if find(publication, "name").is_none_or(|(_, name)| name.is_empty()) {
                    self.note(rules::NEWS_MISSING, publication, "news:name", "");
                }
                match find(publication, "language") {
                    Some((_, language)) if matches!(&*language, "zh-cn" | "zh-tw") => {}
                    Some((_, language)) if language.contains('-') || !values::is_language(&language) => {
                        self.note(rules::NEWS_LANGUAGE, publication, "news:language", &language);
                    }
                    Some(_) => {}
                    None => self.note(rules::NEWS_MISSING, publication, "news:language", ""),
                }
            }
            None => self.note(rules::NEWS_MISSING, news, "news:publication", ""),
        }
        if find(news, "title").is_none_or(|(_, title)| title.is_empty()) {
            self.note(rules::NEWS_MISSING, news, "news:title", "");
        }
        match find(news, "publication_date") {
            Some((_, date)) => match (values::w3cdtf(&date, None), values::instant_of(&date), self.asked.now) {
                (Some(_), ..) => self.note(rules::NEWS_DATE, news, "news:publication_date", &date),
                (None, Some(at), Some(now)) if NEWS_AGE_MAX + AGE_GRACE < now.duration_since(at) => {
                    self.note(rules::NEWS_TOO_OLD, news, "news:publication_date", &date);
                }
                (None, ..) => {}
            },
            None => self.note(rules::NEWS_MISSING, news, "news:publication_date", ""),
        }
    }
}
