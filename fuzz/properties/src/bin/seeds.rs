//! Writes the seeds for fuzzing, a folder for each target.
//!
//! ```text
//! cargo run -p contexture-fuzz --bin seeds -- fuzz/corpus [FOLDER]…
//! ```
//!
//! It makes them from the definitions of the repository and from the files in the other folders.

use std::path::PathBuf;
use std::{env, fs, io};

use contexture_fuzz::seeds::TARGETS;

fn main() -> io::Result<()> {
    let mut folders = env::args_os().skip(1).map(PathBuf::from);
    let out = folders
        .next()
        .ok_or_else(|| io::Error::other("usage: seeds OUT [FOLDER]…"))?;
    let folders: Vec<_> = folders.collect();
    for target in TARGETS {
        let out = out.join(target.name);
        fs::create_dir_all(&out)?;
        for (index, seed) in target.seeds(&folders).iter().enumerate() {
            fs::write(out.join(format!("seed-{index}")), seed)?;
        }
    }
    Ok(())
}
