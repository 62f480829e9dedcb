//! The time from a saved definition to a program that is built again.

use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs, io};

use serde_json::json;

use super::median;
use crate::growth::packages::{self, DEFINITION};
use crate::options::Options;
use crate::server::work_folder;
use crate::table::Table;

/// The actions of the definition.
const ACTIONS: usize = 26;

/// The most seconds, on one core.
const MOST: f64 = 3.0;

pub(crate) fn measure(options: &Options, table: &mut Table) -> io::Result<()> {
    let folder = work_folder()?.join("edit");
    packages::write(&folder, &[ACTIONS], None)?;
    let file = folder.join(packages::name(ACTIONS)).join(DEFINITION);
    build(&folder)?;
    let mut definition = packages::definition(ACTIONS);
    let mut times = Vec::new();
    for field in 0..options.rounds {
        let action = &mut definition["actions"][packages::action_name(1)];
        action["input"]["schema"]["properties"][format!("field{field}")] =
            json!({ "type": "string", "title": "A field", "description": "It is new." });
        fs::write(&file, definition.to_string())?;
        let start = Instant::now();
        build(&folder)?;
        times.push(start.elapsed().as_secs_f64());
    }
    let time = median(times);
    table.full(
        &format!(
            "a field more in a definition of {ACTIONS} actions, until the program is built (debug)"
        ),
        format!("{time:.1} s"),
        &format!("at most {MOST} s"),
        time <= MOST,
    );
    Ok(())
}

/// Builds the package, without the network and without optimization.
fn build(folder: &Path) -> io::Result<()> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--offline"])
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .status()?;
    if built.success() {
        Ok(())
    } else {
        Err(io::Error::other("the package does not build"))
    }
}
