//! Typed access to queries and forms. Errors have the API's form, name the location and quote no
//! values.

use form_urlencoded::parse;
use serde::de::DeserializeOwned;
use serde_html_form::Deserializer;

use super::{Verified, WebhookRequest};
use crate::Result;
use crate::error::refusal;
use crate::payload::parse_typed;

impl WebhookRequest {
    /// Deserializes the query. A field that occurs several times can be deserialized as a list.
    ///
    /// Signatures do not cover the query, unless the scheme signs the URL.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the query does not fit the type. It does not quote the
    /// query.
    pub fn query_as<T: DeserializeOwned>(&self) -> Result<T> {
        let fields = Deserializer::new(parse(self.query.as_bytes()));
        parse_typed(fields).map_err(|violations| refusal("the webhook's query", &violations))
    }

    /// Returns the first value of a query field.
    #[must_use]
    pub fn query_field(&self, name: &str) -> Option<String> {
        let mut fields = parse(self.query.as_bytes());
        let field = fields.find(|(known, _)| known == name);
        field.map(|(_, value)| value.into_owned())
    }
}

impl Verified<WebhookRequest> {
    /// Deserializes the body as a form. A field that occurs several times can be deserialized as a
    /// list.
    ///
    /// # Errors
    ///
    /// Returns an error with status 400 if the body does not fit the type. It does not quote the
    /// body.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T> {
        let fields = Deserializer::new(parse(self.text().as_bytes()));
        parse_typed(fields).map_err(|violations| refusal("the webhook's body", &violations))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Search {
        term: String,
        #[serde(default)]
        tag: Vec<String>,
        page: Option<u32>,
    }

    #[test]
    fn a_query_and_a_form_become_a_type() {
        let text = "term=caf%C3%A9+noir&tag=a&tag=b&page=2&more=1";
        let expected = Search {
            term: "café noir".to_owned(),
            tag: vec!["a".to_owned(), "b".to_owned()],
            page: Some(2),
        };
        let request = WebhookRequest::new("POST", "/")
            .with_query(text)
            .with_body(text);
        assert_eq!(request.query_as::<Search>().unwrap(), expected);
        assert_eq!(request.query_field("tag").as_deref(), Some("a"));
        assert_eq!(
            request.assume_verified().form::<Search>().unwrap(),
            expected
        );
    }

    #[test]
    fn what_does_not_fit_is_refused_without_being_quoted() {
        let request = WebhookRequest::new("GET", "/").with_query("term=x&page=hunter2");
        let error = request.query_as::<Search>().unwrap_err();
        let api = error.as_api().unwrap();
        assert_eq!(api.code, 400);
        assert_eq!(
            api.message,
            "the webhook's query is invalid: at /page: does not fit its type"
        );
        let missing = WebhookRequest::new("GET", "/")
            .query_as::<Search>()
            .unwrap_err();
        assert_eq!(
            missing.to_string(),
            "the webhook's query is invalid: at /term: is required"
        );
    }
}
