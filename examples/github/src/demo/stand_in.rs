//! A server in place of somebody else's API.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::HeaderMap;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

use super::journal::{Call, Entry, Journal, Peer};

/// A request to a stand-in.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    /// The JSON of the body; null when there is none.
    pub(super) body: Value,
}

impl Asked {
    /// The text of a header; empty when there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The method and the parts of the path after this beginning; `None` when it begins otherwise.
    pub(super) fn route(&self, beginning: &str) -> Option<(&str, Vec<&str>)> {
        let rest = self.path.strip_prefix(beginning)?;
        Some((self.method.as_str(), rest.split('/').collect()))
    }
}

/// What a stand-in answers.
pub(super) type Answer = (StatusCode, Value);

/// Starts a stand-in on a port that is free; it answers until the process ends.
pub(super) async fn start(
    peer: Peer,
    journal: Journal,
    answer: fn(&Asked) -> Answer,
) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let journal = journal.clone();
            let service = service_fn(move |request| {
                let journal = journal.clone();
                async move {
                    let asked = read(request).await;
                    Ok::<_, Infallible>(respond(peer, &journal, asked, answer))
                }
            });
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::spawn(connection);
        }
    });
    Ok(address)
}

async fn read(request: Request<Incoming>) -> Asked {
    let (head, body) = request.into_parts();
    // What cannot be read is no JSON either, and no stand-in expects it.
    let body = body.collect().await.ok();
    let body = body.and_then(|body| serde_json::from_slice(&body.to_bytes()).ok());
    Asked {
        method: head.method,
        path: head.uri.path().to_owned(),
        headers: head.headers,
        body: body.unwrap_or_default(),
    }
}

fn respond(
    peer: Peer,
    journal: &Journal,
    asked: Asked,
    answer: fn(&Asked) -> Answer,
) -> Response<Full<Bytes>> {
    let (status, answer) = answer(&asked);
    let mut response = Response::new(Full::new(Bytes::from(answer.to_string())));
    *response.status_mut() = status;
    let scheme = asked.header("authorization").split(' ').next();
    journal.add(Entry::Call(Call {
        peer,
        scheme: scheme.unwrap_or_default().to_owned(),
        method: asked.method.to_string(),
        path: asked.path,
        body: asked.body,
        status: status.as_u16(),
        answer,
    }));
    response
}
