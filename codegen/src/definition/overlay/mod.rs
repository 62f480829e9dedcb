//! Overlays: a definition with a `base` holds what differs from that file.
//!
//! ```yaml
//! base: imported.json
//! secrets: { WEBHOOK_SECRET: {} }
//! actions: { createIssue: { title: Create an issue } }
//! ```
//!
//! The overlay is a JSON merge patch (RFC 7396): an object is merged member by member, `null` removes a member, and every
//! other value replaces the one of the base. So `bp read --json` can print the base again, and the rest stays.
//!
//! This is a function from data to data, as interfaces are: later phases see one definition, and the original place of
//! each value is kept beside it.

mod relocate;

use serde_json::{Map, Value};

pub(super) use relocate::relocate;

use crate::diagnostic::catalog::overlay;
use crate::diagnostic::{Diagnostic, FileId, Location, Origins, Pointer};

/// The property that names the base.
pub(super) const BASE: &str = "base";

/// A definition made of a base and an overlay.
#[derive(Debug)]
pub(super) struct Overlaid {
    pub(super) value: Value,
    /// The places of the values that the base has.
    pub(super) origins: Origins,
    pub(super) found: Vec<Diagnostic>,
}

/// Lays an overlay over its base. The places of the result are those of the overlay's file.
pub(super) fn overlay(file: FileId, patch: &Value, base: FileId, based: &Value) -> Overlaid {
    let mut merge = Merge {
        file,
        base,
        origins: Origins::new(),
        found: Vec::new(),
    };
    let mut patch = patch.as_object().cloned().unwrap_or_default();
    let mut based = based.as_object().cloned().unwrap_or_default();
    patch.shift_remove(BASE);
    // It is for editors, and each file has its own.
    patch.shift_remove("$schema");
    based.shift_remove("$schema");
    let mut value = Value::Object(merge.merge(&based, &patch, &Pointer::root()));
    value.sort_all_objects();
    Overlaid {
        value,
        origins: merge.origins,
        found: merge.found,
    }
}

struct Merge {
    file: FileId,
    base: FileId,
    origins: Origins,
    found: Vec<Diagnostic>,
}

impl Merge {
    fn merge(
        &mut self,
        base: &Map<String, Value>,
        patch: &Map<String, Value>,
        at: &Pointer,
    ) -> Map<String, Value> {
        let mut merged = Map::new();
        for (name, value) in base {
            let at = at.child(name);
            match patch.get(name) {
                None => {
                    self.origins.insert(at.clone(), (self.base, at));
                    merged.insert(name.clone(), value.clone());
                }
                Some(Value::Null) => {}
                Some(change) => {
                    merged.insert(name.clone(), self.change(value, change, &at));
                }
            }
        }
        for (name, value) in patch.iter().filter(|(name, _)| !base.contains_key(*name)) {
            let at = at.child(name);
            let known = || base.keys().map(String::as_str);
            if value.is_null() {
                let place = Location::key(self.file, at);
                self.found
                    .push(overlay::nothing_to_remove(place, name, known()));
                continue;
            }
            if is_in_named_parts(&at) && has_only_notes(value) {
                let place = Location::key(self.file, at.clone());
                self.found.push(overlay::not_in_base(place, name, known()));
            }
            merged.insert(name.clone(), self.add(value, &at));
        }
        merged
    }

    /// The value of a member that the base has, too.
    fn change(&mut self, base: &Value, patch: &Value, at: &Pointer) -> Value {
        let is_same = match (base, patch) {
            (Value::Object(_), Value::Object(patch)) => patch.is_empty(),
            _ => base == patch,
        };
        if is_same {
            let place = Location::key(self.file, at.clone());
            let known = Location::key(self.base, at.clone());
            self.found.push(overlay::no_change(place, known));
        }
        match (base, patch) {
            (Value::Object(base), Value::Object(patch)) => {
                Value::Object(self.merge(base, patch, at))
            }
            _ => self.add(patch, at),
        }
    }

    /// A new value, in which `null` would remove something, too.
    fn add(&mut self, value: &Value, at: &Pointer) -> Value {
        match value {
            Value::Object(members) => Value::Object(self.merge(&Map::new(), members, at)),
            other => other.clone(),
        }
    }
}

/// Whether a place is one of several parts by name, each of which can stand with notes alone.
fn is_in_named_parts(at: &Pointer) -> bool {
    let parts = at.parent().and_then(|parts| parts.last());
    parts.is_some_and(|parts| ["properties", "configurations"].contains(&parts.as_str()))
}

/// Whether a value says how something is shown or named, and not what it is.
fn has_only_notes(value: &Value) -> bool {
    let is_note =
        |name: &String| name.starts_with("x-") || ["title", "description"].contains(&name.as_str());
    let members = value.as_object();
    members.is_some_and(|members| !members.is_empty() && members.keys().all(is_note))
}
