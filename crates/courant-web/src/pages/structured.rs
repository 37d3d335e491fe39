//! schema.org of a story, with only what its page shows.

use courant_news::{AssociationRole, Block, Inline, ItemType, NewsItem, Picture, Place, Rendition};
use serde_json::{Value, json};

use super::chrome::Chrome;
use super::head::{absolute, byline_url, modified_at};
use super::story::StoryPage;
use crate::words::dates;

/// How many links of the copy are named as citations.
const CITATIONS_MAX: usize = 10;

/// The proportions that search engines ask a picture in, as width to height.
const CUTS: [(u32, u32); 3] = [(16, 9), (4, 3), (1, 1)];

/// The article and the way to it.
pub(super) fn story(page: &StoryPage, url: &str) -> Value {
    json!([article(page, url), breadcrumbs(page, url)])
}

/// What the agency is, with the policies it has written.
pub(super) fn organisation(chrome: &Chrome, policies: &[(&'static str, String)]) -> Value {
    let mut organisation = json!({
        "@type": "NewsMediaOrganization",
        "name": &*chrome.agency,
        "url": absolute(chrome, "/"),
        "logo": absolute(chrome, super::ICON_PATH),
    });
    for (property, path) in policies {
        organisation[*property] = absolute(chrome, path).into();
    }
    organisation
}

fn breadcrumbs(page: &StoryPage, url: &str) -> Value {
    let (chrome, item) = (&page.chrome, &page.item);
    let section = chrome.section(item.section.as_str());
    json!({
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": section.label, "item": absolute(chrome, &section.href)},
            {"@type": "ListItem", "position": 2, "name": item.headline.as_str(), "item": url},
        ],
    })
}

fn article(page: &StoryPage, url: &str) -> Value {
    let (chrome, item) = (&page.chrome, &page.item);
    let at = |instant| dates::rfc3339(instant, &chrome.zone);
    let publisher = organisation(chrome, &page.policies);
    // A byline with a role is a person's (`correspondent`); the others are desks.
    let authors: Vec<Value> = item
        .bylines
        .iter()
        .map(|byline| {
            let kind = if byline.role.is_some() { "Person" } else { "Organization" };
            json!({"@type": kind, "name": &*byline.name, "url": byline_url(chrome, byline)})
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
    if let Some(earlier) = page.follows.first() {
        put("isBasedOn", json!({"@type": "NewsArticle", "headline": earlier.label, "url": absolute(chrome, &earlier.href)}));
    }
    let citations = citations(&item.body);
    if !citations.is_empty() {
        put("citation", json!(citations));
    }
    let pictures: Vec<Value> = item
        .associations
        .iter()
        .filter(|association| matches!(association.role, AssociationRole::Feature | AssociationRole::Gallery))
        .flat_map(|association| images(chrome, &association.picture, association.role))
        .collect();
    if !pictures.is_empty() {
        put("image", Value::Array(pictures));
    }
    article
}

/// The most exact kind of article. An item names its genre in its own words; those of the IPTC's genres and of the four
/// languages of the site are known. No item is live coverage.
fn article_type(item: &NewsItem) -> &'static str {
    // What is no copy has no genre of copy.
    match item.item_type {
        ItemType::Text | ItemType::Composite => {}
        ItemType::Picture | ItemType::Graphic | ItemType::Video | ItemType::Audio | ItemType::Event | ItemType::Planning => {
            return "NewsArticle";
        }
    }
    let genre = item.genre.as_ref().map(|genre| genre.as_str().to_lowercase());
    let genre = genre.as_deref().map(|genre| genre.strip_prefix("genre:").unwrap_or(genre));
    match genre {
        Some("analysis" | "анализ" | "аналитика" | "分析" | "تحليل") => "AnalysisNewsArticle",
        Some("background" | "backgrounder" | "explainer" | "справка" | "досье" | "解説" | "خلفية") => {
            "BackgroundNewsArticle"
        }
        Some("opinion" | "comment" | "commentary" | "column" | "editorial" | "мнение" | "комментарий" | "社説" | "論説" | "رأي") => {
            "OpinionNewsArticle"
        }
        Some("review" | "рецензия" | "書評" | "مراجعة") => "ReviewNewsArticle",
        Some("reportage" | "on-the-scene report" | "eyewitness" | "репортаж" | "ルポ" | "ルポルタージュ" | "تقرير ميداني") => {
            "ReportageNewsArticle"
        }
        Some("advertorial" | "advertisement" | "sponsored" | "реклама" | "広告" | "إعلان") => "AdvertiserContentArticle",
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

/// Pages of others that the copy links to.
fn citations(body: &[Block]) -> Vec<&str> {
    fn walk<'a>(words: &'a [Inline], found: &mut Vec<&'a str>) {
        for inline in words {
            match inline {
                Inline::Link { href, words } => {
                    if href.starts_with("http://") || href.starts_with("https://") {
                        found.push(href);
                    }
                    walk(words, found);
                }
                Inline::Emphasis(words) | Inline::Strong(words) => walk(words, found),
                Inline::Text(_) | Inline::Money(_) | Inline::Time { .. } | Inline::Break => {}
            }
        }
    }
    let mut found = Vec::new();
    for block in body {
        match block {
            Block::Paragraph(words) | Block::SubHead(words) | Block::Correction(words) => walk(words, &mut found),
            Block::Quote(quote) => quote.paragraphs.iter().for_each(|words| walk(words, &mut found)),
            Block::List(list) => list.lines.iter().for_each(|words| walk(words, &mut found)),
            Block::Table(_) | Block::Figure(_) => {}
        }
    }
    found.dedup();
    found.truncate(CITATIONS_MAX);
    found
}

/// The picture as the page shows it, and of the one that opens the story its cuts, each with whose it is and on what terms.
fn images(chrome: &Chrome, picture: &Picture, role: AssociationRole) -> Vec<Value> {
    let Some(shown) = picture.local_rendition() else {
        return Vec::new();
    };
    let mut files = vec![shown];
    if role == AssociationRole::Feature {
        files.extend(CUTS.iter().filter_map(|cut| widest_of(picture, shown, *cut)));
    }
    files.into_iter().map(|file| image_object(chrome, picture, file)).collect()
}

/// The widest file of a picture in these proportions, unless the picture has them itself.
fn widest_of<'a>(picture: &'a Picture, shown: &Rendition, (across, down): (u32, u32)) -> Option<&'a Rendition> {
    let has_shape =
        |file: &Rendition| (f64::from(file.width) * f64::from(down) / (f64::from(file.height) * f64::from(across)) - 1.0).abs() < 0.02;
    if has_shape(shown) {
        return None;
    }
    let fitting = picture.renditions.iter().filter(|file| file.is_local() && file.media_type == shown.media_type && has_shape(file));
    fitting.max_by_key(|file| file.width)
}

fn image_object(chrome: &Chrome, picture: &Picture, file: &Rendition) -> Value {
    let mut object = json!({
        "@type": "ImageObject",
        "contentUrl": absolute(chrome, &file.href),
        "width": file.width,
        "height": file.height,
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
    object
}

#[cfg(test)]
mod tests {
    use courant_news::Keyword;

    use super::*;
    use crate::pages::sample;
    use crate::words::UiLanguage;

    #[test]
    fn every_genre_has_its_most_exact_type() {
        let mut item = sample::story_page(UiLanguage::English).item;
        for (genre, expected) in [
            ("Analysis", "AnalysisNewsArticle"),
            ("genre:Background", "BackgroundNewsArticle"),
            ("Мнение", "OpinionNewsArticle"),
            ("書評", "ReviewNewsArticle"),
            ("Reportage", "ReportageNewsArticle"),
            ("إعلان", "AdvertiserContentArticle"),
            ("Current", "NewsArticle"),
        ] {
            item.genre = Some(Keyword::parse(genre).unwrap());
            item.item_type = ItemType::Text;
            assert_eq!(article_type(&item), expected, "{genre}");
            item.item_type = ItemType::Picture;
            assert_eq!(article_type(&item), "NewsArticle", "a picture is no {genre}");
        }
        item.genre = None;
        item.item_type = ItemType::Text;
        assert_eq!(article_type(&item), "NewsArticle");
    }

    #[test]
    fn the_picture_comes_in_three_more_cuts_with_its_terms() {
        let mut page = sample::story_page(UiLanguage::English);
        let feature = page.item.associations.iter_mut().find(|shown| shown.role == AssociationRole::Feature).unwrap();
        let file = |name: &str, width, height| Rendition::new(&format!("/media/{name}.jpg"), "image/jpeg", width, height).unwrap();
        feature.picture.renditions = vec![
            file("whole", 1280, 853),
            file("wide-small", 640, 360),
            file("wide", 1280, 720),
            file("classic", 640, 480),
            file("square", 640, 640),
            Rendition::new("/media/square.webp", "image/webp", 1280, 1280).unwrap(),
        ];
        feature.picture.terms.web_statement = Some("https://courant.example/rights".into());
        let images = images(&page.chrome, &feature.picture.clone(), AssociationRole::Feature);
        let named: Vec<&str> = images.iter().map(|image| image["contentUrl"].as_str().unwrap()).collect();
        assert_eq!(named, ["whole", "wide", "classic", "square"].map(|name| format!("https://courant.example/media/{name}.jpg")));
        assert!(images.iter().all(|image| image["license"] == "https://courant.example/rights"));
    }

    #[test]
    fn what_a_story_goes_back_to_is_named() {
        let mut page = sample::story_page(UiLanguage::English);
        page.follows = vec![super::super::Link::new("/science/x/y", "The earlier one")];
        let link = |href: &str| Inline::Link { href: href.into(), words: vec![Inline::Text("words".into())] };
        page.item.body.push(Block::Paragraph(vec![Inline::Strong(vec![link("https://a.example/paper")]), link("/topics/physics")]));
        let described = story(&page, "https://courant.example/science/a/b");
        assert_eq!(described[0]["isBasedOn"]["url"], "https://courant.example/science/x/y");
        let cited: Vec<&str> = described[0]["citation"].as_array().unwrap().iter().map(|url| url.as_str().unwrap()).collect();
        assert!(cited.contains(&"https://a.example/paper"), "{cited:?}");
        assert!(cited.iter().all(|url| url.starts_with("http")), "a link within the site is no citation: {cited:?}");
        assert_eq!(described[1]["@type"], "BreadcrumbList");
        assert_eq!(described[1]["itemListElement"][1]["name"], page.item.headline.as_str());
    }
}
