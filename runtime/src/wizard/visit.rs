//! A visit of a step.

use std::fmt;

use super::form::{CHOICE, INPUT};
use super::submission::{Invalid, Submission};
use crate::webhook::WebhookRequest;
#[cfg(feature = "oauth")]
use crate::{
    Context, Definition, Secret,
    oauth::{OauthApp, OauthError, Tokens},
};
use crate::{Payload, Result};

/// A visit of a step, with what the browser has sent. Its session was checked.
pub struct Visit<S> {
    /// The visited step.
    pub step: S,
    pub(super) request: WebhookRequest,
    pub(super) is_form: bool,
    pub(super) submission: Submission,
    /// The verifier of PKCE, if this is the answer of a provider.
    #[cfg(feature = "oauth")]
    pub(super) verifier: Option<Secret>,
}

impl<S> Visit<S> {
    /// Reads the form of [`Form::of`](super::Form::of). The values are valid in the schema, or they
    /// come back with what is wrong with them:
    ///
    /// ```
    /// # use contexture::{Payload, Result, wizard::{Form, Page, Reply, Visit}};
    /// # #[derive(Clone, Copy)] enum Step { Finish }
    /// # fn save(_: &impl Payload) {}
    /// fn finish<T: Payload>(visit: &Visit<Step>) -> Result<Reply<Step>> {
    ///     let page = Page::new("Connect Acme").form(Form::of::<T>(Step::Finish)?);
    ///     let values = match visit.values::<T>()? {
    ///         Ok(values) => values,
    ///         Err(invalid) => return Ok(page.again(invalid).into()),
    ///     };
    ///     save(&values);
    ///     Ok(Reply::done())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if there is no form for the schema, as [`Form::of`](super::Form::of) does.
    pub fn values<T: Payload>(&self) -> Result<Result<T, Invalid>> {
        if !self.is_form {
            return Ok(Err(Invalid::default()));
        }
        self.submission.values()
    }

    /// Returns whether a form was sent. A step can also be opened by its address, and nothing was sent then:
    /// [`values`](Self::values) gives an error that [`Page::again`](super::Page::again) does not show.
    #[must_use]
    pub const fn is_form(&self) -> bool {
        self.is_form
    }

    /// Returns the value of [`Form::choice`](super::Form::choice). The browser may have sent any
    /// text.
    #[must_use]
    pub fn choice(&self) -> Option<&str> {
        self.choices().first().copied()
    }

    /// Returns the values of [`Form::choices`](super::Form::choices). The browser may have sent any
    /// texts. Without a value nothing was chosen, or no form was sent: see [`is_form`](Self::is_form).
    #[must_use]
    pub fn choices(&self) -> Vec<&str> {
        self.submission.texts(CHOICE)
    }

    /// Returns the text of [`Form::input`](super::Form::input), or `None` if it was left empty.
    #[must_use]
    pub fn input(&self) -> Option<&str> {
        let texts = self.submission.texts(INPUT);
        texts
            .first()
            .copied()
            .filter(|text| !text.trim().is_empty())
    }

    /// Returns a field of the address's query.
    #[must_use]
    pub fn query_field(&self, name: &str) -> Option<String> {
        self.request.query_field(name)
    }

    /// Refuses what was sent, because of a field. See [`Invalid::and`].
    #[must_use]
    pub fn invalid(&self, field: &str, problem: impl Into<String>) -> Invalid {
        let invalid = Invalid {
            sent: self.submission.clone(),
            problems: Vec::new(),
        };
        invalid.and(field, problem)
    }

    /// Exchanges the code of the provider's answer for tokens.
    ///
    /// # Errors
    ///
    /// Returns an error if the user denied the authorization, if the provider rejects the code or
    /// does not respond within 30 seconds, if the token URL does not use HTTPS, or if this visit is
    /// not the answer of a provider.
    #[cfg(feature = "oauth")]
    pub async fn tokens<D: Definition>(
        &self,
        ctx: &Context<D>,
        app: &OauthApp,
    ) -> Result<Tokens, OauthError> {
        let verifier = self.verifier.as_ref().ok_or(OauthError::NoCode)?;
        app.redeem(ctx, &self.request, verifier).await
    }
}

/// Shows only the step and the names of fields, because values may be secrets.
impl<S: fmt::Debug> fmt::Debug for Visit<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Visit")
            .field("step", &self.step)
            .field("submission", &self.submission)
            .finish_non_exhaustive()
    }
}
