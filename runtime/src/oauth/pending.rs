//! Signed values that expire: the parameter `state` of an authorization, and the key of a link to
//! the page that starts one.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use super::OauthError;
use crate::Secret;
use crate::random;
use crate::webhook::signature::Algorithm;

/// The time that the user has to return from the provider.
const VALIDITY: Duration = Duration::from_mins(10);

/// The purpose of a signed value. A value for one purpose is not valid for the other.
const STATE: &str = "state";
const START: &str = "start";

/// A signed value: its webhook and its expiry.
#[derive(Debug)]
pub(super) struct Pending<'a> {
    key: &'a Secret,
    purpose: &'static str,
    webhook_id: String,
    /// Seconds since the Unix epoch.
    expires: u64,
    nonce: String,
}

impl<'a> Pending<'a> {
    pub(super) fn begin(key: &'a Secret, webhook_id: &str, now: SystemTime) -> Self {
        Self::new(key, STATE, webhook_id, now, VALIDITY)
    }

    /// Creates a value that allows the start of an authorization within `validity`.
    pub(super) fn allow(
        key: &'a Secret,
        webhook_id: &str,
        now: SystemTime,
        validity: Duration,
    ) -> Self {
        Self::new(key, START, webhook_id, now, validity)
    }

    fn new(
        key: &'a Secret,
        purpose: &'static str,
        webhook_id: &str,
        now: SystemTime,
        validity: Duration,
    ) -> Self {
        Self {
            key,
            purpose,
            webhook_id: webhook_id.to_owned(),
            expires: seconds(now).saturating_add(validity.as_secs()),
            nonce: URL_SAFE_NO_PAD.encode(random::bytes::<16>()),
        }
    }

    /// Checks a state that was returned to this webhook.
    pub(super) fn check(
        key: &'a Secret,
        webhook_id: &str,
        state: &str,
        now: SystemTime,
    ) -> Result<Self, OauthError> {
        let checked = Self::read(key, STATE, webhook_id, state, now);
        checked.map_err(|problem| OauthError::State { problem })
    }

    /// Checks that this key allows the start of an authorization at this webhook.
    pub(super) fn check_allowed(
        key: &'a Secret,
        webhook_id: &str,
        start_key: &str,
        now: SystemTime,
    ) -> Result<(), OauthError> {
        let checked = Self::read(key, START, webhook_id, start_key, now);
        checked.map_err(|problem| OauthError::StartKey { problem })?;
        Ok(())
    }

    fn read(
        key: &'a Secret,
        purpose: &'static str,
        webhook_id: &str,
        text: &str,
        now: SystemTime,
    ) -> Result<Self, &'static str> {
        const MALFORMED: &str = "is missing or malformed";
        let mut parts = text.rsplitn(4, '.');
        let (Some(_), Some(nonce), Some(expires), Some(sent_id)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(MALFORMED);
        };
        let pending = Self {
            key,
            purpose,
            webhook_id: sent_id.to_owned(),
            expires: expires.parse().map_err(|_| MALFORMED)?,
            nonce: nonce.to_owned(),
        };
        // The whole text is compared, so that each value has only one valid form.
        let expected = pending.to_text();
        if !bool::from(expected.as_bytes().ct_eq(text.as_bytes())) {
            return Err("was not created here");
        }
        if sent_id != webhook_id {
            return Err("belongs to another webhook");
        }
        if seconds(now) > pending.expires {
            return Err("has expired");
        }
        Ok(pending)
    }

    /// Returns the signed text.
    pub(super) fn to_text(&self) -> String {
        format!("{}.{}", self.signed(), self.signature())
    }

    /// Returns the PKCE verifier. It cannot be computed from the state without the key.
    pub(super) fn verifier(&self) -> String {
        self.derive("verifier")
    }

    fn signature(&self) -> String {
        self.derive(self.purpose)
    }

    fn signed(&self) -> String {
        format!("{}.{}.{}", self.webhook_id, self.expires, self.nonce)
    }

    fn derive(&self, purpose: &str) -> String {
        let message = format!("contexture oauth {purpose}\n{}", self.signed());
        let tag = Algorithm::Sha256.sign(self.key.expose().as_bytes(), message.as_bytes());
        URL_SAFE_NO_PAD.encode(tag.as_bytes())
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn problem(webhook_id: &str, state: &str, now: u64) -> &'static str {
        let key = Secret::from("key");
        match Pending::check(&key, webhook_id, state, at(now)) {
            Ok(_) => "",
            Err(OauthError::State { problem }) => problem,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_state_comes_back_once_begun_at_its_webhook_and_in_time() {
        let key = Secret::from("key");
        let begun = Pending::begin(&key, "wh.1", at(1000));
        let state = begun.to_text();
        assert_eq!(problem("wh.1", &state, 1600), "");
        let back = Pending::check(&key, "wh.1", &state, at(1001)).unwrap();
        assert_eq!(back.verifier(), begun.verifier());
        assert_eq!(begun.verifier().len(), 43);
        assert_ne!(
            begun.verifier(),
            Pending::begin(&key, "wh.1", at(1000)).verifier()
        );

        assert_eq!(problem("wh.1", &state, 1601), "has expired");
        assert_eq!(problem("wh.2", &state, 1000), "belongs to another webhook");
        for state in ["", "wh.1", "wh.1.x.y.z"] {
            assert_eq!(
                problem("wh.1", state, 1000),
                "is missing or malformed",
                "{state}"
            );
        }
    }

    #[test]
    fn a_start_key_is_no_state_and_a_state_is_no_start_key() {
        let key = Secret::from("key");
        let hour = Duration::from_hours(1);
        let start_key = Pending::allow(&key, "wh_1", at(1000), hour).to_text();
        let check = |text: &str, webhook_id: &str, now| match Pending::check_allowed(
            &key,
            webhook_id,
            text,
            at(now),
        ) {
            Ok(()) => "",
            Err(OauthError::StartKey { problem }) => problem,
            Err(error) => panic!("{error}"),
        };
        assert_eq!(check(&start_key, "wh_1", 4600), "");
        assert_eq!(check(&start_key, "wh_1", 4601), "has expired");
        assert_eq!(
            check(&start_key, "wh_2", 1000),
            "belongs to another webhook"
        );
        assert_eq!(check("", "wh_1", 1000), "is missing or malformed");

        let forged = "was not created here";
        let state = Pending::begin(&key, "wh_1", at(1000)).to_text();
        assert_eq!(check(&state, "wh_1", 1000), forged);
        assert_eq!(problem("wh_1", &start_key, 1000), forged);
        let endless = Pending::allow(&key, "wh_1", at(1000), Duration::MAX).to_text();
        assert_eq!(check(&endless, "wh_1", 1000), "");
    }

    #[test]
    fn a_state_that_was_changed_or_signed_by_others_is_refused() {
        let forged = "was not created here";
        let state = Pending::begin(&Secret::from("key"), "wh_1", at(1000)).to_text();
        assert_eq!(
            problem("wh_2", &state.replace("wh_1", "wh_2"), 1000),
            forged
        );
        for expires in [".9999.", ".01600.", ".+1600."] {
            let state = state.replace(".1600.", expires);
            assert_eq!(problem("wh_1", &state, 1000), forged, "{expires}");
        }
        let other = Pending::begin(&Secret::from("other"), "wh_1", at(1000)).to_text();
        assert_eq!(problem("wh_1", &other, 1000), forged);
    }
}
