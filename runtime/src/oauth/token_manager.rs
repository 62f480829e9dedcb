//! Valid access tokens on demand.

use std::collections::HashMap;
#[cfg(not(target_family = "wasm"))]
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

#[cfg(not(target_family = "wasm"))]
use tokio::runtime::Handle;
use tokio::sync::Mutex as Turn;
use tracing::Instrument as _;

use super::exchange::clock;
use super::refresh::{Refresh, TOLD, access_token};
use super::{OauthError, TokenSource, TokenStore};
use crate::client::{TransportError, within};
use crate::store::{Leases, Outages, Store, WhenDown};
use crate::{ClientError, Context, Definition, Secret};

/// The time limit of a refresh. It is longer than the timeouts of the provider and of two API
/// requests together.
const TURN: Duration = Duration::from_mins(5);

/// Returns valid access tokens and refreshes them before they expire. Concurrent calls share one
/// refresh.
///
/// Store it in the handlers, which live as long as the process. Several processes need a shared
/// [`store`](Self::store). Without it they may refresh at the same time, and a provider that accepts a
/// refresh token only once refuses one of them, or revokes all tokens: if another process has already
/// used the refresh token and stored its tokens, those are used.
///
/// Cloning is cheap, and clones share the refreshes.
#[derive(Clone, Debug)]
pub struct TokenManager {
    refresh_before: Duration,
    lease: Duration,
    when_down: WhenDown,
    store: Option<Arc<dyn Store>>,
    outages: Arc<Outages>,
    /// The refresh lock of each integration. Unused locks are removed when a lock is added.
    turns: Arc<Mutex<HashMap<String, Weak<LastRefresh>>>>,
}

/// The last refresh of an integration. The holder of the lock may start the next one.
type LastRefresh = Turn<Option<Refreshed>>;

/// The result of a refresh.
#[derive(Debug)]
struct Refreshed {
    /// The end of the refresh, by the clock of the environment.
    at: Duration,
    /// The access token that was to be replaced. It identifies the store: an integration may have
    /// several apps, each with its own tokens.
    replaced: Secret,
    error: Option<OauthError>,
}

impl TokenManager {
    /// Creates a manager that refreshes tokens that expire in less than a minute.
    #[must_use]
    pub fn new() -> Self {
        Self {
            refresh_before: Duration::from_mins(1),
            lease: Duration::from_secs(30),
            when_down: WhenDown::default(),
            store: None,
            outages: Arc::new(Outages::new(TOLD)),
            turns: Arc::default(),
        }
    }

    /// Sets the minimum remaining lifetime. Tokens that expire earlier are refreshed.
    #[must_use]
    pub fn refresh_before(mut self, time: Duration) -> Self {
        self.refresh_before = time;
        self
    }

    /// Sets the store that all processes share. A process then refreshes the tokens of an installation
    /// only with a lease, which it renews until the tokens are stored; the others wait and read them.
    ///
    /// A refresh token is used only after a claim and a read of the tokens that followed it, so it is
    /// never one that another process has replaced. One case remains: a process that was paused during
    /// its refresh, or whose store was down then, for longer than the lease.
    #[must_use]
    pub fn store(mut self, store: impl Store + 'static) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Sets the lease (default: 30 seconds, at least 100 milliseconds): how long the others wait for a
    /// process that died during a refresh.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Sets what happens while the store is down. With [`WhenDown::Refuse`], the default, the stored
    /// token is used until its end, and then [`OauthError::Lease`] is returned. With
    /// [`WhenDown::Proceed`], tokens are refreshed as without a store.
    #[must_use]
    pub fn when_store_is_down(mut self, when_down: WhenDown) -> Self {
        self.when_down = when_down;
        self
    }

    /// Returns a valid access token.
    ///
    /// A refresh continues, and its tokens are stored, even if the caller is dropped: most
    /// providers accept a refresh token only once, so the new one would otherwise be lost. (Without
    /// a tokio runtime, the refresh runs in the caller's task.)
    ///
    /// Callers that waited for a refresh share its result, including errors, so the provider gets
    /// only one request. The provider has 30 seconds to respond. A refresh ends after at most 5
    /// minutes, so that a hanging store does not block later ones.
    ///
    /// # Errors
    ///
    /// Returns [`OauthError::NotAuthorized`] if there are no tokens or the provider no longer
    /// accepts the refresh token, and [`OauthError::Setting`] if the environment has no clock or no
    /// transport (feature `http-client`). Returns [`OauthError::Lease`] if the shared store is down, and
    /// another error if the provider or the token store fails.
    pub async fn access_token<D: Definition>(
        &self,
        ctx: &Context<D>,
        app: &impl TokenSource,
        store: &impl TokenStore,
    ) -> Result<Secret, OauthError> {
        let tokens = store.load().await?;
        let stored = tokens
            .as_ref()
            .filter(|one| one.holds_for(self.refresh_before));
        if let Some(stored) = stored {
            return Ok(stored.access_token.clone());
        }
        let replaced = access_token(tokens.as_ref());
        let clock = Arc::clone(clock(ctx.environment())?);
        let waiting_since = clock.now();
        let mut turn = self.turn(&ctx.integration_id).lock_owned().await;
        let shared = turn
            .as_ref()
            .filter(|last| last.at >= waiting_since && last.replaced.expose() == replaced.expose());
        if let Some(error) = shared.and_then(|last| last.error.as_ref()) {
            return Err(error.for_waiting());
        }
        // A token that was just fetched is used even if its lifetime is shorter than
        // `refresh_before`.
        let needed = match shared {
            Some(_) => Duration::ZERO,
            None => self.refresh_before,
        };
        let leases = self.store.as_ref().map(|shared| {
            let environment = ctx.environment();
            Leases::new(shared, self.when_down, &self.outages, environment)
        });
        let (when_down, lasts) = (self.when_down, self.lease);
        let mut refresh = Refresh {
            ctx: ctx.clone(),
            app: app.clone(),
            store: store.clone(),
            needed,
            replaced: replaced.clone(),
            is_shared: false,
        };
        // The future of a refresh is large, and most calls need none.
        let refreshing = Box::pin(async move {
            let token = async {
                match leases {
                    Some(leases) => refresh.token_under_lease(leases, when_down, lasts).await,
                    None => refresh.token().await,
                }
            };
            let token = within(clock.as_ref(), TURN, token).await;
            let token = token.unwrap_or_else(|| Err(too_late()));
            if refresh.is_shared || token.is_err() {
                *turn = Some(Refreshed {
                    at: clock.now(),
                    replaced,
                    error: token.as_ref().err().map(OauthError::for_waiting),
                });
            }
            token
        });
        to_the_end(refreshing).await
    }

    fn turn(&self, integration_id: &str) -> Arc<LastRefresh> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = turns.get(integration_id).and_then(Weak::upgrade) {
            return turn;
        }
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::new(Turn::new(None));
        turns.insert(integration_id.to_owned(), Arc::downgrade(&turn));
        turn
    }
}

impl Default for TokenManager {
    fn default() -> Self {
        Self::new()
    }
}

fn too_late() -> OauthError {
    let problem = "the tokens were not loaded, refreshed and stored before the timeout";
    OauthError::Store(ClientError::Transport(TransportError::timeout(problem)))
}

/// Runs a future to completion, even if the caller is dropped.
#[cfg(not(target_family = "wasm"))]
async fn to_the_end<T: Send + 'static>(
    task: impl Future<Output = Result<T, OauthError>> + Send + 'static,
) -> Result<T, OauthError> {
    let Ok(runtime) = Handle::try_current() else {
        return task.await;
    };
    match runtime.spawn(task.in_current_span()).await {
        Ok(result) => result,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(_) => Err(OauthError::Interrupted),
        },
    }
}

/// Runs a future to completion, even if the caller is dropped.
#[cfg(target_family = "wasm")]
async fn to_the_end<T: Send + 'static>(
    task: impl Future<Output = Result<T, OauthError>> + Send + 'static,
) -> Result<T, OauthError> {
    let (send, receive) = tokio::sync::oneshot::channel();
    let task = async move {
        // The caller may be gone.
        let _ = send.send(task.await);
    };
    crate::host::spawn(task.in_current_span());
    receive.await.unwrap_or(Err(OauthError::Interrupted))
}
