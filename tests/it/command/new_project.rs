//! `contexture new`. The program `projects` of `tests/exact` builds and tests what it makes.

use std::fs;
use std::path::Path;

use super::{contexture, files_below, new_project, read};
use crate::support::{has_ending, repository, scratch};

const FILES: [&str; 16] = [
    ".env.example",
    ".gitignore",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "build.rs",
    "definition.yaml",
    "hub.md",
    "icon.svg",
    "src/handlers/chat.rs",
    "src/handlers/greet.rs",
    "src/handlers/lifecycle.rs",
    "src/handlers/mod.rs",
    "src/handlers/webhook.rs",
    "src/main.rs",
    "src/tests.rs",
];

#[test]
fn a_project_has_all_that_the_build_the_hub_and_the_next_reader_need() {
    let (folder, outcome) = new_project("new-files", &["hello"]);
    assert_eq!((outcome.status, outcome.output.as_str()), (0, ""));
    assert!(
        outcome.errors.contains("  cargo test"),
        "{}",
        outcome.errors
    );
    let files: Vec<_> = files_below(&folder).into_iter().collect();
    assert_eq!(files, FILES);
    for path in FILES.iter().filter(|path| **path != "Cargo.lock") {
        let text = read(&folder, path);
        assert!(
            !text.contains("{{"),
            "{path} has a place that is not filled in"
        );
    }
}

#[test]
fn a_project_has_no_finding_of_the_linter_and_lacks_no_handler() {
    let (folder, _) = new_project("new-lint", &["my-shop"]);
    let definition = folder.join("definition.yaml");
    let definition = definition.to_str().unwrap();
    let checked = contexture(&["check", "--lint", "--deny-warnings", definition]);
    assert_eq!(
        (checked.status, checked.errors.as_str()),
        (0, "checked 1 definition: 0 errors, 0 warnings\n")
    );
    let package = folder.to_str().unwrap();
    let stubs = contexture(&["stubs", definition, "--missing", "--package", package]);
    assert_eq!(
        (stubs.output.as_str(), stubs.errors.as_str()),
        ("", "no handler is missing\n")
    );
}

#[test]
fn the_sources_are_rust_and_use_the_module_of_the_name() {
    let (folder, _) = new_project("new-sources", &["my-shop"]);
    for path in FILES
        .iter()
        .filter(|path| has_ending(Path::new(path), "rs"))
    {
        syn::parse_file(&read(&folder, path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    assert!(read(&folder, "src/main.rs").contains("contexture::run(my_shop::service(App))"));
    assert!(read(&folder, "Cargo.toml").contains("name = \"my-shop\"\n"));
    assert!(read(&folder, "definition.yaml").contains("\ntitle: My Shop\n"));
}

#[test]
fn a_release_is_built_with_the_profile_of_this_workspace() {
    let (folder, _) = new_project("new-profile", &["hello"]);
    let ours = fs::read_to_string(repository("Cargo.toml")).unwrap();
    let theirs = read(&folder, "Cargo.toml");
    let settings = |manifest: &str| -> Vec<String> {
        let release = manifest
            .split_once("[profile.release]")
            .expect("a profile")
            .1;
        let release = release.split("# What `tests/load/run").next().unwrap();
        let is_setting = |line: &&str| !line.is_empty() && !line.starts_with('#');
        release
            .lines()
            .filter(is_setting)
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(settings(&theirs), settings(&ours));
}

#[test]
fn a_project_takes_contexture_from_where_it_is_told() {
    let root = repository("");
    let root = root.canonicalize().unwrap();
    let checkout = root.to_str().unwrap();
    let version = env!("CARGO_PKG_VERSION");
    for (source, line, has_lock) in [
        (
            "release",
            format!("contexture = {{ version = \"{version}\" }}\n"),
            false,
        ),
        (
            "git",
            "contexture = { git = \"https://github.com/contexture-rs/contexture\" }\n".to_owned(),
            false,
        ),
        (
            checkout,
            format!("contexture = {{ path = {:?} }}\n", root.join("runtime")),
            true,
        ),
    ] {
        let (folder, _) = new_project("new-source", &["hello", "--contexture", source]);
        let manifest = read(&folder, "Cargo.toml");
        assert!(manifest.contains(&line), "{manifest}");
        assert_eq!(folder.join("Cargo.lock").exists(), has_lock, "{source}");
    }
    let (folder, refused) = new_project("new-source", &["hello", "--contexture", "nowhere"]);
    assert_eq!(refused.status, 2);
    assert!(
        refused.errors.contains("is no checkout"),
        "{}",
        refused.errors
    );
    assert!(!folder.exists());
}

#[test]
fn a_project_inside_a_workspace_is_a_workspace_of_its_own() {
    let (folder, outcome) = new_project("new-workspace", &["hello"]);
    let manifest = read(&folder, "Cargo.toml");
    assert!(
        manifest.contains("\n[workspace]\n\n[package]\n"),
        "{manifest}"
    );
    let note = format!(
        "note: the folder is in the workspace of {}",
        repository("Cargo.toml").display()
    );
    assert!(outcome.errors.contains(&note), "{}", outcome.errors);
}

#[test]
fn a_name_that_botpress_cargo_or_the_project_cannot_take_is_refused_with_another_one() {
    let long = "a".repeat(65);
    for (name, reason, help) in [
        ("", "it is empty", "contexture new hello"),
        ("Hello", "lowercase letters", "`hello`"),
        ("my shop", "lowercase letters", "`my-shop`"),
        ("my_shop", "lowercase letters", "`my-shop`"),
        ("grüße", "lowercase letters", "`my-integration`"),
        ("acme/shop", "a slash", "new shop --path acme/shop"),
        ("3cx", "a letter at the start", "`cx`"),
        ("-a", "a letter at the start", "`a`"),
        ("007", "a letter at the start", "`my-integration`"),
        (&long, "it has 65 characters", "shorten it"),
        ("match", "reserves", "`match-integration`"),
        ("test", "reserves", "`test-integration`"),
        ("tokio", "a dependency or a module", "`tokio-integration`"),
        (
            "handlers",
            "a dependency or a module",
            "`handlers-integration`",
        ),
    ] {
        let folder = scratch("new-names").join("project");
        let path = folder.to_str().unwrap();
        let outcome = contexture(&["new", "--path", path, "--", name]);
        assert_eq!((outcome.status, outcome.output.as_str()), (2, ""), "{name}");
        for part in [reason, help] {
            assert!(
                outcome.errors.contains(part),
                "`{part}` in {}",
                outcome.errors
            );
        }
        assert!(!folder.exists(), "{name}");
    }
}

#[test]
fn a_folder_with_files_is_not_touched() {
    let folder = scratch("new-used");
    let path = folder.to_str().unwrap();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let refused = contexture(&["new", "hello", "--path", path]);
    assert_eq!(refused.status, 1);
    let reason = format!("error: the folder `{path}` exists and is not empty\n");
    assert!(refused.errors.starts_with(&reason), "{}", refused.errors);
    let file = folder.join("notes.txt");
    let refused = contexture(&["new", "hello", "--path", file.to_str().unwrap()]);
    assert!(refused.errors.contains("is a file"), "{}", refused.errors);
    assert_eq!(
        files_below(&folder).into_iter().collect::<Vec<_>>(),
        ["notes.txt"]
    );

    fs::remove_file(file).unwrap();
    assert_eq!(contexture(&["new", "hello", "--path", path]).status, 0);
}
