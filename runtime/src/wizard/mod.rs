//! The pages behind the authorization link of an integration.
//!
//! A wizard is a set of named steps at `/oauth/wizard/<name>`, an address that all integrations
//! share. Botpress finds the integration by the query `state=<webhook id>`. A step gets what the
//! browser has sent and replies with a page, a redirect or the end:
//!
//! ```
//! use contexture::wizard::{Form, Page, Reply, Sessions, Visit, Wizard};
//! use contexture::webhook::{WebhookRequest, WebhookResponse};
//! use contexture::{Context, Definition, Payload, Result, Secret};
//!
//! #[derive(Clone, Copy, PartialEq)]
//! enum Step { Start, Finish }
//!
//! /// Stored in the handlers.
//! fn wizard() -> Wizard<Step> {
//!     Wizard::new("start", Step::Start).step("finish", Step::Finish)
//! }
//!
//! /// Called by `webhook` if `wizard.is_visited_by(request)`.
//! async fn handle<D: Definition, Credentials: Payload>(
//!     ctx: &Context<D>, wizard: &Wizard<Step>, key: &Secret, request: &WebhookRequest,
//! ) -> Result<WebhookResponse> {
//!     let sessions = Sessions::signed_with(key);
//!     wizard.handle(ctx, &sessions, request, |visit| async move {
//!         match visit.step {
//!             Step::Start => Ok(page::<Credentials>()?.into()),
//!             Step::Finish => finish::<Credentials>(&visit).await,
//!         }
//!     }).await
//! }
//!
//! fn page<Credentials: Payload>() -> Result<Page<Step>> {
//!     let form = Form::of::<Credentials>(Step::Finish)?.button("Connect");
//!     Ok(Page::new("Connect Acme").text("Enter the key of your account.").form(form))
//! }
//!
//! async fn finish<Credentials: Payload>(visit: &Visit<Step>) -> Result<Reply<Step>> {
//!     match visit.values::<Credentials>()? {
//!         Ok(credentials) => { /* store them */ Ok(Reply::done_as("account-1")) }
//!         Err(invalid) => Ok(page::<Credentials>()?.again(invalid).into()),
//!     }
//! }
//! ```
//!
//! The link in Botpress leads to the first step. Its script in the definition:
//!
//! ```yaml
//! configuration:
//!   identifier:
//!     linkTemplateScript: |
//!       webhookId = to_string!(.webhookId)
//!       webhookUrl = to_string!(.webhookUrl)
//!
//!       "{{ webhookUrl }}/oauth/wizard/start?state={{ webhookId }}"
//! ```
//!
//! | a step replies | with |
//! |---|---|
//! | [`Page`] | texts, and a [`Form`] or [`Button`]s |
//! | [`Form::of`], [`Form::choice`], [`Form::choices`], [`Form::input`] | a form of a schema; one or several choices; one field |
//! | [`Reply::step`], [`Reply::url`] | a redirect |
//! | `Reply::authorize` (feature `oauth`) | a redirect to a provider; the step that gets the answer calls `Visit::tokens` |
//! | [`Reply::done`], [`Reply::done_as`], [`Reply::failed`] | Botpress's page at the end; `done_as` sets the identifier |
//!
//! Pages need no script. They are made for keyboards, screen readers and phones, have a light and a
//! dark form, and a content security policy. Forms are sent in the body, so that no value is in an
//! address.
//!
//! # Who may go on
//!
//! The first page begins a session: a random text and an expiry, signed by the key of [`Sessions`].
//! The browser keeps it in a cookie that scripts cannot read and that comes along on the way back
//! from a provider (`__Host-`, `HttpOnly`, `Secure`, `SameSite=Lax`). The other steps and the
//! provider's answer need it, and a form has a proof of its own that it was shown in the session.
//!
//! - The parameter `state` is the webhook's id, because Botpress routes by it. It proves nothing:
//!   the cookie does. The verifier of PKCE is derived from the session with the key, and is in no
//!   cookie, because every integration can read the cookies of the shared origin.
//! - PKCE ties a provider's code to the browser that asked for it. With a provider that ignores it, an
//!   attacker can lead a browser that waits for an answer to `/oauth` with a code of their own account.
//! - A provider's answer and the form that ends the wizard are accepted once. Used sessions are
//!   remembered in memory, by each process for itself, until they expire (at most 100,000). Another
//!   copy of the integration would accept the same answer again, unless the copies share a store:
//!   [`Wizard::store`]. A provider does not accept its code again.
//! - Tabs of a browser share a session. The first one that ends the wizard ends it for all.
//! - Botpress has to pass the headers `cookie` and `set-cookie`. Behind a proxy that does not, keep
//!   sessions in a state: [`Sessions::kept_in`].
//!
//! **Anyone who has the link can begin.** It contains the webhook's id, which is not a secret
//! everywhere: the service that calls the webhook knows it. An attacker who has it can connect an
//! account of their own. Show the connected account to the bot's owner, do not let the wizard replace
//! valid credentials silently, or ask for a key: [`Wizard::only_with_key`], [`Wizard::start_url`].
//!
//! # Without this address
//!
//! An integration whose redirect address is not Botpress's (`/oauth`) does not need a wizard: see
//! `oauth` for a signed `state` that needs no cookie.

mod cookie;
mod enter;
mod escape;
mod field;
mod form;
mod handle;
mod page;
mod refusal;
mod render;
mod render_field;
mod reply;
mod schema_fields;
mod session;
mod sessions;
mod shared;
mod site;
mod steps;
mod submission;
mod used;
mod visit;

pub use self::{
    form::{Form, Input},
    page::{Button, Page},
    reply::Reply,
    sessions::Sessions,
    steps::Wizard,
    submission::Invalid,
    visit::Visit,
};

#[cfg(any(test, feature = "testing"))]
pub(crate) use self::submission::control_name;
