//! Sitemaps (sitemaps.org 0.9) and news sitemaps (Google's news extension 0.9).
//!
//! A file holds at most [`URLS_MAX`] addresses; more are told apart by an index. Addresses are absolute.

use jiff::Timestamp;
use quick_xml::escape::escape;

/// The most addresses of one file: sitemaps.org allows 50,000 and 50 MB; this keeps well below both.
pub const URLS_MAX: usize = 10_000;
/// The most stories of one news sitemap.
pub const NEWS_MAX: usize = 1_000;

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// An address and when what stands there last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitemapUrl {
    /// The absolute address.
    pub url: Box<str>,
    /// The last change that a reader could see; `None` when nobody knows.
    pub changed_at: Option<Timestamp>,
}

/// A story in a news sitemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsUrl {
    /// The absolute address.
    pub url: Box<str>,
    /// The headline.
    pub title: Box<str>,
    /// The language tag.
    pub lang: Box<str>,
    /// When it first moved.
    pub first_moved_at: Timestamp,
}

/// A file of addresses.
pub fn write_urls(urls: &[SitemapUrl]) -> String {
    document("urlset", &format!(r#" xmlns="{SITEMAP}""#), &entries("url", urls))
}

/// An index of files.
pub fn write_index(files: &[SitemapUrl]) -> String {
    document("sitemapindex", &format!(r#" xmlns="{SITEMAP}""#), &entries("sitemap", files))
}

/// The stories of the last two days; `publication` is the agency's name.
pub fn write_news(publication: &str, stories: &[NewsUrl]) -> String {
    let mut inside = String::new();
    for story in stories {
        inside.push_str(&format!(
            "<url><loc>{}</loc><news:news><news:publication><news:name>{}</news:name><news:language>{}</news:language></news:publication>\
             <news:publication_date>{}</news:publication_date><news:title>{}</news:title></news:news></url>\n",
            escape(&*story.url),
            escape(publication),
            escape(news_language(&story.lang)),
            seconds(story.first_moved_at),
            escape(&*story.title),
        ));
    }
    document("urlset", &format!(r#" xmlns="{SITEMAP}" xmlns:news="{NEWS}""#), &inside)
}

fn document(root: &str, namespaces: &str, inside: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}{namespaces}>\n{inside}</{root}>\n")
}

fn entries(element: &str, urls: &[SitemapUrl]) -> String {
    let mut inside = String::with_capacity(urls.len() * 120);
    for url in urls {
        inside.push_str(&format!("<{element}><loc>{}</loc>", escape(&*url.url)));
        if let Some(at) = url.changed_at {
            inside.push_str(&format!("<lastmod>{}</lastmod>", seconds(at)));
        }
        inside.push_str(&format!("</{element}>\n"));
    }
    inside
}

/// W3C date and time, to the second.
fn seconds(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The extension takes ISO 639 codes, and of those with a region only Chinese: `zh-cn`, `zh-tw`.
fn news_language(lang: &str) -> &str {
    match lang.to_ascii_lowercase().as_str() {
        "zh-cn" | "zh-hans" | "zh-hans-cn" => "zh-cn",
        "zh-tw" | "zh-hant" | "zh-hant-tw" => "zh-tw",
        _ => lang.split('-').next().unwrap_or(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_escaped_and_dated_to_the_second() {
        let at = "2026-11-25T21:00:00.123456Z".parse().ok();
        let file = write_urls(&[SitemapUrl { url: "https://news.example/a?b&c".into(), changed_at: at }]);
        assert_eq!(
            file,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <url><loc>https://news.example/a?b&amp;c</loc><lastmod>2026-11-25T21:00:00Z</lastmod></url>\n</urlset>\n"
        );
    }

    #[test]
    fn a_story_is_told_with_its_language() {
        let story = NewsUrl {
            url: "https://news.example/a".into(),
            title: "Tide & time".into(),
            lang: "en-GB".into(),
            first_moved_at: "2026-11-25T21:00:00Z".parse().unwrap(),
        };
        let file = write_news("The Harbour Wire", &[story]);
        for part in
            ["<news:language>en</news:language>", "<news:title>Tide &amp; time</news:title>", "<news:name>The Harbour Wire</news:name>"]
        {
            assert!(file.contains(part), "{file}");
        }
        assert_eq!(news_language("zh-Hant"), "zh-tw");
    }
}
