//! Codes, and the names they have in the same document.

use std::collections::HashMap;

use super::OWN;
use crate::filing::subject_code;
use crate::xml::Element;

/// How many schemes one item may declare.
const SCHEMES_MAX: usize = 1_000;
/// How many concepts of one message are remembered.
const CONCEPTS_MAX: usize = 100_000;

/// The names that conceptItems and knowledgeItems give to codes.
#[derive(Default)]
pub(super) struct Concepts(HashMap<String, String>);

impl Concepts {
    /// Of the items of a message.
    pub(super) fn of(items: &[Element<'_, '_>]) -> Self {
        let mut names = HashMap::new();
        for item in items.iter().filter(|item| matches!(item.name(), "conceptItem" | "knowledgeItem")) {
            let catalogue = Catalogue::of(*item);
            let lang = item.attribute("lang");
            let set = item.child("conceptSet");
            for concept in item.all("concept").chain(set.into_iter().flat_map(|set| set.all("concept"))) {
                if CONCEPTS_MAX <= names.len() {
                    return Self(names);
                }
                let id = concept.child("conceptId").and_then(|id| catalogue.code_of(id));
                if let (Some(id), Some(name)) = (id, name_of(concept, lang)) {
                    names.entry(id).or_insert(name);
                }
            }
        }
        Self(names)
    }

    pub(super) fn name_of(&self, code: &str) -> Option<&str> {
        self.0.get(code).map(String::as_str)
    }
}

/// The schemes a document declares, by alias.
pub(super) struct Catalogue<'d> {
    schemes: Vec<(&'d str, &'d str)>,
    /// Whether one of them is ours.
    pub(super) is_own: bool,
}

impl<'d> Catalogue<'d> {
    pub(super) fn of(item: Element<'d, '_>) -> Self {
        let schemes = item.all("catalog").flat_map(|catalogue| catalogue.all("scheme"));
        let schemes: Vec<_> =
            schemes.filter_map(|scheme| Some((scheme.attribute("alias")?, scheme.attribute("uri")?))).take(SCHEMES_MAX).collect();
        let is_own = schemes.iter().any(|(alias, uri)| format!("{alias}:") == OWN && *uri == OWN);
        Self { schemes, is_own }
    }

    /// The code of a concept: its URI, or its qcode, whose scheme is written out if the document declares it itself.
    /// Codes of the IPTC keep their short form, by which they are known.
    pub(super) fn code_of(&self, element: Element<'_, '_>) -> Option<String> {
        if self.is_own {
            // Courant writes each code as it knows it.
            return element.attribute("qcode").or_else(|| element.attribute("uri")).map(str::to_owned);
        }
        if let Some(qcode) = element.attribute("qcode") {
            return Some(self.resolved(qcode));
        }
        element.attribute("uri").map(|uri| shortened(uri).unwrap_or_else(|| uri.to_owned()))
    }

    fn resolved(&self, qcode: &str) -> String {
        let Some((alias, code)) = qcode.split_once(':') else { return qcode.to_owned() };
        let declared = self.schemes.iter().find(|(known, _)| *known == alias).map(|(_, uri)| format!("{uri}{code}"));
        let short = declared.map_or_else(|| qcode.to_owned(), |uri| shortened(&uri).unwrap_or(uri));
        short.strip_prefix("subj:").and_then(subject_code).unwrap_or(short)
    }
}

/// A URI of the IPTC's NewsCodes as a qcode.
fn shortened(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("http://cv.iptc.org/newscodes/").or_else(|| uri.strip_prefix("https://cv.iptc.org/newscodes/"))?;
    let (scheme, code) = rest.split_once('/')?;
    let alias = match scheme {
        "mediatopic" => "medtop",
        "subjectcode" => "subj",
        _ => return None,
    };
    Some(format!("{alias}:{code}"))
}

/// The part of a code behind its scheme: `usable` of `stat:usable` and of the URI that ends with `/usable`.
pub(super) fn tail<'d>(element: Element<'d, '_>) -> Option<&'d str> {
    let code = element.attribute("qcode").or_else(|| element.attribute("uri"))?;
    Some(code.rsplit([':', '/', '#']).next().unwrap_or(code))
}

/// Of several elements that say the same in several languages, the best for a story in `lang`.
pub(super) fn best<'d, 't>(elements: impl Iterator<Item = Element<'d, 't>>, lang: Option<&str>) -> Option<Element<'d, 't>> {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let wanted = lang.map(primary);
    let rank = |element: &Element<'d, 't>| match (element.attribute("lang").map(primary), &wanted) {
        (Some(given), Some(wanted)) if given == *wanted => 0,
        (None, _) => 1,
        (Some(_), _) => 2,
    };
    elements.filter(|element| element.line_of_text().is_some()).min_by_key(rank)
}

/// The name of a concept: in the story's language, neither a code nor an abbreviation.
pub(super) fn name_of(concept: Element<'_, '_>, lang: Option<&str>) -> Option<String> {
    let is_short = |name: &Element<'_, '_>| {
        name.attribute("role").is_some_and(|role| matches!(role.rsplit(':').next(), Some("mnemonic" | "short" | "adjectival")))
    };
    let full = || concept.all("name").filter(|name| !is_short(name));
    best(full(), lang).or_else(|| best(concept.all("name"), lang)).and_then(Element::line_of_text)
}
