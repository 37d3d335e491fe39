//! Feeds whose hub announces changes (WebSub): what is asked of the hub, and what is believed of what it sends.
//!
//! Source: WebSub, W3C Recommendation of 23 January 2018.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use courant_formats::feed_in::Hints;
use courant_press::fetching::{Preferences, Subscription};
use courant_web::press::{Delivered, Inbox};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::{Sha256, Sha384, Sha512};
use tokio::sync::mpsc::Sender;

use super::book::Book;
use crate::clock;
use crate::secret::unguessable;

/// For how long a hub is asked to announce.
const LEASE: SignedDuration = SignedDuration::from_hours(10 * 24);
/// What a hub promises is believed within these.
const LEASE_MIN: SignedDuration = SignedDuration::from_mins(5);
const LEASE_MAX: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A promise is renewed so long before it ends; a hub that refused or was silent is asked again after so long.
const RENEW: SignedDuration = SignedDuration::from_hours(24);
const AGAIN: SignedDuration = SignedDuration::from_hours(6);
/// How often sources are looked through for a name nobody knows.
const LOOK_THROUGH_AGAIN: Duration = Duration::from_secs(10);

/// What a hub sent.
pub(super) struct Announced {
    pub(super) source: String,
    /// The document; `None` for one that cannot be believed and is fetched instead.
    pub(super) bytes: Option<Vec<u8>>,
}

/// Our end of the subscriptions.
pub(super) struct Subscriptions {
    book: Book,
    /// Sources by the name of our end, and when they were last looked through.
    by_token: Mutex<(HashMap<String, String>, Instant)>,
    announced: Sender<Announced>,
}

/// The subscription a source should have, by what its document says. One that holds stays.
pub(super) fn wanted(known: Option<Subscription>, hints: &Hints, address: &str, origin: Option<&str>) -> Option<Subscription> {
    let hub = hints.hubs.first().filter(|_| origin.is_some())?;
    let topic = hints.topic.as_deref().unwrap_or(address);
    match known {
        Some(known) if *known.hub == **hub && known.topic == topic => Some(known),
        _ => Some(Subscription {
            hub: hub.to_string(),
            topic: topic.to_owned(),
            token: unguessable()?,
            secret: unguessable()?,
            ..Subscription::default()
        }),
    }
}

/// Whether the hub is to be asked now.
pub(super) fn is_due(subscription: &Subscription, now: Timestamp) -> bool {
    let asked_lately = subscription.asked_at.is_some_and(|asked_at| now.duration_since(asked_at) < AGAIN);
    let holds = subscription.until.is_some_and(|until| RENEW < until.duration_since(now));
    !asked_lately && !holds
}

/// What the hub is sent.
pub(super) fn request(subscription: &Subscription, origin: &str) -> Vec<(&'static str, String)> {
    vec![
        ("hub.mode", "subscribe".to_owned()),
        ("hub.topic", subscription.topic.clone()),
        ("hub.callback", format!("{origin}/press/websub/{}", subscription.token)),
        ("hub.secret", subscription.secret.clone()),
        ("hub.lease_seconds", LEASE.as_secs().to_string()),
    ]
}

impl Subscriptions {
    pub(super) fn new(book: Book, announced: Sender<Announced>) -> anyhow::Result<Arc<Self>> {
        let by_token = by_token(&book)?;
        Ok(Arc::new(Self { book, by_token: Mutex::new((by_token, Instant::now())), announced }))
    }

    fn source(&self, token: &str) -> Option<String> {
        let mut known = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = known.0.get(token) {
            return Some(source.clone());
        }
        // It may have been made since. Whoever guesses makes us look through them seldom.
        if known.1.elapsed() < LOOK_THROUGH_AGAIN {
            return None;
        }
        *known = (by_token(&self.book).ok()?, Instant::now());
        known.0.get(token).cloned()
    }

    /// Notes the name of our end before a hub is told of it.
    pub(super) fn note(&self, token: &str, source: &str) {
        self.by_token.lock().unwrap_or_else(PoisonError::into_inner).0.insert(token.to_owned(), source.to_owned());
    }
}

fn by_token(book: &Book) -> anyhow::Result<HashMap<String, String>> {
    Ok(book.all_health()?.into_iter().filter_map(|(source, health)| Some((health.subscription?.token, source))).collect())
}

impl Inbox for Subscriptions {
    /// A hub asks whether we meant it. Only what we asked for is confirmed.
    fn intends(&self, token: &str, mode: &str, topic: &str, lease_secs: Option<i64>) -> bool {
        let Some(source) = self.source(token) else { return false };
        let mut health = self.book.health(&source);
        let Some(subscription) = health.subscription.as_mut().filter(|known| known.token == token && known.topic == topic) else {
            return false;
        };
        let now = clock::now();
        match mode {
            "subscribe" => {
                let lease = lease_secs.map_or(LEASE, SignedDuration::from_secs).clamp(LEASE_MIN, LEASE_MAX);
                subscription.until = now.checked_add(lease).ok();
                subscription.problem = None;
            }
            "denied" => {
                subscription.until = None;
                subscription.problem = Some(format!("{} does not announce {topic} to us", subscription.hub));
            }
            // We never ask to be let go.
            _ => return false,
        }
        if let Err(error) = self.book.keep_health(&source, &health) {
            tracing::error!("a subscription cannot be kept: {error:#}");
            return false;
        }
        mode == "subscribe"
    }

    /// A hub sends a document. What is not signed with our secret is only taken as a hint to ask.
    fn deliver(&self, token: &str, signature: Option<&str>, body: Vec<u8>) -> Delivered {
        let Some(source) = self.source(token) else { return Delivered::Unknown };
        let health = self.book.health(&source);
        let Some(subscription) = health.subscription.filter(|known| known.token == token) else { return Delivered::Unknown };
        let is_signed = signature.is_some_and(|signature| is_signed(signature, subscription.secret.as_bytes(), &body));
        let is_strange = signature.is_some_and(|signature| method(signature).is_none());
        // A wrong signature is a forgery, and is answered as if it were taken (section 7.1.2).
        if signature.is_some() && !is_signed && !is_strange {
            tracing::warn!(press.source = source, "what came for {source} is not signed by its hub; it was thrown away");
            return Delivered::Taken;
        }
        let bytes = is_signed.then_some(body);
        match self.announced.try_send(Announced { source, bytes }) {
            Ok(()) => Delivered::Taken,
            Err(_) => Delivered::Busy,
        }
    }
}

#[derive(Clone, Copy)]
enum Method {
    Sha256,
    Sha384,
    Sha512,
}

fn method(signature: &str) -> Option<(Method, &str)> {
    let (name, hex) = signature.trim().split_once('=')?;
    let method = match name {
        "sha256" => Method::Sha256,
        "sha384" => Method::Sha384,
        "sha512" => Method::Sha512,
        // SHA-1 proves nothing any more: the feed is asked instead.
        _ => return None,
    };
    Some((method, hex))
}

fn is_signed(signature: &str, secret: &[u8], body: &[u8]) -> bool {
    let Some((method, hex)) = method(signature) else { return false };
    let Some(given) = bytes_of(hex) else { return false };
    match method {
        Method::Sha256 => signs::<Hmac<Sha256>>(secret, body, &given),
        Method::Sha384 => signs::<Hmac<Sha384>>(secret, body, &given),
        Method::Sha512 => signs::<Hmac<Sha512>>(secret, body, &given),
    }
}

/// Whether this is the whole of what signs the body; compared so that time tells nothing.
fn signs<M: Mac + KeyInit>(secret: &[u8], body: &[u8], given: &[u8]) -> bool {
    let mut mac = <M as KeyInit>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(body);
    mac.verify_slice(given).is_ok()
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    if !hex.len().is_multiple_of(2) || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}

/// What a hub sends it sends in our name's stead: nobody said otherwise.
pub(super) fn preferences() -> Preferences {
    Preferences::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::hexadecimal;

    #[test]
    fn a_signature_is_that_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert!(is_signed(&format!("sha256={expected}"), b"Jefe", b"what do ya want for nothing?"));
        assert!(!is_signed(&format!("sha256={expected}"), b"Jefe", b"what do you want for nothing?"));
        assert!(!is_signed("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", b"Jefe", b"what do ya want for nothing?"));
        let long = "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd";
        let body = b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.";
        assert!(!is_signed(&format!("sha512={long}"), &[0xaa; 131], body), "that is another vector's");
        let long = "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58";
        assert!(is_signed(&format!("sha512={}", long.to_uppercase()), &[0xaa; 131], body));
        for broken in ["sha256=", "sha256=5", "sha256=+b", "sha256=é0"] {
            assert!(!is_signed(broken, b"Jefe", b"what do ya want for nothing?"), "{broken}");
        }
    }

    #[test]
    fn only_what_we_asked_for_is_confirmed_and_only_what_is_signed_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::of(folder.path()).unwrap();
        let hints = Hints { hubs: vec!["https://hub.example/".into()], ..Hints::default() };
        assert_eq!(wanted(None, &hints, "https://a.example/feed", None), None, "nobody could reach us");
        let subscription = wanted(None, &hints, "https://a.example/feed", Some("https://courant.example")).unwrap();
        assert_eq!(wanted(Some(subscription.clone()), &hints, "https://a.example/feed", Some("x")), Some(subscription.clone()));
        assert!(is_due(&subscription, clock::now()));
        let health = courant_press::fetching::Health { subscription: Some(subscription.clone()), ..Default::default() };
        book.keep_health("gazette", &health).unwrap();
        let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
        let ours = Subscriptions::new(book.clone(), sender).unwrap();
        let token = &subscription.token;
        assert!(!ours.intends("guessed", "subscribe", "https://a.example/feed", None));
        assert!(!ours.intends(token, "subscribe", "https://b.example/feed", None));
        assert!(!ours.intends(token, "unsubscribe", "https://a.example/feed", None));
        assert!(ours.intends(token, "subscribe", "https://a.example/feed", Some(864_000)));
        let kept = book.health("gazette").subscription.unwrap();
        assert!(kept.is_live(clock::now()) && !is_due(&kept, clock::now()));

        let signed = |body: &[u8]| {
            let mut mac = Hmac::<Sha256>::new_from_slice(kept.secret.as_bytes()).unwrap();
            mac.update(body);
            format!("sha256={}", hexadecimal(&mac.finalize().into_bytes()))
        };
        assert_eq!(ours.deliver("guessed", None, Vec::new()), Delivered::Unknown);
        assert_eq!(ours.deliver(token, Some(&signed(b"other")), b"feed".to_vec()), Delivered::Taken);
        assert!(receiver.try_recv().is_err(), "a forgery is thrown away");
        assert_eq!(ours.deliver(token, Some(&signed(b"feed")), b"feed".to_vec()), Delivered::Taken);
        assert_eq!(ours.deliver(token, Some(&signed(b"feed")), b"feed".to_vec()), Delivered::Busy);
        assert_eq!(receiver.try_recv().unwrap().bytes.unwrap(), b"feed");
        assert_eq!(ours.deliver(token, Some("sha1=00"), b"feed".to_vec()), Delivered::Taken);
        assert_eq!(receiver.try_recv().unwrap().bytes, None, "it is fetched instead");
    }
}
