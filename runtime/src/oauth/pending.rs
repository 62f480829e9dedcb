//! An authorization that was begun and may come back: what its parameter `state` says.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use super::OauthError;
use crate::Secret;
use crate::webhook::signature::Algorithm;

/// How long somebody has to agree.
const VALIDITY: Duration = Duration::from_mins(10);

/// An authorization that was begun: at which webhook, and until when it may come back.
#[derive(Debug)]
pub(super) struct Pending<'a> {
    key: &'a Secret,
    webhook_id: String,
    /// Seconds since 1970.
    expires: u64,
    nonce: String,
}

impl<'a> Pending<'a> {
    pub(super) fn begin(key: &'a Secret, webhook_id: &str, now: SystemTime) -> Self {
        Self {
            key,
            webhook_id: webhook_id.to_owned(),
            expires: seconds(now) + VALIDITY.as_secs(),
            nonce: URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()),
        }
    }

    /// Reads a state that came back, at this webhook.
    pub(super) fn check(
        key: &'a Secret,
        webhook_id: &str,
        state: &str,
        now: SystemTime,
    ) -> Result<Self, OauthError> {
        let refused = |problem| OauthError::State { problem };
        let mut parts = state.rsplitn(4, '.');
        let (Some(signature), Some(nonce), Some(expires), Some(sent_id)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(refused("is missing or malformed"));
        };
        let pending = Self {
            key,
            webhook_id: sent_id.to_owned(),
            expires: expires
                .parse()
                .map_err(|_| refused("is missing or malformed"))?,
            nonce: nonce.to_owned(),
        };
        let expected = pending.signature();
        if !bool::from(expected.as_bytes().ct_eq(signature.as_bytes())) {
            return Err(refused("was not given out here"));
        }
        if sent_id != webhook_id {
            return Err(refused("belongs to another webhook"));
        }
        if seconds(now) > pending.expires {
            return Err(refused("is too old"));
        }
        Ok(pending)
    }

    /// The parameter `state`.
    pub(super) fn to_state(&self) -> String {
        format!("{}.{}", self.signed(), self.signature())
    }

    /// The verifier of PKCE: whoever does not know the key cannot tell it from the state.
    pub(super) fn verifier(&self) -> String {
        self.derive("verifier")
    }

    fn signature(&self) -> String {
        self.derive("state")
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
        let state = begun.to_state();
        assert_eq!(problem("wh.1", &state, 1600), "");
        let back = Pending::check(&key, "wh.1", &state, at(1001)).unwrap();
        assert_eq!(back.verifier(), begun.verifier());
        assert_eq!(begun.verifier().len(), 43);
        assert_ne!(
            begun.verifier(),
            Pending::begin(&key, "wh.1", at(1000)).verifier()
        );

        assert_eq!(problem("wh.1", &state, 1601), "is too old");
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
    fn a_state_that_was_changed_or_signed_by_others_is_refused() {
        let forged = "was not given out here";
        let state = Pending::begin(&Secret::from("key"), "wh_1", at(1000)).to_state();
        assert_eq!(
            problem("wh_2", &state.replace("wh_1", "wh_2"), 1000),
            forged
        );
        assert_eq!(
            problem("wh_1", &state.replace(".1600.", ".9999."), 1000),
            forged
        );
        let other = Pending::begin(&Secret::from("other"), "wh_1", at(1000)).to_state();
        assert_eq!(problem("wh_1", &other, 1000), forged);
    }
}
