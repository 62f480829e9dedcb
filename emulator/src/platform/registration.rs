//! Calls of `register` and `unregister`, and what becomes of the status.

use serde_json::json;

use super::Platform;
use super::call::Origin;
use super::error::PlatformError;
use super::instance::{Instance, RegistrationStatus};
use super::instances;

/// The reason of a call whose caller went away.
const CANCELED: &str = "the call was canceled before the answer came";

/// A change of the status by a call.
struct Change {
    operation: &'static str,
    pending: RegistrationStatus,
    done: RegistrationStatus,
    failed: RegistrationStatus,
}

const REGISTER: Change = Change {
    operation: "register",
    pending: RegistrationStatus::RegistrationPending,
    done: RegistrationStatus::Registered,
    failed: RegistrationStatus::RegistrationFailed,
};

const UNREGISTER: Change = Change {
    operation: "unregister",
    pending: RegistrationStatus::UnregistrationPending,
    done: RegistrationStatus::Unregistered,
    failed: RegistrationStatus::UnregistrationFailed,
};

impl Change {
    /// The statuses that its outcome can replace. With another one, a later call of the other operation counts.
    fn replaced(&self) -> [RegistrationStatus; 3] {
        [self.pending, self.done, self.failed]
    }
}

impl Platform {
    /// Calls `register` with the present configuration, as after an update of the integration.
    ///
    /// The definition may have changed since the configuration was accepted. It is sent as it is stored: the integration
    /// may migrate it, and refuses it otherwise.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub async fn register(&self, webhook_id: &str) -> Result<Instance, PlatformError> {
        let instance = self.instance(webhook_id)?;
        self.change_by_call(&instance, &REGISTER).await
    }

    /// Calls `register` for all instances, as after an update of the integration. Those that were uninstalled stay so.
    ///
    /// # Errors
    ///
    /// The storage fails.
    pub async fn register_all(&self) -> Result<(), PlatformError> {
        for instance in self.instances()? {
            if instance.status != RegistrationStatus::Unregistered {
                self.register(&instance.webhook_id).await?;
            }
        }
        Ok(())
    }

    /// Calls `unregister`. The instance stays, with its data.
    ///
    /// # Errors
    ///
    /// There is no such instance, or the storage fails.
    pub async fn unregister(&self, webhook_id: &str) -> Result<Instance, PlatformError> {
        let instance = self.instance(webhook_id)?;
        self.change_by_call(&instance, &UNREGISTER).await
    }

    async fn change_by_call(
        &self,
        instance: &Instance,
        change: &Change,
    ) -> Result<Instance, PlatformError> {
        self.set_status(&instance.webhook_id, change.pending, None)?;
        let mut pending = Pending {
            platform: self,
            instance,
            change,
            has_ended: false,
        };
        let body = json!({ "webhookUrl": self.webhook_url(&instance.webhook_id) });
        let called = self
            .operate(instance, change.operation, None, &body, Origin::default())
            .await;
        match called {
            Ok(_) => pending.end(None),
            Err(PlatformError::Call(failed)) => pending.end(Some(&failed.to_string())),
            Err(other) => Err(other),
        }
    }

    fn set_status(
        &self,
        webhook_id: &str,
        status: RegistrationStatus,
        reason: Option<&str>,
    ) -> Result<Instance, PlatformError> {
        let now = self.now();
        self.storage().write(|transaction| {
            instances::set_status(transaction, webhook_id, status, reason, now)
        })?;
        self.instance(webhook_id)
    }
}

/// A call that runs. If it is dropped, it has failed.
struct Pending<'a> {
    platform: &'a Platform,
    instance: &'a Instance,
    change: &'a Change,
    has_ended: bool,
}

impl Pending<'_> {
    /// Sets the status, unless another configuration or the other operation was sent meanwhile.
    fn end(&mut self, failure: Option<&str>) -> Result<Instance, PlatformError> {
        self.has_ended = true;
        let (platform, change) = (self.platform, self.change);
        let status = if failure.is_some() {
            change.failed
        } else {
            change.done
        };
        let webhook_id = &self.instance.webhook_id;
        let now = platform.now();
        platform.storage().write(|transaction| {
            let integration_id = platform.integration_id();
            let current = instances::find(transaction, integration_id, webhook_id)?;
            if current.is_some_and(|current| self.concerns(&current)) {
                instances::set_status(transaction, webhook_id, status, failure, now)?;
            }
            Ok::<_, PlatformError>(())
        })?;
        platform.instance(webhook_id)
    }

    fn concerns(&self, current: &Instance) -> bool {
        self.change.replaced().contains(&current.status)
            && current.configuration == self.instance.configuration
            && current.configuration_type == self.instance.configuration_type
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            // The storage reports its failure to the next call.
            let _ = self.end(Some(CANCELED));
        }
    }
}
