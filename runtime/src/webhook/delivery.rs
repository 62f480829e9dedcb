//! One delivery, and the reasons not to handle it.

use std::pin::Pin;
use std::time::Duration;

use super::WebhookResponse;
use crate::store::{Lease, Lost};
use crate::{Error, Logger, Result};

/// A delivery that is claimed. If it is dropped, it can begin again.
#[derive(Debug)]
#[must_use = "a delivery that is dropped can begin again"]
pub struct Delivery {
    lease: Lease,
    retention: Duration,
    logger: Logger,
}

/// The reason why a delivery is not handled. It becomes the response to the service:
/// `WebhookResponse::from`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotBegun {
    /// It was handled: 200.
    #[error("the delivery was already handled")]
    Handled,
    /// Another call handles it: 503, so that the service sends it again in case that call fails.
    #[error("the delivery is being handled")]
    Busy {
        /// When it can begin at the latest, if that call dies.
        retry_after: Duration,
    },
    /// The store does not say whether it was handled: 503.
    #[error("it is not known whether the delivery was handled")]
    StoreIsDown {
        /// When the service should send it again.
        retry_after: Duration,
    },
}

impl Delivery {
    pub(super) fn new(lease: Lease, retention: Duration, logger: Logger) -> Self {
        Self {
            lease,
            retention,
            logger,
        }
    }

    /// Runs the work. If it succeeds, the delivery is remembered; if it fails or is canceled, the
    /// delivery can begin again.
    ///
    /// # Errors
    ///
    /// Returns the error of the work, or an error if the claim was lost and the work therefore
    /// canceled.
    pub async fn run<T>(self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let result = self.run_if(Box::pin(work), |_| true).await;
        result.unwrap_or_else(|lost| Err(Error::from(format!("the work was canceled: {lost}"))))
    }

    /// Runs the work. It succeeds if `is_done` accepts its result. The future of a handler is large, so
    /// it is not moved.
    pub(super) async fn run_if<T>(
        mut self,
        work: Pin<Box<impl Future<Output = Result<T>>>>,
        is_done: impl FnOnce(&T) -> bool,
    ) -> Result<Result<T>, NotBegun> {
        let result = match self.lease.keep(work).await {
            Ok(result) => result,
            Err(Lost::Taken) => {
                let line = "canceled the work of a delivery, which another process has taken over or handled";
                self.logger.warn(line);
                let retry_after = self.lease.duration();
                return Err(NotBegun::Busy { retry_after });
            }
            Err(Lost::StoreIsDown) => {
                let retry_after = self.lease.duration();
                return Err(NotBegun::StoreIsDown { retry_after });
            }
        };
        if !result.as_ref().is_ok_and(is_done) {
            self.lease.release().await;
            return Ok(result);
        }
        // The work is done. Another response than its own would make the service send it again, so
        // an outage is logged only.
        if let Ok(false) = self.lease.complete(self.retention).await {
            let line = "a delivery was handled twice: another process had taken it over";
            self.logger.warn(line);
        }
        Ok(result)
    }
}

impl From<NotBegun> for WebhookResponse {
    fn from(reason: NotBegun) -> Self {
        let response = Self::text(reason.to_string());
        match reason {
            NotBegun::Handled => response,
            NotBegun::Busy { retry_after } | NotBegun::StoreIsDown { retry_after } => {
                let seconds = retry_after.as_secs_f64().ceil().max(1.0);
                let response = response.with_status(503);
                response.with_header("retry-after", format!("{seconds:.0}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_sends_again_what_was_not_handled() {
        let response = WebhookResponse::from(NotBegun::Handled);
        assert_eq!(response.status, 200);
        for (millis, seconds) in [(0, "1"), (1000, "1"), (1001, "2"), (30_000, "30")] {
            let retry_after = Duration::from_millis(millis);
            for reason in [
                NotBegun::Busy { retry_after },
                NotBegun::StoreIsDown { retry_after },
            ] {
                let response = WebhookResponse::from(reason);
                assert_eq!(response.status, 503);
                let retry = ("retry-after".to_owned(), seconds.to_owned());
                assert!(response.headers.contains(&retry), "{response:?}");
            }
        }
    }
}
