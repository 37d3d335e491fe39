//! `/oembed`: a story for other people's pages, as oEmbed 1.0 says: a quotation with a link, without script, style or frame.

use axum::response::{IntoResponse, Response};
use courant_news::{NewsItem, PubStatus, StoryId};
use http::StatusCode;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, HeaderValue};
use serde_json::{Value, json};

use super::SiteState;
use super::address::{Address, StoryAddressForm};
use super::answer::{self, Refused};
use super::rates::Query;
use crate::pages::{escaped, story_card, story_card_path};
use crate::serve::{Answer, Tag};
use crate::words::{UiLanguage, Words};

/// How wide the quotation is without a wish, and at least, in pixels.
const WIDTH_PX: u32 = 600;
const WIDTH_MIN_PX: u32 = 200;
/// What a line of the quotation takes, and how wide a letter is: enough to leave room, as nobody measures with our fonts.
const LINE_PX: u32 = 26;
const LETTER_PX: u32 = 9;
/// What is around the lines.
const AROUND_PX: u32 = 60;

const JSON: &str = "application/json; charset=utf-8";
const XML: &str = "text/xml; charset=utf-8";

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Xml,
}

/// `?url=`, `format=`, `maxwidth=`, `maxheight=`.
pub(super) fn answer(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let query = Query::read(query);
    let format = match query.get("format") {
        None | Some("json") => Format::Json,
        Some("xml") => Format::Xml,
        Some(_) => return Ok(plain(StatusCode::NOT_IMPLEMENTED, "this format is not offered; ask for format=json or format=xml\n")),
    };
    let Some(url) = query.get("url") else {
        return Ok(plain(StatusCode::BAD_REQUEST, "the parameter url is missing; give the address of a story\n"));
    };
    let not_found = || plain(StatusCode::NOT_FOUND, "this is not the address of a story here; give one that the site links to\n");
    let Some(id) = story_of(&state.agency.origin, url) else {
        return Ok(not_found());
    };
    let Some(story) = state.site.story(id)? else {
        return Ok(not_found());
    };
    let own = Tag::pair("story", &id.to_string());
    let Some(item) = &story.item else {
        let (status, text) = match story.line.pub_status {
            PubStatus::Withheld => (StatusCode::NOT_FOUND, "the story is on hold\n"),
            PubStatus::Usable | PubStatus::Canceled => (StatusCode::GONE, "the story was withdrawn\n"),
        };
        let answer = Answer::new("text/plain; charset=utf-8", text).status(status).until([own]);
        return Ok(shared(answer).into_response());
    };
    let most = |name: &str| query.get(name).and_then(|given| given.parse().ok()).filter(|given| *given != 0);
    let document = document(state, item, most("maxwidth"), most("maxheight"));
    let answer = match format {
        Format::Json => answer::form(JSON, format!("{document:#}\n")),
        Format::Xml => answer::form(XML, xml(&document)),
    };
    Ok(shared(answer.until([own])).into_response())
}

/// Anybody's page may ask, and no search engine lists the answer.
fn shared(answer: Answer) -> Answer {
    answer::secured(answer)
        .header(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"))
        .header(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"))
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    shared(Answer::new("text/plain; charset=utf-8", text).status(status)).into_response()
}

/// The story that an address of this site names, in any of its forms.
fn story_of(origin: &str, url: &str) -> Option<StoryId> {
    let bare = |url: &'_ str| url.split_once("://").map(|(_, rest)| rest.to_owned());
    let path = bare(url)?.strip_prefix(&bare(origin)?)?.split(['?', '#']).next()?.to_owned();
    match Address::read(&path)? {
        Address::ShortStory(id) | Address::Story { id, form: StoryAddressForm::Html } => Some(id),
        _ => None,
    }
}

fn document(state: &SiteState, item: &NewsItem, width_max: Option<u32>, height_max: Option<u32>) -> Value {
    let agency = &state.agency;
    let url = format!("{}{}", agency.origin, item.path());
    let width = width_max.unwrap_or(WIDTH_PX).clamp(1, WIDTH_PX);
    let html = quotation(state, item, &url);
    let letters = item.headline.as_str().chars().count() + item.lead.as_ref().map_or(0, |lead| lead.as_str().chars().count());
    let letters = u32::try_from(letters).unwrap_or(u32::MAX / LETTER_PX);
    let n_lines = 4 + letters.saturating_mul(LETTER_PX) / width.max(WIDTH_MIN_PX);
    let height = AROUND_PX + n_lines * LINE_PX;
    let mut document = json!({
        "version": "1.0",
        "type": "rich",
        "title": item.headline.as_str(),
        "author_name": item.bylines.first().map_or(&*agency.name, |byline| &byline.name),
        "provider_name": &*agency.name,
        "provider_url": format!("{}/", agency.origin),
        "url": url,
        "width": width,
        "height": height_max.map_or(height, |most| height.min(most)),
        "html": html,
    });
    if let Some((src, width, height)) = thumbnail(state, item, width_max, height_max) {
        document["thumbnail_url"] = src.into();
        document["thumbnail_width"] = width.into();
        document["thumbnail_height"] = height.into();
    }
    document
}

/// The card, or the largest file of the picture that fits, when the card is too large for who asks.
fn thumbnail(state: &SiteState, item: &NewsItem, width_max: Option<u32>, height_max: Option<u32>) -> Option<(String, u32, u32)> {
    let agency = &state.agency;
    let fits = |width: u32, height: u32| width_max.is_none_or(|most| width <= most) && height_max.is_none_or(|most| height <= most);
    if fits(courant_card::WIDTH_PX, courant_card::HEIGHT_PX) {
        let path = story_card_path(&story_card(&agency.name, &agency.zone, item), item);
        return Some((format!("{}{path}", agency.origin), courant_card::WIDTH_PX, courant_card::HEIGHT_PX));
    }
    let picture = &item.feature()?.picture;
    let shown = picture.local_rendition()?;
    let fitting = picture.renditions.iter().filter(|file| file.is_local() && file.is_like(shown) && fits(file.width, file.height));
    let file = fitting.max_by_key(|file| file.width)?;
    Some((format!("{}{}", agency.origin, file.href), file.width, file.height))
}

/// Headline, lead, who said it where and when, and what was corrected.
fn quotation(state: &SiteState, item: &NewsItem, url: &str) -> String {
    let words = Words::of(UiLanguage::of(&item.lang));
    let (zone, url) = (&state.agency.zone, escaped(url));
    let lead = item.lead.as_ref().map(|lead| format!("<p>{}</p>", escaped(lead.as_str()))).unwrap_or_default();
    let place = item.dateline.as_ref().map(|dateline| format!("{}, ", escaped(&dateline.place.name))).unwrap_or_default();
    let corrections: Vec<String> = item
        .corrections
        .iter()
        .rev()
        .map(|correction| {
            let at = words.date_time(correction.corrected_at, zone);
            format!("<p><b>{}</b> {}: {}</p>", escaped(words.t("corrected")), escaped(&at), escaped(correction.reason.as_str()))
        })
        .collect();
    let corrections = corrections.concat();
    let at = words.date_time(item.times.updated_at.unwrap_or(item.times.first_moved_at), zone);
    format!(
        r#"<blockquote cite="{url}" lang="{}" dir="{}"><p><a href="{url}">{}</a></p>{lead}{corrections}<p>{} ({place}{})</p></blockquote>"#,
        item.lang.as_str(),
        item.lang.direction().as_str(),
        escaped(item.headline.as_str()),
        escaped(&state.agency.name),
        escaped(&at)
    )
}

fn xml(document: &Value) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<oembed>\n");
    for (name, value) in document.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // What a headline may hold and XML may not.
        let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
        xml.push_str(&format!("<{name}>{}</{name}>\n", escaped(&text)));
    }
    xml.push_str("</oembed>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_story_is_known_by_its_host() {
        let origin = "https://news.example";
        for url in [
            "https://news.example/economy/4n7k0wq2rv5c/fed",
            "http://news.example/economy/4n7k0wq2rv5c/fed?money=EUR#x",
            "https://news.example/4n7k0wq2rv5c",
        ] {
            assert!(story_of(origin, url).is_some(), "{url}");
        }
        for url in [
            "https://news.example.evil.example/economy/4n7k0wq2rv5c/fed",
            "https://other.example/economy/4n7k0wq2rv5c/fed",
            "https://news.example/economy/4n7k0wq2rv5c/fed.json",
            "https://news.example/economy/4n7k0wq2rv5c/fed/versions",
            "https://news.example/all",
            "/economy/4n7k0wq2rv5c/fed",
            "",
        ] {
            assert!(story_of(origin, url).is_none(), "{url}");
        }
    }

    #[test]
    fn the_xml_is_of_the_same_values() {
        let xml = xml(&json!({ "version": "1.0", "width": 600, "title": "A & B <c>\u{1}" }));
        assert!(xml.contains("<width>600</width>") && xml.contains("<title>A &amp; B &lt;c&gt;</title>"), "{xml}");
    }
}
