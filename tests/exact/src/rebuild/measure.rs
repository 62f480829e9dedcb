//! The sequence of builds.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use super::package;
use crate::cargo::{Ran, cargo, run};
use crate::scratch::target;

/// The packages that were compiled again.
#[derive(Clone, Debug)]
pub struct Rebuilt {
    /// The packages that are compiled when nothing changed.
    pub untouched: BTreeSet<String>,
    /// The packages that are compiled when the definition has a new modification time and the same bytes.
    pub touched: BTreeSet<String>,
    /// Whether the generated file then has the same bytes.
    pub keeps_bytes: bool,
    /// Whether it then has the same modification time.
    pub keeps_time: bool,
    /// The packages that are compiled when the definition has another content.
    pub changed: BTreeSet<String>,
    /// Whether the generated file then has other bytes, as required.
    pub follows: bool,
}

impl Rebuilt {
    /// Whether no unnecessary package is compiled, and a change reaches the generated file.
    #[must_use]
    pub fn is_least(&self) -> bool {
        let own = BTreeSet::from([package::NAME.to_owned()]);
        self.untouched.is_empty()
            && self.touched.is_subset(&own)
            && self.keeps_bytes
            && self.keeps_time
            && self.changed == own
            && self.follows
    }
}

/// Builds a separate package in a folder, without the network.
///
/// # Errors
///
/// Returns an error if the folder cannot be used or if the package does not build.
pub fn measure(folder: &Path) -> io::Result<Rebuilt> {
    package::write(folder)?;
    let definition = folder.join("definition.yaml");
    let generated = generated(&build(folder)?)?;
    let untouched = compiled(&build(folder)?);

    let before = (fs::read(&generated)?, fs::metadata(&generated)?.modified()?);
    let file = fs::File::options().write(true).open(&definition)?;
    file.set_modified(SystemTime::now())?;
    let touched = compiled(&build(folder)?);
    let after = (fs::read(&generated)?, fs::metadata(&generated)?.modified()?);

    fs::write(&definition, package::definition("Another shop"))?;
    let changed = compiled(&build(folder)?);
    Ok(Rebuilt {
        untouched,
        touched,
        keeps_bytes: before.0 == after.0,
        keeps_time: before.1 == after.1,
        changed,
        follows: fs::read(&generated)? != after.0,
    })
}

fn build(folder: &Path) -> io::Result<Ran> {
    let mut build = cargo(folder);
    build.args([
        "build",
        "--offline",
        "--message-format=json",
        "--target-dir",
    ]);
    let ran = run(build.arg(target(folder)))?;
    if ran.is_success {
        Ok(ran)
    } else {
        Err(io::Error::other(ran.errors))
    }
}

/// The packages with compiled artifacts.
fn compiled(ran: &Ran) -> BTreeSet<String> {
    let artifacts = ran
        .messages
        .iter()
        .filter(|message| message["reason"] == "compiler-artifact" && message["fresh"] == false);
    artifacts
        .filter_map(|artifact| package_of(artifact["package_id"].as_str()?))
        .collect()
}

/// The name in the identifier of a package: `path+file:///a/b#name@1.0.0`, or `path+file:///a/name#1.0.0`.
fn package_of(id: &str) -> Option<String> {
    let (path, rest) = id.rsplit_once('#')?;
    let name = match rest.split_once('@') {
        Some((name, _)) => name,
        None => path.rsplit('/').next()?,
    };
    Some(name.to_owned())
}

/// The generated file of the package.
fn generated(ran: &Ran) -> io::Result<PathBuf> {
    let own = ran.messages.iter().filter(|message| {
        let package = message["package_id"].as_str().and_then(package_of);
        message["reason"] == "build-script-executed" && package.as_deref() == Some(package::NAME)
    });
    let mut folders = own.filter_map(|message| message["out_dir"].as_str());
    folders
        .next()
        .map(|folder| Path::new(folder).join("definition.rs"))
        .ok_or_else(|| {
            io::Error::other("cargo does not report the output folder of the build script")
        })
}

/// Reports the packages that were compiled again.
#[must_use]
pub fn report(rebuilt: &Rebuilt) -> String {
    let mut text = String::new();
    let mut line = |what: &str, compiled: &BTreeSet<String>| {
        let compiled: Vec<_> = compiled.iter().map(String::as_str).collect();
        let compiled = if compiled.is_empty() {
            "nothing".to_owned()
        } else {
            compiled.join(", ")
        };
        writeln!(text, "{what}: {compiled} is compiled")
            .expect("writing to a string does not fail");
    };
    line("nothing changed", &rebuilt.untouched);
    line("definition touched but equal", &rebuilt.touched);
    line("definition changed", &rebuilt.changed);
    let Rebuilt {
        keeps_bytes,
        keeps_time,
        follows,
        ..
    } = rebuilt;
    writeln!(text, "touched but equal, the generated file keeps its bytes: {keeps_bytes}, its time: {keeps_time}")
        .expect("writing to a string does not fail");
    writeln!(text, "the generated file follows a change: {follows}")
        .expect("writing to a string does not fail");
    text
}

#[cfg(test)]
mod tests {
    use super::package_of;

    #[test]
    fn a_package_is_known_by_its_name() {
        assert_eq!(
            package_of("path+file:///a/b#name@1.0.0").as_deref(),
            Some("name")
        );
        assert_eq!(
            package_of("path+file:///a/name#1.0.0").as_deref(),
            Some("name")
        );
    }
}
