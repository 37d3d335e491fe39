//! `/about`: what the agency says of its own work, from the configuration.

use axum::response::{IntoResponse, Response};
use courant_news::{Block, Filter, Lang};

use super::SiteState;
use super::answer::{self, Refused};
use super::common;
use crate::pages::{AboutPage, Fault, Link, PolicyPage};
use crate::words::{UiLanguage, Words};

/// A policy: its kind and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// What it is about.
    pub kind: PolicyKind,
    /// The language it is written in.
    pub lang: Lang,
    /// Its text.
    pub text: Vec<Block>,
}

/// The policies that readers and search engines look for: the properties of schema.org's `NewsMediaOrganization`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PolicyKind {
    /// What guides the work.
    Principles,
    /// How errors are put right.
    Corrections,
    /// What is and is not done for a story.
    Ethics,
    /// How facts are checked.
    Verification,
    /// When a source stays unnamed.
    UnnamedSources,
    /// Whose voices are heard.
    Diversity,
    /// Who is who.
    Masthead,
    /// Who owns and pays.
    Ownership,
    /// How readers are heard.
    Feedback,
    /// What is covered and why.
    Mission,
}

impl PolicyKind {
    /// All of them, in the order they are listed.
    pub const ALL: [Self; 10] = [
        Self::Principles,
        Self::Corrections,
        Self::Ethics,
        Self::Verification,
        Self::UnnamedSources,
        Self::Diversity,
        Self::Masthead,
        Self::Ownership,
        Self::Feedback,
        Self::Mission,
    ];

    /// The word in addresses and in the configuration.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Principles => "principles",
            Self::Corrections => "corrections",
            Self::Ethics => "ethics",
            Self::Verification => "verification",
            Self::UnnamedSources => "unnamed-sources",
            Self::Diversity => "diversity",
            Self::Masthead => "masthead",
            Self::Ownership => "ownership",
            Self::Feedback => "feedback",
            Self::Mission => "mission",
        }
    }

    /// The kind of a slug.
    pub fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }

    /// The property of schema.org.
    pub const fn property(self) -> &'static str {
        match self {
            Self::Principles => "publishingPrinciples",
            Self::Corrections => "correctionsPolicy",
            Self::Ethics => "ethicsPolicy",
            Self::Verification => "verificationFactCheckingPolicy",
            Self::UnnamedSources => "unnamedSourcesPolicy",
            Self::Diversity => "diversityPolicy",
            Self::Masthead => "masthead",
            Self::Ownership => "ownershipFundingInfo",
            Self::Feedback => "actionableFeedbackPolicy",
            Self::Mission => "missionCoveragePrioritiesPolicy",
        }
    }

    /// The message that names it.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Principles => "policy-principles",
            Self::Corrections => "policy-corrections",
            Self::Ethics => "policy-ethics",
            Self::Verification => "policy-verification",
            Self::UnnamedSources => "policy-unnamed-sources",
            Self::Diversity => "policy-diversity",
            Self::Masthead => "policy-masthead",
            Self::Ownership => "policy-ownership",
            Self::Feedback => "policy-feedback",
            Self::Mission => "policy-mission",
        }
    }

    /// Its page.
    pub fn path(self) -> String {
        format!("/about/{}", self.slug())
    }
}

/// The path of the list of policies.
pub(super) const PATH: &str = "/about";

/// `/about`: the policies there are. `lang=` chooses the language of its furniture.
pub(super) fn about(state: &SiteState, query: &str) -> Result<Response, Refused> {
    let language = common::list_language(&Filter::parse(query, &[]).filter);
    if state.agency.policies.is_empty() {
        return Err(Refused::Fault(Fault::NotFound));
    }
    let words = Words::of(language);
    let page = AboutPage {
        chrome: common::chrome(state, language, PATH.to_owned()),
        policies: state.agency.policies.iter().map(|policy| Link::new(policy.kind.path(), words.t(policy.kind.message()))).collect(),
        rights: [("/robots.txt", "robots.txt"), ("/rights.xml", "RSL"), ("/trust.txt", "trust.txt")]
            .map(|(path, name)| Link::new(path, name))
            .into(),
    };
    Ok(answer::html(page.render()).until([]).into_response())
}

/// A policy; one the agency has not written is not there.
pub(super) fn page(state: &SiteState, kind: PolicyKind) -> Result<Response, Refused> {
    let policy = state.agency.policies.iter().find(|policy| policy.kind == kind).ok_or(Refused::Fault(Fault::NotFound))?;
    let language = UiLanguage::of(&policy.lang);
    let page = PolicyPage {
        chrome: common::chrome(state, language, kind.path()),
        title: Words::of(language).t(kind.message()).into(),
        lang: policy.lang.clone(),
        text: policy.text.clone(),
    };
    Ok(answer::html(page.render()).until([]).into_response())
}
