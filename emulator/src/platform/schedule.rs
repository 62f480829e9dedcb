//! Registrations that an integration has scheduled (`scheduleRegisterCall`).

use super::Platform;
use super::error::PlatformError;
use super::instance::{Instance, RegistrationStatus};
use super::integrations::Integrations;

const HOUR: u64 = 60 * 60 * 1000;
const DAY: u64 = 24 * HOUR;

/// The time between two registrations, by the name of the schedule. A month has 30 days.
const PERIODS: [(&str, u64); 8] = [
    ("hourly", HOUR),
    ("daily", DAY),
    ("weekly", 7 * DAY),
    ("bi-weekly", 14 * DAY),
    ("monthly", 30 * DAY),
    ("bi-monthly", 60 * DAY),
    ("quarterly", 90 * DAY),
    ("yearly", 365 * DAY),
];

impl Integrations {
    /// Calls `register` for the instances of all integrations that have scheduled it, and were registered too long ago.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub async fn register_due(&self) -> Result<(), PlatformError> {
        let local = self.local().cloned();
        for platform in local.into_iter().chain(self.deployed()) {
            platform.register_due().await?;
        }
        Ok(())
    }
}

impl Platform {
    /// Calls `register` for the instances that have scheduled it, and were registered too long ago. Returns them.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub async fn register_due(&self) -> Result<Vec<Instance>, PlatformError> {
        let mut registered = Vec::new();
        for instance in self.instances()? {
            if self.is_due(&instance)? {
                registered.push(self.register(&instance.webhook_id).await?);
            }
        }
        Ok(registered)
    }

    fn is_due(&self, instance: &Instance) -> Result<bool, PlatformError> {
        let has_ended = matches!(
            instance.status,
            RegistrationStatus::Registered | RegistrationStatus::RegistrationFailed
        );
        let configured = self
            .api()
            .configuration(&instance.bot_id, &instance.alias)?;
        let schedule = configured.schedule_register_call;
        let period = schedule.and_then(|name| {
            let mut periods = PERIODS.into_iter();
            periods.find(|(known, _)| *known == name)
        });
        Ok(has_ended && period.is_some_and(|(_, period)| self.now() >= instance.updated + period))
    }
}
