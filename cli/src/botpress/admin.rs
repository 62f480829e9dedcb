//! Requests to the admin API.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use contexture::Secret;
use contexture::client::{HttpTransport, RequestBody, Transport, TransportError};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::{HeaderName, Method, Request, Response, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::credentials::Credentials;
use super::error::{AdminError, Cause, refused};
use super::retry::{TIMEOUT, wait_after};

/// What `encodeURIComponent` of JavaScript encodes.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Sends requests to the admin API. Clones share the connections.
#[derive(Clone)]
pub(crate) struct AdminClient {
    api_url: String,
    token: Secret,
    workspace_id: Option<String>,
    transport: Arc<dyn Transport>,
    on_wait: Arc<dyn Fn(&str) + Send + Sync>,
}

/// A request to the admin API.
#[derive(Clone, Debug)]
pub(super) struct AdminRequest<'a> {
    pub(super) method: Method,
    /// The parts of the path behind `/v1/admin`, not encoded.
    pub(super) path: &'a [&'a str],
    pub(super) query: &'a [(&'a str, &'a str)],
    pub(super) body: Option<&'a Value>,
}

impl AdminClient {
    /// A client with these credentials. `on_wait` gets a line for each attempt that is followed by another one.
    pub(crate) fn new(
        credentials: &Credentials,
        on_wait: impl Fn(&str) + Send + Sync + 'static,
    ) -> Self {
        Self {
            api_url: credentials.api_url.trim_end_matches('/').to_owned(),
            token: credentials.token.clone(),
            workspace_id: credentials.workspace_id.clone(),
            transport: Arc::new(HttpTransport::new()),
            on_wait: Arc::new(on_wait),
        }
    }

    #[cfg(test)]
    pub(crate) fn with_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Arc::new(transport);
        self
    }

    /// The same client in another workspace.
    pub(crate) fn in_workspace(&self, id: &str) -> Self {
        Self {
            workspace_id: Some(id.to_owned()),
            ..self.clone()
        }
    }

    /// The address of the API.
    pub(crate) fn api_url(&self) -> &str {
        &self.api_url
    }

    /// The workspace that requests are for.
    pub(crate) fn workspace_id(&self) -> &str {
        self.workspace_id.as_deref().unwrap_or_default()
    }

    /// Sends a request, and again as the official command line does; returns the JSON of the answer.
    pub(super) async fn send(&self, request: &AdminRequest<'_>) -> Result<Value, AdminError> {
        let path = path_of(request.path);
        let shown = format!("{} {path}", request.method);
        let failed = |cause, attempts| AdminError {
            request: shown.clone(),
            cause,
            attempts,
        };
        let no_answer = |reason, attempts| {
            let address = self.api_url.clone();
            failed(Cause::NoAnswer { address, reason }, attempts)
        };
        let built = self.build(request, &path);
        let built = built.map_err(|reason| no_answer(reason, 0))?;
        let mut attempts = 0;
        let outcome = loop {
            attempts += 1;
            let outcome = self.attempt(built.clone()).await;
            let wait = wait_after(&outcome, &request.method, attempts, SystemTime::now());
            let Some(wait) = wait else { break outcome };
            (self.on_wait)(&waiting(&outcome, wait));
            tokio::time::sleep(wait).await;
        };
        let answer = outcome.map_err(|error| no_answer(innermost(&error), attempts))?;
        let (status, body) = (answer.status(), answer.body());
        if !status.is_success() {
            let mut secrets = secrets_of(request.body);
            secrets.push(self.token.expose());
            return Err(failed(refused(status, body, &secrets), attempts));
        }
        if body.is_empty() {
            return Ok(Value::Null);
        }
        let json = serde_json::from_slice(body);
        json.map_err(|_| failed(Cause::Form { status }, attempts))
    }

    async fn attempt(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let sent = self.transport.send(request.map(RequestBody::from));
        match tokio::time::timeout(TIMEOUT, sent).await {
            Ok(outcome) => outcome,
            Err(_) => Err(TransportError::timeout("no answer within three minutes")),
        }
    }

    fn build(&self, request: &AdminRequest<'_>, path: &str) -> Result<Request<Bytes>, String> {
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(request.query)
            .finish();
        let separator = if query.is_empty() { "" } else { "?" };
        let address = format!("{}{path}{separator}{query}", self.api_url);
        let address: Uri = address
            .parse()
            .map_err(|_| "it is not an address".to_owned())?;
        check_address(&address)?;
        let mut built = Request::new(Bytes::new());
        *built.uri_mut() = address;
        *built.headers_mut() = self.headers()?;
        if request.method != Method::GET {
            let body = request
                .body
                .map_or_else(|| json!({}).to_string(), Value::to_string);
            *built.body_mut() = Bytes::from(body);
            let json = HeaderValue::from_static("application/json");
            built.headers_mut().insert(CONTENT_TYPE, json);
        }
        *built.method_mut() = request.method.clone();
        Ok(built)
    }

    fn headers(&self) -> Result<HeaderMap, String> {
        let agent = HeaderValue::from_static(concat!("contexture-cli/", env!("CARGO_PKG_VERSION")));
        let mut headers = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("application/json")),
            (USER_AGENT, agent),
            (
                HeaderName::from_static("x-multiple-integrations"),
                HeaderValue::from_static("true"),
            ),
        ]);
        let token = format!("Bearer {}", self.token.expose());
        let mut token = HeaderValue::try_from(token)
            .map_err(|_| "the token has signs that no token has".to_owned())?;
        token.set_sensitive(true);
        headers.insert(AUTHORIZATION, token);
        if let Some(id) = &self.workspace_id {
            let id = HeaderValue::try_from(id)
                .map_err(|_| "the workspace's id has signs that no id has".to_owned())?;
            headers.insert("x-workspace-id", id);
        }
        Ok(headers)
    }
}

/// The path of a request. A name with a handle is one part: `acme%2Fgithub`.
fn path_of(parts: &[&str]) -> String {
    parts.iter().fold("/v1/admin".to_owned(), |path, part| {
        format!("{path}/{}", utf8_percent_encode(part, ENCODED))
    })
}

/// The token must not be sent in the clear.
fn check_address(address: &Uri) -> Result<(), String> {
    let host = address.host().unwrap_or_default();
    let is_here = host.eq_ignore_ascii_case("localhost")
        || host.starts_with("127.") && host.parse::<std::net::Ipv4Addr>().is_ok()
        || host == "[::1]";
    match address.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if is_here => Ok(()),
        Some("http") => {
            Err("the address has to start with https, since a token is sent".to_owned())
        }
        _ => Err(format!("it is not an address, such as {}", super::API_URL)),
    }
}

/// The values of the secrets that a body has.
fn secrets_of(body: Option<&Value>) -> Vec<&str> {
    let secrets = body.and_then(|body| body["secrets"].as_object());
    let values = secrets.into_iter().flat_map(serde_json::Map::values);
    values.filter_map(Value::as_str).collect()
}

fn waiting(outcome: &Result<Response<Bytes>, TransportError>, wait: Duration) -> String {
    let reason = match outcome {
        Ok(answer) => answer.status().to_string(),
        Err(error) => innermost(error),
    };
    format!("{reason}; trying again in {} s\n", wait.as_secs())
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

impl fmt::Debug for AdminClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AdminClient")
            .field("api_url", &self.api_url)
            .field("workspace_id", &self.workspace_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use contexture::client::SendFuture;

    use super::*;

    /// Answers each request with the next of these statuses; 0 is no answer at all.
    #[derive(Debug)]
    struct Scripted {
        statuses: Mutex<Vec<u16>>,
        sent: Arc<Mutex<Vec<Request<RequestBody>>>>,
    }

    impl Transport for Scripted {
        fn send(&self, request: Request<RequestBody>) -> SendFuture {
            self.sent.lock().unwrap().push(request);
            let status = self.statuses.lock().unwrap().remove(0);
            if status == 0 {
                return Box::pin(std::future::pending());
            }
            let body = Bytes::from_static(br#"{"type":"Some","message":"a"}"#);
            let answer = Response::builder().status(status).body(body).unwrap();
            Box::pin(std::future::ready(Ok(answer)))
        }
    }

    type Sent = Arc<Mutex<Vec<Request<RequestBody>>>>;

    fn client(statuses: &[u16]) -> (AdminClient, Sent) {
        let sent = Sent::default();
        let transport = Scripted {
            statuses: Mutex::new(statuses.to_vec()),
            sent: Arc::clone(&sent),
        };
        let credentials = Credentials {
            api_url: "https://api.test/".to_owned(),
            token: Secret::from("hunter2"),
            workspace_id: Some("wkspace_1".to_owned()),
            origin: String::new(),
        };
        (
            AdminClient::new(&credentials, |_| {}).with_transport(transport),
            sent,
        )
    }

    fn request(method: Method) -> AdminRequest<'static> {
        AdminRequest {
            method,
            path: &["integrations", "acme/github", "<1.0.0"],
            query: &[("name", "a b")],
            body: None,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_has_the_headers_and_the_encoded_path_of_the_api() {
        let (client, sent) = client(&[200]);
        client.send(&request(Method::DELETE)).await.unwrap();
        let sent = sent.lock().unwrap();
        assert_eq!(
            sent[0].uri(),
            "https://api.test/v1/admin/integrations/acme%2Fgithub/%3C1.0.0?name=a+b"
        );
        let header = |name: &str| sent[0].headers()[name].to_str().unwrap();
        assert_eq!(header("authorization"), "Bearer hunter2");
        assert_eq!(header("x-workspace-id"), "wkspace_1");
        assert_eq!(header("x-multiple-integrations"), "true");
        assert_eq!(sent[0].body().as_bytes().unwrap(), "{}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_is_sent_again_until_it_succeeds_or_was_sent_four_times() {
        let (good, sent) = client(&[503, 429, 200]);
        assert!(good.send(&request(Method::POST)).await.is_ok());
        assert_eq!(sent.lock().unwrap().len(), 3);
        let (bad, sent) = client(&[500; 4]);
        let error = bad.send(&request(Method::GET)).await.unwrap_err();
        assert_eq!((error.attempts, sent.lock().unwrap().len()), (4, 4));
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_without_an_answer_ends_and_is_repeated_unless_it_creates() {
        let (silent, sent) = client(&[0, 200]);
        assert!(silent.send(&request(Method::GET)).await.is_ok());
        assert_eq!(sent.lock().unwrap().len(), 2);
        let (silent, sent) = client(&[0]);
        let error = silent.send(&request(Method::POST)).await.unwrap_err();
        assert!(error.may_have_succeeded(), "{error}");
        assert_eq!(sent.lock().unwrap().len(), 1);
    }

    #[test]
    fn a_token_is_sent_over_https_or_within_this_machine() {
        let check = |address: &str| check_address(&address.parse().unwrap());
        for address in [
            "https://api.test",
            "http://127.0.0.1:80",
            "http://localhost",
            "http://[::1]",
        ] {
            assert_eq!(check(address), Ok(()), "{address}");
        }
        for address in [
            "http://api.test",
            "http://127.evil.test",
            "api.test:80",
            "/v1",
        ] {
            assert!(check(address).is_err(), "{address}");
        }
    }
}
