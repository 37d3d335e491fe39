//! `[websub]` and `[indexnow]`: who is told of changes.

use serde::Deserialize;

/// The endpoint that passes changes on to every search engine of the protocol.
const INDEXNOW_ENDPOINT: &str = "https://api.indexnow.org/indexnow";

/// What was typed under `[websub]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedWebSub {
    /// Whether feeds are sent to those who subscribe; yes once the site has an `origin`.
    on: Option<bool>,
    /// Whether subscribers may be in private networks.
    #[serde(default)]
    private_addresses: bool,
}

/// What was typed under `[indexnow]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TypedIndexNow {
    key: String,
    endpoint: Option<String>,
}

/// Who is told of changes, and from where.
#[derive(Clone, Debug)]
pub(crate) struct Pushing {
    /// Scheme and host of the site.
    pub(crate) origin: Box<str>,
    /// Whether there is a hub.
    pub(crate) websub: bool,
    /// Whether others may be in private networks.
    pub(crate) private_addresses: bool,
    /// Whether search engines are told.
    pub(crate) indexnow: Option<IndexNowTo>,
}

/// Where changes are told, and the key that shows by whom.
#[derive(Clone, Debug)]
pub(crate) struct IndexNowTo {
    pub(crate) key: Box<str>,
    pub(crate) endpoint: Box<str>,
}

impl Pushing {
    /// Nobody: what a site without an address of its own can tell nobody.
    pub(crate) fn none() -> Self {
        Self { origin: "".into(), websub: false, private_addresses: false, indexnow: None }
    }

    /// What the typed means; `origin` is the one of the configuration, not the address a server happens to have.
    pub(super) fn of(origin: Option<&str>, websub: Option<TypedWebSub>, indexnow: Option<TypedIndexNow>) -> anyhow::Result<Self> {
        let websub = websub.unwrap_or_default();
        let Some(origin) = origin else {
            anyhow::ensure!(
                websub.on != Some(true) && indexnow.is_none(),
                "others cannot be told of changes without origin, the address of the site; write origin = \"https://news.example\""
            );
            return Ok(Self::none());
        };
        let indexnow = indexnow.map(TypedIndexNow::meant).transpose()?;
        Ok(Self { origin: origin.into(), websub: websub.on.unwrap_or(true), private_addresses: websub.private_addresses, indexnow })
    }
}

impl TypedIndexNow {
    /// The key, as typed.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    fn meant(self) -> anyhow::Result<IndexNowTo> {
        let is_key = (8..=128).contains(&self.key.len()) && self.key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        anyhow::ensure!(is_key, "indexnow.key has to be 8 to 128 letters, digits and hyphens");
        let endpoint = self.endpoint.unwrap_or_else(|| INDEXNOW_ENDPOINT.to_owned());
        let is_web = endpoint.starts_with("https://") || endpoint.starts_with("http://");
        anyhow::ensure!(is_web, "indexnow.endpoint “{endpoint}” is no address; leave it out, or write it like {INDEXNOW_ENDPOINT}");
        Ok(IndexNowTo { key: self.key.into(), endpoint: endpoint.into() })
    }
}
