//! `/cards/…`: the picture of a story where its address is shared.

use axum::response::{IntoResponse, Response};
use courant_card::{Card, Undrawn};
use courant_news::{PubStatus, StoryId};
use http::StatusCode;
use http::header::{HeaderName, HeaderValue, RETRY_AFTER};

use super::SiteState;
use super::answer::{self, Refused};
use super::files::FOR_EVER;
use crate::pages::{Fault, agency_card, agency_card_path, story_card, story_card_path};
use crate::serve::{Answer, Tag};

/// The card of a story, or of the agency. The address of a former version leads to the card of today: what was mended is not
/// shown again.
pub(super) fn page(state: &SiteState, story: Option<StoryId>, name: &str) -> Result<Response, Refused> {
    let agency = &state.agency;
    let Some(id) = story else {
        let card = agency_card(&agency.name, &agency.origin);
        let path = agency_card_path(&card);
        return match path.rsplit('/').next() == Some(name) {
            true => Ok(drawn(state, &card, Vec::new())?),
            false => Err(Refused::Fault(Fault::NotFound)),
        };
    };
    let story = state.site.story(id)?.ok_or(Refused::Fault(Fault::NotFound))?;
    let tags = vec![Tag::pair("story", &id.to_string())];
    let Some(item) = &story.item else {
        // One on hold is promised back, and then has its card again.
        let status = if story.line.pub_status == PubStatus::Withheld { StatusCode::NOT_FOUND } else { StatusCode::GONE };
        let gone = Answer::new("text/plain; charset=utf-8", "The story was withdrawn.\n").status(status).until(tags);
        return Ok(answer::secured(gone).into_response());
    };
    let card = story_card(&agency.name, &agency.zone, item);
    let path = story_card_path(&card, item);
    match path.rsplit('/').next() == Some(name) {
        true => drawn(state, &card, tags),
        // Only what could be a card of ours, or any name would be one.
        false if is_name(name) => Err(Refused::Found(path)),
        false => Err(Refused::Fault(Fault::NotFound)),
    }
}

/// Drawn on first ask and then kept with the pages, in their bounded memory, until the story changes.
fn drawn(state: &SiteState, card: &Card, tags: Vec<Tag>) -> Result<Response, Refused> {
    match state.painter.png(card) {
        Ok(png) => {
            let answer = Answer::new("image/png", png).cache_control(FOR_EVER).until(tags);
            let answer = answer
                .header(http::header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
                // Others show it beside our address.
                .header(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
            Ok(answer.into_response())
        }
        Err(busy @ Undrawn::Busy) => {
            let answer = Answer::new("text/plain; charset=utf-8", format!("{busy}\n")).status(StatusCode::SERVICE_UNAVAILABLE);
            Ok(answer::secured(answer).header(RETRY_AFTER, HeaderValue::from_static("1")).into_response())
        }
        Err(failed @ Undrawn::Failed(_)) => Err(Refused::Broken(failed.into())),
    }
}

fn is_name(name: &str) -> bool {
    name.strip_suffix(".png").is_some_and(|stem| stem.len() == 16 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_fingerprint_is_a_name() {
        assert!(is_name("0123456789abcdef.png"));
        for name in ["0123456789abcdef.svg", "0123.png", "0123456789abcdeg.png", ".png", "..%2f.png"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
