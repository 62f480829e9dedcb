//! Log levels, formats and settings.

use std::fmt;

/// The severity of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogLevel {
    /// For debugging.
    Debug,
    /// Informational.
    Info,
    /// A problem that does not make an operation fail.
    Warn,
    /// A failure.
    Error,
}

impl LogLevel {
    /// All levels, the least severe first.
    pub const ALL: &'static [Self] = &[Self::Debug, Self::Info, Self::Warn, Self::Error];

    /// Returns the name that the log lines contain.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// Returns the level with this name, ignoring ASCII case.
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

/// The format of log lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LogFormat {
    /// The plain message.
    #[default]
    Text,
    /// One JSON object per line, as Botpress expects it.
    Json,
}

/// The level and the format of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogSettings {
    /// The least severe level that is written; `None` writes all levels.
    pub level: Option<LogLevel>,
    /// The format of the lines.
    pub format: LogFormat,
}

impl LogSettings {
    /// Parses the values of `LOG_LEVEL` and `BP_LOG_FORMAT`. Also returns a warning if the level is
    /// invalid.
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
                Some(format!(
                    "LOG_LEVEL is not one of {names}: all levels are logged"
                ))
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
