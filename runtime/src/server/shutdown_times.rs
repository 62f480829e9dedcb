//! The times of a shutdown: from code, else from the environment.

use std::time::Duration;

use super::{
    error::ServeError,
    settings::{self, Settings},
};

/// The times that code has set.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ShutdownTimes {
    pub(super) delay: Option<Duration>,
    pub(super) drain: Option<Duration>,
    pub(super) stop: Option<Duration>,
}

impl ShutdownTimes {
    /// Puts the times into the settings. A time that is not set is that of its variable, if there is one, else the
    /// default.
    pub(super) fn apply_to(
        self,
        settings: Settings,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Settings, ServeError> {
        let read = |name, default| read(name, &variable).map(|time| time.unwrap_or(default));
        let time =
            |set: Option<Duration>, name, default| set.map_or_else(|| read(name, default), Ok);
        Ok(Settings {
            shutdown_delay: time(
                self.delay,
                "CONTEXTURE_SHUTDOWN_DELAY",
                settings.shutdown_delay,
            )?,
            drain_timeout: time(
                self.drain,
                "CONTEXTURE_DRAIN_TIMEOUT",
                settings.drain_timeout,
            )?,
            stop_timeout: time(self.stop, "CONTEXTURE_STOP_TIMEOUT", settings.stop_timeout)?,
            ..settings
        })
    }
}

/// Reads a number of seconds. An empty variable counts as unset.
fn read(
    name: &'static str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Option<Duration>, ServeError> {
    let Some(value) = variable(name).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let seconds = value.parse().ok();
    match seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
        Some(time) => Ok(Some(settings::time(time))),
        None => Err(ServeError::Variable {
            name,
            value,
            expected: "a number of seconds, such as 5 or 0.5",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(times: ShutdownTimes, variables: &[(&str, &str)]) -> Result<[Duration; 3], String> {
        let settings = times.apply_to(Settings::default(), |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        let settings = settings.map_err(|error| error.to_string())?;
        Ok([
            settings.shutdown_delay,
            settings.drain_timeout,
            settings.stop_timeout,
        ])
    }

    #[test]
    fn code_wins_over_a_variable_and_a_variable_over_the_default() {
        let defaults = Settings::default();
        let defaults = [
            defaults.shutdown_delay,
            defaults.drain_timeout,
            defaults.stop_timeout,
        ];
        let unset = ShutdownTimes::default();
        assert_eq!(
            read_all(unset, &[("CONTEXTURE_DRAIN_TIMEOUT", "")]),
            Ok(defaults)
        );
        let variables = [
            ("CONTEXTURE_SHUTDOWN_DELAY", "0.5"),
            ("CONTEXTURE_DRAIN_TIMEOUT", "20"),
            ("CONTEXTURE_STOP_TIMEOUT", "0"),
        ];
        let read = [
            Duration::from_millis(500),
            Duration::from_secs(20),
            Duration::ZERO,
        ];
        assert_eq!(read_all(unset, &variables), Ok(read));
        let set = ShutdownTimes {
            delay: Some(Duration::ZERO),
            ..unset
        };
        assert_eq!(
            read_all(set, &variables),
            Ok([Duration::ZERO, read[1], read[2]])
        );
    }

    #[test]
    fn what_is_no_number_of_seconds_is_refused_with_its_variable() {
        for value in ["5s", "-1", "nan", "inf", "1e40", " "] {
            let error = read_all(
                ShutdownTimes::default(),
                &[("CONTEXTURE_STOP_TIMEOUT", value)],
            );
            let expected = format!(
                "CONTEXTURE_STOP_TIMEOUT is `{value}`: expected a number of seconds, such as 5 or 0.5"
            );
            assert_eq!(error, Err(expected));
        }
    }
}
