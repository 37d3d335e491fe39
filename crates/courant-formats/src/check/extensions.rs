//! Elements of other namespaces in feeds: Dublin Core, Media RSS, iTunes, `GeoRSS` and many more.

use std::collections::HashSet;

use super::model::Value::{
    AtMost, CommaIntegers, Contact, Decimal, Duration, Filled, FlareAddress, Float, Free, HttpUrl, Integer, Iri, IriCanonical, Iso8601,
    Iso8601Any, Keywords, Language, Latitude, Longitude, Mime, NonHtml, NonNegative, Nss, OneOf, Position, PositionList, Positive,
    Resource, Rfc822, Rfc3339, SafeHtml, TrueFalse, TrueFalseStrict, Uint31, UniqueInGroup, UriFull, W3cdtf,
};
use super::model::{
    Attr, Model, Source, Table, Text, Walk, anything, holds, many, many_of, nothing_more, one, one_of, optional, required, source, text,
};
use super::rules::{self, Rule};
use super::tree::Element;
use super::values::{self, Form};

const DC: Source = source("Dublin Core Metadata Element Set 1.1", "");
const DCTERMS: Source = source("DCMI Metadata Terms", "");
const MEDIA: Source = source("Media RSS 1.5", "");
const ITUNES: Source = source("iTunes podcast tags", "");
const GEORSS: Source = source("GeoRSS", "");
const SSE: Source = source("FeedSync 1.0", "");
const OTHERS: Source = source("RSS modules", "");
const THREAD: Source = source("RFC 4685", "3");

/// What may stand almost anywhere.
pub(super) static EVERYWHERE: Table = Table {
    source: DC,
    rows: &[
        one("dc:title", &[Free]),
        one("dc:description", &[Free]),
        many("dc:publisher", &[Free]),
        many("dc:contributor", &[Free]),
        one("dc:type", &[Free]),
        one("dc:format", &[Free]),
        many("dc:identifier", &[Free]),
        one("dc:source", &[Free]),
        one("dc:language", &[Language]),
        many("dc:relation", &[Free]),
        many("dc:coverage", &[Free]),
        one("dc:rights", &[NonHtml]),
    ],
};

/// Terms of the DCMI, places, and words of RDF.
pub(super) static EVERYWHERE_MORE: Table = Table {
    source: DCTERMS,
    rows: &[
        many("dcterms:alternative", &[Free]),
        one("dcterms:abstract", &[Free]),
        one("dcterms:tableOfContents", &[Resource]),
        one("dcterms:created", &[W3cdtf]),
        anything("dcterms:valid"),
        anything("dcterms:available"),
        one("dcterms:issued", &[W3cdtf]),
        one("dcterms:modified", &[W3cdtf]),
        one("dcterms:dateAccepted", &[Free]),
        one("dcterms:dateCopyrighted", &[Free]),
        one("dcterms:dateSubmitted", &[Free]),
        one("dcterms:extent", &[Positive, Filled]),
        many("dcterms:isVersionOf", &[Resource]),
        many("dcterms:hasVersion", &[Resource]),
        many("dcterms:isReplacedBy", &[Resource]),
        many("dcterms:replaces", &[Resource]),
        many("dcterms:isRequiredBy", &[Resource]),
        many("dcterms:requires", &[Resource]),
        many("dcterms:isPartOf", &[Resource]),
        many("dcterms:hasPart", &[Resource]),
        many("dcterms:isReferencedBy", &[Resource]),
        many("dcterms:references", &[Resource]),
        many("dcterms:isFormatOf", &[Resource]),
        many("dcterms:hasFormat", &[Resource]),
        many("dcterms:conformsTo", &[Resource]),
        anything("dcterms:spatial"),
        anything("dcterms:temporal"),
        many("dcterms:audience", &[Free]),
        one("dcterms:mediator", &[Free]),
        anything("dcterms:accessRights"),
        anything("dcterms:accrualMethod"),
        anything("dcterms:accrualPeriodicity"),
        anything("dcterms:accrualPolicy"),
        anything("dcterms:bibliographicCitation"),
        anything("dcterms:educationLevel"),
        anything("dcterms:instructionalMethod"),
        anything("dcterms:license"),
        anything("dcterms:provenance"),
        anything("dcterms:rightsHolder"),
        anything("rdf:RDF"),
        anything("rdf:type"),
        anything("rdf:Description"),
        many("rdfs:seeAlso", &[Resource]),
        one("opml:dateCreated", &[Rfc822]),
        one("opml:dateModified", &[Rfc822]),
        one("opml:ownerName", &[SafeHtml]),
        one("opml:ownerEmail", &[Contact]),
        one("opml:ownerId", &[HttpUrl]),
    ],
};

/// Places.
pub(super) static PLACES: Table = Table {
    source: GEORSS,
    rows: &[
        many_of("geo:Point", &GEO_POINT),
        many("geo:lat", &[Latitude]),
        many("geo:long", &[Longitude]),
        many("geo:alt", &[Decimal]),
        many("geourl:latitude", &[Latitude]),
        many("geourl:longitude", &[Longitude]),
        many("icbm:latitude", &[Latitude]),
        many("icbm:longitude", &[Longitude]),
        many_of("georss:where", &GEORSS_WHERE),
        many_of("georss:point", &GEORSS_POINT),
        many_of("georss:line", &GEORSS_LINE),
        many_of("georss:box", &GEORSS_LINE),
        many_of("georss:polygon", &GEORSS_LINE),
        many("georss:featureTypeTag", &[Free]),
        many("georss:relationshipTag", &[Free]),
        many("georss:featureName", &[Free]),
        many("georss:elev", &[Decimal]),
        many("georss:floor", &[Integer]),
        many("georss:radius", &[Float]),
    ],
};

/// `GeoRSS` Simple says more of a place in attributes.
const GEORSS_ATTRIBUTES: &[Attr] = &[
    optional("featuretypetag", &[Free]),
    optional("relationshiptag", &[Free]),
    optional("featurename", &[Free]),
    optional("elev", &[Decimal]),
    optional("floor", &[Integer]),
    optional("radius", &[Float]),
];
static GEORSS_POINT: Model = Model { attributes: GEORSS_ATTRIBUTES, ..text(GEORSS, &[Position]) };
static GEORSS_LINE: Model = Model { attributes: GEORSS_ATTRIBUTES, ..text(GEORSS, &[PositionList]) };
static GEO_POINT: Model = Model {
    needs: &[("geo:lat", rules::MISSING_ELEMENT), ("geo:long", rules::MISSING_ELEMENT)],
    ..holds(
        GEORSS,
        &[&Table { source: GEORSS, rows: &[one("geo:lat", &[Latitude]), one("geo:long", &[Longitude]), one("geo:alt", &[Decimal])] }],
    )
};
static GEORSS_WHERE: Model = holds(
    GEORSS,
    &[&Table {
        source: GEORSS,
        rows: &[
            many_of("gml:Point", &GML_POINT),
            many_of("gml:LineString", &GML_LINE),
            many_of("gml:Polygon", &GML_POLYGON),
            many_of("gml:Envelope", &GML_ENVELOPE),
        ],
    }],
);
const SRS_NAME: &[Attr] = &[optional("srsName", &[Free]), optional("gml:id", &[Free])];
static GML_POINT: Model =
    Model { attributes: SRS_NAME, ..holds(GEORSS, &[&Table { source: GEORSS, rows: &[many("gml:pos", &[Position])] }]) };
static GML_LINE: Model =
    Model { attributes: SRS_NAME, ..holds(GEORSS, &[&Table { source: GEORSS, rows: &[many("gml:posList", &[PositionList])] }]) };
static GML_POLYGON: Model =
    Model { attributes: SRS_NAME, ..holds(GEORSS, &[&Table { source: GEORSS, rows: &[many_of("gml:exterior", &GML_EXTERIOR)] }]) };
static GML_EXTERIOR: Model = holds(GEORSS, &[&Table { source: GEORSS, rows: &[many_of("gml:LinearRing", &GML_LINE)] }]);
static GML_ENVELOPE: Model = Model {
    attributes: SRS_NAME,
    ..holds(GEORSS, &[&Table { source: GEORSS, rows: &[many("gml:lowerCorner", &[Position]), many("gml:upperCorner", &[Position])] }])
};

/// Media RSS, at every level.
pub(super) static MEDIA_ANYWHERE: Table = Table {
    source: MEDIA,
    rows: &[
        one_of("media:adult", &MEDIA_ADULT),
        many_of("media:category", &MEDIA_CATEGORY),
        one_of("media:copyright", &MEDIA_COPYRIGHT),
        many_of("media:credit", &MEDIA_CREDIT),
        one_of("media:description", &MEDIA_TITLE),
        many("media:keywords", &[Free]),
        many_of("media:hash", &MEDIA_HASH),
        many_of("media:player", &MEDIA_PLAYER),
        many_of("media:rating", &MEDIA_RATING),
        many_of("media:restriction", &MEDIA_RESTRICTION),
        many_of("media:text", &MEDIA_TEXT),
        one_of("media:title", &MEDIA_TITLE),
        many_of("media:thumbnail", &MEDIA_THUMBNAIL),
        anything("media:community"),
        anything("media:comments"),
        anything("media:embed"),
        anything("media:responses"),
        anything("media:backLinks"),
        anything("media:status"),
        anything("media:price"),
        anything("media:license"),
        anything("media:subTitle"),
        anything("media:peerLink"),
        anything("media:location"),
        anything("media:rights"),
        anything("media:scenes"),
    ],
};

static MEDIA_ADULT: Model =
    Model { more: |walk, element| walk.note(rules::DEPRECATED_MEDIA_ADULT, element.at, ""), ..text(MEDIA, &[TrueFalse]) };
static MEDIA_CATEGORY: Model =
    Model { attributes: &[optional("label", &[NonHtml]), optional("scheme", &[UriFull])], ..text(MEDIA, &[NonHtml]) };
static MEDIA_COPYRIGHT: Model = Model { attributes: &[optional("url", &[UriFull])], ..text(MEDIA, &[NonHtml]) };
static MEDIA_CREDIT: Model = Model {
    attributes: &[optional("role", &[Free]), optional("scheme", &[Free])],
    more: |walk, element| {
        let scheme = element.attribute("scheme").unwrap_or("urn:ebu");
        if let Some(role) = element.attribute("role").filter(|role| !role.is_empty())
            && (role != role.to_lowercase() || (scheme == "urn:ebu" && !EBU_ROLES.split('|').any(|known| known.trim() == role)))
        {
            walk.note_attribute(rules::INVALID_CREDIT_ROLE, element.at, "role", role);
        }
    },
    ..text(MEDIA, &[Free])
};
static MEDIA_HASH: Model = Model {
    attributes: &[optional("algo", &[OneOf(rules::INVALID_MEDIA_HASH, &["md5", "sha-1"])])],
    more: |walk, element| {
        let text = element.text();
        let digits = text.trim();
        let wanted = if element.attribute("algo") == Some("sha-1") { 40 } else { 32 };
        if digits.len() != wanted || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            walk.note(rules::INVALID_MEDIA_HASH, element.at, digits);
        }
    },
    ..text(MEDIA, &[Free])
};
static MEDIA_PLAYER: Model = Model {
    attributes: &[required("url", &[UriFull]), optional("height", &[Positive]), optional("width", &[Positive])],
    ..text(MEDIA, &[Free])
};
static MEDIA_RATING: Model = Model {
    attributes: &[optional("scheme", &[UriFull])],
    more: |walk, element| {
        let text = element.text();
        let rating = text.trim();
        let is_right = match element.attribute("scheme").unwrap_or("urn:simple") {
            "urn:simple" => matches!(rating, "adult" | "nonadult"),
            "urn:mpaa" => matches!(rating, "g" | "m" | "nc-17" | "pg" | "pg-13" | "r" | "x"),
            "urn:v-chip" => matches!(
                rating,
                "14+" | "18+" | "c" | "c8" | "g" | "pg" | "tv-14" | "tv-g" | "tv-ma" | "tv-pg" | "tv-y" | "tv-y7" | "tv-y7-fv"
            ),
            "urn:icra" => values::is_icra(rating),
            _ => true,
        };
        if !is_right {
            walk.note(rules::INVALID_MEDIA_RATING, element.at, rating);
        }
    },
    ..text(MEDIA, &[Free])
};
static MEDIA_RESTRICTION: Model = Model {
    attributes: &[
        required("relationship", &[OneOf(rules::INVALID_MEDIA_RESTRICTION_REL, &["allow", "deny"])]),
        optional("type", &[OneOf(rules::INVALID_MEDIA_RESTRICTION_TYPE, &["country", "uri", "sharing"])]),
    ],
    more: |walk, element| {
        let text = element.text();
        let value = text.trim();
        match element.attribute("type") {
            None if !matches!(value, "" | "all" | "none") => walk.note(rules::INVALID_MEDIA_RESTRICTION, element.at, value),
            Some("country") => {
                for country in value.to_uppercase().split_whitespace().filter(|country| !values::is_country(country)) {
                    walk.note(rules::INVALID_COUNTRY, element.at, country);
                }
            }
            Some("uri") => {
                for address in value.split_whitespace() {
                    if let Some(rule) = values::address(address, Form::UriFull, rules::INVALID_FULL_LINK) {
                        walk.note(rule, element.at, address);
                    }
                }
            }
            None | Some(_) => {}
        }
    },
    ..text(MEDIA, &[Free])
};
static MEDIA_TEXT: Model = Model {
    attributes: &[optional("type", &[MEDIA_TYPES]), optional("lang", &[Language]), optional("start", &[Free]), optional("end", &[Free])],
    more: |walk, element| {
        for name in ["start", "end"] {
            if let Some(time) = element.attribute(name).filter(|time| !values::is_npt(time)) {
                walk.note_attribute(rules::INVALID_NPT_TIME, element.at, name, time);
            }
        }
        media_words(walk, element);
    },
    ..text(MEDIA, &[Free])
};
static MEDIA_TITLE: Model = Model { attributes: &[optional("type", &[MEDIA_TYPES])], more: media_words, ..text(MEDIA, &[Free]) };
const MEDIA_TYPES: super::model::Value = OneOf(rules::INVALID_MEDIA_TEXT_TYPE, &["plain", "html"]);

fn media_words(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    let words = element.text();
    if element.attribute("type") == Some("html") {
        walk.safe_html(element, &words);
    } else if let Some((rule, shown)) = walk.holds_html(element, words.trim(), rules::CONTAINS_UNDECLARED_HTML) {
        walk.note(rule, element.at, shown);
    }
}

static MEDIA_THUMBNAIL: Model = Model {
    attributes: &[required("url", &[UriFull]), optional("height", &[Positive]), optional("width", &[Positive]), optional("time", &[Free])],
    more: |walk, element| {
        if let Some(time) = element.attribute("time").filter(|time| !values::is_npt(time)) {
            walk.note_attribute(rules::INVALID_NPT_TIME, element.at, "time", time);
        }
    },
    ..text(MEDIA, &[Free])
};
static MEDIA_CONTENT: Model = Model {
    attributes: &[
        optional("bitrate", &[Float]),
        optional("channels", &[NonNegative]),
        optional("duration", &[Float]),
        optional("expression", &[OneOf(rules::INVALID_MEDIA_EXPRESSION, &["sample", "full", "nonstop"])]),
        optional("fileSize", &[Positive]),
        optional("framerate", &[Float]),
        optional("height", &[Positive]),
        optional("isDefault", &[TrueFalse]),
        optional("lang", &[Language]),
        optional("medium", &[OneOf(rules::INVALID_MEDIA_MEDIUM, &["image", "audio", "video", "document", "executable"])]),
        optional("samplingrate", &[Float]),
        optional("type", &[Mime]),
        optional("url", &[UriFull]),
        optional("width", &[Positive]),
    ],
    ..holds(MEDIA, &[&MEDIA_ANYWHERE, &EVERYWHERE, &EVERYWHERE_MORE, &PLACES])
};
static MEDIA_GROUP: Model = Model {
    more: |walk, element| {
        if element.children().filter(|child| child.local == "content").count() < 2 {
            walk.note(rules::MEDIA_GROUP_OF_ONE, element.at, "");
        }
    },
    ..holds(MEDIA, &[&MEDIA_ANYWHERE, &Table { source: MEDIA, rows: &[many_of("media:content", &MEDIA_CONTENT)] }])
};

/// What a channel or an item may have of others.
pub(super) static CHANNEL_AND_ITEM: Table = Table { source: OTHERS, rows: &[anything("taxo:topics"), many_of("l:link", &L_LINK)] };

static L_LINK: Model = Model {
    source: OTHERS,
    text: Text::Any,
    attributes: &[
        optional("rdf:resource", &[Free]),
        optional("dc:title", &[Free]),
        optional("l:lang", &[Language]),
        required("l:rel", &[UriFull]),
        optional("l:type", &[Free]),
        optional("l:title", &[NonHtml]),
    ],
    tables: &[],
    needs: &[],
    more: nothing_more,
};

/// What an item may have of others.
pub(super) static ITEM: Table = Table {
    source: OTHERS,
    rows: &[
        one("annotate:reference", &[Resource]),
        one("ag:source", &[Free]),
        one("ag:sourceURL", &[UriFull]),
        one("ag:timestamp", &[Iso8601]),
        one("ev:startdate", &[Iso8601Any]),
        one("ev:enddate", &[Iso8601Any]),
        anything("ev:location"),
        anything("ev:organizer"),
        one("ev:type", &[Free]),
        one("feedburner:awareness", &[UriFull]),
        one("feedburner:origEnclosureLink", &[UriFull]),
        one("feedburner:origLink", &[UriFull]),
        anything("foaf:maker"),
        anything("foaf:primaryTopic"),
        one("slash:comments", &[NonNegative]),
        many("slash:section", &[Free]),
        many("slash:department", &[Free]),
        one("slash:hit_parade", &[CommaIntegers]),
        one("thr:total", &[NonNegative]),
        many_of("thr:in-reply-to", &IN_REPLY_TO),
        one("wfw:comment", &[UriFull]),
        one("wfw:commentRss", &[UriFull]),
        one_of("wfw:commentRSS", &COMMENT_RSS),
        many("wiki:diff", &[Free]),
        many("wiki:history", &[Free]),
        many("wiki:importance", &[Free]),
        many("wiki:status", &[Free]),
        many("wiki:version", &[Free]),
        many_of("media:group", &MEDIA_GROUP),
        many_of("media:content", &MEDIA_CONTENT),
        many_of("sx:sync", &SYNC),
        one("conversationsNetwork:introMilliseconds", &[NonNegative]),
        one("conversationsNetwork:image", &[HttpUrl]),
        one("conversationsNetwork:ratingAverage", &[Float]),
        one("conversationsNetwork:ratingCount", &[NonNegative]),
        one("conversationsNetwork:ratingIndividual", &[Positive]),
        one("conversationsNetwork:ratingTimestamp", &[Iso8601]),
    ],
};

static COMMENT_RSS: Model = Model { more: |walk, element| walk.note(rules::COMMENT_RSS, element.at, ""), ..text(OTHERS, &[UriFull]) };
pub(super) static IN_REPLY_TO: Model = Model {
    attributes: &[optional("href", &[Iri]), optional("ref", &[IriCanonical]), optional("source", &[Iri]), optional("type", &[Mime])],
    ..text(THREAD, &[Free])
};

/// What a channel may have of others.
pub(super) static CHANNEL: Table = Table {
    source: OTHERS,
    rows: &[
        one("admin:generatorAgent", &[Resource]),
        one("admin:errorReportsTo", &[Resource]),
        one("blogChannel:blogRoll", &[UriFull]),
        one("blogChannel:mySubscriptions", &[UriFull]),
        one("blogChannel:blink", &[UriFull]),
        one("blogChannel:changes", &[UriFull]),
        one("sy:updatePeriod", &[OneOf(rules::INVALID_UPDATE_PERIOD, &["hourly", "daily", "weekly", "monthly", "yearly"])]),
        one("sy:updateFrequency", &[Positive, Filled]),
        one("sy:updateBase", &[W3cdtf]),
        anything("foaf:maker"),
        many("cp:server", &[Resource]),
        many("wiki:interwiki", &[Free]),
        many_of("thr:in-reply-to", &IN_REPLY_TO),
        anything("cf:listinfo"),
        anything("cf:treatAs"),
        one("feedburner:awareness", &[UriFull]),
        one("feedburner:browserFriendly", &[NonHtml]),
        one("feedburner:emailServiceId", &[Free]),
        many_of("feedburner:feedFlare", &FEED_FLARE),
        many_of("feedburner:info", &FEED_INFO),
        one("feedburner:feedburnerHostname", &[UriFull]),
        one("opensearch:totalResults", &[NonNegative]),
        one("opensearch:startIndex", &[Integer]),
        one("opensearch:itemsPerPage", &[NonNegative]),
        one("opensearch10:totalResults", &[NonNegative]),
        one("opensearch10:startIndex", &[Integer]),
        one("opensearch10:itemsPerPage", &[NonNegative]),
        many_of("opensearch:Query", &super::opensearch::QUERY),
        anything("xhtml:div"),
        many_of("xhtml:meta", &XHTML_META),
        many_of("sx:sharing", &SHARING),
        many_of("fh:archive", &FH_FLAG),
        many_of("fh:complete", &FH_FLAG),
    ],
};

static FH_FLAG: Model = holds(source("RFC 5005", "2, 4"), &[]);
static FEED_FLARE: Model =
    Model { attributes: &[required("href", &[FlareAddress]), required("src", &[FlareAddress])], ..text(OTHERS, &[NonHtml]) };
static FEED_INFO: Model = Model { attributes: &[required("uri", &[Iri])], ..holds(OTHERS, &[]) };
static XHTML_META: Model = Model {
    attributes: &[required("name", &[Free]), required("content", &[Free])],
    more: |walk, element| {
        if let Some(name) = element.attribute("name").filter(|name| !name.eq_ignore_ascii_case("robots")) {
            walk.note_attribute(rules::INVALID_META_NAME, element.at, "name", name);
        }
        if let Some(content) = element.attribute("content") {
            let words: Vec<String> = content.split(',').map(|word| word.trim().to_ascii_lowercase()).collect();
            let is_word = |word: &String| matches!(&**word, "all" | "none" | "index" | "noindex" | "follow" | "nofollow");
            let has = |wanted: &str| words.iter().any(|word| word == wanted);
            let is_contradiction = (has("index") && has("noindex")) || (has("follow") && has("nofollow"));
            if !words.iter().all(is_word) || is_contradiction {
                walk.note_attribute(rules::INVALID_META_CONTENT, element.at, "content", content);
            }
        }
    },
    ..holds(OTHERS, &[])
};

/// Podcasts: what channels and items share.
pub(super) static ITUNES_BOTH: Table = Table {
    source: ITUNES,
    rows: &[
        one("itunes:author", &[AtMost(255), NonHtml]),
        one_of("itunes:block", &ITUNES_BLOCK),
        one("itunes:explicit", &[TrueFalse]),
        one("itunes:keywords", &[AtMost(255), NonHtml, Keywords]),
        one("itunes:subtitle", &[AtMost(255), NonHtml]),
        one("itunes:summary", &[AtMost(4000), NonHtml]),
        one_of("itunes:image", &ITUNES_IMAGE),
    ],
};
static ITUNES_BLOCK: Model = Model {
    more: |walk, element| {
        let text = element.text();
        if !matches!(&*text.to_ascii_lowercase(), "yes" | "no" | "clean") {
            walk.note(rules::INVALID_YES_NO_CLEAN, element.at, &*text);
        }
    },
    ..text(ITUNES, &[Free])
};
static ITUNES_IMAGE: Model = Model { attributes: &[required("href", &[HttpUrl])], ..holds(ITUNES, &[]) };
pub(super) static ITUNES_CHANNEL: Table = Table {
    source: ITUNES,
    rows: &[
        one_of("itunes:owner", &ITUNES_OWNER),
        many_of("itunes:category", &ITUNES_CATEGORY),
        one("itunes:pubDate", &[Rfc822]),
        one("itunes:new-feed-url", &[UriFull]),
        one("itunes:title", &[Free]),
        one("itunes:complete", &[Free]),
        one("itunes:type", &[OneOf(rules::INVALID_ITUNES_CHANNEL_TYPE, &["episodic", "serial"])]),
    ],
};
pub(super) static ITUNES_ITEM: Table = Table {
    source: ITUNES,
    rows: &[
        one("itunes:duration", &[Duration]),
        one("itunes:title", &[Free]),
        one("itunes:episode", &[Positive]),
        one("itunes:season", &[Positive]),
        one("itunes:order", &[Integer]),
        one("itunes:isClosedCaptioned", &[Free]),
        one("itunes:episodeType", &[OneOf(rules::INVALID_ITUNES_EPISODE_TYPE, &["full", "trailer", "bonus"])]),
    ],
};
static ITUNES_OWNER: Model = Model {
    needs: &[("itunes:email", rules::MISSING_ELEMENT)],
    ..holds(ITUNES, &[&Table { source: ITUNES, rows: &[one("itunes:email", &[Contact]), one("itunes:name", &[AtMost(255), NonHtml])] }])
};
static ITUNES_CATEGORY: Model = Model {
    attributes: &[required("text", &[Free])],
    more: |walk, element| {
        let Some(name) = element.attribute("text") else { return };
        let outer = walk.names.len().checked_sub(2).map(|idx| walk.names[idx].clone());
        if outer.as_deref() == Some("itunes:category") {
            return;
        }
        let inner: Vec<&str> = element.children().filter_map(|child| child.attribute("text")).collect();
        match CATEGORIES.iter().find(|(known, _)| *known == name) {
            None if OLD_CATEGORIES.contains(&name) => walk.note_attribute(rules::OBSOLETE_ITUNES_CATEGORY, element.at, "text", name),
            None => walk.note_attribute(rules::INVALID_ITUNES_CATEGORY, element.at, "text", name),
            Some((_, known)) => {
                for name in inner.into_iter().filter(|name| !known.split('|').any(|known| known == *name)) {
                    let rule = if OLD_SUBCATEGORIES.split('|').any(|old| old == name) {
                        rules::OBSOLETE_ITUNES_CATEGORY
                    } else {
                        rules::INVALID_ITUNES_CATEGORY
                    };
                    walk.note_attribute(rule, element.at, "text", name);
                }
            }
        }
    },
    ..holds(ITUNES, &[&Table { source: ITUNES, rows: &[many_of("itunes:category", &ITUNES_CATEGORY)] }])
};

/// What directories of podcasts ask of a channel that uses their words.
pub(super) fn podcast(walk: &mut Walk<'_, '_>, element: &Element<'_>) {
    let uses = |children: &HashSet<String>| children.iter().any(|child| child.starts_with("itunes:"));
    let is_podcast = walk.open.last().is_some_and(|level| uses(&level.children))
        || element.children().any(|child| child.children().any(|inner| walk.name(inner).is_some_and(|name| name.starts_with("itunes:"))));
    if !is_podcast {
        return;
    }
    if !walk.has("language") && walk.lang().is_none() {
        walk.note_child(rules::MISSING_ITUNES_ELEMENT, element.at, "language", "");
    }
    for needed in ["itunes:category", "itunes:explicit"] {
        if !walk.has(needed) {
            walk.note_child(rules::MISSING_ITUNES_ELEMENT, element.at, needed, "");
        }
    }
    if !walk.has("itunes:owner") {
        walk.note_child(rules::MISSING_ITUNES_EMAIL, element.at, "itunes:email", "");
    }
    if walk.encoding != "UTF-8" && walk.encoding != "US-ASCII" {
        walk.note(rules::NOT_UTF8, element.at, walk.encoding);
    }
}

/// `FeedSync`.
static SHARING: Model = Model {
    attributes: &[optional("expires", &[Rfc3339]), optional("since", &[Rfc3339]), optional("until", &[Rfc3339])],
    more: |walk, element| match (element.attribute("since"), element.attribute("until")) {
        (Some(_), None) => walk.note_attribute(rules::MISSING_ATTRIBUTE, element.at, "until", ""),
        (None, Some(_)) => walk.note_attribute(rules::MISSING_ATTRIBUTE, element.at, "since", ""),
        (Some(since), Some(until)) if until < since => walk.note(rules::SINCE_AFTER_UNTIL, element.at, since),
        (Some(_), Some(_)) | (None, None) => {}
    },
    ..holds(SSE, &[&Table { source: SSE, rows: &[many_of("sx:related", &RELATED)] }])
};
static RELATED: Model = Model {
    attributes: &[
        required("link", &[UriFull]),
        optional("title", &[NonHtml, Filled]),
        required("type", &[OneOf(rules::INVALID_SSE_TYPE, &["complete", "aggregated"])]),
    ],
    ..holds(SSE, &[])
};
static SYNC: Model = Model {
    attributes: &[
        optional("deleted", &[TrueFalseStrict]),
        optional("noconflicts", &[TrueFalseStrict]),
        required("id", &[Nss, UniqueInGroup(rules::DUPLICATE_VALUE)]),
        required("updates", &[Uint31]),
    ],
    needs: &[("sx:history", rules::MISSING_ELEMENT)],
    ..holds(SSE, &[&Table { source: SSE, rows: &[many_of("sx:history", &HISTORY), anything("sx:conflicts")] }])
};
static HISTORY: Model = Model {
    attributes: &[optional("by", &[NonHtml, Filled, Nss]), required("sequence", &[Uint31]), optional("when", &[Rfc3339])],
    more: |walk, element| match (element.attribute("by"), element.attribute("when")) {
        (None, None) => walk.note(rules::MISSING_BY_AND_WHEN, element.at, ""),
        (None, Some(_)) => walk.note_attribute(rules::MISSING_RECOMMENDED_ATTRIBUTE, element.at, "by", ""),
        (Some(_), None) => walk.note_attribute(rules::MISSING_RECOMMENDED_ATTRIBUTE, element.at, "when", ""),
        (Some(_), Some(_)) => {}
    },
    ..holds(SSE, &[])
};

/// Who may republish a feed.
pub(super) static ACCESS: Model = Model {
    attributes: &[required("relationship", &[OneOf(rules::INVALID_ACCESS_RESTRICTION, &["allow", "deny"])])],
    ..holds(source("Feed access control 1.0", ""), &[])
};

/// Pings of other sites: addresses, or resources in RDF.
pub(super) static TRACKBACK: Table =
    Table { source: OTHERS, rows: &[one("trackback:ping", &[UriFull]), many("trackback:about", &[UriFull])] };
pub(super) static TRACKBACK_RDF: Table =
    Table { source: OTHERS, rows: &[one("trackback:ping", &[Resource]), many("trackback:about", &[Resource])] };

/// Two elements that say the same.
pub(super) fn same_twice(walk: &mut Walk<'_, '_>, element: &Element<'_>, rule: &'static Rule, pairs: &[(&str, &str)]) {
    for (core, extension) in pairs {
        if walk.has(core) && walk.has(extension) {
            let at = element.children().find(|child| walk.name(child).as_deref() == Some(extension)).map_or(element.at, |child| child.at);
            walk.note_child(rule, at, extension, core);
        }
    }
}

/// Whether an attribute of threading stands where RFC 4685 does not have it.
pub(super) fn threading(walk: &mut Walk<'_, '_>, element: &Element<'_>, rel: &str) {
    const THR: &str = "http://purl.org/syndication/thread/1.0";
    if element.attribute_of(THR, "when").is_some() {
        walk.note_attribute(rules::NO_THR_WHEN, element.at, "thr:when", "");
    }
    if let Some(count) = element.attribute_of(THR, "count") {
        if rel != "replies" {
            walk.note_attribute(rules::UNEXPECTED_ATTRIBUTE, element.at, "thr:count", count);
        }
        if count.parse::<u64>().is_err() {
            walk.note_attribute(rules::INVALID_NON_NEGATIVE_INTEGER, element.at, "thr:count", count);
        }
    }
    if let Some(updated) = element.attribute_of(THR, "updated") {
        if rel != "replies" {
            walk.note_attribute(rules::UNEXPECTED_ATTRIBUTE, element.at, "thr:updated", updated);
        }
        if let Some(rule) = values::rfc3339(updated, walk.asked.now) {
            walk.note_attribute(rule, element.at, "thr:updated", updated);
        }
    }
}

/// Roles of the European Broadcasting Union.
const EBU_ROLES: &str = "actor|adaptor|anchor person|animal trainer|animator|announcer|armourer|art director|artist/performer|assistant camera|\
    assistant chief lighting technician|assistant director|assistant producer|assistant visual editor|author|broadcast assistant|\
    broadcast journalist|camera operator|carpenter|casting|causeur|chief lighting technician|choir|choreographer|clapper loader|\
    commentary or commentator|commissioning broadcaster|composer|computer programmer|conductor|consultant|continuity checker|correspondent|\
    costume designer|dancer|dialogue coach|director|director of photography|distribution company|draughtsman|dresser|dubber|editor/producer|\
    editor|ensemble|executive producer|expert|fight director|floor manager|focus puller|foley artist|foley editor|foley mixer|\
    graphic assistant|graphic designer|greensman|grip|hairdresser|illustrator|interviewed guest|interviewer|key character|key grip|key talents|\
    leadman|librettist|lighting director|lighting technician|location manager|lyricist|make up artist|manufacturer|matte artist|music arranger|\
    music group|musician|news reader|orchestra|participant|photographer|post|producer|production assistant|production company|\
    production department|production manager|production secretary|programme production researcher|property manager|publishing company|\
    puppeteer|pyrotechnician|reporter|rigger|runner|scenario|scenic operative|script supervisor|second assistant camera|\
    second assistant director|second unit director|set designer|set dresser|sign language|singer|sound designer|sound mixer|sound recordist|\
    special effects|stunts|subtitles|technical director|term|translation|transportation manager|treatment/programme proposal|vision mixer|\
    visual editor|visual effects|wardrobe|witness|artist|performer|treatment|treatment proposal|programme proposal";

/// Categories of podcasts since 2019, with their subcategories.
const CATEGORIES: &[(&str, &str)] = &[
    ("Arts", "Books|Design|Fashion & Beauty|Food|Performing Arts|Visual Arts"),
    ("Business", "Careers|Entrepreneurship|Investing|Management|Marketing|Non-Profit"),
    ("Comedy", "Comedy Interviews|Improv|Stand-Up"),
    ("Education", "Courses|How To|Language Learning|Self-Improvement"),
    ("Fiction", "Comedy Fiction|Drama|Science Fiction"),
    ("Government", ""),
    ("History", ""),
    ("Health & Fitness", "Alternative Health|Fitness|Medicine|Mental Health|Nutrition|Sexuality"),
    ("Kids & Family", "Education for Kids|Parenting|Pets & Animals|Stories for Kids"),
    ("Leisure", "Animation & Manga|Automotive|Aviation|Crafts|Games|Hobbies|Home & Garden|Video Games"),
    ("Music", "Music Commentary|Music History|Music Interviews"),
    ("News", "Business News|Daily News|Entertainment News|News Commentary|Politics|Sports News|Tech News"),
    ("Religion & Spirituality", "Buddhism|Christianity|Hinduism|Islam|Judaism|Religion|Spirituality"),
    ("Science", "Astronomy|Chemistry|Earth Sciences|Life Sciences|Mathematics|Natural Sciences|Nature|Physics|Social Sciences"),
    ("Society & Culture", "Documentary|Personal Journals|Philosophy|Places & Travel|Relationships"),
    (
        "Sports",
        "Baseball|Basketball|Cricket|Fantasy Sports|Football|Golf|Hockey|Rugby|Running|Soccer|Swimming|Tennis|Volleyball|Wilderness|Wrestling",
    ),
    ("Technology", ""),
    ("True Crime", ""),
    ("TV & Film", "After Shows|Film History|Film Interviews|Film Reviews|TV Reviews"),
];
/// Categories that were before.
const OLD_CATEGORIES: &[&str] = &[
    "Arts & Entertainment",
    "Audio Blogs",
    "Family",
    "Food",
    "Games & Hobbies",
    "Government & Organizations",
    "Health",
    "International",
    "Movies & Television",
    "News & Politics",
    "Politics",
    "Public Radio",
    "Science & Medicine",
    "Sports & Recreation",
    "Talk Radio",
    "Transportation",
    "Travel",
];
const OLD_SUBCATEGORIES: &str = "Literature|Business News|Finance|Management & Marketing|News|Shopping|Education Technology|Higher Education|K-12|\
    Language Courses|Training|History|Other|Gadgets|Podcasting|Software How-To|Tech News|Developers|Computers|New Age|Philosophy";
