//! A reader of pages, which is strict: each element is closed where it has to be, and each attribute is quoted.

use std::collections::BTreeMap;

/// Elements without an end.
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

/// An element, and the attributes of it.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// A page that was read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) elements: Vec<Element>,
    /// The texts between elements, except for styles and scripts.
    pub(crate) text: String,
}

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    let mut rest = html
        .strip_prefix("<!DOCTYPE html>")
        .expect("the kind of document");
    let mut page = Page::default();
    let mut open: Vec<String> = Vec::new();
    while let Some(start) = rest.find('<') {
        page.text.push_str(&unescaped(&rest[..start]));
        rest = &rest[start + 1..];
        let end = rest.find('>').expect("an element ends");
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{name} is closed");
            continue;
        }
        let element = element(tag);
        let name = element.name.clone();
        page.elements.push(element);
        if name == "style" || name == "script" {
            let end = rest.find(&format!("</{name}>")).expect("it ends");
            rest = &rest[end..];
        }
        // A browser ends the first link where a second one begins.
        assert!(name != "a" || !open.contains(&name), "a link in a link");
        if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    assert_eq!(open, [""; 0], "all elements are closed");
    page
}

/// The name and the attributes of an element, whose values are quoted if they have one.
fn element(tag: &str) -> Element {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(
        name.chars().all(|sign| sign.is_ascii_alphanumeric()),
        "<{tag}>"
    );
    let mut attributes = BTreeMap::new();
    while !rest.is_empty() {
        let end = rest.find([' ', '=']).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = &rest[end..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inside, after) = quoted.split_once('"').expect("a quote ends");
            (value, rest) = (inside, after);
        }
        let is_name = |sign: char| sign.is_ascii_lowercase() || sign == '-';
        assert!(name.chars().all(is_name), "<{tag}>");
        let is_new = attributes
            .insert(name.to_owned(), unescaped(value))
            .is_none();
        assert!(is_new, "<{tag}>");
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    Element {
        name: name.to_owned(),
        attributes,
    }
}

fn unescaped(text: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let plain = pairs
        .iter()
        .fold(text.to_owned(), |text, (from, _)| text.replace(from, ""));
    assert!(!plain.contains('&'), "{text}");
    pairs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

impl Page {
    /// The values of an attribute, in the order of the page.
    pub(crate) fn all(&self, attribute: &str) -> impl Iterator<Item = &str> {
        let values = self
            .elements
            .iter()
            .filter_map(move |element| element.attributes.get(attribute));
        values.map(String::as_str)
    }
}

#[test]
#[should_panic(expected = "all elements are closed")]
fn an_element_that_is_not_closed_is_noticed() {
    read("<!DOCTYPE html><p><b></b>");
}

#[test]
#[should_panic(expected = "p is closed")]
fn elements_that_overlap_are_noticed() {
    read("<!DOCTYPE html><p><b></p></b>");
}

#[test]
#[should_panic(expected = "a link in a link")]
fn a_link_in_a_link_is_noticed() {
    read("<!DOCTYPE html><a><b><a></a></b></a>");
}
