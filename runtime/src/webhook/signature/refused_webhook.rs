//! Webhook requests whose signature was refused, for metrics and alerts.

use super::SignatureError;
use crate::CallIdentity;

/// A webhook request whose signature was refused.
/// [`Service::on_refused_webhook`](crate::Service::on_refused_webhook) reports it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RefusedWebhook<'a> {
    /// The bot, the integration and the webhook.
    pub call: &'a CallIdentity,
    /// The name of the scheme, such as `github`; `other` if no verifier refused the request but the
    /// handler returned a [`SignatureError`].
    pub scheme: &'a str,
    /// The reason.
    pub error: &'a SignatureError,
}
