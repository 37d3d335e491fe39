//! Pictures: associations and renditions.

use courant_news::{Association, AssociationRole, PhotoId, Picture, PictureTerms, Rendition};
use serde_json::{Map, Value, json};

use super::tree::Object;
use super::words::said;
use super::write::Writing;
use crate::findings::cut;
use crate::html::{media_type_of, one_line, to_line};
use crate::picture::{CAPTION_CHARS_MAX, CREDIT_CHARS_MAX, home_path, placed};

/// What a picture takes from the document around it when it does not say itself.
pub(super) struct Around<'c> {
    pub(super) base_url: Option<&'c str>,
    pub(super) credit: Option<&'c str>,
}

/// The pictures among the associations, and of a document that is a picture itself. Other kinds are left out with a
/// note.
pub(super) fn read_all(top: &Object<'_, '_>, is_picture: bool, around: &Around<'_>) -> Vec<Association> {
    let mut found: Vec<(Option<AssociationRole>, Picture)> = Vec::new();
    if is_picture
        && top.has("renditions")
        && let Some(picture) = read(top, around)
    {
        found.push((Some(AssociationRole::Feature), picture));
    }
    for (key, object) in top.objects(&["associations"], &["uri", "renditions"]) {
        let rel = object.text(&["rel"]).unwrap_or_default();
        let kind = object.text(&["type"]).unwrap_or("picture");
        if !matches!(kind, "picture" | "graphic") {
            top.repair("associations", kind, "is a kind of association that is not kept; left out");
            continue;
        }
        let name = key.or_else(|| object.text(&["name", "id"])).unwrap_or_default().to_ascii_lowercase();
        let role = match name.as_str() {
            _ if rel == "feature" => Some(AssociationRole::Feature),
            _ if rel == "gallery" => Some(AssociationRole::Gallery),
            name if name.starts_with("feature") || name.starts_with("main") => Some(AssociationRole::Feature),
            name if name.starts_with("gallery") => Some(AssociationRole::Gallery),
            _ => None,
        };
        if let Some(picture) = read(&object, around) {
            found.push((role, picture));
        }
    }
    placed(found)
}

fn read(object: &Object<'_, '_>, around: &Around<'_>) -> Option<Picture> {
    let renditions = renditions(object, around);
    if renditions.is_empty() {
        object.repair("renditions", "", "hold no picture file with address, size and kind; the picture is left out");
        return None;
    }
    let described = |roles: &[&str]| {
        let entries = object.objects(&["descriptions"], &["value"]);
        let mut found: Vec<(&str, String)> = entries.iter().filter_map(|(_, entry)| said(entry)).collect();
        let chosen = roles.iter().find_map(|role| found.iter().position(|(known, _)| known == role))?;
        Some(found.swap_remove(chosen).1)
    };
    let headline = || {
        let entries = object.objects(&["headlines"], &["value"]);
        let of_list = entries.first().and_then(|(_, entry)| said(entry)).map(|(_, line)| line);
        of_list.or_else(|| object.text(&["headline", "title"]).map(to_line))
    };
    let own_alt = described(&["alt", "alttext", "altText"]).or_else(|| object.text(&["description_alt"]).map(to_line));
    let caption = described(&["caption", "main", "text", "summary", "plain", ""])
        .or_else(|| object.text(&["description_caption", "description_text", "description_html", "description_xhtml"]).map(to_line))
        .or_else(|| object.texts_of_family("description_").first().map(|(_, text)| to_line(text)))
        .or_else(headline)
        .or_else(|| own_alt.clone());
    let Some(caption) = caption.filter(|caption| !caption.is_empty()) else {
        object.repair("descriptions", "", "hold no caption; the picture is left out");
        return None;
    };
    let creditor = || {
        let entries = object.objects(&["infoSources", "infosources", "infosource"], &["name"]);
        entries.first().and_then(|(_, entry)| entry.text(&["name"])).map(str::to_owned)
    };
    let credit = object
        .text(&["by"])
        .map(one_line)
        .or_else(|| object.text(&["byline"]).map(to_line))
        .or_else(|| described(&["creditline", "credit"]))
        .or_else(|| object.text(&["description_creditline", "creditline", "copyrightHolder", "copyrightholder", "source"]).map(to_line))
        .or_else(creditor)
        .or_else(|| around.credit.map(str::to_owned));
    let Some(credit) = credit.map(|credit| one_line(&credit)).filter(|credit| !credit.is_empty()) else {
        object.repair("by", "", "is missing, so nobody can be credited; the picture is left out");
        return None;
    };
    let alt = own_alt.filter(|alt| !alt.is_empty()).unwrap_or_else(|| caption.clone());
    let made = Picture::new(&cut(&caption, CAPTION_CHARS_MAX), &cut(&credit, CREDIT_CHARS_MAX), &cut(&alt, CAPTION_CHARS_MAX), renditions);
    let mut picture = object.keep("renditions", made)?;
    picture.copyright_notice = object.text(&["copyrightNotice", "copyrightnotice"]).map(|notice| one_line(notice).into());
    picture.photo = object.text(&["uri"]).and_then(PhotoId::of_guid);
    picture.terms = object.keep("usageTerms", terms(object).checked()).unwrap_or_default();
    Some(picture)
}

/// On what terms it may be used, as far as ninjs says it.
fn terms(object: &Object<'_, '_>) -> PictureTerms {
    // AP sends a list of sentences.
    let usage_terms = object.get(&["usageTerms", "usageterms"]).map(|(_, value)| match value {
        Value::Array(sentences) => sentences.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        value => value.as_str().unwrap_or_default().to_owned(),
    });
    let usage_terms = usage_terms.map(|terms| cut(&one_line(&terms), CAPTION_CHARS_MAX)).filter(|terms| !terms.is_empty());
    PictureTerms {
        usage_terms: usage_terms.map(Into::into),
        web_statement: object.object(&["rightsInfo"]).and_then(|rights| rights.text(&["linkedRights"]).map(Into::into)),
        digital_source_type: object.object(&["digitalSourceType"]).and_then(|kind| kind.text(&["uri"]).map(Into::into)),
        ..PictureTerms::default()
    }
}

fn renditions(object: &Object<'_, '_>, around: &Around<'_>) -> Vec<Rendition> {
    let mut renditions = Vec::new();
    for (_, file) in object.objects(&["renditions"], &["href"]) {
        let Some(href) = file.text(&["href"]) else { continue };
        let href = home_path(href.trim(), around.base_url);
        let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        if !matches!(scheme.as_deref(), None | Some("http" | "https")) || href.contains(char::is_whitespace) {
            file.repair("href", href, "is no address of a file on the web; left out");
            continue;
        }
        let given_type = file.text(&["contentType", "contenttype", "mimetype", "mime_type"]);
        let media_type = given_type.or_else(|| media_type_of(href)).unwrap_or("image/jpeg");
        if !media_type.starts_with("image/") {
            continue;
        }
        let sides = (side(&file, "width"), side(&file, "height"));
        let (Some(width), Some(height)) = sides else {
            file.repair("href", href, "gives no width and height, so a page cannot keep room for it; left out");
            continue;
        };
        renditions.extend(file.keep("href", Rendition::new(href, media_type, width, height)));
    }
    renditions
}

fn side(file: &Object<'_, '_>, name: &'static str) -> Option<u32> {
    file.integer(&[name]).and_then(|side| u32::try_from(side).ok())
}

/// A picture as an entry of `associations`. Its `uri` is the photo's it is; a picture that came with its story has none of its
/// own and gets the story's with a fragment.
pub(super) fn write(association: &Association, name: &str, story_uri: &str, writing: &Writing<'_>) -> Value {
    let picture = &association.picture;
    let mut descriptions = vec![json!({ "role": "caption", "contentType": "text/plain", "value": picture.caption })];
    descriptions.push(json!({ "role": "alt", "contentType": "text/plain", "value": picture.alt }));
    let between = if story_uri.contains('#') { '-' } else { '#' };
    let mut entry = Map::new();
    entry.insert("name".to_owned(), name.into());
    let rel = match association.role {
        AssociationRole::Feature => "feature",
        AssociationRole::Gallery => "gallery",
    };
    entry.insert("rel".to_owned(), rel.into());
    let uri = picture.photo.map_or_else(|| format!("{story_uri}{between}{name}"), |photo| photo.guid().to_string());
    entry.insert("uri".to_owned(), uri.into());
    entry.insert("type".to_owned(), "picture".into());
    entry.insert("descriptions".to_owned(), descriptions.into());
    entry.insert("by".to_owned(), picture.credit.as_ref().into());
    if let Some(notice) = &picture.copyright_notice {
        entry.insert("copyrightNotice".to_owned(), notice.as_ref().into());
    }
    if let Some(terms) = &picture.terms.usage_terms {
        entry.insert("usageTerms".to_owned(), terms.as_ref().into());
    }
    if let Some(statement) = &picture.terms.web_statement {
        entry.insert("rightsInfo".to_owned(), json!({ "linkedRights": statement }));
    }
    if let Some(kind) = &picture.terms.digital_source_type {
        entry.insert("digitalSourceType".to_owned(), json!({ "uri": kind }));
    }
    let files = picture.renditions.iter().enumerate().map(|(file_idx, file)| {
        json!({
            "name": if file_idx == 0 { "main".to_owned() } else { format!("file-{}", file_idx + 1) },
            "href": writing.absolute(&file.href),
            "contentType": file.media_type,
            "width": file.width,
            "height": file.height,
        })
    });
    entry.insert("renditions".to_owned(), files.collect::<Vec<_>>().into());
    Value::Object(entry)
}
