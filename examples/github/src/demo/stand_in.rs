//! A mock server.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::{BodyExt as _, Collected, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::journal::{Call, Entry, Journal, Peer, hide};

/// A request to a mock.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Fields,
    pub(super) headers: HeaderMap,
    /// The JSON of the body, or the fields of a form. Null without a body.
    pub(super) body: Value,
}

/// The fields of a query.
pub(super) type Fields = HashMap<String, String>;

/// Reads the fields of a query or a form.
pub(super) fn fields(text: &[u8]) -> Fields {
    form_urlencoded::parse(text).into_owned().collect()
}

impl Asked {
    /// The value of a header, or an empty string.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The method and the segments of the path after this prefix. `None` if the path has another prefix.
    pub(super) fn route(&self, beginning: &str) -> Option<(&str, Vec<&str>)> {
        let rest = self.path.strip_prefix(beginning)?;
        Some((self.method.as_str(), rest.split('/').collect()))
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// The response of a mock. With a redirect status, the body is the target.
pub(super) type Answer = (StatusCode, Value);

/// Starts a mock on a free port. It runs until the process ends.
pub(super) async fn start(
    peer: Peer,
    journal: Journal,
    answer: impl Fn(&Asked) -> Answer + Clone + Send + Sync + 'static,
) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (journal, answer) = (journal.clone(), answer.clone());
            let service = service_fn(move |request| {
                let (journal, answer) = (journal.clone(), answer.clone());
                async move {
                    let asked = read(request).await;
                    let answer = answer(&asked);
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
    // An unreadable body is empty. No mock expects an empty body.
    let body = body
        .collect()
        .await
        .map(Collected::to_bytes)
        .unwrap_or_default();
    let is_form = head
        .headers
        .get("content-type")
        .is_some_and(|kind| kind == FORM);
    Asked {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: fields(head.uri.query().unwrap_or_default().as_bytes()),
        headers: head.headers,
        body: if is_form {
            json!(fields(&body))
        } else {
            serde_json::from_slice(&body).unwrap_or_default()
        },
    }
}

fn respond(
    peer: Peer,
    journal: &Journal,
    asked: Asked,
    (status, answer): Answer,
) -> Response<Full<Bytes>> {
    let text = if status == StatusCode::NO_CONTENT {
        String::new()
    } else {
        answer.to_string()
    };
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status;
    if status.is_redirection() {
        let address = answer
            .as_str()
            .and_then(|address| HeaderValue::from_str(address).ok());
        response
            .headers_mut()
            .extend(address.map(|address| (LOCATION, address)));
        // The request comes from a browser, not from the integration.
        return response;
    }
    let scheme = asked.header("authorization").split(' ').next();
    journal.add(Entry::Call(Call {
        peer,
        scheme: scheme.unwrap_or_default().to_owned(),
        method: asked.method.to_string(),
        path: asked.path,
        body: hide(asked.body),
        status: status.as_u16(),
        answer: hide(answer),
    }));
    response
}
