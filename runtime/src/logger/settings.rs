//! What is logged, and how it is written.

use std::fmt;

/// How urgent a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogLevel {
    /// Of use to whoever develops the integration.
    Debug,
    /// What happened.
    Info,
    /// What should not have happened, and did no harm.
    Warn,
    /// What failed.
    Error,
}

impl LogLevel {
    /// The levels, least urgent first.
    pub const ALL: &'static [Self] = &[Self::Debug, Self::Info, Self::Warn, Self::Error];

    /// Gives the name that the log writes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// Finds the level of this name, in any case of letters.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let named = |level: &&Self| level.as_str().eq_ignore_ascii_case(name);
        Self::ALL.iter().find(named).copied()
    }
}

impl fmt::Display for LogLevel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LogFormat {
    /// The message and nothing else.
    #[default]
    Text,
    /// One JSON object a line, as Botpress collects them.
    Json,
}

/// Which lines are written, and in which format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogSettings {
    /// The least urgent level that is written; `None` writes all of them.
    pub level: Option<LogLevel>,
    /// The format of a line.
    pub format: LogFormat,
}

impl LogSettings {
    /// Reads the values of `LOG_LEVEL` and `BP_LOG_FORMAT`, and says what is wrong with the level.
    pub(crate) fn read(level: Option<&str>, format: Option<&str>) -> (Self, Option<String>) {
        let format = match format {
            Some("json") => LogFormat::Json,
            _ => LogFormat::Text,
        };
        let known = level.and_then(LogLevel::from_name);
        let warning = match (level, known) {
            (Some(_), None) => {
                let names: Vec<_> = LogLevel::ALL.iter().map(|level| level.as_str()).collect();
                let names = names.join(", ");
                Some(format!("LOG_LEVEL is none of {names}: nothing is filtered"))
            }
            _ => None,
        };
        let settings = Self {
            level: known,
            format,
        };
        (settings, warning)
    }

    pub(crate) fn writes(self, level: LogLevel) -> bool {
        self.level.is_none_or(|least| level >= least)
    }
}
