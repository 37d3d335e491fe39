//! NewsML-G2 2.x, at power conformance: structure, required attributes, dates, codes and their catalogues.
//!
//! It asks what makes a document useless or ambiguous to a receiver, not every type of the schema; the schema itself (`xmllint`)
//! is the second opinion.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::rules::{self, Rule};
use super::tree::{Document, Element, XML_NAMESPACE};
use super::{Finding, values};

/// The namespace, since 2006.
pub(super) const NAMESPACE: &str = "http://iptc.org/std/nar/2006-10-01/";
const ITEMS: [&str; 5] = ["newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem"];
const MORE_ITEMS: [&str; 1] = ["catalogItem"];
/// The order of the parts of any item.
const PARTS: [&str; 19] = [
    "catalogRef",
    "catalog",
    "hopHistory",
    "pubHistory",
    "rightsInfo",
    "itemMeta",
    "contentMeta",
    "partMeta",
    "assert",
    "inlineRef",
    "derivedFrom",
    "derivedFromValue",
    "contentSet",
    "groupSet",
    "concept",
    "conceptSet",
    "schemeMeta",
    "newsCoverageSet",
    "catalogContainer",
];
/// Parts that may stand in any order among each other.
const ANY_ORDER: [&str; 5] = ["partMeta", "assert", "inlineRef", "derivedFrom", "derivedFromValue"];
/// The order of what is said of an item.
const META: [&str; 25] = [
    "itemClass",
    "provider",
    "versionCreated",
    "firstCreated",
    "embargoed",
    "pubStatus",
    "role",
    "fileName",
    "generator",
    "profile",
    "service",
    "title",
    "edNote",
    "memberOf",
    "instanceOf",
    "signal",
    "altRep",
    "deliverableOf",
    "hash",
    "expires",
    "origRep",
    "incomingFeedId",
    "metadataCreator",
    "link",
    "itemMetaExtProperty",
];
/// Attributes whose value is a `QCode`.
const QCODES: [&str; 11] = ["qcode", "role", "rel", "type", "mode", "how", "why", "scope", "valueunit", "rendition", "colourspace"];
/// Attributes that only look alike, by the element they stand on.
const NO_QCODES: [(&str, &str); 3] = [("remoteContent", "type"), ("icon", "rendition"), ("channel", "type")];
/// Elements that hold a date and time.
const INSTANTS: [&str; 6] = ["versionCreated", "firstCreated", "embargoed", "sent", "expires", "contentModified"];
/// The schemes of the IPTC's catalogue 41.
const ALIASES: &str = " altidrole aoprop app aspfacet aspfacetvalue acdc authoritystatus catinat chprop cinat colsp colin ctech cptdefrole \
    cptnoterole crel conf ciprol cwarn ctrol cpnat cpprole drol digsrctype dimensionunit ednoterole dummy erol encd entityprop ecirol edconf \
    eocstat eorol eprol eregrol fisymtype frmt gen genre hashscope hashtype hopaction hatarget howextr howpr ikos imgregrole imgregtype impt \
    isrol irel irep lbtyp lrol loutorient loctyp medtop mtyp medtype nprt nrol ncostat nityp nmsig nprod nprov ninat not oito pgrmod plinat \
    prio prodgenre prop prov stat rtype rcalctype rel rnd riaspect rightsprop riscope role1 rscaleunit scn sev sig pst1 subj squ timeunit tone \
    tpctyp trustindicator urgy useracttype valfmt vcdc videodef ivqu sov why wldreg a1312cat a1312prio a1312svc a1312vers bcp47 cusip figi gics \
    isin mic iso3166-1a2 iso3166-1a3 iso3166-2 iso4217a iso4217n parasport secst sedol ticker tidm dbpedia freebase geonames geonameshttps \
    googletopicsv1 googletopicsv2 iabcontent20 iabcontent21 iabcontent22 iabcontent30 iabaudience10 iabadproduct10 iabadproduct20 mb-artist \
    mb-label mb-recording mb-release mb-releasegroup mb-work plus skos wikidata ";

static QCODE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[^\s:]+:\S+$").expect("the pattern is part of the program"));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^-?\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?)?)?)?(Z|[+-]\d\d:\d\d)?$").expect("the pattern is part of the program")
});

/// Checks a document.
pub(super) fn check(doc: &Document<'_>) -> Vec<Finding> {
    let mut examiner = Examiner { doc, findings: Vec::new(), path: Vec::new(), aliases: HashSet::new(), has_strange_catalog: false };
    let root = &doc.root;
    if root.namespace.as_deref() != Some(NAMESPACE) {
        examiner.note(rules::G2_NAMESPACE, root, "", root.namespace.as_deref().unwrap_or_default());
        return examiner.findings;
    }
    match root.local {
        // A catalogue by itself.
        "catalog" => {}
        "newsMessage" => examiner.message(root),
        name if ITEMS.contains(&name) || MORE_ITEMS.contains(&name) => examiner.item(root),
        name => examiner.note(rules::G2_UNKNOWN_ELEMENT, root, "", name),
    }
    examiner.findings
}

struct Examiner<'d, 't> {
    doc: &'d Document<'t>,
    findings: Vec<Finding>,
    path: Vec<&'d str>,
    aliases: HashSet<String>,
    /// A catalogue elsewhere, of which nobody knows here what it declares.
    has_strange_catalog: bool,
}

impl<'d, 't> Examiner<'d, 't> {
    fn note(&mut self, rule: &'static Rule, element: &Element<'_>, part: &str, value: &str) {
        if super::FINDINGS_MAX <= self.findings.len() {
            return;
        }
        let parent = self.path.last().copied().unwrap_or_default().to_owned();
        let (name, attribute) = match part.strip_prefix('@') {
            Some(attribute) => (element.local.to_owned(), Some(attribute)),
            None if part.is_empty() => (element.local.to_owned(), None),
            None => (part.to_owned(), None),
        };
        let parent = if part.is_empty() || attribute.is_some() { parent } else { element.local.to_owned() };
        let place = self.doc.place(element.at);
        self.findings.push(Finding::at(rule, rule.standard, rule.clause, (parent, name, attribute), value, Some(place)));
    }

    fn message(&mut self, root: &'d Element<'t>) {
        match root.children().find(|child| child.local == "header") {
            Some(header) => match header.children().find(|child| child.local == "sent") {
                Some(sent) => self.instant(sent),
                None => self.note(rules::G2_MISSING_ELEMENT, header, "sent", ""),
            },
            None => self.note(rules::G2_MISSING_ELEMENT, root, "header", ""),
        }
        let Some(set) = root.children().find(|child| child.local == "itemSet") else {
            self.note(rules::G2_MISSING_ELEMENT, root, "itemSet", "");
            return;
        };
        for item in set.children().filter(|item| item.namespace.as_deref() == Some(NAMESPACE)) {
            if ITEMS.contains(&item.local) || MORE_ITEMS.contains(&item.local) {
                self.item(item);
            } else {
                self.note(rules::G2_UNKNOWN_ELEMENT, item, "", item.local);
            }
        }
    }

    fn item(&mut self, item: &'d Element<'t>) {
        for name in ["guid", "version", "standard", "standardversion"] {
            // A version that is not given is 1, says the schema; a receiver that compares versions needs it.
            if item.attribute(name).is_none_or(|value| value.trim().is_empty()) && name != "version" {
                self.note(rules::G2_MISSING_ATTRIBUTE, item, &format!("@{name}"), "");
            }
        }
        if let Some(standard) = item.attribute("standard").filter(|standard| *standard != "NewsML-G2") {
            self.note(rules::G2_STANDARD, item, "@standard", standard);
        }
        let is_version = |version: &str| version.split_once('.').is_some_and(|(major, minor)| major == "2" && minor.parse::<u8>().is_ok());
        if let Some(version) = item.attribute("standardversion").filter(|version| !is_version(version)) {
            self.note(rules::G2_STANDARD, item, "@standardversion", version);
        }
        if let Some(conformance) = item.attribute("conformance").filter(|conformance| !matches!(*conformance, "power" | "core")) {
            self.note(rules::G2_CONFORMANCE, item, "@conformance", conformance);
        }
        if let Some(version) = item.attribute("version").filter(|version| !version.trim().parse::<u64>().is_ok_and(|number| 0 < number)) {
            self.note(rules::G2_VERSION, item, "@version", version);
        }
        if item.attribute_of(XML_NAMESPACE, "lang").is_none_or(str::is_empty) {
            self.note(rules::G2_LANGUAGE, item, "@xml:lang", "");
        }
        self.catalogs(item);
        self.order(item, &PARTS, &ANY_ORDER);
        match item.children().find(|child| child.local == "itemMeta") {
            Some(meta) => self.meta(meta),
            None => self.note(rules::G2_MISSING_ELEMENT, item, "itemMeta", ""),
        }
        let needed = match item.local {
            "packageItem" => Some("groupSet"),
            "conceptItem" => Some("concept"),
            "knowledgeItem" => Some("conceptSet"),
            _ => None,
        };
        if let Some(needed) = needed.filter(|needed| !item.children().any(|child| child.local == *needed)) {
            self.note(rules::G2_EMPTY, item, needed, "");
        }
        if let Some(groups) = item.children().find(|child| child.local == "groupSet") {
            self.groups(groups);
        }
        let mut ids = HashSet::new();
        self.everything(item, &mut ids);
    }

    fn catalogs(&mut self, item: &'d Element<'t>) {
        self.aliases.clear();
        self.has_strange_catalog = false;
        let mut has_any = false;
        for child in item.children() {
            match child.local {
                "catalogRef" => {
                    has_any = true;
                    let href = child.attribute("href").unwrap_or_default();
                    if href.contains("iptc.org/std/catalog/catalog.IPTC-G2-Standards") {
                        self.aliases.extend(ALIASES.split_whitespace().map(str::to_owned));
                    } else {
                        self.has_strange_catalog = true;
                    }
                }
                "catalog" => {
                    has_any = true;
                    for scheme in child.children().filter(|scheme| scheme.local == "scheme") {
                        for name in ["alias", "uri"] {
                            if scheme.attribute(name).is_none_or(str::is_empty) {
                                self.note(rules::G2_MISSING_ATTRIBUTE, scheme, &format!("@{name}"), "");
                            }
                        }
                        self.aliases.extend(scheme.attribute("alias").map(str::to_owned));
                    }
                }
                _ => {}
            }
        }
        // Since 2.30 whatever can be said by a code can be said by an address, so there may be none.
        let minor = item.attribute("standardversion").and_then(|version| version.split_once('.')?.1.parse::<u8>().ok());
        if !has_any && minor.is_none_or(|minor| minor < 30) {
            self.note(rules::G2_CATALOG, item, "catalogRef", "");
        }
    }

    /// Parts in the order of the schema, and no part it does not have.
    fn order(&mut self, element: &'d Element<'t>, order: &[&str], any_order: &[&str]) {
        let mut reached = 0;
        for child in element.children().filter(|child| child.namespace.as_deref() == Some(NAMESPACE)) {
            let Some(mut idx) = order.iter().position(|known| *known == child.local) else {
                self.path.push(element.local);
                self.note(rules::G2_UNKNOWN_ELEMENT, child, "", child.local);
                self.path.pop();
                continue;
            };
            // Those that may be mixed count as one.
            if any_order.contains(&child.local) {
                idx = order.iter().position(|known| any_order.contains(known)).unwrap_or(idx);
            }
            if matches!(child.local, "catalog" | "catalogRef") {
                idx = 0;
            }
            if idx < reached {
                self.path.push(element.local);
                self.note(rules::G2_ORDER, child, "", child.local);
                self.path.pop();
            }
            reached = reached.max(idx);
        }
    }

    fn meta(&mut self, meta: &'d Element<'t>) {
        for needed in ["itemClass", "provider", "versionCreated"] {
            if !meta.children().any(|child| child.local == needed) {
                self.note(rules::G2_MISSING_ELEMENT, meta, needed, "");
            }
        }
        self.order(meta, &META, &META[6..]);
        for child in meta.children() {
            match child.local {
                "itemClass" if child.attribute("qcode").is_none() && child.attribute("uri").is_none() => {
                    self.note(rules::G2_UNIDENTIFIED, child, "@qcode", "");
                }
                "pubStatus" => {
                    let code = child.attribute("qcode").and_then(|code| code.split_once(':')).map(|(_, status)| status);
                    let status = code.or_else(|| child.attribute("uri").and_then(|uri| uri.rsplit('/').next()));
                    if !status.is_some_and(|status| matches!(status, "usable" | "withheld" | "canceled" | "cancelled")) {
                        self.note(rules::G2_PUB_STATUS, child, "", child.attribute("qcode").unwrap_or_default());
                    }
                }
                _ => {}
            }
        }
    }

    /// The root of a package is one of its groups, and so is every group that is referred to.
    fn groups(&mut self, set: &'d Element<'t>) {
        let ids: HashSet<&str> = set.children().filter_map(|group| group.attribute("id")).collect();
        match set.attribute("root") {
            Some(root) if !ids.contains(root) => self.note(rules::G2_ID_REFERENCE, set, "@root", root),
            Some(_) => {}
            None => self.note(rules::G2_MISSING_ATTRIBUTE, set, "@root", ""),
        }
        for group in set.children().filter(|group| group.local == "group") {
            if group.attribute("role").is_none() && group.attribute("roleuri").is_none() {
                self.note(rules::G2_UNIDENTIFIED, group, "@role", "");
            }
            for member in group.children() {
                match member.local {
                    "groupRef" => {
                        let idref = member.attribute("idref").unwrap_or_default();
                        if !ids.contains(idref) {
                            self.note(rules::G2_ID_REFERENCE, member, "@idref", idref);
                        }
                    }
                    "itemRef" if member.attribute("residref").is_none() && member.attribute("href").is_none() => {
                        self.note(rules::G2_UNIDENTIFIED, member, "@residref", "");
                    }
                    _ => {}
                }
            }
        }
    }

    /// Codes, dates, languages and ids, wherever they stand.
    fn everything(&mut self, element: &'d Element<'t>, ids: &mut HashSet<&'d str>) {
        if element.namespace.as_deref() != Some(NAMESPACE) {
            return;
        }
        for attribute in &element.attributes {
            let value = &*attribute.value;
            if attribute.namespace.as_deref() == Some(XML_NAMESPACE)
                && attribute.local == "lang"
                && !value.is_empty()
                && !values::is_language(value)
            {
                self.note(rules::INVALID_LANGUAGE, element, "@xml:lang", value);
            }
            if attribute.namespace.is_some() {
                continue;
            }
            if attribute.local == "id" && !ids.insert(value) {
                self.note(rules::G2_DUPLICATE_ID, element, "@id", value);
            }
            if QCODES.contains(&attribute.local) && !NO_QCODES.contains(&(element.local, attribute.local)) {
                self.qcode(element, attribute.local, value);
            }
        }
        if INSTANTS.contains(&element.local) && !element.all_text().trim().is_empty() {
            self.instant(element);
        } else if matches!(element.local, "contentCreated" | "dateReleased" | "born" | "died" | "founded" | "dissolved")
            && !DATE.is_match(element.text().trim())
        {
            self.note(rules::G2_DATE, element, "", element.text().trim());
        }
        if element.local == "language" && element.attribute("tag").is_some_and(|tag| !values::is_language(tag)) {
            self.note(rules::INVALID_LANGUAGE, element, "@tag", element.attribute("tag").unwrap_or_default());
        }
        if element.local == "urgency" && !element.text().trim().parse::<u8>().is_ok_and(|urgency| (1..=9).contains(&urgency)) {
            self.note(rules::INVALID_POSITIVE_INTEGER, element, "", element.text().trim());
        }
        self.path.push(element.local);
        for child in element.children() {
            self.everything(child, ids);
        }
        self.path.pop();
    }

    fn instant(&mut self, element: &'d Element<'t>) {
        let text = element.text();
        let text = text.trim();
        // The embargo may be empty: it ends when somebody says so.
        if text.is_empty() && element.local == "embargoed" {
            return;
        }
        let has_time = text.contains('T');
        if !has_time || !DATE.is_match(text) || values::iso8601(text, None).is_some() {
            self.note(rules::G2_DATE, element, "", text);
        }
    }

    fn qcode(&mut self, element: &'d Element<'t>, attribute: &str, value: &str) {
        let place = format!("@{attribute}");
        if !QCODE.is_match(value) {
            self.note(rules::G2_QCODE, element, &place, value);
            return;
        }
        let alias = value.split(':').next().unwrap_or_default();
        if !self.has_strange_catalog && !self.aliases.contains(alias) {
            self.note(rules::G2_ALIAS, element, &place, value);
        }
    }
}
