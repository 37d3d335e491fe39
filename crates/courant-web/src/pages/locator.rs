//! Where a place is: the map, and in words the same.

use courant_news::{Place, Point, address};

use super::body::escaped;
use super::map::MapCentre;
use crate::words::{Arg, Words};

/// The map of a place with its name and coordinates. `None` for a place whose coordinates nobody gave.
pub(super) fn locator_html(place: &Place, words: &Words) -> Option<String> {
    let point = place.point?;
    let name = full_name(place);
    let coordinates = coordinates(point, words);
    let label = words.say("map-label", &[("place", Arg::Text(&name)), ("coordinates", Arg::Text(&coordinates))]);
    Some(format!(
        r#"<figure class="map"><img src="{}" width="320" height="200" loading="lazy" alt="{}"><figcaption><a href="/places/{}">{}</a> <span class="n">{}</span></figcaption></figure>"#,
        MapCentre::near(point).path(),
        escaped(&label),
        address::segment(&place.slug),
        escaped(&name),
        escaped(&coordinates)
    ))
}

/// `Tokyo, Japan`; `Singapore` alone.
fn full_name(place: &Place) -> String {
    match &place.country {
        Some(country) if **country != *place.name => format!("{}, {country}", place.name),
        _ => place.name.to_string(),
    }
}

/// `35.7° N, 139.7° E` as the language writes it.
fn coordinates(point: Point, words: &Words) -> String {
    let latitude = if point.latitude < 0.0 { "map-south" } else { "map-north" };
    let longitude = if point.longitude < 0.0 { "map-west" } else { "map-east" };
    let degrees = |name, degrees: f64| words.with(name, "degrees", &words.decimal(degrees.abs()));
    let (latitude, longitude) = (degrees(latitude, point.latitude), degrees(longitude, point.longitude));
    words.say("map-coordinates", &[("latitude", Arg::Text(&latitude)), ("longitude", Arg::Text(&longitude))])
}
