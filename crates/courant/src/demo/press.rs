//! Other media and partners of the demonstration: outlets that nobody runs, at addresses that are reserved (RFC 2606), with headlines of
//! our own.

use std::sync::Arc;

use anyhow::Context;
use courant_news::press::{
    Agreement, AgreementState, DecidedBy, Difference, DifferenceKind, DifferenceState, Evidence, MatchKind, PartnerId, PressLicence,
    PressMatch, PressSource, PressSubject, ReportId, Shared, SharedKind, SourceId, Teaser, TeaserUse, TrustRelation, WebAddress,
};
use courant_news::{DossierSlug, Guid, Headline, Lang, Lead, WireEvent};
use courant_wire::WireStore;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::Deserialize;

use super::content;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sources: Vec<SourceFile>,
    matches: Vec<MatchFile>,
    partners: Vec<PartnerFile>,
    teasers: Vec<TeaserFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    id: String,
    outlet: String,
    home: String,
    lang: String,
    licence: String,
    terms: Option<String>,
    #[serde(default)]
    paywalled: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatchFile {
    story: Option<String>,
    dossier: Option<String>,
    source: String,
    /// Seconds after the story first moved, of a dossier after the start.
    after: i64,
    lang: String,
    kind: String,
    score: u16,
    #[serde(default)]
    editor: bool,
    headline: String,
    link: String,
    shared: Vec<(String, String, String)>,
    differs: Vec<(String, String, String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartnerFile {
    id: String,
    name: String,
    home: String,
    topics: Vec<String>,
    languages: Vec<String>,
    per_day: u16,
    embargo_minutes: u32,
    #[serde(rename = "use")]
    uses: String,
    trust: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeaserFile {
    partner: String,
    /// Seconds after the start.
    after: i64,
    lang: String,
    topics: Vec<String>,
    headline: String,
    summary: String,
    link: String,
}

/// The agreements and the outlets, before anything moves.
pub(super) fn agreements(at: Timestamp) -> anyhow::Result<Vec<WireEvent>> {
    let file = read()?;
    let sources = file.sources.iter().map(|source| Ok(WireEvent::DescribeSource(Arc::new(source.described()?))));
    let partners = file.partners.iter().map(|partner| Ok(WireEvent::DescribePartner(Arc::new(partner.agreed(at)?))));
    sources.chain(partners).collect()
}

/// What they report, once the stories of the past have moved.
pub(super) fn reports(start: Timestamp, wire: &dyn WireStore) -> anyhow::Result<Vec<WireEvent>> {
    let file = read()?;
    let matches = file.matches.iter().map(|found| Ok(WireEvent::MatchReport(Arc::new(found.found(start, wire)?))));
    let teasers = file.teasers.iter().map(|teaser| Ok(WireEvent::Tease(Arc::new(teaser.shown(start)?))));
    matches.chain(teasers).collect()
}

fn read() -> anyhow::Result<File> {
    serde_json::from_str(&content::text("press.json")?).context("press.json of the sample content")
}

impl SourceFile {
    fn described(&self) -> anyhow::Result<PressSource> {
        let (home, feed) = (WebAddress::parse(&self.home)?, WebAddress::parse(&format!("{}feed.xml", self.home))?);
        let source = PressSource::new(SourceId::parse(&self.id)?, &self.outlet, home, feed, Lang::parse(&self.lang)?)?;
        let licence = known(&self.licence, PressLicence::from_word)?;
        Ok(PressSource { is_paywalled: self.paywalled, ..source.under(licence, self.terms.as_deref(), None)? })
    }
}

impl MatchFile {
    fn found(&self, start: Timestamp, wire: &dyn WireStore) -> anyhow::Result<PressMatch> {
        let (about, from) = match (&self.story, &self.dossier) {
            (Some(story), None) => {
                let guid = Guid::parse(story)?;
                let moved = wire.story(&guid)?.with_context(|| format!("{guid} has not moved"))?;
                (PressSubject::Story(guid), moved.latest.times.first_moved_at)
            }
            (None, Some(dossier)) => (PressSubject::Dossier(DossierSlug::parse(dossier)?), start),
            _ => anyhow::bail!("a match is about a story or about a dossier"),
        };
        let shared = |(kind, ours, theirs): &(String, String, String)| -> anyhow::Result<Shared> {
            Ok(Shared::new(known(kind, SharedKind::from_word)?, ours, theirs)?)
        };
        let differs = |(kind, ours, theirs, state): &(String, String, String, String)| -> anyhow::Result<Difference> {
            let difference = Difference::new(known(kind, DifferenceKind::from_word)?, ours, theirs)?;
            Ok(difference.judged(known(state, DifferenceState::from_word)?))
        };
        let published_at = from.saturating_add(SignedDuration::from_secs(self.after))?;
        let found = PressMatch {
            about,
            source: SourceId::parse(&self.source)?,
            report: ReportId::parse(&self.link)?,
            headline: Headline::parse(&self.headline)?,
            link: WebAddress::parse(&self.link)?,
            published_at: Some(published_at),
            seen_at: published_at.saturating_add(1.minute())?,
            lang: Lang::parse(&self.lang)?,
            is_paywalled: self.source == "mihon-shimbun",
            kind: known(&self.kind, MatchKind::from_word)?,
            evidence: Evidence::new(self.score, self.shared.iter().map(shared).collect::<Result<_, _>>()?)?,
            differs: self.differs.iter().map(differs).collect::<Result<_, _>>()?,
            decided_by: if self.editor { DecidedBy::Editor } else { DecidedBy::Machine },
        };
        Ok(found.checked()?)
    }
}

impl PartnerFile {
    fn agreed(&self, since: Timestamp) -> anyhow::Result<Agreement> {
        let agreed = Agreement::new(PartnerId::parse(&self.id)?, &self.name, WebAddress::parse(&self.home)?, since)?;
        let languages = self.languages.iter().map(|lang| Lang::parse(lang)).collect::<Result<_, _>>()?;
        let mut agreed = agreed.covering(&self.topics, languages)?.within(self.per_day, self.embargo_minutes, None)?;
        agreed.uses = known(&self.uses, TeaserUse::from_word)?;
        agreed.trust = Some(known(&self.trust, TrustRelation::from_word)?);
        agreed.state = AgreementState::Active;
        Ok(agreed)
    }
}

impl TeaserFile {
    fn shown(&self, start: Timestamp) -> anyhow::Result<Teaser> {
        let at = start.saturating_add(SignedDuration::from_secs(self.after))?;
        let (link, lang) = (WebAddress::parse(&self.link)?, Lang::parse(&self.lang)?);
        let teaser =
            Teaser::new(PartnerId::parse(&self.partner)?, ReportId::parse(&self.link)?, Headline::parse(&self.headline)?, link, lang, at);
        let mut teaser = teaser.about(&self.topics)?;
        teaser.summary = Some(Lead::parse(&self.summary)?);
        teaser.published_at = Some(at);
        Ok(teaser)
    }
}

fn known<T>(word: &str, read: impl Fn(&str) -> Option<T>) -> anyhow::Result<T> {
    read(word).with_context(|| format!("the word {word} in press.json of the sample content is not known"))
}
