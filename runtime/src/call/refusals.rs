//! The log of rejected requests. It is throttled, because any client can cause very many
//! rejections.

use crate::{Logger, logger::Throttle, panics::catch};

/// The number of rejections of one kind that are logged per ten seconds.
const LINES: u32 = 50;

/// The throttled logs of a service. Requests that are not calls have their own limit, so they
/// cannot hide rejected calls.
#[derive(Default)]
pub(crate) struct Refusals {
    pub(crate) calls: RefusalLog,
    /// Rejected requests that are not calls.
    pub(crate) strangers: RefusalLog,
    /// Webhook requests with an invalid signature.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) webhooks: RefusalLog,
}

/// Decides which rejections of one kind are logged.
pub(crate) struct RefusalLog(Throttle);

impl Refusals {
    /// Logs how many rejections were omitted. It is called when no more can follow.
    #[cfg(all(feature = "server", not(target_family = "wasm")))]
    pub(crate) fn tell_omitted(&self, logger: &Logger) {
        let all = [
            &self.calls,
            &self.strangers,
            #[cfg(feature = "webhook-signatures")]
            &self.webhooks,
        ];
        let omitted = all.map(|refusals| refusals.0.take_omitted());
        tell_omitted(omitted.iter().sum(), logger);
    }
}

impl Default for RefusalLog {
    fn default() -> Self {
        Self(Throttle::new(LINES))
    }
}

impl RefusalLog {
    /// Returns whether a rejection is to be logged, and logs how many were omitted before it.
    pub(crate) fn admit(&self, logger: &Logger) -> bool {
        let Some(omitted) = self.0.admit() else {
            return false;
        };
        tell_omitted(omitted, logger);
        true
    }
}

fn tell_omitted(omitted: u64, logger: &Logger) {
    if omitted > 0 {
        // A panic of the log sink must not prevent the response.
        let _ = catch("the log", || {
            logger.warn(format_args!("{omitted} more requests were refused"));
        });
    }
}
