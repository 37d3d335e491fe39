//! What other media and partners report, for the samples: outlets that nobody runs, at addresses that are reserved.

use courant_news::press::{
    Agreement, Balance, DecidedBy, Difference, DifferenceKind, DifferenceState, Evidence, MatchKind, PartnerId, PressMatch, PressSource,
    PressSubject, ReportId, Shared, SharedKind, SourceId, Teaser, TeaserUse, WebAddress,
};
use courant_news::{Headline, Lang, Lead};
use courant_projections::site::{PartnerLine, PressLine, TeaserLine};
use courant_wire::WireSeq;

use super::{at, chrome, story};
use crate::pages::{LanguageChoice, PartnersPage, PressBox, PressOf, PressPage, PressSourcesPage};
use crate::words::UiLanguage;

fn web(address: &str) -> WebAddress {
    WebAddress::parse(address).unwrap()
}

pub(in crate::pages) fn source(name: &str, lang: &str) -> PressSource {
    let home = web("https://gazette.example/");
    let source = PressSource::new(SourceId::parse(name).unwrap(), name, home.clone(), home, Lang::parse(lang).unwrap()).unwrap();
    source.under(courant_news::press::PressLicence::Headline, Some("https://gazette.example/terms"), None).unwrap()
}

pub(in crate::pages) fn report(lang: &str, headline: &str, published_at: &str, kind: MatchKind) -> PressLine {
    let differs = |state| Difference::new(DifferenceKind::Number, "125 GeV", "126 GeV").unwrap().judged(state);
    let found = PressMatch {
        about: PressSubject::Story(story().guid),
        source: SourceId::parse("sample-gazette").unwrap(),
        report: ReportId::parse(headline).unwrap(),
        headline: Headline::parse(headline).unwrap(),
        link: web("https://gazette.example/boson?a=1&b=2"),
        published_at: Some(at(published_at)),
        seen_at: at("2012-07-04T09:00:00Z"),
        lang: Lang::parse(lang).unwrap(),
        is_paywalled: lang == "ar",
        kind,
        evidence: Evidence::new(
            912,
            vec![
                Shared::new(SharedKind::Name, "CERN", "ЦЕРН").unwrap(),
                Shared::new(SharedKind::Place, "Geneva", "Geneva").unwrap(),
                Shared::new(SharedKind::Number, "125", "125").unwrap(),
            ],
        )
        .unwrap(),
        differs: vec![differs(DifferenceState::Approved), differs(DifferenceState::Waiting)],
        decided_by: DecidedBy::Machine,
    };
    PressLine { seq: WireSeq(9), moved_at: at("2012-07-04T09:01:00Z"), source: source("Sample Gazette (demonstration)", lang), found }
}

fn reports() -> Vec<PressLine> {
    vec![
        report("ru", "В ЦЕРНе <увидели> новый бозон", "2012-07-04T07:55:00Z", MatchKind::SameStory),
        report("ar", "رصد جسيم جديد في جنيف", "2012-07-04T08:30:00Z", MatchKind::SameStory),
        report("en", "How a collider works", "2012-07-03T08:30:00Z", MatchKind::Background),
    ]
}

pub(in crate::pages) fn in_box() -> PressBox {
    PressBox { reports: reports(), n_reports: 5, all: "/science/4n7k0wq2rv5c/boson/press".into() }
}

pub(in crate::pages) fn press_page(language: UiLanguage) -> PressPage {
    let item = story();
    PressPage {
        chrome: chrome(language, &format!("{}/press", item.path())),
        of: PressOf {
            title: item.headline.as_str().into(),
            lang: item.lang.clone(),
            path: item.path(),
            first_moved_at: Some(item.times.first_moved_at),
        },
        reports: reports(),
        feed: format!("{}/press.rss", item.path()),
        json: format!("{}/press.json", item.path()),
        moment: None,
    }
}

pub(in crate::pages) fn sources_page(language: UiLanguage) -> PressSourcesPage {
    let choice = |lang: Option<&str>| LanguageChoice {
        lang: lang.map(|lang| Lang::parse(lang).unwrap()),
        href: "/press".into(),
        is_current: lang.is_none(),
    };
    PressSourcesPage {
        chrome: chrome(language, "/press"),
        sources: vec![source("Sample Gazette (demonstration)", "en"), source("صحيفة نموذجية", "ar")],
        languages: vec![choice(None), choice(Some("ar")), choice(Some("en"))],
        contact: Some("mailto:press@courant.example".into()),
    }
}

fn agreement() -> Agreement {
    let home = web("https://harbour.example/");
    let agreed = Agreement::new(PartnerId::parse("harbour").unwrap(), "Harbour Wire (demonstration)", home, at("2012-07-01T00:00:00Z"));
    let agreed = agreed.unwrap().covering(&["science", "world"], vec![Lang::english()]).unwrap();
    let mut agreed = agreed.within(3, 30, Some(at("2013-07-01T00:00:00Z"))).unwrap().labelled(Some("Ports alliance")).unwrap();
    agreed.uses = TeaserUse::Full;
    agreed
}

pub(in crate::pages) fn teasers() -> Vec<TeaserLine> {
    let mut teaser = Teaser::new(
        agreement().partner,
        ReportId::parse("1").unwrap(),
        Headline::parse("Ships <wait> off the port").unwrap(),
        web("https://harbour.example/1"),
        Lang::english(),
        at("2012-07-04T07:00:00Z"),
    );
    teaser.summary = Some(Lead::parse("Eleven ships wait for a berth.").unwrap());
    vec![TeaserLine { seq: WireSeq(11), agreed: agreement(), teaser }]
}

pub(in crate::pages) fn partners_page(language: UiLanguage) -> PartnersPage {
    PartnersPage {
        chrome: chrome(language, "/partners"),
        partners: vec![PartnerLine { agreed: agreement(), balance: Balance { n_given: 1_204, n_taken: 1 } }],
        teasers: teasers(),
    }
}
