//! Content codings: which one a reader wants, and how bytes become it.

use std::io;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderMap};

/// Below this a compressed body saves no packet.
const COMPRESS_FROM_BYTES: usize = 512;

/// Brotli window, as a power of two. 4 MiB covers every page.
const BROTLI_WINDOW: i32 = 22;
/// First rendering: about 1 ms for 40 kB.
const BROTLI_FAST: i32 = 5;
/// For pages that are asked for often: about 80 ms for 40 kB.
const BROTLI_BEST: i32 = 11;
const GZIP_LEVEL: i32 = 6;
const ZSTD_LEVEL: i32 = 9;

/// How a body is written on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Zstd,
    Brotli,
    /// Brotli again, smaller and slower; made in the background.
    BrotliBest,
}

impl Coding {
    /// The value of `Content-Encoding`; none for identity.
    pub(super) const fn token(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Zstd => Some("zstd"),
            Self::Brotli | Self::BrotliBest => Some("br"),
        }
    }

    /// What the entity tag ends with: other bytes, other tag.
    pub(super) const fn etag_suffix(self) -> &'static str {
        match self {
            Self::Identity => "",
            Self::Gzip => "-gz",
            Self::Zstd => "-zs",
            Self::Brotli => "-br",
            Self::BrotliBest => "-bb",
        }
    }

    /// The body in this coding. Takes up to 0.1 s for [`Coding::BrotliBest`]: never on a serving thread.
    pub(super) fn encode(self, body: &Bytes) -> io::Result<Bytes> {
        match self {
            Self::Identity => Ok(body.clone()),
            Self::Gzip => gzip(body),
            Self::Zstd => zstd::bulk::compress(body, ZSTD_LEVEL).map(Bytes::from),
            Self::Brotli => brotli(body, BROTLI_FAST),
            Self::BrotliBest => brotli(body, BROTLI_BEST),
        }
    }
}

fn gzip(body: &[u8]) -> io::Result<Bytes> {
    let level = libdeflater::CompressionLvl::new(GZIP_LEVEL).map_err(|_| io::Error::other("no such gzip level"))?;
    let mut compressor = libdeflater::Compressor::new(level);
    let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
    let len = compressor.gzip_compress(body, &mut out).map_err(io::Error::other)?;
    out.truncate(len);
    out.shrink_to_fit();
    Ok(out.into())
}

fn brotli(mut body: &[u8], quality: i32) -> io::Result<Bytes> {
    let params = brotli::enc::BrotliEncoderParams { quality, lgwin: BROTLI_WINDOW, size_hint: body.len(), ..Default::default() };
    let mut out = Vec::with_capacity(body.len() / 2);
    brotli::BrotliCompress(&mut body, &mut out, &params)?;
    out.shrink_to_fit();
    Ok(out.into())
}

/// True for bodies that are worth compressing: text of any kind, long enough.
pub(super) fn is_compressible(content_type: &str, body_len: usize) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    COMPRESS_FROM_BYTES <= body_len
        && (essence.starts_with("text/")
            || essence.ends_with("+xml")
            || essence.ends_with("+json")
            || ["application/json", "application/xml", "application/javascript", "application/jsonl"].contains(&essence.as_str()))
}

/// Quality values in thousandths, as a reader's `Accept-Encoding` states them.
#[derive(Clone, Copy, Debug, Default)]
struct Wanted {
    gzip: Option<u16>,
    zstd: Option<u16>,
    brotli: Option<u16>,
    identity: Option<u16>,
    any: Option<u16>,
}

/// The coding to answer with, or `None` when the reader refuses every one we could send (RFC 9110, 12.5.3).
///
/// At equal quality: br, zstd, gzip, then identity. Without `Accept-Encoding`: identity.
pub(super) fn choose(headers: &HeaderMap, compressible: bool) -> Option<Coding> {
    let wanted = wanted(headers);
    // Identity is acceptable unless refused by name, or by `*` without being named.
    let identity = wanted.identity.or(wanted.any.filter(|q| *q == 0)).unwrap_or(1);
    let mut best = (Coding::Identity, identity);
    if compressible {
        for (coding, quality) in [(Coding::Gzip, wanted.gzip), (Coding::Zstd, wanted.zstd), (Coding::Brotli, wanted.brotli)] {
            let quality = quality.or(wanted.any).unwrap_or(0);
            if 0 < quality && best.1 <= quality {
                best = (coding, quality);
            }
        }
    }
    (0 < best.1).then_some(best.0)
}

fn wanted(headers: &HeaderMap) -> Wanted {
    let mut wanted = Wanted::default();
    for value in headers.get_all(ACCEPT_ENCODING) {
        // A value that is not text names nothing we know.
        for part in value.to_str().unwrap_or_default().split(',') {
            let (name, params) = part.split_once(';').unwrap_or((part, ""));
            let name = name.trim();
            let slot = if name.eq_ignore_ascii_case("br") {
                &mut wanted.brotli
            } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                &mut wanted.gzip
            } else if name.eq_ignore_ascii_case("zstd") {
                &mut wanted.zstd
            } else if name.eq_ignore_ascii_case("identity") {
                &mut wanted.identity
            } else if name == "*" {
                &mut wanted.any
            } else {
                continue;
            };
            *slot = Some(quality(params));
        }
    }
    wanted
}

/// `q=0.5` as 500. A quality that cannot be read counts as refusal: the safe side.
fn quality(params: &str) -> u16 {
    for param in params.split(';') {
        let Some((name, value)) = param.split_once('=') else {
            continue;
        };
        if !name.trim().eq_ignore_ascii_case("q") {
            continue;
        }
        let value = value.trim();
        let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
        let is_short = fraction.len() <= 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
        return match (whole, is_short) {
            ("1", true) => 1000,
            ("0", true) => format!("{fraction:0<3}").parse().unwrap_or(0),
            _ => 0,
        };
    }
    1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &str) -> Option<Coding> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, accept.parse().unwrap());
        choose(&headers, true)
    }

    #[test]
    fn the_best_coding_both_sides_know_is_chosen() {
        for (accept, coding) in [
            ("gzip, deflate, br, zstd", Some(Coding::Brotli)),
            ("gzip, deflate, zstd", Some(Coding::Zstd)),
            ("gzip", Some(Coding::Gzip)),
            ("GZIP;Q=0.5", Some(Coding::Gzip)),
            ("x-gzip", Some(Coding::Gzip)),
            ("br;q=0.5, gzip;q=0.8", Some(Coding::Gzip)),
            ("br;q=0, gzip", Some(Coding::Gzip)),
            ("br ; q = 0.001", Some(Coding::Brotli)),
            ("*", Some(Coding::Brotli)),
            ("*;q=0.5, br;q=0", Some(Coding::Zstd)),
            ("identity", Some(Coding::Identity)),
            ("identity;q=0.5, gzip;q=0.4", Some(Coding::Identity)),
            ("deflate", Some(Coding::Identity)),
            ("", Some(Coding::Identity)),
            ("gzip;q=nonsense", Some(Coding::Identity)),
            ("identity;q=0", None),
            ("identity;q=0, gzip", Some(Coding::Gzip)),
            ("*;q=0", None),
            ("*;q=0, identity;q=1", Some(Coding::Identity)),
            ("gzip;q=0, *;q=0", None),
        ] {
            assert_eq!(chosen(accept), coding, "{accept}");
        }
        assert_eq!(choose(&HeaderMap::new(), true), Some(Coding::Identity));
    }

    #[test]
    fn a_picture_is_sent_as_it_is() {
        assert!(!is_compressible("image/png", 40_000));
        assert!(is_compressible("image/svg+xml", 40_000));
        assert!(is_compressible("application/ld+json; charset=utf-8", 40_000));
        assert!(!is_compressible("text/html", 20));
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, "br".parse().unwrap());
        assert_eq!(choose(&headers, false), Some(Coding::Identity));
    }

    #[test]
    fn every_coding_reads_back() {
        let body = Bytes::from("one story, many readers. ".repeat(400));
        let read_back = |coding: Coding| {
            let bytes = coding.encode(&body).unwrap();
            assert!(bytes.len() < body.len() / 4, "{coding:?}");
            match coding {
                Coding::Identity => bytes.to_vec(),
                Coding::Gzip => {
                    let mut out = vec![0; body.len()];
                    libdeflater::Decompressor::new().gzip_decompress(&bytes, &mut out).unwrap();
                    out
                }
                Coding::Zstd => zstd::bulk::decompress(&bytes, body.len()).unwrap(),
                Coding::Brotli | Coding::BrotliBest => {
                    let mut out = Vec::new();
                    brotli::BrotliDecompress(&mut &bytes[..], &mut out).unwrap();
                    out
                }
            }
        };
        for coding in [Coding::Gzip, Coding::Zstd, Coding::Brotli, Coding::BrotliBest] {
            assert_eq!(read_back(coding), body, "{coding:?}");
        }
    }
}
