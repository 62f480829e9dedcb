//! How a service adds a signature to its request.

use std::time::SystemTime;

use crate::webhook::WebhookRequest;

type Prepare = dyn Fn(WebhookRequest, SystemTime) -> WebhookRequest + Send + Sync;
type Attach = dyn Fn(WebhookRequest, &[u8]) -> WebhookRequest + Send + Sync;

/// How a service adds a signature to its request.
pub(super) struct Form {
    /// Adds the parts that are signed, such as the time.
    pub(super) prepare: Box<Prepare>,
    /// Adds the signature.
    pub(super) attach: Box<Attach>,
}

impl Form {
    /// Creates a form in which only the signature is added.
    pub(super) fn new(
        attach: impl Fn(WebhookRequest, &[u8]) -> WebhookRequest + Send + Sync + 'static,
    ) -> Self {
        Self {
            prepare: Box::new(|request, _| request),
            attach: Box::new(attach),
        }
    }

    /// Sets how the parts that are signed are added.
    pub(super) fn after(
        mut self,
        prepare: impl Fn(WebhookRequest, SystemTime) -> WebhookRequest + Send + Sync + 'static,
    ) -> Self {
        self.prepare = Box::new(prepare);
        self
    }
}
