//! The cookie of a session.

use super::session::Signer;

/// How cookies are set: browsers refuse the prefix `__Host-` and the attribute `Secure` on plain
/// HTTP, which serves the local machine.
#[derive(Clone, Copy, Debug)]
pub(super) struct CookieRules {
    pub(super) is_https: bool,
}

impl CookieRules {
    /// Returns the cookie's name. It belongs to one webhook, since all integrations share the
    /// origin, and does not show the webhook's id.
    pub(super) fn name(self, signer: Signer<'_>) -> String {
        let prefix = if self.is_https { "__Host-" } else { "" };
        let webhook = signer.sign("cookie", "");
        format!("{prefix}wizard-{}", &webhook[..16])
    }

    /// Returns the header `set-cookie`. The redirect from the provider is a top-level navigation,
    /// so the browser sends the cookie along (`SameSite=Lax`). `__Host-` requires the path `/`.
    pub(super) fn set(self, name: &str, value: &str, seconds: u64) -> String {
        let secure = if self.is_https { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    /// Returns the header `set-cookie` that removes a cookie.
    pub(super) fn remove(self, name: &str) -> String {
        self.set(name, "", 0)
    }
}

/// Returns the values of all cookies with a name. Another site of the domain may have set one of
/// the same name, so there can be several.
pub(super) fn values<'a>(header: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let pairs = header
        .split([';', ','])
        .filter_map(|pair| pair.split_once('='));
    pairs
        .filter(move |(known, _)| known.trim() == name)
        .map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[test]
    fn a_cookie_is_for_its_webhook_and_hidden_from_scripts_and_other_sites() {
        let key = Secret::from("key");
        let name = |webhook_id, is_https| {
            let signer = Signer {
                key: &key,
                webhook_id,
            };
            CookieRules { is_https }.name(signer)
        };
        let of_1 = name("wh_1", true);
        assert!(of_1.starts_with("__Host-wizard-") && !of_1.contains("wh_1"));
        assert_ne!(of_1, name("wh_2", true));
        let https = CookieRules { is_https: true };
        assert_eq!(
            https.set("a", "b", 60),
            "a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        let local = CookieRules { is_https: false };
        assert_eq!(
            local.remove("a"),
            "a=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
        );
        assert!(name("wh_1", false).starts_with("wizard-"));
    }

    #[test]
    fn all_cookies_of_a_name_are_found() {
        let header = "b=1; a=2;a=3, a=4; aa=5; c";
        assert_eq!(values(header, "a").collect::<Vec<_>>(), ["2", "3", "4"]);
        assert_eq!(values("", "a").count(), 0);
    }
}
