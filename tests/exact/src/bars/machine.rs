//! The machine of a measurement.

use std::process::Command;
use std::{env, fs, thread};

/// A machine and its compiler.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The number of available cores.
    pub cores: usize,
    /// The model of the processor.
    pub processor: String,
    /// The compiler.
    pub compiler: String,
    /// The build profile of this program.
    pub profile: &'static str,
}

/// Describes this machine.
#[must_use]
pub fn machine() -> Machine {
    Machine {
        cores: thread::available_parallelism().map_or(1, usize::from),
        processor: processor().unwrap_or_else(|| env::consts::ARCH.to_owned()),
        compiler: compiler().unwrap_or_else(|| "an unknown compiler".to_owned()),
        profile: if cfg!(debug_assertions) {
            "debug"
        } else {
            "release"
        },
    }
}

fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn compiler() -> Option<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
