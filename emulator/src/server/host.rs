//! The host that a request names.
//!
//! A page of another site can make a browser send requests to this machine under a name of its own. Such a request has
//! another host.

use std::net::IpAddr;

use http::HeaderMap;
use http::header::HOST;

/// Whether the header `Host` names this machine. HTTP/1.0 and some tests send none.
pub(crate) fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(HOST) else {
        return true;
    };
    host.to_str()
        .is_ok_and(|host| is_loopback(without_port(host)))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_loopback(name: &str) -> bool {
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn names_this_machine(host: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        is_local(&headers)
    }

    #[test]
    fn names_of_this_machine_are_accepted() {
        for host in [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1:8090",
            "127.9.9.9",
            "[::1]:8090",
            "[::1]",
        ] {
            assert!(names_this_machine(host), "{host}");
        }
        assert!(is_local(&HeaderMap::new()));
    }

    #[test]
    fn other_names_are_refused() {
        for host in [
            "example.com",
            "localhost.example.com:80",
            "10.0.0.1",
            "127.0.0.1.example.com",
            "",
        ] {
            assert!(!names_this_machine(host), "{host}");
        }
    }
}
