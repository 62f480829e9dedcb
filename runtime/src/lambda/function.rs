//! The function: an invocation in, a response out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use lambda_http::RequestExt as _;

use super::answer::{Answer, request_of};
use super::deadline::{run_within, time_limit};
use super::error::LambdaError;
use crate::logger::Logger;
use crate::service::HEALTH;
use crate::signed_calls::{CallVerifier, unauthorized};
use crate::{Definition, Service, VerifyCallsLayer};

/// A service that answers invocations.
pub(super) struct Function<D: Definition> {
    service: Service<D>,
    verifier: CallVerifier,
    has_warned_about_work: AtomicBool,
}

impl<D: Definition> Function<D> {
    /// Creates a function, and checks that it can answer calls.
    pub(super) fn new(service: Service<D>) -> Result<Self, LambdaError> {
        service.check()?;
        let layer = VerifyCallsLayer::from_env()?;
        let is_open = layer.as_ref().is_none_or(VerifyCallsLayer::only_warns);
        let function = Self {
            service,
            verifier: CallVerifier::new(layer),
            has_warned_about_work: AtomicBool::new(false),
        };
        if is_open {
            function.logger().warn(
                "calls are not verified: anyone who knows the address of this function can claim to be any bot with \
                 any configuration; set BP_SIGNING_SECRET, or keep the address private",
            );
        }
        Ok(function)
    }

    /// Answers an invocation.
    pub(super) async fn answer(&self, request: lambda_http::Request) -> Answer {
        // Without its context an invocation has no time: `lambda_http` always adds it.
        let deadline = request
            .lambda_context_ref()
            .map_or(0, |context| context.deadline);
        let limit = time_limit(deadline, SystemTime::now());
        let request = request_of(request);
        let verdict = if request.uri().path() == HEALTH {
            None
        } else {
            let verified = self.verifier.verify(&request, || self.logger());
            let Ok(verdict) = verified else {
                return Answer(unauthorized());
            };
            verdict
        };
        let call = self.service.answer(request);
        let response = run_within(limit, call, || self.warn_about_work()).await;
        if let Some(verdict) = verdict {
            verdict.end(response.status());
        }
        Answer(response)
    }

    /// Says once that `after_response` does what its name says elsewhere only.
    fn warn_about_work(&self) {
        if !self.has_warned_about_work.swap(true, Ordering::Relaxed) {
            self.logger().warn(
                "a response waited for its work after the response: Lambda freezes the process once it has the response",
            );
        }
    }

    fn logger(&self) -> Logger {
        Logger::for_process(self.service.environment_ref().log_ref())
    }
}
