//! The package of an integration, as cargo knows it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use syn::visit::{self, Visit};

use crate::Outcome;
use crate::definition_file;

/// The package that is run.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) folder: PathBuf,
    pub(crate) manifest: PathBuf,
    /// The manifest of its workspace, which may be its own.
    pub(crate) workspace: PathBuf,
    pub(crate) target: PathBuf,
    /// The program.
    pub(crate) bin: String,
    pub(crate) definition: PathBuf,
}

impl Package {
    /// Finds the package of a folder.
    pub(crate) fn find(
        folder: &Path,
        bin: Option<&str>,
        definition: Option<&Path>,
    ) -> Result<Self, Outcome> {
        let metadata = metadata(folder)?;
        let package = choose(&metadata, folder)?;
        let manifest = path(&package["manifest_path"]);
        let folder = manifest.parent().unwrap_or(folder).to_owned();
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            name: text("name"),
            version: text("version"),
            bin: choose_bin(package, bin)?,
            definition: definition_of(&folder, definition)?,
            workspace: path(&metadata["workspace_root"]).join("Cargo.toml"),
            target: path(&metadata["target_directory"]),
            folder,
            manifest,
        })
    }
}

/// The folder of the package around a folder, without cargo.
pub(crate) fn folder_around(folder: &Path) -> Option<PathBuf> {
    let folder = std::path::absolute(folder).ok()?;
    let mut folders = folder.ancestors();
    let found = folders.find(|folder| folder.join("Cargo.toml").is_file());
    found.map(Path::to_owned)
}

/// The program `cargo`, which cargo names for its subcommands.
pub(crate) fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn metadata(folder: &Path) -> Result<Value, Outcome> {
    let mut command = Command::new(cargo());
    command
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(folder)
        .stdin(Stdio::null());
    let output = command.output().map_err(|error| {
        let shown = folder.display();
        Outcome::failure(format!("error: cannot run cargo in {shown}: {error}\n"))
    })?;
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout).unwrap_or_default());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(Outcome::failure(format!(
        "{errors}help: run this in the folder of an integration; `contexture new hello` makes one\n"
    )))
}

/// The package that a folder is in, or the only one of a workspace.
fn choose<'a>(metadata: &'a Value, folder: &Path) -> Result<&'a Value, Outcome> {
    let packages = metadata["packages"].as_array();
    let packages = packages.map(Vec::as_slice).unwrap_or_default();
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let around = |package: &&Value| {
        let manifest = path(&package["manifest_path"]);
        let around = manifest
            .parent()
            .and_then(|around| fs::canonicalize(around).ok());
        around.is_some_and(|around| folder.starts_with(around))
    };
    let length = |package: &&Value| package["manifest_path"].as_str().map_or(0, str::len);
    match (packages.iter().filter(around).max_by_key(length), packages) {
        (Some(package), _) | (None, [package]) => Ok(package),
        (None, _) => Err(Outcome::wrong_usage(format!(
            "error: this folder is a workspace of several packages\n\
             help: name the folder of one, such as `{}`\n",
            likely(packages, &folder)
        ))),
    }
}

/// The folder of the first package that has a program.
fn likely(packages: &[Value], folder: &Path) -> String {
    let mut with_programs = packages.iter().filter(|package| !bins(package).is_empty());
    let manifest = with_programs
        .next()
        .map(|package| path(&package["manifest_path"]));
    let found = manifest.as_deref().and_then(Path::parent);
    let shown = found.map(|found| found.strip_prefix(folder).unwrap_or(found));
    shown.map_or_else(|| "DIR".to_owned(), |shown| shown.display().to_string())
}

/// The names of a package's programs.
fn bins(package: &Value) -> Vec<&str> {
    let is_bin = |target: &&Value| {
        let kinds = target["kind"].as_array();
        kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "bin"))
    };
    let targets = package["targets"].as_array().into_iter().flatten();
    let bins = targets.filter(is_bin);
    bins.filter_map(|target| target["name"].as_str()).collect()
}

fn choose_bin(package: &Value, wanted: Option<&str>) -> Result<String, Outcome> {
    let name = package["name"].as_str().unwrap_or_default();
    let bins = bins(package);
    let preferred = wanted
        .or_else(|| package["default_run"].as_str())
        .or(match bins.as_slice() {
            [only] => Some(only),
            _ => Some(name),
        });
    let found = bins.iter().find(|bin| Some(**bin) == preferred);
    if let Some(bin) = found {
        return Ok((*bin).to_owned());
    }
    Err(Outcome::failure(match bins.as_slice() {
        [] => format!(
            "error: the package `{name}` has no program: it has no src/main.rs\n\
             help: serve the integration there, as the main.rs of `contexture new` does\n"
        ),
        bins => format!(
            "error: it is not clear which program of the package `{name}` serves the integration\n\
             help: choose one with `--bin`: {}\n",
            bins.join(", ")
        ),
    }))
}

/// The definition that is named, that of the folder, or that of the build script.
fn definition_of(folder: &Path, named: Option<&Path>) -> Result<PathBuf, Outcome> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let beside = definition_file::in_folder(folder);
    beside.or_else(|| compiled(folder)).ok_or_else(|| {
        Outcome::failure(format!(
            "error: {} has no definition: neither a definition.yaml, nor a build.rs with `contexture_codegen::compile(\"…\")`\n\
             help: name it with `--definition FILE`\n",
            folder.display()
        ))
    })
}

/// The definition that the build script compiles.
fn compiled(folder: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(folder.join("build.rs")).ok()?;
    let mut found = Compiled(None);
    found.visit_file(&syn::parse_file(&text).ok()?);
    found.0.map(|file| folder.join(file))
}

struct Compiled(Option<String>);

impl Visit<'_> for Compiled {
    fn visit_expr_call(&mut self, call: &syn::ExprCall) {
        let is_compile = |path: &syn::Path| {
            let last = path.segments.last();
            last.is_some_and(|last| last.ident == "compile" || last.ident == "new")
        };
        if let (syn::Expr::Path(function), Some(syn::Expr::Lit(file))) =
            (&*call.func, call.args.first())
            && is_compile(&function.path)
            && let syn::Lit::Str(file) = &file.lit
        {
            self.0 = Some(file.value());
        }
        visit::visit_expr_call(self, call);
    }
}

fn path(value: &Value) -> PathBuf {
    PathBuf::from(value.as_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn bin(bins: &[&str], wanted: Option<&str>) -> Result<String, String> {
        let targets: Vec<_> = bins
            .iter()
            .map(|name| json!({ "kind": ["bin"], "name": name }))
            .collect();
        choose_bin(&json!({ "name": "shop", "targets": targets }), wanted)
            .map_err(|outcome| outcome.errors)
    }

    #[test]
    fn the_program_is_the_only_one_or_has_the_name_of_the_package() {
        assert_eq!(bin(&["serve"], None).unwrap(), "serve");
        assert_eq!(bin(&["serve", "shop"], None).unwrap(), "shop");
        assert_eq!(bin(&["serve", "shop"], Some("serve")).unwrap(), "serve");
    }

    #[test]
    fn a_package_without_a_clear_program_is_told_what_to_do() {
        assert!(bin(&[], None).unwrap_err().contains("no src/main.rs"));
        assert!(
            bin(&["a", "b"], None)
                .unwrap_err()
                .contains("`--bin`: a, b")
        );
        assert!(bin(&["a"], Some("c")).unwrap_err().contains("`--bin`: a"));
    }

    #[test]
    fn the_definition_of_a_build_script_is_read() {
        let mut found = Compiled(None);
        let script = "fn main() { contexture_codegen::compile(\"acme.yaml\"); }";
        found.visit_file(&syn::parse_file(script).unwrap());
        assert_eq!(found.0.as_deref(), Some("acme.yaml"));
    }
}
