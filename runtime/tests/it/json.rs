//! Decoding without a schema: the types alone are strict too.

use std::collections::BTreeMap;

use serde_json::json;

use contexture::codegen::*;

#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::option_option, reason = "null differs from absent")]
struct Parcel {
    to: String,
    sizes: (i64, Number),
    note: Option<Option<String>>,
    by: Option<Carrier>,
    content: Option<Vec<Item>>,
}

object!(Parcel, to: impl Into<String> = "to", sizes: (i64, Number) = "sizes"; note = "note", by = "by", content = "content");

#[derive(Clone, Copy, Debug, PartialEq)]
enum Carrier {
    Ship,
    Train,
}

strings!(Carrier, Ship = "ship", Train = "train");

#[derive(Clone, Debug, PartialEq)]
enum Item {
    Book(Book),
    Labels(BTreeMap<String, bool>),
}

tagged!(Item, "kind", Book = "book", Labels = "labels");

#[derive(Clone, Debug, PartialEq)]
struct Book {
    title: Option<Title>,
    extra: Map<String, Value>,
}

object!(Book; title = "title"; ..extra);

#[derive(Clone, Debug, PartialEq)]
enum Title {
    Text(String),
    Number(i64),
    Parts(Vec<Title>),
}

kinds!(Title, Text, Number, Parts);

#[derive(Clone, Debug, PartialEq, Default)]
struct Labels {
    color: Option<String>,
}

object!(Labels; color = "color"; ..);

fn problem<T: Json>(value: Value) -> String {
    match T::from_json(value) {
        Ok(_) => "fits".to_owned(),
        Err(mismatch) => mismatch.to_string(),
    }
}

#[test]
fn what_is_read_is_written_as_it_was() {
    for parcel in [
        json!({ "to": "Ada", "sizes": [1, 2.5] }),
        json!({ "to": "", "sizes": [-1, u64::MAX], "note": null, "by": "ship", "content": [] }),
        json!({ "to": "Ada", "sizes": [1, 1], "note": "x", "content": [
            { "kind": "book", "title": ["a", 1, []], "isbn": null },
            { "kind": "labels", "fragile": true },
        ] }),
    ] {
        let read = Parcel::from_json(parcel.clone()).unwrap();
        assert_eq!(read.to_json(), parcel);
        let text = parcel.to_string();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert_eq!(serde_json::from_str::<Parcel>(&text).unwrap(), read);
    }
}

#[test]
fn null_is_apart_from_absent() {
    let note = |parcel: Value| Parcel::from_json(parcel).unwrap().note;
    assert_eq!(note(json!({ "to": "", "sizes": [1, 1] })), None);
    let null = json!({ "to": "", "sizes": [1, 1], "note": null });
    assert_eq!(note(null), Some(None));
}

#[test]
fn a_mismatch_names_its_path_and_quotes_no_value() {
    let cases = [
        (json!([]), "the value does not fit its type"),
        (json!({ "sizes": [1, 1] }), "/to is required"),
        (
            json!({ "to": 1, "sizes": [1, 1] }),
            "/to does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1] }),
            "/sizes does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1.5, 1] }),
            "/sizes/0 does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "by": "hunter2" }),
            "/by does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "by": null }),
            "/by does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "hunter2": 1 }),
            "the value has a property that is not declared",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "content": [{ "kind": "labels", "a/b": 1 }] }),
            "/content/0/a~1b does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "content": [{}] }),
            "/content/0/kind is required",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "content": [{ "kind": "bomb" }] }),
            "/content/0 does not fit its type",
        ),
        (
            json!({ "to": "", "sizes": [1, 1], "content": [{ "kind": "book", "title": false }] }),
            "/content/0/title does not fit its type",
        ),
    ];
    for (parcel, expected) in cases {
        assert_eq!(problem::<Parcel>(parcel.clone()), expected, "{parcel}");
    }
}

#[test]
fn an_object_that_ignores_undeclared_properties_stores_none_of_them() {
    let read = Labels::from_json(json!({ "color": "red", "size": 1 })).unwrap();
    assert_eq!(read.to_json(), json!({ "color": "red" }));
}

#[test]
fn undeclared_properties_replace_no_declared_ones() {
    let mut book = Book::from_json(json!({ "title": "a" })).unwrap();
    book.extra.insert("title".to_owned(), json!("b"));
    assert_eq!(book.to_json(), json!({ "title": "a" }));
    let item = Item::Book(Book {
        title: None,
        extra: Map::from_iter([("kind".to_owned(), json!("labels"))]),
    });
    assert_eq!(item.to_json(), json!({ "kind": "book" }));
}

#[test]
fn a_recursive_union_is_read_without_a_copy_at_each_depth() {
    let leaves = vec![json!("a leaf"); 1000];
    let value = (0..100).fold(Value::from(leaves), |inner, _| json!([inner]));
    let allocated = allocation_counter::measure(|| {
        assert!(Title::from_json(value).is_ok());
    });
    // Only the list of the leaves is allocated again, with another element type.
    assert!(allocated.bytes_max < 200_000, "{allocated:?}");
    assert!(allocated.bytes_total < 200_000, "{allocated:?}");
}

#[test]
fn a_mismatch_inside_of_a_union_names_its_own_path() {
    let mismatch = Title::from_json(json!(["a", ["b", true]])).unwrap_err();
    assert_eq!(mismatch.to_string(), "/1/1 does not fit its type");
}
