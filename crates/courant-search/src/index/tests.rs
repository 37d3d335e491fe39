use jiff::civil::{Date, date};

use super::*;
use crate::{Facet, Order, Query, SearchOptions};

fn story(story: u64, lang: &str, title: &str, body: &str) -> Document {
    Document {
        story,
        position: story * 10,
        moved_on: date(2017, 3, 20),
        lang: lang.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
        urgency: 4,
        is_corrected: false,
        facets: vec![(Facet::Section, "world".to_owned())],
    }
}

fn put(document: Document) -> Change {
    Change::Put(Box::new(document))
}

fn stories(index: &SearchIndex, query: &str) -> Vec<u64> {
    let query = Query::parse(query).unwrap();
    let found = index.search(&query, &SearchOptions { limit: 100, ..SearchOptions::default() }).unwrap();
    assert_eq!(found.total.min(100), found.hits.len() as u64);
    found.hits.iter().map(|hit| hit.story).collect()
}

fn filled(documents: impl IntoIterator<Item = Document>) -> SearchIndex {
    let index = SearchIndex::in_memory().unwrap();
    let changes: Vec<Change> = documents.into_iter().map(put).collect();
    index.apply(&changes, 1).unwrap();
    index
}

#[test]
fn what_was_applied_is_found_when_apply_returns() {
    let index = SearchIndex::in_memory().unwrap();
    assert_eq!(index.cursor(), 0);
    index.apply(&[put(story(1, "en", "Fed holds rates", "The bank said on Monday."))], 7).unwrap();
    assert_eq!((index.cursor(), index.len()), (7, 1));
    assert_eq!(stories(&index, "rate banks"), [1]);
    index.apply(&[put(story(1, "en", "Fed raises rates", "It did."))], 8).unwrap();
    assert_eq!(stories(&index, "holds"), [0; 0]);
    assert_eq!(stories(&index, "raise"), [1]);
    index.apply(&[Change::Drop(1)], 9).unwrap();
    assert_eq!(stories(&index, "raise"), [0; 0]);
    assert_eq!((index.cursor(), index.len()), (9, 0));
}

#[test]
fn a_story_on_hold_is_not_found_and_its_place_is_not_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    index.apply(&[put(story(1, "en", "Gold", "")), put(story(2, "en", "Gold", ""))], 20).unwrap();
    index.apply(&[Change::Hold { story: 1, position: 10 }], 21).unwrap();
    assert_eq!((stories(&index, "gold"), index.len()), (vec![2], 1));
    assert_eq!(stories(&index, "-silver"), [2], "nor by what it does not say");
    assert_eq!(index.position_of(1).unwrap(), Some(10));
    index.close().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    assert_eq!((index.cursor(), index.position_of(1).unwrap()), (21, Some(10)), "nor by a restart");
    // What was staged and not committed is not known.
    index.stage(&[Change::Hold { story: 2, position: 20 }], 22).unwrap();
    assert!(index.apply(&[], 3).is_err(), "the cursor goes back");
    index.apply(&[Change::Drop(1)], 22).unwrap();
    assert_eq!((index.position_of(1).unwrap(), index.position_of(2).unwrap()), (None, Some(20)));
    index.apply(&[Change::Hold { story: 2, position: 20 }], 23).unwrap();
    index.apply(&[put(story(2, "en", "Gold", ""))], 24).unwrap();
    index.apply(&[Change::Drop(2)], 25).unwrap();
    assert_eq!(index.position_of(2).unwrap(), None, "put back, it is on hold no more");
    index.apply(&[Change::Hold { story: 2, position: 20 }], 26).unwrap();
    index.clear().unwrap();
    assert_eq!(index.position_of(2).unwrap(), None);
}

#[test]
fn near_means_close_in_either_order_and_in_one_part_of_the_story() {
    let index = filled([
        story(1, "en", "Markets", "gold and also silver fell"),
        story(2, "en", "Markets", "silver was flat while the price of gold rose"),
        story(3, "en", "Silver and gold", "nothing of either"),
        story(4, "en", "Gold", "Silver was flat."),
        story(5, "ja", "市場", "日経平均が続落し、金も下落した。"),
    ]);
    assert_eq!(stories(&index, "gold near/3 silver"), [1, 3]);
    assert_eq!(stories(&index, "silver near/2 gold"), [3]);
    assert_eq!(stories(&index, "silver near/8 \"price of gold\""), [2]);
    assert_eq!(stories(&index, "silver near/4 \"price of gold\""), [0; 0]);
    assert_eq!(stories(&index, "title:gold near/5 title:silver"), [3]);
    assert_eq!(stories(&index, "gold near/50 gold"), [0; 0], "a headline that is weighed three times says its words once");
    assert_eq!(stories(&index, "日経平均 near/5 続落"), [5]);
    assert_eq!(stories(&index, "markets -(gold near/3 silver)"), [2]);
}

#[test]
fn corrected_stories_are_told_from_others() {
    let corrected = Document { is_corrected: true, ..story(1, "en", "Gold", "") };
    let index = filled([corrected, story(2, "ru", "Gold", "")]);
    assert_eq!(stories(&index, "corrected:yes"), [1]);
    assert_eq!(stories(&index, "gold corrected:no"), [2]);
    assert_eq!(stories(&index, "-corrected:no"), [1]);
}

#[test]
fn a_selection_is_counted_between_two_positions() {
    let index = filled((1..=9).map(|n| story(n, "en", if n % 3 == 0 { "Gold" } else { "Tin" }, "")));
    let queries = [Query::parse("gold").unwrap()];
    let selection = Selection { queries: &queries, ..Selection::default() };
    let count = |before, after| index.count_listed(&selection, Page { before, after, limit: 0 }).unwrap();
    assert_eq!((count(None, None), count(Some(90), None), count(None, Some(30)), count(Some(90), Some(30))), (3, 2, 2, 1));
}

#[test]
fn each_story_is_asked_in_its_own_language() {
    let index = filled([
        story(1, "ru", "Госдума приняла законы о выборах", "Депутаты проголосовали."),
        story(2, "de", "Die Häuser in München", "Bundesverfassungsgericht entscheidet."),
        story(3, "ja", "日経平均が続落", "東京市場で日経平均株価が下落した。"),
        story(4, "ar", "الانتخابات في مصر", "وقال الرئيس إن المدرسة مغلقة."),
        story(5, "fr", "L'économie française ralentit", "Les ministres se réunissent."),
        story(6, "zh-Hans", "中国经济增长", "北京大学的研究显示。"),
        story(7, "en", "Die hard fans", "U.S. stocks fell 1,000 points."),
    ]);
    assert_eq!(stories(&index, "закона выборы"), [1]);
    assert_eq!(stories(&index, "haus munchen"), [2]);
    assert_eq!(stories(&index, "日経"), [3]);
    assert_eq!(stories(&index, "انتخابات"), [4]);
    assert_eq!(stories(&index, "economie"), [5]);
    assert_eq!(stories(&index, "经济"), [6]);
    assert_eq!(stories(&index, "us 1000"), [7]);
}

#[test]
fn narrowing_counting_and_paging() {
    let mut documents: Vec<Document> = (1..=30).map(|n| story(n, "en", "Rates", "rates and more")).collect();
    for document in &mut documents {
        if document.story % 3 == 0 {
            document.facets = vec![(Facet::Section, "Economy".to_owned())];
            document.moved_on = Date::new(2018, 1, 2).unwrap();
            document.urgency = 2;
        }
    }
    let index = filled(documents);
    let newest = SearchOptions { order: Order::Newest, limit: 4, facet_values: 5, ..SearchOptions::default() };
    let query = Query::parse("rates section:economy urgency:3 after:2017").unwrap();
    let found = index.search(&query, &newest).unwrap();
    assert_eq!(found.total, 10);
    assert!(found.has_more);
    assert_eq!(found.hits.iter().map(|hit| hit.story).collect::<Vec<_>>(), [30, 27, 24, 21]);
    let next = index.search(&query, &SearchOptions { before: Some(210), ..newest }).unwrap();
    assert_eq!(next.hits.iter().map(|hit| hit.story).collect::<Vec<_>>(), [18, 15, 12, 9]);
    assert_eq!(next.total, 10);
    let sections = &index.search(&Query::parse("rates").unwrap(), &newest).unwrap().facets[&Facet::Section];
    let counts: Vec<(&str, u64)> = sections.iter().map(|count| (count.value.as_str(), count.count)).collect();
    assert_eq!(counts, [("world", 20), ("economy", 10)]);
}

#[test]
fn an_exact_headline_is_first_and_the_newest_of_them() {
    let index = filled([
        story(1, "en", "Fed holds rates", "fed holds rates"),
        story(2, "en", "Fed holds rates", "And nothing else is said in this one."),
        story(3, "en", "Rates: Fed holds rates, rates, rates", "fed holds rates fed holds rates fed holds rates"),
    ]);
    assert_eq!(stories(&index, "fed holds rates"), [2, 1, 3]);
}

#[test]
fn exclusions_and_phrases() {
    let index = filled([
        story(1, "en", "Gold prices rise", "Interest rates fell."),
        story(2, "en", "Silver prices rise", "Rates of interest fell."),
        story(3, "ru", "Цены на золото", "Ставки снижены."),
    ]);
    assert_eq!(stories(&index, "\"interest rates\""), [1]);
    assert_eq!(stories(&index, "interest -\"interest rates\""), [2]);
    assert_eq!(stories(&index, "-gold -silver"), [3]);
    assert_eq!(stories(&index, "title:fell"), [0; 0]);
    assert_eq!(stories(&index, "золота OR gold"), [3, 1]);
    assert_eq!(stories(&index, "lang:ru"), [3]);
    assert_eq!(stories(&index, "-lang:ru -gold"), [2]);
    // The headline ends where the copy begins: no phrase spans both.
    assert_eq!(stories(&index, "\"rise interest\""), [0; 0]);
}

#[test]
fn lists_page_in_both_directions() {
    let mut documents: Vec<Document> = (1..=10).map(|n| story(n, "en", "Rates", "rates")).collect();
    documents[4].body = "a football match".to_owned();
    documents[6].facets = vec![(Facet::Section, "Sport".to_owned())];
    let index = filled(documents);
    let list = |selection: &Selection<'_>, before, after, limit| -> Vec<u64> {
        let listed = index.list(selection, Page { before, after, limit }).unwrap();
        listed.iter().map(|listed| listed.story).collect()
    };
    let everything = Selection::default();
    assert_eq!(list(&everything, None, None, 3), [10, 9, 8]);
    assert_eq!(list(&everything, Some(80), None, 3), [7, 6, 5]);
    assert_eq!(list(&everything, None, Some(50), 3), [8, 7, 6]);
    assert_eq!(list(&everything, Some(40), Some(20), 9), [3]);
    assert_eq!(list(&everything, Some(10), None, 9), [0; 0]);
    let sport = [(Facet::Section, vec!["sport".to_owned()])];
    let mute = [Query::parse("football").unwrap()];
    assert_eq!(list(&Selection { any_of: &sport, ..Selection::default() }, None, None, 9), [7]);
    let without = Selection { none_of: &sport, muted: &mute, ..Selection::default() };
    assert_eq!(list(&without, None, None, 9), [10, 9, 8, 6, 4, 3, 2, 1]);
    let required = [Query::parse("football").unwrap()];
    assert_eq!(list(&Selection { queries: &required, ..Selection::default() }, None, None, 9), [5]);
    assert!(matches!(
        index.list(&everything, Page { limit: 1_001, ..Page::default() }),
        Err(SearchError::PageOutOfRange { what: "limit", .. })
    ));
}

#[test]
fn a_crash_goes_back_to_the_last_commit() {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    index.apply(&[put(story(1, "en", "Kept", "kept"))], 5).unwrap();
    index.stage(&[put(story(2, "en", "Lost", "lost"))], 6).unwrap();
    assert_eq!(index.cursor(), 5);
    drop(index);
    let left_over = folder.path().join("0123456789abcdef0123456789abcdef.idx");
    std::fs::write(&left_over, "half").unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    assert!(!left_over.exists());
    assert_eq!((index.cursor(), index.len()), (5, 1));
    assert_eq!(stories(&index, "kept"), [1]);
    index.apply(&[put(story(2, "en", "Found", "again"))], 6).unwrap();
    index.close().unwrap();
    assert!(!folder.path().join("unsynced").exists());
    let index = SearchIndex::open(folder.path()).unwrap();
    assert_eq!((index.cursor(), stories(&index, "found")), (6, vec![2]));
}

#[test]
fn readers_see_what_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(SearchIndex::open_read_only(folder.path()), Err(OpenError::Absent { .. })));
    let writer = SearchIndex::open(folder.path()).unwrap();
    assert!(matches!(SearchIndex::open(folder.path()), Err(OpenError::Locked { .. })));
    let reader = SearchIndex::open_read_only(folder.path()).unwrap();
    writer.apply(&[put(story(1, "en", "Moved", "just now"))], 3).unwrap();
    assert_eq!(stories(&reader, "moved"), [0; 0]);
    // It reaches the disk a moment after it is searchable in the process that wrote it.
    writer.sync().unwrap();
    reader.refresh().unwrap();
    assert_eq!((reader.cursor(), stories(&reader, "moved")), (3, vec![1]));
    assert!(matches!(reader.apply(&[], 4), Err(WriteError::ReadOnly)));
    // Files merged away while it reads stay readable to it.
    for n in 2..40 {
        writer.apply(&[put(story(n, "en", "Moved", "later"))], 2 + n).unwrap();
    }
    assert_eq!(stories(&reader, "moved"), [1]);
}

#[test]
fn a_cleared_index_starts_over() {
    let index = filled([story(1, "en", "One", "text"), story(2, "en", "Two", "text")]);
    index.clear().unwrap();
    assert_eq!((index.cursor(), index.len()), (0, 0));
    index.apply(&[put(story(2, "en", "Two", "text"))], 1).unwrap();
    assert_eq!(stories(&index, "text"), [2]);
}

#[test]
fn the_cursor_never_goes_back() {
    let index = filled([story(1, "en", "One", "text")]);
    index.apply(&[], 9).unwrap();
    assert_eq!(index.cursor(), 9);
    let refused = index.apply(&[put(story(2, "en", "Two", "text"))], 8);
    assert!(matches!(refused, Err(WriteError::CursorGoesBack { at: 9, asked: 8 })));
    assert_eq!((index.cursor(), index.len()), (9, 1));
}

#[test]
fn changes_of_one_batch_apply_in_order() {
    let index = SearchIndex::in_memory().unwrap();
    let first = story(1, "en", "First", "text");
    let second = story(1, "en", "Second", "text");
    index.apply(&[put(first.clone()), put(second.clone())], 1).unwrap();
    assert_eq!((stories(&index, "first"), stories(&index, "second")), (vec![], vec![1]));
    index.apply(&[Change::Drop(1), put(first.clone())], 2).unwrap();
    assert_eq!(stories(&index, "first"), [1]);
    index.apply(&[put(second), Change::Drop(1)], 3).unwrap();
    assert_eq!(index.len(), 0);
    // A story put, staged and changed before the commit is there once.
    index.stage(&[put(first.clone())], 4).unwrap();
    index.stage(&[put(first)], 5).unwrap();
    index.commit().unwrap();
    assert_eq!((index.len(), index.cursor()), (1, 5));
}

#[test]
fn folders_that_are_not_ours_are_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("letter.txt"), "Dear").unwrap();
    let refused = SearchIndex::open(folder.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Foreign { .. }), "{refused}");
    assert!(refused.to_string().contains("it holds letter.txt"), "{refused}");
    assert!(matches!(SearchIndex::discard(folder.path()), Err(OpenError::Foreign { .. })));
    assert!(folder.path().join("letter.txt").exists());

    let foreign = tempfile::tempdir().unwrap();
    let mut schema = tantivy::schema::Schema::builder();
    schema.add_text_field("body", tantivy::schema::TEXT);
    Index::create_in_dir(foreign.path(), schema.build()).unwrap();
    let refused = SearchIndex::open(foreign.path()).unwrap_err();
    assert!(matches!(refused, OpenError::Foreign { .. }) && !refused.wants_rebuild(), "{refused}");
}

#[test]
fn an_index_whose_maker_was_killed_before_its_first_commit_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    Index::create_in_dir(folder.path(), schema::schema().0).unwrap();
    let refused = SearchIndex::open(folder.path()).unwrap_err();
    assert!(refused.wants_rebuild(), "{refused}");
    SearchIndex::discard(folder.path()).unwrap();
    assert_eq!(SearchIndex::open(folder.path()).unwrap().cursor(), 0);
}

#[test]
fn damaged_and_older_indexes_ask_to_be_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = || {
        SearchIndex::discard(folder.path()).unwrap();
        let index = SearchIndex::open(folder.path()).unwrap();
        index.apply(&[put(story(1, "en", "One", "text"))], 1).unwrap();
    };
    let check_rebuild = |what: &str| {
        let refused = SearchIndex::open(folder.path()).expect_err(what);
        assert!(refused.wants_rebuild(), "{what}: {refused}");
        let refused = SearchIndex::open_read_only(folder.path()).expect_err(what);
        assert!(refused.wants_rebuild(), "{what}: {refused}");
    };
    let meta = folder.path().join("meta.json");

    fresh();
    let text = std::fs::read_to_string(&meta).unwrap();
    std::fs::write(&meta, text.replace(&format!("courant-search {REVISION} "), "courant-search 999 ")).unwrap();
    check_rebuild("another revision");
    assert!(SearchIndex::open(folder.path()).unwrap_err().to_string().contains("has revision 999, this version needs "));

    fresh();
    std::fs::write(&meta, &text[..text.len() / 2]).unwrap();
    check_rebuild("half of meta.json");

    fresh();
    std::fs::write(&meta, "").unwrap();
    check_rebuild("an empty meta.json");

    fresh();
    let segment_file = || {
        let mut files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.find(|path| path.extension().is_some_and(|ending| ending == "idx")).unwrap()
    };
    std::fs::remove_file(segment_file()).unwrap();
    check_rebuild("a missing file");

    fresh();
    std::fs::write(segment_file(), "").unwrap();
    check_rebuild("an empty file");

    // A changed byte is found when another boot ended while it was written.
    fresh();
    let mut bytes = std::fs::read(segment_file()).unwrap();
    bytes[3] ^= 0xFF;
    std::fs::write(segment_file(), bytes).unwrap();
    std::fs::write(folder.path().join("unsynced"), "another boot").unwrap();
    check_rebuild("a changed byte");

    fresh();
    assert_eq!(stories(&SearchIndex::open(folder.path()).unwrap(), "text"), [1]);
}

#[test]
fn many_small_commits_stay_few_files() {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    for n in 1..=40 {
        index.apply(&[put(story(n, "en", "Moved", "now"))], n).unwrap();
    }
    assert_eq!(index.len(), 40);
    index.close().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    assert!(index.index.searchable_segment_ids().unwrap().len() <= 2 * SEGMENTS_PER_MERGE);
    assert_eq!(stories(&index, "moved").len(), 40);
}

#[test]
fn imports_and_live_stories_alternate() {
    let folder = tempfile::tempdir().unwrap();
    let index = SearchIndex::open(folder.path()).unwrap();
    let mut next = 1;
    for cursor in 1..=10 {
        let batch: Vec<Change> = (next..next + IMPORT_CHANGES as u64).map(|n| put(story(n, "en", "Moved", "then"))).collect();
        next += batch.len() as u64;
        index.stage(&batch, 3 * cursor).unwrap();
        // What is staged in the large buffer is not lost to a small change.
        index.apply(&[put(story(next, "en", "Moved", "now"))], 3 * cursor + 1).unwrap();
        next += 1;
        index.apply(&[Change::Drop(next - 2)], 3 * cursor + 2).unwrap();
    }
    let expected = 10 * IMPORT_CHANGES as u64;
    assert_eq!(index.len(), expected);
    drop(index);
    let index = SearchIndex::open(folder.path()).unwrap();
    assert_eq!((index.len(), index.cursor()), (expected, 32));
    assert_eq!(index.count(&Query::parse("now").unwrap()).unwrap(), 10);
}

/// What a merge leaves behind once the files are no longer carried is waited for by nobody.
#[test]
fn closing_waits_for_no_step_that_comes_too_late() {
    use std::io::Write;

    use tantivy::Directory;
    use tantivy::directory::TerminatingWrite;

    let path = tempfile::tempdir().unwrap();
    let (folder, carrier) = super::folder::Folder::open(path.path()).unwrap();
    folder.mark_unsynced().unwrap();
    let late = folder.clone();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let merging = std::thread::spawn({
        let stop = std::sync::Arc::clone(&stop);
        move || {
            for n in 0.. {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                let mut file = late.open_write(std::path::Path::new(&format!("{n}.late"))).unwrap();
                file.write_all(b"late").unwrap();
                file.terminate().unwrap();
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(20));
    let (closed, is_closed) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(carrier);
        let _ = closed.send(());
    });
    let in_time = is_closed.recv_timeout(std::time::Duration::from_secs(20));
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    merging.join().unwrap();
    assert!(in_time.is_ok(), "the folder was never closed");
}

#[test]
fn a_table_has_every_match_with_what_it_is_filed_under() {
    let filed = |number: u64, day: i8, section: &str| Document {
        moved_on: date(2026, 11, day),
        facets: vec![(Facet::Section, section.to_owned()), (Facet::Topic, "metals".to_owned())],
        ..story(number, "en", "Gold", "")
    };
    let index = filled([filed(1, 27, "world"), filed(2, 28, "economy"), filed(3, 28, "world")]);
    index.apply(&[put(filed(4, 28, "sport")), Change::Drop(3)], 2).unwrap();
    let table = index.table(&Query::parse("on:2026-11-28").unwrap(), 10).unwrap();
    assert_eq!(table.rows.iter().map(|row| (row.position, row.story, row.urgency)).collect::<Vec<_>>(), [(40, 4, 4), (20, 2, 4)]);
    let named: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let mut names: Vec<String> = row
                .facets
                .iter()
                .map(|place| &table.facets[*place as usize])
                .map(|(facet, value)| format!("{}:{value}", facet.name()))
                .collect();
            names.sort();
            names
        })
        .collect();
    assert_eq!(named[0], ["lang:en", "month:2026-11", "section:sport", "topic:metals"]);
    assert_eq!(named[1], ["lang:en", "month:2026-11", "section:economy", "topic:metals"]);
    assert_eq!(index.table(&Query::parse("gold").unwrap(), 1).unwrap().rows.len(), 1, "at most so many, the newest");
}

#[test]
fn all_months_are_counted_however_few_values_are_asked_for() {
    let of = |number: u64, month: i8| Document { moved_on: date(2026, month, 1), ..story(number, "en", "Gold", "") };
    let index = filled((1_i8..=9).map(|month| of(u64::from(month.unsigned_abs()), month)));
    let options = SearchOptions { facet_values: 2, ..SearchOptions::default() };
    let found = index.search(&Query::parse("gold").unwrap(), &options).unwrap();
    let months: Vec<&str> = found.facets[&Facet::Month].iter().map(|count| count.value.as_str()).collect();
    assert_eq!((months.len(), months[0], months[8]), (9, "2026-09", "2026-01"));
}
