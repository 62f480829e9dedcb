//! Which instance a path leads to.

use percent_encoding::percent_decode_str;

use super::super::access::WEBHOOKS;

/// Where a request goes.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::platform) enum Route<'a> {
    /// To the instance with a webhook id. The path is what follows it.
    Instance { webhook_id: &'a str, path: &'a str },
    /// To the instance that `state` names.
    OAuth { path: &'a str },
    /// To the instance with an identifier.
    Global { path: &'a str },
    /// To the page at the end of an authorization.
    Interstitial,
    /// To nothing.
    Unknown,
}

/// The prefix of the shared address of an integration.
const GLOBAL: &str = "/integration/global/";

impl<'a> Route<'a> {
    /// Reads a path. `integration` is the name of the integration.
    pub(in crate::platform) fn of(path: &'a str, integration: &str) -> Self {
        let behind = path
            .strip_prefix(WEBHOOKS)
            .filter(|rest| rest.starts_with('/'));
        let shared = behind.unwrap_or(path);
        if shared == "/oauth/interstitial" {
            return Self::Interstitial;
        }
        if shared == "/oauth" || shared.starts_with("/oauth/") {
            return Self::OAuth { path: shared };
        }
        if let Some(rest) = shared.strip_prefix(GLOBAL) {
            return Self::global(rest, integration);
        }
        let Some(rest) = behind.and_then(|rest| rest.strip_prefix('/')) else {
            return Self::Unknown;
        };
        let (webhook_id, path) = split(rest);
        match webhook_id {
            "" => Self::Unknown,
            webhook_id => Self::Instance { webhook_id, path },
        }
    }

    /// Reads what follows the prefix. The name of an integration can contain a slash, which may be escaped.
    fn global(rest: &'a str, integration: &str) -> Self {
        for slashes in 0..=integration.matches('/').count() {
            let end = rest
                .match_indices('/')
                .nth(slashes)
                .map_or(rest.len(), |(at, _)| at);
            let (name, path) = rest.split_at(end);
            if percent_decode_str(name).decode_utf8_lossy() == integration {
                return Self::Global {
                    path: or_root(path),
                };
            }
        }
        Self::Unknown
    }
}

/// Splits a path into its first part and the rest with its slash.
fn split(path: &str) -> (&str, &str) {
    let end = path.find('/').unwrap_or(path.len());
    let (first, rest) = path.split_at(end);
    (first, or_root(rest))
}

fn or_root(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_an_instance_with_what_follows_its_id() {
        let to = |path| Route::of(path, "acme");
        let instance = |path| Route::Instance {
            webhook_id: "webhook_1",
            path,
        };
        assert_eq!(to("/webhook/webhook_1"), instance("/"));
        assert_eq!(to("/webhook/webhook_1/"), instance("/"));
        assert_eq!(to("/webhook/webhook_1/a%2Fb//c"), instance("/a%2Fb//c"));
        assert_eq!(to("/webhook/"), Route::Unknown);
        assert_eq!(to("/webhook_1"), Route::Unknown);
        assert_eq!(to("/"), Route::Unknown);
    }

    #[test]
    fn shared_addresses_are_also_behind_the_base_of_webhooks() {
        for base in ["", "/webhook"] {
            let path = |path: &str| format!("{base}{path}");
            assert_eq!(
                Route::of(&path("/oauth"), "acme"),
                Route::OAuth { path: "/oauth" }
            );
            assert_eq!(
                Route::of(&path("/oauth/wizard/start"), "acme"),
                Route::OAuth {
                    path: "/oauth/wizard/start"
                }
            );
            assert_eq!(
                Route::of(&path("/oauth/interstitial"), "acme"),
                Route::Interstitial
            );
            assert_eq!(
                Route::of(&path("/integration/global/acme/sandbox"), "acme"),
                Route::Global { path: "/sandbox" }
            );
        }
        assert_eq!(Route::of("/oauthx", "acme"), Route::Unknown);
    }

    #[test]
    fn a_name_with_a_handle_is_read_in_both_forms() {
        let name = "acme/github";
        for path in ["acme/github", "acme%2Fgithub"] {
            assert_eq!(
                Route::of(&format!("/integration/global/{path}"), name),
                Route::Global { path: "/" }
            );
        }
        assert_eq!(
            Route::of("/integration/global/other/github", name),
            Route::Unknown
        );
    }
}
