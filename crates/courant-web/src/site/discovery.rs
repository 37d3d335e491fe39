//! What machines look for at fixed addresses: sitemaps, feeds, search, contacts, rights.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use courant_formats::opml::{OpmlFeed, OpmlGroup, write_opml};
use courant_formats::sitemap::{NEWS_MAX, NewsUrl, SitemapUrl, write_index, write_news, write_urls};
use courant_news::filter::Facet;
use courant_news::{Filter, PubStatus};
use courant_projections::site::{Cursor, Line, ListQuery, Span};
use jiff::{SignedDuration, Timestamp};

use super::SiteState;
use super::address::term_path;
use super::answer::{self, Refused};
use super::common::ALL;
use crate::pages::{Fault, escaped};
use crate::serve::{Answer, Tag};
use crate::words::{UiLanguage, Words};

/// What a news sitemap may hold: stories of the last two days.
const NEWS_AGE_MAX: SignedDuration = SignedDuration::from_hours(48);
/// How many news sitemaps there are at most: 50,000 stories in two days.
const NEWS_FILES_MAX: u32 = 50;
/// How long an answer that ages by itself is kept.
const AGEING_MAX: Duration = Duration::from_mins(5);
/// How long security contacts are good for; RFC 9116 (2.5.5) advises less than a year.
const SECURITY_EXPIRES_AFTER: SignedDuration = SignedDuration::from_hours(24 * 180);
/// How many lists of a kind are offered as feeds.
const FEEDS_MAX: usize = 200;

/// Nobody may sell advertising in the agency's name: the record that the specification (IAB ads.txt 1.1) gives for that. An
/// absent file would let anybody.
const NO_ADS: &str =
    "# This service carries no advertising. Nobody is authorised to sell any.\nplaceholder.example.com, placeholder, DIRECT, placeholder\n";

const XML: &str = "application/xml; charset=utf-8";
const PLAIN: &str = "text/plain; charset=utf-8";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Discovery {
    /// `/robots.txt`
    Robots,
    /// `/sitemap.xml`: an index of the files.
    Sitemap,
    /// `/sitemaps/0.xml`
    SitemapFile(u32),
    /// `/news-sitemap.xml`
    News,
    /// `/news-sitemaps/2.xml`
    NewsFile(u32),
    /// `/feeds.opml`
    Opml,
    /// `/opensearch.xml`
    OpenSearch,
    /// `/.well-known/security.txt`
    Security,
    /// `/trust.txt`
    Trust,
    /// `/.well-known/tdmrep.json`
    TdmRep,
    /// `/rights.xml`
    Rsl,
    /// `/ads.txt`
    Ads,
    /// `/indexnow.txt`: the key that shows that changes are told by the site itself.
    IndexNow,
}

impl Discovery {
    /// Reads the segments of a path.
    pub(super) fn read(segments: &[&str]) -> Option<Self> {
        let number = |name: &str| {
            let digits = name.strip_suffix(".xml")?;
            let number: u32 = digits.parse().ok()?;
            (number.to_string() == digits).then_some(number)
        };
        match *segments {
            ["robots.txt"] => Some(Self::Robots),
            ["sitemap.xml"] => Some(Self::Sitemap),
            ["sitemaps", name] => number(name).map(Self::SitemapFile),
            ["news-sitemap.xml"] => Some(Self::News),
            ["news-sitemaps", name] => number(name).map(Self::NewsFile),
            ["feeds.opml"] => Some(Self::Opml),
            ["opensearch.xml"] => Some(Self::OpenSearch),
            [".well-known", "security.txt"] => Some(Self::Security),
            ["trust.txt"] | [".well-known", "trust.txt"] => Some(Self::Trust),
            [".well-known", "tdmrep.json"] => Some(Self::TdmRep),
            ["rights.xml"] => Some(Self::Rsl),
            ["ads.txt"] => Some(Self::Ads),
            ["indexnow.txt"] => Some(Self::IndexNow),
            _ => None,
        }
    }
}

/// The answer.
pub(super) fn answer(state: &SiteState, asked: Discovery) -> Result<Response, Refused> {
    let agency = &state.agency;
    let answer = match asked {
        Discovery::Robots => fixed(PLAIN, agency.rights.robots(&agency.origin)),
        Discovery::TdmRep => fixed("application/json; charset=utf-8", format!("{:#}\n", agency.rights.tdmrep())),
        Discovery::Rsl => fixed("application/rsl+xml; charset=utf-8", agency.rights.rsl(&agency.origin)),
        Discovery::IndexNow => fixed(PLAIN, agency.indexnow_key.as_deref().ok_or(Refused::Fault(Fault::NotFound))?.to_owned()),
        Discovery::Ads => fixed(PLAIN, NO_ADS.to_owned()),
        Discovery::OpenSearch => fixed("application/opensearchdescription+xml; charset=utf-8", open_search(state)),
        Discovery::Security => security(state)?,
        Discovery::Trust => super::press::kept_until_agreements(answer::form(PLAIN, trust(state)?), [Tag::of(super::press::PARTNERS)]),
        Discovery::Sitemap => sitemap(state)?,
        Discovery::SitemapFile(number) => sitemap_file(state, number)?,
        Discovery::News => news(state)?,
        Discovery::NewsFile(number) => news_file(state, number)?.ok_or(Refused::Fault(Fault::NotFound))?,
        Discovery::Opml => opml(state)?,
    };
    Ok(answer.into_response())
}

/// What depends on the configuration alone.
fn fixed(content_type: &'static str, body: String) -> Answer {
    answer::form(content_type, body).until([])
}

fn sitemap(state: &SiteState) -> Result<Answer, Refused> {
    let files = state.site.shards()?.into_iter().map(|(number, changed_at)| SitemapUrl {
        url: format!("{}/sitemaps/{number}.xml", state.agency.origin).into(),
        changed_at: Some(changed_at),
    });
    Ok(answer::form(XML, write_index(&files.collect::<Vec<_>>())).until([Tag::of(ALL)]))
}

fn sitemap_file(state: &SiteState, number: u32) -> Result<Answer, Refused> {
    if !state.site.shards()?.iter().any(|(known, _)| *known == number) {
        return Err(Refused::Fault(Fault::NotFound));
    }
    let urls = state
        .site
        .shard(number)?
        .into_iter()
        .map(|line| SitemapUrl { url: format!("{}{}", state.agency.origin, line.path()).into(), changed_at: Some(line.latest_at) });
    Ok(answer::form(XML, write_urls(&urls.collect::<Vec<_>>())).until([Tag::pair("shard", &number.to_string())]))
}

/// One file while it can hold everything, else an index of several.
fn news(state: &SiteState) -> Result<Answer, Refused> {
    if let Some(more) = news_lines(state, 1)?.first() {
        let mut files = vec![news_url(state, 0), news_url(state, 1)];
        let mut below = Cursor::Before(more.position);
        for number in 2..NEWS_FILES_MAX {
            below = match page_of_news(state, below)?.last() {
                Some(last) => Cursor::Before(last.position),
                None => break,
            };
            files.push(news_url(state, number));
        }
        return Ok(answer::form(XML, write_index(&files)).until_or_for([Tag::of(ALL)], AGEING_MAX));
    }
    Ok(news_file(state, 0)?
        .unwrap_or_else(|| answer::form(XML, write_news(&state.agency.name, &[])))
        .until_or_for([Tag::of(ALL)], AGEING_MAX))
}

fn news_url(state: &SiteState, number: u32) -> SitemapUrl {
    SitemapUrl { url: format!("{}/news-sitemaps/{number}.xml", state.agency.origin).into(), changed_at: None }
}

/// The stories of one file; `None` beyond the last.
fn news_file(state: &SiteState, number: u32) -> Result<Option<Answer>, Refused> {
    let lines = news_lines(state, number)?;
    if lines.is_empty() && number != 0 {
        return Ok(None);
    }
    let stories = lines.iter().filter(|line| line.pub_status == PubStatus::Usable).map(|line| NewsUrl {
        url: format!("{}{}", state.agency.origin, line.path()).into(),
        title: line.headline.as_str().into(),
        lang: line.lang.as_str().into(),
        first_moved_at: line.first_moved_at,
    });
    let file = write_news(&state.agency.name, &stories.collect::<Vec<_>>());
    Ok(Some(answer::form(XML, file).until_or_for([Tag::of(ALL)], AGEING_MAX)))
}

fn news_lines(state: &SiteState, number: u32) -> Result<Vec<Line>, Refused> {
    let mut cursor = Cursor::Newest;
    for _ in 0..number.min(NEWS_FILES_MAX) {
        cursor = match page_of_news(state, cursor)?.last() {
            Some(last) => Cursor::Before(last.position),
            None => return Ok(Vec::new()),
        };
    }
    page_of_news(state, cursor)
}

fn page_of_news(state: &SiteState, cursor: Cursor) -> Result<Vec<Line>, Refused> {
    let now = (state.now)();
    let from = now.checked_sub(NEWS_AGE_MAX).unwrap_or(Timestamp::MIN);
    let query = ListQuery { filter: &Filter::default(), cursor, first_moved: Some(Span { from, until: Timestamp::MAX }), limit: NEWS_MAX };
    Ok(state.site.list(query)?)
}

fn opml(state: &SiteState) -> Result<Answer, Refused> {
    let words = Words::of(UiLanguage::English);
    let origin = &state.agency.origin;
    let feed = |title: &str, path: &str| {
        let (path, query) = path.split_once('?').map_or((path, String::new()), |(path, query)| (path, format!("?{query}")));
        OpmlFeed {
            title: title.into(),
            feed_url: format!("{origin}{path}.rss{query}").into(),
            page_url: format!("{origin}{path}{query}").into(),
        }
    };
    let group = |title: &str, facet: Facet| -> Result<OpmlGroup, Refused> {
        let feeds = state.site.terms(facet, FEEDS_MAX)?.into_iter().map(|term| {
            let label = match facet {
                Facet::Section => words.section(&term.value).into_owned(),
                Facet::Topic | Facet::Dossier | Facet::Place | Facet::By | Facet::Lang | Facet::Type | Facet::Source => term.label,
            };
            feed(&label, &term_path(facet, &term.value))
        });
        Ok(OpmlGroup { title: title.into(), feeds: feeds.collect() })
    };
    let all = OpmlGroup {
        title: (&*state.agency.name).into(),
        feeds: vec![feed(words.t("all-news"), "/all"), feed(words.t("corrections"), "/corrections")],
    };
    let mut dossiers = OpmlGroup { title: words.t("dossiers").into(), feeds: Vec::new() };
    for line in state.site.dossiers(FEEDS_MAX)? {
        let title = line.dossier.text(&courant_news::Lang::english()).map_or_else(|| line.dossier.slug.as_str(), |text| &*text.title);
        dossiers.feeds.push(feed(title, &term_path(Facet::Dossier, line.dossier.slug.as_str())));
    }
    let groups = [
        all,
        group(words.t("sections"), Facet::Section)?,
        group(words.t("subjects"), Facet::Topic)?,
        dossiers,
        group(words.t("languages"), Facet::Lang)?,
    ];
    let document = write_opml(&state.agency.name, (state.now)(), &groups);
    Ok(answer::form("text/x-opml; charset=utf-8", document).until_or_for([Tag::of(ALL)], AGEING_MAX))
}

/// OpenSearch 1.1.
fn open_search(state: &SiteState) -> String {
    let (name, origin) = (escaped(&state.agency.name), &state.agency.origin);
    // The format allows 16 characters in the short name.
    let short: String = state.agency.name.chars().take(16).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>{name}</Description>\n<InputEncoding>UTF-8</InputEncoding>\n\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{origin}/icon.svg</Image>\n\
         <Url type=\"text/html\" template=\"{origin}/search?q={{searchTerms}}\"/>\n\
         <Url type=\"application/rss+xml\" template=\"{origin}/search.rss?q={{searchTerms}}\"/>\n\
         <Url type=\"application/x-suggestions+json\" template=\"{origin}/suggest?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{origin}/opensearch.xml\"/>\n</OpenSearchDescription>\n",
        escaped(&short),
    )
}

/// RFC 9116. Not there when the agency names no contact.
fn security(state: &SiteState) -> Result<Answer, Refused> {
    let contact = state.agency.security_contact.as_deref().ok_or(Refused::Fault(Fault::NotFound))?;
    let expires_at = (state.now)().checked_add(SECURITY_EXPIRES_AFTER).map_err(|error| Refused::Broken(error.into()))?;
    let languages: Vec<&str> = UiLanguage::ALL.into_iter().map(UiLanguage::tag).collect();
    let text = format!(
        "Contact: {contact}\nExpires: {}\nPreferred-Languages: {}\nCanonical: {}/.well-known/security.txt\n",
        expires_at.strftime("%Y-%m-%dT00:00:00Z"),
        languages.join(", "),
        state.agency.origin
    );
    Ok(answer::form(PLAIN, text).until_or_for([], Duration::from_hours(1)))
}

/// trust.txt (draft-org-trust-relationship-protocol-01), a line a relation: those of the configuration, then those of agreements.
fn trust(state: &SiteState) -> Result<String, Refused> {
    let relations = state.agency.trust.iter().map(|relation| format!("{}={}", relation.attribute.as_str(), relation.value));
    let mut lines: Vec<String> = relations.collect();
    for line in super::press::trust_lines(state)? {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.push(state.agency.rights.trust_line());
    Ok(format!("{}\n", lines.join("\n")))
}
