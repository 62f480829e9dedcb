//! Patterns of places in a definition: names between slashes, `*` for every name.

use serde_json::Value;

use crate::pointer::Pointer;

/// Every value at a pattern.
///
/// ```text
/// actions/*/title    →    /actions/createIssue/title, /actions/closeIssue/title
/// ```
pub(crate) fn places<'a>(value: &'a Value, pattern: &str) -> Vec<(Pointer, &'a Value)> {
    let mut found = vec![(Pointer::root(), value)];
    for name in names(pattern) {
        found = found
            .into_iter()
            .flat_map(|(pointer, value)| members(&pointer, value, name))
            .collect();
    }
    found
}

/// Whether a pattern stands for a place.
pub(crate) fn is_at(pointer: &Pointer, pattern: &str) -> bool {
    let mut wanted = names(pattern);
    let fits = pointer.names().all(|name| {
        let wanted = wanted.next();
        wanted.is_some_and(|wanted| is_meant(&name, wanted))
    });
    fits && wanted.next().is_none()
}

/// The values around a place that the stars of a pattern stand for, outermost first.
pub(super) fn at_stars(pointer: &Pointer, pattern: &str) -> Vec<Pointer> {
    let mut around: Vec<_> = pointer.ancestors().collect();
    around.reverse();
    let pairs = around.into_iter().skip(1).zip(names(pattern));
    let stars = pairs.filter(|(_, wanted)| *wanted == "*");
    stars.map(|(place, _)| place).collect()
}

/// The names of a pattern.
pub(super) fn names(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('/').filter(|name| !name.is_empty())
}

fn is_meant(name: &str, wanted: &str) -> bool {
    wanted == "*" || wanted == name
}

fn members<'a>(pointer: &Pointer, value: &'a Value, wanted: &str) -> Vec<(Pointer, &'a Value)> {
    let Some(all) = value.as_object() else {
        return Vec::new();
    };
    all.iter()
        .filter(|(name, _)| is_meant(name, wanted))
        .map(|(name, value)| (pointer.child(name), value))
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

    #[test]
    fn a_place_is_one_of_a_pattern_as_a_whole() {
        let place = |text: &str| Pointer::parse(text).expect("a pointer");
        assert!(is_at(&place("/messages/text"), "messages/*"));
        assert!(is_at(&place(""), ""));
        for other in ["/messages", "/messages/text/schema", "/message/text", ""] {
            assert!(!is_at(&place(other), "messages/*"), "{other}");
        }
        let stars = at_stars(&place("/a/b/c/d"), "*/b/*/d");
        assert_eq!(stars, [place("/a"), place("/a/b/c")]);
    }
}
