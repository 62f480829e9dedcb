//! Paths and temporary files of tests.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// A path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package is in a folder of the repository");
    root.join(path)
}

/// Every definition of the repository, without `*.schema.json`, which describes the format.
pub(crate) fn definitions() -> Vec<PathBuf> {
    let mut definitions = files(&repository("definitions"));
    definitions.retain(|path| is_definition(path));
    definitions
}

/// Real definitions in the output form of `bp read --json`. `CONTEXTURE_CORPUS` names a folder that has them in
/// `integrations/`. There are none if it is not set.
#[expect(clippy::print_stderr, reason = "a skipped test reports it")]
pub(crate) fn real_definitions() -> Vec<PathBuf> {
    let Some(corpus) = env::var_os("CONTEXTURE_CORPUS") else {
        assert!(!is_ci(), "CONTEXTURE_CORPUS names no folder of definitions");
        eprintln!("skipped: CONTEXTURE_CORPUS names no folder of definitions");
        return Vec::new();
    };
    let mut definitions = files(&Path::new(&corpus).join("integrations"));
    definitions.retain(|path| has_ending(path, "json"));
    definitions
}

/// Whether a file is a definition.
pub(crate) fn is_definition(path: &Path) -> bool {
    has_ending(path, "yaml") || has_ending(path, "json") && !name_of(path).contains(".schema.")
}

/// Whether a file has this extension: `yaml`.
pub(crate) fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension == ending)
}

/// The files of a folder, in the order of their names.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = entries(folder);
    files.retain(|path| path.is_file());
    files
}

/// The files and folders of a folder, in the order of their names. Their paths are the same on all systems: snapshots
/// show them.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let path = folder.display();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .map(|entry| format!("{path}/{}", entry.unwrap().file_name().display()).into())
        .collect();
    entries.sort();
    entries
}

/// The name of a file: `github.yaml`.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The name of a file without its extension: `github`.
pub(crate) fn stem_of(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// An empty folder for the files of one test.
pub(crate) fn scratch(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file into a folder; returns its path.
pub(crate) fn write(folder: &Path, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap_or(folder)).unwrap();
    fs::write(&path, contents).unwrap();
    path
}

/// Whether this is a CI run, which must not skip tests.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|ci| ci == "true")
}

/// The settings of snapshots: plain names, in one folder, without metadata.
pub(crate) fn snapshots(folder: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository("tests/snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.remove_snapshot_suffix();
    settings
}

/// Reads a definition with another parser than the generator's. JSON is valid YAML, too.
pub(crate) fn read_value(path: &Path) -> serde_json::Value {
    let text = fs::read_to_string(path).unwrap();
    // In YAML 1.2 `y` is a string.
    let options = serde_saphyr::options! { strict_booleans: true };
    serde_saphyr::from_str_with_options(&text, options).unwrap()
}

/// Stands in for the compiler of scripts: parentheses must be closed.
pub(crate) fn compile_script(script: &str) -> Result<(), String> {
    let count = |wanted: char| script.chars().filter(|found| *found == wanted).count();
    if count('(') == count(')') {
        Ok(())
    } else {
        Err("\nerror[E203]: syntax error\n  unclosed parenthesis\n".to_owned())
    }
}
