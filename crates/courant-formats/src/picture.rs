//! What readers of every format do with pictures.

use courant_news::{Association, AssociationRole, Picture};

/// The longest caption and credit, in characters: what the domain accepts.
pub(crate) const CAPTION_CHARS_MAX: usize = 2_000;
pub(crate) const CREDIT_CHARS_MAX: usize = 300;

/// Each picture with its part in the story: the first that nobody placed opens the story, if no other does.
pub(crate) fn placed(found: Vec<(Option<AssociationRole>, Picture)>) -> Vec<Association> {
    let mut has_feature = found.iter().any(|(role, _)| *role == Some(AssociationRole::Feature));
    let mut first_feature = true;
    let place = |(role, picture): (Option<AssociationRole>, Picture)| {
        let role = match role {
            Some(AssociationRole::Feature) if !std::mem::take(&mut first_feature) => AssociationRole::Gallery,
            Some(role) => role,
            None if !std::mem::replace(&mut has_feature, true) => AssociationRole::Feature,
            None => AssociationRole::Gallery,
        };
        Association { role, picture }
    };
    found.into_iter().map(place).collect()
}

/// An address on this site as its path.
pub(crate) fn home_path<'h>(href: &'h str, base_url: Option<&str>) -> &'h str {
    let path = base_url.and_then(|base| href.strip_prefix(base.trim_end_matches('/')));
    path.filter(|path| path.starts_with('/')).unwrap_or(href)
}
