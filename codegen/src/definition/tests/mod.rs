//! Tests of loading.

mod extend;
mod load;
mod overlay;
mod references;
mod shared;

use std::path::Path;

use super::Loaded;
use crate::testing::Folder;

const HEAD: &str = "name: shop\nversion: 1.0.0\n";

/// The diagnostics as `file:line:column code message`.
fn findings(loaded: &Loaded) -> Vec<String> {
    let list = loaded.diagnostics.to_json();
    let list = list.as_array().expect("an array").iter().map(|finding| {
        let file = Path::new(finding["file"].as_str().expect("a path"))
            .file_name()
            .expect("a name");
        let (line, column) = (&finding["line"], &finding["column"]);
        let (code, message) = (finding["code"].as_str(), finding["message"].as_str());
        format!(
            "{}:{line}:{column} {} {}",
            file.to_string_lossy(),
            code.expect("a code"),
            message.expect("a message")
        )
    });
    list.collect()
}

#[track_caller]
fn check(definition: &str, expected: &[&str]) {
    let folder = Folder::new(&[("shop.yaml", &format!("{HEAD}{definition}"))]);
    assert_eq!(findings(&folder.load("shop.yaml")), expected);
}
