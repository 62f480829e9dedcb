//! What a question about two schemas may take.

use std::time::Duration;

use clap::Args;

/// The most memory that a question may take by default, in mebibytes.
const MEMORY: u64 = 1024;

/// What a question about two schemas may take.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Bounds {
    /// The most seconds that a question about two schemas may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=600))]
    limit: u64,
    /// The most memory that a question may take, in mebibytes.
    #[arg(long, hide = true, default_value_t = MEMORY)]
    pub(super) memory: u64,
}

impl Bounds {
    /// These bounds of time, and the usual one of memory.
    pub(crate) const fn within_seconds(limit: u64) -> Self {
        Self {
            limit,
            memory: MEMORY,
        }
    }

    /// The most time that a question may take.
    pub(super) const fn time(&self) -> Duration {
        Duration::from_secs(self.limit)
    }

    /// The bounds as arguments.
    pub(super) fn to_arguments(self) -> [String; 4] {
        [
            "--limit".to_owned(),
            self.limit.to_string(),
            "--memory".to_owned(),
            self.memory.to_string(),
        ]
    }
}
