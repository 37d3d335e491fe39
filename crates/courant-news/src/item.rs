//! The news item: one version of a story, complete and immutable.

use jiff::Timestamp;

use crate::{
    Association, AssociationRole, Block, Byline, Dateline, DossierSlug, EdNote, Entity, FieldError, Guid, Headline, Keyword, Lang, Lead,
    PhotoId, Place, PubStatus, Reason, SectionSlug, SignOff, Signal, Slugline, SourceName, StoryId, Subject, Urgency, Version, address,
    plain_text,
};

/// One version of a story, complete: whoever holds it needs to ask no one. ninjs object; NewsML-G2 `newsItem`.
#[derive(Clone, Debug, PartialEq)]
pub struct NewsItem {
    /// The story.
    pub guid: Guid,
    /// The edition.
    pub version: Version,
    /// What kind of item it is.
    pub item_type: ItemType,
    /// What a receiver may do with it.
    pub pub_status: PubStatus,
    /// What it says about the version before.
    pub signals: Vec<Signal>,
    /// How urgent it is.
    pub urgency: Urgency,
    /// The working name over all versions.
    pub slugline: Option<Slugline>,
    /// The headline.
    pub headline: Headline,
    /// The headline for narrow places; ninjs headline with role `short`.
    pub headline_short: Option<Headline>,
    /// One or two sentences for the whole story.
    pub lead: Option<Lead>,
    /// Who wrote it.
    pub bylines: Vec<Byline>,
    /// Where and when it was filed.
    pub dateline: Option<Dateline>,
    /// The copy.
    pub body: Vec<Block>,
    /// Its language.
    pub lang: Lang,
    /// Its section.
    pub section: SectionSlug,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// The dossiers it belongs to.
    pub dossiers: Vec<DossierSlug>,
    /// The places it is about.
    pub places: Vec<Place>,
    /// The people it is about.
    pub people: Vec<Entity>,
    /// The organisations it is about.
    pub organisations: Vec<Entity>,
    /// Free keywords.
    pub keywords: Vec<Keyword>,
    /// Its genre, as the sender names it: `Background`, `Feature`.
    pub genre: Option<Keyword>,
    /// Pictures.
    pub associations: Vec<Association>,
    /// Who supplied it.
    pub source: Option<SourceName>,
    /// What may be done with it.
    pub rights: Rights,
    /// A note to editors; never shown to readers.
    pub ednote: Option<EdNote>,
    /// Who handled it.
    pub sign_off: Option<SignOff>,
    /// Not before this instant.
    pub embargo: Option<Timestamp>,
    /// The story this one follows up.
    pub evolved_from: Option<Guid>,
    /// What was corrected in this and earlier versions, oldest first.
    pub corrections: Vec<Correction>,
    /// Its three times.
    pub times: Times,
}

/// What kind of item a story is. ninjs `type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemType {
    /// Copy.
    #[default]
    Text,
    /// A photograph.
    Picture,
    /// A drawing, chart or map.
    Graphic,
    /// Moving pictures.
    Video,
    /// Sound.
    Audio,
    /// Several items as one.
    Composite,
    /// An event.
    Event,
    /// A plan of coverage.
    Planning,
}

/// The three times a reader is told. Correcting a comma does not make a story new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When this version was made. ninjs `versionCreated`.
    pub version_created_at: Timestamp,
    /// When the story first moved. ninjs `firstCreated`/`contentCreated`.
    pub first_moved_at: Timestamp,
    /// When it last moved with more news.
    pub updated_at: Option<Timestamp>,
    /// When it was last corrected.
    pub corrected_at: Option<Timestamp>,
}

/// Who owns it and what may be done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// ninjs `copyrightHolder`.
    pub copyright_holder: Option<Box<str>>,
    /// ninjs `copyrightNotice`.
    pub copyright_notice: Option<Box<str>>,
    /// ninjs `usageTerms`.
    pub usage_terms: Option<Box<str>>,
}

/// A correction and its public reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The version that mended the error.
    pub version: Version,
    /// When that moved.
    pub corrected_at: Timestamp,
    /// Of which cycle the error was.
    pub kind: CorrectionKind,
    /// What was wrong and what is right.
    pub reason: Reason,
}

/// Of which news cycle a corrected error was. AP usage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CorrectionKind {
    /// Of this one.
    #[default]
    Correction,
    /// Of an earlier one.
    Corrective,
}

impl ItemType {
    /// The value of ninjs `type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Picture => "picture",
            Self::Graphic => "graphic",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Composite => "composite",
            Self::Event => "event",
            Self::Planning => "planning",
        }
    }

    /// Reads the value of ninjs `type`.
    ///
    /// # Errors
    /// A [`FieldError`] naming the values.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        match given {
            "text" => Ok(Self::Text),
            "picture" => Ok(Self::Picture),
            "graphic" => Ok(Self::Graphic),
            "video" => Ok(Self::Video),
            "audio" => Ok(Self::Audio),
            "composite" => Ok(Self::Composite),
            "event" => Ok(Self::Event),
            "planning" => Ok(Self::Planning),
            _ => Err(FieldError::new("type", given, "is unknown; use text, picture, graphic, video, audio, composite, event or planning")),
        }
    }
}

impl Times {
    /// The times of a story that first moves at `moved_at`.
    pub fn first_moved(moved_at: Timestamp) -> Self {
        Self { version_created_at: moved_at, first_moved_at: moved_at, updated_at: None, corrected_at: None }
    }
}

impl NewsItem {
    /// An item of copy with what every story must have; the rest is empty or as usual.
    pub fn new(guid: Guid, headline: Headline, lang: Lang, moved_at: Timestamp) -> Self {
        Self {
            guid,
            version: Version::FIRST,
            item_type: ItemType::Text,
            pub_status: PubStatus::Usable,
            signals: Vec::new(),
            urgency: Urgency::ROUTINE,
            slugline: None,
            headline,
            headline_short: None,
            lead: None,
            bylines: Vec::new(),
            dateline: None,
            body: Vec::new(),
            lang,
            section: SectionSlug::news(),
            subjects: Vec::new(),
            dossiers: Vec::new(),
            places: Vec::new(),
            people: Vec::new(),
            organisations: Vec::new(),
            keywords: Vec::new(),
            genre: None,
            associations: Vec::new(),
            source: None,
            rights: Rights::default(),
            ednote: None,
            sign_off: None,
            embargo: None,
            evolved_from: None,
            corrections: Vec::new(),
            times: Times::first_moved(moved_at),
        }
    }

    /// The story's short name in addresses.
    pub fn story_id(&self) -> StoryId {
        self.guid.story_id()
    }

    /// The words at the end of the story's address; see [`address::slug_of`].
    pub fn slug(&self) -> String {
        address::slug_of(&self.headline, self.slugline.as_ref())
    }

    /// The story's address on this site, from the root: `/economy/4n7k0wq2rv5c/fed-holds-rates`.
    pub fn path(&self) -> String {
        address::story_path(&self.section, self.story_id(), &self.slug())
    }

    /// The picture that opens the story.
    pub fn feature(&self) -> Option<&Association> {
        self.associations.iter().find(|association| association.role == AssociationRole::Feature)
    }

    /// The numbered pictures, in order.
    pub fn gallery(&self) -> impl Iterator<Item = &Association> {
        self.associations.iter().filter(|association| association.role == AssociationRole::Gallery)
    }

    /// Every place the story is filed under: of the dateline first, then those it is about, each once.
    pub fn all_places(&self) -> impl Iterator<Item = &Place> {
        let located = self.dateline.as_ref().map(|dateline| &dateline.place);
        let others = self.places.iter().filter(move |place| located.is_none_or(|located| located.slug != place.slug));
        located.into_iter().chain(others)
    }

    /// The photos on this wire that it shows.
    pub fn photos(&self) -> impl Iterator<Item = PhotoId> {
        let figures = self.body.iter().filter_map(|block| match block {
            Block::Figure(figure) => figure.picture.photo,
            _ => None,
        });
        self.associations.iter().filter_map(|association| association.picture.photo).chain(figures)
    }

    /// The item without a photo, which was killed.
    #[must_use]
    pub fn without_photo(mut self, photo: PhotoId) -> Self {
        self.associations.retain(|association| association.picture.photo != Some(photo));
        self.body.retain(|block| !matches!(block, Block::Figure(figure) if figure.picture.photo == Some(photo)));
        self
    }

    /// The number of words in the copy, by white space; for a script without spaces, by character.
    pub fn n_words(&self) -> usize {
        let text = plain_text(&self.body);
        match self.lang.primary() {
            "ja" | "zh" | "th" | "km" | "lo" | "my" => text.chars().filter(|letter| letter.is_alphanumeric()).count(),
            _ => text.split_whitespace().count(),
        }
    }
}
