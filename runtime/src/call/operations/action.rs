//! Action calls.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, direct::read_direct, envelope::envelopes};
use crate::{
    Definition, Error, Result,
    call::{
        handlers::Handlers,
        requests::{ActionAnswer, ActionRequest, Incoming},
    },
    value::{json::MarkedText, number},
};

envelopes! {
    #[derive(Deserialize)]
    struct Triggered {
        r#type: Option<String>,
        #[serde(skip)]
        input: Value,
    }
    @payload input;
    r#"{"type":"object","properties":{"type":{"type":["string","null"]}}}"#;
}

pub(crate) async fn action<H: Handlers>(
    handlers: &H,
    call: &Call<'_, H::Definition>,
) -> Result<Response<Bytes>> {
    let text = MarkedText::of(call.body);
    let (name, input) = read(call, text.as_ref())?;
    let unknown_fields = call.state.unknown_fields;
    let mut request = ActionRequest::new(call.ctx, name, input, unknown_fields);
    let ActionAnswer { mut body, cost } = handlers.action(name, &mut request).await?;
    let cost = number(cost).ok_or("the cost of an action is not a finite number")?;
    body.extend_from_slice(br#","meta":{"cost":"#);
    serde_json::to_writer(&mut body, &cost)?;
    body.extend_from_slice(b"}}");
    Ok(Response::new(body.into()))
}

/// Reads and records the name of the action, and reads its input.
fn read<'a, D: Definition>(
    call: &Call<'a, D>,
    text: Option<&'a MarkedText<'_>>,
) -> Result<(&'a str, Incoming<'a>)> {
    let direct = text.and_then(|text| read_direct(text, "input", &[]));
    let (name, input) = if let Some(body) = direct {
        (body.kind.into_owned(), Incoming::Part(body.payload))
    } else {
        let body: Triggered = call.body()?;
        (
            body.r#type.unwrap_or_default(),
            Incoming::Value(body.input.into()),
        )
    };
    if name.is_empty() {
        return Err(Error::invalid_payload("Missing action type"));
    }
    Ok((call.record.action(name), input))
}
