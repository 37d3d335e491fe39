use std::sync::Arc;

use courant_news::filter::Facet;
use courant_news::{CorrectionKind, Filter, Guid, NewsItem, Offer, Reason, SectionSlug, Subject, act};
use courant_projections::site::{Cursor, ListQuery, SiteFollower, SiteStore, Span};
use courant_wire::pump::{self, Progress, Projection};
use courant_wire::{WireStore, conformance};

use super::SiteDb;
use crate::NewsroomDb;

struct Newsroom {
    folder: tempfile::TempDir,
    wire: NewsroomDb,
    site: Arc<SiteDb>,
}

impl Newsroom {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
        let site = Arc::new(SiteDb::open(&folder.path().join("site.db")).unwrap());
        Self { folder, wire, site }
    }

    fn moves(&self, guid: &str, headline: &str, section: &str) {
        let mut item = conformance::story(guid, headline);
        item.section = SectionSlug::parse(section).unwrap();
        item.subjects.push(Subject::new("medtop:04000000", None).unwrap());
        self.wire.append(act::move_story(item, conformance::at(10)), Offer::Next, conformance::at(10)).unwrap();
    }

    fn on_wire(&self, guid: &str) -> (NewsItem, courant_news::Standing) {
        let story = self.wire.story(&Guid::parse(guid).unwrap()).unwrap().unwrap();
        (Arc::unwrap_or_clone(story.latest), story.standing)
    }

    fn corrects(&self, guid: &str, headline: &str) {
        let (latest, standing) = self.on_wire(guid);
        let mut item = latest.clone();
        item.headline = courant_news::Headline::parse(headline).unwrap();
        let reason = Reason::parse("the figure was wrong").unwrap();
        let event = act::correct(&latest, standing, item, None, CorrectionKind::default(), reason, conformance::at(20));
        self.wire.append(event, Offer::Next, conformance::at(20)).unwrap();
    }

    fn kills(&self, guid: &str) {
        let event = act::kill(&self.on_wire(guid).0, Reason::parse("it was wrong").unwrap(), None);
        self.wire.append(event, Offer::Next, conformance::at(30)).unwrap();
    }

    fn moves_under_embargo(&self, guid: &str, headline: &str) {
        let mut item = conformance::story(guid, headline);
        item.embargo = Some(conformance::at(30));
        self.wire.append(act::move_story(item, conformance::at(10)), Offer::Next, conformance::at(10)).unwrap();
    }

    fn holds(&self, guid: &str) {
        let event = act::withhold(&self.on_wire(guid).0, Reason::parse("we are checking").unwrap(), None);
        self.wire.append(event, Offer::Next, conformance::at(30)).unwrap();
    }

    fn releases(&self, guid: &str) {
        let (latest, standing) = self.on_wire(guid);
        let event = act::release(&latest, standing, None, conformance::at(40));
        self.wire.append(event, Offer::Next, conformance::at(40)).unwrap();
    }

    fn pump(&self) {
        let site: Arc<dyn SiteStore> = self.site.clone();
        let mut follower = SiteFollower::new(site, Box::new(|_, _| ()));
        pump::catch_up(&self.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
    }

    /// The list as text: `position version headline`, a notice by its reason.
    fn list(&self, filter: &str, cursor: Cursor) -> Vec<String> {
        let filter = Filter::parse(filter, &[]).filter;
        let lines = self.site.list(ListQuery { filter: &filter, cursor, first_moved: None, limit: 10 }).unwrap();
        let text = |line: &courant_projections::site::Line| {
            let headline = if line.headline.is_empty() { line.reason.clone().unwrap_or_default() } else { line.headline.clone() };
            format!("{} v{} {headline}", line.position, line.version)
        };
        lines.iter().map(text).collect()
    }

    fn dump(site: &SiteDb) -> Vec<String> {
        let mut lines = Vec::new();
        site.dump(&mut |line| lines.push(line.to_owned())).unwrap();
        lines
    }
}

#[test]
fn lists_are_newest_first_and_paged_by_position() {
    let room = Newsroom::open();
    for (guid, section) in [("urn:a", "economy"), ("urn:b", "world"), ("urn:c", "economy")] {
        room.moves(guid, guid, section);
    }
    room.pump();
    assert_eq!(room.list("", Cursor::Newest), ["3 v1 urn:c", "2 v1 urn:b", "1 v1 urn:a"]);
    assert_eq!(room.list("section=economy", Cursor::Newest), ["3 v1 urn:c", "1 v1 urn:a"]);
    assert_eq!(room.list("", Cursor::Before(courant_wire::WireSeq(3))), ["2 v1 urn:b", "1 v1 urn:a"]);
    assert_eq!(room.list("", Cursor::After(courant_wire::WireSeq(1))), ["3 v1 urn:c", "2 v1 urn:b"]);
    assert_eq!(room.list("", Cursor::Before(courant_wire::WireSeq(1))), [""; 0]);
    assert_eq!(room.list("section=sport", Cursor::Newest), [""; 0]);
    assert_eq!(room.list("not.section=world&topic=04000000", Cursor::Newest), ["3 v1 urn:c", "1 v1 urn:a"]);
}

#[test]
fn a_correction_stays_in_place_and_a_kill_leaves_only_its_reason() {
    let room = Newsroom::open();
    room.moves("urn:a", "One", "economy");
    room.moves("urn:b", "Other", "economy");
    room.corrects("urn:a", "Two");
    room.pump();
    assert_eq!(room.list("", Cursor::Newest), ["2 v1 Other", "1 v2 Two"]);
    room.kills("urn:a");
    room.pump();
    assert_eq!(room.list("section=economy", Cursor::Newest), ["2 v1 Other", "1 v3 it was wrong"]);
    let story = room.site.story(Guid::parse("urn:a").unwrap().story_id()).unwrap().unwrap();
    assert!(story.item.is_none());
    assert_eq!(story.versions.len(), 3);
    let left = Newsroom::dump(&room.site).join("\n");
    assert!(!left.contains("Two") && !left.contains("figure"), "a killed word is still in the read model:\n{left}");
}

#[test]
fn notices_are_listed_alone_where_their_stories_were_filed() {
    let room = Newsroom::open();
    for (guid, section) in [("urn:a", "economy"), ("urn:b", "world"), ("urn:c", "economy"), ("urn:d", "economy")] {
        room.moves(guid, guid, section);
    }
    room.kills("urn:a");
    room.kills("urn:b");
    room.holds("urn:d");
    room.pump();
    let notices = |filter: &str, cursor| {
        let filter = Filter::parse(filter, &[]).filter;
        let lines = room.site.notices(ListQuery { filter: &filter, cursor, first_moved: None, limit: 2 }).unwrap();
        lines.iter().map(|line| line.position.0).collect::<Vec<_>>()
    };
    assert_eq!(notices("", Cursor::Newest), [4, 2]);
    assert_eq!(notices("section=economy", Cursor::Newest), [4, 1]);
    assert_eq!(notices("", Cursor::Before(courant_wire::WireSeq(4))), [2, 1]);
    assert_eq!(notices("", Cursor::After(courant_wire::WireSeq(1))), [4, 2]);
    assert_eq!(notices("section=sport", Cursor::Newest), [0; 0]);
}

#[test]
fn a_release_brings_a_story_back_to_its_place_unless_it_never_had_one() {
    let room = Newsroom::open();
    room.moves("urn:a", "One", "economy");
    room.moves_under_embargo("urn:secret", "Secret");
    room.moves("urn:b", "Other", "economy");
    room.holds("urn:a");
    room.holds("urn:secret");
    room.pump();
    assert_eq!(room.list("", Cursor::Newest), ["3 v1 Other", "1 v2 we are checking"]);
    room.releases("urn:a");
    // The embargo has ended meanwhile.
    room.releases("urn:secret");
    room.pump();
    assert_eq!(room.list("", Cursor::Newest), ["7 v3 Secret", "3 v1 Other", "1 v3 One"]);
    assert_eq!(room.list("section=economy", Cursor::Newest), ["3 v1 Other", "1 v3 One"]);
    room.holds("urn:secret");
    room.releases("urn:secret");
    room.pump();
    assert_eq!(room.list("", Cursor::Newest), ["7 v5 Secret", "3 v1 Other", "1 v3 One"], "now it has a place");
}

#[test]
fn a_rebuild_gives_the_same_rows() {
    let room = Newsroom::open();
    for number in 0..30 {
        room.moves(&format!("urn:{number}"), &format!("Story {number}"), if number % 3 == 0 { "world" } else { "economy" });
    }
    room.corrects("urn:3", "Corrected");
    room.kills("urn:4");
    room.holds("urn:6");
    room.holds("urn:9");
    room.releases("urn:6");
    room.pump();
    let before = Newsroom::dump(&room.site);
    let rebuilt = Arc::new(SiteDb::open(&room.folder.path().join("rebuilt.db")).unwrap());
    let store: Arc<dyn SiteStore> = rebuilt.clone();
    let mut follower = SiteFollower::new(store, Box::new(|_, _| ()));
    follower.clear().unwrap();
    pump::catch_up(&room.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
    assert_eq!(before, Newsroom::dump(&rebuilt));
    assert!(before.len() > 30);
}

#[test]
fn terms_count_their_stories() {
    let room = Newsroom::open();
    room.moves("urn:a", "A", "economy");
    room.moves("urn:b", "B", "economy");
    room.moves("urn:c", "C", "world");
    room.pump();
    let sections: Vec<_> = room.site.terms(Facet::Section, 10).unwrap().into_iter().map(|term| (term.value, term.n_stories)).collect();
    assert_eq!(sections, [("economy".to_owned(), 2), ("world".to_owned(), 1)]);
    let topic = room.site.term(Facet::Topic, "economy-business-and-finance").unwrap().unwrap();
    assert_eq!((topic.label.as_str(), topic.n_stories), ("economy, business and finance", 3));
}

#[test]
fn stories_are_counted_by_when_they_first_moved() {
    let room = Newsroom::open();
    for (guid, lang, minute) in [("urn:a", "en", 0), ("urn:b", "en-GB", 10), ("urn:c", "ru", 10), ("urn:d", "ru", 20)] {
        let mut item = conformance::story(guid, guid);
        item.lang = courant_news::Lang::parse(lang).unwrap();
        room.wire.append(act::move_story(item, conformance::at(minute)), Offer::Next, conformance::at(minute)).unwrap();
    }
    room.kills("urn:c");
    room.pump();
    let span = |from, until| Span { from: conformance::at(from), until: conformance::at(until) };
    let spans = [span(0, 10), span(10, 20), span(20, 30), span(30, 40)];
    let counts = |lang: Option<&str>| {
        let lang = lang.map(|lang| courant_news::Lang::parse(lang).unwrap());
        room.site.counts(&spans, lang.as_ref()).unwrap()
    };
    assert_eq!(counts(None), [1, 2, 1, 0], "a notice stands where its story stood");
    assert_eq!(counts(Some("en")), [1, 1, 0, 0]);
    assert_eq!(counts(Some("ru")), [0, 1, 1, 0]);
}

/// A projection that breaks at an entry.
struct Breaking(courant_wire::WireSeq);

impl Projection for Breaking {
    fn name(&self) -> &'static str {
        "breaking"
    }
    fn cursor(&mut self) -> Result<courant_wire::WireSeq, courant_wire::StoreError> {
        Ok(courant_wire::WireSeq(self.0.0 - 1))
    }
    fn apply(&mut self, _: &[courant_wire::WireEntry]) -> Result<(), courant_wire::StoreError> {
        Err(courant_wire::StoreError::new("apply an entry", "the disk is full"))
    }
    fn clear(&mut self) -> Result<(), courant_wire::StoreError> {
        Ok(())
    }
}

#[test]
fn a_failing_projection_stops_only_itself_and_says_so() {
    let room = Newsroom::open();
    for guid in ["urn:a", "urn:b"] {
        room.moves(guid, guid, "economy");
    }
    let (head, stop) = (courant_wire::Head::default(), false.into());
    let (broken, fine) = (Arc::new(Progress::default()), Arc::new(Progress::default()));
    std::thread::scope(|scope| {
        // It returns by itself: its pump has stopped.
        scope.spawn(|| pump::follow(&room.wire, &head, Box::new(Breaking(courant_wire::WireSeq(2))), &broken, &stop)).join().unwrap();
        let site: Arc<dyn SiteStore> = room.site.clone();
        scope.spawn(|| pump::follow(&room.wire, &head, Box::new(SiteFollower::new(site, Box::new(|_, _| ()))), &fine, &stop));
        while fine.cursor() < courant_wire::WireSeq(2) {
            std::thread::yield_now();
        }
        stop.store(true, std::sync::atomic::Ordering::Release);
        head.wake_all();
    });
    assert_eq!(broken.failure().as_deref(), Some("cannot apply an entry: the disk is full"));
    assert_eq!((broken.cursor(), fine.failure()), (courant_wire::WireSeq(1), None));
    assert_eq!(room.list("", Cursor::Newest).len(), 2);
}

mod photos {
    use courant_news::{Association, AssociationRole, Focus, Photo, PhotoId, PhotoNotice, Picture, Rendition, Version, WireEvent};

    use super::*;

    fn photo() -> Photo {
        let files = [640, 1280].map(|width| Rendition::new(&format!("/media/0a{width}.jpg"), "image/jpeg", width, width / 2).unwrap());
        let picture = Picture::new("A harbour.", "Photo desk", "Boats.", files.into()).unwrap();
        Photo::new(PhotoId::of(b"original"), picture, Focus::CENTRE)
    }

    impl Newsroom {
        fn describes_photo(&self) {
            self.wire.append(WireEvent::DescribePhoto(Arc::new(photo())), Offer::Next, conformance::at(5)).unwrap();
        }

        fn kills_photo(&self) {
            let reason = Reason::parse("it shows another harbour").unwrap();
            let notice = PhotoNotice { id: photo().id, version: Version::FIRST, reason, ednote: None };
            self.wire.append(WireEvent::KillPhoto(Arc::new(notice)), Offer::Next, conformance::at(40)).unwrap();
        }

        fn shows_photo(&self, guid: &str) {
            let mut item = conformance::story(guid, "Harbour");
            item.associations = vec![Association { role: AssociationRole::Feature, picture: photo().picture }];
            self.wire.append(act::move_story(item, conformance::at(10)), Offer::Next, conformance::at(10)).unwrap();
        }

        fn story(&self, guid: &str) -> courant_projections::site::SiteStory {
            self.site.story(Guid::parse(guid).unwrap().story_id()).unwrap().unwrap()
        }
    }

    #[test]
    fn a_killed_photo_is_in_no_row_and_its_files_are_named() {
        let room = Newsroom::open();
        room.describes_photo();
        room.shows_photo("urn:a");
        room.pump();
        assert_eq!(room.story("urn:a").line.picture.unwrap().href, "/media/0a640.jpg");
        assert!(!room.site.is_killed_file("0a640.jpg").unwrap());

        room.kills_photo();
        let site: Arc<dyn SiteStore> = room.site.clone();
        let touched = Arc::new(std::sync::Mutex::new(None));
        let seen = Arc::clone(&touched);
        let mut follower = SiteFollower::new(site, Box::new(move |touched, _| *seen.lock().unwrap() = Some(touched.clone())));
        pump::catch_up(&room.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
        let touched = touched.lock().unwrap().take().unwrap();
        assert_eq!(touched.killed_files.iter().collect::<Vec<_>>(), ["0a1280.jpg", "0a640.jpg"]);
        assert!(touched.killed_photos.contains(&photo().id));
        let story = Guid::parse("urn:a").unwrap().story_id();
        for name in ["media:0a640.jpg", "media:0a1280.jpg", "all", &format!("story:{story}")] {
            assert!(touched.names.contains(name), "{name}");
        }

        let story = room.story("urn:a");
        assert_eq!((story.line.picture, story.item.unwrap().associations.len()), (None, 0));
        assert_eq!(story.killed_photos[0].reason, "it shows another harbour");
        assert!(room.site.is_killed_file("0a640.jpg").unwrap());
        let rows = Newsroom::dump(&room.site).join("\n");
        assert!(!rows.contains("A harbour") && !rows.contains("Boats"), "a word of the photo is left:\n{rows}");
    }

    #[test]
    fn a_story_that_moves_with_a_killed_photo_shows_the_notice() {
        let room = Newsroom::open();
        room.describes_photo();
        room.kills_photo();
        room.shows_photo("urn:late");
        room.pump();
        let story = room.story("urn:late");
        assert_eq!((story.line.picture, story.item.unwrap().associations.len(), story.killed_photos.len()), (None, 0, 1));
    }

    #[test]
    fn a_rebuild_after_a_kill_gives_the_same_rows() {
        let room = Newsroom::open();
        room.describes_photo();
        room.shows_photo("urn:a");
        room.pump();
        room.kills_photo();
        room.pump();
        let rebuilt = Arc::new(SiteDb::open(&room.folder.path().join("rebuilt.db")).unwrap());
        let mut follower = SiteFollower::new(rebuilt.clone() as Arc<dyn SiteStore>, Box::new(|_, _| ()));
        pump::catch_up(&room.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
        assert_eq!(Newsroom::dump(&room.site), Newsroom::dump(&rebuilt));
    }

    #[test]
    fn a_photo_is_no_story() {
        let room = Newsroom::open();
        room.describes_photo();
        assert!(room.wire.story(&photo().id.guid()).unwrap().is_none());
        assert_eq!(room.wire.entries_of(&photo().id.guid(), 1).unwrap()[0].kind, "photo");
    }
}
