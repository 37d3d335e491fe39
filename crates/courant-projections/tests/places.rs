//! Site and index stand by the same places, whatever the newsroom does and however the entries arrive; and a rebuild
//! gives the same.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::sync::Arc;

use courant_news::{CorrectionKind, Filter, Guid, Offer, PubStatus, Reason, WireEvent, act};
use courant_projections::index::{self, IndexFollower};
use courant_projections::site::{Cursor, ListQuery, SiteFollower, SiteStore};
use courant_search::SearchIndex;
use courant_store_sqlite::{NewsroomDb, SiteDb};
use courant_wire::pump::{self, Progress, Projection};
use courant_wire::{WireSeq, WireStore, conformance};
use jiff::tz::TimeZone;
use proptest::prelude::*;

const STORIES: usize = 4;

#[derive(Clone, Copy, Debug)]
enum Act {
    Move {
        embargoed: bool,
    },
    Update,
    Correct,
    Hold,
    Release,
    Lift,
    Kill,
    /// The followers catch up before what comes next.
    Pump,
}

struct Newsroom {
    _folder: tempfile::TempDir,
    wire: NewsroomDb,
    now: i64,
}

impl Newsroom {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
        Self { _folder: folder, wire, now: 10 }
    }

    /// Acts on a story; what its past rules out does not happen.
    fn act(&mut self, story: usize, what: Act) {
        self.now += 1;
        let now = conformance::at(self.now);
        let reason = Reason::parse("why").unwrap();
        let guid = format!("urn:{story}");
        let known = self.wire.story(&Guid::parse(&guid).unwrap()).unwrap();
        let event = match (what, known) {
            (Act::Move { embargoed }, None) => {
                let mut item = conformance::story(&guid, "Gold");
                // Over after four acts: some are lifted, some are held and released later, some stay.
                item.embargo = embargoed.then(|| conformance::at(self.now + 4));
                act::move_story(item, now)
            }
            (_, None) | (Act::Move { .. } | Act::Pump, Some(_)) => return,
            (Act::Update, Some(known)) => act::update(&known.latest, known.standing, (*known.latest).clone(), None, None, now),
            (Act::Correct, Some(known)) => {
                act::correct(&known.latest, known.standing, (*known.latest).clone(), None, CorrectionKind::default(), reason, now)
            }
            (Act::Hold, Some(known)) => act::withhold(&known.latest, reason, None),
            (Act::Release, Some(known)) => act::release(&known.latest, known.standing, None, now),
            (Act::Lift, Some(known)) => act::lift_embargo(&known.latest, known.standing, now),
            (Act::Kill, Some(known)) => act::kill(&known.latest, reason, None),
        };
        self.append(event);
    }

    fn append(&self, event: WireEvent) {
        match self.wire.append(event, Offer::Next, conformance::at(self.now)) {
            Ok(_) | Err(courant_wire::AppendError::Refused(_)) => {}
            Err(courant_wire::AppendError::Store(error)) => panic!("{error}"),
        }
    }
}

/// A site and an index that follow the wire.
struct World {
    _folder: tempfile::TempDir,
    site: Arc<SiteDb>,
    index: Arc<SearchIndex>,
    followers: [Box<dyn Projection>; 2],
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let site = Arc::new(SiteDb::open(&folder.path().join("site.db")).unwrap());
        let index = Arc::new(SearchIndex::in_memory().unwrap());
        let followers: [Box<dyn Projection>; 2] = [
            Box::new(SiteFollower::new(site.clone(), Box::new(|_, _| ()))),
            Box::new(IndexFollower::new(index.clone(), TimeZone::UTC, Box::new(|| ()))),
        ];
        Self { _folder: folder, site, index, followers }
    }

    fn pump(&mut self, wire: &dyn WireStore) {
        for follower in &mut self.followers {
            pump::catch_up(wire, follower.as_mut(), &Progress::default(), &false.into()).unwrap();
        }
    }

    /// What the site says of every story: where it stands and whether it may be read.
    fn on_site(&self) -> Vec<(u64, u64, PubStatus)> {
        let query = ListQuery { filter: &Filter::default(), cursor: Cursor::Newest, first_moved: None, limit: 100 };
        let lines = self.site.list(query).unwrap();
        lines.iter().map(|line| (line.position.0, line.story.number(), line.pub_status)).collect()
    }

    fn in_index(&self) -> Vec<(u64, u64)> {
        let listed = index::list(&self.index, &Filter::parse("q=gold", &[]).filter, Cursor::Newest, 100).unwrap();
        listed.iter().map(|listed| (listed.position, listed.story)).collect()
    }

    fn dump(&self) -> Vec<String> {
        let mut rows = Vec::new();
        self.site.dump(&mut |row| rows.push(row.to_owned())).unwrap();
        rows
    }
}

fn act_on_a_story() -> impl Strategy<Value = (usize, Act)> {
    let what = prop_oneof![
        4 => prop::bool::ANY.prop_map(|embargoed| Act::Move { embargoed }),
        2 => Just(Act::Update),
        1 => Just(Act::Correct),
        4 => Just(Act::Hold),
        4 => Just(Act::Release),
        1 => Just(Act::Lift),
        1 => Just(Act::Kill),
        3 => Just(Act::Pump),
    ];
    (0..STORIES, what)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn site_and_index_agree_and_a_rebuild_gives_the_same(acts in prop::collection::vec(act_on_a_story(), 1..60)) {
        let mut room = Newsroom::open();
        let mut world = World::new();
        for (story, what) in acts {
            match what {
                Act::Pump => world.pump(&room.wire),
                _ => room.act(story, what),
            }
        }
        world.pump(&room.wire);
        let on_site = world.on_site();
        let readable: Vec<(u64, u64)> =
            on_site.iter().filter(|(.., status)| *status == PubStatus::Usable).map(|(position, story, _)| (*position, *story)).collect();
        prop_assert_eq!(&world.in_index(), &readable);
        for (position, story, status) in &on_site {
            let known = (*status != PubStatus::Canceled).then_some(*position);
            prop_assert_eq!(world.index.position_of(*story).unwrap(), known, "{:?}", status);
        }

        let mut anew = World::new();
        anew.pump(&room.wire);
        prop_assert_eq!(anew.dump(), world.dump());
        prop_assert_eq!(anew.in_index(), world.in_index());
    }
}

#[test]
fn a_release_comes_back_to_its_place_and_to_the_head_when_it_never_had_one() {
    let mut room = Newsroom::open();
    let mut world = World::new();
    let id = |guid: &str| Guid::parse(guid).unwrap().story_id().number();
    room.act(0, Act::Move { embargoed: false });
    room.act(1, Act::Move { embargoed: true });
    room.act(2, Act::Move { embargoed: false });
    room.act(0, Act::Hold);
    room.act(1, Act::Hold);
    world.pump(&room.wire);
    assert_eq!(world.in_index(), [(3, id("urn:2"))]);
    room.act(0, Act::Release);
    room.act(1, Act::Release);
    world.pump(&room.wire);
    assert_eq!(world.in_index(), [(7, id("urn:1")), (3, id("urn:2")), (1, id("urn:0"))]);
    assert_eq!(room.wire.head().unwrap().0, WireSeq(7));
}
