use courant_news::NewsItem;

use super::*;

fn export(items: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/' \
         xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:wp='http://wordpress.org/export/1.2/'><channel><title>Old site</title><link>https://old.example</link>\
         <language>pt-BR</language><wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>ann</wp:author_login>\
         <wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>{items}</channel></rss>"
    )
}

const POST: &str = "<item><title>Prices &amp;amp; wages</title><link>https://old.example/prices/</link><dc:creator>ann</dc:creator>\
    <guid isPermaLink='false'>http://old.example/?p=7</guid><content:encoded><![CDATA[One.\n\n[gallery ids=\"9\"]\n\nTwo.]]></content:encoded>\
    <excerpt:encoded><![CDATA[Short.]]></excerpt:encoded><wp:post_id>7</wp:post_id><wp:post_date>2020-01-02 05:00:00</wp:post_date>\
    <wp:post_date_gmt>2020-01-02 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\
    <category domain='category' nicename='economy'><![CDATA[Economy]]></category><category domain='post_tag' nicename='pay'>Pay</category>\
    <wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>8</wp:meta_value></wp:postmeta></item>";

fn attachment(id: u64) -> String {
    format!(
        "<item><title>Harbour</title><wp:post_id>{id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>\
         <wp:attachment_url>https://old.example/{id}.jpg</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_metadata</wp:meta_key>\
         <wp:meta_value><![CDATA[a:2:{{s:5:\"width\";i:1200;s:6:\"height\";i:800;s:10:\"image_meta\";a:1:{{s:6:\"credit\";s:3:\"Bob\";}}}}]]>\
         </wp:meta_value></wp:postmeta></item>"
    )
}

fn read_all(text: &str) -> Vec<Result<NewsItem, String>> {
    let reading = Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None };
    let story = |arrival: Arrival| {
        arrival.read.map_err(|refused| refused.to_string()).map(|read| match read.content {
            Content::Story(item) => *item,
            Content::Withdrawal(withdrawal) => unreachable!("{withdrawal:?}"),
        })
    };
    arrivals(text.as_bytes(), &reading).into_iter().map(story).collect()
}

#[test]
fn a_post_becomes_a_story_with_its_pictures() {
    let stories = read_all(&export(&format!("{POST}{}{}", attachment(8), attachment(9))));
    let [Ok(item)] = stories.as_slice() else { panic!("{stories:?}") };
    assert_eq!((item.guid.as_str(), item.headline.as_str()), ("https://old.example/?p=7", "Prices & wages"));
    assert_eq!((item.lead.as_ref().unwrap().as_str(), item.bylines[0].name.as_ref(), item.lang.as_str()), ("Short.", "Ann Lee", "pt-br"));
    assert_eq!((item.section.as_str(), item.keywords.len(), item.body.len()), ("economy", 2, 2));
    assert_eq!(item.times.first_moved_at.to_string(), "2020-01-02T08:00:00Z");
    assert_eq!((item.associations.len(), item.associations[0].picture.credit.as_ref()), (2, "Bob"));
}

#[test]
fn what_is_not_public_does_not_move() {
    let hidden = POST.replace("publish", "draft") + &POST.replace("<wp:status>", "<wp:post_password>x</wp:post_password><wp:status>");
    assert_eq!(read_all(&export(&hidden)), []);
    let read = super::read(export(&hidden).as_bytes()).unwrap();
    assert_eq!(read.items.len(), 2);
}

#[test]
fn what_is_no_export_is_refused_with_the_reason() {
    for (text, reason) in [
        (export("").replace("<wp:wxr_version>1.2</wp:wxr_version>", ""), "has no wp:wxr_version"),
        (export("").replace("_version>1.2<", "_version>7<"), "is no version of WXR"),
        (export("<item>").replace("</channel></rss>", ""), "the export was cut"),
        (export("<item></title></item>"), "is not well formed: on line 1"),
    ] {
        let refused = read_all(&text).remove(0).unwrap_err();
        assert!(refused.contains(reason), "{refused}");
    }
}
