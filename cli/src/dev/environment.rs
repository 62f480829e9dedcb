//! The environment of the program.

use std::net::SocketAddr;

use contexture_emulator::platform::Platform;

use super::dot_env::Variables;
use crate::Outcome;

/// The prefix of the variables with the integration's secrets.
pub(super) const SECRET: &str = "SECRET_";

/// The variables that make the program talk to the emulator.
pub(super) fn variables(
    own: &Variables,
    platform: &Platform,
    api_url: &str,
    listen: SocketAddr,
) -> Result<Variables, Outcome> {
    let secrets = platform.signing_secrets();
    let secrets = secrets.map_err(|error| Outcome::failure(format!("error: {error}\n")))?;
    Ok(merged(
        own,
        [
            ("BP_API_URL", api_url.to_owned()),
            ("BP_TOKEN", platform.token().to_owned()),
            ("BP_WEBHOOK_URL", platform.webhook_base_url()),
            ("BP_SIGNING_SECRET", secrets.join(",")),
            ("BP_LOG_FORMAT", "json".to_owned()),
            ("CONTEXTURE_LISTEN", listen.to_string()),
            ("PORT", listen.port().to_string()),
        ],
    ))
}

/// The variables of `.env`, and others in their place: the token of the cloud must not reach the emulator.
pub(super) fn merged<const N: usize>(own: &Variables, others: [(&str, String); N]) -> Variables {
    let mut variables = own.clone();
    for (name, value) in others {
        variables.insert(name.to_owned(), value);
    }
    variables
}

/// The secrets of the integration by their names in the definition, from `.env` and the environment. `.env` wins.
pub(super) fn secrets(
    own: &Variables,
    inherited: impl Iterator<Item = (String, String)>,
) -> Variables {
    let own = own
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()));
    let all = inherited.chain(own);
    all.filter_map(|(name, value)| Some((name.strip_prefix(SECRET)?.to_owned(), value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Variables {
        let variables = variables.iter();
        variables
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn the_variables_of_the_emulator_replace_those_of_the_file() {
        let own = of(&[("BP_TOKEN", "of the cloud"), ("LOG_LEVEL", "debug")]);
        let merged = merged(&own, [("BP_TOKEN", "of the emulator".to_owned())]);
        assert_eq!(
            merged,
            of(&[("BP_TOKEN", "of the emulator"), ("LOG_LEVEL", "debug")])
        );
    }

    #[test]
    fn secrets_come_from_the_environment_and_the_file_wins() {
        let inherited = of(&[("SECRET_A", "1"), ("SECRET_B", "2"), ("HOME", "/")]);
        let own = of(&[("SECRET_A", "3")]);
        assert_eq!(
            secrets(&own, inherited.into_iter()),
            of(&[("A", "3"), ("B", "2")])
        );
    }
}
