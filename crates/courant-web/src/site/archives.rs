//! The whole history of a list as feeds: RFC 5005, section 4.
//!
//! A list is cut into archives between *marks*. Whether a position is a mark depends on nothing but its number, so an archive
//! keeps its address and its stories whatever comes later: a story leaves it only by moving on with more news, to the head of
//! the list, or by being withdrawn. Cut by count, every such story would shift all others.

use courant_projections::site::{Cursor, Line};
use courant_wire::WireSeq;

use super::SiteState;
use super::answer::Refused;
use super::feeds::ARCHIVE;
use crate::pages::Fault;

/// One position in so many is a mark: so many stories has an archive on average.
const STORIES_MEAN: u64 = 20;
/// The feed itself has at least so many stories, as long as there are so many, and then goes on to the next mark.
const STORIES_MIN: usize = 32;
/// How many lines are read at a time.
const STEP: usize = 100;
/// The most stories of one document. Chance alone makes a longer archive never: once in 10¹⁵.
const STORIES_MAX: usize = 700;

/// Where a document stands between the archives of its list, each named by its mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct History {
    /// The archive that is shown; `None` for the feed itself.
    pub(super) shown: Option<WireSeq>,
    /// The archive before it.
    pub(super) older: Option<WireSeq>,
    /// The archive after it; `None` when only the feed itself is newer.
    pub(super) newer: Option<WireSeq>,
}

/// Reads lines of a list from a cursor on, at most as many as asked, newest first.
pub(super) type ReadLines<'a> = &'a dyn Fn(Cursor, usize) -> Result<Vec<Line>, Refused>;

/// The archive that an address asks for.
pub(super) fn asked(state: &SiteState, query: &str) -> Result<Option<WireSeq>, Refused> {
    let Some((_, value)) = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| *name == ARCHIVE) else {
        return Ok(None);
    };
    let seq = value.parse().map(WireSeq);
    let seq =
        seq.map_err(|_| Refused::Fault(Fault::BadCursor { parameter: ARCHIVE.to_owned(), value: value.chars().take(100).collect() }))?;
    // What may still grow is no archive.
    if state.site.cursor()? < seq { Err(Refused::Fault(Fault::NotFound)) } else { Ok(Some(seq)) }
}

/// The lines of the feed itself, or of one of its archives.
pub(super) fn page(read: ReadLines<'_>, shown: Option<WireSeq>) -> Result<(Vec<Line>, History), Refused> {
    let (from, n_min) = match shown {
        Some(seq) => (Cursor::Before(WireSeq(seq.0 + 1)), 1),
        None => (Cursor::Newest, STORIES_MIN),
    };
    let (lines, older) = down(read, from, n_min)?;
    let newer = match shown {
        Some(seq) => up(read, seq)?,
        None => None,
    };
    Ok((lines, History { shown, older, newer }))
}

/// At least `n_min` lines and then all above the next mark; the mark, if there is one.
fn down(read: ReadLines<'_>, from: Cursor, n_min: usize) -> Result<(Vec<Line>, Option<WireSeq>), Refused> {
    let (mut lines, mut cursor): (Vec<Line>, _) = (Vec::new(), from);
    loop {
        let more = read(cursor, STEP)?;
        let is_last = more.len() < STEP;
        for line in more {
            let is_full = STORIES_MAX <= lines.len();
            if n_min <= lines.len() && (is_full || is_mark(line.position)) {
                return Ok((lines, Some(line.position)));
            }
            lines.push(line);
        }
        match lines.last() {
            Some(last) if !is_last => cursor = Cursor::Before(last.position),
            _ => return Ok((lines, None)),
        }
    }
}

/// The next mark above a position, or the last position within reach.
fn up(read: ReadLines<'_>, from: WireSeq) -> Result<Option<WireSeq>, Refused> {
    let mut cursor = from;
    for _ in 0..=STORIES_MAX / STEP {
        let more = read(Cursor::After(cursor), STEP)?;
        if let Some(mark) = more.iter().rev().find(|line| is_mark(line.position)) {
            return Ok(Some(mark.position));
        }
        match more.first() {
            Some(newest) if more.len() == STEP => cursor = newest.position,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// Whether an archive begins at a position. The numbers of a list may have any step, so they are mixed first (the finaliser of
/// `SplitMix64`).
fn is_mark(position: WireSeq) -> bool {
    let mut mixed = position.0;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)).is_multiple_of(STORIES_MEAN)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use courant_news::{EventKind, Guid, Lang, PubStatus, SectionSlug, Urgency, Version};
    use jiff::Timestamp;

    use super::*;

    fn line(position: u64) -> Line {
        let guid = Guid::parse(&format!("urn:{position}")).unwrap();
        Line {
            position: WireSeq(position),
            seq: WireSeq(position),
            story: guid.story_id(),
            guid,
            version: Version::FIRST,
            kind: EventKind::Move,
            pub_status: PubStatus::Usable,
            urgency: Urgency::ROUTINE,
            lang: Lang::english(),
            section: SectionSlug::news(),
            slug: "a".into(),
            headline: "A".into(),
            lead: None,
            place: None,
            picture: None,
            first_moved_at: Timestamp::UNIX_EPOCH,
            updated_at: None,
            corrected_at: None,
            latest_at: Timestamp::UNIX_EPOCH,
            reason: None,
        }
    }

    /// The lines at these positions as a store reads them.
    fn read_of(positions: &BTreeSet<u64>) -> impl Fn(Cursor, usize) -> Result<Vec<Line>, Refused> {
        move |cursor, limit| {
            let newest_first = positions.iter().rev().copied();
            let mut found: Vec<u64> = match cursor {
                Cursor::Newest => newest_first.take(limit).collect(),
                Cursor::Before(seq) => newest_first.filter(|position| *position < seq.0).take(limit).collect(),
                Cursor::After(seq) => positions.iter().copied().filter(|position| seq.0 < *position).take(limit).collect(),
            };
            found.sort_unstable_by(|one, other| other.cmp(one));
            Ok(found.into_iter().map(line).collect())
        }
    }

    /// Every document from the feed itself to the oldest, as (its place, its positions).
    fn walk(positions: &BTreeSet<u64>) -> Vec<(History, Vec<u64>)> {
        let read = read_of(positions);
        let (mut documents, mut shown) = (Vec::new(), None);
        loop {
            let (lines, history) = page(&read, shown).unwrap();
            documents.push((history, lines.iter().map(|line| line.position.0).collect()));
            match history.older {
                Some(older) => shown = Some(older),
                None => return documents,
            }
        }
    }

    #[test]
    fn the_archives_hold_every_story_once() {
        for step in [1, 2, 7, 32, 64, 1_000] {
            for n_stories in [0_u64, 1, 31, 32, 33, 500, 3_000] {
                let positions: BTreeSet<u64> = (1..=n_stories).map(|n| n * step).collect();
                let documents = walk(&positions);
                let all: Vec<u64> = documents.iter().flat_map(|(_, positions)| positions.clone()).collect();
                let expected: Vec<u64> = positions.iter().rev().copied().collect();
                assert_eq!(all, expected, "{n_stories} stories, every {step}");
                let longest = documents.iter().map(|(_, positions)| positions.len()).max().unwrap_or_default();
                assert!(longest <= 400, "{longest} stories in one document of {n_stories}, every {step}");
                assert!(documents.len() as u64 <= 4 + n_stories / 12, "{} documents of {n_stories}, every {step}", documents.len());
            }
        }
    }

    #[test]
    fn the_way_back_is_the_way_forth() {
        let documents = walk(&(1..=2_000).collect());
        let archives: Vec<History> = documents[1..].iter().map(|(history, _)| *history).collect();
        for (newer, older) in archives.iter().zip(&archives[1..]) {
            assert_eq!((newer.older, older.newer), (older.shown, newer.shown));
        }
        assert_eq!(documents[0].0.shown, None);
    }

    #[test]
    fn new_stories_change_no_archive_and_one_that_moves_on_changes_one() {
        let archives = |positions: &BTreeSet<u64>| -> Vec<(Option<WireSeq>, Vec<u64>)> {
            walk(positions).into_iter().skip(1).map(|(history, positions)| (history.shown, positions)).collect()
        };
        let mut positions: BTreeSet<u64> = (1..=1_000).collect();
        let before = archives(&positions);
        positions.extend(1_001..=1_500);
        let after = archives(&positions);
        assert!(before.iter().all(|archive| after.contains(archive)), "what was an archive stays one");
        let moved = before.iter().find_map(|(_, stories)| stories.get(1).copied()).unwrap();
        positions.remove(&moved);
        positions.insert(1_501);
        let n_changed = after.iter().filter(|archive| !archives(&positions).contains(archive)).count();
        assert_eq!(n_changed, 1);
    }

    #[test]
    fn an_endless_run_without_a_mark_is_cut() {
        let n_read = Cell::new(0);
        let unmarked: Vec<u64> = (1..).filter(|n| !is_mark(WireSeq(*n))).take(5_000).collect();
        let positions: BTreeSet<u64> = unmarked.into_iter().collect();
        let inner = read_of(&positions);
        let read = |cursor, limit| {
            n_read.set(n_read.get() + 1);
            inner(cursor, limit)
        };
        let (lines, history) = page(&read, None).unwrap();
        assert_eq!(lines.len(), STORIES_MAX);
        assert!(history.older.is_some() && n_read.get() <= 9, "{}", n_read.get());
    }
}
