//! Resolves the listen address from the environment.

use std::net::{Ipv4Addr, SocketAddr};

use super::error::ServeError;

const DEFAULT_PORT: u16 = 8072;

/// The address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listen {
    /// A single address.
    Address(SocketAddr),
    /// This port on all interfaces, over IPv6 and IPv4.
    AllInterfaces(u16),
}

/// Reads the listen address from environment variables. An empty variable counts as unset.
pub(super) fn read_address(
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Listen, ServeError> {
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(address) = variable("CONTEXTURE_LISTEN") {
        let parsed = address.parse();
        return parsed
            .map(Listen::Address)
            .map_err(|_| ServeError::Variable {
                name: "CONTEXTURE_LISTEN",
                value: address,
                expected: "an address and a port, such as 127.0.0.1:8072",
            });
    }
    if let Some(port) = variable("PORT") {
        let number = port.parse();
        return number
            .map(Listen::AllInterfaces)
            .map_err(|_| ServeError::Variable {
                name: "PORT",
                value: port,
                expected: "a number up to 65535",
            });
    }
    let default = SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT));
    Ok(Listen::Address(default))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Listen, String> {
        let address = read_address(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        address.map_err(|error| error.to_string())
    }

    fn address(text: &str) -> Listen {
        Listen::Address(text.parse().unwrap())
    }

    #[test]
    fn the_address_wins_over_the_port_and_the_port_over_the_default() {
        let both = [("CONTEXTURE_LISTEN", "[::1]:9000"), ("PORT", "80")];
        assert_eq!(read(&both), Ok(address("[::1]:9000")));
        assert_eq!(read(&both[1..]), Ok(Listen::AllInterfaces(80)));
        assert_eq!(read(&[("PORT", "")]), Ok(address("127.0.0.1:8072")));
    }

    #[test]
    fn an_invalid_address_is_named_in_the_error() {
        assert_eq!(
            read(&[("PORT", "http")]).unwrap_err(),
            "PORT is `http`: expected a number up to 65535"
        );
        let error = read(&[("CONTEXTURE_LISTEN", "8072")]).unwrap_err();
        assert!(error.starts_with("CONTEXTURE_LISTEN is `8072`"), "{error}");
    }
}
