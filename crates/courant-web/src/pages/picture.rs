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

/// The `<img>` of a picture. `None` when this site serves no file of it: a page calls no other host.
pub(super) fn image_html(picture: &Picture, loading: Loading, sizes: &str) -> Option<String> {
    let shown = picture.local_rendition()?;
    let mut html =
        format!(r#"<img src="{}" width="{}" height="{}" alt="{}""#, escaped(&shown.href), shown.width, shown.height, escaped(&picture.alt));
    let others = same_shape(picture, shown);
    if 1 < others.len() {
        let set: Vec<String> = others.iter().map(|rendition| format!("{} {}w", escaped(&rendition.href), rendition.width)).collect();
        let _ = write!(html, r#" srcset="{}" sizes="{sizes}""#, set.join(", "));
    }
    html.push_str(match loading {
        Loading::Eager => ">",
        Loading::Lazy => r#" loading="lazy">"#,
    });
    Some(html)
}

/// The picture with caption and credit. `number` is its place in a gallery.
pub(super) fn figure_html(picture: &Picture, loading: Loading, number: Option<&str>, words: &Words) -> Option<String> {
    let image = image_html(picture, loading, "(min-width: 64rem) 44rem, 100vw")?;
    let number = number.map(|number| format!(r#"<b class="n">{}</b> "#, escaped(number))).unwrap_or_default();
    let credit = words.with("picture-credit", "credit", &picture.credit);
    Some(format!(
        "<figure>{image}<figcaption>{number}{} <cite>{}</cite></figcaption></figure>",
        escaped(&picture.caption),
        escaped(&credit)
    ))
}

/// The files of the same type and proportions as `shown` that this site serves, narrowest first.
fn same_shape<'a>(picture: &'a Picture, shown: &Rendition) -> Vec<&'a Rendition> {
    const WIDTHS_MAX: usize = 6;
    let ratio = |rendition: &Rendition| f64::from(rendition.width) / f64::from(rendition.height);
    let mut same: Vec<&Rendition> = picture
        .renditions
        .iter()
        .filter(|other| other.href.starts_with("/media/") && !other.href.contains([' ', ',']) && other.media_type == shown.media_type)
        .filter(|other| (ratio(other) - ratio(shown)).abs() < 0.02)
        .collect();
    same.sort_by_key(|rendition| rendition.width);
    same.dedup_by_key(|rendition| rendition.width);
    same.truncate(WIDTHS_MAX);
    same
}
