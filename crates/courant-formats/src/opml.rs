//! OPML 2.0: every list of the site as a feed to subscribe to.

use jiff::Timestamp;
use quick_xml::escape::escape;

/// A group of feeds, such as the sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpmlGroup {
    /// What they are.
    pub title: Box<str>,
    /// The feeds.
    pub feeds: Vec<OpmlFeed>,
}

/// A feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpmlFeed {
    /// What it is called.
    pub title: Box<str>,
    /// Its absolute address.
    pub feed_url: Box<str>,
    /// The absolute address of the list it is of.
    pub page_url: Box<str>,
}

/// The document, called `title`, as it was at `at`.
pub fn write_opml(title: &str, at: Timestamp, groups: &[OpmlGroup]) -> String {
    let date = at.strftime("%a, %d %b %Y %H:%M:%S GMT");
    let mut document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title><dateModified>{date}</dateModified></head>\n<body>\n",
        escape(title)
    );
    for group in groups.iter().filter(|group| !group.feeds.is_empty()) {
        document.push_str(&format!("<outline text=\"{}\">\n", escape(&*group.title)));
        for feed in &group.feeds {
            document.push_str(&format!(
                "<outline type=\"rss\" text=\"{}\" xmlUrl=\"{}\" htmlUrl=\"{}\"/>\n",
                escape(&*feed.title),
                escape(&*feed.feed_url),
                escape(&*feed.page_url),
            ));
        }
        document.push_str("</outline>\n");
    }
    document.push_str("</body>\n</opml>\n");
    document
}
