use courant_news::press::{DecidedBy, Evidence, MatchKind, ReportId, Shared, SharedKind, SourceId, WebAddress};
use courant_news::{DossierSlug, Headline, Offer, Reason, SectionSlug, act};
use courant_projections::site::{SiteFollower, SiteStore};
use courant_wire::pump::{self, Progress};
use courant_wire::{WireStore, conformance};

use super::*;
use crate::NewsroomDb;

/// A newsroom whose pump names the tags each round touched.
struct Room {
    _folder: tempfile::TempDir,
    wire: NewsroomDb,
    site: Arc<SiteDb>,
}

impl Room {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wire = NewsroomDb::open(&folder.path().join("newsroom.db")).unwrap();
        let site = Arc::new(SiteDb::open(&folder.path().join("site.db")).unwrap());
        Self { _folder: folder, wire, site }
    }

    fn appends(&self, event: WireEvent, second: i64) -> Vec<String> {
        self.wire.append(event, Offer::Next, conformance::at(second)).unwrap();
        let (sender, touched) = std::sync::mpsc::channel();
        let site: Arc<dyn SiteStore> = self.site.clone();
        let mut follower = SiteFollower::new(site, Box::new(move |touched, _| sender.send(touched.clone()).unwrap()));
        pump::catch_up(&self.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
        touched.try_iter().flat_map(|touched| touched.names).collect()
    }

    fn moves(&self, guid: &str, section: &str, second: i64) {
        let mut item = conformance::story(guid, "Twelve ships wait");
        item.section = SectionSlug::parse(section).unwrap();
        self.appends(act::move_story(item, conformance::at(second)), second);
    }

    fn seen(&self, about: &PressSubject) -> Vec<String> {
        self.seen_at(about, None)
    }

    fn seen_at(&self, about: &PressSubject, at: Option<WireSeq>) -> Vec<String> {
        let lines = match about {
            PressSubject::Story(guid) => self.site.press(PressAbout::Story(guid), at, 10),
            PressSubject::Dossier(slug) => self.site.press(PressAbout::Dossier(std::slice::from_ref(slug)), at, 10),
        };
        lines.unwrap().iter().map(|line| format!("{}: {}", line.source.outlet, line.found.headline)).collect()
    }

    fn dump(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.site.dump(&mut |line| lines.push(line.to_owned())).unwrap();
        lines
    }
}

/// How many rows of a table a dump has.
fn n_rows(dump: &[String], table: &str) -> usize {
    let name = format!("{:?}", rusqlite::types::ValueRef::Text(table.as_bytes()));
    dump.iter().filter(|line| line.split('\t').next() == Some(&*name)).count()
}

fn web(address: &str) -> WebAddress {
    WebAddress::parse(address).unwrap()
}

fn source(state: SourceState) -> WireEvent {
    let id = SourceId::parse("gazette").unwrap();
    let source = PressSource::new(id, "Gazette", web("https://gazette.example/"), web("https://gazette.example/feed"), Lang::english());
    WireEvent::DescribeSource(Arc::new(PressSource { state, ..source.unwrap() }))
}

fn story(guid: &str) -> PressSubject {
    PressSubject::Story(Guid::parse(guid).unwrap())
}

fn found(about: PressSubject, report: &str, headline: &str, second: i64) -> WireEvent {
    WireEvent::MatchReport(Arc::new(PressMatch {
        about,
        source: SourceId::parse("gazette").unwrap(),
        report: ReportId::parse(report).unwrap(),
        headline: Headline::parse(headline).unwrap(),
        link: web("https://gazette.example/1"),
        published_at: Some(conformance::at(second)),
        seen_at: conformance::at(second + 1),
        lang: Lang::english(),
        is_paywalled: false,
        kind: MatchKind::SameStory,
        evidence: Evidence::new(900, vec![Shared::new(SharedKind::Word, "confidential", "confidential").unwrap()]).unwrap(),
        differs: Vec::new(),
        decided_by: DecidedBy::Machine,
    }))
}

fn notice(outlet: Outlet, report: &str, about: Option<PressSubject>) -> WireEvent {
    let (report, reason) = (ReportId::parse(report).unwrap(), Reason::parse("not the same").unwrap());
    WireEvent::WithdrawReport(Arc::new(ReportNotice { outlet, report, about, reason }))
}

#[test]
fn a_later_match_replaces_the_earlier_and_the_earliest_report_is_first() {
    let room = Room::open();
    room.appends(source(SourceState::Active), 1);
    room.moves("urn:a", "world", 2);
    room.appends(found(story("urn:a"), "1", "Eleven ships wait", 20), 30);
    let touched = room.appends(found(story("urn:a"), "2", "Ships wait", 10), 31);
    assert_eq!(touched, [format!("story:{}", Guid::parse("urn:a").unwrap().story_id())]);
    room.appends(found(story("urn:a"), "1", "Twelve ships wait", 20), 32);
    assert_eq!(room.seen(&story("urn:a")), ["Gazette: Ships wait", "Gazette: Twelve ships wait"]);
    room.appends(notice(Outlet::Source(SourceId::parse("gazette").unwrap()), "2", Some(story("urn:a"))), 33);
    assert_eq!(room.seen(&story("urn:a")), ["Gazette: Twelve ships wait"]);
    room.appends(found(PressSubject::Dossier(DossierSlug::parse("ports").unwrap()), "1", "Twelve", 20), 34);
    let touched = room.appends(notice(Outlet::Source(SourceId::parse("gazette").unwrap()), "1", None), 35);
    assert_eq!(touched.len(), 2, "{touched:?}");
    assert!(touched.contains(&"dossier:ports".to_owned()));
    assert!(room.seen(&story("urn:a")).is_empty(), "their report is gone everywhere");
}

#[test]
fn the_past_is_shown_as_it_was_known_but_for_what_was_withdrawn() {
    let room = Room::open();
    room.appends(source(SourceState::Active), 1);
    room.moves("urn:a", "world", 2);
    let before = room.site.cursor().unwrap();
    room.appends(found(story("urn:a"), "1", "Eleven ships wait", 20), 30);
    let first = room.site.cursor().unwrap();
    room.appends(found(story("urn:a"), "1", "Twelve ships wait", 20), 31);
    let second = room.site.cursor().unwrap();
    assert!(room.seen_at(&story("urn:a"), Some(before)).is_empty());
    assert_eq!(room.seen_at(&story("urn:a"), Some(first)), ["Gazette: Eleven ships wait"]);
    assert_eq!(room.seen_at(&story("urn:a"), Some(second)), ["Gazette: Twelve ships wait"]);
    room.appends(source(SourceState::Removed), 40);
    for entry in [first, second] {
        assert!(room.seen_at(&story("urn:a"), Some(entry)).is_empty(), "what was removed is in no past either");
    }
}

#[test]
fn a_dossier_has_what_stands_beside_any_of_its_stories_once() {
    let room = Room::open();
    room.appends(source(SourceState::Active), 1);
    let ports = DossierSlug::parse("ports").unwrap();
    for (guid, second) in [("urn:a", 2), ("urn:b", 3)] {
        let mut item = conformance::story(guid, "Twelve ships wait");
        item.dossiers = vec![ports.clone()];
        room.appends(act::move_story(item, conformance::at(second)), second);
    }
    room.moves("urn:c", "world", 4);
    for guid in ["urn:a", "urn:b"] {
        let touched = room.appends(found(story(guid), "1", "Ships wait", 20), 30);
        assert!(touched.contains(&"dossier:ports".to_owned()), "{touched:?}");
    }
    room.appends(found(story("urn:b"), "2", "Ships sail", 21), 31);
    room.appends(found(story("urn:c"), "3", "Another matter", 22), 32);
    room.appends(found(PressSubject::Dossier(ports.clone()), "4", "A history of ports", 10), 33);
    assert_eq!(
        room.seen(&PressSubject::Dossier(ports.clone())),
        ["Gazette: A history of ports", "Gazette: Ships wait", "Gazette: Ships sail"]
    );
    let item = room.wire.story(&Guid::parse("urn:b").unwrap()).unwrap().unwrap().latest;
    room.appends(act::kill(&item, Reason::parse("it was wrong").unwrap(), None), 40);
    assert_eq!(room.seen(&PressSubject::Dossier(ports)), ["Gazette: A history of ports", "Gazette: Ships wait"]);
}

#[test]
fn a_source_that_is_blocked_or_removed_is_nowhere_at_once() {
    let room = Room::open();
    room.appends(source(SourceState::Active), 1);
    room.moves("urn:a", "world", 2);
    room.appends(found(story("urn:a"), "1", "Ships wait", 20), 30);
    let touched = room.appends(source(SourceState::Blocked), 31);
    assert!(touched.contains(&"press".to_owned()) && touched.iter().any(|tag| tag.starts_with("story:")), "{touched:?}");
    assert!(room.seen(&story("urn:a")).is_empty() && room.site.press_sources().unwrap().is_empty());
    room.appends(source(SourceState::Active), 32);
    assert_eq!(room.seen(&story("urn:a")).len(), 1, "the block was lifted");
    let touched = room.appends(source(SourceState::Removed), 33);
    assert!(touched.iter().any(|tag| tag.starts_with("story:")), "{touched:?}");
    room.appends(found(story("urn:a"), "2", "Ships still wait", 40), 41);
    room.appends(source(SourceState::Active), 42);
    assert!(room.seen(&story("urn:a")).is_empty(), "nothing of a removed source was kept");
}

#[test]
fn nothing_stands_beside_a_withdrawn_story() {
    let room = Room::open();
    room.appends(source(SourceState::Active), 1);
    for guid in ["urn:held", "urn:killed"] {
        room.moves(guid, "world", 2);
        room.appends(found(story(guid), "1", "Ships wait", 20), 30);
    }
    assert_eq!(n_rows(&room.dump(), "press_match"), 2);
    let item = |guid: &str| room.wire.story(&Guid::parse(guid).unwrap()).unwrap().unwrap().latest;
    let reason = || Reason::parse("we are checking").unwrap();
    room.appends(act::withhold(&item("urn:held"), reason(), None), 40);
    room.appends(act::kill(&item("urn:killed"), reason(), None), 41);
    let dump = room.dump();
    assert!(n_rows(&dump, "press_match") == 0 && !dump.join("\n").contains("confidential"), "{dump:?}");
    let refused = room.wire.append(found(story("urn:killed"), "2", "Ships", 50), Offer::Next, conformance::at(51));
    assert!(refused.unwrap_err().to_string().contains("killed"));
    let held = room.wire.story(&Guid::parse("urn:held").unwrap()).unwrap().unwrap();
    room.appends(act::release(&held.latest, held.standing, None, conformance::at(60)), 60);
    room.appends(found(story("urn:held"), "1", "Ships wait", 20), 61);
    assert_eq!(room.seen(&story("urn:held")), ["Gazette: Ships wait"], "it is offered again after the release");
}

fn agreement(state: AgreementState) -> Agreement {
    let agreed = Agreement::new(PartnerId::parse("harbour").unwrap(), "Harbour Wire", web("https://harbour.example/"), conformance::at(5));
    let agreed = agreed.unwrap().covering(&["world"], vec![Lang::english()]).unwrap();
    let mut agreed = agreed.within(3, 0, Some(conformance::at(1_000))).unwrap();
    agreed.state = state;
    agreed
}

fn teaser(report: &str, headline: &str) -> WireEvent {
    WireEvent::Tease(Arc::new(Teaser::new(
        PartnerId::parse("harbour").unwrap(),
        ReportId::parse(report).unwrap(),
        Headline::parse(headline).unwrap(),
        web("https://harbour.example/1"),
        Lang::english(),
        conformance::at(5),
    )))
}

#[test]
fn the_balance_counts_what_went_each_way_once() {
    let room = Room::open();
    room.moves("urn:before", "world", 1);
    room.appends(teaser("0", "Before any agreement"), 2);
    room.appends(WireEvent::DescribePartner(Arc::new(agreement(AgreementState::Active))), 6);
    room.moves("urn:a", "world", 10);
    room.moves("urn:b", "sport", 11);
    let item = room.wire.story(&Guid::parse("urn:a").unwrap()).unwrap().unwrap();
    room.appends(act::update(&item.latest, item.standing, conformance::story("urn:a", "More"), None, None, conformance::at(12)), 12);
    room.appends(teaser("1", "A ship"), 13);
    room.appends(teaser("2", "Two ships"), 14);
    let touched = room.appends(teaser("1", "A ship, corrected"), 15);
    assert_eq!(touched, ["partners"]);
    let balance = |room: &Room| room.site.partners().unwrap()[0].balance;
    assert_eq!(balance(&room), Balance { n_given: 1, n_taken: 2 });
    let shown = |room: &Room| -> Vec<String> {
        room.site.teasers(&Lang::english(), 10).unwrap().iter().map(|line| line.teaser.headline.to_string()).collect()
    };
    assert_eq!(shown(&room), ["Two ships", "A ship, corrected"]);
    assert!(room.site.teasers(&Lang::parse("ja").unwrap(), 10).unwrap().is_empty());
    let harbour = PartnerId::parse("harbour").unwrap();
    let taken = |room: &Room| -> Vec<(String, Timestamp, bool)> {
        let lines = room.site.taken(&harbour, 10).unwrap();
        lines.into_iter().map(|line| (line.report.to_string(), line.began_at, line.teaser.is_some())).collect()
    };
    assert_eq!(taken(&room), [("2".into(), conformance::at(14), true), ("1".into(), conformance::at(13), true)]);

    room.appends(notice(Outlet::Partner(harbour.clone()), "2", None), 16);
    assert_eq!(taken(&room)[0], ("2".into(), conformance::at(14), false), "it counts, and does not come back by itself");
    assert_eq!(shown(&room), ["A ship, corrected"]);
    room.appends(WireEvent::DescribePartner(Arc::new(agreement(AgreementState::Paused))), 17);
    assert!(shown(&room).is_empty(), "the agreement rests");
    room.appends(WireEvent::DescribePartner(Arc::new(agreement(AgreementState::Active))), 18);
    assert_eq!(shown(&room).len(), 1);
    room.appends(WireEvent::DescribePartner(Arc::new(agreement(AgreementState::Ended))), 19);
    room.appends(teaser("3", "After the end"), 20);
    assert!(shown(&room).is_empty() && n_rows(&room.dump(), "teaser") == 0);
    assert_eq!(balance(&room), Balance { n_given: 1, n_taken: 2 }, "the books are kept");
}

#[test]
fn a_rebuild_gives_the_same_rows() {
    let room = Room::open();
    room.appends(source(SourceState::Active), 1);
    room.appends(WireEvent::DescribePartner(Arc::new(agreement(AgreementState::Active))), 6);
    room.moves("urn:a", "world", 10);
    room.appends(found(story("urn:a"), "1", "Ships wait", 20), 30);
    room.appends(teaser("1", "A ship"), 31);
    let before = room.dump();
    for kind in ["press_source", "press_match", "partner", "teaser"] {
        assert_eq!(n_rows(&before, kind), 1, "{kind}");
    }
    room.site.clear().unwrap();
    let site: Arc<dyn SiteStore> = room.site.clone();
    let mut follower = SiteFollower::new(site, Box::new(|_, _| ()));
    pump::catch_up(&room.wire, &mut follower, &Progress::default(), &false.into()).unwrap();
    assert_eq!(room.dump(), before);
}
