//! Partners: what they offer is taken as their agreements allow, and whether they name us in turn is looked up.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use courant_news::press::{Agreement, PressSource, ReportId, SourceId, Teaser, TeaserAnswer, TrustRelation, WebAddress};
use courant_news::{Headline, Lang, Lead};
use courant_press::fetching::Validators;
use courant_projections::site::TakenLine;
use jiff::{SignedDuration, Timestamp};
use tokio::runtime::Runtime;

use super::ask::{Asker, Got};
use super::document::{self, Reported};
use crate::clock;
use crate::config::{self, Press};
use crate::fetch::{self, Url};

/// What is older when it is offered is no news.
const OFFERED_FOR: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Asks partners, as sources of other media are asked.
pub(crate) struct Partners {
    press: Press,
    asker: Asker,
    runtime: Runtime,
}

/// What came of what a partner offers.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Sorted {
    /// What may be shown now.
    pub(crate) now: Vec<Teaser>,
    /// How many may be shown later, and from when the first.
    pub(crate) n_later: usize,
    pub(crate) first_later: Option<Timestamp>,
    /// How many may not, by reason.
    pub(crate) refused: BTreeMap<String, usize>,
}

/// What a partner says of us.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InTurn {
    /// Its trust.txt has the line that answers ours.
    Named { at: String, line: String },
    /// It names us, but not as the agreement says.
    Otherwise { at: String, line: String },
    /// Its page leads to us.
    Linked { at: String },
    /// Nothing there names us.
    Silent { at: String },
}

impl Partners {
    pub(crate) fn new(config: Option<&Path>) -> anyhow::Result<Self> {
        let press = config::press(config)?;
        let asker = Asker::new(&press)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot wait for the network")?;
        Ok(Self { press, asker, runtime })
    }

    /// What the partner offers now, by its feed.
    pub(crate) fn offers(&self, agreed: &Agreement) -> anyhow::Result<Vec<Teaser>> {
        let feed = agreed
            .feed
            .as_ref()
            .with_context(|| format!("the agreement with {} names no feed; add it again with --feed", agreed.partner))?;
        let asked = self.runtime.block_on(self.asker.ask(feed.as_str(), &Validators::default()));
        let (bytes, url, charset) = match asked.got {
            Ok(Got::Document { bytes, url, charset, .. }) => (bytes, url, charset),
            Ok(Got::NotModified) => return Ok(Vec::new()),
            Ok(Got::Gone) => anyhow::bail!("{feed} is gone; ask {} where its feed is now", agreed.name, feed = feed.as_str()),
            Err(unanswered) => anyhow::bail!(unanswered.problem),
        };
        let now = clock::now();
        let lang = agreed.languages().first().cloned().unwrap_or_else(Lang::english);
        let source = PressSource::new(SourceId::parse(agreed.partner.as_str())?, &agreed.name, agreed.home.clone(), feed.clone(), lang)?;
        let from = document::From { source: &source, url: &url, charset: charset.as_deref(), origin: self.press.origin.as_deref(), now };
        let read = document::read(&bytes, &from).map_err(|problem| anyhow::anyhow!(problem))?;
        for fault in &read.faults {
            tracing::info!("{}: {fault}", agreed.partner);
        }
        // What cannot be a teaser, such as a headline that is too long, is left out.
        Ok(read.reports.iter().filter_map(|report| teaser(agreed, report, &source.lang, now).ok()).collect())
    }

    /// Whether the partner names us: in its trust.txt as the agreement says, else on its page.
    pub(crate) fn in_turn(&self, agreed: &Agreement) -> anyhow::Result<InTurn> {
        let ours = self.press.origin.as_deref().context("nobody can name a site without an address; set origin in the configuration")?;
        let ours = host_of(ours).with_context(|| format!("origin {ours} is no address"))?;
        let home = Url::parse(agreed.home.as_str()).with_context(|| format!("{} is no address", agreed.home.as_str()))?;
        let at = home.join("/trust.txt")?.to_string();
        if let Some(text) = self.text(&at)?
            && let Some((is_agreed, line)) = line_about(&text, &ours, agreed.trust)
        {
            return Ok(if is_agreed { InTurn::Named { at, line } } else { InTurn::Otherwise { at, line } });
        }
        let at = home.to_string();
        let page = self.text(&at)?.unwrap_or_default();
        Ok(if leads_to(&page, &ours) { InTurn::Linked { at } } else { InTurn::Silent { at } })
    }

    /// What stands there; `None` when nothing does.
    fn text(&self, address: &str) -> anyhow::Result<Option<String>> {
        let got = self.runtime.block_on(async {
            let answer = self.asker.client.get(address, &fetch::Validators::default()).await?;
            if !answer.status().is_success() {
                return Ok(None);
            }
            answer.read(&self.asker.client).await.map(Some)
        });
        let bytes = got.map_err(|unanswered: fetch::Unanswered| anyhow::anyhow!(unanswered.problem))?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

fn teaser(agreed: &Agreement, report: &Reported, lang: &Lang, now: Timestamp) -> anyhow::Result<Teaser> {
    let lang = if report.lang.is_empty() { lang.clone() } else { Lang::parse(&report.lang)? };
    let (id, link) = (ReportId::parse(&report.guid)?, WebAddress::parse(&report.link)?);
    let topics: Vec<&String> =
        report.topics.iter().filter(|topic| courant_news::slugify(topic).is_some()).take(Teaser::TOPICS_MAX).collect();
    let mut teaser = Teaser::new(agreed.partner.clone(), id, Headline::parse(&report.headline)?, link, lang, now).about(&topics)?;
    teaser.summary = Lead::parse(&report.summary).ok();
    teaser.published_at = report.published.filter(|published| *published <= now);
    Ok(teaser)
}

/// What of the offers may be shown, the newest first. What has been shown already, or withdrawn by an editor, is not offered again unless
/// its words changed.
pub(crate) fn sorted(agreed: &Agreement, mut offers: Vec<Teaser>, taken: &[TakenLine], now: Timestamp) -> Sorted {
    let mut began: Vec<Timestamp> = taken.iter().map(|line| line.began_at).collect();
    let mut sorted = Sorted::default();
    offers.sort_by_key(|offer| std::cmp::Reverse(offer.reported_at()));
    for offer in offers {
        match taken.iter().find(|line| line.report == offer.report) {
            Some(TakenLine { teaser: Some(shown), .. }) if (&shown.headline, &shown.link) != (&offer.headline, &offer.link) => {
                sorted.now.push(offer);
                continue;
            }
            Some(_) => continue,
            None => {}
        }
        if OFFERED_FOR < now.duration_since(offer.reported_at()) {
            *sorted.refused.entry("it is older than three days".to_owned()).or_default() += 1;
            continue;
        }
        match agreed.answer(&offer, &began, now) {
            TeaserAnswer::Now => {
                began.push(now);
                sorted.now.push(offer);
            }
            TeaserAnswer::From(at) => {
                sorted.n_later += 1;
                sorted.first_later = Some(sorted.first_later.map_or(at, |first| first.min(at)));
            }
            TeaserAnswer::No(reason) => *sorted.refused.entry(reason.to_string()).or_default() += 1,
        }
    }
    sorted
}

/// The line of a trust.txt that names our host; first the one that answers ours.
fn line_about(text: &str, ours: &str, relation: Option<TrustRelation>) -> Option<(bool, String)> {
    let expected = relation.map(|relation| match relation {
        TrustRelation::Member => "belongto",
        TrustRelation::BelongTo => "member",
    });
    let named = text.lines().filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        (host_of(value.trim()).as_deref() == Some(ours)).then(|| (name.trim().to_ascii_lowercase(), line.trim().to_owned()))
    });
    let mut all: Vec<(bool, String)> = named.map(|(name, line)| (expected.is_none_or(|expected| expected == name), line)).collect();
    all.sort_by_key(|(is_agreed, _)| !is_agreed);
    all.into_iter().next()
}

/// Whether a page leads to a site: one of its addresses has that host.
fn leads_to(page: &str, ours: &str) -> bool {
    let mut addresses = page.split(['"', '\'', ' ', '>']).filter(|part| part.starts_with("http://") || part.starts_with("https://"));
    addresses.any(|address| host_of(address).as_deref() == Some(ours))
}

fn host_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use courant_news::press::PartnerId;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn agreement() -> Agreement {
        let home = WebAddress::parse("https://harbour.example/").unwrap();
        let agreed = Agreement::new(PartnerId::parse("harbour").unwrap(), "Harbour Wire", home, at(0)).unwrap();
        agreed.covering(&["economy"], vec![Lang::english()]).unwrap().within(2, 30, Some(at(12_000))).unwrap()
    }

    fn offer(guid: &str, lang: &str, topic: &str, minute: i64) -> Teaser {
        let report = Reported {
            guid: guid.into(),
            link: format!("https://harbour.example/{guid}"),
            headline: format!("Headline {guid}"),
            lang: lang.into(),
            published: Some(at(minute)),
            topics: vec![topic.into(), "!".into()],
            ..Reported::default()
        };
        teaser(&agreement(), &report, &Lang::english(), at(9_000)).unwrap()
    }

    #[test]
    fn offers_are_taken_as_agreed_and_no_further() {
        let offers = vec![
            offer("old", "en", "economy", 100),
            offer("a", "en", "Economy", 8_000),
            offer("b", "en", "economy", 8_500),
            offer("c", "en", "economy", 8_400),
            offer("fresh", "en", "economy", 8_990),
            offer("ru", "ru", "economy", 8_600),
            offer("sport", "en", "sport", 8_600),
        ];
        let sorted = sorted(&agreement(), offers.clone(), &[], at(9_000));
        let names: Vec<&str> = sorted.now.iter().map(|offer| offer.report.as_str()).collect();
        assert_eq!(names, ["b", "c"], "the newest of what is covered, two a day");
        assert_eq!((sorted.n_later, sorted.first_later), (2, Some(at(9_020))), "one is theirs alone for now, one waits for the next day");
        let why: Vec<(&str, usize)> = sorted.refused.iter().map(|(why, n)| (why.as_str(), *n)).collect();
        assert_eq!(
            why,
            [
                ("it is older than three days", 1),
                ("the agreement does not cover its language", 1),
                ("the agreement does not cover what it is about", 1)
            ]
        );
        let line = |offer: &Teaser, teaser| TakenLine { report: offer.report.clone(), began_at: at(8_900), teaser };
        let mut renamed = sorted.now[0].clone();
        renamed.headline = Headline::parse("Another").unwrap();
        let taken = [line(&sorted.now[0], Some(renamed)), line(&sorted.now[1], None)];
        let again = super::sorted(&agreement(), offers, &taken, at(9_001));
        let names: Vec<&str> = again.now.iter().map(|offer| offer.report.as_str()).collect();
        assert_eq!(names, ["b"], "its words changed; what an editor withdrew does not come back");
        let ended = super::sorted(&agreement(), again.now, &[], at(12_000));
        assert!(ended.now.is_empty() && ended.refused.contains_key("the agreement is not in force"), "{ended:?}");
    }

    #[test]
    fn a_partner_names_us_in_turn_or_not() {
        let text = "# trust\nmember=https://a.example/\nbelongto = https://Courant.example/\ncontrol=https://courant.example";
        let found = |relation| line_about(text, "courant.example", relation);
        assert_eq!(found(Some(TrustRelation::Member)), Some((true, "belongto = https://Courant.example/".to_owned())));
        assert_eq!(found(Some(TrustRelation::BelongTo)).map(|(is_agreed, _)| is_agreed), Some(false));
        assert!(found(None).unwrap().0, "the agreement says nothing of how");
        assert_eq!(line_about("member=https://courant.example.evil.example/", "courant.example", None), None);
        assert!(leads_to("<a href=\"https://courant.example/\">", "courant.example"));
        assert!(!leads_to("<a href=\"https://other.example/?u=https://courant.example/\">", "courant.example"));
    }
}
