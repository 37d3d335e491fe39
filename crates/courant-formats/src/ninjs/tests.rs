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
