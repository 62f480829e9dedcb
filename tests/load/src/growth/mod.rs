//! How rate, memory, start and size of an integration grow with what it is given: actions, configurations, bodies,
//! connections. Written as tables and as a picture into `docs/`.

mod figure;
mod markdown;
pub(crate) mod packages;
mod picture;
mod sweeps;

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::machine;
use crate::options::Options;
use crate::server::work_folder;

/// Where the results are written, seen from the repository's folder.
const TABLES: &str = "docs/growth.md";
const PICTURE: &str = "docs/growth.svg";

/// Writes the packages with many actions, which the script builds.
pub(crate) fn write_packages(official_sdk: Option<&Path>) -> io::Result<()> {
    packages::write(&folder()?, &packages::ACTIONS, official_sdk)
}

/// Measures all growth and writes the results.
pub(crate) fn measure(options: &Options) -> io::Result<()> {
    let sweeps = sweeps::measure(options, &folder()?)?;
    let figures: Vec<_> = sweeps.iter().flat_map(figure::figures).collect();
    fs::write(
        TABLES,
        markdown::write(&machine::describe(), options.growth_rounds, &sweeps),
    )?;
    fs::write(PICTURE, picture::draw(&figures))?;
    eprintln!("  wrote {TABLES} and {PICTURE}");
    Ok(())
}

fn folder() -> io::Result<PathBuf> {
    Ok(work_folder()?.join("growth"))
}
