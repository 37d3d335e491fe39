//! What a document is filed under, where it is from and what is said of its versions.

use courant_news::{
    Correction, CorrectionKind, DossierSlug, Entity, Guid, Keyword, Place, Reason, Rights, SectionSlug, SignOff, Signal, SourceName,
    Subject, Version,
};
use jiff::Timestamp;
use serde_json::Value;

use super::read::{Reader, decoded};
use super::tree::Object;
use super::{CORRECTION, CORRECTIVE, DOSSIER, GUID, SECTION, place};
use crate::filing::root_section;
use crate::findings::cut;
use crate::{html, instant};

/// The longest copyright notice or usage terms, in characters.
const RIGHTS_CHARS_MAX: usize = 10_000;

impl<'v> Reader<'_, 'v, '_> {
    pub(super) fn filed_under(&self) -> FiledUnder {
        let mut section = None;
        let mut dossiers = Vec::new();
        let mut keywords: Vec<Keyword> = Vec::new();
        let mut subjects: Vec<Subject> = Vec::new();
        for (_, entry) in self.top.objects(&["subjects", "subject"], &["name", "code", "uri", "literal"]) {
            let uri = entry.text(&["uri"]);
            let name = entry.text(&["name"]);
            if let Some(slug) = uri.and_then(|uri| uri.strip_prefix(SECTION)) {
                section = section.or_else(|| entry.keep("uri", SectionSlug::parse(&decoded(slug))));
            } else if let Some(slug) = uri.and_then(|uri| uri.strip_prefix(DOSSIER)) {
                dossiers.extend(entry.keep("uri", DossierSlug::parse(&decoded(slug))));
            } else if entry.text(&["rel"]) == Some("keyword") {
                keywords.extend(name.and_then(|name| entry.keep("name", Keyword::parse(name))));
            } else {
                let Some(code) = concept_uri(&entry) else {
                    // A name without a code is a keyword.
                    keywords.extend(name.and_then(|name| entry.keep("name", Keyword::parse(name))));
                    continue;
                };
                if let Some(subject) = entry.keep("uri", Subject::new(&code, name))
                    && !subjects.iter().any(|known| known.uri() == subject.uri())
                {
                    subjects.push(subject);
                }
            }
        }
        for word in self.top.texts(&["keywords", "keyword"]) {
            keywords.extend(self.top.keep("keywords", Keyword::parse(word)).filter(|word| !keywords.contains(word)));
        }
        let section = section.or_else(|| self.top.text(&["section"]).and_then(|name| SectionSlug::parse(name).ok()));
        let section = section.or_else(|| subjects.iter().find_map(|subject| root_section(subject.uri()))).unwrap_or_else(SectionSlug::news);
        FiledUnder { section, dossiers, keywords, subjects }
    }

    pub(super) fn entities(&self, names: &[&'static str]) -> Vec<Entity> {
        let entries = self.top.objects(names, &["name", "code", "uri"]);
        let mut entities: Vec<Entity> = Vec::with_capacity(entries.len());
        for (_, entry) in &entries {
            let Some(name) = entry.text(&["name"]).or_else(|| entry.text(&["literal"])) else { continue };
            let code = concept_uri(entry);
            if let Some(entity) = entry.keep("name", Entity::new(name, code.as_deref()))
                && !entities.contains(&entity)
            {
                entities.push(entity);
            }
        }
        entities
    }

    pub(super) fn genre(&self) -> Option<Keyword> {
        let genres = self.top.texts(&["genres", "genre"]);
        genres.first().and_then(|genre| self.fitted("genres", genre, Keyword::parse, Keyword::CHARS_MAX))
    }

    pub(super) fn places(&self) -> Vec<place::Given<'v>> {
        let entries = self.top.objects(&["places", "place"], &place::OWN);
        entries.iter().filter_map(|(_, entry)| place::read(entry)).collect()
    }

    pub(super) fn source(&self) -> Option<SourceName> {
        let entries = self.top.objects(&["infoSources", "infosources", "infosource"], &["name", "code"]);
        let role = |entry: &Object<'_, '_>| entry.text(&["role", "rel"]).unwrap_or_default().to_owned();
        for (_, entry) in &entries {
            entry.text(&["name"]);
            entry.text(&["scheme"]);
            entry.text(&["code"]);
        }
        let named = entries.iter().find(|(_, entry)| role(entry) == "source").and_then(|(_, entry)| entry.text(&["name"]));
        let first = || entries.iter().find(|(_, entry)| role(entry) != "author").and_then(|(_, entry)| entry.text(&["name"]));
        let name = named.or_else(|| self.top.texts(&["source", "provider"]).into_iter().next()).or_else(first)?;
        self.fitted("infoSources", name, SourceName::parse, SourceName::CHARS_MAX)
    }

    pub(super) fn rights(&self) -> Rights {
        let text = |names: &[&'static str]| {
            let text = match self.top.get(names) {
                // AP gives its terms one by one.
                Some((_, Value::Array(_))) => self.top.texts(names).join(" "),
                _ => self.top.text(names)?.to_owned(),
            };
            let line = html::one_line(&text);
            (!line.is_empty()).then(|| cut(&line, RIGHTS_CHARS_MAX).into())
        };
        Rights {
            copyright_holder: text(&["copyrightHolder", "copyrightholder"]),
            copyright_notice: text(&["copyrightNotice", "copyrightnotice"]),
            usage_terms: text(&["usageTerms", "usageterms"]),
        }
    }

    pub(super) fn alt_ids(&self) -> AltIds {
        let mut alt = AltIds::default();
        let guid_of = |uri: &str| Guid::parse(uri.strip_prefix(GUID).map(decoded).as_deref().unwrap_or(uri)).ok();
        alt.evolved_from = self.top.text(&["evolvedFrom", "evolvedfrom"]).and_then(guid_of);
        for signal in self.top.get(&["signals"]).map(|_| self.top.texts(&["signals"])).unwrap_or_default() {
            alt.signals.extend(signal_of(signal));
        }
        // In ninjs 1.x these are a map of names to ids, which is nothing of ours.
        let is_list = self.top.get(&["altIds", "altids"]).is_some_and(|(_, value)| value.is_array());
        let entries = if is_list { self.top.objects(&["altIds", "altids"], &[]) } else { Vec::new() };
        for (_, entry) in &entries {
            let (Some(role), Some((_, Value::String(value)))) = (entry.text(&["role"]), entry.get(&["value"])) else { continue };
            match role {
                "signal" => alt.signals.extend(signal_of(value)),
                "updated" => alt.updated_at = instant::exact(value),
                "corrected" => alt.corrected_at = instant::exact(value),
                "evolvedFrom" => alt.evolved_from = guid_of(value),
                "signOff" => alt.sign_off = SignOff::parse(value).ok(),
                _ => {}
            }
        }
        alt
    }

    pub(super) fn corrections(&self) -> Vec<Correction> {
        let mut corrections = Vec::new();
        for (_, entry) in self.top.objects(&["trustIndicators", "trustindicators", "trustindicator"], &["role", "href", "title"]) {
            let Some(role) = entry.text(&["role"]) else { continue };
            let of_kind = |prefix: &str, kind| role.strip_prefix(prefix).map(|rest| (rest, kind));
            let Some((rest, kind)) =
                of_kind(CORRECTION, CorrectionKind::Correction).or_else(|| of_kind(CORRECTIVE, CorrectionKind::Corrective))
            else {
                continue;
            };
            let correction = rest.split_once('/').and_then(|(version, at)| {
                let version = version.parse().ok().and_then(Version::new)?;
                let reason = Reason::parse(entry.text(&["title"])?).ok()?;
                Some(Correction { version, corrected_at: instant::exact(at)?, kind, reason })
            });
            match correction {
                Some(correction) => corrections.push(correction),
                None => entry.repair("role", role, "is no correction with version, instant and reason; left out"),
            }
        }
        corrections
    }
}

pub(super) struct FiledUnder {
    pub(super) section: SectionSlug,
    pub(super) dossiers: Vec<DossierSlug>,
    pub(super) keywords: Vec<Keyword>,
    pub(super) subjects: Vec<Subject>,
}

#[derive(Default)]
pub(super) struct AltIds {
    pub(super) signals: Vec<Signal>,
    pub(super) updated_at: Option<Timestamp>,
    pub(super) corrected_at: Option<Timestamp>,
    pub(super) sign_off: Option<SignOff>,
    pub(super) evolved_from: Option<Guid>,
}

/// The code of a concept: its uri, or scheme and code together. An eight-digit code without a scheme is one of IPTC's.
fn concept_uri(entry: &Object<'_, '_>) -> Option<String> {
    if let Some(uri) = entry.text(&["uri"]) {
        return Some(uri.trim().to_owned());
    }
    let code = entry.text(&["code", "literal"]).map(str::trim)?;
    let scheme = entry.text(&["scheme"]).map(str::trim);
    let is_iptc = code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit());
    Some(match scheme {
        Some(scheme) if scheme.ends_with(['/', '#', ':', '=']) => format!("{scheme}{code}"),
        Some(scheme) => format!("{scheme}:{code}"),
        None if is_iptc && courant_news::media_topic_name(code).is_some() => format!("medtop:{code}"),
        None if is_iptc => format!("subj:{code}"),
        None => code.to_owned(),
    })
}

fn signal_of(given: &str) -> Option<Signal> {
    match given.rsplit([':', '/']).next().unwrap_or(given) {
        "update" => Some(Signal::Update),
        "correction" => Some(Signal::Correction),
        _ => None,
    }
}

/// The places a story is about: each once, the dateline's own entry apart.
pub(super) fn about(places: Vec<place::Given<'_>>) -> Vec<Place> {
    let mut about: Vec<Place> = Vec::with_capacity(places.len());
    for given in places.into_iter().filter(|given| !given.is_located) {
        if !about.iter().any(|known| known.slug == given.place.slug) {
            about.push(given.place);
        }
    }
    about
}
