//! What an engineer writes without an SDK: axum and serde by hand, with a context of the call. It validates nothing
//! beyond the types.
//!
//! It is as an experienced author of axum writes it: an extractor of the context, types that own their texts, since
//! handlers keep them while they wait, and no `Value`. `axum::serve` sets no timeout for a head, and has no option
//! for it.
//!
//! It listens on `CONTEXTURE_LISTEN`.

mod calls;
mod context;

use std::error::Error;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use axum::serve::ListenerExt as _;
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::calls::{Action, Answer, HelloInput, HelloOutput, MessageCall, Meta};
use crate::context::{Context, Operation};

/// The limit of an integration on Contexture.
const BODY: usize = 10 * 1024 * 1024;

type Refusal = (StatusCode, String);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(std::env::var("CONTEXTURE_LISTEN")?).await?;
    let listener = listener.tap_io(|stream| {
        // A connection without it is slower and still correct.
        let _ = stream.set_nodelay(true);
    });
    let routes = Router::new()
        .route("/", post(answer))
        .layer(DefaultBodyLimit::max(BODY));
    axum::serve(listener, routes).await?;
    Ok(())
}

/// The response has the bytes of an integration's, which names no media type, as that of the official SDK.
async fn answer(context: Context, body: Bytes) -> Result<Response, Refusal> {
    let answer = match context.operation {
        Operation::ActionTriggered => {
            let answer = act(&context, parse(&body)?);
            serde_json::to_vec(&answer).map_err(|error| refuse(&error))?
        }
        Operation::MessageCreated => {
            receive(&context, &parse(&body)?);
            b"{}".to_vec()
        }
    };
    Ok(Response::new(Body::from(answer)))
}

fn act(context: &Context, action: Action) -> Answer {
    let Action::Hello(HelloInput { name }) = action;
    Answer {
        output: HelloOutput {
            message: format!("hello {name}"),
            configuration_type: context.configuration_type(),
        },
        meta: Meta { cost: 0.5 },
    }
}

fn receive(context: &Context, call: &MessageCall) {
    std::hint::black_box((context, call));
}

fn parse<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| refuse(&error))
}

fn refuse(error: &dyn Error) -> Refusal {
    (StatusCode::BAD_REQUEST, error.to_string())
}
