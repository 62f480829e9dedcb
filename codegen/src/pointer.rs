//! JSON pointers (RFC 6901), the addresses of values inside a file.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

/// A JSON pointer: the address of one value inside a file, `""` for the file's own value.
///
/// ```json
/// { "actions": { "a/b": { "title": "…" } } }    →    /actions/a~1b/title
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// The pointer to the whole value.
    #[must_use]
    pub(crate) const fn root() -> Self {
        Self(String::new())
    }

    /// Reads a pointer, which is empty or starts with a slash.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The pointer to a member of the value: a property by its name.
    #[must_use]
    pub(crate) fn child(&self, name: &str) -> Self {
        let mut pointer = String::with_capacity(self.0.len() + 1 + name.len());
        pointer.push_str(&self.0);
        pointer.push('/');
        if name.contains(['~', '/']) {
            pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        } else {
            pointer.push_str(name);
        }
        Self(pointer)
    }

    /// The pointer to an item of the value: an element by its position.
    #[must_use]
    pub(crate) fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The pointer that continues this one with another.
    #[must_use]
    pub(crate) fn join(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The pointer to the value that holds this one.
    #[must_use]
    pub(crate) fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    /// The pointer and those to the values around it, from the inside out.
    pub(crate) fn ancestors(&self) -> impl Iterator<Item = Self> + use<> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// The last name of the pointer, unescaped.
    #[must_use]
    pub(crate) fn last(&self) -> Option<String> {
        self.0
            .rsplit_once('/')
            .map(|(_, name)| unescape(name).into_owned())
    }

    /// The names of the pointer in order, unescaped.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.texts().map(Cow::into_owned)
    }

    /// The value that the pointer addresses inside another one, if there is one.
    #[must_use]
    pub(crate) fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.texts()
            .try_fold(value, |value, name| member(value, &name))
    }

    /// The values around the addressed value and that value itself, from the outside in, as far as they exist.
    pub(crate) fn values_around<'a>(
        &'a self,
        root: &'a Value,
    ) -> impl Iterator<Item = (Self, &'a Value)> {
        let mut next = Some((0, root));
        let mut names = self.texts();
        std::iter::from_fn(move || {
            let (length, value) = next?;
            next = names.next().and_then(|name| {
                let rest = self.0.get(length + 1..)?;
                let length = length + 1 + rest.find('/').unwrap_or(rest.len());
                Some((length, member(value, &name)?))
            });
            Some((Self(self.0[..length].to_owned()), value))
        })
    }

    fn texts(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Whether the pointer addresses the value at `other` or one inside of it.
    #[must_use]
    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_prefix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The pointer as it is written.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A property or an element of a value.
fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(members) => members.get(name),
        Value::Array(items) => items.get(index(name)?),
        _ => None,
    }
}

/// `~1` goes first: `~01` means `~1`, not a slash.
fn unescape(name: &str) -> Cow<'_, str> {
    if name.contains('~') {
        Cow::Owned(name.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The position that a name is; only one way to write it counts.
fn index(name: &str) -> Option<usize> {
    let is_plain = name == "0" || name.starts_with(|first: char| ('1'..='9').contains(&first));
    name.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_escaped_and_comes_back() {
        let pointer = Pointer::root().child("a/b").child("c~d").child("~1");
        assert_eq!(pointer.as_str(), "/a~1b/c~0d/~01");
        assert_eq!(pointer.names().collect::<Vec<_>>(), ["a/b", "c~d", "~1"]);
        assert_eq!(pointer.last().as_deref(), Some("~1"));
    }

    #[test]
    fn a_value_is_found_as_the_rfc_says() {
        let value = serde_json::json!({ "a/b": [0, { "~": 1 }], "": 2 });
        let pointers = [
            "",
            "/",
            "/a~1b/0",
            "/a~1b/1/~0",
            "/a~1b/01",
            "/a~1b/+1",
            "/a~1b/2",
            "/a/0",
        ];
        for pointer in pointers {
            let found = Pointer::parse(pointer).map(|pointer| pointer.find(&value));
            assert_eq!(found, Some(value.pointer(pointer)), "{pointer}");
        }
    }

    #[test]
    fn the_values_around_a_value_are_found_from_the_outside_in() {
        let value = serde_json::json!({ "a/b": [0, { "~": 1 }] });
        let around = |text: &str| {
            let pointer = Pointer::parse(text).expect("a pointer");
            let around = pointer.values_around(&value);
            let around = around.map(|(at, found)| {
                assert_eq!(at.find(&value), Some(found));
                at.to_string()
            });
            around.collect::<Vec<_>>()
        };
        assert_eq!(around("/a~1b/1/~0"), ["", "/a~1b", "/a~1b/1", "/a~1b/1/~0"]);
        assert_eq!(around("/a~1b/2/~0"), ["", "/a~1b"]);
        assert_eq!(around(""), [""]);
    }

    #[test]
    fn an_empty_name_is_a_name() {
        let pointer = Pointer::root().child("");
        assert_eq!(pointer.as_str(), "/");
        assert_eq!(pointer.parent(), Some(Pointer::root()));
        assert_eq!(pointer.names().count(), 1);
    }

    #[test]
    fn the_root_has_no_parent() {
        assert_eq!(Pointer::root().parent(), None);
        assert_eq!(Pointer::root().names().count(), 0);
    }

    #[test]
    fn a_longer_name_is_not_within_a_shorter_one() {
        let action = Pointer::root().child("action");
        assert!(action.child("input").is_within(&action));
        assert!(action.is_within(&action));
        assert!(!Pointer::root().child("actions").is_within(&action));
    }

    #[test]
    fn what_does_not_start_with_a_slash_is_no_pointer() {
        assert_eq!(Pointer::parse("item"), None);
        assert_eq!(Pointer::parse("/item"), Some(Pointer::root().child("item")));
    }
}
