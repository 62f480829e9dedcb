//! The addresses of Botpress that a browser opens.

use bytes::Bytes;
use contexture::WebhookRequest;
use contexture::webhook::Html;
use form_urlencoded::parse;
use http::{Request, Response, StatusCode};

/// The base URL of webhooks in the test harness.
pub const WEBHOOK_BASE_URL: &str = "https://webhook.botpress.test";

/// The header without which Botpress shows a page of its own.
const SHOW_AS_IT_IS: &str = "x-bp-disable-interstitial";

/// The parts of Botpress between a browser and one installation of an integration.
#[derive(Clone, Copy, Debug)]
pub struct Botpress<'a> {
    /// The id of the installation's webhook.
    pub webhook_id: &'a str,
}

impl Botpress<'_> {
    /// Answers the request of a browser. `integration` gets the requests to its webhook.
    ///
    /// Requests to `/oauth` and below are routed by the query `state`, which has to be the webhook's
    /// id. Returns `None` for an address of another site.
    pub fn answer(
        self,
        request: &Request<Bytes>,
        integration: impl FnOnce(&WebhookRequest) -> Response<Bytes>,
    ) -> Option<Response<Bytes>> {
        let uri = request.uri();
        let query = uri.query().unwrap_or_default();
        let field = |name: &str| {
            let mut fields = parse(query.as_bytes());
            let found = fields.find(|(known, _)| known == name);
            found
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default()
        };
        match uri.host()? {
            "app.botpress.test" => Some(if field("success") == "true" {
                page("Botpress: connected", "")
            } else {
                page("Botpress: not connected", &field("errorMessage"))
            }),
            "webhook.botpress.test" => {
                let is_routed = uri.path() == "/oauth" || uri.path().starts_with("/oauth/");
                if !is_routed || field("state") != self.webhook_id {
                    let mut unknown = page("Botpress: no such webhook", "");
                    *unknown.status_mut() = StatusCode::NOT_FOUND;
                    return Some(unknown);
                }
                let response = integration(&webhook_request(request));
                let is_shown = response.headers().contains_key(SHOW_AS_IT_IS);
                Some(if is_shown {
                    response
                } else {
                    page("Botpress: the integration has answered", "")
                })
            }
            _ => None,
        }
    }
}

/// Returns the request as Botpress passes it on.
fn webhook_request(request: &Request<Bytes>) -> WebhookRequest {
    let query = request.uri().query().unwrap_or_default();
    let mut passed = WebhookRequest::new(request.method().as_str(), request.uri().path());
    passed = passed.with_query(query);
    for (name, value) in request.headers() {
        passed = passed.with_header(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
    }
    if request.body().is_empty() {
        return passed;
    }
    passed.with_body(String::from_utf8_lossy(request.body()).into_owned())
}

fn page(title: &str, text: &str) -> Response<Bytes> {
    let (title, text) = (Html::text(title), Html::text(text));
    let page = format!(
        "<!doctype html><title>{0}</title><h1>{0}</h1><p>{1}</p>",
        title.as_str(),
        text.as_str()
    );
    let response = Response::builder().header("content-type", "text/html; charset=utf-8");
    response
        .body(page.into())
        .expect("a page is a valid response")
}
