//! OpenSearch 1.1: how a site is searched.

use super::model::Value::{AddrSpec, AtMost, Charset, Free, Integer, Language, Mime, NonHtml, NonNegative, OneOf, UriFull, UrlEncoded};
use super::model::{Model, Source, Table, Walk, holds, many, many_of, one, one_of, optional, required, source, text};
use super::rules;
use super::tree::Element;
use super::values::{self, Form};

const DESCRIPTION: Source = source("OpenSearch 1.1", "description document");

/// `<OpenSearchDescription>`.
pub(super) static ROOT: Model = Model {
    needs: &[("ShortName", rules::MISSING_ELEMENT), ("Description", rules::MISSING_ELEMENT), ("Url", rules::MISSING_ELEMENT)],
    more: |walk, element| {
        let has_example = element.children().any(|child| child.local == "Query" && child.attribute("role") == Some("example"));
        if !has_example {
            walk.note(rules::SHOULD_INCLUDE_EXAMPLE, element.at, "");
        }
    },
    ..holds(
        DESCRIPTION,
        &[&Table {
            source: DESCRIPTION,
            rows: &[
                one("ShortName", &[AtMost(16), NonHtml]),
                one("Description", &[AtMost(1024), NonHtml]),
                many_of("Url", &URL),
                one("Contact", &[AddrSpec]),
                one("Tags", &[AtMost(256), NonHtml]),
                one("LongName", &[AtMost(48), NonHtml]),
                many_of("Image", &IMAGE),
                many_of("Query", &QUERY),
                one("Developer", &[AtMost(64), NonHtml]),
                one("Attribution", &[AtMost(256), NonHtml]),
                one_of("SyndicationRight", &SYNDICATION),
                one(
                    "AdultContent",
                    &[OneOf(rules::INVALID_ADULT_CONTENT, &["false", "FALSE", "0", "no", "NO", "true", "TRUE", "1", "yes", "YES"])],
                ),
                many("Language", &[Language]),
                many("InputEncoding", &[Charset]),
                many("OutputEncoding", &[Charset]),
            ],
        }],
    )
};
static SYNDICATION: Model = Model {
    more: |walk, element| {
        let text = element.text();
        if !matches!(&*text.trim().to_ascii_lowercase(), "open" | "limited" | "private" | "closed") {
            walk.note(rules::INVALID_SYNDICATION_RIGHT, element.at, text.trim());
        }
    },
    ..text(DESCRIPTION, &[Free])
};
static URL: Model = Model {
    attributes: &[
        required("template", &[Free]),
        required("type", &[Mime]),
        optional("indexOffset", &[Integer]),
        optional("pageOffset", &[Integer]),
        optional("rel", &[Free]),
        optional("method", &[Free]),
    ],
    more: |walk, element| {
        let Some(template) = element.attribute("template") else { return };
        let (names, address) = values::template(template);
        for name in names {
            match name.split_once(':') {
                None if !PARAMETERS.contains(&name) => walk.note_attribute(rules::INVALID_LOCAL_PARAMETER, element.at, "template", name),
                Some((prefix, _)) => declared(walk, element, "template", prefix),
                None => {}
            }
        }
        if let Some(rule) = values::address(&address, Form::UriFull, rules::INVALID_FULL_LINK) {
            walk.note_attribute(rule, element.at, "template", template);
        }
    },
    ..holds(source("OpenSearch 1.1", "Url"), &[])
};
const PARAMETERS: [&str; 7] = ["searchTerms", "count", "startIndex", "startPage", "language", "inputEncoding", "outputEncoding"];

/// Names of others stand behind a prefix that is declared.
fn declared(walk: &mut Walk<'_, '_>, element: &Element<'_>, attribute: &str, prefix: &str) {
    if !walk.doc.declared.iter().any(|declared| declared.prefix == prefix) {
        walk.note_attribute(rules::UNDECLARED_PREFIX, element.at, attribute, prefix);
    }
}

static IMAGE: Model = Model {
    attributes: &[required("height", &[NonNegative]), required("width", &[NonNegative]), required("type", &[Mime])],
    ..text(source("OpenSearch 1.1", "Image"), &[UriFull])
};
/// A search that was made, or an example of one.
pub(super) static QUERY: Model = Model {
    attributes: &[
        required("role", &[Free]),
        optional("title", &[AtMost(256), NonHtml]),
        optional("totalResults", &[NonNegative]),
        optional("searchTerms", &[UrlEncoded]),
        optional("count", &[NonNegative]),
        optional("startIndex", &[Integer]),
        optional("startPage", &[Integer]),
        optional("language", &[Language]),
        optional("inputEncoding", &[Charset]),
        optional("outputEncoding", &[Charset]),
        optional("parameter", &[Free]),
    ],
    more: |walk, element| {
        let Some(role) = element.attribute("role") else { return };
        match role.split_once(':') {
            Some((prefix, _)) => declared(walk, element, "role", prefix),
            None if !matches!(role, "request" | "example" | "related" | "correction" | "subset" | "superset") => {
                walk.note_attribute(rules::INVALID_LOCAL_ROLE, element.at, "role", role);
            }
            None => {}
        }
    },
    ..holds(source("OpenSearch 1.1", "Query"), &[])
};
