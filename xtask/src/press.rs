//! What matching is trained on and measured with: labelled sets beside the repository, none of which enters it.

pub(crate) mod data;
pub(crate) mod pairs;
pub(crate) mod scores;
pub(crate) mod stream;
pub(crate) mod train;
