//! Packages: several items as one.

use std::collections::HashMap;

use courant_news::{Block, Inline, ItemType, List};

use super::concept::best;
use crate::html::tidy;
use crate::told::{Said, Told};
use crate::xml::Element;

/// How many entries of a package are listed.
const ENTRIES_MAX: usize = 1_000;

/// A package is a story whose copy is the list of what it holds; its headline may be that of its first entry.
pub(super) fn tell(item: Element<'_, '_>, told: &mut Told) {
    told.item_type = ItemType::Composite;
    let lang = told.lang.as_ref().map(|said| said.text.clone());
    let mut entries = Vec::new();
    gather(item, &mut entries);
    let titled: Vec<(String, Option<&str>)> = entries
        .iter()
        .filter_map(|entry| {
            let title = best(entry.all("title"), lang.as_deref()).or_else(|| best(entry.all("headline"), lang.as_deref()));
            Some((title.and_then(Element::line_of_text)?, entry.attribute("href")))
        })
        .collect();
    if told.headline.is_none() {
        told.headline = Said::maybe("itemRef title", titled.first().map(|(title, _)| title.as_str()));
    }
    let lines: Vec<Vec<Inline>> = titled
        .into_iter()
        .map(|(title, href)| {
            let words = vec![Inline::Text(title.into())];
            let is_page =
                |href: &&str| (href.starts_with("https://") || href.starts_with("http://")) && !href.contains(char::is_whitespace);
            match href.filter(is_page) {
                Some(href) => vec![Inline::Link { href: href.into(), words }],
                None => words,
            }
        })
        .collect();
    if told.body.is_empty() && !lines.is_empty() {
        told.body = tidy(vec![Block::List(List { numbered: false, lines })]);
    }
}

/// The headlines of the packages of a message, by the guids of what they hold: pictures and sound often have none of their own.
pub(super) fn headlines<'d>(items: &[Element<'d, '_>]) -> HashMap<&'d str, String> {
    let mut headlines = HashMap::new();
    for package in items.iter().filter(|item| item.name() == "packageItem") {
        let meta = package.child("contentMeta");
        let headline = meta.into_iter().flat_map(|meta| meta.all("headline")).find_map(Element::line_of_text);
        let Some(headline) = headline else { continue };
        let mut entries = Vec::new();
        gather(*package, &mut entries);
        for guid in entries.iter().filter_map(|entry| entry.attribute("residref")) {
            headlines.entry(guid).or_insert_with(|| headline.clone());
        }
    }
    headlines
}

/// The itemRefs of a package, in the order of its groups as they stand.
fn gather<'d, 't>(element: Element<'d, 't>, entries: &mut Vec<Element<'d, 't>>) {
    for child in element.children() {
        if ENTRIES_MAX <= entries.len() {
            return;
        }
        match child.name() {
            "itemRef" => entries.push(child),
            "groupSet" | "group" => gather(child, entries),
            _ => {}
        }
    }
}
