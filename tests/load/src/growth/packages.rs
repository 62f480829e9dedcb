//! Integrations with many actions: a package each, and a twin each on the official SDK.
//!
//! The first action is `hello` of the other servers. Each further one has a field of its own, so that no two have the
//! same types, and answers the same.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Map, Value, json};

/// The numbers of actions.
pub(crate) const ACTIONS: [usize; 3] = [10, 100, 1000];

/// The definition of a package.
pub(crate) const DEFINITION: &str = "definition.json";

/// The name of the package with this many actions, and of its program.
pub(crate) fn name(actions: usize) -> String {
    format!("actions-{actions}")
}

/// The file of the twin on the official SDK.
pub(crate) fn official(folder: &Path, actions: usize) -> PathBuf {
    folder.join(format!("{}.cjs", name(actions)))
}

/// Writes packages with these numbers of actions, as a workspace.
pub(crate) fn write(folder: &Path, all: &[usize], official_sdk: Option<&Path>) -> io::Result<()> {
    let repository = std::env::current_dir()?;
    fs::create_dir_all(folder)?;
    fs::write(folder.join("Cargo.toml"), workspace(&repository, all)?)?;
    fs::copy(repository.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    for &actions in all {
        let package = folder.join(name(actions));
        fs::create_dir_all(package.join("src"))?;
        write_changed(
            &package.join("Cargo.toml"),
            &manifest(&repository, &name(actions)),
        )?;
        write_changed(&package.join("build.rs"), BUILD)?;
        write_changed(&package.join(DEFINITION), &definition(actions).to_string())?;
        write_changed(&package.join("src/main.rs"), &main(actions))?;
        if let Some(sdk) = official_sdk {
            fs::write(official(folder, actions), twin(sdk, actions))?;
        }
    }
    Ok(())
}

/// Writes a file unless it has this text, so that cargo compiles only what has changed.
fn write_changed(path: &Path, text: &str) -> io::Result<()> {
    match fs::read_to_string(path) {
        Ok(known) if known == text => Ok(()),
        _ => fs::write(path, text),
    }
}

/// The manifest of all packages, with the profiles of a new project.
fn workspace(repository: &Path, all: &[usize]) -> io::Result<String> {
    let manifest = fs::read_to_string(repository.join("Cargo.toml"))?;
    let profile = manifest
        .split_once("[profile.release]\n")
        .map(|(_, rest)| rest);
    let profile = profile.ok_or_else(|| io::Error::other("Cargo.toml has no release profile"))?;
    let profile = profile.split("\n\n").next().unwrap_or_default();
    let members: Vec<_> = all.iter().copied().map(name).collect();
    Ok(format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n\
         [profile.dev.package.\"*\"]\ndebug = false\n\n[profile.release]\n{profile}\n"
    ))
}

fn manifest(repository: &Path, name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\ncontexture = {{ path = '{}' }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\
         tracing = {{ version = \"0.1\", default-features = false, features = [\"std\"] }}\n\n\
         [build-dependencies]\ncontexture-codegen = {{ path = '{}' }}\n",
        repository.join("runtime").display(),
        repository.join("codegen").display()
    )
}

const BUILD: &str = "fn main() {\n    contexture_codegen::compile(\"definition.json\");\n}\n";

/// The configuration of `definitions/parity.yaml`, and the actions.
pub(crate) fn definition(actions: usize) -> Value {
    let action = |index: usize| {
        let mut input = json!({ "name": { "type": "string" } });
        let mut output = json!({
            "message": { "type": "string" },
            "configurationType": { "anyOf": [{ "type": "string" }, { "type": "null" }] },
        });
        if index > 0 {
            input[field("amount", index)] = json!({ "type": "integer", "minimum": 0 });
            input[field("note", index)] = json!({ "type": "string", "maxLength": 200 });
            output[field("result", index)] = json!({ "type": "string" });
        }
        let schema = |properties, required: &[&str]| json!({ "schema": { "type": "object", "properties": properties, "required": required, "additionalProperties": false } });
        json!({
            "input": schema(input, &["name"]),
            "output": schema(output, &["message", "configurationType"]),
        })
    };
    let actions: Map<_, _> = (0..actions)
        .map(|index| (action_name(index), action(index)))
        .collect();
    let configuration = json!({
        "type": "object",
        "properties": {
            "apiKey": { "type": "string", "minLength": 1 },
            "region": { "type": "string", "enum": ["us", "eu", "asia"] },
            "debug": { "type": "boolean" },
        },
        "required": ["apiKey", "region"],
        "additionalProperties": false,
    });
    json!({
        "name": "growth",
        "version": "1.0.0",
        "configuration": { "schema": configuration },
        "actions": actions,
    })
}

fn field(name: &str, index: usize) -> String {
    format!("{name}{index}")
}

/// The name of an action.
pub(crate) fn action_name(index: usize) -> String {
    match index {
        0 => "hello".to_owned(),
        _ => format!("action{index}"),
    }
}

/// The input of an action.
pub(crate) fn input(index: usize) -> Value {
    match index {
        0 => json!({ "name": "Ada" }),
        _ => json!({ "name": "Ada", field("amount", index): index }),
    }
}

fn main(actions: usize) -> String {
    let mut program = MAIN.to_owned();
    for index in 0..actions {
        let method = action_name(index);
        let name = if index == 0 {
            "Hello".to_owned()
        } else {
            format!("Action{index}")
        };
        writeln!(
            program,
            "answer!({name} {method} {name}Input {name}Output);"
        )
        .expect("writing to a string does not fail");
    }
    program
}

/// The start of the program: what `contexture::serve` does, with as many connections as are measured.
const MAIN: &str = r#"contexture::include_definition!("definition");

use contexture::prelude::*;
use growth::{Context, actions};

struct Growth;

impl growth::Integration for Growth {
    async fn register(&self, _ctx: &Context, _webhook_url: &str) -> Result {
        Ok(())
    }
}

#[tokio::main]
async fn main() -> Result {
    let log = contexture::log::TracingSubscriber::new(&contexture::Environment::from_env());
    let _ = tracing::subscriber::set_global_default(log);
    let server = contexture::Server::new(growth::service(Growth));
    server.max_connections(16_384).max_concurrent_calls(16_384).run().await?;
    Ok(())
}

macro_rules! answer {
    ($trait:ident $method:ident $input:ident $output:ident) => {
        impl actions::$trait for Growth {
            async fn $method(&self, call: ActionCall<'_, Context>, input: actions::$input) -> Result<actions::$output> {
                call.set_cost(0.5);
                Ok(actions::$output::new(format!("hello {}", input.name), None))
            }
        }
    };
}

"#;

/// The program on the official SDK.
fn twin(sdk: &Path, actions: usize) -> String {
    let names: Vec<_> = (0..actions).map(action_name).collect();
    TWIN.replace(
        "SDK",
        &json!(sdk.join("node_modules/@botpress/sdk")).to_string(),
    )
    .replace("NAMES", &json!(names).to_string())
}

const TWIN: &str = "const sdk = require(SDK)
const actions = {}
for (const name of NAMES) {
  actions[name] = async ({ input, ctx, metadata }) => {
    metadata.setCost(0.5)
    return { message: `hello ${input.name}`, configurationType: ctx.configurationType }
  }
}
const nothing = async () => {}
new sdk.Integration({ register: nothing, unregister: nothing, handler: nothing, actions, channels: {} })
  .start(Number(process.env.PORT))
";
