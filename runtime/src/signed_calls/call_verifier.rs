//! The verification of signatures, and its log lines.

use bytes::Bytes;
use http::Request;

use super::{CallSignatureError, VerifyCallsLayer, verifier::Verdict};
use crate::{Logger, logger::Throttle};

/// Verifies the signatures of calls, if there are secrets.
pub(crate) struct CallVerifier {
    layer: Option<VerifyCallsLayer>,
    failures: Throttle,
}

impl CallVerifier {
    pub(crate) fn new(layer: Option<VerifyCallsLayer>) -> Self {
        Self {
            layer,
            failures: Throttle::new(1),
        }
    }

    /// Verifies a call. Returns nothing if calls are not verified, or if a failure is only logged.
    pub(crate) fn verify(
        &self,
        request: &Request<Bytes>,
        logger: impl FnOnce() -> Logger,
    ) -> Result<Option<Verdict>, CallSignatureError> {
        let Some(layer) = &self.layer else {
            return Ok(None);
        };
        let reason = match layer.verify(request) {
            Ok(verdict) => return Ok(Some(verdict)),
            Err(reason) => reason,
        };
        let only_warns = layer.only_warns();
        if self.failures.admit().is_some() {
            let outcome = if only_warns { "accepting" } else { "rejecting" };
            logger().warn(format_args!(
                "{outcome} calls without a valid signature: {reason}"
            ));
        }
        if only_warns { Ok(None) } else { Err(reason) }
    }
}
