//! What the wire says of all dossiers, and what may follow it.

use std::collections::BTreeMap;

use crate::{Dossier, DossierMerge, DossierSlug, DossierState, Refusal, Version, WireEvent};

/// Where every dossier stands after some entries of the wire: what the rules on dossiers need to know of the past.
///
/// A store reads it under the write lock before it appends an act on a dossier, so of two editors who act at once the second is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DossierBook {
    known: BTreeMap<DossierSlug, Known>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    state: DossierState,
    /// How often it was described.
    n_described: u32,
    parent: Option<DossierSlug>,
    merged_into: Option<DossierSlug>,
}

impl DossierBook {
    /// Takes note of an entry. What is no act on a dossier changes nothing.
    pub fn note(&mut self, event: &WireEvent) {
        match event {
            WireEvent::DescribeDossier(dossier) => {
                let n_described = self.known.get(&dossier.slug).map_or(0, |known| known.n_described) + 1;
                let merged_into = self.known.get(&dossier.slug).and_then(|known| known.merged_into.clone());
                let known = Known { state: dossier.state, n_described, parent: dossier.parent.clone(), merged_into };
                self.known.insert(dossier.slug.clone(), known);
            }
            WireEvent::MergeDossier(merge) => {
                if let Some(known) = self.known.get_mut(&merge.from) {
                    known.merged_into = Some(merge.into.clone());
                }
            }
            _ => {}
        }
    }

    /// Says whether an act on a dossier may follow. Anything else may, as far as dossiers are concerned.
    ///
    /// # Errors
    /// A [`Refusal`] that names the dossier and what to do instead.
    pub fn admit(&self, event: &WireEvent) -> Result<(), Refusal> {
        match event {
            WireEvent::DescribeDossier(dossier) => self.describes(dossier),
            WireEvent::MergeDossier(merge) => self.merges(merge),
            _ => Ok(()),
        }
    }

    /// Whether a story may be filed under it now.
    ///
    /// # Errors
    /// A [`Refusal`]: nobody described it, it was merged, or it is closed.
    pub fn takes_stories(&self, slug: &DossierSlug) -> Result<(), Refusal> {
        match self.standing(slug)?.state {
            DossierState::Open | DossierState::Dormant => Ok(()),
            DossierState::Closed => Err(Refusal::DossierClosed { slug: slug.clone() }),
        }
    }

    /// The version its next description has.
    pub fn next_version(&self, slug: &DossierSlug) -> Version {
        let n_described = self.known.get(slug).map_or(0, |known| known.n_described);
        Version::new(n_described + 1).unwrap_or(Version::FIRST)
    }

    /// What is known of a dossier that still has a life of its own.
    fn standing(&self, slug: &DossierSlug) -> Result<&Known, Refusal> {
        let known = self.known.get(slug).ok_or_else(|| Refusal::NoSuchDossier { slug: slug.clone() })?;
        match &known.merged_into {
            Some(into) => Err(Refusal::DossierMerged { slug: slug.clone(), into: self.survivor(into).clone() }),
            None => Ok(known),
        }
    }

    /// The dossier that goes on where `slug` was merged, at the end of the chain.
    fn survivor<'b>(&'b self, slug: &'b DossierSlug) -> &'b DossierSlug {
        let mut at = slug;
        // A merge is only admitted into a dossier with a life of its own, so there is no circle.
        while let Some(into) = self.known.get(at).and_then(|known| known.merged_into.as_ref()) {
            at = into;
        }
        at
    }

    fn describes(&self, dossier: &Dossier) -> Result<(), Refusal> {
        let slug = &dossier.slug;
        if self.known.contains_key(slug) {
            self.standing(slug)?;
        }
        let next = self.next_version(slug);
        match dossier.version {
            Some(Version::FIRST) if next != Version::FIRST => return Err(Refusal::DossierTaken { slug: slug.clone() }),
            Some(offered) if offered != next => return Err(Refusal::DossierStale { slug: slug.clone(), offered, next }),
            Some(_) | None => {}
        }
        for named in dossier.related.iter().chain(&dossier.split_from) {
            if named == slug {
                return Err(Refusal::DossierCircle { slug: slug.clone() });
            }
            if !self.known.contains_key(named) {
                return Err(Refusal::NoSuchDossier { slug: named.clone() });
            }
        }
        // Up the dossiers it would be part of: none may be itself.
        let mut above = dossier.parent.as_ref();
        while let Some(parent) = above {
            if parent == slug {
                return Err(Refusal::DossierCircle { slug: slug.clone() });
            }
            above = self.standing(parent)?.parent.as_ref();
        }
        Ok(())
    }

    fn merges(&self, merge: &DossierMerge) -> Result<(), Refusal> {
        if merge.from == merge.into {
            return Err(Refusal::DossierIntoItself { slug: merge.from.clone() });
        }
        self.standing(&merge.from)?;
        self.takes_stories(&merge.into)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{DossierText, Lang, Reason};

    fn slug(word: &str) -> DossierSlug {
        DossierSlug::parse(word).unwrap()
    }

    fn described(word: &str) -> Dossier {
        Dossier::new(slug(word), DossierText::new(Lang::english(), word, None).unwrap())
    }

    fn merge(from: &str, into: &str) -> WireEvent {
        let reason = Reason::parse("They are one affair.").unwrap();
        WireEvent::MergeDossier(Arc::new(DossierMerge { from: slug(from), into: slug(into), reason }))
    }

    fn describe(dossier: Dossier) -> WireEvent {
        WireEvent::DescribeDossier(Arc::new(dossier))
    }

    fn book(events: impl IntoIterator<Item = WireEvent>) -> DossierBook {
        let mut book = DossierBook::default();
        for event in events {
            book.admit(&event).unwrap();
            book.note(&event);
        }
        book
    }

    #[test]
    fn every_refusal_names_the_dossier_and_the_remedy() {
        let closed = Dossier { state: DossierState::Closed, ..described("old-war") };
        let book = book([describe(described("a")), describe(described("b")), describe(described("c")), describe(closed), merge("b", "c")]);
        let taken = Dossier { version: Some(Version::FIRST), ..described("a") };
        let stale = Dossier { version: Version::new(7), ..described("a") };
        let below_itself = Dossier { parent: Some(slug("a")), ..described("a") };
        let below_nothing = Dossier { parent: Some(slug("x")), ..described("a") };
        let beside_nothing = Dossier { related: vec![slug("y")], ..described("a") };
        let split_from_nothing = Dossier { split_from: Some(slug("z")), ..described("d") };
        for (event, words) in [
            (merge("a", "a"), "the dossier a cannot be merged into itself; name another one"),
            (merge("a", "nowhere"), "there is no dossier nowhere on this wire"),
            (merge("nowhere", "a"), "there is no dossier nowhere on this wire"),
            (merge("b", "a"), "the dossier b was merged into c; use c"),
            (merge("a", "b"), "the dossier b was merged into c; use c"),
            (merge("a", "old-war"), "the dossier old-war is closed; open it first"),
            (describe(taken), "the dossier a exists already"),
            (describe(stale), "description 7 of the dossier a was offered, but 2 comes next"),
            (describe(described("b")), "the dossier b was merged into c; use c"),
            (describe(below_itself), "the dossier a would be part of itself"),
            (describe(below_nothing), "there is no dossier x"),
            (describe(beside_nothing), "there is no dossier y"),
            (describe(split_from_nothing), "there is no dossier z"),
        ] {
            let refused = book.admit(&event).unwrap_err().to_string();
            assert!(refused.contains(words), "{refused}");
        }
    }

    #[test]
    fn no_dossier_is_part_of_itself_by_a_detour() {
        let below = |word: &str, parent: &str| Dossier { parent: Some(slug(parent)), ..described(word) };
        let book = book([describe(described("a")), describe(below("b", "a")), describe(below("c", "b"))]);
        assert_eq!(book.admit(&describe(below("a", "c"))), Err(Refusal::DossierCircle { slug: slug("a") }));
        assert!(book.admit(&describe(below("a", "a2"))).is_err());
        assert!(book.admit(&describe(below("d", "c"))).is_ok());
    }

    #[test]
    fn a_chain_of_merges_ends_at_the_survivor() {
        let book = book([describe(described("a")), describe(described("b")), describe(described("c")), merge("a", "b"), merge("b", "c")]);
        assert_eq!(book.takes_stories(&slug("a")), Err(Refusal::DossierMerged { slug: slug("a"), into: slug("c") }));
        assert!(book.takes_stories(&slug("c")).is_ok());
        assert!(book.admit(&merge("c", "a")).is_err(), "there is no way back into a circle");
    }

    #[test]
    fn of_two_editors_who_describe_at_once_the_second_is_told() {
        let book = book([describe(described("a"))]);
        let second = Dossier { version: Version::new(2), ..described("a") };
        assert!(book.admit(&describe(second.clone())).is_ok());
        let mut later = book.clone();
        later.note(&describe(second.clone()));
        assert!(later.admit(&describe(second)).unwrap_err().is_conflict());
    }
}
