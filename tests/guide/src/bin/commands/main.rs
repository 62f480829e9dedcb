//! Runs the commands of the guide, as a reader would, in an empty folder.
//!
//! ```text
//! cargo build -p contexture-cli
//! cargo run -p contexture-guide --bin guide-commands                    # or the names of some chapters behind it
//! ```
//!
//! Runs each `sh` block of each chapter in order, with the command `contexture` that lies beside this program, and without
//! the network. A block stays in the folder in which the one before it ended. The chapters about the definition and about
//! publishing begin in a folder with the definition, and before the chapter about tests the handlers of the guide are put
//! into the project. The chapter about publishing finds the credentials of an emulator, which stands for Botpress.
//! Projects are built into the target folder of this program. Fails at the first command that fails. Blocks marked as
//! `sh long` go on until they are ended, need the network, or take minutes; they are not run.
#![expect(clippy::print_stdout, reason = "this program prints a report")]

mod botpress;
#[path = "../../../it/chapters.rs"]
mod chapters;

use std::error::Error;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use self::botpress::Botpress;
use self::chapters::{Block, blocks, folder};

fn main() -> ExitCode {
    match run_all() {
        Ok(count) => {
            println!("{count} blocks of commands succeed");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs all blocks; gives their number.
fn run_all() -> Result<usize, Box<dyn Error>> {
    let programs = programs()?;
    let scratch = tempfile::tempdir()?;
    let botpress = Botpress::start(scratch.path())?;
    let mut place = scratch.path().join("first");
    fs::create_dir(&place)?;
    let named: Vec<_> = env::args().skip(1).collect();
    let mut chapter = String::new();
    let mut count = 0;
    for block in blocks() {
        if !named.is_empty() && !named.contains(&block.chapter) {
            continue;
        }
        if block.chapter != chapter {
            chapter.clone_from(&block.chapter);
            place = begin(&chapter, scratch.path(), place)?;
        }
        if block.language == "sh" {
            let variables = botpress.variables(&chapter);
            place = run(&block, &place, &programs, (scratch.path(), variables))?;
            count += 1;
        }
    }
    Ok(count)
}

/// The folder with the command `contexture`.
fn programs() -> Result<PathBuf, Box<dyn Error>> {
    let program = env::current_exe()?;
    let programs = program.parent().ok_or("this program is in no folder")?;
    let command = programs.join("contexture");
    if !command.exists() {
        let missing = command.display();
        return Err(format!("{missing} is missing: cargo build -p contexture-cli").into());
    }
    Ok(programs.to_owned())
}

/// Prepares a chapter; gives the folder in which it begins.
fn begin(chapter: &str, scratch: &Path, place: PathBuf) -> io::Result<PathBuf> {
    match chapter {
        "definition.md" | "publishing.md" => {
            let place = scratch.join(chapter.trim_end_matches(".md"));
            fs::create_dir(&place)?;
            let definition = folder().join("definition.yaml");
            fs::copy(definition, place.join("definition.yaml"))?;
            Ok(place)
        }
        "testing.md" => {
            let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
            for entry in ["access.rs", "assignment.rs", "handlers", "tests.rs"] {
                copy(&sources.join(entry), &place.join("src").join(entry))?;
            }
            let main = fs::read_to_string(sources.join("main.rs"))?;
            fs::write(place.join("src/main.rs"), without_own_tests(&main))?;
            Ok(place)
        }
        _ => Ok(place),
    }
}

/// `main.rs` without the tests that compare it with the guide.
fn without_own_tests(main: &str) -> String {
    let own = ["answers", "variants"].map(|name| format!("#[cfg(test)]\nmod {name};\n"));
    own.iter()
        .fold(main.to_owned(), |main, own| main.replace(own, ""))
}

/// Copies a file, or a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Runs the commands of a block; gives the folder in which they end.
fn run(
    block: &Block,
    place: &Path,
    programs: &Path,
    (scratch, variables): (&Path, &[(&str, String)]),
) -> Result<PathBuf, Box<dyn Error>> {
    println!("== {}\n{}", block.chapter, block.code.trim_end());
    let end = scratch.join("end");
    let script = format!("{}\npwd > \"$GUIDE_END\"\n", block.code);
    let target = programs.parent().ok_or("the programs are in no folder")?;
    let status = Command::new("sh")
        .args(["-e", "-c", &script])
        .current_dir(place)
        .env("PATH", path_with(programs)?)
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TARGET_DIR", target)
        .env("GUIDE_END", &end)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .status()?;
    if !status.success() {
        return Err(format!("{}: {status} for\n{}", block.chapter, block.code).into());
    }
    Ok(PathBuf::from(fs::read_to_string(&end)?.trim_end()))
}

/// The variable `PATH`, with a folder before all others.
fn path_with(programs: &Path) -> Result<OsString, Box<dyn Error>> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(programs.to_owned()).chain(env::split_paths(&path));
    Ok(env::join_paths(folders)?)
}
