use courant_news::{NewsItem, plain_text};
use serde_json::json;

use super::*;
use crate::html;
use crate::incoming::Content;

fn stories_of_posts(export: &Value) -> Vec<Result<NewsItem, String>> {
    let reading = Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None };
    let story = |arrival: Arrival| {
        arrival.read.map_err(|refused| refused.to_string()).map(|read| match read.content {
            Content::Story(item) => *item,
            Content::Withdrawal(withdrawal) => unreachable!("{withdrawal:?}"),
        })
    };
    arrivals(export.to_string().as_bytes(), &reading).into_iter().map(story).collect()
}

fn copy(key: &str, document: &Value) -> String {
    let post = json!({ "id": 1, "title": "T", "status": "published", key: document.to_string() });
    html::from_blocks(&stories_of_posts(&json!({ "posts": [post] })).remove(0).unwrap().body)
}

#[test]
fn a_post_becomes_a_story_with_its_people_and_tags() {
    let export = json!({ "db": [{ "meta": { "version": "5.0" }, "data": {
        "posts": [
            { "id": "p1", "uuid": "0d8e-1", "title": "Prices & wages", "slug": "prices", "html": "<p>One.</p><script>x()</script>", "status": "published",
              "custom_excerpt": "Short.", "published_at": "2020-01-02T08:00:00.000Z", "updated_at": "2020-01-03T08:00:00.000Z" },
            { "id": "p2", "title": "Not yet", "html": "<p>x</p>", "status": "draft" },
        ],
        "users": [{ "id": "u1", "name": "Ann Lee" }, { "id": "u2", "name": "Bob" }],
        "tags": [{ "id": "t1", "name": "Money" }, { "id": "t2", "name": "#internal", "visibility": "internal" }],
        "posts_authors": [{ "post_id": "p1", "author_id": "u2", "sort_order": 1 }, { "post_id": "p1", "author_id": "u1", "sort_order": 0 }],
        "posts_tags": [{ "post_id": "p1", "tag_id": "t1" }, { "post_id": "p1", "tag_id": "t2" }],
        "settings": [{ "key": "title", "value": "Old site" }, { "key": "locale", "value": "de" }],
    } }] });
    let stories = stories_of_posts(&export);
    let [Ok(item)] = stories.as_slice() else { panic!("{stories:?}") };
    assert_eq!((item.guid.as_str(), item.headline.as_str(), item.lang.as_str()), ("urn:uuid:0d8e-1", "Prices & wages", "de"));
    assert_eq!(item.bylines.iter().map(|byline| byline.name.as_ref()).collect::<Vec<_>>(), ["Ann Lee", "Bob"]);
    assert_eq!((item.keywords.len(), plain_text(&item.body).trim()), (1, "One."));
    assert_eq!(item.times.version_created_at.to_string(), "2020-01-03T08:00:00Z");
}

#[test]
fn lexical_and_mobiledoc_say_the_same() {
    let lexical = json!({ "root": { "children": [
        { "type": "heading", "tag": "h3", "children": [{ "type": "text", "text": "Head" }] },
        { "type": "paragraph", "children": [
            { "type": "extended-text", "text": "A < B and ", "format": 0 }, { "type": "text", "text": "bold", "format": 1 }, { "type": "linebreak" },
            { "type": "link", "url": "https://x.example/", "children": [{ "type": "text", "text": "there" }] },
        ] },
        { "type": "list", "listType": "number", "children": [{ "type": "listitem", "children": [{ "type": "text", "text": "first" }] }] },
        { "type": "bookmark", "url": "https://y.example/", "metadata": { "title": "Y" } },
    ] } });
    let mobiledoc = json!({ "version": "0.3.1", "atoms": [["soft-return", "", {}]], "cards": [["bookmark", { "url": "https://y.example/", "metadata": { "title": "Y" } }]],
        "markups": [["strong"], ["a", ["href", "https://x.example/"]]],
        "sections": [
            [1, "h3", [[0, [], 0, "Head"]]],
            [1, "p", [[0, [], 0, "A < B and "], [0, [0], 1, "bold"], [1, [], 0, 0], [0, [1], 1, "there"]]],
            [3, "ol", [[[0, [], 0, "first"]]]],
            [10, 0],
        ] });
    let html = copy("lexical", &lexical);
    assert_eq!(html, copy("mobiledoc", &mobiledoc));
    for part in [
        "A &lt; B and <strong>bold</strong><br",
        "<a href=\"https://x.example/\">there</a>",
        "<ol>",
        "<a href=\"https://y.example/\">Y</a>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[test]
fn what_is_no_export_is_refused_and_what_is_odd_is_survived() {
    for (text, reason) in [("{", "is no JSON"), ("{}", "has no list of posts"), ("[]", "has no list of posts")] {
        let reading = Reading { now: "2026-11-24T12:00:00Z".parse().unwrap(), base_url: None };
        let refused = arrivals(text.as_bytes(), &reading).remove(0).read.unwrap_err().to_string();
        assert!(refused.contains(reason), "{refused}");
    }
    for odd in [
        json!({ "posts": [1, null, "x", {}, { "data": 3 }] }),
        json!({ "posts": [{ "title": "T", "mobiledoc": "{\"sections\":[[10,9],[7],3]}" }] }),
    ] {
        assert!(!stories_of_posts(&odd).is_empty());
    }
}
