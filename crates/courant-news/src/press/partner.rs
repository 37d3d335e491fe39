//! Partners: whose headlines stand beside ours, under what agreement, and which of them now.

use jiff::{SignedDuration, Timestamp};

use super::{ReportId, WebAddress, words};
use crate::field;
use crate::subject::slug_type;
use crate::{FieldError, Headline, Lang, Lead, slugify};

slug_type! {
    /// The short name of a partner, such as `harbour-wire`.
    PartnerId, "partner"
}

/// The span the volume of an agreement counts in: a day that no zone has to be known for.
const VOLUME_SPAN: SignedDuration = SignedDuration::from_hours(24);

/// An agreement with a partner, as it last stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The partner's short name.
    pub partner: PartnerId,
    /// The partner's name as printed.
    pub name: Box<str>,
    /// The partner's own page.
    pub home: WebAddress,
    /// Where what the partner offers is fetched; `None` when it is only given to.
    pub feed: Option<WebAddress>,
    /// What the agreement covers, in both directions: slugs of sections and subjects; empty for everything.
    topics: Vec<Box<str>>,
    /// The languages it covers, by the first part of the tag; empty for all.
    languages: Vec<Lang>,
    /// The most teasers of the partner that begin to be shown within 24 hours.
    pub per_day: u16,
    /// How long a report of the partner is the partner's alone, in minutes.
    pub embargo_minutes: u32,
    /// How much of a report may be shown.
    pub uses: TeaserUse,
    /// When it begins.
    pub since: Timestamp,
    /// When it ends; `None` while it has no end.
    pub until: Option<Timestamp>,
    /// Whether it is in force.
    pub state: AgreementState,
    /// What the partner is to us in trust.txt.
    pub trust: Option<TrustRelation>,
    /// What is printed above the partner's headlines beside the word for a partner, such as the name of an alliance.
    pub label: Option<Box<str>>,
}

/// How much of a partner's report may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TeaserUse {
    /// Its headline and a link.
    #[default]
    Teaser,
    /// What stands below the headline too.
    Full,
}
words!(TeaserUse { Teaser => "teaser", Full => "full" });

/// Whether an agreement is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgreementState {
    /// It is.
    #[default]
    Active,
    /// It rests: nothing of the partner is shown until it goes on.
    Paused,
    /// It is over.
    Ended,
}
words!(AgreementState { Active => "active", Paused => "paused", Ended => "ended" });

/// What a partner is to us, in the words of `trust.txt` (draft-org-trust-relationship-protocol-01).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrustRelation {
    /// The partner is a member of us: our file says `member=`, theirs `belongto=`.
    Member,
    /// We are a member of the partner: our file says `belongto=`, theirs `member=`.
    BelongTo,
}
words!(TrustRelation { Member => "member", BelongTo => "belongto" });

/// A report of a partner that is shown under an agreement. A later one of the same partner and report replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teaser {
    /// Whose.
    pub partner: PartnerId,
    /// What they call it.
    pub report: ReportId,
    /// Their headline, as plain text.
    pub headline: Headline,
    /// What stands below it; shown only under [`TeaserUse::Full`].
    pub summary: Option<Lead>,
    /// Their page.
    pub link: WebAddress,
    /// When they published it, if they say so.
    pub published_at: Option<Timestamp>,
    /// When it was first seen in their feed.
    pub seen_at: Timestamp,
    /// Its language.
    pub lang: Lang,
    /// What it is about: slugs of sections and subjects.
    topics: Vec<Box<str>>,
}

/// How much went each way under an agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// Stories of ours that the agreement covered when they moved.
    pub n_given: u64,
    /// Teasers of the partner that were shown.
    pub n_taken: u64,
}

/// Whether a report may be a teaser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeaserAnswer {
    /// It may, now.
    Now,
    /// It may, but not before this instant.
    From(Timestamp),
    /// It may not.
    No(TeaserRefusal),
}

/// Why a report may not be a teaser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TeaserRefusal {
    /// The agreement rests or is over.
    #[error("the agreement is not in force")]
    NotInForce,
    /// The report is of another partner.
    #[error("the report is not the partner's")]
    NotTheirs,
    /// The agreement does not cover the language.
    #[error("the agreement does not cover its language")]
    Language,
    /// It does not cover what the report is about.
    #[error("the agreement does not cover what it is about")]
    Topic,
    /// The agreement will have ended before the report may be shown.
    #[error("the agreement ends before it may be shown")]
    EndsBefore,
}

impl Agreement {
    /// The longest name and label, in characters.
    pub const NAME_CHARS_MAX: usize = 200;
    /// The most topics, and the most languages.
    pub const TOPICS_MAX: usize = 100;
    /// What is shown a day when the agreement names no number.
    pub const PER_DAY: u16 = 5;
    /// The most teasers a day: a block beside the news, not instead of it.
    pub const PER_DAY_MAX: u16 = 100;
    /// The longest embargo, in minutes: 30 days.
    pub const EMBARGO_MINUTES_MAX: u32 = 30 * 24 * 60;

    /// An agreement in force from `since` on, about everything, of headlines alone.
    ///
    /// # Errors
    /// A [`FieldError`] when the name is empty or too long.
    pub fn new(partner: PartnerId, name: &str, home: WebAddress, since: Timestamp) -> Result<Self, FieldError> {
        Ok(Self {
            partner,
            name: field::line("partner", name, Self::NAME_CHARS_MAX)?,
            home,
            feed: None,
            topics: Vec::new(),
            languages: Vec::new(),
            per_day: Self::PER_DAY,
            embargo_minutes: 0,
            uses: TeaserUse::default(),
            since,
            until: None,
            state: AgreementState::default(),
            trust: None,
            label: None,
        })
    }

    /// The same, about these sections or subjects, by name or slug, and in these languages; none of either for all.
    ///
    /// # Errors
    /// A [`FieldError`] when a topic has no letter or digit, or there are more than [`Agreement::TOPICS_MAX`].
    pub fn covering<S: AsRef<str>>(self, topics: &[S], languages: Vec<Lang>) -> Result<Self, FieldError> {
        if Self::TOPICS_MAX < languages.len() {
            return Err(FieldError::new("languages", &languages.len().to_string(), "are too many; name at most 100, or none for all"));
        }
        Ok(Self { topics: topic_slugs(topics, Self::TOPICS_MAX)?, languages, ..self })
    }

    /// The same with its limits.
    ///
    /// # Errors
    /// A [`FieldError`] when one is beyond what an agreement may say, or it ends before it begins.
    pub fn within(self, per_day: u16, embargo_minutes: u32, until: Option<Timestamp>) -> Result<Self, FieldError> {
        if Self::PER_DAY_MAX < per_day {
            return Err(FieldError::new("per-day", &per_day.to_string(), "is above 100; agree on fewer"));
        }
        if Self::EMBARGO_MINUTES_MAX < embargo_minutes {
            return Err(FieldError::new(
                "embargo",
                &embargo_minutes.to_string(),
                "is above 43200 minutes, which are 30 days; agree on less",
            ));
        }
        if until.is_some_and(|until| until <= self.since) {
            let until = until.map(|until| until.to_string()).unwrap_or_default();
            return Err(FieldError::new("until", &until, "is not after the beginning; give a later day"));
        }
        Ok(Self { per_day, embargo_minutes, until, ..self })
    }

    /// The same with a label.
    ///
    /// # Errors
    /// A [`FieldError`] when it is too long.
    pub fn labelled(self, label: Option<&str>) -> Result<Self, FieldError> {
        let label = label.map(str::trim).filter(|label| !label.is_empty());
        let label = label.map(|label| field::line("label", label, Self::NAME_CHARS_MAX)).transpose()?;
        Ok(Self { label, ..self })
    }

    /// What it covers: slugs of sections and subjects; empty for everything.
    pub fn topics(&self) -> &[Box<str>] {
        &self.topics
    }

    /// The languages it covers; empty for all.
    pub fn languages(&self) -> &[Lang] {
        &self.languages
    }

    /// Whether it is in force at an instant.
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        self.state == AgreementState::Active && self.since <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it covers what is in this language and filed under these slugs.
    pub fn covers<'a>(&self, lang: &Lang, topics: impl IntoIterator<Item = &'a str>) -> bool {
        self.covers_language(lang) && self.covers_topic(topics)
    }

    fn covers_language(&self, lang: &Lang) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|covered| covered.primary() == lang.primary())
    }

    fn covers_topic<'a>(&self, topics: impl IntoIterator<Item = &'a str>) -> bool {
        self.topics.is_empty() || topics.into_iter().any(|topic| self.topics.iter().any(|covered| **covered == *topic))
    }

    /// Whether a report may be a teaser now. `shown` are the instants at which teasers of the partner began to be shown, in any order;
    /// those of the last 24 hours count.
    pub fn answer(&self, offered: &Teaser, shown: &[Timestamp], now: Timestamp) -> TeaserAnswer {
        if offered.partner != self.partner {
            return TeaserAnswer::No(TeaserRefusal::NotTheirs);
        }
        // What begins later is not in force yet, but what is offered for then may wait.
        if self.state != AgreementState::Active || self.until.is_some_and(|until| until <= now) || self.per_day == 0 {
            return TeaserAnswer::No(TeaserRefusal::NotInForce);
        }
        if !self.covers_language(&offered.lang) {
            return TeaserAnswer::No(TeaserRefusal::Language);
        }
        if !self.covers_topic(offered.topics.iter().map(AsRef::as_ref)) {
            return TeaserAnswer::No(TeaserRefusal::Topic);
        }
        let theirs_alone = SignedDuration::from_mins(i64::from(self.embargo_minutes));
        let free_from = offered.reported_at().checked_add(theirs_alone).unwrap_or(Timestamp::MAX);
        let first = free_from.max(self.since).max(self.room_from(shown, now));
        if self.until.is_some_and(|until| until <= first) {
            TeaserAnswer::No(TeaserRefusal::EndsBefore)
        } else if first <= now {
            TeaserAnswer::Now
        } else {
            TeaserAnswer::From(first)
        }
    }

    /// From when there is room for one more within the volume.
    fn room_from(&self, shown: &[Timestamp], now: Timestamp) -> Timestamp {
        let leaves = |began: &Timestamp| began.checked_add(VOLUME_SPAN).unwrap_or(Timestamp::MAX);
        let mut leaving: Vec<Timestamp> = shown.iter().map(leaves).filter(|leaves| now < *leaves).collect();
        leaving.sort_unstable();
        let too_many = (leaving.len() + 1).saturating_sub(usize::from(self.per_day));
        if too_many == 0 { Timestamp::MIN } else { leaving[too_many - 1] }
    }
}

impl Teaser {
    /// The most topics.
    pub const TOPICS_MAX: usize = 50;

    /// A headline with a link.
    pub fn new(partner: PartnerId, report: ReportId, headline: Headline, link: WebAddress, lang: Lang, seen_at: Timestamp) -> Self {
        Self { partner, report, headline, summary: None, link, published_at: None, seen_at, lang, topics: Vec::new() }
    }

    /// The same, about these sections or subjects, by name or slug.
    ///
    /// # Errors
    /// A [`FieldError`] when one has no letter or digit, or there are more than [`Teaser::TOPICS_MAX`].
    pub fn about<S: AsRef<str>>(self, topics: &[S]) -> Result<Self, FieldError> {
        Ok(Self { topics: topic_slugs(topics, Self::TOPICS_MAX)?, ..self })
    }

    /// What it is about.
    pub fn topics(&self) -> &[Box<str>] {
        &self.topics
    }

    /// When they had it: when they say they published it, else when it was first seen.
    pub fn reported_at(&self) -> Timestamp {
        self.published_at.unwrap_or(self.seen_at)
    }
}

fn topic_slugs<S: AsRef<str>>(topics: &[S], n_max: usize) -> Result<Vec<Box<str>>, FieldError> {
    if n_max < topics.len() {
        return Err(FieldError::new("topics", &topics.len().to_string(), format!("are too many; name at most {n_max}")));
    }
    let mut slugs: Vec<Box<str>> = Vec::with_capacity(topics.len());
    for topic in topics {
        let topic = topic.as_ref();
        let slug = slugify(topic).ok_or_else(|| FieldError::new("topic", topic, "has no letter or digit; give a section or a subject"))?;
        if !slugs.iter().any(|known| **known == slug) {
            slugs.push(slug.into());
        }
    }
    Ok(slugs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn agreement() -> Agreement {
        let home = WebAddress::parse("https://harbour.example/").unwrap();
        Agreement::new(PartnerId::parse("harbour-wire").unwrap(), "Harbour Wire", home, at(0)).unwrap()
    }

    fn teaser(lang: &str, topics: &[&str], minute: i64) -> Teaser {
        let teaser = Teaser::new(
            PartnerId::parse("harbour-wire").unwrap(),
            ReportId::parse("1").unwrap(),
            Headline::parse("A").unwrap(),
            WebAddress::parse("https://harbour.example/1").unwrap(),
            Lang::parse(lang).unwrap(),
            at(minute),
        );
        teaser.about(topics).unwrap()
    }

    #[test]
    fn an_agreement_covers_languages_and_topics() {
        let agreed = agreement().covering(&["Economy", "science"], vec![Lang::parse("en").unwrap()]).unwrap();
        let answer = |teaser: &Teaser| agreed.answer(teaser, &[], at(60));
        assert_eq!(answer(&teaser("en-gb", &["economy"], 1)), TeaserAnswer::Now);
        assert_eq!(answer(&teaser("ru", &["economy"], 1)), TeaserAnswer::No(TeaserRefusal::Language));
        assert_eq!(answer(&teaser("en", &["sport"], 1)), TeaserAnswer::No(TeaserRefusal::Topic));
        assert_eq!(answer(&teaser("en", &[], 1)), TeaserAnswer::No(TeaserRefusal::Topic), "what says nothing is not covered");
        assert_eq!(agreement().answer(&teaser("ru", &[], 1), &[], at(60)), TeaserAnswer::Now, "no topic is every topic");
        let others = Teaser { partner: PartnerId::parse("b").unwrap(), ..teaser("en", &["economy"], 1) };
        assert_eq!(answer(&others), TeaserAnswer::No(TeaserRefusal::NotTheirs));
    }

    #[test]
    fn a_report_is_the_partners_alone_at_first() {
        let agreed = agreement().within(5, 30, None).unwrap();
        assert_eq!(agreed.answer(&teaser("en", &[], 100), &[], at(110)), TeaserAnswer::From(at(130)));
        assert_eq!(agreed.answer(&teaser("en", &[], 100), &[], at(130)), TeaserAnswer::Now);
    }

    #[test]
    fn no_more_are_shown_in_a_day_than_agreed() {
        let day = 24 * 60;
        let agreed = agreement().within(2, 0, None).unwrap();
        let offered = teaser("en", &[], 10);
        assert_eq!(agreed.answer(&offered, &[at(10)], at(20)), TeaserAnswer::Now);
        assert_eq!(agreed.answer(&offered, &[at(15), at(10)], at(20)), TeaserAnswer::From(at(10 + day)), "the first leaves first");
        assert_eq!(agreed.answer(&offered, &[at(10), at(15), at(16)], at(20)), TeaserAnswer::From(at(15 + day)));
        assert_eq!(agreed.answer(&offered, &[at(10), at(15)], at(10 + day)), TeaserAnswer::Now);
        let none = agreement().within(0, 0, None).unwrap();
        assert_eq!(none.answer(&offered, &[], at(20)), TeaserAnswer::No(TeaserRefusal::NotInForce));
    }

    #[test]
    fn an_agreement_begins_and_ends() {
        let agreed = Agreement { since: at(50), ..agreement() }.within(5, 30, Some(at(200))).unwrap();
        let answer = |minute, now| agreed.answer(&teaser("en", &[], minute), &[], at(now));
        assert_eq!(answer(1, 10), TeaserAnswer::From(at(50)));
        assert_eq!(answer(180, 190), TeaserAnswer::No(TeaserRefusal::EndsBefore));
        assert_eq!(answer(1, 200), TeaserAnswer::No(TeaserRefusal::NotInForce));
        assert!(!agreed.is_in_force(at(49)) && agreed.is_in_force(at(50)) && !agreed.is_in_force(at(200)));
        let paused = Agreement { state: AgreementState::Paused, ..agreed };
        assert_eq!(paused.answer(&teaser("en", &[], 60), &[], at(100)), TeaserAnswer::No(TeaserRefusal::NotInForce));
        assert!(!paused.is_in_force(at(60)));
    }

    #[test]
    fn limits_are_refused_with_a_remedy() {
        for refused in [
            agreement().within(101, 0, None),
            agreement().within(1, 43_201, None),
            agreement().within(1, 0, Some(at(0))),
            agreement().covering(&["!"], Vec::new()),
            agreement().covering(&["a"; 101], Vec::new()),
            agreement().labelled(Some(&"x".repeat(201))),
        ] {
            assert!(refused.unwrap_err().to_string().contains("; "));
        }
        assert_eq!(agreement().covering(&["Economy", "economy"], Vec::new()).unwrap().topics().len(), 1);
    }
}
