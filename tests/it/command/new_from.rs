//! `contexture new --from`. The program `projects` of `tests/exact` builds and tests what it makes.

use std::path::Path;

use serde_json::json;

use super::{contexture, files_below, new_project, read};
use crate::support::{
    definitions, has_ending, real_definitions, repository, scratch, stem_of, write,
};

#[test]
fn what_was_imported_is_the_base_of_an_overlay() {
    let imported = repository("definitions/imported/forum.json");
    let imported = imported.to_str().unwrap();
    let (folder, outcome) = new_project("from-json", &["my-forum", "--from", imported]);
    assert_eq!((outcome.status, outcome.output.as_str()), (0, ""));
    let text = read(&folder, "imported.json");
    assert_eq!(text, std::fs::read_to_string(imported).unwrap());
    assert!(read(&folder, "definition.yaml").ends_with("\nbase: imported.json\n"));
    let definition = folder.join("definition.yaml");
    let checked = contexture(&["check", definition.to_str().unwrap()]);
    assert_eq!(checked.status, 0, "{}", checked.errors);
}

#[test]
fn a_definition_is_copied_with_all_files_that_it_refers_to() {
    let helpdesk = repository("definitions/helpdesk.yaml");
    let arguments = ["help", "--from", helpdesk.to_str().unwrap()];
    let (folder, outcome) = new_project("from-yaml", &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let files = files_below(&folder);
    for path in ["helpdesk.yaml", "interfaces/trackable.yaml"] {
        assert!(files.contains(path), "{files:?}");
    }
    assert!(read(&folder, "build.rs").contains("compile(\"helpdesk.yaml\")"));
    assert!(read(&folder, "src/main.rs").contains("include_definition!(\"helpdesk\")"));
}

#[test]
fn a_file_of_the_definition_stands_for_that_of_the_project() {
    let folder = scratch("from-readme");
    write(&folder, "README.md", "# Mine");
    let text = "name: shop\nversion: 1.0.0\nreadme: { file: README.md }\n";
    let file = write(&folder, "shop.yaml", text);
    let arguments = ["shop", "--from", file.to_str().unwrap()];
    let (folder, outcome) = new_project("from-readme-project", &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    assert_eq!(read(&folder, "README.md"), "# Mine");
}

#[test]
fn all_handlers_are_stubs_in_files_of_their_own() {
    let github = repository("definitions/github.yaml");
    let arguments = ["git-hub", "--from", github.to_str().unwrap()];
    let (folder, _) = new_project("from-stubs", &arguments);
    let action = read(&folder, "src/handlers/actions/create_issue.rs");
    assert!(action.contains("The action `createIssue` is not implemented yet"));
    let channel = read(&folder, "src/handlers/channels/issue_comments.rs");
    assert!(channel.contains("impl channels::IssueComments for App {"));
    assert!(read(&folder, "src/handlers/lifecycle.rs").contains("async fn register("));
    assert!(read(&folder, ".env.example").contains("\nSECRET_WEBHOOK_SECRET=\n"));
    assert!(read(&folder, "src/tests.rs").contains("webhook_secret: Secret::from(\"test\"),"));
}

#[test]
fn a_project_of_any_definition_is_rust_and_lacks_no_handler() {
    for file in definitions().into_iter().chain(real_definitions()) {
        let stem = stem_of(&file);
        let name = format!("a-{stem}");
        let arguments = [name.as_str(), "--from", file.to_str().unwrap()];
        let (folder, outcome) = new_project("from-any", &arguments);
        assert_eq!(outcome.status, 0, "{}", outcome.errors);
        let files = files_below(&folder);
        for path in files
            .iter()
            .filter(|path| has_ending(Path::new(path), "rs"))
        {
            let source = syn::parse_file(&read(&folder, path));
            source.unwrap_or_else(|error| panic!("{stem}, {path}: {error}"));
        }
        let definition = ["definition.yaml".to_owned(), format!("{stem}.yaml")]
            .map(|name| folder.join(name))
            .into_iter()
            .find(|path| path.exists())
            .expect("a definition");
        let (definition, package) = (definition.to_str().unwrap(), folder.to_str().unwrap());
        let stubs = contexture(&["stubs", definition, "--missing", "--package", package]);
        assert_eq!(
            (stubs.output.as_str(), stubs.errors.as_str()),
            ("", "no handler is missing\n"),
            "{stem}"
        );
    }
}

#[test]
fn names_of_items_that_are_words_of_rust_make_files_and_modules() {
    let action = json!({ "input": { "schema": {} }, "output": { "schema": {} } });
    let definition = json!({
        "name": "words", "version": "1.0.0",
        "actions": { "type": action, "mod": action, "self": action },
    });
    let file = write(&scratch("from-words"), "words.json", definition.to_string());
    let (folder, outcome) = new_project(
        "from-words-project",
        &["words", "--from", file.to_str().unwrap()],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let modules = read(&folder, "src/handlers/actions/mod.rs");
    assert!(
        modules.ends_with("mod mod_;\nmod self_;\nmod r#type;\n"),
        "{modules}"
    );
    let files = files_below(&folder);
    for name in ["mod_", "self_", "type"] {
        assert!(
            files.contains(&format!("src/handlers/actions/{name}.rs")),
            "{files:?}"
        );
    }
}

#[test]
fn the_name_of_a_file_becomes_no_code() {
    let name = "a \"b\" {{c}}.yaml";
    let file = write(&scratch("from-odd"), name, "name: odd\nversion: 1.0.0\n");
    let arguments = ["odd", "--from", file.to_str().unwrap()];
    let (folder, outcome) = new_project("from-odd-project", &arguments);
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let build = read(&folder, "build.rs");
    assert!(build.contains(&format!("compile({name:?})")), "{build}");
    for path in ["build.rs", "src/main.rs"] {
        syn::parse_file(&read(&folder, path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

#[test]
fn a_definition_that_is_refused_makes_no_project() {
    let file = "fixtures/refused/unknown-type.yaml";
    let (folder, outcome) = new_project("from-refused", &["hello", "--from", file]);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
    assert!(
        outcome.errors.starts_with("error[C0301]"),
        "{}",
        outcome.errors
    );
    assert!(!folder.exists());
}

#[test]
fn a_definition_whose_module_would_hide_another_one_makes_no_project() {
    let text = "name: acme/tokio\nversion: 1.0.0\n";
    let file = write(&scratch("from-hidden"), "tokio.yaml", text);
    let arguments = ["hello", "--from", file.to_str().unwrap()];
    let (folder, outcome) = new_project("from-hidden-project", &arguments);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
    assert!(
        outcome.errors.contains("makes the module `tokio`"),
        "{}",
        outcome.errors
    );
    assert!(!folder.exists());
}
