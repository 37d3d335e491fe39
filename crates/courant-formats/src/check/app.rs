//! Service and category documents of the Atom Publishing Protocol: RFC 5023.

use super::atom;
use super::extensions as ext;
use super::model::Value::{Free, Iri, MediaRange, YesNo};
use super::model::{Model, Source, Table, holds, many, many_of, one_of, optional, required, source};
use super::rules;

const SERVICE: Source = source("RFC 5023", "8.3");
const CATEGORIES: Source = source("RFC 5023", "7.2");

/// `<app:service>`.
pub(super) static SERVICE_MODEL: Model = Model {
    needs: &[("app:workspace", rules::MISSING_ELEMENT)],
    ..holds(SERVICE, &[&Table { source: SERVICE, rows: &[many_of("app:workspace", &WORKSPACE)] }, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE])
};
static WORKSPACE: Model = Model {
    needs: &[("atom:title", rules::MISSING_ELEMENT)],
    ..holds(
        SERVICE,
        &[
            &Table { source: SERVICE, rows: &[many_of("app:collection", &COLLECTION), one_of("atom:title", &atom::TEXT)] },
            &ext::EVERYWHERE,
            &ext::EVERYWHERE_MORE,
        ],
    )
};
/// `<app:collection>`, in a service or in a feed.
pub(super) static COLLECTION: Model = Model {
    attributes: &[required("href", &[Iri])],
    more: |walk, element| {
        if !walk.has("atom:title") && !walk.has("title") {
            walk.note_child(rules::MISSING_ELEMENT, element.at, "atom:title", "");
        }
    },
    ..holds(SERVICE, COLLECTION_TABLES)
};
/// What a collection holds.
pub(super) const COLLECTION_TABLES: &[&Table] = &[&COLLECTION_CORE, &ext::EVERYWHERE, &ext::EVERYWHERE_MORE];
static COLLECTION_CORE: Table = Table {
    source: SERVICE,
    rows: &[
        one_of("atom:title", &atom::TEXT),
        one_of("title", &atom::TEXT),
        many_of("app:categories", &CATEGORIES_MODEL),
        many("app:accept", &[MediaRange]),
    ],
};
/// `<app:categories>`.
pub(super) static CATEGORIES_MODEL: Model = Model {
    attributes: &[optional("scheme", &[Free]), optional("fixed", &[YesNo]), optional("href", &[Iri])],
    more: |walk, element| {
        if element.attribute("href").is_none() {
            return;
        }
        for name in ["fixed", "scheme"] {
            if element.attribute(name).is_some() {
                walk.note_attribute(rules::CONFLICTING_CAT_ATTR, element.at, name, "");
            }
        }
        if element.children().next().is_some() {
            walk.note(rules::CONFLICTING_CAT_CHILDREN, element.at, "");
        }
    },
    ..holds(
        CATEGORIES,
        &[&Table { source: CATEGORIES, rows: &[many_of("atom:category", &atom::CATEGORY), many_of("category", &atom::CATEGORY)] }],
    )
};
