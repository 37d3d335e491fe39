//! Codec 1: JSON with short names, empty fields left out.
//!
//! Do not change what is here in any way that alters written bytes or stops old bytes from being read.

mod dossier;
mod fixing;
mod photo;
mod press;

use std::sync::Arc;

use courant_news as news;
use jiff::Timestamp;
use news::{NewsItem, WireEvent};
use serde::{Deserialize, Serialize};

use super::CodecError;

type Text = String;

#[derive(Serialize, Deserialize)]
struct EventV1 {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    item: Option<ItemV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    notice: Option<NoticeV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    note: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    advisory: Option<AdvisoryV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    dossier: Option<dossier::DossierV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    fixing: Option<fixing::FixingV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    photo: Option<photo::PhotoV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    photo_notice: Option<photo::PhotoNoticeV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    front: Option<FrontV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    merge: Option<dossier::MergeV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    source: Option<press::SourceV1>,
    #[serde(rename = "match", skip_serializing_if = "Option::is_none", default)]
    matched: Option<press::MatchV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    report_notice: Option<press::ReportNoticeV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    partner: Option<press::AgreementV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    teaser: Option<press::TeaserV1>,
}

#[derive(Serialize, Deserialize)]
struct FrontV1 {
    edition: Text,
    stories: Vec<Text>,
}

#[derive(Serialize, Deserialize)]
struct ItemV1 {
    guid: Text,
    version: u32,
    #[serde(rename = "type")]
    item_type: Text,
    status: Text,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    signals: Vec<Text>,
    urgency: u8,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    slugline: Option<Text>,
    headline: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    headline_short: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    lead: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    by: Vec<BylineV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    dateline: Option<DatelineV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    body: Vec<BlockV1>,
    lang: Text,
    section: Text,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    subjects: Vec<NamedV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    dossiers: Vec<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    places: Vec<PlaceV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    people: Vec<NamedV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    organisations: Vec<NamedV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    keywords: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    genre: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    associations: Vec<AssociationV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    source: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    copyright_holder: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    copyright_notice: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    usage_terms: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ednote: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sign_off: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    embargo_us: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    evolved_from: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    corrections: Vec<CorrectionV1>,
    version_created_us: i64,
    first_moved_us: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    updated_us: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    corrected_us: Option<i64>,
}

#[derive(Serialize, Deserialize)]
struct BylineV1 {
    name: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    role: Option<Text>,
}

#[derive(Serialize, Deserialize)]
struct NamedV1 {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    uri: Option<Text>,
    name: Text,
}

#[derive(Serialize, Deserialize)]
struct PlaceV1 {
    name: Text,
    slug: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    country: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    country_code: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    point: Option<(f64, f64)>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    zone: Option<Text>,
}

#[derive(Serialize, Deserialize)]
struct DatelineV1 {
    place: PlaceV1,
    filed_us: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    mark: Option<Text>,
}

#[derive(Serialize, Deserialize)]
enum BlockV1 {
    #[serde(rename = "p")]
    Paragraph(Vec<InlineV1>),
    #[serde(rename = "h")]
    SubHead(Vec<InlineV1>),
    #[serde(rename = "quote")]
    Quote {
        paragraphs: Vec<Vec<InlineV1>>,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        speaker: Option<Text>,
    },
    #[serde(rename = "list")]
    List { numbered: bool, lines: Vec<Vec<InlineV1>> },
    #[serde(rename = "table")]
    Table {
        #[serde(skip_serializing_if = "Option::is_none", default)]
        caption: Option<Text>,
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        head: Vec<Vec<InlineV1>>,
        rows: Vec<Vec<Vec<InlineV1>>>,
    },
    #[serde(rename = "figure")]
    Figure(PictureV1),
    #[serde(rename = "correction")]
    Correction(Vec<InlineV1>),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum InlineV1 {
    Text(Text),
    Marked(MarkedV1),
}

#[derive(Serialize, Deserialize)]
enum MarkedV1 {
    #[serde(rename = "em")]
    Emphasis(Vec<InlineV1>),
    #[serde(rename = "strong")]
    Strong(Vec<InlineV1>),
    #[serde(rename = "a")]
    Link { href: Text, words: Vec<InlineV1> },
    #[serde(rename = "money")]
    Money { words: Text, amount: Text, currency: Text },
    #[serde(rename = "time")]
    Time { words: Text, at_us: i64 },
    /// With an (empty) object, so that it cannot be mistaken for the word `br`.
    #[serde(rename = "br")]
    Break {},
}

#[derive(Serialize, Deserialize)]
struct PictureV1 {
    caption: Text,
    credit: Text,
    alt: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    copyright_notice: Option<Text>,
    #[serde(skip_serializing_if = "photo::TermsV1::are_none", default)]
    terms: photo::TermsV1,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    photo: Option<Text>,
    renditions: Vec<RenditionV1>,
}

#[derive(Serialize, Deserialize)]
struct RenditionV1 {
    href: Text,
    #[serde(rename = "type")]
    media_type: Text,
    width: u32,
    height: u32,
}

#[derive(Serialize, Deserialize)]
struct AssociationV1 {
    role: Text,
    picture: PictureV1,
}

#[derive(Serialize, Deserialize)]
struct CorrectionV1 {
    version: u32,
    at_us: i64,
    kind: Text,
    reason: Text,
}

#[derive(Serialize, Deserialize)]
struct NoticeV1 {
    guid: Text,
    version: u32,
    status: Text,
    reason: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ednote: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    slugline: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    headline: Option<Text>,
    slug: Text,
    section: Text,
    lang: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    dateline_place: Option<Text>,
    first_moved_us: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    was_embargoed: bool,
}

#[derive(Serialize, Deserialize)]
struct AdvisoryV1 {
    guid: Text,
    text: Text,
}

pub(super) fn encode(event: &WireEvent) -> Vec<u8> {
    let mut stored = EventV1 {
        item: event.item().map(|item| item_v1(item)),
        notice: event.notice().map(|notice| notice_v1(notice)),
        note: None,
        advisory: None,
        dossier: None,
        fixing: None,
        photo: None,
        photo_notice: None,
        front: None,
        merge: None,
        source: None,
        matched: None,
        report_notice: None,
        partner: None,
        teaser: None,
    };
    match event {
        WireEvent::Update { note, .. } | WireEvent::Refile { note, .. } | WireEvent::Release { note, .. } => {
            stored.note = note.as_ref().map(ToString::to_string);
        }
        WireEvent::Advise(advisory) => {
            stored.advisory = Some(AdvisoryV1 { guid: advisory.guid.to_string(), text: advisory.text.to_string() });
        }
        WireEvent::DescribeDossier(described) => stored.dossier = Some(dossier::to_stored(described)),
        WireEvent::MergeDossier(merge) => stored.merge = Some(dossier::merge_to_stored(merge)),
        WireEvent::RankFront(rank) => {
            let stories = rank.stories().iter().map(ToString::to_string).collect();
            stored.front = Some(FrontV1 { edition: rank.edition.to_string(), stories });
        }
        WireEvent::Fix(fixed) => stored.fixing = Some(fixing::to_stored(fixed)),
        WireEvent::DescribePhoto(described) => stored.photo = Some(photo::to_stored(described)),
        WireEvent::KillPhoto(notice) => stored.photo_notice = Some(photo::notice_to_stored(notice)),
        WireEvent::DescribeSource(source) => stored.source = Some(press::source_to_stored(source)),
        WireEvent::MatchReport(found) => stored.matched = Some(press::match_to_stored(found)),
        WireEvent::WithdrawReport(notice) => stored.report_notice = Some(press::notice_to_stored(notice)),
        WireEvent::DescribePartner(agreed) => stored.partner = Some(press::agreement_to_stored(agreed)),
        WireEvent::Tease(teaser) => stored.teaser = Some(press::teaser_to_stored(teaser)),
        WireEvent::Move(_)
        | WireEvent::Correct(_)
        | WireEvent::Repeat(_)
        | WireEvent::LiftEmbargo(_)
        | WireEvent::Withhold(_)
        | WireEvent::Kill(_)
        | WireEvent::TakeDown(_) => {}
    }
    serde_json::to_vec(&stored).expect("texts, numbers and lists always serialise")
}

pub(super) fn encode_item(item: &NewsItem) -> Vec<u8> {
    serde_json::to_vec(&item_v1(item)).expect("texts, numbers and lists always serialise")
}

pub(super) fn decode_item(bytes: &[u8]) -> Result<NewsItem, CodecError> {
    item(serde_json::from_slice(bytes)?)
}

pub(super) fn encode_dossier(described: &news::Dossier) -> Vec<u8> {
    serde_json::to_vec(&dossier::to_stored(described)).expect("texts, numbers and lists always serialise")
}

pub(super) fn decode_dossier(bytes: &[u8]) -> Result<news::Dossier, CodecError> {
    dossier::from_stored(serde_json::from_slice(bytes)?)
}

pub(super) fn decode(kind: &str, payload: &[u8]) -> Result<WireEvent, CodecError> {
    let stored: EventV1 = serde_json::from_slice(payload)?;
    let kind = news::EventKind::parse(kind).ok_or_else(|| CodecError::new(format_args!("the event kind {kind} is unknown")))?;
    let note = stored.note.map(|note| news::Reason::parse(&note)).transpose()?;
    let item = || match stored.item {
        Some(stored) => item(stored).map(Arc::new),
        None => Err(missing("item")),
    };
    let notice = || match stored.notice {
        Some(stored) => notice(stored).map(Arc::new),
        None => Err(missing("notice")),
    };
    Ok(match kind {
        news::EventKind::Move => WireEvent::Move(item()?),
        news::EventKind::Update => WireEvent::Update { item: item()?, note },
        news::EventKind::Correct => WireEvent::Correct(item()?),
        news::EventKind::Refile => WireEvent::Refile { item: item()?, note },
        news::EventKind::Repeat => WireEvent::Repeat(item()?),
        news::EventKind::LiftEmbargo => WireEvent::LiftEmbargo(item()?),
        news::EventKind::Withhold => WireEvent::Withhold(notice()?),
        news::EventKind::Release => WireEvent::Release { item: item()?, note },
        news::EventKind::Kill => WireEvent::Kill(notice()?),
        news::EventKind::TakeDown => WireEvent::TakeDown(notice()?),
        news::EventKind::Advise => {
            let stored = stored.advisory.ok_or_else(|| missing("advisory"))?;
            let guid = news::Guid::parse(&stored.guid)?;
            WireEvent::Advise(Arc::new(news::Advisory { guid, text: news::EdNote::parse(&stored.text)? }))
        }
        news::EventKind::DescribeDossier => {
            let stored = stored.dossier.ok_or_else(|| missing("dossier"))?;
            WireEvent::DescribeDossier(Arc::new(dossier::from_stored(stored)?))
        }
        news::EventKind::MergeDossier => {
            let stored = stored.merge.ok_or_else(|| missing("merge"))?;
            WireEvent::MergeDossier(Arc::new(dossier::merge_from_stored(&stored)?))
        }
        news::EventKind::Fix => {
            let stored = stored.fixing.ok_or_else(|| missing("fixing"))?;
            WireEvent::Fix(Arc::new(fixing::from_stored(&stored)?))
        }
        news::EventKind::DescribePhoto => {
            let stored = stored.photo.ok_or_else(|| missing("photo"))?;
            WireEvent::DescribePhoto(Arc::new(photo::from_stored(stored)?))
        }
        news::EventKind::KillPhoto => {
            let stored = stored.photo_notice.ok_or_else(|| missing("photo_notice"))?;
            WireEvent::KillPhoto(Arc::new(photo::notice_from_stored(&stored)?))
        }
        news::EventKind::RankFront => {
            let stored = stored.front.ok_or_else(|| missing("front"))?;
            let stories = stored.stories.iter().map(|guid| news::Guid::parse(guid)).collect::<Result<_, _>>()?;
            WireEvent::RankFront(Arc::new(news::FrontRank::new(news::Lang::parse(&stored.edition)?, stories)?))
        }
        news::EventKind::DescribeSource => {
            let stored = stored.source.ok_or_else(|| missing("source"))?;
            WireEvent::DescribeSource(Arc::new(press::source_from_stored(&stored)?))
        }
        news::EventKind::MatchReport => {
            let stored = stored.matched.ok_or_else(|| missing("match"))?;
            WireEvent::MatchReport(Arc::new(press::match_from_stored(&stored)?))
        }
        news::EventKind::WithdrawReport => {
            let stored = stored.report_notice.ok_or_else(|| missing("report_notice"))?;
            WireEvent::WithdrawReport(Arc::new(press::notice_from_stored(&stored)?))
        }
        news::EventKind::DescribePartner => {
            let stored = stored.partner.ok_or_else(|| missing("partner"))?;
            WireEvent::DescribePartner(Arc::new(press::agreement_from_stored(&stored)?))
        }
        news::EventKind::Tease => {
            let stored = stored.teaser.ok_or_else(|| missing("teaser"))?;
            WireEvent::Tease(Arc::new(press::teaser_from_stored(&stored)?))
        }
    })
}

fn missing(part: &str) -> CodecError {
    CodecError::new(format_args!("the {part} is missing"))
}

fn text(value: Option<&str>) -> Option<Text> {
    value.map(Into::into)
}

fn boxed(value: Option<Text>) -> Option<Box<str>> {
    value.map(Into::into)
}

fn instant(us: i64) -> Result<Timestamp, CodecError> {
    Timestamp::from_microsecond(us).map_err(CodecError::new)
}

// --- from the domain ---------------------------------------------------------------------------------------------

fn item_v1(item: &NewsItem) -> ItemV1 {
    let named = |entity: &news::Entity| NamedV1 { uri: text(entity.uri.as_deref()), name: entity.name.as_ref().into() };
    ItemV1 {
        guid: item.guid.to_string(),
        version: item.version.number(),
        item_type: item.item_type.as_str().into(),
        status: item.pub_status.as_str().into(),
        signals: item.signals.iter().map(|signal| signal.qcode().into()).collect(),
        urgency: item.urgency.number(),
        slugline: item.slugline.as_ref().map(ToString::to_string),
        headline: item.headline.to_string(),
        headline_short: item.headline_short.as_ref().map(ToString::to_string),
        lead: item.lead.as_ref().map(ToString::to_string),
        by: item.bylines.iter().map(|byline| BylineV1 { name: byline.name.as_ref().into(), role: text(byline.role.as_deref()) }).collect(),
        dateline: item.dateline.as_ref().map(|dateline| DatelineV1 {
            place: place_v1(&dateline.place),
            filed_us: dateline.filed_at.as_microsecond(),
            mark: dateline.mark.as_ref().map(|mark| mark.0.as_ref().into()),
        }),
        body: item.body.iter().map(block_v1).collect(),
        lang: item.lang.to_string(),
        section: item.section.to_string(),
        subjects: item.subjects.iter().map(|subject| NamedV1 { uri: Some(subject.uri().into()), name: subject.name().into() }).collect(),
        dossiers: item.dossiers.iter().map(ToString::to_string).collect(),
        places: item.places.iter().map(place_v1).collect(),
        people: item.people.iter().map(named).collect(),
        organisations: item.organisations.iter().map(named).collect(),
        keywords: item.keywords.iter().map(ToString::to_string).collect(),
        genre: item.genre.as_ref().map(ToString::to_string),
        associations: item.associations.iter().map(association_v1).collect(),
        source: item.source.as_ref().map(ToString::to_string),
        copyright_holder: text(item.rights.copyright_holder.as_deref()),
        copyright_notice: text(item.rights.copyright_notice.as_deref()),
        usage_terms: text(item.rights.usage_terms.as_deref()),
        ednote: item.ednote.as_ref().map(ToString::to_string),
        sign_off: item.sign_off.as_ref().map(ToString::to_string),
        embargo_us: item.embargo.map(Timestamp::as_microsecond),
        evolved_from: item.evolved_from.as_ref().map(ToString::to_string),
        corrections: item.corrections.iter().map(correction_v1).collect(),
        version_created_us: item.times.version_created_at.as_microsecond(),
        first_moved_us: item.times.first_moved_at.as_microsecond(),
        updated_us: item.times.updated_at.map(Timestamp::as_microsecond),
        corrected_us: item.times.corrected_at.map(Timestamp::as_microsecond),
    }
}

fn place_v1(place: &news::Place) -> PlaceV1 {
    PlaceV1 {
        name: place.name.as_ref().into(),
        slug: place.slug.as_ref().into(),
        country: text(place.country.as_deref()),
        country_code: text(place.country_code.as_deref()),
        point: place.point.map(|point| (point.latitude, point.longitude)),
        zone: text(place.zone.as_deref()),
    }
}

fn correction_v1(correction: &news::Correction) -> CorrectionV1 {
    let kind = match correction.kind {
        news::CorrectionKind::Correction => "correction",
        news::CorrectionKind::Corrective => "corrective",
    };
    CorrectionV1 {
        version: correction.version.number(),
        at_us: correction.corrected_at.as_microsecond(),
        kind: kind.into(),
        reason: correction.reason.to_string(),
    }
}

fn association_v1(association: &news::Association) -> AssociationV1 {
    let role = match association.role {
        news::AssociationRole::Feature => "feature",
        news::AssociationRole::Gallery => "gallery",
    };
    AssociationV1 { role: role.into(), picture: picture_v1(&association.picture) }
}

fn picture_v1(picture: &news::Picture) -> PictureV1 {
    let rendition = |rendition: &news::Rendition| RenditionV1 {
        href: rendition.href.as_ref().into(),
        media_type: rendition.media_type.as_ref().into(),
        width: rendition.width,
        height: rendition.height,
    };
    PictureV1 {
        caption: picture.caption.as_ref().into(),
        credit: picture.credit.as_ref().into(),
        alt: picture.alt.as_ref().into(),
        copyright_notice: text(picture.copyright_notice.as_deref()),
        terms: photo::terms_to_stored(&picture.terms),
        photo: picture.photo.map(|photo| photo.to_string()),
        renditions: picture.renditions.iter().map(rendition).collect(),
    }
}

fn block_v1(block: &news::Block) -> BlockV1 {
    match block {
        news::Block::Paragraph(run) => BlockV1::Paragraph(run_v1(run)),
        news::Block::SubHead(run) => BlockV1::SubHead(run_v1(run)),
        news::Block::Quote(quote) => {
            BlockV1::Quote { paragraphs: quote.paragraphs.iter().map(|run| run_v1(run)).collect(), speaker: text(quote.speaker.as_deref()) }
        }
        news::Block::List(list) => BlockV1::List { numbered: list.numbered, lines: list.lines.iter().map(|run| run_v1(run)).collect() },
        news::Block::Table(table) => BlockV1::Table {
            caption: text(table.caption.as_deref()),
            head: table.head.iter().map(|run| run_v1(run)).collect(),
            rows: table.rows.iter().map(|row| row.iter().map(|run| run_v1(run)).collect()).collect(),
        },
        news::Block::Figure(figure) => BlockV1::Figure(picture_v1(&figure.picture)),
        news::Block::Correction(run) => BlockV1::Correction(run_v1(run)),
    }
}

fn run_v1(run: &[news::Inline]) -> Vec<InlineV1> {
    run.iter()
        .map(|inline| match inline {
            news::Inline::Text(words) => InlineV1::Text(words.as_ref().into()),
            news::Inline::Emphasis(run) => InlineV1::Marked(MarkedV1::Emphasis(run_v1(run))),
            news::Inline::Strong(run) => InlineV1::Marked(MarkedV1::Strong(run_v1(run))),
            news::Inline::Link { href, words } => InlineV1::Marked(MarkedV1::Link { href: href.as_ref().into(), words: run_v1(words) }),
            news::Inline::Money(money) => InlineV1::Marked(MarkedV1::Money {
                words: money.words.as_ref().into(),
                amount: money.amount.as_ref().into(),
                currency: money.currency.as_ref().into(),
            }),
            news::Inline::Time { words, at } => {
                InlineV1::Marked(MarkedV1::Time { words: words.as_ref().into(), at_us: at.as_microsecond() })
            }
            news::Inline::Break => InlineV1::Marked(MarkedV1::Break {}),
        })
        .collect()
}

fn notice_v1(notice: &news::Notice) -> NoticeV1 {
    NoticeV1 {
        guid: notice.guid.to_string(),
        version: notice.version.number(),
        status: notice.pub_status.as_str().into(),
        reason: notice.reason.to_string(),
        ednote: notice.ednote.as_ref().map(ToString::to_string),
        slugline: notice.slugline.as_ref().map(ToString::to_string),
        headline: notice.headline.as_ref().map(ToString::to_string),
        slug: notice.slug.as_ref().into(),
        section: notice.section.to_string(),
        lang: notice.lang.to_string(),
        dateline_place: text(notice.dateline_place.as_deref()),
        first_moved_us: notice.first_moved_at.as_microsecond(),
        was_embargoed: notice.was_embargoed,
    }
}

// --- to the domain -----------------------------------------------------------------------------------------------

fn item(stored: ItemV1) -> Result<NewsItem, CodecError> {
    let named = |stored: &NamedV1| news::Entity::new(&stored.name, stored.uri.as_deref());
    Ok(NewsItem {
        guid: news::Guid::parse(&stored.guid)?,
        version: version(stored.version)?,
        item_type: news::ItemType::parse(&stored.item_type)?,
        pub_status: news::PubStatus::parse(&stored.status)?,
        signals: stored.signals.iter().map(|signal| signal_of(signal)).collect::<Result<_, _>>()?,
        urgency: news::Urgency::new(i64::from(stored.urgency))?,
        slugline: parsed(stored.slugline.as_deref(), news::Slugline::parse)?,
        headline: news::Headline::parse(&stored.headline)?,
        headline_short: parsed(stored.headline_short.as_deref(), news::Headline::parse)?,
        lead: parsed(stored.lead.as_deref(), news::Lead::parse)?,
        bylines: stored.by.iter().map(|by| news::Byline::new(&by.name, by.role.as_deref())).collect::<Result<_, _>>()?,
        dateline: stored.dateline.map(dateline).transpose()?,
        body: blocks(stored.body)?,
        lang: news::Lang::parse(&stored.lang)?,
        section: news::SectionSlug::parse(&stored.section)?,
        subjects: stored
            .subjects
            .iter()
            .map(|stored| news::Subject::new(stored.uri.as_deref().unwrap_or_default(), Some(&stored.name)))
            .collect::<Result<_, _>>()?,
        dossiers: stored.dossiers.iter().map(|slug| news::DossierSlug::parse(slug)).collect::<Result<_, _>>()?,
        places: stored.places.into_iter().map(place).collect::<Result<_, _>>()?,
        people: stored.people.iter().map(named).collect::<Result<_, _>>()?,
        organisations: stored.organisations.iter().map(named).collect::<Result<_, _>>()?,
        keywords: stored.keywords.iter().map(|word| news::Keyword::parse(word)).collect::<Result<_, _>>()?,
        genre: parsed(stored.genre.as_deref(), news::Keyword::parse)?,
        associations: stored.associations.into_iter().map(association).collect::<Result<_, _>>()?,
        source: parsed(stored.source.as_deref(), news::SourceName::parse)?,
        rights: news::Rights {
            copyright_holder: boxed(stored.copyright_holder),
            copyright_notice: boxed(stored.copyright_notice),
            usage_terms: boxed(stored.usage_terms),
        },
        ednote: parsed(stored.ednote.as_deref(), news::EdNote::parse)?,
        sign_off: parsed(stored.sign_off.as_deref(), news::SignOff::parse)?,
        embargo: stored.embargo_us.map(instant).transpose()?,
        evolved_from: parsed(stored.evolved_from.as_deref(), news::Guid::parse)?,
        corrections: stored.corrections.iter().map(correction).collect::<Result<_, _>>()?,
        times: news::Times {
            version_created_at: instant(stored.version_created_us)?,
            first_moved_at: instant(stored.first_moved_us)?,
            updated_at: stored.updated_us.map(instant).transpose()?,
            corrected_at: stored.corrected_us.map(instant).transpose()?,
        },
    })
}

fn parsed<T>(value: Option<&str>, parse: impl Fn(&str) -> Result<T, news::FieldError>) -> Result<Option<T>, news::FieldError> {
    value.map(parse).transpose()
}

fn version(number: u32) -> Result<news::Version, CodecError> {
    news::Version::new(number).ok_or_else(|| CodecError::new("the version is 0"))
}

fn signal_of(qcode: &str) -> Result<news::Signal, CodecError> {
    match qcode {
        "sig:update" => Ok(news::Signal::Update),
        "sig:correction" => Ok(news::Signal::Correction),
        _ => Err(CodecError::new(format_args!("the signal {qcode} is unknown"))),
    }
}

fn place(stored: PlaceV1) -> Result<news::Place, CodecError> {
    let point = stored.point.map(|(latitude, longitude)| news::Point::new(latitude, longitude)).transpose()?;
    // The zone is taken as it was checked when it moved: a later time zone database may have dropped it.
    Ok(news::Place {
        name: stored.name.into(),
        slug: stored.slug.into(),
        country: boxed(stored.country),
        country_code: boxed(stored.country_code),
        point,
        zone: boxed(stored.zone),
    })
}

fn dateline(stored: DatelineV1) -> Result<news::Dateline, CodecError> {
    Ok(news::Dateline {
        place: place(stored.place)?,
        filed_at: instant(stored.filed_us)?,
        mark: stored.mark.map(|mark| news::AgencyMark(mark.into())),
    })
}

fn correction(stored: &CorrectionV1) -> Result<news::Correction, CodecError> {
    let kind = match stored.kind.as_str() {
        "correction" => news::CorrectionKind::Correction,
        "corrective" => news::CorrectionKind::Corrective,
        other => return Err(CodecError::new(format_args!("the kind of correction {other} is unknown"))),
    };
    Ok(news::Correction {
        version: version(stored.version)?,
        corrected_at: instant(stored.at_us)?,
        kind,
        reason: news::Reason::parse(&stored.reason)?,
    })
}

fn association(stored: AssociationV1) -> Result<news::Association, CodecError> {
    let role = match stored.role.as_str() {
        "feature" => news::AssociationRole::Feature,
        "gallery" => news::AssociationRole::Gallery,
        other => return Err(CodecError::new(format_args!("the association role {other} is unknown"))),
    };
    Ok(news::Association { role, picture: picture(stored.picture)? })
}

fn picture(stored: PictureV1) -> Result<news::Picture, CodecError> {
    let renditions = stored
        .renditions
        .iter()
        .map(|file| news::Rendition::new(&file.href, &file.media_type, file.width, file.height))
        .collect::<Result<Vec<_>, _>>()?;
    let mut picture = news::Picture::new(&stored.caption, &stored.credit, &stored.alt, renditions)?;
    picture.copyright_notice = boxed(stored.copyright_notice);
    picture.terms = photo::terms_from_stored(stored.terms)?;
    picture.photo = stored.photo.as_deref().map(photo::id_from_stored).transpose()?;
    Ok(picture)
}

fn blocks(stored: Vec<BlockV1>) -> Result<Vec<news::Block>, CodecError> {
    stored.into_iter().map(block).collect()
}

fn block(stored: BlockV1) -> Result<news::Block, CodecError> {
    Ok(match stored {
        BlockV1::Paragraph(stored) => news::Block::Paragraph(run(stored)?),
        BlockV1::SubHead(stored) => news::Block::SubHead(run(stored)?),
        BlockV1::Quote { paragraphs, speaker } => {
            news::Block::Quote(news::Quote { paragraphs: runs(paragraphs)?, speaker: boxed(speaker) })
        }
        BlockV1::List { numbered, lines } => news::Block::List(news::List { numbered, lines: runs(lines)? }),
        BlockV1::Table { caption, head, rows } => news::Block::Table(news::Table {
            caption: boxed(caption),
            head: runs(head)?,
            rows: rows.into_iter().map(runs).collect::<Result<_, _>>()?,
        }),
        BlockV1::Figure(stored) => news::Block::Figure(news::Figure { picture: picture(stored)? }),
        BlockV1::Correction(stored) => news::Block::Correction(run(stored)?),
    })
}

fn runs(stored: Vec<Vec<InlineV1>>) -> Result<Vec<Vec<news::Inline>>, CodecError> {
    stored.into_iter().map(run).collect()
}

fn run(stored: Vec<InlineV1>) -> Result<Vec<news::Inline>, CodecError> {
    stored.into_iter().map(inline).collect()
}

fn inline(stored: InlineV1) -> Result<news::Inline, CodecError> {
    Ok(match stored {
        InlineV1::Text(words) => news::Inline::Text(words.into()),
        InlineV1::Marked(MarkedV1::Emphasis(stored)) => news::Inline::Emphasis(run(stored)?),
        InlineV1::Marked(MarkedV1::Strong(stored)) => news::Inline::Strong(run(stored)?),
        InlineV1::Marked(MarkedV1::Link { href, words }) => news::Inline::Link { href: href.into(), words: run(words)? },
        InlineV1::Marked(MarkedV1::Money { words, amount, currency }) => news::Inline::Money(news::Money::new(&words, &amount, &currency)?),
        InlineV1::Marked(MarkedV1::Time { words, at_us }) => news::Inline::Time { words: words.into(), at: instant(at_us)? },
        InlineV1::Marked(MarkedV1::Break {}) => news::Inline::Break,
    })
}

fn notice(stored: NoticeV1) -> Result<news::Notice, CodecError> {
    Ok(news::Notice {
        guid: news::Guid::parse(&stored.guid)?,
        version: version(stored.version)?,
        pub_status: news::PubStatus::parse(&stored.status)?,
        reason: news::Reason::parse(&stored.reason)?,
        ednote: parsed(stored.ednote.as_deref(), news::EdNote::parse)?,
        slugline: parsed(stored.slugline.as_deref(), news::Slugline::parse)?,
        headline: parsed(stored.headline.as_deref(), news::Headline::parse)?,
        slug: stored.slug.into(),
        section: news::SectionSlug::parse(&stored.section)?,
        lang: news::Lang::parse(&stored.lang)?,
        dateline_place: boxed(stored.dateline_place),
        first_moved_at: instant(stored.first_moved_us)?,
        was_embargoed: stored.was_embargoed,
    })
}
