//! A request to the API before it becomes an HTTP request.

use http::Method;
use serde_json::{Map, Value};

use super::json_body::JsonBody;

/// A request of the typed client. The method is its only HTTP-specific part.
#[derive(Clone, Debug)]
pub(super) struct ApiRequest<'a> {
    pub(super) method: Method,
    pub(super) path: Vec<&'a str>,
    pub(super) query: Query,
    pub(super) body: Option<Value>,
    /// Whether the request is idempotent.
    pub(super) repeatable: bool,
}

impl<'a> ApiRequest<'a> {
    /// Creates a request from a method and the segments of the path.
    pub(super) fn new(method: Method, path: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            // RFC 9110, section 9.2.2.
            repeatable: method.is_idempotent(),
            method,
            path: path.into_iter().collect(),
            query: Query::default(),
            body: None,
        }
    }

    pub(super) fn get(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn post(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::POST, path)
    }

    pub(super) fn put(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::PUT, path)
    }

    pub(super) fn delete(path: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::DELETE, path)
    }

    pub(super) fn query(mut self, query: Query) -> Self {
        self.query = query;
        self
    }

    pub(super) fn body(mut self, body: JsonBody) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sets whether the request is idempotent, regardless of its method.
    pub(super) fn repeatable(mut self, repeatable: bool) -> Self {
        self.repeatable = repeatable;
        self
    }
}

/// The query parameters, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(pub(super) Vec<(String, String)>);

impl Query {
    /// Sets a parameter and replaces all parameters with the same name.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.remove(|known| known == name);
        self.push(name, value);
    }

    /// Adds a parameter and keeps the others with the same name.
    pub(super) fn push(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Sets a map: one parameter `name.key` for each entry whose value is a string.
    pub(super) fn set_map(&mut self, name: &str, map: &Map<String, Value>) {
        let prefix = format!("{name}.");
        self.remove(|known| known.starts_with(&prefix));
        for (key, value) in map {
            if let Some(value) = value.as_str() {
                self.push(&format!("{prefix}{key}"), value);
            }
        }
    }

    /// Sorts the parameters by the position of their names in `order`. Only the part of a name
    /// before the first dot is compared.
    pub(super) fn sorted(mut self, order: &[&str]) -> Self {
        self.0.sort_by_key(|(name, _)| {
            let name = name.split('.').next().unwrap_or(name);
            order.iter().position(|known| *known == name)
        });
        self
    }

    fn remove(&mut self, is_it: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| !is_it(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_replaced_by_name_and_sorted_by_the_official_order() {
        let mut query = Query::default();
        query.push("ids", "b");
        query.push("ids", "a");
        query.set("channel", "x");
        query.set("channel", "y");
        let tags = Map::from_iter([("id".to_owned(), Value::from("1"))]);
        query.set_map("tags", &tags);
        let parts: Vec<_> = query.sorted(&["tags", "ids", "channel"]).0;
        let parts: Vec<_> = parts
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(parts, ["tags.id=1", "ids=b", "ids=a", "channel=y"]);
    }
}
