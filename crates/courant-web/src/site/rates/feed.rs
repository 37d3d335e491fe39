//! `/rates.rss` and `/rates.atom`: the fixings as they move.

use axum::response::{IntoResponse, Response};
use courant_formats::feed::{Feed, FeedEntry, FeedHistory, write_atom, write_rss};
use courant_projections::site::FixingLine;
use courant_rates::{Currency, Source};
use jiff::Timestamp;

use super::converter::{bad_parameter_json, lang};
use super::query::{Query, target};
use super::{SiteState, tags};
use crate::site::address::ListForm;
use crate::site::answer::{self, Refused};
use crate::site::feeds;
use crate::words::{UiLanguage, Words};

/// How many fixings a feed has.
const ENTRIES: usize = 30;
/// How long a reader may keep it, in minutes.
const TTL_MINUTES: u32 = 5;

pub(in crate::site) fn page(state: &SiteState, form: ListForm, query: &str) -> Result<Response, Refused> {
    let query = Query::read(query);
    let (language, words) = (query.language(), Words::of(query.language()));
    let source = match query.get("source").map(|_| query.source()).transpose() {
        Ok(source) => source,
        Err(bad) => return Ok(bad_parameter_json(&bad).into_response()),
    };
    let lines = state.site.fixings(source.map(Source::name).as_ref(), ENTRIES)?;
    let parameters = [("source", source.map_or("", |source| source.facts().slug)), ("lang", &lang(language))];
    let own = target(&format!("/rates{}", form.ending()), &parameters);
    let origin = &state.agency.origin;
    let feed = Feed {
        title: format!("{} · {}", words.t("rates"), state.agency.name).into(),
        description: words.with("rates-feed-description", "agency", &state.agency.name).into(),
        lang: Some(language.tag().into()),
        home_url: format!("{origin}{}", target("/rates", &parameters)).into(),
        self_url: format!("{origin}{own}").into(),
        next_url: None,
        history: FeedHistory::default(),
        licence_url: None,
        hub_url: feeds::hub_url(state),
        copyright: None,
        ttl_minutes: TTL_MINUTES,
        updated_at: lines.first().map_or(Timestamp::UNIX_EPOCH, |line| line.moved_at),
        entries: lines.iter().map(|line| entry(line, origin, language)).collect(),
        withdrawn: Vec::new(),
    };
    let answer = match form {
        ListForm::Rss => answer::form("application/rss+xml; charset=utf-8", write_rss(&feed)),
        ListForm::Atom => answer::form("application/atom+xml; charset=utf-8", write_atom(&feed)),
        ListForm::Html | ListForm::JsonFeed | ListForm::NewsMessage | ListForm::Package => {
            return Err(Refused::Broken("rates have no feed of this form".into()));
        }
    };
    let named = feeds::links(state, &feed.self_url)?;
    Ok(answer.header(http::header::LINK, named).until(tags()).canonical(own).into_response())
}

fn entry(line: &FixingLine, origin: &str, language: UiLanguage) -> FeedEntry {
    let (fixing, words) = (&line.fixing, Words::of(language));
    let bank = Source::parse(fixing.source.as_str()).map_or(fixing.source.as_str(), |source| source.facts().bank);
    let on = fixing.dated.to_string();
    let path = target("/rates", &[("source", fixing.source.as_str()), ("on", &on), ("lang", &lang(language))]);
    let mut rows = String::new();
    for quote in fixing.quotes() {
        let name = Currency::find(quote.currency).map_or("", |currency| currency.name);
        rows.push_str(&format!(
            "<tr><th>{} {}</th><td>{}</td><td>{name}</td></tr>",
            quote.nominal,
            quote.currency,
            quote.rate.with_point()
        ));
    }
    FeedEntry {
        id: format!("urn:courant:fixing:{}:{}:{}", fixing.source, fixing.dated, line.seq).into(),
        url: format!("{origin}{path}").into(),
        title: format!("{bank}: {}", words.date(fixing.dated)).into(),
        summary: Some(words.count("rates-count", fixing.quotes().len() as u64).into()),
        content_html: format!("<table>{rows}</table>"),
        authors: vec![bank.into()],
        published_at: line.moved_at,
        updated_at: line.moved_at,
        categories: Vec::new(),
        picture: None,
        lang: language.tag().into(),
        rights: None,
        seq: line.seq.0,
        version: 1,
    }
}
