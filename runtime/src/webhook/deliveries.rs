//! Deduplication of deliveries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::WebhookResponse;
use super::delivery::{Delivery, NotBegun};
use crate::store::{Claim, Leases, MemoryStore, Outages, Store, Told, WhenDown, pauses};
use crate::{Context, Definition, Result};

/// What the log says while the store is down.
const TOLD: Told = Told {
    refusing: "deliveries are answered with a 503",
    proceeding: "deliveries that come again are handled again",
};

/// When a service should send a delivery again that the store did not answer for.
const STORE_DOWN: Duration = Duration::from_secs(10);

/// Handles each delivery once. Services send a delivery again if they think that it was lost. Most
/// services do not sign a timestamp, so anyone who recorded a delivery can replay it.
///
/// Store it in the handlers, which live as long as the process. By default, each process has its own
/// memory of deliveries; with a shared [`store`](Self::store), a delivery is handled once by all of
/// them.
///
/// ```
/// # use contexture::{Context, Definition, Result, WebhookResponse, webhook::Deliveries};
/// # async fn open_issue() -> Result { Ok(()) }
/// # async fn example<D: Definition>(ctx: &Context<D>, deliveries: &Deliveries) -> Result<WebhookResponse> {
/// # let id = "72d3162e";
/// deliveries
///     .handle(ctx, id, async {
///         open_issue().await?; // If this fails, the delivery is handled when it comes again.
///         Ok(WebhookResponse::ok())
///     })
///     .await
/// # }
/// ```
///
/// | the delivery | response |
/// |---|---|
/// | is new, or failed before | that of the work |
/// | was handled | 200, the work does not run |
/// | is being handled, for longer than [`wait`](Self::wait) | 503 with `retry-after` |
/// | is new, but the store is down | 503 with `retry-after`, see [`when_store_is_down`](Self::when_store_is_down) |
///
/// A delivery is claimed for the duration of the [`lease`](Self::lease), which is renewed while the
/// work runs. If the process dies, the claim ends with its lease, and the delivery is handled when it
/// comes again. Effects that the work had before that happen twice: see
/// [`store`](crate::store#what-is-promised). If another process took the delivery over, because this
/// one was paused for longer than the lease, the work is canceled.
///
/// Without a clock (feature `http-client`), nothing is waited for, and a claim is held for the whole
/// retention instead of being renewed. Cloning is cheap, and clones share the store.
#[derive(Clone, Debug)]
pub struct Deliveries {
    retention: Duration,
    lease: Duration,
    wait: Duration,
    store: Arc<dyn Store>,
    when_down: WhenDown,
    outages: Arc<Outages>,
}

impl Deliveries {
    /// Remembers each handled delivery for `retention`, in the memory of this process.
    #[must_use]
    pub fn new(retention: Duration) -> Self {
        Self {
            retention,
            lease: Duration::from_secs(30),
            wait: Duration::from_secs(2),
            store: Arc::new(MemoryStore::new()),
            when_down: WhenDown::default(),
            outages: Arc::new(Outages::new(TOLD)),
        }
    }

    /// Sets the store (default: a [`MemoryStore`]).
    #[must_use]
    pub fn store(mut self, store: impl Store + 'static) -> Self {
        self.store = Arc::new(store);
        self
    }

    /// Sets the lease (default: 30 seconds, at least 100 milliseconds): how long no process handles a
    /// delivery whose process died.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Sets how long a delivery waits for the same delivery that is being handled (default: 2 seconds,
    /// since some services wait only three for a response). If that one succeeds meanwhile, the
    /// response is 200; if it fails, this one is handled.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Sets what happens with deliveries while the store is down (default: [`WhenDown::Refuse`]).
    /// Refusing relies on the service to send a delivery again.
    #[must_use]
    pub fn when_store_is_down(mut self, when_down: WhenDown) -> Self {
        self.when_down = when_down;
        self
    }

    /// Handles a delivery, unless it was handled. `id` is the service's id of the delivery; the ids of
    /// two installations do not collide.
    ///
    /// A response with the status 429 or 5xx counts as a failure, like an error: the service sends the
    /// delivery again, and it is handled again.
    ///
    /// # Errors
    ///
    /// Returns the error of the work.
    pub async fn handle<D: Definition>(
        &self,
        ctx: &Context<D>,
        id: impl fmt::Display,
        work: impl Future<Output = Result<WebhookResponse>>,
    ) -> Result<WebhookResponse> {
        let delivery = match self.begin(ctx, id).await {
            Ok(delivery) => delivery,
            Err(not_begun) => return Ok(not_begun.into()),
        };
        let is_done = |response: &WebhookResponse| response.status != 429 && response.status < 500;
        match delivery.run_if(Box::pin(work), is_done).await {
            Ok(result) => result,
            Err(not_begun) => Ok(not_begun.into()),
        }
    }

    /// Begins a delivery whose work runs elsewhere, such as after the response:
    ///
    /// ```
    /// # use contexture::{Context, Definition, Result, WebhookResponse, webhook::Deliveries};
    /// # async fn open_issue() -> Result { Ok(()) }
    /// # async fn example<D: Definition>(ctx: &Context<D>, deliveries: &Deliveries) -> Result<WebhookResponse> {
    /// # let id = "72d3162e";
    /// let delivery = match deliveries.begin(ctx, id).await {
    ///     Ok(delivery) => delivery,
    ///     Err(not_begun) => return Ok(not_begun.into()),
    /// };
    /// ctx.after_response(delivery.run(open_issue()))?;
    /// Ok(WebhookResponse::ok())
    /// # }
    /// ```
    ///
    /// A service does not send again what was answered with success. If the process dies before such
    /// work is done, the delivery is lost.
    ///
    /// # Errors
    ///
    /// Returns the reason why the delivery is not to be handled now. It becomes the response.
    pub async fn begin<D: Definition>(
        &self,
        ctx: &Context<D>,
        id: impl fmt::Display,
    ) -> Result<Delivery, NotBegun> {
        let environment = ctx.environment();
        let leases = Leases::new(&self.store, self.when_down, &self.outages, environment);
        let lasts = if leases.has_clock() {
            self.lease
        } else {
            self.lease.max(self.retention)
        };
        let deadline = leases.deadline(self.wait);
        let mut lease = leases.lease(format!("delivery:{}:{id}", ctx.integration_id), lasts);
        for pause in pauses() {
            match lease.claim().await {
                Ok(Claim::Claimed) => break,
                Ok(Claim::Done) => return Err(NotBegun::Handled),
                Ok(Claim::Held { ends_in }) => {
                    if !lease.pause(pause, deadline).await {
                        let retry_after = ends_in;
                        return Err(NotBegun::Busy { retry_after });
                    }
                }
                Err(_) if self.when_down == WhenDown::Proceed => break,
                Err(_) => {
                    let retry_after = STORE_DOWN;
                    return Err(NotBegun::StoreIsDown { retry_after });
                }
            }
        }
        Ok(Delivery::new(lease, self.retention, ctx.logger()))
    }
}
