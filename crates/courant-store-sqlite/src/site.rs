//! (site)
/// x
pub struct SiteDb;
