//! The options of the program.

use std::path::PathBuf;
use std::time::Duration;

/// The available measurements, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measurement {
    Rate,
    Latency,
    Start,
    Message,
    Count,
    Stop,
    Soak,
    Hostile,
    Edit,
    Growth,
}

impl Measurement {
    const ALL: [(&'static str, Self); 10] = [
        ("rate", Self::Rate),
        ("latency", Self::Latency),
        ("start", Self::Start),
        ("message", Self::Message),
        ("count", Self::Count),
        ("stop", Self::Stop),
        ("soak", Self::Soak),
        ("hostile", Self::Hostile),
        ("edit", Self::Edit),
        ("growth", Self::Growth),
    ];
}

pub(crate) struct Options {
    pub(crate) measurements: Vec<Measurement>,
    /// Whether the run judges everything.
    pub(crate) is_full: bool,
    /// Whether the counts of this run are the accepted ones from now on.
    pub(crate) accept: bool,
    pub(crate) rounds: usize,
    /// The duration of the load in each round.
    pub(crate) round: Duration,
    /// The duration of the measurement with many connections.
    pub(crate) soak: Duration,
    /// The duration of honest traffic without an attack, and during one.
    pub(crate) siege: Duration,
    /// The rounds of each point of a curve, and the duration of the load in each.
    pub(crate) growth_rounds: usize,
    pub(crate) growth_round: Duration,
    /// Whether the program only writes the packages that `growth` measures.
    pub(crate) writes_packages: bool,
    /// The folder with the official SDK.
    pub(crate) official: Option<PathBuf>,
}

impl Options {
    /// Reads the arguments; `CONTEXTURE_OFFICIAL_SDK` names the folder where the official SDK is installed.
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            measurements: Measurement::ALL.map(|(_, measurement)| measurement).into(),
            is_full: true,
            accept: false,
            rounds: 9,
            round: Duration::from_secs(5),
            soak: Duration::from_mins(1),
            siege: Duration::from_secs(20),
            growth_rounds: 3,
            growth_round: Duration::from_millis(1500),
            writes_packages: false,
            official: std::env::var_os("CONTEXTURE_OFFICIAL_SDK").map(PathBuf::from),
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--quick" => options.shorten(),
                "--write-packages" => options.writes_packages = true,
                "--accept" => options.accept = true,
                "--only" => {
                    let names = arguments.next().ok_or("--only needs a list of names")?;
                    options.measurements = read_measurements(&names)?;
                }
                other => return Err(format!("unknown argument {other}")),
            }
        }
        Ok(options)
    }

    fn shorten(&mut self) {
        self.is_full = false;
        self.rounds = 1;
        self.round = Duration::from_secs(2);
        self.soak = Duration::from_secs(12);
        self.siege = Duration::from_secs(8);
        self.growth_rounds = 1;
        self.growth_round = Duration::from_secs(1);
    }
}

fn read_measurements(names: &str) -> Result<Vec<Measurement>, String> {
    let find = |name: &str| {
        let found = Measurement::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, measurement)| *measurement)
    };
    names
        .split(',')
        .map(|name| find(name).ok_or_else(|| format!("there is no measurement `{name}`")))
        .collect()
}
