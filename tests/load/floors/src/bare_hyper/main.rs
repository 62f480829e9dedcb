//! The floor: hyper alone, which decodes the base64 and the JSON of a call into types, and sends the same bytes as the
//! integrations. It validates nothing and knows no context, log or limit.
//!
//! It is as fast as its author can make it with the usual crates: types that borrow from the request, no `Value`. hyper
//! gets no timer, so that it sets no timeout for a head. A server in the open needs one; axum has none either, and the
//! floor has only what a call needs.
//!
//! It listens on `CONTEXTURE_LISTEN`.

mod calls;

use std::convert::Infallible;
use std::error::Error;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::calls::{Action, Answer, Configuration, FormMessage, HelloOutput, MessageCall, Meta};

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let listener = TcpListener::bind(std::env::var("CONTEXTURE_LISTEN")?).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let connection =
            http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(respond));
        tokio::spawn(connection);
    }
}

async fn respond(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let response = match answer(request).await {
        Ok(body) => Response::new(body.into()),
        Err(error) => {
            let mut response = Response::new(error.to_string().into());
            *response.status_mut() = StatusCode::BAD_REQUEST;
            response
        }
    };
    Ok(response)
}

async fn answer(request: Request<Incoming>) -> Result<Bytes, Failure> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let operation = head.headers.get("x-bp-operation").ok_or("no operation")?;
    match operation.as_bytes() {
        b"action_triggered" => act(&head.headers, &body),
        b"message_created" => receive(&body),
        _ => Err("no such operation".into()),
    }
}

fn act(headers: &HeaderMap, body: &[u8]) -> Result<Bytes, Failure> {
    let header = headers
        .get("x-bp-configuration")
        .ok_or("no configuration")?;
    let configuration = BASE64_STANDARD.decode(header.as_bytes())?;
    let configuration: Configuration<'_> = serde_json::from_slice(&configuration)?;
    std::hint::black_box(configuration);
    let Action::Hello(input) = serde_json::from_slice(body)?;
    let answer = Answer {
        output: HelloOutput {
            message: format!("hello {}", input.name),
            configuration_type: None,
        },
        meta: Meta { cost: 0.5 },
    };
    Ok(serde_json::to_vec(&answer)?.into())
}

fn receive(body: &[u8]) -> Result<Bytes, Failure> {
    // The bytes are checked to be UTF-8 at once, which is faster than string by string.
    let call: MessageCall<'_, FormMessage<'_>> = serde_json::from_str(str::from_utf8(body)?)?;
    std::hint::black_box(call);
    Ok(Bytes::from_static(b"{}"))
}
