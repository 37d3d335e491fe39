//! From a document to its items.

use std::collections::HashMap;

use super::concept::Concepts;
use super::{item, package};
use crate::encoding::decode;
use crate::findings::Findings;
use crate::incoming::{Arrival, Incoming, Position, Problem, Reading, Refused};
use crate::told::{Said, Told};
use crate::xml::{Element, Tree, check_items};

/// The items of an XML document that are stories.
const STORIES: [&str; 2] = ["newsItem", "packageItem"];
/// Those that are none.
const OTHERS: [&str; 4] = ["conceptItem", "knowledgeItem", "planningItem", "catalogItem"];

/// Reads a NewsML-G2 document of any edition 2.x, in any encoding: an item, or a message with any number of them.
///
/// Each newsItem and packageItem is a story or a withdrawal, read or refused by itself; Arrivals say on which line it begins.
/// conceptItems and knowledgeItems of the same message lend their names to the codes that newsItems use. A message's list of
/// its own items (a packageItem without guid) is no story and is passed over. A document is refused when it is no XML within
/// the limits of [`xml`](crate::xml), or holds no item at all.
pub fn read(document: &[u8], reading: &Reading<'_>) -> Vec<Arrival> {
    let decoded = decode(document, None);
    let findings = Findings::default();
    if let Some(repair) = &decoded.repair {
        findings.mended(&"the document", "", repair.clone());
    }
    let tree = match Tree::parse(decoded.without_declaration(), &findings) {
        Ok(tree) => tree,
        Err(refused) => return vec![Arrival { at: Position::Whole, read: Err(refused) }],
    };
    let mut items = Vec::new();
    gather(tree.root(), &mut items);
    if let Err(refused) = check_items(items.len()) {
        return vec![Arrival { at: Position::Whole, read: Err(refused) }];
    }
    let concepts = Concepts::of(&items);
    let packages = package::headlines(&items);
    let mut lines = tree.lines();
    let is_single = items.len() == 1;
    let mut arrivals: Vec<Arrival> = Vec::new();
    let mut findings = Some(findings);
    for item in &items {
        let is_message_list = item.name() == "packageItem" && item.attribute("guid").is_none() && !is_single;
        if is_message_list || (OTHERS.contains(&item.name()) && !is_single) {
            continue;
        }
        let at = if is_single { Position::Whole } else { Position::Line(lines.of(*item)) };
        // What was mended of the document itself is reported with its first item.
        let around = Around { concepts: &concepts, packages: &packages };
        let read = read_item(*item, around, reading, findings.take().unwrap_or_default());
        arrivals.push(Arrival { at, read });
    }
    if arrivals.is_empty() {
        let reason = if items.is_empty() {
            format!("holds no item of NewsML-G2: its first element is <{}>", tree.root().name())
        } else {
            "holds no newsItem and no packageItem".to_owned()
        };
        let refused = Refused::of(Problem::new("the document", "", reason, "send a newsItem, a packageItem or a newsMessage with them"));
        return vec![Arrival { at: Position::Whole, read: Err(refused) }];
    }
    arrivals
}

/// The items of a document, whatever envelope is around them.
fn gather<'d, 't>(element: Element<'d, 't>, items: &mut Vec<Element<'d, 't>>) {
    if STORIES.contains(&element.name()) || OTHERS.contains(&element.name()) {
        items.push(element);
        return;
    }
    for child in element.children() {
        gather(child, items);
    }
}

/// What the message around an item says of it.
#[derive(Clone, Copy)]
struct Around<'m, 'd> {
    concepts: &'m Concepts,
    /// The headlines of packages, by the guids of what they hold.
    packages: &'m HashMap<&'d str, String>,
}

fn read_item(item: Element<'_, '_>, around: Around<'_, '_>, reading: &Reading<'_>, findings: Findings) -> Result<Incoming, Refused> {
    if OTHERS.contains(&item.name()) {
        let reason = format!("is a <{}>, which is no story", item.name());
        let problem = Problem::new("the document", "", reason, "send newsItems and packageItems");
        return Err(Refused { guid: item.attribute("guid").map(Into::into), problems: vec![problem] });
    }
    let mut told = Told::default();
    item::tell(item, around.concepts, &mut told, reading, &findings);
    if item.name() == "packageItem" {
        package::tell(item, &mut told);
    }
    if told.headline.is_none() {
        let of_package = item.attribute("guid").and_then(|guid| around.packages.get(guid));
        told.headline = Said::maybe("the headline of its package", of_package.cloned());
    }
    let guid = told.guid.as_ref().map(|said| said.text.clone());
    let content = told.settle(&findings, reading);
    let (problems, repairs) = findings.into_parts();
    match content {
        Some(content) if problems.is_empty() => Ok(Incoming { content, repairs, is_numbered: true }),
        _ => Err(Refused { guid: guid.map(Into::into), problems }),
    }
}
