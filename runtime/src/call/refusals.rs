//! The lines of the log about requests that were refused. Anyone can cause very many of these.

use crate::{Logger, logger::Throttle, panics::catch};

/// How many refusals of a kind are logged in each ten seconds.
const LINES: u32 = 50;

/// The refusals of a service. Those that anyone can cause do not count for those of calls.
#[derive(Default)]
pub(crate) struct Refusals {
    pub(crate) calls: RefusalLog,
    /// Of requests that are no calls.
    pub(crate) strangers: RefusalLog,
    /// Of webhooks that are not genuine.
    #[cfg(feature = "webhook-signatures")]
    pub(crate) webhooks: RefusalLog,
}

/// Says which refusals of a kind are logged.
pub(crate) struct RefusalLog(Throttle);

impl Refusals {
    /// Logs how many refusals were omitted, when no more are to come.
    #[cfg(feature = "server")]
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
    /// Tells whether a refusal is to be logged, and logs how many were omitted before it.
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
        // A log that fails takes no answer away.
        let _ = catch("the log", || {
            logger.warn(format_args!("{omitted} more requests were refused"));
        });
    }
}
