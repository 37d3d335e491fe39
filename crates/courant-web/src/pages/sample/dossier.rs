//! Sample pages of a dossier.

use courant_news::{DossierState, Lang, Place, Point, Urgency};
use courant_wire::WireSeq;
use jiff::civil::date;

use super::{at, chrome, list_page};
use crate::pages::{
    Absorbed, DossierDescription, DossierEntryLine, DossierHead, DossierVersionsPage, DossiersPage, KeyEventLine, Link, ListOf, ListPage,
    Row, RowState, Since, SinceWhat,
};
use crate::words::UiLanguage;

fn place(name: &str, latitude: f64, longitude: f64) -> Place {
    Place::new(name, None).unwrap().at(Point::new(latitude, longitude).unwrap())
}

fn row(headline: Option<&str>, state: RowState) -> Row {
    Row {
        id: courant_news::Guid::parse("urn:a").unwrap().story_id(),
        path: "/science/4n7k0wq2rv5c/ring".to_owned(),
        headline: headline.map(Into::into),
        lang: Lang::english(),
        at: at("2012-07-04T08:44:00Z"),
        urgency: Urgency::ROUTINE,
        section: None,
        state,
        muted_by: None,
    }
}

/// With one of everything a dossier can say.
pub(in crate::pages) fn dossier_list(language: UiLanguage) -> ListPage {
    let link = |slug: &str, title: &str| Link::new(format!("/dossiers/{slug}"), title);
    let head = DossierHead {
        summary: Some("Two experiments saw the same particle. What it is takes longer to say.".into()),
        summary_at: Some(at("2012-07-04T09:00:00Z")),
        versions: Some("/dossiers/collider/versions".to_owned()),
        state: Some(DossierState::Closed),
        started_on: Some(date(2008, 9, 10)),
        absorbed: vec![Absorbed {
            title: "The ring".into(),
            merged_at: at("2012-07-01T09:00:00Z"),
            reason: "It is the same machine <b>.".into(),
        }],
        key_events: vec![
            KeyEventLine { on: date(2008, 9, 10), lang: Lang::english(), words: "The first beam.".into(), story: None },
            KeyEventLine {
                on: date(2012, 7, 4),
                lang: Lang::parse("fr").unwrap(),
                words: "Une particule.".into(),
                story: Some("/x".into()),
            },
        ],
        people: vec![Link::new("/dossiers/collider?q=%22Peter%20Higgs%22", "Peter Higgs")],
        places: vec![place("Geneva", 46.2, 6.14), place("Tokyo", 35.68, 139.69)],
        part_of: Some(link("physics", "Physics")),
        parts: vec![link("detectors", "Detectors")],
        split_from: Some(link("cern", "CERN")),
        split_off: vec![link("magnets", "Magnets")],
        related: vec![link("higgs", "The boson")],
        press: super::press::in_box(),
        since: Some(Since {
            n_new: 1,
            n_updated: 2,
            n_corrected: 11,
            n_withdrawn: 1,
            is_summary_new: true,
            stories: vec![
                (SinceWhat::New, row(Some("A new ring"), RowState::Moved)),
                (SinceWhat::Corrected, row(Some("The ring is 27 km"), RowState::Corrected)),
                (SinceWhat::Withdrawn, row(None, RowState::Killed { reason: "It was wrong.".into() })),
            ],
        }),
        keep: Some(("/dossiers/collider?since=9".to_owned(), WireSeq(9))),
        ..DossierHead::untold(Lang::english(), "The Large Hadron Collider")
    };
    ListPage { of: ListOf::Dossier(Box::new(head)), ..list_page(language) }
}

pub(in crate::pages) fn dossiers_page(language: UiLanguage) -> DossiersPage {
    let entry = |slug: &str, state, n_stories| DossierEntryLine {
        link: Link::new(format!("/dossiers/{slug}"), slug),
        lang: Lang::english(),
        summary: Some("So far.".into()),
        state,
        n_stories,
    };
    DossiersPage {
        chrome: chrome(language, "/dossiers"),
        dossiers: vec![entry("collider", DossierState::Open, 1_204), entry("comet", DossierState::Closed, 2)],
    }
}

pub(in crate::pages) fn dossier_versions(language: UiLanguage) -> DossierVersionsPage {
    let text = |summary: &str| ("Collider".into(), summary.into());
    let description = |number, now: &str, before: Option<&str>| DossierDescription {
        number,
        moved_at: at("2012-07-04T09:00:00Z"),
        note: Some("The figure was wrong.".into()),
        state: DossierState::Dormant,
        lang: Lang::english(),
        text: text(now),
        before: before.map(text),
        then: "/dossiers/collider?at=2012-07-04T09:00:00Z".to_owned(),
    };
    DossierVersionsPage {
        chrome: chrome(language, "/dossiers/collider/versions"),
        dossier: "/dossiers/collider".to_owned(),
        title: "Collider".into(),
        entries: vec![
            description(3, "It is 27 km.", Some("It is 27 km.")),
            description(2, "It is 27 km.", Some("It is 17 km.")),
            description(1, "It is 17 km.", None),
        ],
    }
}
