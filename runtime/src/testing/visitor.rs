//! A visitor of a wizard.

use std::fmt;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{Response, header};

use crate::WebhookRequest;
use crate::wizard::control_name;

/// A visitor of a wizard: makes the requests of a browser that keeps cookies.
///
/// ```
/// # use contexture::{Definition, testing::{Harness, Visitor}};
/// # async fn example<D: Definition>(harness: Harness<D>) {
/// let mut visitor = Visitor::new();
/// let page = harness.webhook(&visitor.open("/oauth/wizard/start?state=webhook-1")).await;
/// visitor.keep(&page);
/// let sent = visitor.submit(&page, &[("botToken", "4242:a-token")]);
/// let end = harness.webhook(&sent).await;
/// assert_eq!(end.status(), 303);
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Visitor {
    cookies: Vec<(String, String)>,
}

impl Visitor {
    /// Creates a visitor without cookies.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the request for an address: that of a link or of a redirect, or a path with a query.
    #[must_use]
    pub fn open(&self, url: &str) -> WebhookRequest {
        self.request("GET", url)
    }

    /// Makes the request of the form of a page, with its hidden fields and with these values by the
    /// names of the schema's properties; for the other forms the name is `choice` or `input`.
    ///
    /// # Panics
    ///
    /// Panics if the page has no form.
    #[must_use]
    pub fn submit(&self, page: &Response<Bytes>, values: &[(&str, &str)]) -> WebhookRequest {
        let page = String::from_utf8_lossy(page.body());
        let (_, form) = page.split_once("<form").expect("the page has a form");
        let (form, _) = form.split_once("</form>").unwrap_or((form, ""));
        let mut body = Serializer::new(String::new());
        for input in form.split("<input").skip(1) {
            if attribute(input, "type").as_deref() == Some("hidden") {
                let name = attribute(input, "name").unwrap_or_default();
                let value = attribute(input, "value").unwrap_or_default();
                body.append_pair(&name, &value);
            }
        }
        for (name, value) in values {
            body.append_pair(&control_name(name), value);
        }
        let action = attribute(form, "action").unwrap_or_default();
        self.request("POST", &action)
            .with_header("content-type", "application/x-www-form-urlencoded")
            .with_body(body.finish())
    }

    /// Keeps the cookies of a response, and forgets those that it removes.
    pub fn keep(&mut self, response: &Response<Bytes>) {
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = String::from_utf8_lossy(cookie.as_bytes()).into_owned();
            let mut parts = cookie.split(';').map(str::trim);
            let (name, value) = parts
                .next()
                .and_then(|pair| pair.split_once('='))
                .unwrap_or_default();
            self.cookies.retain(|(known, _)| known != name);
            if !parts.any(|attribute| attribute.eq_ignore_ascii_case("max-age=0")) {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    fn request(&self, method: &str, url: &str) -> WebhookRequest {
        let path = match url.split_once("://") {
            Some((_, rest)) => rest.find('/').map_or("/", |start| &rest[start..]),
            None => url,
        };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let request = WebhookRequest::new(method, path).with_query(query);
        let pairs = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let pairs: Vec<_> = pairs.collect();
        if pairs.is_empty() {
            return request;
        }
        request.with_header("cookie", pairs.join("; "))
    }
}

/// Returns the value of an attribute in a tag, without escapes.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (tag, _) = tag.split_once('>')?;
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = value.split_once('"')?;
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let plain = escapes
        .iter()
        .fold(value.to_owned(), |text, (escape, plain)| {
            text.replace(escape, plain)
        });
    Some(plain)
}

/// Shows the names of the cookies only.
impl fmt::Debug for Visitor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.cookies.iter().map(|(name, _)| name);
        formatter.debug_list().entries(names).finish()
    }
}
