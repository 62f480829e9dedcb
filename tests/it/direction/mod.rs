//! The crates' modules point in one direction: no file imports from a folder above its own, and imports form no
//! cycle.

mod checker_tests;
mod graph;
mod modules;
mod references;

use std::path::Path;

use self::graph::{circles, upward};
use self::modules::Modules;
use crate::support::{entries, has_ending, repository};

/// The levels of a crate, from the bottom to the top: folders and top-level files. Those of one level may import from
/// each other, as long as their files form no cycle.
type Order = &'static [&'static [&'static str]];

/// The crates whose imports point in one direction.
const CRATES: &[(&str, Order)] = &[
    ("codegen/src", CODEGEN),
    ("compare/src", COMPARE),
    ("runtime/src", RUNTIME),
    ("emulator/src", EMULATOR),
];

const CODEGEN: Order = &[
    &["characters", "deep_stack"],
    &["pointer"],
    &["json_schema"],
    &["sections"],
    &["diagnostic"],
    &["system", "version"],
    &["definition"],
    &["model"],
    &["lower"],
    &["older"],
    &["check"],
    &["emit"],
    &["output"],
    &["handlers"],
    &["described", "report", "publication"],
    &["generator"],
    &["build_script"],
    &["lib"],
];

const COMPARE: Order = &[
    &["draft", "json", "pointer"],
    &["sample"],
    &["ask"],
    &["report", "definition", "schema"],
    &["compare"],
    &["lib"],
];

const RUNTIME: Order = &[
    &[
        "value",
        "meaning",
        "random",
        "unix_time",
        "operation",
        "crypto",
        "host",
    ],
    &["date_time"],
    &["identity"],
    &["payload"],
    &["transport"],
    &["error"],
    &["panics"],
    &["definition"],
    &["logger"],
    &["environment"],
    &["client"],
    &["http_client"],
    &["store"],
    &["after_response"],
    &["context"],
    &["webhook"],
    &["observe"],
    &["call"],
    &["service", "require_header"],
    &["signed_calls"],
    &["lambda", "oauth", "server"],
    &["run", "wizard"],
    &["testing"],
    // Exported macros are names of the crate's root.
    &["codegen", "include", "lib", "prelude"],
];

const EMULATOR: Order = &[
    &["clock", "host", "markup", "tables"],
    &["ids", "definition", "example", "storage", "program"],
    &["wire"],
    &["api", "exchange"],
    &["platform"],
    &["admin"],
    &["inspector", "control"],
    &["server"],
    &["lib"],
];

#[test]
fn imports_point_in_one_direction() {
    for (folder, order) in CRATES {
        assert_eq!(problems(folder, order), [""; 0], "{folder}");
    }
}

/// Returns all faults in the imports of a crate.
fn problems(folder: &str, order: &[&[&str]]) -> Vec<String> {
    let root = repository(folder);
    let mut sources = Vec::new();
    collect(&root, &root, &mut sources);
    assert!(!sources.is_empty(), "{folder} has no sources");
    problems_of(&sources, order)
}

/// The same for sources: the path of each, relative to the crate's folder, and its text.
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
