//! Blank secrets.

use contexture::Secret;
use contexture::webhook::signature::{self, Algorithm, HeaderSignature, SignatureError, Verifier};

use super::{at, request};

const BLANK: [&str; 5] = ["", " ", "\n", "\t \r\n", "\u{feff}"];

/// The request of an attacker who guesses that the secret is this text.
fn verify(verifier: &Verifier, secret: &str) -> Result<(), SignatureError> {
    let body = "{}";
    let sign = |text: &str| {
        Algorithm::Sha256
            .sign(secret.as_bytes(), text.as_bytes())
            .hex()
    };
    let github = format!("sha256={}", sign(body));
    let slack = format!("v0={}", sign("v0:1000:{}"));
    let stripe = format!("t=1000,v1={}", sign("1000.{}"));
    let linear = sign(body);
    let headers = [
        ("x-hub-signature-256", github.as_str()),
        ("x-slack-signature", slack.as_str()),
        ("x-slack-request-timestamp", "1000"),
        ("stripe-signature", stripe.as_str()),
        ("linear-signature", linear.as_str()),
        ("x-own", linear.as_str()),
        ("x-token", secret),
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", "1000"),
        ("webhook-signature", "v1,AAAA"),
    ];
    verifier
        .verify_at(request(&headers, body), at(1000))
        .map(drop)
}

#[test]
fn a_blank_secret_counts_as_none_in_every_scheme() {
    for blank in BLANK {
        let secret = Secret::from(blank);
        let own = HeaderSignature::hex("x-own").verifier(Algorithm::Sha256, &secret);
        for verifier in [
            signature::github(&secret),
            signature::slack(&secret),
            signature::stripe(&secret),
            signature::linear(&secret),
            signature::standard_webhooks(&secret),
            signature::shared_token("x-token", &secret),
            own,
        ] {
            let refused = verify(&verifier, blank);
            assert_eq!(
                refused,
                Err(SignatureError::NoSecret),
                "{blank:?} {verifier:?}"
            );
        }
    }
}

#[test]
fn a_prefix_with_nothing_behind_it_counts_as_none() {
    for (bare, scheme) in [
        (
            "whsec_",
            (|secret| signature::stripe(secret)) as fn(&Secret) -> Verifier,
        ),
        ("whsec_ ", |secret| signature::stripe(secret)),
        ("whsec_", |secret| signature::standard_webhooks(secret)),
        ("whsec_\n", |secret| signature::svix(secret)),
        ("lin_wh_", |secret| signature::linear(secret)),
    ] {
        let refused = verify(&scheme(&Secret::from(bare)), bare);
        assert_eq!(refused, Err(SignatureError::NoSecret), "{bare:?}");
    }
}

#[test]
fn a_blank_secret_beside_another_one_does_not_count() {
    let (blank, secret) = (Secret::from(" "), Secret::from("s"));
    let verifier = signature::github([&blank, &secret]);
    assert_eq!(verify(&verifier, "s"), Ok(()));
    assert_eq!(verify(&verifier, " "), Err(SignatureError::Mismatch));
}
