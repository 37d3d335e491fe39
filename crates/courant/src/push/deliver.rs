//! Requests to subscribers, and to ourselves for what they are sent.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use courant_web::site::FeedRequest;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::header::{CONTENT_TYPE, HeaderValue, LINK};
use reqwest::{Client, StatusCode, Url};
use sha2::Sha256;

use super::{hash_of, reach};
use crate::config::Pushing;
use crate::fetch::guarded;
use crate::secret::{hexadecimal, unguessable};

const USER_AGENT: &str = concat!("courant/", env!("CARGO_PKG_VERSION"));
/// How long a subscriber may take.
const ANSWER: Duration = Duration::from_secs(15);
/// How long our own server may take.
const OWN_ANSWER: Duration = Duration::from_secs(30);
/// The largest feed that is sent, in bytes.
const FEED_BYTES_MAX: usize = 8 << 20;
/// The longest answer to a challenge that is read.
const CHALLENGE_ANSWER_BYTES_MAX: usize = 1 << 10;

/// Asks and tells others.
pub(super) struct Sender {
    /// For addresses of strangers.
    outward: Client,
    /// For our own server.
    inward: Client,
    own: SocketAddr,
    private_addresses: bool,
}

/// A feed as it is.
pub(super) struct Content {
    pub(super) hash: Box<str>,
    media_type: HeaderValue,
    bytes: Vec<u8>,
}

/// What came of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Taken,
    /// 410: never again.
    Gone,
    Failed,
}

impl Sender {
    pub(super) fn new(pushing: &Pushing, server: SocketAddr) -> anyhow::Result<Self> {
        let outward = guarded(USER_AGENT, ANSWER, reach(pushing.private_addresses))?;
        let inward = Client::builder().no_proxy().timeout(OWN_ANSWER).build().context("cannot make an HTTP client")?;
        Ok(Self { outward, inward, own: reachable(server), private_addresses: pushing.private_addresses })
    }

    /// A feed, by its path and query. `None` when it cannot be had now, or is none any more.
    pub(super) async fn read(&self, topic: &str) -> Option<Content> {
        let response = self.inward.get(format!("http://{}{topic}", self.own)).send().await.ok()?;
        // A list that is gone is empty to those who subscribed to it.
        let is_there = response.status().is_success();
        if !is_there && response.status() != StatusCode::NOT_FOUND {
            return None;
        }
        let media_type = response.headers().get(CONTENT_TYPE)?.clone();
        let bytes = if is_there { body(response, FEED_BYTES_MAX).await? } else { Vec::new() };
        Some(Content { hash: hash_of(&bytes), media_type, bytes })
    }

    /// Whether the callback says that the request is meant: it answers the challenge (WebSub, 5.3).
    pub(super) async fn verify(&self, request: &FeedRequest, topic: &str, lease_seconds: u32) -> bool {
        let Some(challenge) = unguessable() else { return false };
        let Ok(mut url) = Url::parse(&request.callback) else { return false };
        url.query_pairs_mut()
            .append_pair("hub.mode", request.mode.as_str())
            .append_pair("hub.topic", topic)
            .append_pair("hub.challenge", &challenge)
            .append_pair("hub.lease_seconds", &lease_seconds.to_string());
        if reach(self.private_addresses).permits(&url).is_err() {
            return false;
        }
        let Ok(response) = self.outward.get(url).send().await else { return false };
        response.status().is_success()
            && body(response, CHALLENGE_ANSWER_BYTES_MAX).await.is_some_and(|answer| answer.trim_ascii() == challenge.as_bytes())
    }

    /// Sends a feed, signed if there is a secret (WebSub, 7).
    pub(super) async fn deliver(&self, callback: &str, topic: &str, hub: &str, secret: Option<&str>, content: &Content) -> Outcome {
        let Ok(url) = Url::parse(callback) else { return Outcome::Gone };
        if reach(self.private_addresses).permits(&url).is_err() {
            return Outcome::Gone;
        }
        let mut request = self
            .outward
            .post(url)
            .header(CONTENT_TYPE, &content.media_type)
            .header(LINK, format!("<{hub}>; rel=\"hub\", <{topic}>; rel=\"self\""))
            .body(content.bytes.clone());
        if let Some(secret) = secret {
            request = request.header("x-hub-signature", format!("sha256={}", signature(secret.as_bytes(), &content.bytes)));
        }
        match request.send().await {
            Ok(response) if response.status().is_success() => Outcome::Taken,
            Ok(response) if response.status() == StatusCode::GONE => Outcome::Gone,
            Ok(_) | Err(_) => Outcome::Failed,
        }
    }

    /// Sends a JSON document; says whether it was taken.
    pub(super) async fn post_json(&self, address: &str, document: &serde_json::Value) -> bool {
        let Ok(url) = Url::parse(address) else { return false };
        if reach(self.private_addresses).permits(&url).is_err() {
            return false;
        }
        let request = self.outward.post(url).header(CONTENT_TYPE, "application/json; charset=utf-8").body(document.to_string());
        request.send().await.is_ok_and(|response| response.status().is_success())
    }
}

/// A listener on every address is reached on this machine's own.
fn reachable(server: SocketAddr) -> SocketAddr {
    let ip = match server.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, server.port())
}

/// The body of an answer, or nothing when it breaks off or is longer than `bytes_max`.
async fn body(mut response: reqwest::Response, bytes_max: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if bytes_max < bytes.len() + chunk.len() {
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    Some(bytes)
}

fn signature(secret: &[u8], body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(body);
    hexadecimal(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_rfc_4231() {
        assert_eq!(signature(b"Jefe", b"what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn a_listener_on_every_address_is_asked_on_our_own() {
        assert_eq!(reachable("0.0.0.0:80".parse().unwrap()), "127.0.0.1:80".parse().unwrap());
        assert_eq!(reachable("[::]:80".parse().unwrap()), "[::1]:80".parse().unwrap());
        assert_eq!(reachable("192.0.2.1:80".parse().unwrap()), "192.0.2.1:80".parse().unwrap());
    }
}
