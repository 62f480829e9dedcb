//! The paths in the documents of the repository.

use std::collections::BTreeSet;
use std::fs;

use super::mentions::{Mention, mentions};
use super::tree::{Tree, target};
use crate::support::repository;

/// Paths outside of the repository: the files of authors, and external data.
const ELSEWHERE: &[&str] = &[
    "1.86/runtime.json",
    "admin.json",
    // An IP range.
    "127.0.0.0/8",
    "config.json",
    // What an author imports.
    "acme.json",
    // What an author compares.
    "next.yaml",
    // What an author makes.
    "REFERENCE.md",
    "files.json",
    "golden/client.txt",
    "golden/http.jsonl",
    "integrations/*.json",
    "tests/draft7",
];

#[test]
fn every_path_in_a_document_exists() {
    let tree = Tree::read();
    let (missing, elsewhere) = missing(&tree);
    assert_eq!(missing, [""; 0], "these paths do not exist");
    let unused: Vec<_> = ELSEWHERE
        .iter()
        .filter(|path| !elsewhere.contains(**path))
        .collect();
    assert_eq!(unused, [&""; 0], "no document mentions these paths");
}

/// Returns the missing paths, each with its document, and the mentioned paths outside of the repository.
fn missing(tree: &Tree) -> (Vec<String>, BTreeSet<String>) {
    let mut missing = Vec::new();
    let mut elsewhere = BTreeSet::new();
    for document in tree.documents() {
        let text = fs::read_to_string(repository(document)).unwrap();
        for mention in mentions(&text) {
            let (path, is_there) = match mention {
                Mention::Link(link) => {
                    let path = target(document, &link);
                    let is_there = repository(&path).exists();
                    (path, is_there)
                }
                Mention::Code(path) => {
                    let is_there = tree.has(&path) || tree.has(&target(document, &path));
                    (path, is_there)
                }
            };
            if is_there {
                continue;
            }
            if ELSEWHERE.contains(&&*path) {
                elsewhere.insert(path);
            } else {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    (missing, elsewhere)
}
