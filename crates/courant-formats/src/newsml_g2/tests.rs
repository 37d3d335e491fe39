use courant_news::{NewsItem, PubStatus, Signal, plain_text};

use super::*;
use crate::incoming::{Arrival, Content, Position, Reading};

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: Some("https://news.example") }
}

/// A newsItem with something more in each of its parts.
fn item(guid: &str, item_meta: &str, content_meta: &str, content: &str) -> String {
    format!(
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='{guid}' version='3' xml:lang='en-GB'>\
         <catalogRef href='http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml'/>\
         <itemMeta><itemClass qcode='ninat:text'/><provider literal='DEMO'/><versionCreated>2026-11-24T08:00:00Z</versionCreated>{item_meta}</itemMeta>\
         <contentMeta><urgency>3</urgency><headline>Fed holds rates</headline>{content_meta}</contentMeta>\
         <contentSet>{content}</contentSet></newsItem>"
    )
}

fn content(document: &str) -> (Content, String) {
    let mut arrivals = read(document.as_bytes(), &reading());
    assert_eq!(arrivals.len(), 1, "{arrivals:?}");
    let incoming = arrivals.remove(0).read.unwrap_or_else(|refused| panic!("{refused}"));
    (incoming.content, incoming.repairs.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

fn story(document: &str) -> (NewsItem, String) {
    match content(document) {
        (Content::Story(item), repairs) => (*item, repairs),
        (Content::Withdrawal(withdrawal), _) => panic!("{withdrawal:?}"),
    }
}

fn refused(document: &str) -> String {
    let arrivals = read(document.as_bytes(), &reading());
    arrivals.into_iter().next().and_then(|arrival| arrival.read.err()).map(|refused| refused.to_string()).unwrap()
}

#[test]
fn copy_is_read_from_xhtml_nitf_and_plain_text() {
    for inline in [
        "<inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head>\
         <body><p>It <b>did</b>.</p><p>So there.</p></body></html></inlineXML>",
        "<inlineXML contenttype='application/nitf+xml'><nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'><body><body.content>\
         <p>It <em>did</em>.</p><p>So there.</p></body.content></body></nitf></inlineXML>",
        "<inlineData contenttype='text/plain'>It did.\n\nSo there.</inlineData>",
        "<inlineData contenttype='text/html'>&lt;p&gt;It did.&lt;/p&gt;&lt;p&gt;So there.&lt;/p&gt;</inlineData>",
    ] {
        let (item, repairs) = story(&item("urn:a", "", "", inline));
        assert_eq!((plain_text(&item.body).as_str(), repairs.as_str()), ("It did.\n\nSo there.", ""), "{inline}");
        assert_eq!((item.version.number(), item.urgency.number(), item.lang.as_str()), (3, 3, "en-gb"));
    }
}

#[test]
fn what_a_story_is_about_is_sorted_by_kind() {
    let (item, _) = story(&item(
        "urn:a",
        "",
        "<located qcode='geo:1'><name>Berlin</name><broader type='cptype:country' qcode='iso3166-1a2:DE'><name>Germany</name></broader>\
         <geoAreaDetails><position latitude='52.5' longitude='13.4'/></geoAreaDetails></located>\
         <subject qcode='medtop:04000000'/><subject uri='http://cv.iptc.org/newscodes/mediatopic/15000000'><name>Sport</name></subject>\
         <subject type='cpnat:person' qcode='p:1'><name>Ann Lee</name></subject><subject type='cpnat:organisation'><name>Fed</name></subject>\
         <subject type='cpnat:geoArea'><name xml:lang='de'>Wien</name><name xml:lang='en'>Vienna</name><sameAs qcode='iso3166-1a2:AT'/></subject>\
         <subject><name>gas</name></subject><keyword>rates</keyword>",
        "",
    ));
    let place = item.dateline.unwrap().place;
    assert_eq!(
        (place.country_code.as_deref(), place.country.as_deref(), place.point.unwrap().latitude),
        (Some("DE"), Some("Germany"), 52.5)
    );
    assert_eq!(item.subjects.iter().map(courant_news::Subject::uri).collect::<Vec<_>>(), ["medtop:04000000", "medtop:15000000"]);
    assert_eq!(item.section.as_str(), "economy");
    assert_eq!((item.people[0].uri.as_deref(), item.organisations[0].name.as_ref()), (Some("p:1"), "Fed"));
    assert_eq!((item.places[0].name.as_ref(), item.places[0].country_code.as_deref()), ("Vienna", Some("AT")));
    assert_eq!(item.keywords.iter().map(courant_news::Keyword::as_str).collect::<Vec<_>>(), ["rates", "gas"]);
}

#[test]
fn instructions_to_kill_hold_and_correct_are_followed() {
    for (meta, status) in [
        ("<pubStatus qcode='stat:canceled'/><edNote>It was wrong.</edNote>", PubStatus::Canceled),
        ("<pubStatus qcode='stat:usable'/><edNote>It was wrong.</edNote><signal qcode='sig:kill'/>", PubStatus::Canceled),
        ("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/withheld'/><edNote>It was wrong.</edNote>", PubStatus::Withheld),
    ] {
        let (Content::Withdrawal(withdrawal), _) = content(&item("urn:a", meta, "", "")) else { panic!("{meta}") };
        assert_eq!((withdrawal.pub_status, withdrawal.reason.unwrap().as_str(), withdrawal.version.number()), (status, "It was wrong.", 3));
    }
    let (corrected, _) = story(&item("urn:a", "<edNote role='x:correction'>Figure.</edNote><signal qcode='sig:correction'/>", "", ""));
    assert_eq!((corrected.signals.as_slice(), corrected.corrections[0].reason.as_str()), (&[Signal::Correction][..], "Figure."));
    assert!(refused(&item("urn:a", "<pubStatus qcode='stat:maybe'/>", "", "")).contains("pubStatus “maybe” is unknown; use stat:usable"));
}

#[test]
fn an_embargo_without_an_end_is_not_guessed() {
    let (item_until, _) = story(&item("urn:a", "<embargoed>2026-12-01T06:00:00+03:00</embargoed>", "", ""));
    assert_eq!(item_until.embargo.unwrap().to_string(), "2026-12-01T03:00:00Z");
    let sentence = refused(&item("urn:a", "<embargoed/><edNote>Not before the verdict.</edNote>", "", ""));
    assert!(sentence.contains("embargoed is empty: the story waits for what the note to editors says"), "{sentence}");
    let (open, repairs) = story(&item("urn:a", "<embargoed></embargoed>", "", ""));
    assert!(open.embargo.is_none() && repairs.contains("taken as no embargo"), "{repairs}");
}

#[test]
fn a_message_holds_many_items_and_each_stands_alone() {
    let concept =
        "<conceptItem guid='urn:c' version='1'><concept><conceptId qcode='x:1'/><name>Known by name</name></concept></conceptItem>";
    let message = format!(
        "<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'>\n<header/>\n<itemSet>\n<packageItem><itemRef residref='urn:a'/></packageItem>\n\
         {concept}\n{}\n{}\n{}\n</itemSet></newsMessage>",
        item("urn:a", "", "<subject qcode='x:1'/>", ""),
        item("", "", "", ""),
        item("urn:b", "", "", "")
    );
    let arrivals = read(message.as_bytes(), &reading());
    let lines: Vec<_> = arrivals.iter().map(|arrival| arrival.at.clone()).collect();
    assert_eq!(lines, [Position::Line(6), Position::Line(7), Position::Line(8)]);
    let Ok(Content::Story(first)) = arrivals[0].read.as_ref().map(|incoming| &incoming.content) else { panic!("{arrivals:?}") };
    assert_eq!(first.subjects[0].name(), "Known by name");
    let is_refused = |arrival: &Arrival| arrival.read.as_ref().err().map(ToString::to_string);
    assert!(is_refused(&arrivals[1]).unwrap().contains("the identifier is missing"));
    assert_eq!(is_refused(&arrivals[2]), None);
}

#[test]
fn a_package_lists_what_it_holds_and_lends_its_headline() {
    let package = "<newsMessage><itemSet><packageItem guid='urn:p' version='2'><itemMeta><versionCreated>2026-11-24T08:00:00Z</versionCreated></itemMeta>\
        <contentMeta><headline>Two stories</headline></contentMeta><groupSet root='r'><group id='r'><itemRef residref='urn:v' href='https://a.example/v'>\
        <title>A video</title></itemRef><itemRef residref='urn:x'><title>A story</title></itemRef></group></groupSet></packageItem>\
        <newsItem guid='urn:v' version='1'><itemMeta><itemClass qcode='ninat:video'/><versionCreated>2026-11-24T08:00:00Z</versionCreated></itemMeta>\
        </newsItem></itemSet></newsMessage>";
    let arrivals = read(package.as_bytes(), &reading());
    let items: Vec<_> = arrivals
        .iter()
        .map(|arrival| match &arrival.read.as_ref().unwrap().content {
            Content::Story(item) => (item.item_type.as_str(), item.headline.as_str(), plain_text(&item.body)),
            Content::Withdrawal(withdrawal) => panic!("{withdrawal:?}"),
        })
        .collect();
    assert_eq!(items, [("composite", "Two stories", "A video\nA story".to_owned()), ("video", "Two stories", String::new())]);
}

#[test]
fn what_holds_no_story_is_refused_by_name() {
    assert!(refused("<rss/>").contains("holds no item of NewsML-G2: its first element is <rss>"));
    assert!(refused("<planningItem guid='urn:p'/>").contains("is a <planningItem>, which is no story; send newsItems"));
    assert!(refused("<newsItem guid='urn:a'><itemMeta/>").contains("ends in the middle: <newsItem> is never closed"));
}

pub(crate) mod out {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::ninjs::tests::round_trip;
    use crate::ninjs::{Audience, Writing};
    use crate::xml::schema::check_by_schema;

    const CLIENT: Writing<'_> = Writing { base_url: "https://news.example", audience: Audience::Client };
    /// How many generated items are held against the schema.
    const ITEMS: usize = 200;

    pub(crate) fn generated(n_items: usize) -> Vec<NewsItem> {
        let mut runner = TestRunner::deterministic();
        (0..n_items).map(|_| round_trip::item().new_tree(&mut runner).unwrap().current()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_reads_back_equal(item in round_trip::item()) {
            let document = write(&item, &CLIENT);
            let arrival = read(document.as_bytes(), &reading()).remove(0);
            let incoming = arrival.read.map_err(|refused| TestCaseError::fail(format!("{refused}\n{document}")))?;
            prop_assert_eq!(&incoming.repairs, &vec![], "{}", document);
            prop_assert_eq!(incoming.content, Content::Story(Box::new(item)), "{}", document);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[<>/a-z=\"'&;! ]{0,80}") {
            prop_assert!(!read(&bytes, &reading()).is_empty());
            let document = format!("<newsItem guid='a'>{text}</newsItem>");
            let n_arrivals = read(document.as_bytes(), &reading()).len();
            prop_assert!(n_arrivals != 0);
        }
    }

    #[test]
    fn a_message_and_a_package_of_items_read_back() {
        let items = generated(5);
        let sent: jiff::Timestamp = "2026-11-24T11:00:00Z".parse().unwrap();
        let arrivals = read(write_message(items.iter().map(Entry::Story), sent, &CLIENT).as_bytes(), &reading());
        let read_items: Vec<NewsItem> = arrivals
            .into_iter()
            .map(|arrival| match arrival.read.unwrap().content {
                Content::Story(item) => *item,
                Content::Withdrawal(withdrawal) => panic!("{withdrawal:?}"),
            })
            .collect();
        assert_eq!(read_items, items);
        let package = Package { guid: "tag:news.example,2026:all", version: 7, headline: "All news", lang: "en", made_at: sent };
        let (listed, _) = story(&write_package(&package, &items, &CLIENT));
        assert_eq!((listed.headline.as_str(), listed.version.number()), ("All news", 7));
        assert_eq!(plain_text(&listed.body).lines().count(), items.len());
    }

    #[test]
    fn a_notice_carries_no_copy_and_reads_as_a_withdrawal() {
        let item = generated(1).remove(0);
        let event = courant_news::act::kill(&item, courant_news::Reason::parse("It was wrong.").unwrap(), None);
        let notice = event.notice().unwrap();
        for audience in [Audience::Public, Audience::Client] {
            let document = write_notice(notice, "2026-11-24T11:00:00Z".parse().unwrap(), &Writing { audience, ..CLIENT });
            assert!(!document.contains("inlineXML"), "{document}");
            assert_eq!(document.contains("KILL"), audience == Audience::Client);
            let (Content::Withdrawal(withdrawal), _) = content(&document) else { panic!("{document}") };
            assert_eq!((withdrawal.pub_status, withdrawal.reason.unwrap().as_str()), (PubStatus::Canceled, "It was wrong."));
        }
    }

    #[test]
    fn editors_notes_are_for_clients_only() {
        let mut item = generated(1).remove(0);
        item.ednote = Some(courant_news::EdNote::parse("Adds quote").unwrap());
        item.sign_off = Some(courant_news::SignOff::parse("ab/cd").unwrap());
        let public = write(&item, &Writing { audience: Audience::Public, ..CLIENT });
        assert!(!public.contains("Adds quote") && !public.contains("ab/cd"), "{public}");
    }

    #[test]
    fn what_is_written_is_valid_by_the_schema_of_the_iptc() {
        let sent: jiff::Timestamp = "2026-11-24T11:00:00Z".parse().unwrap();
        let items = generated(ITEMS);
        let package = Package { guid: "tag:news.example,2026:all", version: 7, headline: "All news", lang: "en", made_at: sent };
        let mut documents: Vec<String> = items.iter().map(|item| write(item, &CLIENT)).collect();
        documents.push(write_package(&package, &items[..20], &CLIENT));
        let killed = courant_news::act::kill(&items[0], courant_news::Reason::parse("It was wrong.").unwrap(), None);
        let notice = killed.notice().unwrap();
        documents.push(write_notice(notice, sent, &CLIENT));
        let entries = items[..20].iter().map(Entry::Story).chain([Entry::Notice(notice, sent)]);
        documents.push(write_message(entries, sent, &CLIENT));
        check_by_schema("NewsML-G2_2.35-spec-All-Power.xsd", "NewsML-G2 2.35", &documents);
    }
}
