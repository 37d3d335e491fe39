//! Documents of XML that are feeds or stand beside them: which grammar holds, and what is asked of each of them.

use super::model::{self, ATOM, ATOM_OLD, Format, Model, RDF, RSS10, RSS11, RSS090, Source, Walk, XHTML, source};
use super::rules;
use super::tree::{Document, Element};
use super::values::{self, Form};
use super::{Asked, Finding, app, atom, opensearch, opml, rss};

const OPENSEARCH: &str = "http://a9.com/-/spec/opensearch/1.1/";
const APP: &str = "http://www.w3.org/2007/app";
/// The document type of RSS 0.91 that Netscape took down.
const GONE_DOCTYPE: &str = "http://my.netscape.com/publish/formats/rss-0.91.dtd";
const BOARD_DOCTYPE: &str = "http://www.rssboard.org/rss-0.91.dtd";

/// The roots of all grammars.
pub(super) const ROOTS: [&str; 11] =
    ["rss", "feed", "entry", "RDF", "Channel", "OpenSearchDescription", "opml", "outlineDocument", "service", "categories", "Envelope"];

/// Checks a document; `encoding` is what its bytes were decoded from.
pub(super) fn check(doc: &Document<'_>, asked: &Asked<'_>, encoding: &'static str) -> Vec<Finding> {
    let root = &doc.root;
    let (format, from) = grammar(root);
    let mut walk = Walk::new(doc, asked, format, from, encoding);
    doctype(&mut walk);
    let model = root_model(&mut walk, root);
    namespaces(&mut walk);
    match model {
        Some(model) => {
            let name = walk.name(root).unwrap_or_else(|| root.local.to_owned());
            walk.element(root, &name, model);
        }
        None => walk.anything(root, root.local),
    }
    let mut findings = std::mem::take(&mut walk.findings);
    if format == Format::Rss2 {
        rss::as_the_board_allows(&walk, &mut findings);
    }
    findings
}

fn grammar(root: &Element<'_>) -> (Format, Source) {
    match root.local {
        "feed" | "entry" => (Format::Atom, source("RFC 4287", "4.1.1")),
        "RDF" => (Format::Rss1, source("RSS 1.0", "5.1")),
        "Channel" => (Format::Rss1, source("RSS 1.1", "")),
        "OpenSearchDescription" => (Format::OpenSearch, source("OpenSearch 1.1", "description document")),
        "opml" | "outlineDocument" => (Format::Opml, source("OPML 2.0", "opml")),
        "service" | "categories" => (Format::App, source("RFC 5023", "8")),
        _ => (Format::Rss2, rss::RSS),
    }
}

/// The grammar of the root; what is wrong with the root itself is noted.
fn root_model(walk: &mut Walk<'_, '_>, root: &Element<'_>) -> Option<&'static Model> {
    let at = root.at;
    let namespace = root.namespace.as_deref();
    match (root.local, namespace) {
        ("rss", _) => {
            if let Some(uri) = namespace {
                walk.note_child(rules::INVALID_NAMESPACE, at, "rss", uri);
                walk.core.push(uri.to_owned());
            }
            root.attribute("version").unwrap_or("2.0").clone_into(&mut walk.version);
            Some(&rss::ROOT)
        }
        ("feed" | "entry", Some(ATOM_OLD)) => {
            walk.note_child(rules::OBSOLETE_NAMESPACE, at, root.local, ATOM_OLD);
            None
        }
        ("feed" | "entry", _) => {
            walk.core.push(ATOM.to_owned());
            match namespace {
                Some(ATOM) => {}
                Some(uri) => {
                    walk.note_child(rules::INVALID_NAMESPACE, at, root.local, uri);
                    walk.core.push(uri.to_owned());
                }
                None => {
                    walk.note_child(rules::MISSING_NAMESPACE, at, root.local, "");
                }
            }
            Some(if root.local == "feed" { &atom::FEED_MODEL } else { &atom::ENTRY_MODEL })
        }
        ("RDF", Some(RDF)) => {
            let is_090 = walk.doc.declared.iter().any(|declared| &*declared.uri == RSS090);
            walk.core.push(if is_090 { RSS090 } else { RSS10 }.to_owned());
            if is_090 {
                return Some(&rss::RDF_ROOT_090);
            }
            "1.0".clone_into(&mut walk.version);
            Some(&rss::RDF_ROOT)
        }
        ("Channel", Some(RSS11)) => {
            walk.core.push(RSS11.to_owned());
            "1.1".clone_into(&mut walk.version);
            Some(&rss::CHANNEL_OF_11)
        }
        ("Channel", _) => {
            let rule = if namespace.is_some() { rules::INVALID_NAMESPACE } else { rules::MISSING_NAMESPACE };
            walk.note_child(rule, at, "Channel", namespace.unwrap_or_default());
            None
        }
        ("OpenSearchDescription", _) => {
            walk.core.push(OPENSEARCH.to_owned());
            match namespace {
                Some(OPENSEARCH) => {}
                Some(uri) => {
                    walk.note_child(rules::INVALID_NAMESPACE, at, root.local, uri);
                    walk.core.push(uri.to_owned());
                }
                None => walk.note_child(rules::MISSING_NAMESPACE, at, root.local, ""),
            }
            Some(&opensearch::ROOT)
        }
        ("opml" | "outlineDocument", None) => Some(&opml::ROOT),
        ("service", Some(APP)) => Some(&app::SERVICE_MODEL),
        ("categories", Some(APP)) => Some(&app::CATEGORIES_MODEL),
        _ => {
            let name = walk.name(root).unwrap_or_else(|| root.local.to_owned());
            walk.note_child(rules::UNDEFINED_ELEMENT, at, &name, "");
            None
        }
    }
}

fn doctype(walk: &mut Walk<'_, '_>) {
    let Some(doctype) = &walk.doc.doctype else { return };
    let (at, text) = (doctype.at, doctype.text);
    if text.contains(GONE_DOCTYPE) {
        walk.note(rules::DEPRECATED_DTD, at, GONE_DOCTYPE);
    } else if (text.contains("SYSTEM") || text.contains("PUBLIC")) && !text.contains(BOARD_DOCTYPE) {
        walk.note(rules::SYSTEM_ENTITY, at, text);
    }
}

/// What is asked of declarations of namespaces.
fn namespaces(walk: &mut Walk<'_, '_>) {
    let doc = walk.doc;
    let is_atom = walk.format == Format::Atom;
    for declared in &doc.declared {
        let (prefix, uri, at) = (declared.prefix, &*declared.uri, declared.at);
        let place = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
        let known = model::NAMESPACES.iter().find(|(known, _)| *known == uri).map(|(_, customary)| *customary);
        let customary_of_another = known != Some(prefix) && model::NAMESPACES.iter().any(|(_, customary)| *customary == prefix);
        if customary_of_another && !prefix.is_empty() {
            walk.note_attribute(rules::RESERVED_PREFIX, at, &place, uri);
            continue;
        }
        match known {
            Some("wiki") if uri.contains("usemod") => walk.note_attribute(rules::OBSOLETE_WIKI_NAMESPACE, at, &place, uri),
            Some(customary) if prefix == customary => {
                if is_atom && matches!(uri, ATOM | XHTML) {
                    walk.note_attribute(rules::AVOID_NAMESPACE_PREFIX, at, &place, prefix);
                }
            }
            Some(_) if prefix.is_empty() => {}
            Some(customary) => {
                walk.note_attribute(rules::NONSTANDARD_PREFIX, at, &place, customary);
                if is_atom && matches!(uri, ATOM | XHTML) {
                    walk.note_attribute(rules::AVOID_NAMESPACE_PREFIX, at, &place, prefix);
                }
            }
            None if uri.is_empty() => {}
            None if model::prefix_of(uri).is_some() && !prefix.is_empty() => {
                walk.note_attribute(rules::UNKNOWN_NAMESPACE, at, &place, uri);
            }
            None => match values::address(uri, Form::Iri, rules::INVALID_IRI) {
                Some(rule) => walk.note_attribute(rule, at, &place, uri),
                None => walk.note_attribute(rules::UNKNOWN_NAMESPACE, at, &place, uri),
            },
        }
    }
}
