use courant_news::{PubStatus, Signal, plain_text};

use super::*;
use crate::incoming::{Content, Reading};

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: Some("https://news.example") }
}

/// A document with something in `docdata` and in the copy.
fn document(status: &str, data: &str, head: &str, copy: &str) -> String {
    format!(
        "<?xml version='1.0'?><nitf><head><title>Title</title><docdata{status}><doc-id id-string='urn:a' regsrc='DEMO'/>\
         <date.issue norm='20261124T080000Z'/>{data}</docdata></head><body><body.head><hedline><hl1>Fed holds rates</hl1></hedline>{head}\
         </body.head><body.content>{copy}</body.content></body></nitf>"
    )
}

fn one(document: &str) -> (Content, String) {
    let mut arrivals = read(document.as_bytes(), &reading());
    assert_eq!(arrivals.len(), 1);
    let incoming = arrivals.remove(0).read.unwrap_or_else(|refused| panic!("{refused}"));
    let repairs: Vec<String> = incoming.repairs.iter().map(ToString::to_string).collect();
    (incoming.content, repairs.join("; "))
}

fn item(document: &str) -> (courant_news::NewsItem, String) {
    match one(document) {
        (Content::Story(item), repairs) => (*item, repairs),
        (Content::Withdrawal(withdrawal), _) => panic!("{withdrawal:?}"),
    }
}

#[test]
fn a_story_is_read_with_all_it_says_of_itself() {
    let (item, repairs) = item(&document(
        " management-status='usable'",
        "<du-key key='FED-RATES' version='2'/><urgency ed-urg='3'/><ed-msg info='Adds quote'/><doc.copyright holder='Demo Agency' year='2026'/>\
         <evloc city='Norfolk' iso-cc='US'/><identified-content><person>Ann Lee</person><org>Fed</org></identified-content>",
        "<byline>By ANN LEE<byttl>Economics Editor</byttl></byline><dateline><location><city>NEW YORK</city><country iso-cc='US'>United States</country></location>\
         <story.date norm='20261124T073000Z'/></dateline><abstract><p>It did.</p></abstract>",
        "<p>NEW YORK (DEMO) — It <em>did</em>.</p><media media-type='image'><media-reference source='https://a.example/1.jpg' width='10' height='20' mime-type='image/jpeg'/>\
         <media-caption>The bank</media-caption><media-producer>Ann Lee</media-producer></media>",
    ));
    assert_eq!((item.guid.as_str(), item.version.number(), item.urgency.number()), ("urn:a", 2, 3));
    assert_eq!(item.headline.as_str(), "Fed holds rates");
    assert_eq!(item.slugline.unwrap().as_str(), "FED-RATES");
    assert_eq!(item.lead.unwrap().as_str(), "It did.");
    assert_eq!((item.bylines[0].name.as_ref(), item.bylines[0].role.as_deref()), ("ANN LEE", Some("Economics Editor")));
    let dateline = item.dateline.unwrap();
    assert_eq!((dateline.place.name.as_ref(), dateline.place.country_code.as_deref()), ("New York", Some("US")));
    assert_eq!((dateline.filed_at.to_string().as_str(), dateline.mark.unwrap().0.as_ref()), ("2026-11-24T07:30:00Z", "DEMO"));
    assert_eq!(plain_text(&item.body), "It did.");
    assert_eq!(
        (item.people[0].name.as_ref(), item.organisations[0].name.as_ref(), item.places[0].name.as_ref()),
        ("Ann Lee", "Fed", "Norfolk")
    );
    assert_eq!(item.associations[0].picture.caption.as_ref(), "The bank");
    assert_eq!((item.ednote.unwrap().as_str(), item.rights.copyright_holder.as_deref()), ("Adds quote", Some("Demo Agency")));
    assert!(repairs.contains("opens with the dateline; taken out"), "{repairs}");
}

#[test]
fn an_embargo_holds_until_its_release() {
    let (embargoed, _) = item(&document(" management-status='embargoed'", "<date.release norm='20261201T000100+0100'/>", "", "<p>x</p>"));
    assert_eq!(embargoed.embargo.unwrap().to_string(), "2026-11-30T23:01:00Z");
    let without = read(document(" management-status='embargoed'", "", "", "<p>x</p>").as_bytes(), &reading());
    let sentence = without[0].read.as_ref().unwrap_err().to_string();
    assert!(sentence.contains("date.release norm is not an instant, so the embargo cannot be kept"), "{sentence}");
}

#[test]
fn a_correction_carries_its_reason() {
    let (item, _) = item(&document("", "<correction info='The figure was wrong.'/>", "", "<p>x</p>"));
    assert_eq!(item.signals, [Signal::Correction]);
    assert_eq!(item.corrections[0].reason.as_str(), "The figure was wrong.");
}

#[test]
fn withdrawals_are_of_the_document_or_of_another() {
    let (content, _) = one(&document(" management-status='canceled'", "<ed-msg info='Wrong.'/>", "", "<p>x</p>"));
    let Content::Withdrawal(withdrawal) = content else { panic!("{content:?}") };
    assert_eq!((withdrawal.pub_status, withdrawal.reason.unwrap().as_str()), (PubStatus::Canceled, "Wrong."));

    let both = document(" management-doc-idref='urn:old' management-idref-status='withheld'", "", "", "<p>x</p>");
    let arrivals = read(both.as_bytes(), &reading());
    assert_eq!(arrivals.len(), 2);
    let Content::Withdrawal(other) = &arrivals[1].read.as_ref().unwrap().content else { panic!("{arrivals:?}") };
    assert_eq!((other.guid.as_str(), other.pub_status), ("urn:old", PubStatus::Withheld));
}

#[test]
fn a_document_without_a_name_gets_one_that_stays() {
    let nameless = document("", "", "", "<p>x</p>").replace(" id-string='urn:a'", "");
    let (first, repairs) = item(&nameless);
    assert_eq!(first.guid.as_str(), "courant:made/demo/20261124t080000z/fed-holds-rates");
    assert!(repairs.contains("doc-id id-string is missing; made of sender, time and headline"), "{repairs}");
    assert_eq!(first, item(&nameless).0);
    let refused = read(nameless.replace(" regsrc='DEMO'", "").as_bytes(), &reading());
    assert!(refused[0].read.as_ref().unwrap_err().to_string().contains("the identifier is missing; every story needs one"));
}

#[test]
fn what_is_no_nitf_is_refused_by_name() {
    let refused = read(b"<rss/>", &reading());
    let sentence = refused[0].read.as_ref().unwrap_err().to_string();
    assert_eq!(sentence, "the document is no NITF: its first element is <rss>; send one whose first element is <nitf>");
}

mod out {
    use proptest::prelude::*;

    use super::*;
    use crate::newsml_g2::tests::out::generated;
    use crate::ninjs::tests::round_trip;
    use crate::ninjs::{Audience, Writing};
    use crate::xml::schema::check_by_schema;

    const CLIENT: Writing<'_> = Writing { base_url: "https://news.example", audience: Audience::Client };

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

        #[test]
        fn what_nitf_has_a_place_for_reads_back_equal(item in round_trip::item()) {
            let document = write(&item, &CLIENT);
            let incoming = read(document.as_bytes(), &reading()).remove(0).read;
            let incoming = incoming.map_err(|refused| TestCaseError::fail(format!("{refused}\n{document}")))?;
            let Content::Story(read) = incoming.content else { return Err(TestCaseError::fail(document)) };
            prop_assert_eq!((&read.guid, read.version, read.urgency), (&item.guid, item.version, item.urgency), "{}", document);
            prop_assert_eq!((&read.headline, &read.lead, &read.slugline), (&item.headline, &item.lead, &item.slugline), "{}", document);
            prop_assert_eq!((&read.bylines, &read.keywords, &read.genre), (&item.bylines, &item.keywords, &item.genre), "{}", document);
            prop_assert_eq!((&read.people, &read.organisations), (&item.people, &item.organisations), "{}", document);
            prop_assert_eq!((&read.lang, &read.section, read.embargo), (&item.lang, &item.section, item.embargo), "{}", document);
            prop_assert_eq!((&read.source, &read.ednote, &read.rights), (&item.source, &item.ednote, &item.rights), "{}", document);
            prop_assert_eq!(read.times.version_created_at, item.times.version_created_at, "{}", document);
            let place = |item: &courant_news::NewsItem| item.dateline.as_ref().map(|dateline| (dateline.place.name.clone(), dateline.filed_at));
            prop_assert_eq!(place(&read), place(&item), "{}", document);
            let words = |item: &courant_news::NewsItem| {
                let figures = |block: &&courant_news::Block| !matches!(block, courant_news::Block::Figure(_));
                item.body.iter().filter(figures).map(|block| plain_text(std::slice::from_ref(block))).collect::<Vec<_>>()
            };
            prop_assert_eq!(words(&read), words(&item), "{}", document);
        }
    }

    #[test]
    fn what_is_written_is_valid_by_the_schema_of_the_iptc() {
        let items = generated(200);
        let mut documents: Vec<String> = items.iter().map(|item| write(item, &CLIENT)).collect();
        let killed = courant_news::act::kill(&items[0], courant_news::Reason::parse("It was wrong.").unwrap(), None);
        let notice = write_notice(killed.notice().unwrap(), "2026-11-24T11:00:00Z".parse().unwrap(), &CLIENT);
        let (Content::Withdrawal(withdrawal), _) = one(&notice) else { panic!("{notice}") };
        assert_eq!((withdrawal.pub_status, withdrawal.reason.unwrap().as_str()), (PubStatus::Canceled, "It was wrong."));
        documents.push(notice);
        check_by_schema("nitf-3-6.xsd", "NITF 3.6", &documents);
    }
}
