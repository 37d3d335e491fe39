//! Every stored form ever released is read for ever: `golden/v1/KIND.json` are payloads as release 0.1 wrote them,
//! `KIND.expected` what they say.
//!
//! A new codec gets a folder of its own; nothing here is ever written again. `COURANT_WRITE_GOLDEN=1` made the files.

#![allow(clippy::unwrap_used, clippy::wildcard_imports, clippy::allow_attributes, reason = "a helper of tests is a test")]

use std::path::Path;
use std::sync::Arc;

use courant_news::press::*;
use courant_news::*;
use courant_wire::{codec, conformance};

fn item(version: u32) -> NewsItem {
    let mut item = conformance::story("tag:courant.example,2026:golden", "Rates “held” at 3.5 %");
    let run = |text: &str| vec![Inline::Text(text.into())];
    let place = Place::new("東京", Some("tokyo"))
        .unwrap()
        .in_country(Some("日本"), Some("JP"))
        .unwrap()
        .in_zone("Asia/Tokyo")
        .unwrap()
        .at(Point::new(35.6762, 139.6503).unwrap());
    let mut picture = Picture::new(
        "A chart.",
        "Courant / graphic",
        "A line that rises.",
        vec![Rendition::new("/media/0a.svg", "image/svg+xml", 1600, 900).unwrap()],
    )
    .unwrap();
    picture.copyright_notice = Some("© Courant".into());
    item.version = Version::new(version).unwrap();
    item.item_type = ItemType::Text;
    item.signals = vec![Signal::Update, Signal::Correction];
    item.urgency = Urgency::URGENT;
    item.slugline = Some(Slugline::parse("FED-RATES").unwrap());
    item.headline_short = Some(Headline::parse("Rates held").unwrap());
    item.lead = Some(Lead::parse("The bank left its rate where it was.").unwrap());
    item.bylines = vec![Byline::new("Economy desk", Some("desk")).unwrap()];
    item.dateline = Some(Dateline { place: place.clone(), filed_at: conformance::at(1_000_000), mark: Some(AgencyMark("COURANT".into())) });
    item.body = vec![
        Block::Paragraph(vec![
            Inline::Text("It cost ".into()),
            Inline::Money(Money::new("$3.2 million", "3200000", "USD").unwrap()),
            Inline::Break,
            Inline::Emphasis(run("then")),
            Inline::Strong(run("now")),
            Inline::Link { href: "https://bank.example/".into(), words: run("the bank") },
            Inline::Time { words: "Monday".into(), at: conformance::at(2_000_000) },
        ]),
        Block::SubHead(run("Why")),
        Block::Quote(Quote { paragraphs: vec![run("We held."), run("We wait.")], speaker: Some("Statement of the bank".into()) }),
        Block::List(List { numbered: true, lines: vec![run("one"), run("two")] }),
        Block::Table(Table { caption: Some("Rates".into()), head: vec![run("Year")], rows: vec![vec![run("2026")]] }),
        Block::Figure(Figure { picture: picture.clone() }),
        Block::Correction(run("An earlier version gave 3.4 %.")),
    ];
    item.lang = Lang::parse("ja").unwrap();
    item.section = SectionSlug::parse("economy").unwrap();
    item.subjects = vec![Subject::new("medtop:04000000", Some("経済")).unwrap()];
    item.dossiers = vec![DossierSlug::parse("rates").unwrap()];
    item.places = vec![place];
    item.people = vec![Entity::new("Ada Example", Some("https://people.example/ada")).unwrap()];
    item.organisations = vec![Entity::new("Bank", None).unwrap()];
    item.keywords = vec![Keyword::parse("rates").unwrap()];
    item.genre = Some(Keyword::parse("Background").unwrap());
    item.associations = vec![
        Association { role: AssociationRole::Feature, picture: picture.clone() },
        Association { role: AssociationRole::Gallery, picture },
    ];
    item.source = Some(SourceName::parse("Courant").unwrap());
    item.rights =
        Rights { copyright_holder: Some("Courant".into()), copyright_notice: Some("©".into()), usage_terms: Some("Free.".into()) };
    item.ednote = Some(EdNote::parse("Note.").unwrap());
    item.sign_off = Some(SignOff::parse("ab/cd").unwrap());
    item.embargo = Some(conformance::at(3_000_000));
    item.evolved_from = Some(Guid::parse("urn:before").unwrap());
    item.corrections = vec![
        Correction { version: Version::FIRST.next(), corrected_at: conformance::at(9), kind: CorrectionKind::Correction, reason: reason() },
        Correction {
            version: Version::FIRST.next().next(),
            corrected_at: conformance::at(10),
            kind: CorrectionKind::Corrective,
            reason: reason(),
        },
    ];
    item.times.updated_at = Some(conformance::at(5));
    item.times.corrected_at = Some(conformance::at(6));
    item
}

fn reason() -> Reason {
    Reason::parse("It was 3.5 %, not 3.4 %.").unwrap()
}

fn event(kind: EventKind) -> WireEvent {
    let item = |version| Arc::new(item(version));
    let note = Some(EdNote::parse("Use the next one.").unwrap());
    match kind {
        EventKind::Move => WireEvent::Move(item(1)),
        EventKind::Update => WireEvent::Update { item: item(2), note: Some(reason()) },
        EventKind::Correct => WireEvent::Correct(item(3)),
        EventKind::Refile => WireEvent::Refile { item: item(4), note: None },
        EventKind::Repeat => WireEvent::Repeat(item(4)),
        EventKind::LiftEmbargo => WireEvent::LiftEmbargo(item(5)),
        EventKind::Withhold => act::withhold(&item(5), reason(), note),
        EventKind::Release => WireEvent::Release { item: item(7), note: Some(reason()) },
        EventKind::Kill => act::kill(&item(7), reason(), note),
        EventKind::TakeDown => act::take_down(&item(8), reason(), None),
        EventKind::Advise => WireEvent::Advise(Arc::new(Advisory {
            guid: Guid::parse("urn:advice").unwrap(),
            text: EdNote::parse("More follows.").unwrap(),
        })),
        // As the first release wrote it; `dossier()` below says everything that can be said since.
        EventKind::DescribeDossier => WireEvent::DescribeDossier(Arc::new(Dossier {
            state: DossierState::Dormant,
            ..Dossier::new(DossierSlug::parse("rates").unwrap(), dossier_text())
        })),
        EventKind::MergeDossier => WireEvent::MergeDossier(Arc::new(DossierMerge {
            from: DossierSlug::parse("rates-2026").unwrap(),
            into: DossierSlug::parse("rates").unwrap(),
            reason: reason(),
        })),
        EventKind::Fix => WireEvent::Fix(Arc::new(fixing())),
        EventKind::DescribePhoto => WireEvent::DescribePhoto(Arc::new(photo())),
        EventKind::KillPhoto => WireEvent::KillPhoto(Arc::new(PhotoNotice {
            id: photo().id,
            version: Version::FIRST.next().next(),
            reason: reason(),
            ednote: note,
        })),
        EventKind::RankFront => {
            let stories = ["tag:courant.example,2026:golden", "urn:b"].map(|guid| Guid::parse(guid).unwrap());
            WireEvent::RankFront(Arc::new(FrontRank::new(Lang::parse("ja").unwrap(), stories.into()).unwrap()))
        }
        EventKind::DescribeSource => WireEvent::DescribeSource(Arc::new(press_source())),
        EventKind::MatchReport => WireEvent::MatchReport(Arc::new(press_match())),
        EventKind::WithdrawReport => WireEvent::WithdrawReport(Arc::new(ReportNotice {
            outlet: Outlet::Source(press_source().id),
            report: press_match().report,
            about: Some(PressSubject::Dossier(DossierSlug::parse("rates").unwrap())),
            reason: reason(),
        })),
        EventKind::DescribePartner => WireEvent::DescribePartner(Arc::new(agreement())),
        EventKind::Tease => WireEvent::Tease(Arc::new(teaser())),
    }
}

fn dossier_text() -> DossierText {
    DossierText::new(Lang::english(), "Rates", Some("So far.")).unwrap()
}

fn dossier() -> WireEvent {
    let slug = |word| DossierSlug::parse(word).unwrap();
    let sentence = |lang, words| Sentence::new(Lang::parse(lang).unwrap(), words).unwrap();
    let japanese = DossierText::new(Lang::parse("ja").unwrap(), "金利", None).unwrap();
    WireEvent::DescribeDossier(Arc::new(Dossier {
        slug: slug("rates"),
        version: Some(Version::FIRST.next()),
        state: DossierState::Closed,
        texts: vec![dossier_text(), japanese],
        started_on: Some(jiff::civil::date(2026, 3, 1)),
        key_events: vec![KeyEvent {
            on: jiff::civil::date(2026, 3, 18),
            sentences: vec![sentence("en", "The rate is held."), sentence("ja", "金利は据え置かれた。")],
            story: Some(Guid::parse("tag:courant.example,2026:golden").unwrap()),
        }],
        people: vec![Entity::new("Ada Example", Some("https://people.example/ada")).unwrap()],
        places: vec![Place::new("Washington", None).unwrap().at(Point::new(38.9, -77.04).unwrap())],
        parent: Some(slug("money")),
        related: vec![slug("prices")],
        split_from: Some(slug("banks")),
        note: Some(reason()),
    }))
}

fn web(address: &str) -> WebAddress {
    WebAddress::parse(address).unwrap()
}

fn press_source() -> PressSource {
    let id = SourceId::parse("sample-gazette").unwrap();
    let source =
        PressSource::new(id, "標本新聞", web("https://gazette.example/"), web("https://gazette.example/feed"), Lang::parse("ja").unwrap());
    let source = source.unwrap().weighing(70).unwrap();
    let source = source.under(PressLicence::Summary, Some("https://gazette.example/terms"), Some("desk@gazette.example")).unwrap();
    PressSource { form: Some(FeedForm::Atom), is_paywalled: true, state: SourceState::Blocked, reason: Some(reason()), ..source }
}

fn press_match() -> PressMatch {
    let differs = |kind, state| Difference::new(kind, "3.5", "３・４").unwrap().judged(state);
    PressMatch {
        about: PressSubject::Story(Guid::parse("tag:courant.example,2026:golden").unwrap()),
        source: press_source().id,
        report: ReportId::parse("https://gazette.example/?p=1 (2)").unwrap(),
        headline: Headline::parse("金利据え置き").unwrap(),
        link: web("https://gazette.example/1"),
        published_at: Some(conformance::at(8)),
        seen_at: conformance::at(9),
        lang: Lang::parse("ja").unwrap(),
        is_paywalled: true,
        kind: MatchKind::Background,
        evidence: Evidence::new(
            875,
            vec![Shared::new(SharedKind::Place, "Tokyo", "東京").unwrap(), Shared::new(SharedKind::Number, "3.5", "3.5").unwrap()],
        )
        .unwrap(),
        differs: vec![
            differs(DifferenceKind::Number, DifferenceState::Approved),
            differs(DifferenceKind::Name, DifferenceState::Waiting),
            differs(DifferenceKind::Date, DifferenceState::Dismissed),
        ],
        decided_by: DecidedBy::Editor,
    }
}

fn agreement() -> Agreement {
    let agreed =
        Agreement::new(PartnerId::parse("harbour-wire").unwrap(), "Harbour Wire", web("https://harbour.example/"), conformance::at(10));
    let agreed = agreed.unwrap().covering(&["economy", "science"], vec![Lang::english(), Lang::parse("ar").unwrap()]).unwrap();
    let mut agreed = agreed.within(3, 45, Some(conformance::at(1_000_000))).unwrap().labelled(Some("Ports alliance")).unwrap();
    agreed.feed = Some(web("https://harbour.example/feed.json"));
    agreed.uses = TeaserUse::Full;
    agreed.state = AgreementState::Paused;
    agreed.trust = Some(TrustRelation::BelongTo);
    agreed
}

fn teaser() -> Teaser {
    let mut teaser = Teaser::new(
        agreement().partner,
        ReportId::parse("7").unwrap(),
        Headline::parse("Ships wait").unwrap(),
        web("https://harbour.example/7"),
        Lang::english(),
        conformance::at(12),
    )
    .about(&["economy"])
    .unwrap();
    teaser.summary = Some(Lead::parse("Eleven wait off the port.").unwrap());
    teaser.published_at = Some(conformance::at(11));
    teaser
}

fn photo() -> Photo {
    let files = [("image/jpeg", 1280, 853), ("image/webp", 1280, 853), ("image/webp", 640, 427)]
        .map(|(kind, width, height)| Rendition::new(&format!("/media/0a{width}.{}", &kind[6..]), kind, width, height).unwrap());
    let mut picture = Picture::new("The harbour at noon.", "Photo desk / Courant", "Boats at a quay.", files.into()).unwrap();
    picture.copyright_notice = Some("© Courant".into());
    picture.terms = PictureTerms {
        creator: Some("Photo desk".into()),
        usage_terms: Some("Editorial use.".into()),
        web_statement: Some("https://courant.example/rights".into()),
        licensor_url: Some("https://courant.example/licence".into()),
        digital_source_type: Some("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture".into()),
    };
    let photo = Photo::new(PhotoId::of(b"the original"), picture, Focus::new(0.25, 0.5).unwrap());
    let photo = photo.taken(Some("2026-11-25T12:00:00+01:00"), Some("Kiel, Germany"), &["harbour".into(), "boats".into()]).unwrap();
    Photo { version: Version::FIRST.next(), ..photo }
}

fn fixing() -> Fixing {
    let quote = |code, nominal, rate| RateQuote::new(CurrencyCode::parse(code).unwrap(), nominal, RateText::parse(rate).unwrap()).unwrap();
    let read = Read { scope: FixingScope::Excerpt, fetched_at: conformance::at(7), raw_hash: RawHash([0xab; 32]) };
    let rouble = CurrencyCode::parse("RUB").unwrap();
    Fixing::of(RateSource::parse("cbr").unwrap(), rouble, Quotation::InBase, DateKind::InForce, jiff::civil::date(2026, 4, 25), read)
        .with_quotes(vec![quote("DZD", 100, "57,0006"), quote("AUD", 1, "53,8359"), quote("XAU", 1, "12957,47").per_gram()])
        .unwrap()
}

#[test]
fn what_the_first_release_wrote_is_read_and_written_alike() {
    for kind in EventKind::ALL {
        is_golden(kind.as_str(), &event(kind));
    }
}

#[test]
fn what_was_added_to_a_dossier_since_is_read_and_written_alike() {
    is_golden("dossier-whole", &dossier());
}

fn is_golden(name: &str, event: &WireEvent) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/v1");
    let (stored, expected) = (folder.join(format!("{name}.json")), folder.join(format!("{name}.expected")));
    if std::env::var_os("COURANT_WRITE_GOLDEN").is_some() {
        std::fs::write(&stored, codec::encode(event)).unwrap();
        std::fs::write(&expected, format!("{event:#?}\n")).unwrap();
    }
    let payload = std::fs::read(&stored).unwrap();
    let read = codec::decode(1, event.kind().as_str(), &payload).unwrap();
    assert_eq!(format!("{read:#?}\n"), std::fs::read_to_string(&expected).unwrap(), "{name} says something else");
    assert_eq!(codec::encode(&read), payload, "{name} is written differently now");
    assert_eq!(read, *event);
}

#[test]
fn what_no_codec_knows_is_refused_with_a_sentence() {
    for (number, kind, payload, named) in [
        (2, "move", "{}", "codec 2"),
        (1, "explode", "{}", "explode"),
        (1, "move", "{}", "item is missing"),
        (1, "move", "{\"item\":", "EOF"),
        (1, "kill", "{}", "notice is missing"),
        (1, "fixing", "{}", "fixing is missing"),
        (1, "photo", "{}", "photo is missing"),
        (1, "kill-photo", "{}", "photo_notice is missing"),
        (1, "merge-dossier", "{}", "merge is missing"),
        (1, "press-source", "{}", "source is missing"),
        (1, "press-match", "{}", "match is missing"),
        (1, "withdraw-report", "{}", "report_notice is missing"),
        (1, "partner", "{}", "partner is missing"),
        (1, "teaser", "{}", "teaser is missing"),
    ] {
        let refused = codec::decode(number, kind, payload.as_bytes()).unwrap_err().to_string();
        assert!(refused.contains(named), "{refused}");
    }
}
