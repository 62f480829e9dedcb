//! Action calls.

use bytes::Bytes;
use http::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::{call::Call, envelope::envelopes};
use crate::{
    Error, Result,
    call::{handlers::Handlers, requests::ActionRequest},
    value::number,
};

/// The body of the response.
#[derive(Serialize)]
struct Answer<'a> {
    output: &'a Value,
    meta: Meta,
}

#[derive(Serialize)]
struct Meta {
    cost: Number,
}

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
    let body: Triggered = call.body()?;
    let name = body.r#type.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Error::invalid_payload("Missing action type"))?;
    let name = call.record.action(name);
    let request = ActionRequest {
        ctx: call.ctx,
        name,
        input: body.input,
        unknown_fields: call.state.unknown_fields,
    };
    let answer = handlers.action(name, request).await?;
    let cost = number(answer.cost).ok_or("the cost of an action is not a finite number")?;
    let answer = Answer {
        output: &answer.output,
        meta: Meta { cost },
    };
    Ok(Response::new(serde_json::to_vec(&answer)?.into()))
}
