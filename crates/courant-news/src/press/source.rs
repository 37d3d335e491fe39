//! Whom the newsroom follows.

use std::fmt;

use super::words;
use super::{PartnerId, PressSubject, ReportId};
use crate::field;
use crate::subject::slug_type;
use crate::{FieldError, Lang, Reason};

slug_type! {
    /// The short name of a source of other media, such as `sample-gazette`.
    SourceId, "press source"
}

/// An address on the web, `http` or `https`, as a link carries it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebAddress(Box<str>);

/// An outlet's feed, as the editors last described it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressSource {
    /// Its short name.
    pub id: SourceId,
    /// The outlet's name as printed, 1 to [`PressSource::NAME_CHARS_MAX`] characters.
    pub outlet: Box<str>,
    /// The outlet's own page.
    pub home: WebAddress,
    /// Where its feed is fetched.
    pub feed: WebAddress,
    /// What form the feed has, if that cannot be told from the document.
    pub form: Option<FeedForm>,
    /// The language of reports that name none.
    pub lang: Lang,
    /// How much of a report may be shown.
    pub licence: PressLicence,
    /// The terms of the licence, in words or as an address.
    pub terms: Option<Box<str>>,
    /// How much the editors trust it, 1 to [`PressSource::WEIGHT_MAX`]; it orders reports that are otherwise alike.
    pub weight: u8,
    /// Whether its reports are behind a paywall unless they say otherwise.
    pub is_paywalled: bool,
    /// Whom to write to there.
    pub contact: Option<Box<str>>,
    /// Whether it is followed.
    pub state: SourceState,
    /// Why it is blocked or removed, for the public.
    pub reason: Option<Reason>,
}

/// The form of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedForm {
    /// RSS.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    JsonFeed,
    /// ninjs, one or many.
    Ninjs,
}
words!(FeedForm { Rss => "rss", Atom => "atom", JsonFeed => "json", Ninjs => "ninjs" });

/// How much of another outlet's report may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PressLicence {
    /// Its headline and a link: what anybody may show.
    #[default]
    Headline,
    /// What stands below the headline too.
    Summary,
    /// All of it.
    Full,
}
words!(PressLicence { Headline => "headline", Summary => "summary", Full => "full" });

/// Whether a source is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SourceState {
    /// It is fetched and shown.
    #[default]
    Active,
    /// It is neither fetched nor shown, until the editors say otherwise.
    Blocked,
    /// It asked to go: nothing of it is kept.
    Removed,
}
words!(SourceState { Active => "active", Blocked => "blocked", Removed => "removed" });

/// Who reported: a source we follow or a partner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outlet {
    /// A source of other media.
    Source(SourceId),
    /// A partner.
    Partner(PartnerId),
}

/// A report of another outlet that is no longer shown: an editor rejected the match, or the outlet took its report back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportNotice {
    /// Whose.
    pub outlet: Outlet,
    /// Which.
    pub report: ReportId,
    /// Beside what it is no longer shown; `None` for everywhere.
    pub about: Option<PressSubject>,
    /// Why.
    pub reason: Reason,
}

impl WebAddress {
    /// The longest address, in bytes.
    pub const LEN_MAX_BYTES: usize = 2_000;

    /// Parses an absolute address.
    ///
    /// # Errors
    /// A [`FieldError`] when it is not `http` or `https` with a host, is too long, carries a password, or holds what no address does.
    pub fn parse(given: &str) -> Result<Self, FieldError> {
        let refused = |problem: &str| Err(FieldError::new("address", given, problem));
        let address = given.trim();
        let scheme = address.find("://").map_or("", |at| &address[..at]);
        if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
            return refused("is no web address; begin with https://");
        }
        if Self::LEN_MAX_BYTES < address.len() {
            return refused("is longer than 2,000 bytes; give a shorter address");
        }
        if address.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "\"<>\\^`{|}".contains(letter)) {
            return refused("holds a space or a sign that no address has; percent-encode it");
        }
        let rest = &address[scheme.len() + "://".len()..];
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return refused("names a user; leave that out");
        }
        if !authority.split(':').next().unwrap_or_default().contains(|letter: char| letter.is_alphanumeric()) && !authority.starts_with('[')
        {
            return refused("names no host; give the whole address");
        }
        Ok(Self(format!("{}://{rest}", scheme.to_ascii_lowercase()).into()))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PressSource {
    /// The longest name of an outlet, in characters.
    pub const NAME_CHARS_MAX: usize = 200;
    /// The longest terms and contact, in characters.
    pub const TERMS_CHARS_MAX: usize = 500;
    /// The most a source can weigh.
    pub const WEIGHT_MAX: u8 = 100;
    /// What one weighs that nobody judged.
    pub const WEIGHT: u8 = 50;

    /// A source that is followed, whose headlines may be shown with a link.
    ///
    /// # Errors
    /// A [`FieldError`] when the outlet's name is empty or too long.
    pub fn new(id: SourceId, outlet: &str, home: WebAddress, feed: WebAddress, lang: Lang) -> Result<Self, FieldError> {
        Ok(Self {
            id,
            outlet: field::line("outlet", outlet, Self::NAME_CHARS_MAX)?,
            home,
            feed,
            form: None,
            lang,
            licence: PressLicence::default(),
            terms: None,
            weight: Self::WEIGHT,
            is_paywalled: false,
            contact: None,
            state: SourceState::default(),
            reason: None,
        })
    }

    /// With its terms and whom to write to there.
    ///
    /// # Errors
    /// A [`FieldError`] when either is longer than [`PressSource::TERMS_CHARS_MAX`].
    pub fn under(self, licence: PressLicence, terms: Option<&str>, contact: Option<&str>) -> Result<Self, FieldError> {
        let line = |name, text: Option<&str>| {
            let text = text.map(str::trim).filter(|text| !text.is_empty());
            text.map(|text| field::line(name, text, Self::TERMS_CHARS_MAX)).transpose()
        };
        Ok(Self { licence, terms: line("terms", terms)?, contact: line("contact", contact)?, ..self })
    }

    /// With a weight.
    ///
    /// # Errors
    /// A [`FieldError`] when it is 0 or above [`PressSource::WEIGHT_MAX`].
    pub fn weighing(self, weight: u8) -> Result<Self, FieldError> {
        if (1..=Self::WEIGHT_MAX).contains(&weight) {
            Ok(Self { weight, ..self })
        } else {
            Err(FieldError::new("weight", &weight.to_string(), "is outside of 1 to 100; 50 is what a source weighs that nobody judged"))
        }
    }

    /// Whether its reports are shown.
    pub fn is_shown(&self) -> bool {
        self.state == SourceState::Active
    }
}

impl Outlet {
    /// What kind of outlet it is: `source` or `partner`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Source(_) => "source",
            Self::Partner(_) => "partner",
        }
    }

    /// Its short name.
    pub fn name(&self) -> &str {
        match self {
            Self::Source(id) => id.as_str(),
            Self::Partner(id) => id.as_str(),
        }
    }

    /// Reads what [`Outlet::kind`] and [`Outlet::name`] say.
    ///
    /// # Errors
    /// A [`FieldError`] when there is no such kind or the name is none.
    pub fn of(kind: &str, name: &str) -> Result<Self, FieldError> {
        match kind {
            "source" => Ok(Self::Source(SourceId::parse(name)?)),
            "partner" => Ok(Self::Partner(PartnerId::parse(name)?)),
            _ => Err(FieldError::new("outlet", kind, "is neither source nor partner")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_link_that_can_be_followed() {
        let address = WebAddress::parse(" HTTPS://gazette.example:8443/news?id=1 ").unwrap();
        assert_eq!(address.as_str(), "https://gazette.example:8443/news?id=1");
        assert!(WebAddress::parse("http://[::1]:80/").is_ok());
        for wrong in [
            "",
            "gazette.example",
            "javascript:alert(1)",
            "javascript://gazette.example/%0aalert(1)",
            "ftp://gazette.example/",
            "https:///news",
            "https://?q",
            "https://gazette.example/a b",
            "https://gazette.example/\"onclick=",
            "https://user:word@gazette.example/",
            "https://gazette.example/\u{7}",
        ] {
            assert!(WebAddress::parse(wrong).is_err(), "{wrong}");
        }
        assert!(WebAddress::parse(&format!("https://gazette.example/{}", "a".repeat(2_000))).is_err());
    }

    #[test]
    fn a_source_says_what_is_wrong_with_it() {
        let address = || WebAddress::parse("https://gazette.example/").unwrap();
        let id = || SourceId::parse("Sample Gazette").unwrap();
        assert!(PressSource::new(id(), " ", address(), address(), Lang::english()).unwrap_err().to_string().starts_with("outlet"));
        let source = PressSource::new(id(), "Sample Gazette", address(), address(), Lang::english()).unwrap();
        assert_eq!((source.id.as_str(), source.licence, source.is_shown()), ("sample-gazette", PressLicence::Headline, true));
        assert!(source.clone().weighing(0).is_err() && source.clone().weighing(101).is_err());
        assert_eq!(source.clone().weighing(100).unwrap().weight, 100);
        assert!(source.clone().under(PressLicence::Full, Some(&"x".repeat(501)), None).is_err());
        assert_eq!(source.under(PressLicence::Full, Some(" "), None).unwrap().terms, None);
    }

    #[test]
    fn words_are_read_back() {
        for state in SourceState::ALL {
            assert_eq!(SourceState::from_word(state.as_str()), Some(*state));
        }
        assert_eq!(FeedForm::from_word("gopher"), None);
        assert_eq!(Outlet::of("partner", "harbour-wire").unwrap(), Outlet::Partner(PartnerId::parse("harbour-wire").unwrap()));
        assert!(Outlet::of("reader", "a").is_err());
    }
}
