//! The environment of a program that the real Botpress calls.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use contexture::Secret;

use crate::botpress::Credentials;
use crate::dev::dot_env::Variables;
use crate::dev::environment::{SECRET, merged};

/// The variables that make the program talk to Botpress. `known` are secrets that the official command line asked for: those
/// of `.env` and of the environment come first.
pub(super) fn variables(
    own: &Variables,
    known: &BTreeMap<String, Secret>,
    is_inherited: impl Fn(&str) -> bool,
    credentials: &Credentials,
    listen: SocketAddr,
) -> Variables {
    let mut variables = merged(
        own,
        [
            ("BP_API_URL", credentials.api_url.clone()),
            ("BP_TOKEN", credentials.token.expose().to_owned()),
            (
                "BP_WORKSPACE_ID",
                credentials.workspace_id.clone().unwrap_or_default(),
            ),
            ("BP_LOG_FORMAT", "json".to_owned()),
            ("CONTEXTURE_LISTEN", listen.to_string()),
            ("PORT", listen.port().to_string()),
        ],
    );
    for (name, value) in known {
        let name = format!("{SECRET}{name}");
        if !is_inherited(&name) {
            variables
                .entry(name)
                .or_insert_with(|| value.expose().to_owned());
        }
    }
    variables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_talks_to_botpress_and_secrets_of_the_file_come_first() {
        let of = |variables: &[(&str, &str)]| -> Variables {
            let variables = variables.iter();
            variables
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        let credentials = Credentials {
            api_url: "https://api.test".to_owned(),
            token: Secret::from("bp_pat_1"),
            workspace_id: Some("w".to_owned()),
            origin: String::new(),
        };
        let own = of(&[("BP_TOKEN", "another"), ("SECRET_A", "of the file")]);
        let known = ["A", "B", "C"]
            .map(|name| (name.to_owned(), Secret::from("known")))
            .into();
        let listen = "127.0.0.1:81".parse().unwrap();
        let variables = variables(
            &own,
            &known,
            |name| name == "SECRET_C",
            &credentials,
            listen,
        );
        let expected = of(&[
            ("BP_API_URL", "https://api.test"),
            ("BP_LOG_FORMAT", "json"),
            ("BP_TOKEN", "bp_pat_1"),
            ("BP_WORKSPACE_ID", "w"),
            ("CONTEXTURE_LISTEN", "127.0.0.1:81"),
            ("PORT", "81"),
            ("SECRET_A", "of the file"),
            ("SECRET_B", "known"),
        ]);
        assert_eq!(variables, expected);
    }
}
