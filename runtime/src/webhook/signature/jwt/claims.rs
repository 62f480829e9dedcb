//! The registered claims of a token (RFC 7519): issuer, audience and validity period.

use std::collections::HashSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;

use super::refused::refused;
use crate::webhook::signature::SignatureError;

const MISSING: SignatureError = refused("one of the claims `exp`, `aud`, `iss` is missing");

/// The claims that are checked. Times are seconds since the Unix epoch and may have fractions.
#[derive(Debug, Deserialize)]
pub(super) struct Registered {
    exp: Option<f64>,
    nbf: Option<f64>,
    aud: Option<Audience>,
    iss: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The accepted claims.
#[derive(Clone, Debug)]
pub(super) struct Accepted {
    pub(super) audiences: HashSet<String>,
    pub(super) issuers: HashSet<String>,
    pub(super) leeway: Duration,
}

impl Accepted {
    /// Checks the claims of a token whose signature is verified.
    pub(super) fn check(&self, claims: &Registered, now: SystemTime) -> Result<(), SignatureError> {
        // Floats neither overflow nor panic, regardless of the values in the token.
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let (now, leeway) = (now.as_secs_f64(), self.leeway.as_secs_f64());
        let (Some(expires), Some(audience), Some(issuer)) = (claims.exp, &claims.aud, &claims.iss)
        else {
            return Err(MISSING);
        };
        if expires + leeway <= now {
            return Err(refused("the token has expired"));
        }
        if claims.nbf.is_some_and(|begins| begins > now + leeway) {
            return Err(refused("the token is not valid yet"));
        }
        if !self.issuers.contains(issuer) {
            return Err(refused("the issuer is not accepted"));
        }
        let is_for_us = match audience {
            Audience::One(name) => self.audiences.contains(name),
            Audience::Several(names) => names.iter().any(|name| self.audiences.contains(name)),
        };
        if is_for_us {
            Ok(())
        } else {
            Err(refused("the audience is not accepted"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(times: &serde_json::Value, leeway: Duration) -> Result<(), SignatureError> {
        let mut claims = json!({ "aud": ["other", "app"], "iss": "issuer" });
        let all = claims.as_object_mut().unwrap();
        all.extend(times.as_object().unwrap().clone());
        let accepted = Accepted {
            audiences: HashSet::from(["app".to_owned()]),
            issuers: HashSet::from(["issuer".to_owned()]),
            leeway,
        };
        let claims = serde_json::from_value(claims).unwrap();
        accepted.check(&claims, UNIX_EPOCH + Duration::from_secs(1000))
    }

    #[test]
    fn times_hold_to_the_second_and_with_the_leeway() {
        let minute = Duration::from_mins(1);
        let (expired, early) = (
            Err(refused("the token has expired")),
            Err(refused("the token is not valid yet")),
        );
        for (times, leeway, expected) in [
            (json!({ "exp": 1001 }), Duration::ZERO, Ok(())),
            (json!({ "exp": 1000.5 }), Duration::ZERO, Ok(())),
            (json!({ "exp": 1000 }), Duration::ZERO, expired.clone()),
            (json!({ "exp": 941 }), minute, Ok(())),
            (json!({ "exp": 940 }), minute, expired),
            (json!({ "exp": 2000, "nbf": 1060 }), minute, Ok(())),
            (json!({ "exp": 2000, "nbf": 1061 }), minute, early),
        ] {
            assert_eq!(check(&times, leeway), expected, "{times}");
        }
    }

    #[test]
    fn no_time_and_no_leeway_is_too_large_to_be_checked() {
        let at = |time: serde_json::Value| json!({ "exp": time, "nbf": time });
        for (times, is_accepted) in [
            (at(json!(-1e300)), false),
            (at(json!(0)), true),
            (at(json!(u64::MAX)), true),
            (at(json!(1e300)), false),
        ] {
            assert!(check(&times, Duration::ZERO).is_err(), "{times}");
            assert_eq!(check(&times, Duration::MAX).is_ok(), is_accepted, "{times}");
        }
    }
}
