//! Where a tunnel is.

use std::fmt;

use http::Uri;

/// The tunnel of Botpress.
pub(crate) const DEFAULT_URL: &str = "https://tunnel.botpress.cloud";

/// The id of a tunnel. It is the whole of what protects the address, so a random one is hard to guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TunnelId(String);

impl TunnelId {
    /// Checks an id.
    ///
    /// # Errors
    ///
    /// The tunnel would refuse the id: it takes ASCII letters, digits, `_`, `-` and `|` (`@bpinternal/tunnel`, `rooting.ts`).
    pub(crate) fn new(id: impl Into<String>) -> Result<Self, String> {
        let id = id.into();
        let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || b"_-|".contains(&byte);
        if !id.is_empty() && id.bytes().all(is_taken) {
            return Ok(Self(id));
        }
        Err(format!(
            "`{id}` is no id of a tunnel: it has letters from a to z, digits, `_` and `-`"
        ))
    }

    /// Makes a random id: a UUID of version 4.
    ///
    /// # Errors
    ///
    /// The system has no random numbers.
    pub(crate) fn random() -> Result<Self, String> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)
            .map_err(|error| format!("the system has no random numbers: {error}"))?;
        Ok(Self(uuid(bytes)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TunnelId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A UUID of version 4 and of the variant of RFC 9562.
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(bytes));
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    parts.join("-")
}

/// A tunnel: its server and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TunnelAddress {
    is_secure: bool,
    authority: String,
    id: TunnelId,
}

impl TunnelAddress {
    /// Reads the address of a server: `https`, `wss`, `http` or `ws`.
    ///
    /// # Errors
    ///
    /// It is no such address.
    pub(crate) fn new(server: &str, id: TunnelId) -> Result<Self, String> {
        let wrong = |reason: &str| {
            format!("`{server}` is no address of a tunnel: {reason}, as in {DEFAULT_URL}")
        };
        let url: Uri = server.parse().map_err(|_| wrong("it is no URL"))?;
        let is_secure = match url.scheme_str() {
            Some("https" | "wss") => true,
            Some("http" | "ws") => false,
            _ => return Err(wrong("it begins with https:// or http://")),
        };
        let authority = url.authority().ok_or_else(|| wrong("it names a host"))?;
        if authority.as_str().contains('@')
            || !matches!(url.path(), "" | "/")
            || url.query().is_some()
        {
            return Err(wrong("it has a host and maybe a port, and nothing else"));
        }
        Ok(Self {
            is_secure,
            authority: authority.to_string(),
            id,
        })
    }

    pub(crate) fn id(&self) -> &TunnelId {
        &self.id
    }

    /// The address that Botpress calls.
    pub(crate) fn public_url(&self) -> String {
        self.url(["http", "https"])
    }

    /// The address of the WebSocket.
    pub(super) fn web_socket_url(&self) -> String {
        self.url(["ws", "wss"])
    }

    fn url(&self, [plain, secure]: [&str; 2]) -> String {
        let scheme = if self.is_secure { secure } else { plain };
        format!("{scheme}://{}/{}", self.authority, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(server: &str) -> Result<TunnelAddress, String> {
        TunnelAddress::new(server, TunnelId::new("id-1").unwrap())
    }

    #[test]
    fn an_address_is_for_botpress_and_for_the_web_socket() {
        for (server, public, web_socket) in [
            (
                DEFAULT_URL,
                "https://tunnel.botpress.cloud/id-1",
                "wss://tunnel.botpress.cloud/id-1",
            ),
            (
                "wss://t.test:8443/",
                "https://t.test:8443/id-1",
                "wss://t.test:8443/id-1",
            ),
            (
                "ws://[::1]:8080",
                "http://[::1]:8080/id-1",
                "ws://[::1]:8080/id-1",
            ),
        ] {
            let address = address(server).unwrap();
            assert_eq!(address.public_url(), public);
            assert_eq!(address.web_socket_url(), web_socket);
        }
    }

    #[test]
    fn what_is_no_address_of_a_server_is_refused() {
        for server in [
            "",
            "tunnel",
            "ftp://t.test",
            "https://",
            "https://t.test/path",
            "https://a:b@t.test",
            "https://t.test/?a",
        ] {
            let error = address(server).unwrap_err();
            assert!(error.contains("is no address of a tunnel"), "{error}");
        }
    }

    #[test]
    fn an_id_has_the_letters_that_the_tunnel_takes() {
        for id in ["a", "A-1_b|c", &TunnelId::random().unwrap().0] {
            assert_eq!(TunnelId::new(id).unwrap().as_str(), id);
        }
        for id in ["", "a/b", "a b", "é", "a?b", "a\n"] {
            assert!(TunnelId::new(id).is_err(), "{id}");
        }
    }

    #[test]
    fn a_random_id_is_a_uuid_of_version_4() {
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_ne!(TunnelId::random(), TunnelId::random());
    }
}
