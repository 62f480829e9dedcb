//! `contexture stubs --missing`.

use std::path::Path;

use contexture_cli::Outcome;

use super::contexture;
use crate::support::{repository, scratch, snapshots, write};

const DEFINITION: &str = "\
name: shop
version: 1.0.0
actions:
  buy: { input: { schema: {} }, output: { schema: {} } }
  sell: { input: { schema: {} }, output: { schema: {} } }
channels:
  chat: { messages: { text: { schema: {} }, image: { schema: {} } } }
";

/// What is missing in a package with this source.
fn missing(test: &str, source: &str) -> Outcome {
    let folder = scratch(test);
    let definition = write(&folder, "definition.yaml", DEFINITION);
    write(&folder, "Cargo.toml", "[package]\nname = \"shop\"\n");
    write(&folder, "src/inner/handlers.rs", source);
    missing_in(&definition, &folder)
}

fn missing_in(definition: &Path, package: &Path) -> Outcome {
    let (definition, package) = (definition.to_str().unwrap(), package.to_str().unwrap());
    contexture(&["stubs", definition, "--missing", "--package", package])
}

/// The traits that stubs are printed for.
fn traits(outcome: &Outcome) -> Vec<&str> {
    let lines = outcome.output.lines();
    let heads = lines.filter_map(|line| line.strip_prefix("impl ")?.split(" for ").next());
    heads.collect()
}

#[test]
fn a_package_without_handlers_lacks_all_of_them() {
    let outcome = missing("missing-all", "fn nothing() {}\n");
    let all = [
        "shop::Integration",
        "actions::Buy",
        "actions::Sell",
        "channels::Chat",
    ];
    assert_eq!(traits(&outcome), all);
    assert_eq!(outcome.errors, "4 of 4 handlers are missing\n");
    assert!(outcome.output.contains("for App {"), "{}", outcome.output);
}

#[test]
fn a_handler_is_found_by_its_path_and_by_every_form_of_an_import() {
    for source in [
        "impl crate::shop::actions::Buy for Shop {}",
        "use crate::shop::actions; impl actions::Buy for Shop {}",
        "use crate::shop::actions::{self, Buy}; impl Buy for Shop {}",
        "use crate::shop::actions as does; impl does::Buy for Shop {}",
        "use crate::shop::actions::Buy as Purchase; impl Purchase for Shop {}",
        "use crate::shop::actions::*; impl Buy for Shop {}",
        "use crate::shop::*; impl actions::Buy for Shop {}",
        "mod deep { use crate::shop::actions::Buy; impl Buy for crate::Shop {} }",
    ] {
        let outcome = missing("missing-forms", source);
        let others = ["shop::Integration", "actions::Sell", "channels::Chat"];
        assert_eq!(traits(&outcome), others, "{source}");
        assert!(
            outcome.output.contains("impl actions::Sell for Shop {"),
            "{}",
            outcome.output
        );
    }
}

#[test]
fn an_implementation_of_something_else_with_the_same_name_is_no_handler() {
    for source in [
        "impl other::Buy for Shop {}",
        "trait Buy {} impl Buy for Shop {}",
        "impl Shop { fn buy() {} }",
        "impl crate::shop::channels::Buy for Shop {}",
    ] {
        assert_eq!(
            traits(&missing("missing-others", source)).len(),
            4,
            "{source}"
        );
    }
}

#[test]
fn the_methods_that_an_implementation_lacks_are_named() {
    let source =
        "use crate::shop::channels;\nimpl channels::Chat for Shop { async fn text(&self) {} }\n";
    let outcome = missing("missing-methods", source);
    assert!(!traits(&outcome).contains(&"channels::Chat"));
    let told = "handlers.rs: the implementation of `channels::Chat` lacks\n    async fn image(&self, call: \
                MessageCall<'_, channels::ChatChannel>, payload: channels::ChatImageMessage) -> Result<()>\n";
    assert!(outcome.errors.contains(told), "{}", outcome.errors);
}

#[test]
fn a_source_that_is_no_rust_is_told() {
    let outcome = missing("missing-broken", "impl {");
    assert_eq!(outcome.status, 0);
    assert!(
        outcome.errors.starts_with("warning: "),
        "{}",
        outcome.errors
    );
    assert!(
        outcome.errors.contains("handlers.rs was not read"),
        "{}",
        outcome.errors
    );
}

#[test]
fn the_examples_lack_no_handler() {
    for example in [
        "axum-app",
        "github",
        "observed",
        "quickstart",
        "rooms",
        "telegram",
    ] {
        let build = std::fs::read_to_string(repository(&format!("examples/{example}/build.rs")));
        let build = build.unwrap();
        let (_, name) = build.split_once("definitions/").unwrap();
        let (name, _) = name.split_once('"').unwrap();
        let definition = repository("definitions").join(name);
        let package = repository("examples").join(example);
        let outcome = missing_in(&definition, &package);
        assert_eq!(
            (outcome.output.as_str(), outcome.errors.as_str()),
            ("", "no handler is missing\n"),
            "{example}"
        );
    }
}

#[test]
fn a_channel_is_missing_if_one_of_its_shared_messages_is() {
    let folder = scratch("missing-shared");
    write(&folder, "Cargo.toml", "[package]\nname = \"rooms\"\n");
    let source = "use crate::rooms::channels::{self, TextMessage};\n\
                  impl channels::SharedMessage<TextMessage> for Rooms {}\n";
    write(&folder, "src/main.rs", source);
    let outcome = missing_in(&repository("definitions/rooms.yaml"), &folder);
    let channels = ["channels::Direct", "channels::Room", "channels::Thread"];
    assert_eq!(traits(&outcome)[1..], channels);
}

const TODAY: &str = "\
name: shop
version: 2.0.0
migratesFrom: [old.yaml]
configurations:
  token: { schema: { type: object, properties: { token: { type: string } }, required: [token] } }
states:
  cursor: { type: integration, schema: { type: object, properties: { page: { type: integer } }, required: [page] } }
  kept: { type: integration, schema: { type: object, properties: { at: { type: string } } } }
";

const OLD: &str = "\
name: shop
version: 1.0.0
configurations:
  key: { schema: { type: object, properties: { key: { type: string } }, required: [key] } }
states:
  cursor: { type: integration, schema: { type: object, properties: { page: { type: string } }, required: [page] } }
  kept: { type: integration, schema: { type: object, properties: { at: { type: string } } } }
  gone: { type: integration, schema: { type: object } }
";

/// What a package with this source lacks of the migrations of a definition with an older version.
fn missing_migrations(test: &str, source: &str) -> Outcome {
    let folder = scratch(test);
    write(&folder, "old.yaml", OLD);
    let definition = write(&folder, "definition.yaml", TODAY);
    write(&folder, "Cargo.toml", "[package]\nname = \"shop\"\n");
    let lifecycle = "impl crate::shop::Integration for Shop {}\n";
    write(&folder, "src/lib.rs", format!("{lifecycle}{source}"));
    missing_in(&definition, &folder)
}

#[test]
fn the_migrations_that_a_package_lacks_are_printed() {
    let outcome = missing_migrations("missing-migrations", "");
    let both = [
        "MigrateFrom<v1::Configuration>",
        "MigrateFrom<v1::CursorState>",
    ];
    assert_eq!(
        traits(&outcome),
        both,
        "what fits today, or is gone, needs none"
    );
    assert_eq!(
        outcome.errors,
        "no handler is missing\n2 of 2 migrations are missing\n"
    );
    snapshots("stubs").bind(|| insta::assert_snapshot!("migrations", outcome.output));
}

#[test]
fn a_migration_is_found_by_every_form_of_an_import() {
    for source in [
        "impl contexture::MigrateFrom<crate::shop::v1::CursorState> for crate::shop::CursorState {}",
        "use crate::shop::{CursorState, v1}; use contexture::MigrateFrom; impl MigrateFrom<v1::CursorState> for CursorState {}",
        "use crate::shop::v1 as first; impl MigrateFrom<first::CursorState> for CursorState {}",
        "use crate::shop::v1::CursorState as Old; impl MigrateFrom<Old> for CursorState {}",
    ] {
        let outcome = missing_migrations("missing-migration-forms", source);
        assert_eq!(
            traits(&outcome),
            ["MigrateFrom<v1::Configuration>"],
            "{source}"
        );
    }
    for source in [
        "impl MigrateFrom<v2::CursorState> for CursorState {}",
        "impl MigrateFrom<v1::CursorState> for Other {}",
        "impl From<v1::CursorState> for CursorState {}",
    ] {
        let outcome = missing_migrations("missing-migration-others", source);
        assert_eq!(traits(&outcome).len(), 2, "{source}");
    }
}

#[test]
fn migrations_are_written_into_one_file() {
    let folder = scratch("missing-migrations-out");
    write(&folder, "old.yaml", OLD);
    let definition = write(&folder, "definition.yaml", TODAY);
    let out = folder.join("src");
    let arguments = [definition.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let outcome = contexture(&[&["stubs"], arguments.as_slice()].concat());
    assert_eq!(outcome.status, 0, "{}", outcome.errors);
    let text = std::fs::read_to_string(out.join("migrations.rs")).unwrap();
    assert!(text.starts_with("//! What older versions stored"), "{text}");
    let modules = std::fs::read_to_string(out.join("mod.rs")).unwrap();
    assert!(modules.contains("mod migrations;"), "{modules}");
}
