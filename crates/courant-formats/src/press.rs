//! Other media and partners as JSON: what addresses ending in `.json` and the shell answer.

use courant_news::Lang;
use courant_news::press::{Agreement, Difference, PressMatch, PressSource, PressSubject, ReportNotice, Shared, Teaser};
use serde_json::{Value, json};

use crate::ninjs::Audience;

/// A source. What the newsroom thinks of it and whom it writes to there is not for the public.
pub fn source(source: &PressSource, audience: Audience) -> Value {
    let mut object = json!({
        "id": source.id.as_str(),
        "outlet": source.outlet,
        "home": source.home.as_str(),
        "feed": source.feed.as_str(),
        "language": source.lang.as_str(),
        "licence": source.licence.as_str(),
        "terms": source.terms,
        "paywalled": source.is_paywalled,
    });
    if audience == Audience::Client {
        object["format"] = json!(source.form.map(courant_news::press::FeedForm::as_str));
        object["weight"] = json!(source.weight);
        object["contact"] = json!(source.contact);
        object["state"] = json!(source.state.as_str());
        object["reason"] = json!(source.reason.as_ref().map(courant_news::Reason::as_str));
    }
    object
}

/// A report beside a story or a dossier. The public sees the differences an editor approved.
pub fn matched(found: &PressMatch, audience: Audience) -> Value {
    let mut object = json!({
        "about": subject(&found.about),
        "source": found.source.as_str(),
        "report": found.report.as_str(),
        "headline": found.headline.as_str(),
        "url": found.link.as_str(),
        "published_at": found.published_at.map(|at| at.to_string()),
        "seen_at": found.seen_at.to_string(),
        "language": found.lang.as_str(),
        "paywalled": found.is_paywalled,
        "kind": found.kind.as_str(),
        "score": f64::from(found.evidence.score()) / f64::from(courant_news::press::Evidence::SCORE_MAX),
        "shared": found.evidence.shared().iter().map(shared).collect::<Vec<_>>(),
        "decided_by": found.decided_by.as_str(),
    });
    let differs =
        |difference: &Difference| json!({ "kind": difference.kind.as_str(), "ours": difference.ours, "theirs": difference.theirs });
    object["differs"] = match audience {
        Audience::Public => found.approved().map(differs).collect(),
        Audience::Client => found
            .differs
            .iter()
            .map(|difference| {
                let mut one = differs(difference);
                one["state"] = json!(difference.state.as_str());
                one
            })
            .collect(),
    };
    object
}

fn subject(about: &PressSubject) -> Value {
    match about {
        PressSubject::Story(guid) => json!({ "story": guid.as_str() }),
        PressSubject::Dossier(slug) => json!({ "dossier": slug.as_str() }),
    }
}

fn shared(shared: &Shared) -> Value {
    json!({ "kind": shared.kind.as_str(), "ours": shared.ours, "theirs": shared.theirs })
}

/// A report that is no longer shown.
pub fn notice(notice: &ReportNotice) -> Value {
    json!({
        notice.outlet.kind(): notice.outlet.name(),
        "report": notice.report.as_str(),
        "about": notice.about.as_ref().map(subject),
        "reason": notice.reason.as_str(),
    })
}

/// An agreement.
pub fn agreement(agreed: &Agreement) -> Value {
    json!({
        "partner": agreed.partner.as_str(),
        "name": agreed.name,
        "home": agreed.home.as_str(),
        "feed": agreed.feed.as_ref().map(courant_news::press::WebAddress::as_str),
        "topics": agreed.topics(),
        "languages": agreed.languages().iter().map(Lang::as_str).collect::<Vec<_>>(),
        "per_day": agreed.per_day,
        "embargo_minutes": agreed.embargo_minutes,
        "use": agreed.uses.as_str(),
        "since": agreed.since.to_string(),
        "until": agreed.until.map(|until| until.to_string()),
        "state": agreed.state.as_str(),
        "trust": agreed.trust.map(courant_news::press::TrustRelation::as_str),
        "label": agreed.label,
    })
}

/// A report of a partner.
pub fn teaser(teaser: &Teaser) -> Value {
    json!({
        "partner": teaser.partner.as_str(),
        "report": teaser.report.as_str(),
        "headline": teaser.headline.as_str(),
        "summary": teaser.summary.as_ref().map(courant_news::Lead::as_str),
        "url": teaser.link.as_str(),
        "published_at": teaser.published_at.map(|at| at.to_string()),
        "seen_at": teaser.seen_at.to_string(),
        "language": teaser.lang.as_str(),
        "topics": teaser.topics(),
    })
}
