//! Webhooks: requests of services to an instance, to the shared OAuth address, and to the shared address of an
//! integration.
//!
//! | path | instance |
//! |---|---|
//! | `/webhook/{webhookId}/…` | that with the webhook id |
//! | `/oauth`, `/oauth/…` | that whose webhook id is the parameter `state` |
//! | `/integration/global/{name}/…` | that with the identifier which the definition's `extractScript` finds |
//! | `/oauth/interstitial` | none: the page at the end of an authorization |
//!
//! All of them are also served behind `/webhook`, which is the base address that integrations know.
//!
//! An answer that leads to that page with a success, after an identifier was set, is followed by `register`.

mod authorization;
mod authorized;
mod handle;
mod identifier;
mod interstitial;
mod passed;
mod received;
mod responses;
mod route;
mod secrets;
mod send;
mod target;

pub use self::identifier::AuthorizationLink;
pub(super) use self::passed::secrets_of_passed;
pub(super) use self::received::Received;
pub(super) use self::route::Route;
pub use self::send::WebhookCall;
