//! Each story of a feed once.

use std::collections::{HashMap, HashSet};

use super::{Entry, Feed};
use crate::refused::Repair;

/// Leaves each story in the feed once.
///
/// Two entries with one id are one story, of which the later stays, unless they lead to different pages: then the id is a
/// mistake of the sender's, and their addresses are their ids. Two entries with one page and one headline are one story whose
/// id was changed.
pub(super) fn dedupe(feed: &mut Feed) {
    let mut page_of: HashMap<&str, &Entry> = HashMap::with_capacity(feed.entries.len());
    let mut shared: HashSet<Box<str>> = HashSet::new();
    let mut in_order: Vec<Box<str>> = Vec::new();
    for entry in &feed.entries {
        let first = page_of.entry(&entry.id).or_insert(entry);
        if is_other_story(first, entry) && shared.insert(entry.id.clone()) {
            in_order.push(entry.id.clone());
        }
    }
    for id in &in_order {
        feed.repairs.push(Repair::new("guid", id, "is given to more than one story; their addresses were taken instead"));
    }
    let mut kept: Vec<Entry> = Vec::with_capacity(feed.entries.len());
    let mut by_id: HashMap<Box<str>, usize> = HashMap::with_capacity(feed.entries.len());
    let mut by_page: HashMap<(Box<str>, Box<str>), usize> = HashMap::with_capacity(feed.entries.len());
    let mut n_twice = 0_usize;
    for mut entry in std::mem::take(&mut feed.entries) {
        if shared.contains(&entry.id)
            && let Some(link) = &entry.link
        {
            entry.id = link.clone();
        }
        let page = entry.link.clone().zip(entry.title.clone());
        let known = by_id.get(&entry.id).or_else(|| by_page.get(page.as_ref()?)).copied();
        if let Some(known) = known {
            n_twice += 1;
            if last_change(&kept[known]) < last_change(&entry) {
                entry.id = kept[known].id.clone();
                kept[known] = entry;
            }
            continue;
        }
        by_id.insert(entry.id.clone(), kept.len());
        if let Some(page) = page {
            by_page.insert(page, kept.len());
        }
        kept.push(entry);
    }
    if n_twice != 0 {
        feed.repairs.push(Repair::new("the feed", "", format!("holds {n_twice} entries more than once; each was taken once")));
    }
    feed.entries = kept;
}

fn is_other_story(one: &Entry, other: &Entry) -> bool {
    one.link.is_some() && other.link.is_some() && one.link != other.link && one.title != other.title
}

fn last_change(entry: &Entry) -> Option<jiff::Timestamp> {
    entry.updated.max(entry.published)
}
