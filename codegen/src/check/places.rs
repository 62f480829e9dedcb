//! The places of a definition that a pattern stands for.

use serde_json::Value;

use crate::diagnostic::Pointer;

/// Every value at a pattern: names between slashes, `*` for every member.
///
/// ```text
/// actions/*/title    →    /actions/createIssue/title, /actions/closeIssue/title
/// ```
pub(super) fn places<'a>(definition: &'a Value, pattern: &str) -> Vec<(Pointer, &'a Value)> {
    let mut found = vec![(Pointer::root(), definition)];
    for name in pattern.split('/').filter(|name| !name.is_empty()) {
        found = found
            .into_iter()
            .flat_map(|(pointer, value)| members(&pointer, value, name))
            .collect();
    }
    found
}

fn members<'a>(pointer: &Pointer, value: &'a Value, name: &str) -> Vec<(Pointer, &'a Value)> {
    let Some(all) = value.as_object() else {
        return Vec::new();
    };
    let is_meant = |member: &str| name == "*" || name == member;
    all.iter()
        .filter(|(member, _)| is_meant(member))
        .map(|(member, value)| (pointer.child(member), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_star_is_every_member() {
        let definition = json!({ "title": "a", "actions": { "x": { "title": "b" }, "y": {}, "z": { "title": "c" } } });
        let at = |pattern| -> Vec<String> {
            let found = places(&definition, pattern);
            found.into_iter().map(|(at, _)| at.to_string()).collect()
        };
        assert_eq!(at("title"), ["/title"]);
        assert_eq!(
            at("actions/*/title"),
            ["/actions/x/title", "/actions/z/title"]
        );
        assert_eq!(at("title/*"), [""; 0]);
        assert_eq!(at(""), [""]);
    }
}
