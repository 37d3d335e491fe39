//! The stored form of photos and of what makes a picture one.

use courant_news as news;
use serde::{Deserialize, Serialize};

use super::{CodecError, PictureV1, Text, boxed, picture, picture_v1, text};

#[derive(Serialize, Deserialize)]
pub(super) struct PhotoV1 {
    id: Text,
    version: u32,
    picture: PictureV1,
    focus: (f64, f64),
    #[serde(skip_serializing_if = "Option::is_none", default)]
    taken: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    place: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    keywords: Vec<Text>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PhotoNoticeV1 {
    id: Text,
    version: u32,
    reason: Text,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ednote: Option<Text>,
}

/// Who made a picture and on what terms. Absent in pictures of before photos.
#[derive(Default, PartialEq, Serialize, Deserialize)]
pub(super) struct TermsV1 {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    creator: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    usage: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    statement: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    licensor: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    source_type: Option<Text>,
}

impl TermsV1 {
    pub(super) fn are_none(&self) -> bool {
        *self == Self::default()
    }
}

pub(super) fn terms_to_stored(terms: &news::PictureTerms) -> TermsV1 {
    TermsV1 {
        creator: text(terms.creator.as_deref()),
        usage: text(terms.usage_terms.as_deref()),
        statement: text(terms.web_statement.as_deref()),
        licensor: text(terms.licensor_url.as_deref()),
        source_type: text(terms.digital_source_type.as_deref()),
    }
}

pub(super) fn terms_from_stored(stored: TermsV1) -> Result<news::PictureTerms, CodecError> {
    let terms = news::PictureTerms {
        creator: boxed(stored.creator),
        usage_terms: boxed(stored.usage),
        web_statement: boxed(stored.statement),
        licensor_url: boxed(stored.licensor),
        digital_source_type: boxed(stored.source_type),
    };
    Ok(terms.checked()?)
}

pub(super) fn id_from_stored(stored: &str) -> Result<news::PhotoId, CodecError> {
    news::PhotoId::parse(stored).ok_or_else(|| CodecError::new(format_args!("{stored} names no photo")))
}

pub(super) fn to_stored(photo: &news::Photo) -> PhotoV1 {
    PhotoV1 {
        id: photo.id.to_string(),
        version: photo.version.number(),
        picture: picture_v1(&photo.picture),
        focus: (photo.focus.x(), photo.focus.y()),
        taken: text(photo.taken.as_deref()),
        place: text(photo.place.as_deref()),
        keywords: photo.keywords.iter().map(|keyword| keyword.as_ref().into()).collect(),
    }
}

pub(super) fn from_stored(stored: PhotoV1) -> Result<news::Photo, CodecError> {
    let focus = news::Focus::new(stored.focus.0, stored.focus.1)?;
    let keywords: Vec<Box<str>> = stored.keywords.into_iter().map(Into::into).collect();
    let photo = news::Photo::new(id_from_stored(&stored.id)?, picture(stored.picture)?, focus);
    let photo = photo.taken(stored.taken.as_deref(), stored.place.as_deref(), &keywords)?;
    Ok(news::Photo { version: version(stored.version)?, ..photo })
}

pub(super) fn notice_to_stored(notice: &news::PhotoNotice) -> PhotoNoticeV1 {
    PhotoNoticeV1 {
        id: notice.id.to_string(),
        version: notice.version.number(),
        reason: notice.reason.to_string(),
        ednote: notice.ednote.as_ref().map(ToString::to_string),
    }
}

pub(super) fn notice_from_stored(stored: &PhotoNoticeV1) -> Result<news::PhotoNotice, CodecError> {
    Ok(news::PhotoNotice {
        id: id_from_stored(&stored.id)?,
        version: version(stored.version)?,
        reason: news::Reason::parse(&stored.reason)?,
        ednote: stored.ednote.as_deref().map(news::EdNote::parse).transpose()?,
    })
}

fn version(number: u32) -> Result<news::Version, CodecError> {
    news::Version::new(number).ok_or_else(|| CodecError::new("the version is 0"))
}
