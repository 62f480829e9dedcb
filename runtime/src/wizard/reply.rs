//! Replies of a step.

#[cfg(feature = "oauth")]
use crate::oauth::OauthApp;

use super::page::Page;

/// What a step replies: a page, a redirect, or the end of the wizard.
#[derive(Clone, Debug)]
pub struct Reply<S>(pub(super) Kind<S>);

#[derive(Clone, Debug)]
pub(super) enum Kind<S> {
    Page(Box<Page<S>>),
    Step(S),
    Url(String),
    #[cfg(feature = "oauth")]
    Authorize(Box<OauthApp>, S),
    Done(Option<String>),
    Failed(String),
}

impl<S> Reply<S> {
    /// Redirects the browser to a step.
    #[must_use]
    pub fn step(step: S) -> Self {
        Self(Kind::Step(step))
    }

    /// Redirects the browser to a page elsewhere, which does not come back by itself.
    pub fn url(url: impl Into<String>) -> Self {
        Self(Kind::Url(url.into()))
    }

    /// Redirects the browser to the provider's authorization page. The provider's answer leads to
    /// `step`, which reads it with [`Visit::tokens`](super::Visit::tokens).
    ///
    /// The application's redirect URL is [`redirect_url`](crate::oauth::redirect_url).
    #[cfg(feature = "oauth")]
    #[must_use]
    pub fn authorize(app: &OauthApp, step: S) -> Self {
        Self(Kind::Authorize(Box::new(app.clone()), step))
    }

    /// Ends the wizard with Botpress's page for a success.
    #[must_use]
    pub fn done() -> Self {
        Self(Kind::Done(None))
    }

    /// Ends the wizard with Botpress's page for a success, and sets the identifier of the
    /// installation first. Botpress then calls `register`.
    pub fn done_as(identifier: impl Into<String>) -> Self {
        Self(Kind::Done(Some(identifier.into())))
    }

    /// Ends the wizard with Botpress's page for a failure, which shows the message to the bot's
    /// owner.
    pub fn failed(message: impl Into<String>) -> Self {
        Self(Kind::Failed(message.into()))
    }
}

impl<S> From<Page<S>> for Reply<S> {
    fn from(page: Page<S>) -> Self {
        Self(Kind::Page(Box::new(page)))
    }
}
