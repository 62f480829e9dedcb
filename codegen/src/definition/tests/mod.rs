//! Definitions from the file to what is known of them.

mod extend;
mod load;
mod references;

use std::fs;
use std::path::{Path, PathBuf};

use super::{Loaded, Settings};

const HEAD: &str = "name: shop\nversion: 1.0.0\n";

/// A folder of files, removed again behind the test.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("contexture-{}-{test}", std::process::id()));
        for (name, text) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, text).expect("a writable folder");
        }
        Self(folder)
    }

    fn load(&self, name: &str) -> Loaded {
        super::load(&self.0.join(name), &Settings::default())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, as every temporary file.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The findings as `file:line:column code message`.
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
fn check(test: &str, definition: &str, expected: &[&str]) {
    let folder = Folder::new(test, &[("shop.yaml", &format!("{HEAD}{definition}"))]);
    assert_eq!(findings(&folder.load("shop.yaml")), expected);
}
