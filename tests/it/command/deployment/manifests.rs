//! The manifests as values.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::super::read;

/// The objects of a project's manifests, by their kind. There is one of each.
pub(super) struct Manifests(BTreeMap<String, Value>);

impl Manifests {
    pub(super) fn of(folder: &Path) -> Self {
        let text = read(folder, "kubernetes.yaml");
        let options = serde_saphyr::options! { strict_booleans: true };
        let objects: Vec<Value> = serde_saphyr::from_multiple_with_options(&text, options).unwrap();
        let count = objects.len();
        let by_kind: BTreeMap<_, _> = objects
            .into_iter()
            .map(|object| (object["kind"].as_str().unwrap().to_owned(), object))
            .collect();
        assert_eq!(by_kind.len(), count, "a kind occurs twice");
        Self(by_kind)
    }

    pub(super) fn kinds(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.values()
    }

    pub(super) fn object(&self, kind: &str) -> &Value {
        &self.0[kind]
    }

    /// The specification of the copies.
    pub(super) fn pod(&self) -> &Value {
        &self.object("Deployment")["spec"]["template"]["spec"]
    }

    pub(super) fn container(&self) -> &Value {
        &self.pod()["containers"][0]
    }

    /// The variables with a value, and those from the Secret.
    pub(super) fn variables(&self) -> Vec<&Value> {
        self.container()["env"].as_array().unwrap().iter().collect()
    }

    /// The value of a variable.
    pub(super) fn value(&self, name: &str) -> &str {
        let is_it = |variable: &&&Value| variable["name"] == name;
        let variables = self.variables();
        let found = variables.iter().find(is_it);
        found
            .and_then(|variable| variable["value"].as_str())
            .unwrap()
    }
}
