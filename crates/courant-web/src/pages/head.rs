//! What the head of a page tells machines.

use courant_news::{Byline, NewsItem, address};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::card::{agency_card, agency_card_path, story_card, story_card_path};
use super::chrome::Chrome;
use super::story::StoryPage;
use super::structured;
use crate::words::dates;

/// The head of a page.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: Option<String>,
    /// The absolute address of the page. `None`: not to be indexed.
    pub(super) canonical: Option<String>,
    pub(super) alternates: Vec<Alternate>,
    /// Open Graph and the like, as (property, content).
    pub(super) properties: Vec<(&'static str, String)>,
    /// Accounts of those who wrote it, for `fediverse:creator`.
    pub(super) creators: Vec<String>,
    /// The page in the languages of the interface; empty where it has one language.
    pub(super) editions: Vec<Edition>,
    /// JSON-LD, safe to stand in a `script` element.
    pub(super) json_ld: Option<String>,
}

/// The page in another language (hreflang).
pub(super) struct Edition {
    pub(super) lang: &'static str,
    pub(super) href: String,
}

/// The page in another form, or what finds it.
pub(super) struct Alternate {
    pub(super) rel: &'static str,
    pub(super) media_type: &'static str,
    pub(super) href: String,
    pub(super) title: String,
}

const RSS: &str = "application/rss+xml";
const NINJS: &str = "application/json";
const OEMBED_JSON: &str = "application/json+oembed";
const OEMBED_XML: &str = "text/xml+oembed";

impl Head {
    /// Of a page that is a list with a feed.
    pub(super) fn of_list(chrome: &Chrome, name: &str, title: String, feed: &str) -> Self {
        let words = chrome.words();
        let description =
            words.say("list-description", &[("name", crate::words::Arg::Text(name)), ("agency", crate::words::Arg::Text(&chrome.agency))]);
        let mut properties = vec![
            ("og:type", "website".to_owned()),
            ("og:title", name.to_owned()),
            ("og:url", absolute(chrome, &chrome.here)),
            ("og:description", description.clone()),
            ("og:site_name", chrome.agency.to_string()),
            ("og:locale", chrome.language.open_graph().to_owned()),
        ];
        properties
            .extend(card_properties(absolute(chrome, &agency_card_path(&agency_card(&chrome.agency, &chrome.origin))), &chrome.agency));
        Self {
            title,
            description: Some(description),
            canonical: Some(absolute(chrome, &chrome.here)),
            alternates: vec![Alternate { rel: "alternate", media_type: RSS, href: feed.to_owned(), title: name.to_owned() }],
            properties,
            creators: Vec::new(),
            editions: Vec::new(),
            json_ld: None,
        }
    }

    /// Of a page of the agency's own words.
    pub(super) fn plain(chrome: &Chrome, title: String) -> Self {
        Self { canonical: Some(absolute(chrome, &chrome.here)), ..Self::unlisted(title) }
    }

    /// Of a page that is not to be found by machines: a notice, a fault, a search.
    pub(super) fn unlisted(title: String) -> Self {
        Self {
            title,
            description: None,
            canonical: None,
            alternates: Vec::new(),
            properties: Vec::new(),
            creators: Vec::new(),
            editions: Vec::new(),
            json_ld: None,
        }
    }

    /// Of a story.
    pub(super) fn of_story(page: &StoryPage) -> Self {
        let (chrome, item) = (&page.chrome, &page.item);
        let url = absolute(chrome, &item.path());
        let words = chrome.words();
        let headline = item.headline.as_str();
        let card = story_card(&chrome.agency, &chrome.zone, item);
        let mut properties = vec![
            ("og:type", "article".to_owned()),
            ("og:title", headline.to_owned()),
            ("og:url", url.clone()),
            ("og:site_name", chrome.agency.to_string()),
            ("og:locale", chrome.language.open_graph().to_owned()),
            ("article:published_time", dates::rfc3339(item.times.first_moved_at, &chrome.zone)),
            ("article:modified_time", dates::rfc3339(modified_at(item), &chrome.zone)),
            ("article:section", words.section(item.section.as_str()).into_owned()),
        ];
        properties.extend(item.bylines.iter().map(|byline| ("article:author", byline_url(chrome, byline))));
        properties.extend(item.subjects.iter().map(|subject| ("article:tag", subject.name().to_owned())));
        if let Some(lead) = &item.lead {
            properties.push(("og:description", lead.as_str().to_owned()));
        }
        // The card first: it says what has become of the story since, and whoever shows one picture shows the first.
        properties.extend(card_properties(absolute(chrome, &story_card_path(&card, item)), headline));
        if let Some((picture, shown)) = item.feature().and_then(|feature| Some((&feature.picture, feature.picture.local_rendition()?))) {
            properties.push(("og:image", absolute(chrome, &shown.href)));
            properties.push(("og:image:width", shown.width.to_string()));
            properties.push(("og:image:height", shown.height.to_string()));
            properties.push(("og:image:alt", picture.alt.to_string()));
        }
        let embed = format!("/oembed?url={}", utf8_percent_encode(&url, NON_ALPHANUMERIC));
        let alternate = |media_type, href, title: &str| Alternate { rel: "alternate", media_type, href, title: title.to_owned() };
        Self {
            title: page_title(chrome, headline),
            description: item.lead.as_ref().map(|lead| lead.as_str().to_owned()),
            alternates: vec![
                alternate(NINJS, format!("{}.json", item.path()), "ninjs"),
                alternate(OEMBED_JSON, embed.clone(), "oEmbed"),
                alternate(OEMBED_XML, format!("{embed}&format=xml"), "oEmbed"),
            ],
            editions: Vec::new(),
            json_ld: Some(script_safe(&structured::story(page, &url))),
            canonical: Some(url),
            properties,
            creators: page.creators.clone(),
        }
    }
}

/// The card of a page, large.
fn card_properties(url: String, alt: &str) -> [(&'static str, String); 5] {
    [
        ("og:image", url),
        ("og:image:width", courant_card::WIDTH_PX.to_string()),
        ("og:image:height", courant_card::HEIGHT_PX.to_string()),
        ("og:image:alt", alt.to_owned()),
        ("twitter:card", "summary_large_image".to_owned()),
    ]
}

/// `Headline | Agency`.
pub(super) fn page_title(chrome: &Chrome, page: &str) -> String {
    let words = chrome.words();
    words.say("title", &[("page", crate::words::Arg::Text(page)), ("agency", crate::words::Arg::Text(&chrome.agency))])
}

pub(super) fn absolute(chrome: &Chrome, path: &str) -> String {
    if path.starts_with('/') { format!("{}{path}", chrome.origin) } else { path.to_owned() }
}

/// The page of a byline.
pub(super) fn byline_url(chrome: &Chrome, byline: &Byline) -> String {
    absolute(chrome, &format!("/by/{}", address::segment(&byline.slug())))
}

/// The last time the story's words changed for a reader.
pub(super) fn modified_at(item: &NewsItem) -> jiff::Timestamp {
    let times = &item.times;
    [times.updated_at, times.corrected_at].into_iter().flatten().max().unwrap_or(times.first_moved_at)
}

/// JSON as it may stand inside `<script>`: no `<`, so no `</script>` and no `<!--`.
pub(super) fn script_safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
