//! Linear.

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use crate::webhook::WebhookRequest;
use crate::webhook::signature::{
    Algorithm, HeaderSignature, Keys, SignatureError, SignedMessage, Verifier, timestamp,
};

/// The member of the body with the time.
const TIME: &str = "webhookTimestamp";

/// Verifies requests of Linear, which has the signature in the header `linear-signature` and a
/// timestamp in the body. The tolerance for the timestamp is one minute.
///
/// Source: <https://linear.app/developers/webhooks#securing-webhooks>.
pub fn linear(keys: impl Into<Keys>) -> Verifier {
    /// The part of the body with the time, in milliseconds.
    #[derive(Deserialize)]
    struct Timed {
        #[serde(rename = "webhookTimestamp")]
        milliseconds: u64,
    }

    let header = HeaderSignature::hex("linear-signature");
    let keys = keys.into().without_bare("lin_wh_");
    let verifier = Verifier::hmac(Algorithm::Sha256, keys, move |request| {
        let signature = header.read(request)?;
        let body = request.body.unverified_bytes();
        let timed: Option<Timed> = serde_json::from_slice(body).ok();
        let signed_at =
            timed.and_then(|timed| timestamp::milliseconds(&timed.milliseconds.to_string()));
        let signed_at = signed_at.ok_or_else(|| SignatureError::Malformed {
            part: "the body".to_owned(),
            expected: "JSON with the time in `webhookTimestamp`",
        })?;
        Ok(SignedMessage::new(body, signature).signed_at(signed_at))
    });
    let form = header.form().after(with_time);
    let verifier = verifier.with_form(form).named("linear");
    verifier.within(Duration::from_mins(1))
}

/// Adds the time to a body that is a JSON object.
fn with_time(request: WebhookRequest, now: SystemTime) -> WebhookRequest {
    let body = serde_json::from_slice(request.body.unverified_bytes());
    let Ok(Value::Object(mut body)) = body else {
        return request;
    };
    let milliseconds: Option<u64> = timestamp::to_milliseconds(now).parse().ok();
    body.insert(TIME.to_owned(), milliseconds.into());
    request.with_body(Value::Object(body).to_string())
}
