//! A session: the proof that a request continues what a browser has begun.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq as _;

use super::escape::{escape, unescape};
use super::refusal::Refused;
use crate::Secret;
use crate::random;
use crate::webhook::signature::Algorithm;

/// A session of a browser with the wizard of one webhook.
///
/// Its text is signed. It contains neither the webhook's id nor the verifier of PKCE: the origin of
/// the cookie is shared with all integrations, so each of them could read it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Session {
    /// The random part, which is used up at the end of the wizard.
    pub(super) nonce: String,
    /// Seconds since the Unix epoch.
    expires: u64,
    /// The step to which the provider's answer leads, if the browser was sent to a provider.
    pub(super) awaits: Option<String>,
}

/// A key, and the webhook whose sessions it signs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signer<'a> {
    pub(super) key: &'a Secret,
    pub(super) webhook_id: &'a str,
}

impl Session {
    pub(super) fn begin(now: SystemTime, valid_for: Duration) -> Self {
        Self {
            nonce: URL_SAFE_NO_PAD.encode(random::bytes::<16>()),
            expires: seconds(now).saturating_add(valid_for.as_secs()),
            awaits: None,
        }
    }

    /// Continues after the provider's answer: what proved that answer proves no other.
    pub(super) fn after_answer(&self) -> Self {
        Self {
            expires: self.expires,
            ..Self::begin(UNIX_EPOCH, Duration::ZERO)
        }
    }

    /// Awaits the provider's answer for a step.
    #[cfg(feature = "oauth")]
    pub(super) fn awaiting(&self, step: &str) -> Self {
        Self {
            awaits: Some(step.to_owned()),
            ..self.clone()
        }
    }

    /// Returns the seconds until the session expires.
    pub(super) fn seconds_left(&self, now: SystemTime) -> u64 {
        self.expires.saturating_sub(seconds(now))
    }

    /// Reads a signed text.
    pub(super) fn read(text: &str, signer: Signer<'_>, now: SystemTime) -> Result<Self, Refused> {
        let mut parts = text.split('.');
        let (Some(expires), Some(nonce), Some(awaits), Some(_), None) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return Err(Refused::Forged);
        };
        let session = Self {
            nonce: nonce.to_owned(),
            expires: expires.parse().map_err(|_| Refused::Forged)?,
            awaits: (!awaits.is_empty()).then(|| unescape(awaits)).flatten(),
        };
        // The whole text is compared, so that each session has only one valid text.
        if !same(&session.to_text(signer), text) {
            return Err(Refused::Forged);
        }
        if session.seconds_left(now) == 0 {
            return Err(Refused::Expired);
        }
        Ok(session)
    }

    /// Returns the signed text.
    pub(super) fn to_text(&self, signer: Signer<'_>) -> String {
        let awaits = self.awaits.as_deref().unwrap_or_default();
        // A dot separates the parts.
        let awaits = escape(awaits).to_string().replace('.', "%2E");
        let content = format!("{}.{}.{awaits}", self.expires, self.nonce);
        format!("{content}.{}", signer.sign("session", &content))
    }

    /// Returns the verifier of PKCE for the answer to a step. It cannot be computed without the key.
    #[cfg(feature = "oauth")]
    pub(super) fn verifier(&self, step: &str, signer: Signer<'_>) -> String {
        signer.sign("verifier", &format!("{}.{step}", self.nonce))
    }

    /// Returns the proof that a form of this session was shown for a step.
    pub(super) fn form_token(&self, step: &str, signer: Signer<'_>) -> String {
        signer.sign("form", &format!("{}.{step}", self.nonce))
    }

    /// Checks the proof of a form.
    pub(super) fn check_form_token(
        &self,
        step: &str,
        token: &str,
        signer: Signer<'_>,
    ) -> Result<(), Refused> {
        let expected = self.form_token(step, signer);
        same(&expected, token).then_some(()).ok_or(Refused::Forged)
    }
}

impl Signer<'_> {
    /// Signs a text for one purpose. A signature for one purpose is not valid for another.
    pub(super) fn sign(self, purpose: &str, text: &str) -> String {
        let message = format!("contexture wizard {purpose}\n{}\n{text}", self.webhook_id);
        let tag = Algorithm::Sha256.sign(self.key.expose().as_bytes(), message.as_bytes());
        URL_SAFE_NO_PAD.encode(tag.as_bytes())
    }
}

/// Compares texts in constant time.
pub(super) fn same(left: &str, right: &str) -> bool {
    bool::from(left.as_bytes().ct_eq(right.as_bytes()))
}

pub(super) fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}

/// Leaves out the nonce, which is a part of the proof.
impl fmt::Debug for Session {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Session")
            .field("expires", &self.expires)
            .field("awaits", &self.awaits)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_mins(10);

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn signer<'a>(key: &'a Secret, webhook_id: &'a str) -> Signer<'a> {
        Signer { key, webhook_id }
    }

    #[test]
    fn a_session_is_read_at_its_webhook_and_in_time() {
        let key = Secret::from("key");
        let session = Session::begin(at(1000), LIMIT).awaiting("back.v2; ö");
        let text = session.to_text(signer(&key, "wh_1"));
        assert!(!text.contains("wh_1"), "{text}");
        let read = |webhook_id, now| Session::read(&text, signer(&key, webhook_id), at(now));
        assert_eq!(read("wh_1", 1599), Ok(session.clone()));
        assert_eq!(read("wh_1", 1600), Err(Refused::Expired));
        assert_eq!(read("wh_2", 1000), Err(Refused::Forged));
        let after = session.after_answer();
        assert_eq!((after.expires, &after.awaits), (session.expires, &None));
        assert_ne!(after.nonce, session.nonce);
    }

    #[test]
    fn a_session_that_was_changed_or_signed_by_others_is_refused() {
        let key = Secret::from("key");
        let signer_1 = signer(&key, "wh_1");
        let session = Session::begin(at(1000), LIMIT);
        let text = session.to_text(signer_1);
        let other = Secret::from("other");
        let (signed, signature) = text.rsplit_once('.').unwrap();
        for forged in [
            String::new(),
            text.replacen("1600", "9999", 1),
            text.replacen("1600", "01600", 1),
            text.replacen("1600", "+1600", 1),
            text.replacen("..", ".back.", 1),
            format!("{text}."),
            format!("{text} "),
            format!("{signed}."),
            format!("{signed}.{}", session.form_token("", signer_1)),
            format!("{}.{signature}", signed.replace(&session.nonce, "n")),
            session.to_text(signer(&other, "wh_1")),
        ] {
            let read = Session::read(&forged, signer_1, at(1000));
            assert_eq!(read, Err(Refused::Forged), "{forged}");
        }
    }

    #[test]
    fn the_proof_of_a_form_is_valid_only_for_its_step_and_its_session() {
        let key = Secret::from("key");
        let signer = signer(&key, "wh_1");
        let (session, other) = (Session::begin(at(0), LIMIT), Session::begin(at(0), LIMIT));
        let token = session.form_token("finish", signer);
        assert_eq!(session.check_form_token("finish", &token, signer), Ok(()));
        for (session, step, token) in [
            (&session, "other", token.as_str()),
            (&other, "finish", token.as_str()),
            (&session, "finish", ""),
        ] {
            let checked = session.check_form_token(step, token, signer);
            assert_eq!(checked, Err(Refused::Forged));
        }
    }

    #[test]
    fn debug_does_not_show_the_proof() {
        let session = Session::begin(at(0), LIMIT);
        assert!(!format!("{session:?}").contains(&session.nonce));
    }
}
