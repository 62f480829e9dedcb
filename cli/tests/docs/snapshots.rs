//! The reference of a definition with everything, as it was reviewed.

use crate::EVERYTHING;

/// Reviews a text.
fn check(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn everything_is_in_the_markdown() {
    check("everything.md", &EVERYTHING.markdown);
}

/// The style and the script are files of their own, and a line is an element.
#[test]
fn everything_is_in_the_page() {
    let mut shown = EVERYTHING.html.clone();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let from = shown.find(start).unwrap() + start.len();
        let to = shown.rfind(end).unwrap();
        shown.replace_range(from..to, "…");
    }
    let hash = "sha256-";
    while let Some(at) = shown.find(hash) {
        let end = at + shown[at..].find('\'').unwrap();
        shown.replace_range(at..end, "…");
    }
    for element in [
        "<section", "<article", "<li", "<p", "<h", "<details", "<figure", "<dl", "<nav", "<main",
    ] {
        shown = shown.replace(element, &format!("\n{element}"));
    }
    check("everything.html", &shown);
}
