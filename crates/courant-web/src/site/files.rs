//! Files that are no pages: pictures, scripts, the icon.

use std::io::{ErrorKind, Read};

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{self, HeaderValue};

use super::SiteState;
use super::answer::{self, Refused};
use crate::pages::{CARD_PNG, Fault, ICON_SVG, MapCentre, Script};
use crate::serve::{Answer, Tag};

/// The largest picture file that is served.
const MEDIA_BYTES_MAX: u64 = 20 << 20;
/// What never changes under its name may be kept for a year.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// A picture may be a drawing with markup inside; opened on its own it must not run anything.
const MEDIA_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// A picture, by the name its content gave it.
pub(super) fn media(state: &SiteState, name: &str) -> Result<Response, Refused> {
    let content_type = media_type(name).ok_or(Refused::Fault(Fault::NotFound))?;
    // The read model knows of a kill at once, whatever becomes of the file.
    if state.site.is_killed_file(name)? {
        let gone = Answer::new("text/plain; charset=utf-8", "The picture was withdrawn.\n").status(StatusCode::GONE);
        return Ok(answer::secured(gone.until([Tag::pair("media", name)])).into_response());
    }
    let file = match std::fs::File::open(state.media.join(name)) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Refused::Fault(Fault::NotFound)),
        Err(error) => return Err(Refused::Broken(error.into())),
    };
    let mut bytes = Vec::new();
    let n_read = file.take(MEDIA_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| Refused::Broken(error.into()))?;
    if MEDIA_BYTES_MAX < n_read as u64 {
        return Err(Refused::Broken(format!("the picture {name} is larger than {MEDIA_BYTES_MAX} bytes").into()));
    }
    let answer = Answer::new(content_type, bytes)
        .cache_control(FOR_EVER)
        .header(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MEDIA_POLICY))
        .header(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
        .until([Tag::pair("media", name)]);
    Ok(answer.into_response())
}

/// The media type of a well-formed name, `0123456789abcdef.svg`; anything else is no picture of ours, which also keeps a
/// path from leaving the folder.
fn media_type(name: &str) -> Option<&'static str> {
    let (stem, ending) = name.split_once('.')?;
    if stem.is_empty() || !stem.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match ending {
        "svg" => Some("image/svg+xml"),
        "jpg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        "webp" => Some("image/webp"),
        "avif" => Some("image/avif"),
        _ => None,
    }
}

/// A locator map. The same for as long as this release runs.
pub(super) fn map(centre: MapCentre) -> Response {
    let answer = Answer::new("image/svg+xml", centre.svg())
        .cache_control("public, max-age=86400")
        .header(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MEDIA_POLICY))
        .header(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    answer.until([]).into_response()
}

/// A script.
pub(super) fn asset(name: &str) -> Result<Response, Refused> {
    let script = Script::ALL.into_iter().find(|script| script.path().strip_prefix("/assets/") == Some(name));
    let script = script.ok_or(Refused::Fault(Fault::NotFound))?;
    let answer = Answer::new("text/javascript; charset=utf-8", script.text()).cache_control(FOR_EVER).until([]);
    Ok(answer::secured(answer).into_response())
}

/// The icon of the site.
pub(super) fn icon() -> Response {
    answer::secured(Answer::new("image/svg+xml", ICON_SVG).cache_control("public, max-age=86400").until([])).into_response()
}

/// The card that stands for pages without a picture.
pub(super) fn card() -> Response {
    answer::secured(Answer::new("image/png", CARD_PNG).cache_control("public, max-age=86400").until([])).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_pictures() {
        assert_eq!(media_type("0a1b.svg"), Some("image/svg+xml"));
        for name in ["../newsroom.db", "a.b.svg", ".svg", "0a1b.html", "0a1b", "0a1b.svg/x", "..%2f.svg"] {
            assert_eq!(media_type(name), None, "{name}");
        }
    }
}
