//! Where sessions are kept.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Value, json};

use super::cookie::{CookieRules, values};
use super::refusal::Refused;
use super::session::{Session, Signer};
use crate::client::State;
use crate::value::is_blank;
use crate::webhook::{WebhookRequest, WebhookResponse};
use crate::{Error, Payload, Result, Secret};

/// The sessions of a wizard: the key that signs them, and the place where they are kept.
///
/// A session is a cookie of the browser that began the wizard:
///
/// ```
/// use contexture::{Secret, wizard::Sessions};
///
/// let key = Secret::from("a long random text");
/// let sessions = Sessions::signed_with(&key);
/// ```
///
/// The key is a secret of the definition, or a client secret. Equal keys on all copies of the
/// integration let any copy answer.
#[derive(Clone, Debug)]
pub struct Sessions {
    keys: Vec<Secret>,
    state: Option<Stored>,
}

/// A session that was read, with the key that it is signed with.
#[derive(Debug)]
pub(super) struct Opened<'a> {
    pub(super) session: Session,
    pub(super) signer: Signer<'a>,
}

impl Sessions {
    /// Keeps sessions in cookies that are signed with this key.
    #[must_use]
    pub fn signed_with(key: &Secret) -> Self {
        Self {
            keys: vec![key.clone()],
            state: None,
        }
    }

    /// Accepts sessions that are signed with a previous key, too, while the key is rotated.
    #[must_use]
    pub fn or_signed_with(mut self, previous: &Secret) -> Self {
        self.keys.push(previous.clone());
        self
    }

    /// Keeps the session of an installation in a state of the definition and not in a cookie, for a
    /// proxy that does not pass cookies. The schema of the state is an object with the property
    /// `session`, a text:
    ///
    /// ```yaml
    /// states:
    ///   wizard:
    ///     type: integration
    ///     schema:
    ///       type: object
    ///       properties: { session: { type: string, x-zui: { secret: true } } }
    ///       required: [session]
    /// ```
    ///
    /// Any browser with the link can then go on, and an answer is only tied to the installation. If
    /// the provider supports PKCE, an answer still has to belong to an address that this wizard gave
    /// out.
    #[must_use]
    pub fn kept_in<T: Payload>(mut self, state: State<T>) -> Self {
        self.state = Some(Stored(Arc::new(state)));
        self
    }

    /// Returns the signer for new sessions.
    pub(super) fn signer<'a>(&'a self, webhook_id: &'a str) -> Result<Signer<'a>> {
        let key = self.signers(webhook_id).next();
        key.ok_or_else(|| Error::from("the wizard has no key for its sessions"))
    }

    pub(super) fn signers<'a>(&'a self, webhook_id: &'a str) -> impl Iterator<Item = Signer<'a>> {
        let keys = self.keys.iter().filter(|key| !is_blank(key.expose()));
        keys.map(move |key| Signer { key, webhook_id })
    }

    /// Reads the session of a request.
    pub(super) async fn open<'a>(
        &'a self,
        webhook_id: &'a str,
        rules: CookieRules,
        request: &WebhookRequest,
    ) -> Result<Result<Opened<'a>, Refused>> {
        let stored = match &self.state {
            Some(state) => Some(state.0.load().await?.unwrap_or_default()),
            None => None,
        };
        let header = request.header("cookie").unwrap_or_default();
        let mut problem = Refused::NoSession;
        for signer in self.signers(webhook_id) {
            let name = rules.name(signer);
            let cookies = values(header, &name).filter(|_| stored.is_none());
            let stored = stored.as_deref().filter(|text| !text.is_empty());
            for text in cookies.chain(stored) {
                match Session::read(text, signer, SystemTime::now()) {
                    Ok(session) => return Ok(Ok(Opened { session, signer })),
                    Err(refused) if problem != Refused::Expired => problem = refused,
                    Err(_) => {}
                }
            }
        }
        Ok(Err(problem))
    }

    /// Keeps a session beyond this response.
    pub(super) async fn keep(
        &self,
        opened: &Opened<'_>,
        rules: CookieRules,
        response: WebhookResponse,
    ) -> Result<WebhookResponse> {
        let text = opened.session.to_text(opened.signer);
        if let Some(state) = &self.state {
            state.0.save(&text).await?;
            return Ok(response);
        }
        let seconds = opened.session.seconds_left(SystemTime::now());
        let cookie = rules.set(&rules.name(opened.signer), &text, seconds);
        Ok(response.with_header("set-cookie", cookie))
    }

    /// Forgets the session with this response.
    pub(super) async fn forget(
        &self,
        opened: &Opened<'_>,
        rules: CookieRules,
        response: WebhookResponse,
    ) -> Result<WebhookResponse> {
        if let Some(state) = &self.state {
            state.0.clear().await?;
            return Ok(response);
        }
        let cookie = rules.remove(&rules.name(opened.signer));
        Ok(response.with_header("set-cookie", cookie))
    }
}

type Working<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A state that keeps the text of a session.
trait SessionState: Send + Sync {
    fn load(&self) -> Working<'_, Option<String>>;
    fn save<'a>(&'a self, text: &'a str) -> Working<'a, ()>;
    fn clear(&self) -> Working<'_, ()>;
}

#[derive(Clone)]
struct Stored(Arc<dyn SessionState>);

impl fmt::Debug for Stored {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a state")
    }
}

impl<T: Payload> SessionState for State<T> {
    fn load(&self) -> Working<'_, Option<String>> {
        Box::pin(async {
            let Some(state) = self.get().await? else {
                return Ok(None);
            };
            let text = state.to_value()?["session"].as_str().map(str::to_owned);
            Ok(text)
        })
    }

    fn save<'a>(&'a self, text: &'a str) -> Working<'a, ()> {
        Box::pin(async move {
            let state: Value = json!({ "session": text });
            let state = T::from_value(state).map_err(|violations| {
                Error::from(format!("the session does not fit its state: {violations}"))
            })?;
            Ok(self.set(&state).await?)
        })
    }

    fn clear(&self) -> Working<'_, ()> {
        Box::pin(async { Ok(State::clear(self).await?) })
    }
}
