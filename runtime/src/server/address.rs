//! Where to listen when nobody says so.

use std::net::{Ipv4Addr, SocketAddr};

use super::error::ServeError;

const DEFAULT_PORT: u16 = 8072;

/// Where to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listen {
    /// On one address.
    Address(SocketAddr),
    /// On this port of all interfaces, by IPv6 and IPv4.
    AllInterfaces(u16),
}

/// Reads the address from the environment's variables; one that is empty counts as not set.
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
    fn what_is_no_address_is_named() {
        assert_eq!(
            read(&[("PORT", "http")]).unwrap_err(),
            "PORT is `http`: expected a number up to 65535"
        );
        let error = read(&[("CONTEXTURE_LISTEN", "8072")]).unwrap_err();
        assert!(error.starts_with("CONTEXTURE_LISTEN is `8072`"), "{error}");
    }
}
