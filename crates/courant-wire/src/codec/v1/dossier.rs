//! Dossiers and merges of dossiers.

use courant_news as news;
use serde::{Deserialize, Serialize};

use super::{CodecError, NamedV1, PlaceV1, Text, place, place_v1, text, version};

/// What the first release wrote is `slug`, `state` and `texts`; without the rest a dossier says nothing of it.
#[derive(Serialize, Deserialize)]
pub(super) struct DossierV1 {
    slug: Text,
    state: Text,
    texts: Vec<DossierTextV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    started: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    key_events: Vec<KeyEventV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    people: Vec<NamedV1>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    places: Vec<PlaceV1>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    parent: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    related: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    split_from: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    note: Option<Text>,
}

#[derive(Serialize, Deserialize)]
struct DossierTextV1 {
    lang: Text,
    title: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    summary: Option<Text>,
}

#[derive(Serialize, Deserialize)]
struct KeyEventV1 {
    on: Text,
    /// Language and words.
    sentences: Vec<(Text, Text)>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    story: Option<Text>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MergeV1 {
    from: Text,
    into: Text,
    reason: Text,
}

pub(super) fn to_stored(dossier: &news::Dossier) -> DossierV1 {
    let text_v1 = |stored: &news::DossierText| DossierTextV1 {
        lang: stored.lang.to_string(),
        title: stored.title.as_ref().into(),
        summary: text(stored.summary.as_deref()),
    };
    let event_v1 = |event: &news::KeyEvent| KeyEventV1 {
        on: event.on.to_string(),
        sentences: event.sentences.iter().map(|sentence| (sentence.lang.to_string(), sentence.words.as_ref().into())).collect(),
        story: event.story.as_ref().map(ToString::to_string),
    };
    DossierV1 {
        slug: dossier.slug.to_string(),
        state: dossier.state.as_str().into(),
        texts: dossier.texts.iter().map(text_v1).collect(),
        version: dossier.version.map(news::Version::number),
        started: dossier.started_on.map(|day| day.to_string()),
        key_events: dossier.key_events.iter().map(event_v1).collect(),
        people: dossier
            .people
            .iter()
            .map(|person| NamedV1 { uri: text(person.uri.as_deref()), name: person.name.as_ref().into() })
            .collect(),
        places: dossier.places.iter().map(place_v1).collect(),
        parent: dossier.parent.as_ref().map(ToString::to_string),
        related: dossier.related.iter().map(ToString::to_string).collect(),
        split_from: dossier.split_from.as_ref().map(ToString::to_string),
        note: dossier.note.as_ref().map(ToString::to_string),
    }
}

pub(super) fn from_stored(stored: DossierV1) -> Result<news::Dossier, CodecError> {
    let slug = |stored: &Text| news::DossierSlug::parse(stored);
    let texts = stored
        .texts
        .iter()
        .map(|text| -> Result<news::DossierText, CodecError> {
            Ok(news::DossierText::new(news::Lang::parse(&text.lang)?, &text.title, text.summary.as_deref())?)
        })
        .collect::<Result<_, _>>()?;
    Ok(news::Dossier {
        slug: slug(&stored.slug)?,
        version: stored.version.map(version).transpose()?,
        state: news::DossierState::parse(&stored.state)?,
        texts,
        started_on: stored.started.as_deref().map(day).transpose()?,
        key_events: stored.key_events.iter().map(key_event).collect::<Result<_, _>>()?,
        people: stored.people.iter().map(|named| news::Entity::new(&named.name, named.uri.as_deref())).collect::<Result<_, _>>()?,
        places: stored.places.into_iter().map(place).collect::<Result<_, _>>()?,
        parent: stored.parent.as_ref().map(slug).transpose()?,
        related: stored.related.iter().map(slug).collect::<Result<_, _>>()?,
        split_from: stored.split_from.as_ref().map(slug).transpose()?,
        note: stored.note.as_deref().map(news::Reason::parse).transpose()?,
    })
}

fn key_event(stored: &KeyEventV1) -> Result<news::KeyEvent, CodecError> {
    let sentence =
        |(lang, words): &(Text, Text)| -> Result<news::Sentence, CodecError> { Ok(news::Sentence::new(news::Lang::parse(lang)?, words)?) };
    Ok(news::KeyEvent {
        on: day(&stored.on)?,
        sentences: stored.sentences.iter().map(sentence).collect::<Result<_, _>>()?,
        story: stored.story.as_deref().map(news::Guid::parse).transpose()?,
    })
}

fn day(stored: &str) -> Result<jiff::civil::Date, CodecError> {
    stored.parse().map_err(CodecError::new)
}

pub(super) fn merge_to_stored(merge: &news::DossierMerge) -> MergeV1 {
    MergeV1 { from: merge.from.to_string(), into: merge.into.to_string(), reason: merge.reason.to_string() }
}

pub(super) fn merge_from_stored(stored: &MergeV1) -> Result<news::DossierMerge, CodecError> {
    Ok(news::DossierMerge {
        from: news::DossierSlug::parse(&stored.from)?,
        into: news::DossierSlug::parse(&stored.into)?,
        reason: news::Reason::parse(&stored.reason)?,
    })
}
