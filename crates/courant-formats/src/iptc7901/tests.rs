use courant_news::{Block, NewsItem, Signal, plain_text};

use super::*;
use crate::incoming::Content;

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None }
}

fn stories(wire: &str) -> Vec<Result<(NewsItem, String), String>> {
    let arrivals = read(wire.as_bytes(), &reading()).into_iter();
    arrivals
        .map(|arrival| match arrival.read {
            Ok(Incoming { content: Content::Story(item), repairs, .. }) => {
                Ok((*item, repairs.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))
            }
            Ok(incoming) => panic!("{incoming:?}"),
            Err(refused) => Err(refused.to_string()),
        })
        .collect()
}

const IPTC: &str = "\u{1}dem007 2 f 120 ccccb   dem 099\r\n\r\nFed/Rates/\r\n\u{2}1ST LEAD\r\nFed holds rates\r\nBy Ann Lee, demo =\r\n\r\n\
    Berlin (demo) - The rate stays\r\nwhere it was.\r\n\r\nSo there.\r\n\r\n# Notebook\r\n\r\n## Note to editors\r\n- adds quote\r\n\r\ndem ab cd\r\n\
    \u{3}240801 GMT Nov 26\r\n\u{7f}\n\u{4}";

#[test]
fn iptc_7901_is_read() {
    let (item, repairs) = stories(IPTC).remove(0).unwrap();
    assert_eq!(item.guid.as_str(), "courant:made/dem007/2026-11-24t08-01-00z");
    assert_eq!((item.urgency.number(), item.section.as_str(), item.slugline.unwrap().as_str()), (2, "economy", "Fed/Rates"));
    assert_eq!((item.headline.as_str(), item.bylines[0].name.as_ref()), ("Fed holds rates", "Ann Lee, demo"));
    let dateline = item.dateline.unwrap();
    assert_eq!((dateline.place.name.as_ref(), dateline.mark.unwrap().0.as_ref()), ("Berlin", "demo"));
    assert_eq!(plain_text(&item.body), "The rate stays where it was.\n\nSo there.");
    assert_eq!(item.ednote.unwrap().as_str(), "1ST LEAD ## Note to editors - adds quote");
    assert_eq!((item.sign_off.unwrap().as_str(), item.signals.as_slice()), ("dem ab cd", &[Signal::Update][..]));
    assert_eq!(
        (item.times.version_created_at.to_string().as_str(), repairs.as_str()),
        ("2026-11-24T08:01:00Z", "the copy “Berlin (demo) - ” opens with the dateline; taken out, for pages print it")
    );
}

const ANPA: &str = "\u{16}\u{16}\u{1}W0007\u{1f}demo-\r\nb f\u{14}\u{12} BC-EU--Rates   11-24 0120\r\n\u{2}^BC-EU--Rates, 1st Ld-Writethru,120<\r\n\
    ^Fed holds rates<\r\n^(Eds: Adds quote.)<\r\n^By ANN LEE=\r\n^Demo Writer=\r\n\t   BERLIN (DM) _ The rate ``stays'' _ so far.\r\n \r\n^Table=\r\n\
    \u{8}Bank\u{1f}\u{1e}\u{1e} Rate\r\n\u{8}Fed\u{1f}\u{1e} 3.5\r\n\t   ___\r\n\t   \u{3}DM-WF-11-24-26 0801GMT<\r\n\u{c}\r\n\u{4}";

#[test]
fn anpa_1312_is_read() {
    let (item, repairs) = stories(ANPA).remove(0).unwrap();
    assert_eq!(item.guid.as_str(), "courant:made/w0007/2026-11-24t08-01-00z");
    assert_eq!((item.urgency.number(), item.section.as_str(), item.slugline.unwrap().as_str()), (2, "economy", "BC-EU--Rates"));
    assert_eq!((item.headline.as_str(), item.source.unwrap().as_str()), ("Fed holds rates", "DM"));
    assert_eq!((item.bylines[0].name.as_ref(), item.bylines[0].role.as_deref()), ("ANN LEE", Some("Demo Writer")));
    let dateline = item.dateline.unwrap();
    assert_eq!((dateline.place.name.as_ref(), dateline.mark.unwrap().0.as_ref()), ("Berlin", "DM"));
    assert_eq!(plain_text(&item.body), "The rate “stays” — so far.\n\nTable\n\nBank\tRate\nFed\t3.5");
    assert!(matches!(item.body[2], Block::Table(_)));
    assert_eq!((item.ednote.unwrap().as_str(), item.signals.as_slice()), ("1st Ld-Writethru (Eds: Adds quote.)", &[Signal::Update][..]));
    assert!(repairs.contains("opens with the dateline; taken out"), "{repairs}");
}

#[test]
fn a_file_holds_many_stories_and_each_stands_alone() {
    let all = stories(&format!("{IPTC}\u{1}broken\r\n\u{4}{ANPA}"));
    assert_eq!(all.len(), 3);
    assert!(all[0].is_ok() && all[2].is_ok());
    assert_eq!(
        all[1].as_ref().unwrap_err(),
        "the story “broken” has no start of text (the byte 02) behind its header; send it again, complete"
    );
    assert!(stories("no wire")[0].as_ref().unwrap_err().contains("holds no start of header (the byte 01)"));
    assert!(
        stories(&format!("\u{1}{}", "x".repeat(STORY_LEN_BYTES_MAX + 1)))[0].as_ref().unwrap_err().contains("at most 1048576 are read")
    );
}

#[test]
fn a_story_without_an_end_is_kept_and_noted() {
    let cut = ANPA.split('\u{3}').next().unwrap();
    let (item, repairs) = stories(cut).remove(0).unwrap();
    assert_eq!(item.headline.as_str(), "Fed holds rates");
    assert!(repairs.contains("has no end of text (the byte 03), so it may be cut off"), "{repairs}");
    assert!(repairs.contains("the time of this version is missing; taken as now"), "{repairs}");
}
