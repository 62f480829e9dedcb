//! Replays of calls.

use super::{ReplayEdit, Replayed, headers, method_of, replayed_body};
use crate::exchange::Exchange;
use crate::platform::Platform;
use crate::platform::answer::Answer;
use crate::platform::call::Origin;
use crate::platform::error::PlatformError;
use crate::platform::operations::subject;

use super::WEBHOOK;

impl Platform {
    /// Calls the operation again, with the configuration that the instance has now.
    pub(super) async fn replay_call(
        &self,
        exchange: &Exchange,
        edit: ReplayEdit,
    ) -> Result<Replayed, PlatformError> {
        let instance = self.instance_of(exchange)?;
        let secrets = self.secrets_of(&instance);
        let body = replayed_body(exchange, edit.body, &secrets)?;
        let origin = Origin {
            source: Some(exchange.id.clone()),
            ..Origin::default()
        };
        let json = serde_json::from_slice(&body).unwrap_or_default();
        let mut call = self.outgoing(&instance, &exchange.name, body.into(), origin);
        call.subject = subject(&exchange.name, &json).or_else(|| exchange.subject.clone());
        let method = edit
            .method
            .unwrap_or_else(|| exchange.request.method.clone());
        call.method = method_of(&method)?;
        call.path = edit.path.unwrap_or_else(|| exchange.request.path.clone());
        if let Some(edited) = edit.headers {
            call.headers = headers::of_call(&edited, &instance, &secrets, &call.traceparent)?;
        }
        let judge = if exchange.name == WEBHOOK {
            |_: &Answer| None
        } else {
            Answer::problem
        };
        match self.send(call, judge).await {
            Ok(answer) => Ok(Replayed {
                exchange: answer.exchange,
                problem: None,
            }),
            Err(PlatformError::Call(failed)) => Ok(Replayed {
                exchange: failed.exchange,
                problem: Some(failed.problem),
            }),
            Err(other) => Err(other),
        }
    }
}
