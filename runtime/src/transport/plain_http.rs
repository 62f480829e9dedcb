//! Protection against plain HTTP, which anyone on the network path can read and modify.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;

/// The environment variable with the hosts for which plain HTTP is allowed.
pub(crate) const PLAIN_HTTP_VARIABLE: &str = "CONTEXTURE_PLAIN_HTTP";

/// A request that was refused because it would have used plain HTTP. The error shows only the host,
/// because the path and the query may contain secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the URL of `{host}` must use https: plain HTTP is allowed only for the local machine and for the \
     hosts in `{PLAIN_HTTP_VARIABLE}`"
)]
pub(crate) struct PlainHttp {
    host: String,
}

/// Refuses a URL without HTTPS, unless its host is the local machine or is in `allowed`.
pub(crate) fn check(address: &Uri, allowed: &[String]) -> Result<(), PlainHttp> {
    let host = address.host().unwrap_or_default();
    let is_named = || allowed.iter().any(|name| name.eq_ignore_ascii_case(host));
    match address.scheme_str() {
        Some("https") if !host.is_empty() => Ok(()),
        Some("http") if is_loopback(host) || is_named() => Ok(()),
        _ => Err(PlainHttp {
            host: host.to_owned(),
        }),
    }
}

/// Returns whether a host is the local machine, without a DNS lookup: a name that resolves to
/// loopback now may resolve to another address later.
fn is_loopback(host: &str) -> bool {
    let v6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let address = match v6 {
        Some(host) => host.parse::<Ipv6Addr>().map(IpAddr::from).ok(),
        None => host.parse::<Ipv4Addr>().map(IpAddr::from).ok(),
    };
    host.eq_ignore_ascii_case("localhost")
        || address.is_some_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_taken(address: &str) -> bool {
        let allowed = ["api.internal".to_owned()];
        check(&address.parse().unwrap(), &allowed).is_ok()
    }

    #[test]
    fn plain_http_reaches_this_machine_and_named_hosts_alone() {
        for address in [
            "https://api.test/v1?a=b",
            "http://localhost:8080/x",
            "http://LOCALHOST",
            "http://127.0.0.1:9000",
            "http://127.8.7.6/",
            "http://[::1]:1/",
            "http://[::ffff:127.0.0.1]/",
            "http://api.internal:9000/v1",
            "http://API.internal",
        ] {
            assert!(is_taken(address), "{address}");
        }
        for address in [
            "http://api.test",
            "http://localhost.api.test",
            "http://127.0.0.1.api.test",
            "http://127.0.0.1@api.test/",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::]",
            "http://[fe80::1]",
            "http://[::ffff:10.0.0.1]",
            "http://other.internal",
            "http://x.api.internal",
            "ftp://localhost/",
            "ftp://api.internal/",
            "/v1",
            "localhost",
        ] {
            assert!(!is_taken(address), "{address}");
        }
    }

    #[test]
    fn the_refusal_shows_the_host_and_nothing_behind_it() {
        let address = "http://api.test/secret-path?signature=secret"
            .parse()
            .unwrap();
        let refused = check(&address, &[]).unwrap_err();
        assert!(refused.to_string().contains("`api.test`"), "{refused}");
        assert!(!format!("{refused} {refused:?}").contains("secret"));
    }
}
