//! Places and the dateline.

use courant_news::{AgencyMark, Dateline, Place, Point, slugify};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::PLACE;
use super::tree::Object;

/// The keys that make an object a place itself, and no map of places.
pub(super) const OWN: [&str; 5] = ["name", "code", "uri", "rel", "literal"];
/// The longest agency's mark, in characters.
const MARK_CHARS_MAX: usize = 40;

/// A place as the document gives it.
pub(super) struct Given<'v> {
    pub(super) place: Place,
    /// Whether it is where the report was filed.
    pub(super) is_located: bool,
    /// The agency's mark beside it.
    pub(super) mark: Option<&'v str>,
}

/// Reads one entry of `places`.
pub(super) fn read<'v>(object: &Object<'_, 'v>) -> Option<Given<'v>> {
    let uri = object.text(&["uri"]);
    let own_slug = uri.and_then(|uri| uri.strip_prefix(PLACE)).map(|slug| percent_decode_str(slug).decode_utf8_lossy().into_owned());
    let name = object.text(&["name"]).or_else(|| object.text(&["literal", "code"])).or(own_slug.as_deref().and(uri))?;
    let name = name.strip_prefix(PLACE).unwrap_or(name);
    let mut place = object.keep("name", Place::new(name, own_slug.as_deref()))?;
    let geo = object.object(&["geoJSON", "geojson", "geometry_geojson"]);
    let feature = geo.as_ref().and_then(|geo| geo.object(&["properties"]));
    let text = |names: &[&'static str]| feature.as_ref().and_then(|feature| feature.text(names));
    // ISO 3166-1 codes, as the IPTC's own examples name countries.
    let scheme = object.text(&["scheme"]).unwrap_or_default();
    let iso_code = uri.filter(|uri| uri.contains("iso3166-1a2")).and_then(|uri| uri.rsplit(['/', ':']).next());
    let iso_code = iso_code.or_else(|| object.text(&["code"]).filter(|_| scheme.contains("iso3166-1a2")));
    let country = text(&["country"]).or_else(|| object.text(&["country"]));
    let code = text(&["countryCode"]).or(iso_code).or_else(|| object.text(&["country_code"]).filter(|code| code.len() == 2));
    match place.clone().in_country(country, code) {
        Ok(known) => place = known,
        Err(error) => object.repair("geoJSON.properties", &error.value, format!("{}; the country is left out", error.problem)),
    }
    if let Some(zone) = text(&["timeZone"]).or_else(|| object.text(&["tz"])) {
        match place.clone().in_zone(zone) {
            Ok(known) => place = known,
            Err(error) => object.repair("geoJSON.properties.timeZone", &error.value, format!("{}; left out", error.problem)),
        }
    }
    if let Some(point) = geo.as_ref().and_then(|geo| point(geo)) {
        place = place.at(point);
    }
    let is_located = object.text(&["rel"]).is_some_and(|rel| matches!(rel, "located" | "dateline"));
    Some(Given { place, is_located, mark: text(&["mark"]) })
}

/// A GeoJSON point, or a feature with one. Shapes have no single point and give none.
fn point(geo: &Object<'_, '_>) -> Option<Point> {
    let geometry = geo.object(&["geometry"]);
    let geometry = geometry.as_ref().unwrap_or(geo);
    match geometry.text(&["type"]) {
        Some("Point") => {}
        Some(
            "Feature" | "FeatureCollection" | "GeometryCollection" | "LineString" | "MultiLineString" | "MultiPoint" | "Polygon"
            | "MultiPolygon",
        ) => return None,
        Some(other) => {
            geometry.refuse("type", other, "is no type of GeoJSON", "use one such as Point");
            return None;
        }
        None => {
            geometry.refuse("type", "", "is missing", "give the type of the GeoJSON object, such as Point");
            return None;
        }
    }
    let (_, coordinates) = geometry.get(&["coordinates"])?;
    let numbers: Option<Vec<f64>> = coordinates.as_array().and_then(|numbers| numbers.iter().take(4).map(Value::as_f64).collect());
    // RFC 7946 section 3.1.1: longitude comes first.
    let Some([longitude, latitude, ..]) = numbers.as_deref() else {
        geometry.refuse("coordinates", &coordinates.to_string(), "is no position", "give [longitude, latitude]");
        return None;
    };
    geometry.keep("coordinates", Point::new(*latitude, *longitude))
}

/// The place and country that a printed `located` names: `Tokyo, Japan`.
fn printed(object: &Object<'_, '_>, located: &str) -> Option<Place> {
    let (city, country) = match located.split_once(',') {
        Some((city, country)) if !country.contains(',') && !country.trim().is_empty() => (city, Some(country.trim())),
        _ => (located, None),
    };
    let place = object.keep("located", Place::new(city, None))?;
    object.keep("located", place.in_country(country, None))
}

/// The dateline of a document, whose places were read before.
pub(super) fn dateline(object: &Object<'_, '_>, given: &[Given<'_>], filed_at: Timestamp) -> Option<Dateline> {
    let mark_of = |mark: &str| {
        let mark: String = mark.trim().chars().filter(|letter| !letter.is_control()).take(MARK_CHARS_MAX).collect();
        (!mark.is_empty()).then(|| AgencyMark(mark.into()))
    };
    if let Some(located) = given.iter().find(|given| given.is_located) {
        return Some(Dateline { place: located.place.clone(), filed_at, mark: located.mark.and_then(mark_of) });
    }
    // Superdesk and AP give objects.
    let structured = ["dateline", "datelinelocation"].into_iter().find_map(|name| {
        let outer = object.get(&[name]).filter(|(_, value)| value.is_object()).and_then(|_| object.object(&[name]))?;
        let place = match outer.object(&["located"]) {
            Some(inner) => of_city(&inner),
            None => of_city(&outer),
        };
        place.map(|place| Dateline { place, filed_at, mark: outer.text(&["source"]).and_then(mark_of) })
    });
    if structured.is_some() {
        return structured;
    }
    let located = object.text(&["located"])?;
    let mut place = printed(object, located)?;
    // What the document says of the same place elsewhere is known of it here too.
    if let Some(same) = given.iter().find(|given| given.place.slug == place.slug) {
        place = Place { country: same.place.country.clone().or(place.country), ..same.place.clone() };
    }
    Some(Dateline { place, filed_at, mark: None })
}

fn of_city(object: &Object<'_, '_>) -> Option<Place> {
    let name = object.text(&["city", "name"])?;
    let mut place = object.keep("city", Place::new(name, None))?;
    let code = object.text(&["country_code", "countrycode"]).filter(|code| code.len() == 2);
    place = place.clone().in_country(object.text(&["country", "countryname"]), code).unwrap_or(place);
    if let Some(zone) = object.text(&["tz"]) {
        place = place.clone().in_zone(zone).unwrap_or(place);
    }
    match object.object(&["geometry_geojson", "geoJSON", "geojson"]).as_ref().and_then(point) {
        Some(point) => Some(place.at(point)),
        None => Some(place),
    }
}

/// A place as an entry of `places`.
pub(super) fn write(place: &Place, rel: &str, mark: Option<&AgencyMark>) -> Value {
    let mut properties = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            properties.insert(key.to_owned(), value.into());
        }
    };
    put("country", place.country.as_deref());
    put("countryCode", place.country_code.as_deref());
    put("timeZone", place.zone.as_deref());
    put("mark", mark.map(|mark| mark.0.as_ref()));
    let geometry = place.point.map(|point| json!({ "type": "Point", "coordinates": [point.longitude, point.latitude] }));
    let mut entry = Map::new();
    entry.insert("name".to_owned(), place.name.as_ref().into());
    entry.insert("rel".to_owned(), rel.into());
    entry.insert("uri".to_owned(), format!("{PLACE}{}", courant_news::address::segment(&place.slug)).into());
    if !properties.is_empty() {
        entry.insert("geoJSON".to_owned(), json!({ "type": "Feature", "geometry": geometry, "properties": properties }));
    } else if let Some(geometry) = geometry {
        entry.insert("geoJSON".to_owned(), geometry);
    }
    Value::Object(entry)
}

/// The dateline's place as printed: `Tokyo, Japan`.
pub(super) fn located(place: &Place) -> String {
    match place.country.as_deref() {
        Some(country) if slugify(country) != slugify(&place.name) => format!("{}, {country}", place.name),
        _ => place.name.to_string(),
    }
}
