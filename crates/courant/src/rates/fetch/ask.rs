//! One question to a bank.

use courant_rates::fetching::Validators;
use courant_rates::readers;

use crate::clock;
use crate::config::Fetching;
use crate::fetch::{self, Client, Limits, Reach, StatusCode, Unanswered};

/// How often a source may send us elsewhere.
const REDIRECTS_MAX: usize = 5;
const USER_AGENT: &str = concat!("courant/", env!("CARGO_PKG_VERSION"));

/// Asks sources.
pub(super) struct Asker(Client);

/// What a source answered.
pub(super) enum Answer {
    /// What it said last time still holds.
    NotModified,
    /// A document.
    Document { bytes: Vec<u8>, validators: Validators },
}

impl Asker {
    pub(super) fn new(fetching: &Fetching) -> anyhow::Result<Self> {
        let remedy = "set private_addresses = true under [rates] in the configuration";
        let client = Client::new(Limits {
            user_agent: USER_AGENT.to_owned(),
            timeout: fetching.timeout,
            bytes_max: readers::BYTES_MAX,
            too_long: "which is no table of rates",
            redirects_max: REDIRECTS_MAX,
            reach: Reach { all: fetching.private_addresses, networks: Vec::new(), remedy },
        })?;
        Ok(Self(client))
    }

    /// Asks once. What was said of the last document is sent along, so that one that has not changed is not sent again.
    pub(super) async fn ask(&self, address: &str, known: &Validators) -> Result<Answer, Unanswered> {
        let known = fetch::Validators { etag: known.etag.clone(), last_modified: known.last_modified.clone() };
        let work = async {
            let answer = self.0.get(address, &known).await?;
            let is_conditional = known != fetch::Validators::default();
            match answer.status() {
                StatusCode::OK => {
                    let fetch::Validators { etag, last_modified } = answer.validators();
                    Ok(Answer::Document { bytes: answer.read(&self.0).await?, validators: Validators { etag, last_modified } })
                }
                StatusCode::NOT_MODIFIED if is_conditional => Ok(Answer::NotModified),
                status => Err(Unanswered {
                    problem: format!("{address} answered {status} instead of a document; look whether the bank has moved it"),
                    retry_after: answer.retry_after(clock::now()),
                    status: Some(status),
                }),
            }
        };
        self.0.within_time(address, work).await
    }
}
