//! A picture on a page: sized, described, captioned, credited, and served by this site.

use std::fmt::Write as _;

use courant_news::{Picture, Rendition};

use super::body::escaped;
use crate::words::Words;

/// How a picture sits on its page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Loading {
    /// It is seen first.
    Eager,
    /// It is further down.
    Lazy,
}

/// The image of a picture: `<picture>` with WebP before what every browser reads, or a plain `<img>` when there is only one
/// kind. `None` when this site serves no file of it: a page calls no other host.
pub(super) fn image_html(picture: &Picture, loading: Loading, sizes: &str) -> Option<String> {
    let shown = picture.local_rendition()?;
    let mut html =
        format!(r#"<img src="{}" width="{}" height="{}" alt="{}""#, escaped(&shown.href), shown.width, shown.height, escaped(&picture.alt));
    let others = at_every_width(picture, shown, &shown.media_type);
    if 1 < others.len() {
        let _ = write!(html, r#" srcset="{}" sizes="{sizes}""#, source_set(&others));
    }
    html.push_str(match loading {
        Loading::Eager => ">",
        Loading::Lazy => r#" loading="lazy">"#,
    });
    let lighter = at_every_width(picture, shown, LIGHTER);
    if &*shown.media_type == LIGHTER || lighter.is_empty() {
        return Some(html);
    }
    Some(format!(r#"<picture><source type="{LIGHTER}" srcset="{}" sizes="{sizes}">{html}</picture>"#, source_set(&lighter)))
}

/// The picture with caption, credit and rights. `number` is its place in a gallery.
pub(super) fn figure_html(picture: &Picture, loading: Loading, number: Option<&str>, words: &Words) -> Option<String> {
    let image = image_html(picture, loading, "(min-width: 64rem) 44rem, 100vw")?;
    let number = number.map(|number| format!(r#"<b class="n">{}</b> "#, escaped(number))).unwrap_or_default();
    let credit = words.with("picture-credit", "credit", &picture.credit);
    Some(format!(
        "<figure>{image}<figcaption>{number}{} <cite>{}</cite>{}</figcaption></figure>",
        escaped(&picture.caption),
        escaped(&credit),
        rights_html(picture, words)
    ))
}

/// Whose it is, on what terms, and whether a program made it; nothing when the picture says none of it.
fn rights_html(picture: &Picture, words: &Words) -> String {
    let terms = &picture.terms;
    let mut parts = Vec::new();
    parts.extend(terms.creator.as_ref().filter(|creator| !picture.credit.contains(&***creator)).map(|creator| escaped(creator)));
    // A notice that only repeats the credit says nothing new.
    if let Some(notice) = picture.copyright_notice.as_ref().filter(|notice| **notice != picture.credit) {
        parts.push(escaped(notice));
    }
    parts.extend(terms.usage_terms.as_ref().map(|terms| escaped(terms)));
    if let Some(href) = &terms.web_statement {
        parts.push(format!(r#"<a rel="license" href="{}">{}</a>"#, escaped(href), escaped(words.t("picture-terms"))));
    }
    if let Some(href) = &terms.licensor_url {
        parts.push(format!(r#"<a href="{}">{}</a>"#, escaped(href), escaped(words.t("picture-licence"))));
    }
    if terms.digital_source_type.as_deref().is_some_and(is_by_machine) {
        parts.push(format!("<b>{}</b>", escaped(words.t("picture-by-machine"))));
    }
    parts.into_iter().map(|part| format!(" {part}")).collect::<Vec<_>>().concat()
}

/// Values of the IPTC vocabulary of digital source types that say a model made the picture or a part of it.
fn is_by_machine(kind: &str) -> bool {
    let name = kind.rsplit('/').next().unwrap_or_default();
    matches!(name, "trainedAlgorithmicMedia" | "compositeWithTrainedAlgorithmicMedia" | "algorithmicMedia" | "compositeSynthetic")
}

/// The kind that is lighter than what every browser reads.
const LIGHTER: &str = "image/webp";

/// The files of a kind that show what `shown` does and that this site serves, narrowest first.
fn at_every_width<'a>(picture: &'a Picture, shown: &Rendition, media_type: &str) -> Vec<&'a Rendition> {
    const WIDTHS_MAX: usize = 6;
    let is_wanted = |file: &&Rendition| {
        file.is_local() && !file.href.contains([' ', ',']) && &*file.media_type == media_type && file.has_shape_of(shown)
    };
    let mut files: Vec<&Rendition> = picture.renditions.iter().filter(is_wanted).collect();
    files.sort_by_key(|file| file.width);
    files.dedup_by_key(|file| file.width);
    files.truncate(WIDTHS_MAX);
    files
}

fn source_set(files: &[&Rendition]) -> String {
    let set: Vec<String> = files.iter().map(|file| format!("{} {}w", escaped(&file.href), file.width)).collect();
    set.join(", ")
}
