//! The addresses of a wizard's pages.

use std::fmt::Display;

use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::cookie::CookieRules;
use crate::{Context, Definition, Error, Result};

/// The path of the provider's answer.
pub(super) const ANSWER: &str = "/oauth";
/// The path of the steps.
pub(super) const STEPS: &str = "/oauth/wizard/";

/// All characters except those that RFC 3986, section 2.3, leaves as they are.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

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

/// Reads an escaped text; `None` if it is not UTF-8.
pub(super) fn unescape(text: &str) -> Option<String> {
    let text = percent_decode_str(text).decode_utf8().ok()?;
    Some(text.into_owned())
}

pub(super) fn escape(text: &str) -> impl Display + '_ {
    utf8_percent_encode(text, ESCAPED)
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
