//! Where a place is: the map, and in words the same.

use courant_news::{Place, Point, address};

use super::body::escaped;
use super::map::MapView;
use crate::words::{Arg, Words};

/// The map of a place with its name and coordinates. `None` for a place whose coordinates nobody gave.
pub(super) fn locator_html(place: &Place, words: &Words) -> Option<String> {
    let point = place.point?;
    let name = full_name(place);
    let coordinates = coordinates(point, words);
    let label = words.say("map-label", &[("place", Arg::Text(&name)), ("coordinates", Arg::Text(&coordinates))]);
    Some(format!(
        r#"<figure class="map"><img src="{}" width="320" height="200" loading="lazy" alt="{}"><figcaption><a href="/places/{}">{}</a> <span class="n">{}</span></figcaption></figure>"#,
        MapView::of([point]).path(),
        escaped(&label),
        address::segment(&place.slug),
        escaped(&name),
        escaped(&coordinates)
    ))
}

/// One map of several places. `None` when the coordinates of none are known; a single place has the map it has everywhere.
pub(super) fn places_html(places: &[Place], words: &Words) -> Option<String> {
    let on_map: Vec<&Place> = places.iter().filter(|place| place.point.is_some()).take(MapView::POINTS_MAX).collect();
    match on_map.as_slice() {
        [] => None,
        [only] => locator_html(only, words),
        several => {
            let names: Vec<String> = several.iter().map(|place| full_name(place)).collect();
            let label = words.with("places-map", "places", &names.join(" · "));
            Some(format!(
                r#"<figure class="map"><img src="{}" width="320" height="200" loading="lazy" alt="{}"></figure>"#,
                MapView::of(several.iter().filter_map(|place| place.point)).path(),
                escaped(&label),
            ))
        }
    }
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
