//! An exchange that has begun.

use std::time::Instant;

use super::redact::redact_headers;
use super::store::Ended;
use super::{NewExchange, RecordedResponse, Recorder, Secrets, SentResponse};
use crate::storage::StorageError;

/// The error of an exchange whose work was dropped.
const DROPPED: &str = "the exchange was canceled before the answer came";

/// An exchange without its end. If it is dropped, it ends with an error.
#[derive(Debug)]
#[must_use = "the exchange ends when it is dropped"]
pub struct RunningExchange {
    recorder: Recorder,
    id: String,
    secrets: Secrets,
    began: Instant,
    has_ended: bool,
}

impl Recorder {
    /// Records that an exchange began. Its secrets are replaced before anything is stored.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn begin(&self, new: NewExchange) -> Result<RunningExchange, StorageError> {
        let secrets = new.secrets.clone();
        Ok(RunningExchange {
            id: self.insert(new, &secrets)?,
            recorder: self.clone(),
            secrets,
            began: Instant::now(),
            has_ended: false,
        })
    }
}

impl RunningExchange {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Adds secrets that the response must not show.
    pub fn hide(&mut self, secrets: Secrets) {
        self.secrets = std::mem::take(&mut self.secrets).and(secrets);
    }

    /// Records the response.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn answered(self, response: &SentResponse) -> Result<(), StorageError> {
        self.answered_with_error(response, None)
    }

    /// Records the response, and what is wrong with it.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn answered_with_error(
        mut self,
        response: &SentResponse,
        error: Option<String>,
    ) -> Result<(), StorageError> {
        let response = RecordedResponse {
            status: response.status,
            headers: redact_headers(&response.headers, &self.secrets),
            body: self.recorder.body(&response.body, &self.secrets),
        };
        self.end(Some(response), error)
    }

    /// Records why there is no response.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub fn failed(mut self, error: &str) -> Result<(), StorageError> {
        self.end(None, Some(error.to_owned()))
    }

    fn end(
        &mut self,
        response: Option<RecordedResponse>,
        error: Option<String>,
    ) -> Result<(), StorageError> {
        self.has_ended = true;
        let ended = Ended {
            duration: self.began.elapsed(),
            response,
            error: error.map(|error| self.secrets.redact(&error)),
        };
        self.recorder.end(&self.id, &ended)
    }
}

impl Drop for RunningExchange {
    fn drop(&mut self) {
        if !self.has_ended {
            // The storage reports its failure to the next call.
            let _ = self.end(None, Some(DROPPED.to_owned()));
        }
    }
}
