//! Real definitions, if a corpus is set.

use std::path::Path;

use contexture_codegen::{Diagnostics, Generated};

use crate::support::real_definitions;

#[test]
fn real_definitions_generate_and_give_the_same_bytes_twice() {
    let mut refused = Vec::new();
    for path in real_definitions() {
        match twice(&path) {
            (Ok(first), Ok(second)) => {
                assert!(first.file == second.file, "{} twice", path.display());
            }
            (Err(first), Err(second)) => {
                assert_eq!(first.to_string(), second.to_string());
                refused.push(format!("{}:\n{first}", path.display()));
            }
            _ => panic!("{} is rejected only once", path.display()),
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// Generates on two threads in parallel.
fn twice(
    path: &Path,
) -> (
    Result<Generated, Diagnostics>,
    Result<Generated, Diagnostics>,
) {
    let generate = || contexture_codegen::generate(path);
    std::thread::scope(|scope| {
        let other = scope.spawn(generate);
        let first = generate();
        (first, other.join().expect("the generator never panics"))
    })
}
