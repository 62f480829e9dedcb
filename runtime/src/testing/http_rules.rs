//! Rules for requests to other services.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Method, Response, StatusCode, Uri};
use serde_json::Value;

use super::recorded_request::{RecordedRequest, respond};
use crate::client::TransportError;

type Answer = dyn Fn(&RecordedRequest) -> Response<Bytes> + Send + Sync;

/// Answers requests to other services by rules, in place of a network. Clones share the rules.
///
/// The latest rule that fits answers. If there are rules, a request that fits none fails, and its
/// error lists the request.
///
/// ```
/// # use contexture::{Definition, testing::Harness};
/// # fn example<D: Definition>(harness: &Harness<D>) {
/// use http::{Method, StatusCode};
/// use serde_json::json;
///
/// let rules = harness.http();
/// rules.respond(Method::GET, "https://api.acme.test/items/*", StatusCode::OK, &json!({ "id": 7 }));
/// # }
/// ```
#[derive(Clone, Default)]
pub struct HttpRules {
    rules: Arc<Mutex<Vec<Rule>>>,
    requests: Arc<Mutex<Vec<RecordedRequest>>>,
}

#[derive(Clone)]
struct Rule {
    method: Method,
    /// The scheme, the host and the path. A `*` fits any text.
    pattern: String,
    answer: Arc<Answer>,
}

impl HttpRules {
    /// Responds to a method and a URL with JSON. The query of the request is ignored. A `*` in the
    /// URL fits any text.
    pub fn respond(
        &self,
        method: Method,
        url: impl Into<String>,
        status: StatusCode,
        body: &Value,
    ) {
        let response = respond(status, body);
        self.answer(method, url, move |_| response.clone());
    }

    /// Responds to a method and a URL with the result of a function.
    pub fn answer(
        &self,
        method: Method,
        url: impl Into<String>,
        answer: impl Fn(&RecordedRequest) -> Response<Bytes> + Send + Sync + 'static,
    ) {
        let rule = Rule {
            method,
            pattern: url.into(),
            answer: Arc::new(answer),
        };
        lock(&self.rules).push(rule);
    }

    /// Returns the requests to other services so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.requests).clone()
    }

    pub(super) fn is_empty(&self) -> bool {
        lock(&self.rules).is_empty()
    }

    pub(super) fn exchange(
        &self,
        uri: &Uri,
        request: RecordedRequest,
    ) -> Result<Response<Bytes>, TransportError> {
        let address = format!(
            "{}://{}{}",
            uri.scheme_str().unwrap_or_default(),
            uri.authority().map_or("", |authority| authority.as_str()),
            uri.path(),
        );
        let rule = lock(&self.rules)
            .iter()
            .rev()
            .find(|rule| rule.method == request.method && fits(&rule.pattern, &address))
            .cloned();
        let method = request.method.clone();
        let answer = rule.map(|rule| (rule.answer)(&request));
        lock(&self.requests).push(request);
        answer.ok_or_else(|| {
            TransportError::unreached(format!("no rule of the test fits {method} {address}"))
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The lists are complete even after a panic of a test.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a text fits a pattern in which `*` fits any text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let ends = text.char_indices().map(|(index, _)| index);
    ends.chain([text.len()]).any(|end| fits(rest, &text[end..]))
}

impl std::fmt::Debug for HttpRules {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let patterns: Vec<_> = lock(&self.rules)
            .iter()
            .map(|rule| format!("{} {}", rule.method, rule.pattern))
            .collect();
        formatter.debug_list().entries(patterns).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_fits_any_text() {
        for (pattern, text, expected) in [
            ("https://a.test/x", "https://a.test/x", true),
            ("https://a.test/x", "https://a.test/x/y", false),
            ("https://a.test/*", "https://a.test/x/y", true),
            ("https://a.test/*/end", "https://a.test/x/y/end", true),
            ("https://a.test/*/end", "https://a.test/end", false),
            ("https://*.test/*", "https://a.test/", true),
            ("*", "", true),
            ("", "x", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
