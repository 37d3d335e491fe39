//! What stands on the card of a story where its address is shared, and where the card is.

use courant_card::Card;
use courant_news::NewsItem;
use jiff::tz::TimeZone;

use crate::words::{UiLanguage, Words};

/// The card of a story: its headline, section, place, time and version, and that it was corrected.
pub(crate) fn story_card(agency: &str, zone: &TimeZone, item: &NewsItem) -> Card {
    let words = Words::of(UiLanguage::of(&item.lang));
    let times = &item.times;
    let at = times.updated_at.unwrap_or(times.first_moved_at);
    let place = item.dateline.as_ref().map(|dateline| dateline.place.name.clone());
    let version = format!("{} {}", words.t("version-label"), item.version);
    let corrected = item.corrections.iter().map(|correction| correction.corrected_at).max();
    Card {
        agency: agency.into(),
        section: words.section(item.section.as_str()).into(),
        headline: item.headline.as_str().into(),
        facts: place.into_iter().chain([words.date_time(at, zone).into(), version.into()]).collect(),
        banner: corrected.map(|at| format!("{} · {}", words.t("corrected"), words.date_time(at, zone)).into()),
        lang: item.lang.primary().into(),
        right_to_left: item.lang.direction() == courant_news::Direction::Rtl,
    }
}

/// The card of every page that is no story.
pub(crate) fn agency_card(agency: &str, origin: &str) -> Card {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    Card { agency: agency.into(), headline: agency.into(), facts: vec![host.into()], lang: "en".into(), ..Card::default() }
}

/// Where the card of a story is: its address is another when anything on it is.
pub(crate) fn story_card_path(card: &Card, item: &NewsItem) -> String {
    format!("/cards/{}/{}.png", item.story_id(), card.fingerprint())
}

/// Where the agency's card is.
pub(crate) fn agency_card_path(card: &Card) -> String {
    format!("/cards/{}.png", card.fingerprint())
}
