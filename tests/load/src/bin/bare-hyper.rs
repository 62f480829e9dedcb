//! The baseline: hyper alone, which decodes the base64 and the JSON of a call, and sends the same response as the
//! integrations. It validates nothing and has no types.
//!
//! It listens on `CONTEXTURE_LISTEN`.

use std::convert::Infallible;
use std::error::Error;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use tokio::net::TcpListener;

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let listener = TcpListener::bind(std::env::var("CONTEXTURE_LISTEN")?).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service_fn(respond));
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
    let header = |name| head.headers.get(name).map(HeaderValue::as_bytes);
    let configuration = header("x-bp-configuration").ok_or("no configuration")?;
    let configuration: Value = serde_json::from_slice(&BASE64_STANDARD.decode(configuration)?)?;
    if !configuration.is_object() {
        return Err("the configuration is no object".into());
    }
    let body: Value = serde_json::from_slice(&body.collect().await?.to_bytes())?;
    match header("x-bp-operation") {
        Some(b"action_triggered") => {
            let name = body["input"]["name"].as_str().ok_or("no name")?;
            let output = json!({ "message": format!("hello {name}"), "configurationType": null });
            let answer = json!({ "output": output, "meta": { "cost": 0.5 } });
            Ok(answer.to_string().into())
        }
        Some(b"message_created") if body["payload"].is_object() => Ok(Bytes::from_static(b"{}")),
        _ => Err("no such call".into()),
    }
}
