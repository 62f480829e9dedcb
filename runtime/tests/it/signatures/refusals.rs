//! Requests that every scheme rejects, and their errors.

use std::time::Duration;

use contexture::Secret;
use contexture::webhook::signature::{self, Algorithm, HeaderSignature, SignatureError};

use super::{at, request};

const SECRET: &str = "a secret of the tests";
const BODY: &str = r#"{"a":1}"#;

fn slack_request(time: &str) -> contexture::WebhookRequest {
    let message = format!("v0:{time}:{BODY}");
    let tag = Algorithm::Sha256.sign(SECRET.as_bytes(), message.as_bytes());
    let signature = format!("v0={}", tag.hex());
    let headers = [
        ("x-slack-signature", signature.as_str()),
        ("x-slack-request-timestamp", time),
    ];
    request(&headers, BODY)
}

#[test]
fn a_time_is_bounded_in_both_directions() {
    let verifier = signature::slack(&Secret::from(SECRET));
    let verify = |now| verifier.verify_at(slack_request("1000"), at(now)).map(drop);
    assert_eq!(verify(1300), Ok(()));
    assert_eq!(verify(700), Ok(()));
    assert_eq!(verify(1301), Err(SignatureError::TooOld { seconds: 301 }));
    assert_eq!(
        verify(699),
        Err(SignatureError::InTheFuture { seconds: 301 })
    );
    let verifier = verifier.within(Duration::from_secs(10));
    let late = verifier.verify_at(slack_request("1000"), at(1011));
    assert_eq!(late, Err(SignatureError::TooOld { seconds: 11 }));
}

#[test]
fn a_time_that_was_changed_is_a_mismatch() {
    let request = slack_request("1000");
    let signature = request.header("x-slack-signature").unwrap_or_default();
    let headers = [
        ("x-slack-signature", signature),
        ("x-slack-request-timestamp", "1001"),
    ];
    let changed = super::request(&headers, BODY);
    let verifier = signature::slack(&Secret::from(SECRET));
    assert_eq!(
        verifier.verify_at(changed, at(1001)),
        Err(SignatureError::Mismatch)
    );
}

#[test]
fn one_of_several_secrets_suffices_and_empty_ones_do_not_count() {
    let (old, new, empty) = (Secret::from("old"), Secret::from(SECRET), Secret::from(""));
    let request = slack_request("1000");
    let verify =
        |verifier: signature::Verifier| verifier.verify_at(request.clone(), at(1000)).map(drop);
    assert_eq!(verify(signature::slack([&old, &new])), Ok(()));
    assert_eq!(verify(signature::slack([&empty, &new])), Ok(()));
    assert_eq!(
        verify(signature::slack([&old])),
        Err(SignatureError::Mismatch)
    );
    for verifier in [
        signature::slack([&empty]),
        signature::slack(None::<&Secret>),
        signature::slack([]),
        signature::standard_webhooks(&empty),
        signature::shared_token("x-token", &empty),
    ] {
        assert_eq!(verify(verifier), Err(SignatureError::NoSecret));
    }
}

#[test]
fn a_secret_of_another_form_is_an_error_of_its_own() {
    let verifier = signature::standard_webhooks(&Secret::from("whsec_not base64!"));
    let error = verifier
        .verify_at(slack_request("1000"), at(1000))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "invalid secret: expected Base64 with an optional prefix `whsec_`"
    );
}

#[test]
fn a_malformed_signature_differs_from_a_wrong_one() {
    let secret = Secret::from(SECRET);
    let refuse = |verifier: signature::Verifier, name: &str, value: &str| {
        let headers = if value.is_empty() {
            vec![]
        } else {
            vec![(name, value)]
        };
        let request = request(&headers, BODY);
        verifier.verify_at(request, at(0)).unwrap_err().to_string()
    };
    let github = |value| refuse(signature::github(&secret), "x-hub-signature-256", value);
    let malformed = "the header `x-hub-signature-256` is malformed: \
        expected a hexadecimal signature";
    assert_eq!(github(""), "the header `x-hub-signature-256` is missing");
    assert_eq!(github("sha256=xyz"), malformed);
    assert_eq!(github("00ff"), malformed);
    assert_eq!(github("sha256=00ff"), SignatureError::Mismatch.to_string());
    let stripe = |value| refuse(signature::stripe(&secret), "stripe-signature", value);
    for value in [
        "v1=00",
        "t=1",
        "t=1,t=2,v1=00",
        "t=x,v1=00",
        "t=1,v1=xy",
        ",",
    ] {
        assert!(stripe(value).contains("is malformed"), "{value}");
    }
    let linear = refuse(signature::linear(&secret), "linear-signature", "00");
    assert_eq!(
        linear,
        "the body is malformed: expected JSON with the time in `webhookTimestamp`"
    );
}

#[test]
fn a_shared_token_is_compared_as_a_whole() {
    let verifier = signature::shared_token("x-token", &Secret::from(SECRET));
    let verify = |value: &str| {
        verifier
            .verify(request(&[("X-Token", value)], BODY))
            .map(drop)
    };
    assert_eq!(verify(SECRET), Ok(()));
    for value in ["", "a", &SECRET[1..], "another"] {
        assert_eq!(verify(value), Err(SignatureError::Mismatch), "{value}");
    }
}

#[test]
fn sha1_is_available_for_older_services() {
    let tag = Algorithm::Sha1.sign(SECRET.as_bytes(), BODY.as_bytes());
    let verifier =
        HeaderSignature::base64("x-signature").verifier(Algorithm::Sha1, &Secret::from(SECRET));
    let unpadded = tag.base64().trim_end_matches('=').to_owned();
    for signature in [tag.base64(), unpadded] {
        let request = request(&[("x-signature", &signature)], BODY);
        assert!(verifier.verify(request).is_ok(), "{signature}");
    }
}

#[test]
fn neither_errors_nor_debug_show_a_secret_or_the_right_signature() {
    let secret = Secret::from(SECRET);
    let verifier = signature::github(&secret);
    let tag = Algorithm::Sha256.sign(SECRET.as_bytes(), BODY.as_bytes());
    let error = verifier
        .verify(request(&[("x-hub-signature-256", "sha256=00")], BODY))
        .unwrap_err();
    let shown = format!(
        "{verifier:?} {tag:?} {error} {error:?} {:?}",
        error.response()
    );
    assert!(
        !shown.contains(SECRET) && !shown.contains(&tag.hex()),
        "{shown}"
    );
}
