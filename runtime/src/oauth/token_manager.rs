//! Valid access tokens on demand.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Mutex as Turn;
use tracing::Instrument as _;

use super::exchange::clock;
use super::{OauthError, RefusalKind, TokenSource, TokenStore, Tokens};
use crate::client::{TransportError, within};
use crate::{ClientError, Context, Definition, Secret};

/// The time limit of a refresh. It is longer than the timeouts of the provider and of two API
/// requests together.
const TURN: Duration = Duration::from_mins(5);

/// Returns valid access tokens and refreshes them before they expire. Concurrent calls share one
/// refresh.
///
/// Store it in the handlers, which live as long as the process. Several processes may refresh at
/// the same time: if another process has already used the refresh token, the tokens that it stored
/// are used.
#[derive(Debug)]
pub struct TokenManager {
    refresh_before: Duration,
    /// The refresh lock of each integration. Unused locks are removed when a lock is added.
    turns: Mutex<HashMap<String, Weak<LastRefresh>>>,
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
            turns: Mutex::default(),
        }
    }

    /// Sets the minimum remaining lifetime. Tokens that expire earlier are refreshed.
    #[must_use]
    pub fn refresh_before(mut self, time: Duration) -> Self {
        self.refresh_before = time;
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
    /// transport (feature `http-client`). Returns another error if the provider or the store fails.
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
        let (ctx, app, store) = (ctx.clone(), app.clone(), store.clone());
        to_the_end(async move {
            let mut has_asked = false;
            let refreshed = async {
                let tokens = store.load().await?;
                if let Some(stored) = tokens.as_ref().filter(|one| one.holds_for(needed)) {
                    return Ok(stored.access_token.clone());
                }
                has_asked = true;
                refresh(&ctx, &app, &store, tokens.as_ref()).await
            };
            let refreshed = within(clock.as_ref(), TURN, refreshed).await;
            let refreshed = refreshed.unwrap_or_else(|| Err(too_late()));
            if has_asked || refreshed.is_err() {
                *turn = Some(Refreshed {
                    at: clock.now(),
                    replaced,
                    error: refreshed.as_ref().err().map(OauthError::for_waiting),
                });
            }
            refreshed
        })
        .await
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

async fn refresh<D: Definition>(
    ctx: &Context<D>,
    app: &impl TokenSource,
    store: &impl TokenStore,
    tokens: Option<&Tokens>,
) -> Result<Secret, OauthError> {
    match app.renew(ctx, tokens).await {
        Ok(fresh) => {
            store.save(&fresh).await?;
            Ok(fresh.access_token)
        }
        Err(OauthError::Refused {
            kind: RefusalKind::AuthorizeAgain,
            ..
        }) => {
            let kept = store.load().await?;
            let by_another = kept.filter(|kept| {
                access_token(Some(kept)) != access_token(tokens) && kept.holds_for(Duration::ZERO)
            });
            by_another
                .map(|kept| kept.access_token)
                .ok_or(OauthError::NotAuthorized)
        }
        Err(error) => Err(error),
    }
}

/// Returns the access token, or an empty one.
fn access_token(tokens: Option<&Tokens>) -> Secret {
    tokens.map_or_else(|| Secret::from(""), |tokens| tokens.access_token.clone())
}
