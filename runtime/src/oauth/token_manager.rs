//! A token that holds, whenever one is needed.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Mutex as Turn;
use tracing::Instrument as _;

use super::exchange::clock;
use super::{OauthApp, OauthError, TokenStore, Tokens};
use crate::client::{TransportError, within};
use crate::{ClientError, Context, Definition, Secret};

/// How long a turn may take: longer than the provider and two requests to the API together.
const TURN: Duration = Duration::from_mins(5);

/// Returns access tokens that hold, and refreshes them before they expire: once, however many ask at the same time.
///
/// It belongs to the handlers, which live as long as the process. Several processes may refresh at the same time: the
/// one whose refresh token was used up by another takes what the other has kept.
#[derive(Debug)]
pub struct TokenManager {
    refresh_before: Duration,
    /// Whose turn it is to refresh, by integration. Those that nobody waits for are left out when the next one comes.
    turns: Mutex<HashMap<String, Weak<LastRefresh>>>,
}

/// The last refresh of an integration; the lock is the turn to make the next one.
type LastRefresh = Turn<Option<Refreshed>>;

/// How a refresh ended.
#[derive(Debug)]
struct Refreshed {
    /// When it ended, by the clock of the environment.
    at: Duration,
    error: Option<OauthError>,
}

impl TokenManager {
    /// Refreshes a token that holds for less than a minute.
    #[must_use]
    pub fn new() -> Self {
        Self {
            refresh_before: Duration::from_mins(1),
            turns: Mutex::default(),
        }
    }

    /// Changes for how long a token has to hold.
    #[must_use]
    pub fn refresh_before(mut self, time: Duration) -> Self {
        self.refresh_before = time;
        self
    }

    /// Returns an access token that holds.
    ///
    /// A refresh that has begun goes on, and its tokens are kept, when the caller waits no longer: most providers
    /// take a refresh token once, and the new one would be lost. (Without a runtime of tokio, the caller has to wait.)
    ///
    /// Callers that waited for a refresh share its result, a failure too: the provider is asked once for all of them.
    /// It has 30 seconds to answer. A refresh ends after five minutes at the latest, so that a store that hangs does
    /// not keep later ones from beginning.
    ///
    /// # Errors
    ///
    /// [`OauthError::NotAuthorized`] when nobody has authorized the integration or the provider no longer takes its
    /// refresh token; [`OauthError::Setting`] when the environment has no clock or no transport (feature `http-client`);
    /// otherwise when the provider or the store are not reached.
    pub async fn access_token<D: Definition>(
        &self,
        ctx: &Context<D>,
        app: &OauthApp,
        store: &impl TokenStore,
    ) -> Result<Secret, OauthError> {
        let tokens = load(store).await?;
        if tokens.holds_for(self.refresh_before) {
            return Ok(tokens.access_token);
        }
        let clock = Arc::clone(clock(ctx.environment())?);
        let waiting_since = clock.now();
        let mut turn = self.turn(&ctx.integration_id).lock_owned().await;
        let shared = turn.as_ref().filter(|last| last.at >= waiting_since);
        if let Some(error) = shared.and_then(|last| last.error.as_ref()) {
            return Err(error.for_waiting());
        }
        // A token that was fetched a moment ago is used even where it lasts for less time than asked for.
        let needed = match shared {
            Some(_) => Duration::ZERO,
            None => self.refresh_before,
        };
        let (ctx, app, store) = (ctx.clone(), app.clone(), store.clone());
        to_the_end(async move {
            let mut has_asked = false;
            let refreshed = async {
                let tokens = load(&store).await?;
                if tokens.holds_for(needed) {
                    return Ok(tokens.access_token);
                }
                has_asked = true;
                refresh(&ctx, &app, &store, &tokens).await
            };
            let refreshed = within(clock.as_ref(), TURN, refreshed).await;
            let refreshed = refreshed.unwrap_or_else(|| Err(too_late()));
            if has_asked || refreshed.is_err() {
                *turn = Some(Refreshed {
                    at: clock.now(),
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
    let problem = "the tokens were not loaded and kept in time";
    OauthError::Store(ClientError::Transport(TransportError::timeout(problem)))
}

async fn load(store: &impl TokenStore) -> Result<Tokens, OauthError> {
    store.load().await?.ok_or(OauthError::NotAuthorized)
}

/// Runs something to its end, whether somebody waits for it or not.
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
    app: &OauthApp,
    store: &impl TokenStore,
    tokens: &Tokens,
) -> Result<Secret, OauthError> {
    let refresh_token = tokens.refresh_token.as_ref();
    let refresh_token = refresh_token.ok_or(OauthError::NotAuthorized)?;
    match app.refresh(ctx, refresh_token).await {
        Ok(tokens) => {
            store.save(&tokens).await?;
            Ok(tokens.access_token)
        }
        Err(OauthError::Refused { code }) if USED_UP.contains(&code.as_str()) => {
            let kept = load(store).await?;
            let by_another = kept.access_token != tokens.access_token;
            if by_another && kept.holds_for(Duration::ZERO) {
                return Ok(kept.access_token);
            }
            Err(OauthError::NotAuthorized)
        }
        Err(error) => Err(error),
    }
}

/// How a provider says that it does not take a refresh token, or not any more: OAuth's word, and GitHub's.
const USED_UP: [&str; 2] = ["invalid_grant", "bad_refresh_token"];
