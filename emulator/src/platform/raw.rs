//! Calls that Botpress would not send, to see how the integration refuses them.

use http::Method;

use super::Platform;
use super::answer::Answer;
use super::call::Origin;
use super::error::PlatformError;

/// A call in any form.
#[derive(Clone, Default)]
pub struct RawCall {
    /// The operation; `ping` by default.
    pub operation: Option<String>,
    /// The method; POST by default.
    pub method: Option<Method>,
    /// The path and the query; `/` by default.
    pub path: Option<String>,
    /// Headers in the place of those with their names.
    pub headers: Vec<(String, String)>,
    /// The names of headers that are left out.
    pub without: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Omits what may be secret.
impl std::fmt::Debug for RawCall {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("RawCall")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("without", &self.without)
            .finish_non_exhaustive()
    }
}

impl Platform {
    /// Sends a call as it is, with a signature of its body. Every answer is taken.
    ///
    /// # Errors
    ///
    /// There is no such instance, the integration gives no answer, or the storage fails.
    pub async fn call_raw(&self, webhook_id: &str, raw: RawCall) -> Result<Answer, PlatformError> {
        let instance = self.instance(webhook_id)?;
        let operation = raw.operation.as_deref().unwrap_or("ping");
        let mut call = self.outgoing(&instance, operation, raw.body.into(), Origin::default());
        if let Some(method) = raw.method {
            call.method = method;
        }
        if let Some(path) = raw.path {
            call.path = path;
        }
        let replaced = raw.headers.iter().map(|(name, _)| name);
        for left_out in raw.without.iter().chain(replaced) {
            call.headers
                .retain(|(name, _)| !name.eq_ignore_ascii_case(left_out));
        }
        call.headers.extend(raw.headers);
        self.send(call, |_| None).await
    }
}
