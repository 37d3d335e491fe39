//! What the head of a page tells machines.

use courant_news::{AssociationRole, NewsItem, Picture, Place, address};
use serde_json::{Value, json};

use super::assets::{CARD_PATH, CARD_SIZE};
use super::chrome::Chrome;
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

impl Head {
    /// Of a page that is a list with a feed.
    pub(super) fn of_list(chrome: &Chrome, name: &str, title: String, feed: &str) -> Self {
        let words = chrome.words();
        let description =
            words.say("list-description", &[("name", crate::words::Arg::Text(name)), ("agency", crate::words::Arg::Text(&chrome.agency))]);
        let properties = [
            ("og:type", "website".to_owned()),
            ("og:title", name.to_owned()),
            ("og:url", absolute(chrome, &chrome.here)),
            ("og:site_name", chrome.agency.to_string()),
        ]
        .into_iter()
        .chain(card(chrome))
        .collect();
        Self {
            title,
            description: Some(description),
            canonical: Some(absolute(chrome, &chrome.here)),
            alternates: vec![Alternate { rel: "alternate", media_type: RSS, href: feed.to_owned(), title: name.to_owned() }],
            properties,
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
            editions: Vec::new(),
            json_ld: None,
        }
    }

    /// Of a story.
    pub(super) fn of_story(chrome: &Chrome, item: &NewsItem) -> Self {
        let url = absolute(chrome, &item.path());
        let words = chrome.words();
        let headline = item.headline.as_str();
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
        if let Some(lead) = &item.lead {
            properties.push(("og:description", lead.as_str().to_owned()));
        }
        if let Some((picture, shown)) = item.feature().and_then(|feature| Some((&feature.picture, feature.picture.local_rendition()?))) {
            properties.push(("og:image", absolute(chrome, &shown.href)));
            properties.push(("og:image:width", shown.width.to_string()));
            properties.push(("og:image:height", shown.height.to_string()));
            properties.push(("og:image:alt", picture.alt.to_string()));
            properties.push(("twitter:card", "summary_large_image".to_owned()));
        } else {
            properties.extend(card(chrome));
        }
        Self {
            title: page_title(chrome, headline),
            description: item.lead.as_ref().map(|lead| lead.as_str().to_owned()),
            alternates: vec![Alternate {
                rel: "alternate",
                media_type: NINJS,
                href: format!("{}.json", item.path()),
                title: "ninjs".to_owned(),
            }],
            editions: Vec::new(),
            json_ld: Some(script_safe(&news_article(chrome, item, &url))),
            canonical: Some(url),
            properties,
        }
    }
}

/// The picture of a page that has none of its own: Open Graph asks each page for one.
fn card(chrome: &Chrome) -> [(&'static str, String); 4] {
    let (width, height) = CARD_SIZE;
    [
        ("og:image", absolute(chrome, CARD_PATH)),
        ("og:image:width", width.to_string()),
        ("og:image:height", height.to_string()),
        ("og:image:alt", chrome.agency.to_string()),
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

/// The last time the story's words changed for a reader.
fn modified_at(item: &NewsItem) -> jiff::Timestamp {
    let times = &item.times;
    [times.updated_at, times.corrected_at].into_iter().flatten().max().unwrap_or(times.first_moved_at)
}

/// schema.org `NewsArticle` with only what the page shows.
fn news_article(chrome: &Chrome, item: &NewsItem, url: &str) -> Value {
    let at = |instant| dates::rfc3339(instant, &chrome.zone);
    let publisher = json!({"@type": "NewsMediaOrganization", "name": &*chrome.agency, "url": format!("{}/", chrome.origin)});
    // A byline with a role is a person's (`correspondent`); the others are desks.
    let authors: Vec<Value> = item
        .bylines
        .iter()
        .map(|byline| {
            let kind = if byline.role.is_some() { "Person" } else { "Organization" };
            let by = absolute(chrome, &format!("/by/{}", address::segment(&byline.slug())));
            json!({"@type": kind, "name": &*byline.name, "url": by})
        })
        .collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": article_type(item),
        "headline": item.headline.as_str(),
        "inLanguage": item.lang.as_str(),
        "datePublished": at(item.times.first_moved_at),
        "dateModified": at(modified_at(item)),
        "author": if authors.is_empty() { publisher.clone() } else { Value::Array(authors) },
        "publisher": publisher,
        "mainEntityOfPage": url,
        "articleSection": &*chrome.words().section(item.section.as_str()),
        "version": item.version.number(),
        "isAccessibleForFree": true,
    });
    let mut put = |name: &str, value: Value| {
        article[name] = value;
    };
    if let Some(lead) = &item.lead {
        put("description", json!(lead.as_str()));
    }
    if let Some(dateline) = &item.dateline {
        put("dateline", json!(dateline.in_house_style(&item.lang)));
        put("locationCreated", place(&dateline.place));
    }
    if !item.places.is_empty() {
        put("contentLocation", item.places.iter().map(place).collect());
    }
    if !item.subjects.is_empty() {
        put(
            "about",
            item.subjects.iter().map(|subject| json!({"@type": "Thing", "name": subject.name(), "identifier": subject.uri()})).collect(),
        );
    }
    if !item.corrections.is_empty() {
        put(
            "correction",
            item.corrections
                .iter()
                .map(|correction| {
                    json!({"@type": "CorrectionComment", "text": correction.reason.as_str(), "datePublished": at(correction.corrected_at)})
                })
                .collect(),
        );
    }
    let pictures: Vec<Value> = item
        .associations
        .iter()
        .filter(|association| matches!(association.role, AssociationRole::Feature | AssociationRole::Gallery))
        .filter_map(|association| image_object(chrome, &association.picture))
        .collect();
    if !pictures.is_empty() {
        put("image", Value::Array(pictures));
    }
    article
}

fn article_type(item: &NewsItem) -> &'static str {
    match item.genre.as_ref().map(|genre| genre.as_str().to_lowercase()).as_deref() {
        Some("analysis") => "AnalysisNewsArticle",
        Some("background" | "backgrounder") => "BackgroundNewsArticle",
        Some("opinion" | "comment") => "OpinionNewsArticle",
        Some("review") => "ReviewNewsArticle",
        _ => "NewsArticle",
    }
}

fn place(place: &Place) -> Value {
    let mut shown = json!({"@type": "Place", "name": &*place.name});
    if let Some(code) = &place.country_code {
        shown["address"] = json!({"@type": "PostalAddress", "addressCountry": &**code});
    }
    if let Some(point) = place.point {
        shown["geo"] = json!({"@type": "GeoCoordinates", "latitude": point.latitude, "longitude": point.longitude});
    }
    shown
}

fn image_object(chrome: &Chrome, picture: &Picture) -> Option<Value> {
    let shown = picture.local_rendition()?;
    let mut object = json!({
        "@type": "ImageObject",
        "url": absolute(chrome, &shown.href),
        "width": shown.width,
        "height": shown.height,
        "caption": &*picture.caption,
        "creditText": &*picture.credit,
    });
    let terms = &picture.terms;
    let said = [
        ("copyrightNotice", &picture.copyright_notice),
        ("license", &terms.web_statement),
        ("acquireLicensePage", &terms.licensor_url),
        ("digitalSourceType", &terms.digital_source_type),
    ];
    for (name, text) in said {
        if let Some(text) = text {
            object[name] = json!(&**text);
        }
    }
    if let Some(creator) = &terms.creator {
        object["creator"] = json!({"@type": "Person", "name": &**creator});
    }
    Some(object)
}

/// JSON as it may stand inside `<script>`: no `<`, so no `</script>` and no `<!--`.
pub(super) fn script_safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
