//! The crates' modules point in one direction: no file imports from a folder above its own, and no files import each
//! other in a circle.

mod checker_tests;
mod graph;
mod modules;
mod references;

use std::path::Path;

use self::graph::{circles, upward};
use self::modules::Modules;
use crate::support::{entries, has_ending, repository};

/// The folders and top-level files of the generator, from the bottom to the top. Entries of one row are on one level.
const CODEGEN: &[&[&str]] = &[
    &["characters", "deep_stack"],
    &["pointer"],
    &["json_schema"],
    &["sections"],
    &["system"],
    &["diagnostic"],
    &["definition"],
    &["model"],
    &["lower"],
    &["check"],
    &["emit"],
    &["output"],
    &["report"],
    &["generator"],
    &["build_script"],
    &["lib"],
];

/// The folders and top-level files of the runtime.
const RUNTIME: &[&[&str]] = &[
    &["value", "date_time", "operation"],
    &["identity"],
    &["payload"],
    &["transport"],
    &["error"],
    &["panics"],
    &["definition"],
    &["logger"],
    &["environment"],
    &["client"],
    &["context"],
    &["webhook"],
    &["observe"],
    &["call"],
    &["service", "require_header"],
    &["oauth", "server", "testing"],
    &["codegen"],
    &["include", "lib", "prelude"],
];

#[test]
fn the_runtime_points_in_one_direction() {
    assert_eq!(problems("runtime/src", RUNTIME), [""; 0]);
}

#[test]
fn the_generator_points_in_one_direction() {
    assert_eq!(problems("codegen/src", CODEGEN), [""; 0]);
}

/// Everything that is wrong with the imports of a crate.
fn problems(folder: &str, order: &[&[&str]]) -> Vec<String> {
    let root = repository(folder);
    let mut sources = Vec::new();
    collect(&root, &root, &mut sources);
    assert!(!sources.is_empty(), "{folder} has no sources");
    problems_of(&sources, order)
}

/// The same for sources: the path of each, from the crate's folder, and its text.
fn problems_of(sources: &[(String, String)], order: &[&[&str]]) -> Vec<String> {
    let modules = Modules::parse(sources);
    let imports = references::imports(&modules);
    [upward(&modules.files(), &imports, order), circles(&imports)].concat()
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<(String, String)>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(root, &path, sources);
        } else if has_ending(&path, "rs") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            let text = std::fs::read_to_string(&path).unwrap();
            sources.push((name.replace('\\', "/"), text));
        }
    }
}
