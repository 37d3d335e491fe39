use courant_news::{PubStatus, Signal, plain_text};

use super::*;
use crate::incoming::{Arrival, Content, Reading};

fn reading() -> Reading<'static> {
    Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None }
}

fn item(id: &str, management: &str, component: &str) -> String {
    format!(
        "<NewsItem xml:lang='en'><Identification><NewsIdentifier><ProviderId>demo.example</ProviderId><DateId>20261124</DateId>\
         <NewsItemId>{id}</NewsItemId><RevisionId>2</RevisionId></NewsIdentifier></Identification><NewsManagement>\
         <ThisRevisionCreated>20261124T080000+0100</ThisRevisionCreated><Urgency FormalName='3'/>{management}</NewsManagement>\
         <NewsComponent><NewsLines><HeadLine>Fed holds rates</HeadLine><ByLine>By Ann Lee</ByLine><DateLine>BERLIN, Nov 24 (DEMO) -</DateLine>\
         <SlugLine>FED-RATES</SlugLine></NewsLines>{component}</NewsComponent></NewsItem>"
    )
}

fn arrivals(items: &str) -> Vec<Arrival> {
    read(format!("<NewsML Version='1.2'>{items}</NewsML>").as_bytes(), &reading())
}

fn content(items: &str) -> Content {
    arrivals(items).remove(0).read.unwrap_or_else(|refused| panic!("{refused}")).content
}

#[test]
fn a_story_is_read_with_its_pictures() {
    let component = "<AdministrativeMetadata><Provider><Party FormalName='DEMO'/></Provider></AdministrativeMetadata><DescriptiveMetadata>\
        <SubjectCode><SubjectMatter FormalName='04019000'/></SubjectCode><Property FormalName='Keyword' Value='rates'/></DescriptiveMetadata>\
        <NewsComponent><ContentItem><MediaType FormalName='Text'/><DataContent><nitf><body><body.content><p>It did.</p></body.content></body></nitf>\
        </DataContent></ContentItem></NewsComponent><NewsComponent><NewsComponent><Role FormalName='Caption'/><ContentItem><MediaType FormalName='Text'/>\
        <DataContent>The bank</DataContent></ContentItem></NewsComponent><NewsComponent><ContentItem Href='https://a.example/1.jpg'>\
        <MediaType FormalName='Photo'/><MimeType FormalName='image/jpeg'/><Characteristics><Property FormalName='Width' Value='10'/>\
        <Property FormalName='Height' Value='20'/></Characteristics></ContentItem></NewsComponent></NewsComponent>";
    let Content::Story(item) = content(&item("1", "", component)) else { panic!() };
    assert_eq!((item.guid.as_str(), item.version.number(), item.urgency.number()), ("urn:newsml:demo.example:20261124:1", 2, 3));
    assert_eq!((item.headline.as_str(), item.slugline.as_ref().unwrap().as_str()), ("Fed holds rates", "FED-RATES"));
    assert_eq!((item.bylines[0].name.as_ref(), item.source.as_ref().unwrap().as_str()), ("Ann Lee", "DEMO"));
    assert_eq!(item.dateline.as_ref().unwrap().place.name.as_ref(), "Berlin");
    assert_eq!((plain_text(&item.body).as_str(), item.section.as_str()), ("It did.", "economy"));
    let picture = &item.associations[0].picture;
    assert_eq!((picture.caption.as_ref(), picture.credit.as_ref(), picture.renditions[0].height), ("The bank", "DEMO", 20));
    assert_eq!(item.times.version_created_at.to_string(), "2026-11-24T07:00:00Z");
}

#[test]
fn status_and_instructions_are_followed() {
    let Content::Withdrawal(killed) = content(&item("1", "<Instruction FormalName='Kill'/>", "")) else { panic!() };
    assert_eq!(killed.pub_status, PubStatus::Canceled);
    let Content::Withdrawal(held) = content(&item("1", "<Status FormalName='Withheld'/>", "")) else { panic!() };
    assert_eq!(held.pub_status, PubStatus::Withheld);
    let Content::Story(corrected) = content(&item("1", "<Instruction FormalName='Correction'/>", "")) else { panic!() };
    assert_eq!(corrected.signals, [Signal::Correction]);
    let until = "<Status FormalName='Embargoed'/><StatusWillChange><FutureStatus FormalName='Usable'/><DateAndTime>20261201T060000Z</DateAndTime></StatusWillChange>";
    let Content::Story(embargoed) = content(&item("1", until, "")) else { panic!() };
    assert_eq!(embargoed.embargo.unwrap().to_string(), "2026-12-01T06:00:00Z");
    let endless = arrivals(&item("1", "<Status FormalName='Embargoed'/>", "")).remove(0).read.unwrap_err().to_string();
    assert!(endless.contains("StatusWillChange is not an instant, so the embargo cannot be kept"), "{endless}");
}

#[test]
fn each_item_stands_alone_and_none_is_named() {
    let two = arrivals(&format!("{}{}", item("1", "", ""), item("2", "", "")));
    assert_eq!(two.iter().filter(|arrival| arrival.read.is_ok()).count(), 2);
    let none = arrivals("").remove(0).read.unwrap_err().to_string();
    assert!(none.contains("holds no NewsItem of NewsML 1.x: its first element is <NewsML>"), "{none}");
}
