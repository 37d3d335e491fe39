//! The stored form of other media and of partners.

use courant_news as news;
use jiff::Timestamp;
use news::press;
use serde::{Deserialize, Serialize};

use super::{CodecError, Text, instant, text};

#[derive(Serialize, Deserialize)]
pub(super) struct SourceV1 {
    id: Text,
    outlet: Text,
    home: Text,
    feed: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    form: Option<Text>,
    lang: Text,
    licence: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    terms: Option<Text>,
    weight: u8,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    is_paywalled: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    contact: Option<Text>,
    state: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reason: Option<Text>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MatchV1 {
    about: SubjectV1,
    source: Text,
    report: Text,
    headline: Text,
    link: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    published_us: Option<i64>,
    seen_us: i64,
    lang: Text,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    is_paywalled: bool,
    kind: Text,
    score: u16,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    shared: Vec<(Text, Text, Text)>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    differs: Vec<DifferenceV1>,
    decided_by: Text,
}

#[derive(Serialize, Deserialize)]
enum SubjectV1 {
    #[serde(rename = "story")]
    Story(Text),
    #[serde(rename = "dossier")]
    Dossier(Text),
}

#[derive(Serialize, Deserialize)]
struct DifferenceV1 {
    kind: Text,
    ours: Text,
    theirs: Text,
    state: Text,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ReportNoticeV1 {
    outlet: (Text, Text),
    report: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    about: Option<SubjectV1>,
    reason: Text,
}

#[derive(Serialize, Deserialize)]
pub(super) struct AgreementV1 {
    partner: Text,
    name: Text,
    home: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    feed: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    topics: Vec<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    languages: Vec<Text>,
    per_day: u16,
    embargo_minutes: u32,
    uses: Text,
    since_us: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    until_us: Option<i64>,
    state: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    trust: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    label: Option<Text>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct TeaserV1 {
    partner: Text,
    report: Text,
    headline: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    summary: Option<Text>,
    link: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    published_us: Option<i64>,
    seen_us: i64,
    lang: Text,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    topics: Vec<Text>,
}

pub(super) fn source_to_stored(source: &press::PressSource) -> SourceV1 {
    SourceV1 {
        id: source.id.to_string(),
        outlet: source.outlet.as_ref().into(),
        home: source.home.to_string(),
        feed: source.feed.to_string(),
        form: source.form.map(|form| form.as_str().into()),
        lang: source.lang.to_string(),
        licence: source.licence.as_str().into(),
        terms: text(source.terms.as_deref()),
        weight: source.weight,
        is_paywalled: source.is_paywalled,
        contact: text(source.contact.as_deref()),
        state: source.state.as_str().into(),
        reason: source.reason.as_ref().map(ToString::to_string),
    }
}

pub(super) fn source_from_stored(stored: &SourceV1) -> Result<press::PressSource, CodecError> {
    let (home, feed) = (press::WebAddress::parse(&stored.home)?, press::WebAddress::parse(&stored.feed)?);
    let source =
        press::PressSource::new(press::SourceId::parse(&stored.id)?, &stored.outlet, home, feed, news::Lang::parse(&stored.lang)?)?;
    let licence = word("licence", &stored.licence, press::PressLicence::from_word)?;
    let source = source.under(licence, stored.terms.as_deref(), stored.contact.as_deref())?.weighing(stored.weight)?;
    Ok(press::PressSource {
        form: stored.form.as_deref().map(|form| word("form of a feed", form, press::FeedForm::from_word)).transpose()?,
        is_paywalled: stored.is_paywalled,
        state: word("state of a source", &stored.state, press::SourceState::from_word)?,
        reason: stored.reason.as_deref().map(news::Reason::parse).transpose()?,
        ..source
    })
}

pub(super) fn match_to_stored(found: &press::PressMatch) -> MatchV1 {
    let shared = |shared: &press::Shared| (shared.kind.as_str().into(), shared.ours.as_ref().into(), shared.theirs.as_ref().into());
    MatchV1 {
        about: subject_to_stored(&found.about),
        source: found.source.to_string(),
        report: found.report.to_string(),
        headline: found.headline.to_string(),
        link: found.link.to_string(),
        published_us: found.published_at.map(Timestamp::as_microsecond),
        seen_us: found.seen_at.as_microsecond(),
        lang: found.lang.to_string(),
        is_paywalled: found.is_paywalled,
        kind: found.kind.as_str().into(),
        score: found.evidence.score(),
        shared: found.evidence.shared().iter().map(shared).collect(),
        differs: found.differs.iter().map(difference_to_stored).collect(),
        decided_by: found.decided_by.as_str().into(),
    }
}

pub(super) fn match_from_stored(stored: &MatchV1) -> Result<press::PressMatch, CodecError> {
    let shared = |(kind, ours, theirs): &(Text, Text, Text)| -> Result<press::Shared, CodecError> {
        Ok(press::Shared::new(word("kind of evidence", kind, press::SharedKind::from_word)?, ours, theirs)?)
    };
    let shared = stored.shared.iter().map(shared).collect::<Result<_, _>>()?;
    let found = press::PressMatch {
        about: subject_from_stored(&stored.about)?,
        source: press::SourceId::parse(&stored.source)?,
        report: press::ReportId::parse(&stored.report)?,
        headline: news::Headline::parse(&stored.headline)?,
        link: press::WebAddress::parse(&stored.link)?,
        published_at: stored.published_us.map(instant).transpose()?,
        seen_at: instant(stored.seen_us)?,
        lang: news::Lang::parse(&stored.lang)?,
        is_paywalled: stored.is_paywalled,
        kind: word("kind of match", &stored.kind, press::MatchKind::from_word)?,
        evidence: press::Evidence::new(stored.score, shared)?,
        differs: stored.differs.iter().map(difference_from_stored).collect::<Result<_, _>>()?,
        decided_by: word("decision", &stored.decided_by, press::DecidedBy::from_word)?,
    };
    Ok(found.checked()?)
}

fn subject_to_stored(about: &press::PressSubject) -> SubjectV1 {
    match about {
        press::PressSubject::Story(guid) => SubjectV1::Story(guid.to_string()),
        press::PressSubject::Dossier(slug) => SubjectV1::Dossier(slug.to_string()),
    }
}

fn subject_from_stored(stored: &SubjectV1) -> Result<press::PressSubject, CodecError> {
    Ok(match stored {
        SubjectV1::Story(guid) => press::PressSubject::Story(news::Guid::parse(guid)?),
        SubjectV1::Dossier(slug) => press::PressSubject::Dossier(news::DossierSlug::parse(slug)?),
    })
}

fn difference_to_stored(difference: &press::Difference) -> DifferenceV1 {
    DifferenceV1 {
        kind: difference.kind.as_str().into(),
        ours: difference.ours.as_ref().into(),
        theirs: difference.theirs.as_ref().into(),
        state: difference.state.as_str().into(),
    }
}

fn difference_from_stored(stored: &DifferenceV1) -> Result<press::Difference, CodecError> {
    let kind = word("kind of difference", &stored.kind, press::DifferenceKind::from_word)?;
    let state = word("state of a difference", &stored.state, press::DifferenceState::from_word)?;
    Ok(press::Difference::new(kind, &stored.ours, &stored.theirs)?.judged(state))
}

pub(super) fn notice_to_stored(notice: &press::ReportNotice) -> ReportNoticeV1 {
    ReportNoticeV1 {
        outlet: (notice.outlet.kind().into(), notice.outlet.name().into()),
        report: notice.report.to_string(),
        about: notice.about.as_ref().map(subject_to_stored),
        reason: notice.reason.to_string(),
    }
}

pub(super) fn notice_from_stored(stored: &ReportNoticeV1) -> Result<press::ReportNotice, CodecError> {
    Ok(press::ReportNotice {
        outlet: press::Outlet::of(&stored.outlet.0, &stored.outlet.1)?,
        report: press::ReportId::parse(&stored.report)?,
        about: stored.about.as_ref().map(subject_from_stored).transpose()?,
        reason: news::Reason::parse(&stored.reason)?,
    })
}

pub(super) fn agreement_to_stored(agreed: &press::Agreement) -> AgreementV1 {
    AgreementV1 {
        partner: agreed.partner.to_string(),
        name: agreed.name.as_ref().into(),
        home: agreed.home.to_string(),
        feed: agreed.feed.as_ref().map(ToString::to_string),
        topics: agreed.topics().iter().map(|topic| topic.as_ref().into()).collect(),
        languages: agreed.languages().iter().map(ToString::to_string).collect(),
        per_day: agreed.per_day,
        embargo_minutes: agreed.embargo_minutes,
        uses: agreed.uses.as_str().into(),
        since_us: agreed.since.as_microsecond(),
        until_us: agreed.until.map(Timestamp::as_microsecond),
        state: agreed.state.as_str().into(),
        trust: agreed.trust.map(|trust| trust.as_str().into()),
        label: text(agreed.label.as_deref()),
    }
}

pub(super) fn agreement_from_stored(stored: &AgreementV1) -> Result<press::Agreement, CodecError> {
    let home = press::WebAddress::parse(&stored.home)?;
    let agreed = press::Agreement::new(press::PartnerId::parse(&stored.partner)?, &stored.name, home, instant(stored.since_us)?)?;
    let languages = stored.languages.iter().map(|lang| news::Lang::parse(lang)).collect::<Result<_, _>>()?;
    let agreed = agreed.covering(&stored.topics, languages)?.labelled(stored.label.as_deref())?;
    let mut agreed = agreed.within(stored.per_day, stored.embargo_minutes, stored.until_us.map(instant).transpose()?)?;
    agreed.feed = stored.feed.as_deref().map(press::WebAddress::parse).transpose()?;
    agreed.uses = word("use", &stored.uses, press::TeaserUse::from_word)?;
    agreed.state = word("state of an agreement", &stored.state, press::AgreementState::from_word)?;
    agreed.trust = stored.trust.as_deref().map(|trust| word("relation of trust", trust, press::TrustRelation::from_word)).transpose()?;
    Ok(agreed)
}

pub(super) fn teaser_to_stored(teaser: &press::Teaser) -> TeaserV1 {
    TeaserV1 {
        partner: teaser.partner.to_string(),
        report: teaser.report.to_string(),
        headline: teaser.headline.to_string(),
        summary: teaser.summary.as_ref().map(ToString::to_string),
        link: teaser.link.to_string(),
        published_us: teaser.published_at.map(Timestamp::as_microsecond),
        seen_us: teaser.seen_at.as_microsecond(),
        lang: teaser.lang.to_string(),
        topics: teaser.topics().iter().map(|topic| topic.as_ref().into()).collect(),
    }
}

pub(super) fn teaser_from_stored(stored: &TeaserV1) -> Result<press::Teaser, CodecError> {
    let mut teaser = press::Teaser::new(
        press::PartnerId::parse(&stored.partner)?,
        press::ReportId::parse(&stored.report)?,
        news::Headline::parse(&stored.headline)?,
        press::WebAddress::parse(&stored.link)?,
        news::Lang::parse(&stored.lang)?,
        instant(stored.seen_us)?,
    )
    .about(&stored.topics)?;
    teaser.summary = stored.summary.as_deref().map(news::Lead::parse).transpose()?;
    teaser.published_at = stored.published_us.map(instant).transpose()?;
    Ok(teaser)
}

fn word<T>(what: &str, word: &str, read: impl Fn(&str) -> Option<T>) -> Result<T, CodecError> {
    read(word).ok_or_else(|| CodecError::new(format_args!("the {what} {word} is unknown")))
}
