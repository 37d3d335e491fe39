use jiff::Timestamp;

use super::*;

fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

const HOME: &str = "https://news.example";

fn reading() -> Reading<'static> {
    Reading { now: now(), base_url: Some(HOME) }
}

fn story(document: &str) -> (courant_news::NewsItem, Vec<String>) {
    let read = read(document, &reading()).unwrap_or_else(|refused| panic!("{refused}"));
    let repairs = read.repairs.iter().map(ToString::to_string).collect();
    match read.content {
        Content::Story(item) => (*item, repairs),
        Content::Withdrawal(withdrawal) => panic!("{withdrawal:?}"),
    }
}

#[test]
fn a_story_of_each_edition_reads_alike() {
    let first = r#"{"uri":"urn:a","versioncreated":"2026-11-24T08:00:00Z","headline":"Fed holds rates","body_html":"<p>It did.</p>",
        "byline":"By Ann Lee","subject":[{"code":"04000000","name":"Economy"}],"urgency":3,"ednote":"x","version":"2"}"#;
    let third = r#"{"uri":"urn:a","versionCreated":"2026-11-24T08:00:00Z","headlines":[{"value":"Fed holds rates"}],
        "bodies":[{"contentType":"text/html","value":"<p>It did.</p>"}],"by":"Ann Lee",
        "subjects":[{"uri":"http://cv.iptc.org/newscodes/mediatopic/04000000","name":"Economy"}],"urgency":3,"edNote":"x","version":"2"}"#;
    let (item, repairs) = story(first);
    assert_eq!(repairs, Vec::<String>::new());
    assert_eq!(item, story(third).0);
    assert_eq!(item.section.as_str(), "economy");
    assert_eq!(item.version.number(), 2);
}

fn refused(document: impl AsRef<[u8]>) -> String {
    read(document, &reading()).map(|read| read.content).unwrap_err().to_string()
}

/// A document with one more or another field.
fn with(field: &str) -> String {
    format!(r#"{{"uri":"urn:a","versionCreated":"2026-11-24T08:00:00Z","headline":"Fed holds rates",{field}}}"#)
}

#[test]
fn what_is_no_json_object_is_refused_where_it_breaks() {
    for (document, expected) in [
        ("", "the document is empty"),
        ("{\"uri\": \"urn:a\",", "ends in the middle, at byte 15, line 1"),
        ("{\"uri\":\n \"urn:a\" \"x\"}", "is not JSON at byte 17, line 2, column 10: expected `,` or `}`"),
        ("[1]", "is an array, not an object"),
        ("\"x\"", "is a text, not an object"),
    ] {
        let sentence = refused(document);
        assert!(sentence.contains(expected), "{sentence}");
    }
    assert!(refused(b"{\"uri\":\"urn:a\",\n\"headline\":\"\xe9t\xe9\"}").contains("is not UTF-8 at byte 28, line 2, column 13"));
    assert!(refused(b"\xff\xfe{\0").contains("UTF-16"));
    let deep = with(&format!("\"x\":{}{}", "[".repeat(100), "]".repeat(100)));
    assert!(refused(&deep).contains("nests deeper than 64 levels at byte"), "{}", refused(&deep));
    let endless = "[".repeat(1_000_000);
    assert!(refused(&endless).contains("nests deeper"));
    let long = vec![b' '; DOCUMENT_LEN_BYTES_MAX + 1];
    assert!(refused(&long).contains("33554433 bytes, and at most 33554432"));
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    story(&format!("\u{feff}{}", with("\"urgency\":3")));
}

#[test]
fn every_problem_is_named_with_path_value_reason_and_remedy() {
    let document = r#"{"uri":"urn:a","title":42,"headlines":[{"value":"x"},{"value":{"a":1}}],"pubStatus":"commissioned","urgency":0.1}"#;
    let refused = read(document, &reading()).unwrap_err();
    assert_eq!(refused.guid.as_deref(), Some("urn:a"));
    let sentences: Vec<String> = refused.problems.iter().map(ToString::to_string).collect();
    for expected in [
        "title “42” is a number; give a text",
        "headlines[1].value “{\"a\":1}” is an object; give a text",
        "pubStatus “commissioned” is unknown; use usable, withheld or canceled",
        "urgency “0.1” is not a whole number; give one without quotes and fraction",
    ] {
        assert!(sentences.iter().any(|sentence| sentence == expected), "{expected} in {sentences:#?}");
    }
}

#[test]
fn a_story_needs_a_uri_and_words() {
    assert!(refused(r#"{"headline":"x"}"#).contains("uri is missing; every story needs one"));
    assert!(refused(r#"{"uri":" ","headline":"x"}"#).contains("uri is empty"));
    assert!(refused(r#"{"uri":"a b","headline":"x"}"#).contains("holds white space"));
    assert!(refused(r#"{"uri":"urn:a"}"#).contains("headlines are missing, and there is no slugline, description or body"));
}

#[test]
fn a_missing_headline_is_made_and_noted() {
    let headline = |fields: &str| {
        let (item, repairs) = story(&format!(r#"{{"uri":"urn:a","versioncreated":"2026-11-24T08:00:00Z",{fields}}}"#));
        assert!(repairs[0].contains("are missing; taken from"), "{repairs:?}");
        item.headline.to_string()
    };
    assert_eq!(headline(r#""slugline":"FED-RATES""#), "FED-RATES");
    assert_eq!(headline(r#""description_text":"One two three""#), "One two three");
    assert_eq!(headline(r#""body_html":"<p>1 2 3 4 5 6 7 8 9 10 11 12 13</p><p>x</p>""#), "1 2 3 4 5 6 7 8 9 10 11 12…");
}

#[test]
fn unknown_codes_are_left_out_and_noted() {
    let (item, repairs) = story(&with(
        r#""type":"hologram","urgency":12,"language":"klingon language","version":"x","colour":"red","places":[{"name":"A","uri":"courant:place/a","geoJSON":{"type":"Feature","geometry":null,"properties":{"timeZone":"Sea/Atlantis"}}}]"#,
    ));
    assert_eq!((item.urgency.number(), item.lang.as_str(), item.version.number()), (5, "en", 1));
    let all = repairs.join("\n");
    for expected in [
        "type “hologram” is a type that is not kept; taken as text",
        "urgency “12” is outside 1",
        "language “klingon language” is not a language tag",
        "version “x” is no number from 1; taken as 1",
        "colour is a key ninjs does not know; left out",
        "places[0].geoJSON.properties.timeZone “Sea/Atlantis” is not in the IANA time zone database",
    ] {
        assert!(all.contains(expected), "{expected} in\n{all}");
    }
}

#[test]
fn dates_are_believed_within_reason() {
    let with_date = |date: &str| format!(r#"{{"uri":"urn:a","headline":"x","versionCreated":"{date}"}}"#);
    assert!(
        refused(with_date("1850-01-01T00:00:00Z"))
            .contains("versionCreated “1850-01-01T00:00:00Z” lies before 1900; send the true instant")
    );
    assert!(refused(with_date("2031-01-01T00:00:00Z")).contains("lies in the future; it is 2026-11-24T12:00:00Z now"));
    let version_created = |date: &str| {
        let (item, repairs) = story(&with_date(date));
        (item.times.version_created_at.to_string(), repairs.join("; "))
    };
    assert_eq!(version_created("2017-08-24T04:38:34+0000"), ("2017-08-24T04:38:34Z".into(), String::new()));
    assert_eq!(version_created("2021-05-26T13:40:18+02:00"), ("2021-05-26T11:40:18Z".into(), String::new()));
    let (at, note) = version_created("2018-05-28T16:40:08");
    assert!(at == "2018-05-28T16:40:08Z" && note.contains("gives no time zone"), "{at} {note}");
    let (at, note) = version_created("2026-11-24T12:30:00Z");
    assert!(at == "2026-11-24T12:00:00Z" && note.contains("lies ahead of this clock"), "{at} {note}");
    let (at, note) = version_created("Last Tuesday");
    assert!(at == "2026-11-24T12:00:00Z" && note.contains("is not an instant"), "{at} {note}");
}

#[test]
fn an_embargo_is_never_guessed_too_short() {
    let embargo = |until: &str| story(&with(&format!(r#""embargoed":"{until}""#))).0.embargo.unwrap().to_string();
    assert_eq!(embargo("2026-12-01T06:00:00+03:00"), "2026-12-01T03:00:00Z");
    assert_eq!(embargo("2026-12-01"), "2026-12-01T12:00:00Z");
    assert_eq!(embargo("2026-12-01T06:00:00"), "2026-12-01T18:00:00Z");
    assert!(refused(with(r#""embargoed":"after lunch""#)).contains("so the embargo cannot be kept"));
    assert!(refused(with(r#""embargoed":"2999-01-01T00:00:00Z""#)).contains("more than ten years ahead"));
}

#[test]
fn a_body_of_ten_megabytes_is_read_and_a_longer_one_is_not() {
    let words = "word ".repeat(BODY_LEN_BYTES_MAX / 5);
    let (item, _) = story(&with(&format!(r#""body_text":"{words}""#)));
    assert_eq!(item.n_words(), BODY_LEN_BYTES_MAX / 5);
    assert!(refused(with(&format!(r#""body_text":"{words} word""#))).contains("at most 10485760 are read; split the story"));
}

#[test]
fn long_lists_are_refused() {
    let subjects = vec!["{\"name\":\"x\"}"; ENTRIES_MAX + 1].join(",");
    assert!(refused(with(&format!(r#""subjects":[{subjects}]"#))).contains("subjects has 10001 entries, and at most 10000 are read"));
}

#[test]
fn markup_with_scripts_is_cleaned_and_noted() {
    let (item, repairs) = story(&with(r#""body_html":"<p>One</p><script>alert(1)</script><p onclick='x'>Two</p>""#));
    assert_eq!(courant_news::plain_text(&item.body), "One\n\nTwo");
    assert!(repairs.join("; ").contains("bodies held <script>; removed"), "{repairs:?}");
}

#[test]
fn a_withdrawal_needs_only_its_uri() {
    let read_one = |document: &str| match read(document, &reading()).unwrap().content {
        Content::Withdrawal(withdrawal) => *withdrawal,
        Content::Story(item) => panic!("{item:?}"),
    };
    let killed = read_one(r#"{"uri":"urn:a","pubstatus":"canceled","ednote":"wrong","version":"3"}"#);
    assert_eq!((killed.pub_status, killed.version.number(), killed.item), (courant_news::PubStatus::Canceled, 3, None));
    let held = read_one(r#"{"uri":"urn:a","pubStatus":"withheld","headline":"Fed holds rates","body_text":"It did."}"#);
    assert_eq!(held.item.unwrap().pub_status, courant_news::PubStatus::Withheld);
}

#[test]
fn a_document_in_an_envelope_is_taken_out() {
    assert_eq!(story(&format!(r#"{{"total":1,"item":[{}]}}"#, with("\"urgency\":2"))).0.urgency.number(), 2);
    assert_eq!(story(&format!(r#"{{"data":{{"item":{}}}}}"#, with("\"urgency\":2"))).0.urgency.number(), 2);
    assert!(refused(r#"{"item":[{},{}]}"#).contains("item holds 2 documents"));
}

#[test]
fn a_notice_carries_no_copy_and_reads_as_a_withdrawal() {
    let (item, _) = story(&with(r#""body_html":"<p>Secret words.</p>","slugline":"FED","subjects":[{"uri":"courant:section/economy"}]"#));
    let event = courant_news::act::kill(&item, courant_news::Reason::parse("It was wrong.").unwrap(), None);
    let notice = event.notice().unwrap();
    for audience in [Audience::Public, Audience::Client] {
        let document = write_notice(notice, now(), &Writing { base_url: HOME, audience }).to_string();
        assert!(!document.contains("Secret"), "{document}");
        assert_eq!(document.contains("KILL"), audience == Audience::Client);
        let Content::Withdrawal(read) = read(&document, &reading()).unwrap().content else { panic!("{document}") };
        assert_eq!(
            (read.pub_status, read.version, read.reason.unwrap().to_string()),
            (notice.pub_status, notice.version, "It was wrong.".to_owned())
        );
    }
}

#[test]
fn editors_notes_are_for_clients_only() {
    let (item, _) = story(&with(r#""ednote":"Adds quote","altIds":[{"role":"signOff","value":"ab/cd"}]"#));
    let public = write(&item, &Writing { base_url: HOME, audience: Audience::Public }).to_string();
    let client = write(&item, &Writing { base_url: HOME, audience: Audience::Client }).to_string();
    assert!(!public.contains("Adds quote") && !public.contains("ab/cd"), "{public}");
    assert!(client.contains("Adds quote") && client.contains("ab/cd"), "{client}");
}

#[test]
fn a_check_names_field_edition_and_schema() {
    let checked = check(r#"{"uri":"urn:a","pubStatus":"maybe","headlines":[{"role":"main"}]}"#);
    assert_eq!(checked.version, "3.1");
    let sentences: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
    let all = sentences.join("\n");
    assert!(all.contains("pubStatus is not as ninjs 3.1 has it: ") && all.contains("headlines[0] is not as ninjs 3.1 has it: "), "{all}");
    assert_eq!(check(r#"{"uri":"urn:a","standard":{"name":"ninjs","version":"2.1"},"headlines":[{"value":"x"}]}"#).version, "2.1");
    assert_eq!(check(r#"{"uri":"urn:a","headline":"x"}"#), Checked { version: "1.6", problems: Vec::new() });
    assert!(check("nonsense").problems[0].to_string().contains("is not JSON"));
    for version in ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.0", "2.1", "2.2", "3.0", "3.1"] {
        assert_eq!(check_by(r#"{"uri":"http://a.example/1"}"#, version).unwrap().problems, [], "{version}");
        assert_ne!(check_by("{}", version).unwrap().problems, [], "{version}");
    }
    assert_eq!(check_by("{}", "4.0"), None);
}

pub(crate) mod round_trip {
    use courant_news::*;
    use proptest::prelude::*;
    use proptest::{collection::vec, option::of};

    use super::*;

    fn at() -> impl Strategy<Value = Timestamp> {
        (0..1_780_000_000_000_000_i64).prop_map(|micros| Timestamp::from_microsecond(micros).unwrap())
    }

    fn words() -> impl Strategy<Value = String> {
        prop_oneof![
            "[A-Za-z][a-z&<>\"';:,.-]{0,9}( [a-z0-9%/?#]{1,6}){0,4}",
            "[а-я]{2,9} [А-Я]{1,4}",
            "[東京大阪時間]{2,6}",
            "[ابتثجحخ]{2,8} [دذرز]{1,5}",
            "[א-ת]{2,6}",
        ]
    }

    fn uri() -> impl Strategy<Value = String> {
        prop_oneof![
            "tag:a\\.example,2026:[a-z0-9/]{1,9}",
            "https://a\\.example/[a-z]{1,9}(#[a-z]{1,3})?",
            "[a-zé/ %:]{1,6}x".prop_map(|text| text.replace(' ', ""))
        ]
    }

    fn place() -> impl Strategy<Value = Place> {
        (
            words(),
            of("[a-z]{1,8}"),
            of(words()),
            of("[A-Z]{2}"),
            of((-90_000_i32..90_000, -180_000_i32..180_000)),
            of(prop::sample::select(vec!["Asia/Tokyo", "UTC", "Europe/Berlin"])),
        )
            .prop_map(|(name, slug, country, code, point, zone)| {
                let mut place = Place::new(&name, slug.as_deref()).unwrap().in_country(country.as_deref(), code.as_deref()).unwrap();
                if let Some((latitude, longitude)) = point {
                    place = place.at(Point::new(f64::from(latitude) / 1_000.0, f64::from(longitude) / 1_000.0).unwrap());
                }
                match zone {
                    Some(zone) => place.in_zone(zone).unwrap(),
                    None => place,
                }
            })
    }

    fn picture() -> impl Strategy<Value = Picture> {
        let rendition = (
            prop_oneof!["/media/[a-z]{4}", "https://b\\.example/[a-z]{4}"],
            prop_oneof![Just("image/jpeg"), Just("image/svg+xml")],
            1_u32..9_000,
            1_u32..9_000,
        )
            .prop_map(|(href, kind, width, height)| Rendition::new(&href, kind, width, height).unwrap());
        (words(), words(), words(), of(words()), vec(rendition, 1..3)).prop_map(|(caption, credit, alt, notice, renditions)| {
            let mut picture = Picture::new(&caption, &credit, &alt, renditions).unwrap();
            picture.copyright_notice = notice.map(Into::into);
            picture
        })
    }

    fn entity() -> impl Strategy<Value = Entity> {
        (words(), of(prop_oneof![Just("http://www.wikidata.org/entity/Q1"), Just("x:é"), Just("Q1")]))
            .prop_map(|(name, uri)| Entity::new(&name, uri).unwrap())
    }

    fn unique<T: PartialEq>(values: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<T> {
        let mut kept: Vec<T> = Vec::new();
        for value in values {
            if !kept.iter().any(|known| same(known, &value)) {
                kept.push(value);
            }
        }
        kept
    }

    prop_compose! {
        fn identity()(guid in uri(), version in 1_u32..99, kind in prop::sample::select(vec!["text", "picture", "graphic", "video", "audio", "composite", "event", "planning"]),
            signals in prop::sample::subsequence(vec![Signal::Update, Signal::Correction], 0..=2), urgency in 1_i64..=9,
            lang in prop::sample::select(vec!["en", "ru", "ja", "ar", "he", "zh-hans", "pt-br"]), evolved in of(uri()), first in at(), later in vec(of(0..9_000_000_000_i64), 3),
        ) -> NewsItem {
            let shift = |by: i64| Timestamp::from_microsecond(first.as_microsecond() + by).unwrap();
            let mut item = NewsItem::new(Guid::parse(&guid).unwrap(), Headline::parse("x").unwrap(), Lang::parse(lang).unwrap(), first);
            item.version = Version::new(version).unwrap();
            item.item_type = ItemType::parse(kind).unwrap();
            item.signals = signals;
            item.urgency = Urgency::new(urgency).unwrap();
            item.evolved_from = evolved.map(|guid| Guid::parse(&guid).unwrap());
            item.times.version_created_at = shift(later[0].unwrap_or_default());
            item.times.updated_at = later[1].map(shift);
            item.times.corrected_at = later[2].map(shift);
            item
        }
    }

    prop_compose! {
        fn copy()(mut item in identity(), headline in words(), short in of(words()), slugline in of(words()), lead in of(words()),
            bylines in vec((words(), of("[a-z]{1,9}")), 0..3), dateline in of((place(), at(), of("[A-Z]{1,9}"))), body in crate::html::tests::blocks(),
            ednote in of(words()), sign_off in of("[a-z]{2}/[a-z]{2}"), embargo in of(at()),
        ) -> NewsItem {
            item.headline = Headline::parse(&headline).unwrap();
            item.headline_short = short.map(|short| Headline::parse(&short).unwrap());
            item.slugline = slugline.map(|slugline| Slugline::parse(&slugline).unwrap());
            item.lead = lead.map(|lead| Lead::parse(&lead).unwrap());
            item.bylines = bylines.into_iter().map(|(name, role)| Byline::new(&name, role.as_deref()).unwrap()).collect();
            item.dateline = dateline.map(|(place, filed_at, mark)| Dateline { place, filed_at, mark: mark.map(|mark| AgencyMark(mark.into())) });
            item.body = crate::html::tidy(body);
            item.ednote = ednote.map(|ednote| EdNote::parse(&ednote).unwrap());
            item.sign_off = sign_off.map(|sign_off| SignOff::parse(&sign_off).unwrap());
            item.embargo = embargo;
            item
        }
    }

    prop_compose! {
        pub(crate) fn item()(mut item in copy(), section in "[a-zа-я]{2,9}", subjects in vec((prop_oneof![Just("medtop:04000000".to_owned()), "x:[a-z]{1,4}", "[a-zé]{2,5}"], words()), 0..4),
            dossiers in vec("[a-z]{1,5}-[a-zü]{1,5}", 0..3), places in vec(place(), 0..3), people in vec(entity(), 0..3), organisations in vec(entity(), 0..3),
            keywords in vec(words(), 0..3), genre in of(words()), feature in of(picture()), gallery in vec(picture(), 0..3), source in of(words()), rights in vec(of(words()), 3),
            corrections in vec((1_u32..9, at(), any::<bool>(), words()), 0..3),
        ) -> NewsItem {
            item.section = SectionSlug::parse(&section).unwrap();
            item.subjects = unique(subjects.into_iter().map(|(uri, name)| Subject::new(&uri, Some(&name)).unwrap()).collect(), |a, b| a.uri() == b.uri());
            item.dossiers = dossiers.iter().map(|slug| DossierSlug::parse(slug).unwrap()).collect();
            item.places = unique(places, |a, b| a.slug == b.slug);
            item.people = unique(people, PartialEq::eq);
            item.organisations = unique(organisations, PartialEq::eq);
            item.keywords = keywords.iter().map(|keyword| Keyword::parse(keyword).unwrap()).collect();
            item.genre = genre.map(|genre| Keyword::parse(&genre).unwrap());
            let of_role = |role| move |picture| Association { role, picture };
            item.associations = feature.into_iter().map(of_role(AssociationRole::Feature)).chain(gallery.into_iter().map(of_role(AssociationRole::Gallery))).collect();
            item.source = source.map(|source| SourceName::parse(&source).unwrap());
            item.rights = Rights { copyright_holder: rights[0].clone().map(Into::into), copyright_notice: rights[1].clone().map(Into::into), usage_terms: rights[2].clone().map(Into::into) };
            item.corrections = corrections.into_iter().map(|(version, corrected_at, is_late, reason)| Correction {
                version: Version::new(version).unwrap(),
                corrected_at,
                kind: if is_late { CorrectionKind::Corrective } else { CorrectionKind::Correction },
                reason: Reason::parse(&reason).unwrap(),
            }).collect();
            item
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back_equal(item in item()) {
            let document = write(&item, &Writing { base_url: HOME, audience: Audience::Client });
            let read = read(document.to_string(), &reading()).map_err(|refused| TestCaseError::fail(format!("{refused}\n{document:#}")))?;
            prop_assert_eq!(&read.repairs, &vec![], "{:#}", document);
            prop_assert_eq!(read.edition, Edition::V3);
            prop_assert_eq!(check(document.to_string()).problems, vec![], "{:#}", document);
            prop_assert_eq!(read.content, Content::Story(Box::new(item)), "{:#}", document);
            if let Some(path) = std::env::var_os("COURANT_NINJS_OUT") {
                use std::io::Write as _;
                let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
                writeln!(file, "{document}").unwrap();
            }
        }

        #[test]
        fn what_is_written_in_2_2_reads_back_equal(mut item in item()) {
            if matches!(item.item_type, ItemType::Event | ItemType::Planning) {
                item.item_type = ItemType::Text;
            }
            let document = write_2_2(&item, &Writing { base_url: HOME, audience: Audience::Client });
            let read = read(document.to_string(), &reading()).map_err(|refused| TestCaseError::fail(format!("{refused}\n{document:#}")))?;
            prop_assert_eq!(&read.repairs, &vec![], "{:#}", document);
            prop_assert_eq!(read.edition, Edition::V2);
            prop_assert_eq!(check_by(document.to_string(), "2.2").unwrap().problems, vec![], "{:#}", document);
            prop_assert_eq!(read.content, Content::Story(Box::new(item)), "{:#}", document);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200), text in "[\\[\\]{}:,\"a-z0-9\\\\]{0,80}") {
            let _ = read(&bytes, &reading());
            let _ = read(&text, &reading());
        }
    }
}
