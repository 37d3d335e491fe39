//! Fields that are not kept: those ninjs knows, and those it does not.

use super::read::Reader;
use super::tree::is_of_family;

/// How many unknown keys one note names.
const UNKNOWN_KEYS_SHOWN_MAX: usize = 20;

/// The keys that mean something here, or are known to ninjs and have no place in a story of ours. In order.
const KNOWN_KEYS: [&str; 92] = [
    "$schema",
    "$standard",
    "altIds",
    "altids",
    "associations",
    "authors",
    "bodies",
    "by",
    "byline",
    "charcount",
    "contentCreated",
    "contentcreated",
    "copyrightHolder",
    "copyrightNotice",
    "copyrightholder",
    "copyrightnotice",
    "creditline",
    "dateline",
    "datelinelocation",
    "descriptions",
    "digitalSourceType",
    "digitalsourcetype",
    "edNote",
    "ednote",
    "embargoed",
    "embargoedUntil",
    "embargoeduntil",
    "event",
    "eventDetails",
    "events",
    "evolvedFrom",
    "evolvedfrom",
    "expires",
    "firstCreated",
    "firstcreated",
    "firstpublished",
    "genre",
    "genres",
    "guid",
    "headline",
    "headlines",
    "id",
    "infoSources",
    "infosource",
    "infosources",
    "itemid",
    "keyword",
    "keywords",
    "language",
    "located",
    "mimetype",
    "object",
    "objects",
    "organisation",
    "organisations",
    "organization",
    "people",
    "person",
    "place",
    "places",
    "plannedCoverage",
    "priority",
    "profile",
    "provider",
    "pubStatus",
    "pubstatus",
    "renditions",
    "representationType",
    "representationtype",
    "rightsInfo",
    "rightsinfo",
    "section",
    "signals",
    "slugline",
    "source",
    "standard",
    "subject",
    "subjects",
    "title",
    "trustIndicators",
    "trustindicator",
    "trustindicators",
    "type",
    "updated",
    "urgency",
    "uri",
    "usageTerms",
    "usageterms",
    "version",
    "versionCreated",
    "versioncreated",
    "wordcount",
];

impl Reader<'_, '_, '_> {
    /// The types of fields that are not kept, so that a document that is not ninjs is told so.
    pub(super) fn check_types(&self) {
        for names in [&["digitalSourceType", "digitalsourcetype"][..], &["rightsInfo", "rightsinfo"], &["standard", "$standard"]] {
            if let Some(object) = self.top.object(names) {
                object.text(&["uri", "linkedRights", "linkedrights", "name"]);
            }
        }
        for names in [&["expires"][..], &["title"], &["profile"], &["representationType", "representationtype"], &["located"]] {
            self.top.text(names);
        }
        if let Some((name, value)) = self.top.get(&["altIds", "altids"])
            && !value.is_object()
            && !value.is_array()
        {
            self.top.refuse(name, &value.to_string(), "is neither an array nor an object", "give an array of role and value");
        }
    }

    pub(super) fn note_unknown_keys(&self) {
        let is_family = |key: &str| ["headline_", "body_", "description_"].iter().any(|prefix| is_of_family(key, prefix));
        let unknown: Vec<&str> = self.top.keys().filter(|key| KNOWN_KEYS.binary_search(key).is_err() && !is_family(key)).collect();
        if unknown.is_empty() {
            return;
        }
        let shown = unknown.iter().take(UNKNOWN_KEYS_SHOWN_MAX).copied().collect::<Vec<_>>().join(", ");
        let verb = if unknown.len() == 1 { "is a key" } else { "are keys" };
        self.top.repair(&shown, "", format!("{verb} ninjs does not know; left out"));
    }
}

#[cfg(test)]
mod tests {
    use super::KNOWN_KEYS;

    #[test]
    fn keys_are_in_order_as_their_search_needs() {
        assert!(KNOWN_KEYS.is_sorted());
    }
}
