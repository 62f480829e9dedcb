//! Tests of the check with small trees.

use super::problems_of;

const ORDER: &[&[&str]] = &[&["base"], &["left", "right"], &["top"], &["lib"]];

fn problems(sources: &[(&str, &str)]) -> Vec<String> {
    let sources = sources.iter();
    let sources = sources.map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
    problems_of(&sources.collect::<Vec<_>>(), ORDER)
}

#[test]
fn imports_from_below_are_fine() {
    let found = problems(&[
        ("lib.rs", "mod base; mod top; pub use top::Top;"),
        ("base.rs", "pub struct Base;"),
        ("top/mod.rs", "mod inner;\npub use inner::Top;"),
        (
            "top/inner.rs",
            "use crate::base::Base;\npub struct Top(Base);",
        ),
    ]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn an_import_from_above_is_found_in_a_use_in_a_path_and_in_a_macro() {
    let found = problems(&[
        (
            "base.rs",
            "use crate::top::{self, Top};\nfn a() {\n    crate::top::run();\n    assert!(crate::top::run());\n    top::run();\n}\n",
        ),
        ("top.rs", "pub struct Top;\npub fn run() -> bool { true }"),
    ]);
    let expected = [1, 3, 4, 5].map(|line| format!("upward: base.rs:{line} -> top.rs"));
    assert_eq!(found, expected);
}

#[test]
fn an_import_from_above_is_found_in_an_attribute() {
    let found = problems(&[
        (
            "base.rs",
            "#[serde(with = \"crate::top::text\")]\nstruct Base;",
        ),
        ("top.rs", "pub mod text {}\npub fn text() {}"),
    ]);
    assert_eq!(found, [""; 0], "a module is not an item");
    let found = problems(&[
        (
            "base.rs",
            "struct Base {\n    #[serde(default = \"crate::top::text\")]\n    a: u8,\n}",
        ),
        ("top.rs", "pub fn text() {}"),
    ]);
    assert_eq!(found, ["upward: base.rs:2 -> top.rs"]);
}

#[test]
fn an_item_that_is_passed_on_is_imported_from_where_it_is_defined() {
    let found = problems(&[
        ("lib.rs", "pub use top::Top;"),
        ("base.rs", "use crate::Top;"),
        ("top/mod.rs", "mod inner;\npub(crate) use inner::*;"),
        ("top/inner.rs", "pub struct Top;"),
    ]);
    assert_eq!(found, ["upward: base.rs:1 -> top/inner.rs"]);
}

#[test]
fn a_module_may_be_named_in_full_by_itself() {
    let found = problems(&[
        ("base.rs", "use crate::top::Top;"),
        ("top/mod.rs", "mod inner;\npub use crate::top::inner::Top;"),
        ("top/inner.rs", "pub struct Top;"),
    ]);
    assert_eq!(found, ["upward: base.rs:1 -> top/inner.rs"]);
}

#[test]
fn a_circle_among_files_of_one_level_names_both_ends() {
    let found = problems(&[
        ("left.rs", "use crate::right::Right;\npub struct Left;"),
        ("right.rs", "\nuse super::left::Left;\npub struct Right;"),
    ]);
    assert_eq!(
        found,
        ["circle: left.rs:1 -> right.rs, right.rs:2 -> left.rs"]
    );
}

#[test]
fn a_circle_through_a_module_that_passes_on_is_found() {
    let found = problems(&[
        ("top/mod.rs", "mod a;\nmod b;\npub use a::A;\npub use b::B;"),
        ("top/a.rs", "use super::B;\npub struct A;"),
        ("top/b.rs", "use crate::top::A;\npub struct B;"),
    ]);
    assert_eq!(
        found,
        ["circle: top/a.rs:1 -> top/b.rs, top/b.rs:1 -> top/a.rs"]
    );
}

#[test]
fn a_module_that_uses_its_reexport_imports_it() {
    let found = problems(&[
        (
            "top/mod.rs",
            "mod a;\npub use a::A;\npub struct Top;\nfn f(_: A) {}",
        ),
        ("top/a.rs", "use super::Top;\npub struct A;"),
    ]);
    assert_eq!(
        found,
        ["circle: top/a.rs:1 -> top/mod.rs, top/mod.rs:4 -> top/a.rs"]
    );
}

#[test]
fn tests_and_comments_do_not_count() {
    let found = problems(&[
        (
            "base.rs",
            "/// See [`Top`](crate::top::Top).\npub struct Base;\n#[cfg(test)]\nmod tests { use crate::top::Top; }\n\
             #[cfg(test)]\nuse crate::top::Top;\n#[cfg(test)]\nmod more;",
        ),
        ("base/more.rs", "use crate::top::Top;"),
        ("top.rs", "pub struct Top;"),
    ]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_file_without_a_place_in_the_order_is_named() {
    assert_eq!(
        problems(&[("other.rs", "")]),
        ["other.rs is not in the order"]
    );
}
