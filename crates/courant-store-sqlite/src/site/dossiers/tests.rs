use std::sync::Arc;

use courant_news::{DossierText, Filter, Guid, Lang, NewsItem, Offer, Reason, WireEvent, act};
use courant_projections::site::{Cursor, ListQuery, SiteFollower, SiteStore};
use courant_wire::pump::{self, Progress};
use courant_wire::{WireStore, conformance};

use super::*;
use crate::{NewsroomDb, SiteDb};

struct Room {
    _folder: tempfile::TempDir,
    wire: NewsroomDb,
    site: Arc<SiteDb>,
}

fn slug(word: &str) -> DossierSlug {
    DossierSlug::parse(word).unwrap()
}

fn titled(word: &str) -> Dossier {
    Dossier::new(slug(word), DossierText::new(Lang::english(), word, None).unwrap())
}

impl Room {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
        let site = Arc::new(SiteDb::open(&folder.path().join("site.db")).unwrap());
        Self { _folder: folder, wire, site }
    }

    fn appends(&self, event: WireEvent, second: i64) -> WireSeq {
        self.wire.append(event, Offer::Next, conformance::at(second)).unwrap().seq
    }

    fn describes(&self, dossier: Dossier, second: i64) -> WireSeq {
        self.appends(WireEvent::DescribeDossier(Arc::new(dossier)), second)
    }

    fn merges(&self, from: &str, into: &str, second: i64) -> WireSeq {
        let reason = Reason::parse("one affair").unwrap();
        self.appends(WireEvent::MergeDossier(Arc::new(DossierMerge { from: slug(from), into: slug(into), reason })), second)
    }

    fn moves(&self, guid: &str, dossiers: &[&str], second: i64) -> WireSeq {
        let dossiers = dossiers.iter().map(|word| slug(word)).collect();
        let item = NewsItem { dossiers, ..conformance::story(guid, guid) };
        self.appends(act::move_story(item, conformance::at(second)), second)
    }

    fn acts(&self, guid: &str, second: i64, act: impl FnOnce(&NewsItem, courant_news::Standing) -> WireEvent) -> WireSeq {
        let story = self.wire.story(&Guid::parse(guid).unwrap()).unwrap().unwrap();
        self.appends(act(&story.latest, story.standing), second)
    }

    fn site(&self) -> &dyn SiteStore {
        let site: Arc<dyn SiteStore> = self.site.clone();
        let mut follower = SiteFollower::new(site, Box::new(|_, _| ()));
        pump::catch_up(&self.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
        self.site.as_ref()
    }

    /// The stories of these dossiers as a list has them.
    fn listed(&self, slugs: &str) -> Vec<String> {
        let filter = Filter::parse(&format!("dossier={slugs}"), &[]).filter;
        let query = ListQuery { filter: &filter, cursor: Cursor::Newest, first_moved: None, limit: 10 };
        self.site().list(query).unwrap().into_iter().map(|line| line.headline).collect()
    }
}

#[test]
fn a_merge_lists_no_story_twice_and_leaves_the_past_as_it_was() {
    let room = Room::open();
    for (idx, word) in ["a", "b", "c"].into_iter().enumerate() {
        room.describes(titled(word), idx.try_into().unwrap());
    }
    room.moves("urn:1", &["a"], 10);
    room.moves("urn:2", &["a", "b"], 11);
    let before = room.moves("urn:3", &["b"], 12);
    room.merges("a", "b", 20);
    let merged = room.merges("b", "c", 21);
    let site = room.site();
    let survivor = site.dossier(&slug("c")).unwrap().unwrap();
    let absorbed: Vec<_> = survivor.absorbed.iter().map(|absorbed| absorbed.slug.as_str()).collect();
    assert_eq!((absorbed, survivor.n_stories), (vec!["b", "a"], 3));
    let slugs: Vec<_> = survivor.all_slugs().map(DossierSlug::as_str).collect();
    assert_eq!(room.listed(&slugs.join(",")), ["urn:3", "urn:2", "urn:1"], "each once");
    let ended = site.dossier(&slug("a")).unwrap().unwrap().merged_into.unwrap();
    assert_eq!((ended.slug.as_str(), ended.reason.as_str()), ("c", "one affair"), "the end of the chain");
    let then = site.dossier_at(&slug("a"), before).unwrap().unwrap();
    assert_eq!((then.merged_into, then.absorbed.len()), (None, 0));
    assert_eq!(site.dossier_at(&slug("b"), before).unwrap().unwrap().absorbed, []);
    assert_eq!(site.dossiers(10).unwrap().len(), 1, "what was merged is no dossier of its own");
    assert_eq!(site.entry_at(conformance::at(21)).unwrap(), Some(merged), "a merge is a moment of the site");
}

#[test]
fn each_description_can_be_read_again() {
    let room = Room::open();
    let first = room.describes(titled("a"), 1);
    let summed = DossierText::new(Lang::english(), "A", Some("So far.")).unwrap();
    let second = room.describes(Dossier { texts: vec![summed], parent: None, ..titled("a") }, 2);
    room.describes(Dossier { parent: Some(slug("a")), ..titled("part") }, 3);
    room.describes(Dossier { split_from: Some(slug("a")), ..titled("rest") }, 4);
    let site = room.site();
    let summary =
        |entry| site.dossier_at(&slug("a"), entry).unwrap().and_then(|line| line.dossier.summary(&Lang::english()).map(str::to_owned));
    assert_eq!((summary(first), summary(second)), (None, Some("So far.".to_owned())));
    assert_eq!(site.dossier_at(&slug("a"), WireSeq(0)).unwrap(), None, "nobody had described it");
    let entries: Vec<_> = site.dossier_entries(&slug("a")).unwrap().into_iter().map(|entry| entry.seq).collect();
    assert_eq!(entries, [first, second]);
    let line = site.dossier(&slug("a")).unwrap().unwrap();
    assert_eq!((line.parts, line.split_off), (vec![slug("part")], vec![slug("rest")]));
}

#[test]
fn news_since_an_entry_are_acts_on_its_own_stories() {
    let room = Room::open();
    room.describes(titled("a"), 1);
    room.moves("urn:1", &["a"], 10);
    room.moves("urn:other", &[], 11);
    let looked = room.moves("urn:2", &["a"], 12);
    assert_eq!(room.site().dossier_news(&[slug("a")], looked, 10).unwrap(), []);
    let reason = || Reason::parse("it was wrong").unwrap();
    room.acts("urn:1", 20, |item, standing| {
        act::correct(item, standing, item.clone(), None, courant_news::CorrectionKind::default(), reason(), conformance::at(20))
    });
    room.acts("urn:1", 21, |item, _| act::repeat(item));
    room.acts("urn:other", 22, |item, _| act::kill(item, reason(), None));
    room.acts("urn:2", 23, |item, _| act::kill(item, reason(), None));
    room.moves("urn:3", &["a"], 24);
    let news = room.site().dossier_news(&[slug("a")], looked, 10).unwrap();
    let told: Vec<_> = news.iter().map(|(line, entry)| format!("{} {}", line.guid, entry.kind.as_str())).collect();
    assert_eq!(told, ["urn:3 move", "urn:2 kill", "urn:1 correct"]);
}

#[test]
fn the_whole_chain_of_follow_ups_is_known_and_a_circle_ends() {
    let room = Room::open();
    let follows = |guid: &str, origin: Option<&str>, second| {
        let evolved_from = origin.map(|guid| Guid::parse(guid).unwrap());
        room.appends(act::move_story(NewsItem { evolved_from, ..conformance::story(guid, guid) }, conformance::at(second)), second);
    };
    follows("urn:1", Some("urn:4"), 1);
    follows("urn:2", Some("urn:1"), 2);
    follows("urn:3", Some("urn:2"), 3);
    follows("urn:4", Some("urn:3"), 4);
    let story = room.site().story(Guid::parse("urn:3").unwrap().story_id()).unwrap().unwrap();
    let names = |lines: &[Line]| lines.iter().map(|line| line.headline.clone()).collect::<Vec<_>>();
    assert_eq!(story.evolved_from.unwrap().headline, "urn:2");
    assert_eq!(names(&story.origins), ["urn:1", "urn:4"]);
    assert_eq!(names(&story.followed_by), ["urn:4", "urn:2", "urn:1"], "the circle is walked once");
}
