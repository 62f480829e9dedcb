//! The addresses of a wizard's pages.

use http::Uri;

use super::cookie::CookieRules;
use super::escape::{escape, unescape};
use crate::{Context, Definition, Error, Result};

/// The path of the provider's answer.
pub(super) const ANSWER: &str = "/oauth";
/// The path of the steps.
pub(super) const STEPS: &str = "/oauth/wizard/";

/// The address that all integrations share, and the webhook by which Botpress finds this one.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) base: String,
    pub(super) webhook_id: String,
}

impl Site {
    pub(super) fn of<D: Definition>(ctx: &Context<D>) -> Result<Self> {
        Ok(Self {
            base: ctx.webhook_base_url()?,
            webhook_id: ctx.webhook_id.clone(),
        })
    }

    pub(super) fn is_https(&self) -> bool {
        self.base.starts_with("https://")
    }

    pub(super) fn cookie_rules(&self) -> CookieRules {
        CookieRules {
            is_https: self.is_https(),
        }
    }

    /// Returns the address of a step. Its parameter `state` is what Botpress routes by.
    pub(super) fn step(&self, name: &str) -> String {
        let name = escape(name);
        format!(
            "{}{STEPS}{name}?state={}",
            self.base,
            escape(&self.webhook_id)
        )
    }
}

/// Returns the name of the step that a path leads to.
pub(super) fn step_name(path: &str) -> Option<String> {
    let name = path.strip_prefix(STEPS)?.trim_end_matches('/');
    unescape(name)
}

/// Checks the address of a page elsewhere. Other schemes could run a script.
pub(super) fn check_url<D: Definition>(ctx: &Context<D>, url: &str) -> Result<()> {
    let uri: Uri = url
        .parse()
        .map_err(|_| Error::from("the address of a button or of a redirect is malformed"))?;
    if !matches!(uri.scheme_str(), Some("https" | "http")) {
        return Err("the address of a button or of a redirect has to be HTTPS".into());
    }
    Ok(ctx.environment().check_address(&uri)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_step() {
        let site = Site {
            base: "https://webhook.test".to_owned(),
            webhook_id: "wh 1&".to_owned(),
        };
        let url = site.step("a/ö?");
        assert_eq!(
            url,
            "https://webhook.test/oauth/wizard/a%2F%C3%B6%3F?state=wh%201%26"
        );
        let path = url.strip_prefix("https://webhook.test").unwrap();
        let (path, _) = path.split_once('?').unwrap();
        assert_eq!(step_name(path).as_deref(), Some("a/ö?"));
        assert_eq!(step_name("/oauth/wizard/start/").as_deref(), Some("start"));
        assert_eq!(step_name("/oauth"), None);
    }
}
