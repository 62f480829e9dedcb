//! The command `contexture`: its output and its exit status.

use std::fs;
use std::path::{MAIN_SEPARATOR, Path};

use contexture_cli::Outcome;
use serde_json::Value;

use crate::support::{repository, scratch, write};

fn contexture(arguments: &[&str]) -> Outcome {
    contexture_cli::run(["contexture"].iter().chain(arguments), false)
}

/// The five most common mistakes of authors, one in each file, with lines of the output.
const MISTAKES: [(&str, &str, &[&str]); 5] = [
    (
        "broken.yaml",
        "name: broken\nversion: 1.0.0\nactions: { list: [\n",
        &["error[C0002]: invalid YAML", " --> broken.yaml:3:18"],
    ),
    (
        "type.yaml",
        "name: type\nversion: 1.0.0\nconfiguration:\n  schema:\n    type: objct\n",
        &[
            "error[C0301]: unknown type `objct`",
            " --> type.yaml:5:11",
            "did you mean `object`?",
        ],
    ),
    (
        "fold.yaml",
        "name: fold\nversion: 1.0.0\nconfiguration:\n  schema:\n    type: object\n    properties:\n      \
         apiKey: { x-rust-name: key }\n      api-key: { x-rust-name: key }\n",
        &[
            "error[C0401]: two things are called `key`",
            " --> fold.yaml:8:31",
            "7 |       apiKey: { x-rust-name: key }",
        ],
    ),
    (
        "entity.json",
        "{\n  \"name\": \"entity\",\n  \"version\": \"1.0.0\",\n  \"events\": {\n    \"sold\": { \"schema\": \
         { \"$ref\": \"#/entities/item\" } }\n  }\n}\n",
        &[
            "error[C0201]: there is no entity `item`",
            " --> entity.json:5:35",
        ],
    ),
    (
        "twice.yaml",
        "name: twice\nversion: 1.0.0\nactions:\n  run: { input: { schema: {} }, output: { schema: {} } }\n  \
         run: { input: { schema: {} }, output: { schema: {} } }\n",
        &[
            "error[C0003]: the action `run` is declared twice",
            " --> twice.yaml:5:3",
            "4 |   run:",
        ],
    ),
];

/// Writes the five files; returns their paths.
fn mistakes(test: &str) -> Vec<String> {
    let folder = scratch(test);
    let paths = MISTAKES
        .iter()
        .map(|(name, text, _)| write(&folder, name, text));
    paths.map(|path| path.display().to_string()).collect()
}

#[test]
fn five_files_with_a_mistake_each_draw_five_diagnostics() {
    let files = mistakes("five");
    let arguments: Vec<&str> = ["check"]
        .into_iter()
        .chain(files.iter().map(String::as_str))
        .collect();
    let outcome = contexture(&arguments);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
    let drawn: Vec<&str> = outcome.errors.split("\n\n").collect();
    assert_eq!(drawn.len(), 6, "{}", outcome.errors);
    let folder = Path::new(&files[0]).parent().unwrap();
    for ((_, _, wanted), drawn) in MISTAKES.iter().zip(&drawn) {
        let drawn = drawn.replace(&format!("{}{MAIN_SEPARATOR}", folder.display()), "");
        for part in *wanted {
            assert!(drawn.contains(part), "`{part}` is missing in\n{drawn}");
        }
    }
    assert_eq!(drawn[5], "checked 5 definitions: 5 errors, 0 warnings\n");
}

#[test]
fn the_json_format_prints_findings_as_one_array() {
    let files = mistakes("json");
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(files.iter().map(String::as_str));
    let outcome = contexture(&arguments);
    assert_eq!((outcome.status, outcome.errors.as_str()), (1, ""));
    let found: Value = serde_json::from_str(&outcome.output).unwrap();
    let places: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["line"].as_u64().unwrap()))
        .collect();
    let expected = [
        ("C0002", 3),
        ("C0301", 5),
        ("C0401", 8),
        ("C0201", 5),
        ("C0003", 5),
    ];
    assert_eq!(places, expected);
    for (one, file) in found.as_array().unwrap().iter().zip(&files) {
        assert_eq!(one["severity"], "error");
        assert!(file.ends_with(one["file"].as_str().unwrap()), "{one}");
        assert!(
            one["message"].is_string() && one["column"].is_u64(),
            "{one}"
        );
    }
    assert_eq!(found[4]["labels"][0]["line"], 4);
}

#[test]
fn definitions_without_a_mistake_pass() {
    for format in ["human", "json"] {
        let github = repository("definitions/github.yaml");
        let minimal = repository("definitions/minimal.json");
        let (github, minimal) = (github.to_str().unwrap(), minimal.to_str().unwrap());
        let arguments = [
            "check",
            github,
            minimal,
            "--deny-warnings",
            "--format",
            format,
        ];
        let outcome = contexture(&arguments);
        assert_eq!(outcome.status, 0, "{outcome:?}");
        match format {
            "json" => assert_eq!(outcome.output, "[]\n"),
            _ => assert_eq!(
                outcome.errors,
                "checked 2 definitions: 0 errors, 0 warnings\n"
            ),
        }
    }
}

#[test]
fn a_warning_fails_only_if_it_is_denied() {
    let file = "fixtures/refused/secret-with-value.yaml";
    let outcome = contexture(&["check", file]);
    assert_eq!(outcome.status, 0);
    assert!(
        outcome.errors.starts_with("warning[C0502]"),
        "{}",
        outcome.errors
    );
    assert!(
        outcome
            .errors
            .ends_with("checked 1 definition: 0 errors, 5 warnings\n")
    );
    let denied = contexture(&["check", "--deny-warnings", file]);
    assert_eq!((denied.status, denied.errors), (1, outcome.errors));
}

#[test]
fn colors_are_printed_on_request() {
    let arguments = ["contexture", "check", "fixtures/refused/unknown-type.yaml"];
    let plain = contexture_cli::run(arguments, false).errors;
    let colored = contexture_cli::run(arguments, true).errors;
    assert_eq!(without_colors(&plain), plain);
    assert_eq!(without_colors(&colored), plain);
    // Bold and bright red, for the word and its code.
    let title = "\u{1b}[1m\u{1b}[91merror[C0301]\u{1b}[0m";
    assert!(colored.starts_with(title), "{colored:?}");
    // Every line resets its colors, so that other output between the lines is not colored.
    for line in colored.lines() {
        let is_closed = line
            .rsplit_once("\u{1b}[")
            .is_none_or(|(_, last)| last.starts_with("0m"));
        assert!(is_closed, "{line:?}");
    }
}

/// A text without the sequences that set colors: ESC, `[`, parameters, `m`.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (parameters, rest) = part.split_once('m').unwrap();
        assert!(
            parameters
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b';'),
            "{part:?}"
        );
        plain.push_str(rest);
    }
    plain
}

#[test]
fn a_generated_file_is_printed_or_written_with_the_same_bytes() {
    let out = scratch("generate").join("quickstart.rs");
    let definition = repository("definitions/quickstart.yaml");
    let (definition, out) = (definition.to_str().unwrap(), out.to_str().unwrap());
    let printed = contexture(&["generate", definition]);
    assert_eq!((printed.status, printed.errors.as_str()), (0, ""));

    let written = contexture(&["generate", definition, "--out", out]);
    assert_eq!((written.status, written.output.as_str()), (0, ""));
    assert_eq!(written.errors, format!("wrote {out}\n"));
    assert_eq!(fs::read_to_string(out).unwrap(), printed.output);

    let again = contexture(&["generate", definition, "--out", out]);
    assert_eq!(again.errors, format!("unchanged: {out}\n"));
}

#[test]
fn an_outdated_file_is_reported_with_the_command_to_run() {
    let folder = scratch("current");
    let definition = write(&folder, "shop.yaml", "name: shop\nversion: 1.0.0\n");
    let out = folder.join("shop.rs");
    let (definition, out) = (definition.to_str().unwrap(), out.to_str().unwrap());
    let command = ["generate", definition, "--out", out];
    let check = ["generate", definition, "--out", out, "--check"];
    let help = format!("help: run `contexture generate {definition} --out {out}`\n");

    let missing = contexture(&check);
    assert_eq!(missing.status, 1);
    assert!(missing.errors.ends_with(&help), "{}", missing.errors);
    assert!(!Path::new(out).exists(), "a check writes nothing");

    assert_eq!(contexture(&command).status, 0);
    assert_eq!(contexture(&check), Outcome::default());

    fs::write(definition, "name: shop\nversion: 1.0.1\n").unwrap();
    let stale = contexture(&check);
    let error = format!("error: {out} is not what {definition} generates\n{help}");
    assert_eq!((stale.status, stale.errors), (1, error));
    assert_eq!(contexture(&command).status, 0);
    assert_eq!(contexture(&check).status, 0);
}

#[test]
fn a_refused_definition_writes_nothing() {
    let out = scratch("refused").join("shop.rs");
    let file = "fixtures/refused/unknown-type.yaml";
    let arguments = ["generate", file, "--out", out.to_str().unwrap()];
    let outcome = contexture(&arguments);
    assert_eq!((outcome.status, outcome.output.as_str()), (1, ""));
    let summary = format!("error: {file} is refused: 1 error\n");
    assert!(outcome.errors.ends_with(&summary), "{}", outcome.errors);
    assert!(!out.exists());
}

#[test]
fn the_definition_is_not_replaced_by_generated_code() {
    let text = "name: shop\nversion: 1.0.0\n";
    let definition = write(&scratch("replaced"), "shop.yaml", text);
    let definition = definition.to_str().unwrap();
    let outcome = contexture(&["generate", definition, "--out", definition]);
    let error = format!("error: {definition} is the definition, and would be replaced\n");
    assert_eq!(outcome.status, 2);
    assert!(outcome.errors.starts_with(&error), "{}", outcome.errors);
    assert_eq!(fs::read_to_string(definition).unwrap(), text);
}

#[test]
fn a_file_that_cannot_be_written_is_an_error() {
    let out = scratch("unwritable").join("missing/shop.rs");
    let minimal = repository("definitions/minimal.json");
    let arguments = [
        "generate",
        minimal.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    let outcome = contexture(&arguments);
    let error = format!("error: cannot write {}: ", out.display());
    assert_eq!(outcome.status, 1);
    assert!(outcome.errors.starts_with(&error), "{}", outcome.errors);
}

/// A definition in `parts/` with a file in `shared/` beside it and an address of the network.
fn definition_of_folders(test: &str) -> [String; 3] {
    let folder = scratch(test);
    let schema = |reference| format!("{{ schema: {{ $ref: \"{reference}\" }} }}");
    let (order, price) = (
        schema("../shared/order.yaml"),
        schema("https://schemas.example.com/price.json"),
    );
    let contents =
        format!("name: shop\nversion: 1.0.0\nevents:\n  ordered: {order}\n  priced: {price}\n");
    write(
        &folder,
        "shared/order.yaml",
        "type: object\nproperties: { id: { type: string } }\n",
    );
    write(&folder, "remote/price.json", "{ \"type\": \"object\" }");
    let definition = write(&folder, "parts/shop.yaml", contents);
    [definition, folder.clone(), folder.join("remote")].map(|path| path.display().to_string())
}

#[test]
fn a_root_and_the_folder_of_an_address_are_read() {
    let [definition, root, remote] = definition_of_folders("folders");
    let remote = format!("https://schemas.example.com/={remote}");
    let found = |arguments: &[&str]| {
        let errors = contexture(arguments).errors;
        ["C0004", "C0203"].map(|code| errors.contains(code))
    };
    let check = ["check", &definition];
    assert_eq!(found(&check), [true, true]);
    assert_eq!(
        found(&["check", &definition, "--root", &root]),
        [false, true]
    );
    assert_eq!(
        found(&["check", &definition, "--remote", &remote]),
        [true, false]
    );
    let both = ["--remote", &remote, "--root", &root];
    for options in [&["--deny-warnings"][..], &["--lint"]] {
        let checked = contexture(&[&check[..], &both, options].concat());
        assert_eq!(checked.status, 0, "{}", checked.errors);
    }

    let generated = contexture(&[&["generate", &definition][..], &both].concat());
    assert_eq!((generated.status, generated.errors.as_str()), (0, ""));
    assert!(generated.output.contains("pub struct OrderedEvent"));

    let out = format!("{root}/shop.rs");
    let stale = [
        &["generate", &definition, "--out", &out, "--check"][..],
        &both,
    ]
    .concat();
    let help = format!("--out {out} --root {root} --remote {remote}`\n");
    let stale = contexture(&stale);
    assert!(stale.errors.ends_with(&help), "{}", stale.errors);
}

#[test]
fn a_folder_that_does_not_exist_and_an_address_without_a_folder_are_wrong_use() {
    let definition = repository("definitions/minimal.json");
    let definition = definition.to_str().unwrap();
    for (option, value, reason) in [
        ("--root", "nowhere", "there is no folder `nowhere`"),
        (
            "--remote",
            "https://example.com",
            "expected an address and a folder",
        ),
        (
            "--remote",
            "https://example.com=nowhere",
            "there is no folder `nowhere`",
        ),
        (
            "--remote",
            "schemas=.",
            "`schemas` is not an address of the network",
        ),
        (
            "--remote",
            "https://=.",
            "`https://` is not an address of the network",
        ),
    ] {
        for command in ["check", "generate"] {
            let outcome = contexture(&[command, definition, option, value]);
            assert_eq!(outcome.status, 2, "{option} {value}");
            assert!(outcome.errors.contains(reason), "{}", outcome.errors);
        }
    }
}

#[test]
fn wrong_use_ends_with_status_2() {
    let wrong: [&[&str]; 6] = [
        &[],
        &["check"],
        &["check", "--format", "xml", "a.yaml"],
        &["generate"],
        &["generate", "a.yaml", "--check"],
        &["publish", "a.yaml"],
    ];
    for arguments in wrong {
        let outcome = contexture(arguments);
        assert_eq!(
            (outcome.status, outcome.output.as_str()),
            (2, ""),
            "{arguments:?}"
        );
        assert!(outcome.errors.contains("--help"), "{}", outcome.errors);
    }
}

#[test]
fn the_help_and_the_version_are_no_wrong_use() {
    let help = contexture(&["--help"]);
    assert_eq!((help.status, help.errors.as_str()), (0, ""));
    assert!(help.output.contains("Exit status: 0"), "{}", help.output);
    let version = contexture(&["--version"]);
    assert_eq!(version.status, 0);
    assert_eq!(
        version.output,
        format!("contexture {}\n", env!("CARGO_PKG_VERSION"))
    );
}
