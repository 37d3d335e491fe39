//! Where requests of subscribers are taken: checked at once, verified later.

use courant_web::site::{FeedHub, FeedRefusal, FeedRequest};
use reqwest::Url;
use tokio::sync::mpsc;

use super::reach;

/// Requests that wait for their verification.
const WAITING_MAX: usize = 256;

/// Requests that were taken.
pub(crate) type Asked = mpsc::Receiver<FeedRequest>;

/// Takes requests.
pub(crate) struct Counter {
    taken: mpsc::Sender<FeedRequest>,
    private_addresses: bool,
}

/// A counter, and where what it takes comes out.
pub(crate) fn counter(private_addresses: bool) -> (Counter, Asked) {
    let (taken, asked) = mpsc::channel(WAITING_MAX);
    (Counter { taken, private_addresses }, asked)
}

impl FeedHub for Counter {
    fn ask(&self, request: FeedRequest) -> Result<(), FeedRefusal> {
        let callback = &request.callback;
        let wrong = |problem: String| FeedRefusal::Wrong(format!("hub.callback “{callback}” {problem}"));
        let url = Url::parse(callback).map_err(|error| wrong(format!("is no address: {error}")))?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(wrong("names a user, a password or a fragment; leave those out".to_owned()));
        }
        reach(self.private_addresses).permits(&url).map_err(|_| wrong("is not on the open network by http or https".to_owned()))?;
        self.taken.try_send(request).map_err(|_| FeedRefusal::Busy)
    }
}

#[cfg(test)]
mod tests {
    use courant_web::site::FeedMode;

    use super::*;

    fn request(callback: &str) -> FeedRequest {
        FeedRequest { mode: FeedMode::Subscribe, callback: callback.into(), topic: "/all.rss".into(), lease_seconds: None, secret: None }
    }

    #[test]
    fn a_callback_is_on_the_open_network() {
        let (counter, _asked) = counter(false);
        for callback in [
            "http://127.0.0.1/",
            "http://[::1]/cb",
            "http://10.0.0.1/cb",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
            "https://user@reader.example/cb",
            "https://reader.example/cb#x",
            "reader.example",
        ] {
            assert!(matches!(counter.ask(request(callback)), Err(FeedRefusal::Wrong(_))), "{callback}");
        }
        assert_eq!(counter.ask(request("https://reader.example/cb?id=1")), Ok(()));
    }

    #[test]
    fn a_crowd_is_told_to_come_back() {
        let (counter, _asked) = counter(true);
        for _ in 0..WAITING_MAX {
            assert_eq!(counter.ask(request("http://127.0.0.1/cb")), Ok(()));
        }
        assert_eq!(counter.ask(request("http://127.0.0.1/cb")), Err(FeedRefusal::Busy));
    }
}
