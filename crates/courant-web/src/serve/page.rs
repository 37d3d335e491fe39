//! One rendered page, ready to leave in every encoding.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Instant;

use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, DATE, ETAG, EXPIRES, HeaderMap,
    HeaderName, HeaderValue, LAST_MODIFIED, SET_COOKIE, TRANSFER_ENCODING, VARY,
};
use http::{Response, StatusCode};
use sha2::{Digest, Sha256};

use super::answer::{Keep, PageNote, TAGS_MAX, Tag};
use super::coding::{self, Coding};
use super::conditional::{self, LastModified};

/// How often a page is asked for before a smaller brotli body is worth its cost.
pub(super) const HITS_WORTH_BEST: u32 = 64;

/// Bytes of the hash of the body that an entity tag shows: 96 bits never meet by chance.
const ETAG_HASH_BYTES: usize = 12;

/// What an entry costs beside its bodies: header maps, tags, bookkeeping.
const OVERHEAD_BYTES: u64 = 2048;

/// A version of a page. Immutable, but for encodings made when first asked for.
#[derive(Debug)]
pub(super) struct Page {
    status: StatusCode,
    /// The handler's headers, without those that depend on the encoding.
    headers: HeaderMap,
    body: Bytes,
    body_hash: String,
    compressible: bool,
    last_modified: Option<LastModified>,
    pub(super) keep: Keep,
    /// The cache's generation when rendering began.
    pub(super) generation: u64,
    /// The latest generation at which the tags were found untouched.
    pub(super) checked: AtomicU64,
    pub(super) expires: Option<Instant>,
    hits: AtomicU32,
    identity: OnceLock<Prepared>,
    gzip: OnceLock<Prepared>,
    zstd: OnceLock<Prepared>,
    brotli: OnceLock<Prepared>,
    brotli_best: OnceLock<Prepared>,
}

/// One encoding: its bytes and the heads of its 200 and its 304.
#[derive(Debug)]
struct Prepared {
    body: Bytes,
    etag: HeaderValue,
    full_head: HeaderMap,
    unchanged_head: HeaderMap,
}

/// What the page says to a request.
pub(super) enum Said {
    Answer(Response<Bytes>),
    /// Call [`Page::prepare`] with this coding off the serving thread, then ask again.
    Prepare(Coding),
    /// The reader accepts no coding this page can have.
    NotAcceptable,
}

impl Page {
    pub(super) fn new(status: StatusCode, mut headers: HeaderMap, body: Bytes, note: PageNote, generation: u64) -> Self {
        for own in [CONTENT_LENGTH, CONTENT_ENCODING, ETAG, TRANSFER_ENCODING, CONNECTION, DATE] {
            headers.remove(own);
        }
        if status.is_client_error() || status.is_server_error() {
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let compressible = coding::is_compressible(content_type, body.len());
        if compressible {
            headers.append(VARY, HeaderValue::from_static("accept-encoding"));
        }
        tell_groups(&mut headers, &note.keep);
        let last_modified = note.last_modified.and_then(LastModified::new);
        if let Some(changed) = &last_modified {
            headers.insert(LAST_MODIFIED, changed.header.clone());
        }
        let expires = match &note.keep {
            Keep::UntilOrFor(_, age_max) => Instant::now().checked_add(*age_max),
            Keep::Never | Keep::Until(_) => None,
        };
        Self {
            status,
            headers,
            body_hash: hash(&body),
            body,
            compressible,
            last_modified,
            keep: note.keep,
            generation,
            checked: AtomicU64::new(generation),
            expires,
            hits: AtomicU32::new(0),
            identity: OnceLock::new(),
            gzip: OnceLock::new(),
            zstd: OnceLock::new(),
            brotli: OnceLock::new(),
            brotli_best: OnceLock::new(),
        }
    }

    /// True when the answer may be kept for other readers at all.
    pub(super) fn is_keepable(&self) -> bool {
        let lasting = [
            StatusCode::OK,
            StatusCode::MOVED_PERMANENTLY,
            StatusCode::FOUND,
            StatusCode::TEMPORARY_REDIRECT,
            StatusCode::PERMANENT_REDIRECT,
            StatusCode::NOT_FOUND,
            StatusCode::GONE,
        ];
        // A cookie is for one reader, whatever the handler says.
        self.keep != Keep::Never && lasting.contains(&self.status) && !self.headers.contains_key(SET_COOKIE)
    }

    /// Bytes this page may come to occupy with every encoding made: text shrinks to less than a
    /// third each in gzip, zstd and brotli twice, so they are counted as one body more.
    pub(super) fn weight(&self) -> u64 {
        let bodies = if self.compressible { 2 } else { 1 };
        self.body.len() as u64 * bodies + OVERHEAD_BYTES
    }

    /// The tags the page hangs on; `None` when it hangs on everything.
    pub(super) fn tags(&self) -> Option<&[Tag]> {
        match &self.keep {
            Keep::Never => Some(&[]),
            Keep::Until(tags) | Keep::UntilOrFor(tags, _) => (tags.len() <= TAGS_MAX).then_some(tags),
        }
    }

    /// Counts a reader. True exactly once: when the page has become worth the best compression.
    pub(super) fn count_hit(&self) -> bool {
        // Past the threshold nothing is written, so that cores do not fight over the line.
        self.compressible
            && self.hits.load(Ordering::Relaxed) < HITS_WORTH_BEST
            && self.hits.fetch_add(1, Ordering::Relaxed) + 1 == HITS_WORTH_BEST
    }

    /// Answers from what is prepared. Never blocks, allocates little: this is the hot path.
    pub(super) fn respond(&self, request: &HeaderMap) -> Said {
        let Some(coding) = coding::choose(request, self.compressible) else {
            return Said::NotAcceptable;
        };
        let Some(prepared) = self.prepared(coding) else {
            return Said::Prepare(coding);
        };
        if self.status == StatusCode::OK {
            // A reader who holds the first brotli body keeps it after the better one is made.
            let former = if coding == Coding::Brotli { self.brotli.get() } else { None };
            let etags = [&prepared.etag, &former.unwrap_or(prepared).etag];
            if let Some(etag) = conditional::held(request, &etags, self.last_modified.as_ref()) {
                return Said::Answer(prepared.unchanged(etag));
            }
        }
        let mut response = Response::new(prepared.body.clone());
        *response.status_mut() = self.status;
        *response.headers_mut() = prepared.full_head.clone();
        Said::Answer(response)
    }

    fn prepared(&self, coding: Coding) -> Option<&Prepared> {
        match coding {
            Coding::Identity => self.identity.get(),
            Coding::Gzip => self.gzip.get(),
            Coding::Zstd => self.zstd.get(),
            Coding::Brotli => self.brotli_best.get().or_else(|| self.brotli.get()),
            Coding::BrotliBest => self.brotli_best.get(),
        }
    }

    /// Makes an encoding, once. Concurrent callers wait for the first; up to 0.1 s for the best brotli.
    pub(super) fn prepare(&self, coding: Coding) {
        let slot = match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => &self.gzip,
            Coding::Zstd => &self.zstd,
            Coding::Brotli => &self.brotli,
            Coding::BrotliBest => &self.brotli_best,
        };
        slot.get_or_init(|| self.encode(coding));
    }

    fn encode(&self, coding: Coding) -> Prepared {
        let (coding, body) = match coding.encode(&self.body) {
            Ok(body) => (coding, body),
            Err(error) => {
                // Every reader understands identity, so the page still goes out.
                tracing::error!(error = &error as &dyn std::error::Error, "cannot compress a page: {error}");
                (Coding::Identity, self.body.clone())
            }
        };
        let etag = format!("\"{}{}\"", self.body_hash, coding.etag_suffix());
        let etag = HeaderValue::from_str(&etag).expect("hexadecimal digits and a suffix are header text");
        let mut full_head = self.headers.clone();
        full_head.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        if let Some(token) = coding.token() {
            full_head.insert(CONTENT_ENCODING, HeaderValue::from_static(token));
        }
        if self.status == StatusCode::OK {
            full_head.insert(ETAG, etag.clone());
        }
        // What RFC 9110 (15.4.5) asks a 304 to say, and the date for those who asked by it: of the rest the reader has a copy.
        let mut unchanged_head = HeaderMap::new();
        for name in [CACHE_CONTROL, CONTENT_LOCATION, EXPIRES, VARY, LAST_MODIFIED] {
            for value in self.headers.get_all(&name) {
                unchanged_head.append(&name, value.clone());
            }
        }
        unchanged_head.insert(ETAG, etag.clone());
        Prepared { body, etag, full_head, unchanged_head }
    }
}

impl Prepared {
    fn unchanged(&self, etag: &HeaderValue) -> Response<Bytes> {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.headers_mut() = self.unchanged_head.clone();
        if *etag != self.etag {
            response.headers_mut().insert(ETAG, etag.clone());
        }
        response
    }
}

/// The tags of a page, for those who keep it for others: by RFC 9875, and as Fastly and Varnish, Cloudflare and Akamai read them.
/// The same names, so that one purge of a name drops what one invalidation does.
fn tell_groups(headers: &mut HeaderMap, keep: &Keep) {
    let groups = match keep {
        Keep::Never => return,
        Keep::Until(tags) | Keep::UntilOrFor(tags, _) => Tag::groups(tags),
    };
    if groups.is_empty() {
        return;
    }
    let quoted: Vec<String> = groups.iter().map(|group| format!("\"{group}\"")).collect();
    for (name, value) in [("cache-groups", quoted.join(", ")), ("surrogate-key", groups.join(" ")), ("cache-tag", groups.join(","))] {
        let value = HeaderValue::try_from(value).expect("letters, digits and signs that headers take");
        headers.insert(HeaderName::from_static(name), value);
    }
}

fn hash(body: &[u8]) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(body);
    digest.iter().take(ETAG_HASH_BYTES).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes every write");
        text
    })
}
