//! Botpress's side of the protocol: instances of an integration, and calls of its operations.
//!
//! A [`Platform`] calls one integration, on behalf of all its instances. [`Integrations`] has all of an emulator. A call is recorded and signed. What a bot sends is
//! stored first, through the API, and then sent.
//!
//! | method | operation |
//! |---|---|
//! | [`install`](Platform::install), [`configure`](Platform::configure), [`register`](Platform::register) | `register` |
//! | [`uninstall`](Platform::uninstall), [`unregister`](Platform::unregister) | `unregister` |
//! | [`ping`](Platform::ping) | `ping` |
//! | [`call_action`](Platform::call_action) | `action_triggered` |
//! | [`send_message`](Platform::send_message) | `message_created` |
//! | [`update_message`](Platform::update_message) | `message_updated` |
//! | [`update_conversation`](Platform::update_conversation) | `conversation_updated` |
//! | [`create_user`](Platform::create_user), [`create_conversation`](Platform::create_conversation) | `create_user`, `create_conversation` |
//! | [`webhooks`](Integrations::webhooks), [`send_webhook`](Platform::send_webhook) | `webhook_received` |
//! | [`call`](Platform::call), [`call_raw`](Platform::call_raw) | any |
//! | [`replay`](Platform::replay) | that of a recorded exchange |
//! | [`pass_on`](Platform::pass_on) | that of a call by the real Botpress |

mod access;
mod answer;
mod api_record;
mod call;
mod configuration;
mod data;
mod error;
mod headers;
mod instance;
mod instances;
mod integration;
mod integrations;
mod lifecycle;
mod messages;
mod operations;
mod options;
mod passed;
mod payload_secrets;
mod providers;
mod raw;
mod registration;
mod replay;
mod schedule;
mod scripts;
mod signing;
mod state;
mod webhooks;

pub use self::answer::{Answer, CallError, CallProblem};
pub use self::error::PlatformError;
pub use self::instance::{Instance, RegistrationStatus};
pub use self::integration::Integration;
pub(crate) use self::integration::{create_identity, delete_identity, new_key};
pub use self::integrations::Integrations;
pub use self::lifecycle::NewInstance;
pub use self::messages::{Delivery, OutgoingMessage};
pub use self::operations::TagValues;
pub use self::options::PlatformOptions;
pub use self::providers::Provider;
pub use self::raw::RawCall;
pub use self::replay::{ReplayEdit, Replayed, WebhookSigning};
pub use self::scripts::{ScriptEngine, ScriptError, ScriptProgram};
pub(crate) use self::signing::rotate as rotate_signing_secret;
pub use self::state::{Platform, PlatformParts};
pub use self::webhooks::{AuthorizationLink, WebhookCall};
