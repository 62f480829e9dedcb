//! Requests that tests sign as a service does.

use contexture::Secret;
use contexture::webhook::WebhookRequest;
use contexture::webhook::signature::{
    self, Algorithm, HeaderSignature, SignatureError, SignedMessage, Verifier,
};

use super::at;

const NOW: u64 = 1_700_000_000;

type Scheme = fn(&Secret) -> Verifier;

/// Every scheme with secrets.
fn schemes() -> Vec<(&'static str, Scheme)> {
    vec![
        ("github", |secret| signature::github(secret)),
        ("meta", |secret| signature::meta(secret)),
        ("shopify", |secret| signature::shopify(secret)),
        ("slack", |secret| signature::slack(secret)),
        ("zoom", |secret| signature::zoom(secret)),
        ("stripe", |secret| signature::stripe(secret)),
        ("standard_webhooks", |secret| {
            signature::standard_webhooks(secret)
        }),
        ("svix", |secret| signature::svix(secret)),
        ("linear", |secret| signature::linear(secret)),
        ("hubspot_v3", |secret| {
            signature::hubspot_v3(secret, "https://webhook.test/wh_1")
        }),
        ("twilio", |secret| {
            signature::twilio(secret, "https://webhook.test/wh_1")
        }),
        ("shared_token", |secret| {
            signature::shared_token("x-token", secret)
        }),
        ("custom", |secret| {
            let header = HeaderSignature::hex("x-acme").prefix("v9=");
            let verifier = Verifier::hmac(Algorithm::Sha512, secret, move |request| {
                let message = format!("{} {}", request.path, request.body.unverified_text());
                Ok(SignedMessage::new(message, header.read(request)?))
            });
            verifier.signed_in(header)
        }),
    ]
}

#[test]
fn a_signed_request_verifies_and_a_changed_or_foreign_one_does_not() {
    for (name, scheme) in schemes() {
        let verifier = scheme(&Secret::from("c2VjcmV0"));
        let request = WebhookRequest::new("POST", "/in")
            .with_query("a=b")
            .with_body(r#"{"a":1}"#);
        let signed = verifier.sign_at(request, at(NOW)).unwrap();
        let result = verifier.verify_at(signed.clone(), at(NOW));
        assert!(result.is_ok(), "{name}: {result:?}");
        let again = verifier.sign_at(signed.clone(), at(NOW)).unwrap();
        assert_eq!(
            again.headers.iter().count(),
            signed.headers.iter().count(),
            "{name}"
        );
        let foreign = scheme(&Secret::from("b3RoZXI=")).verify_at(signed.clone(), at(NOW));
        assert_eq!(foreign, Err(SignatureError::Mismatch), "{name}");
        if name != "shared_token" {
            let text = signed.body.unverified_text().replace('1', "2");
            let changed = verifier.verify_at(signed.clone().with_body(text), at(NOW));
            assert!(changed.is_err(), "{name}");
        }
    }
}

#[test]
fn a_scheme_has_its_name_for_metrics() {
    for (name, scheme) in schemes() {
        let shown = format!("{:?}", scheme(&Secret::from("c2VjcmV0")));
        let name = if name == "custom" { "hmac" } else { name };
        assert!(shown.contains(&format!("scheme: \"{name}\"")), "{shown}");
    }
}

#[test]
fn a_scheme_that_signs_the_time_signs_the_current_one() {
    for (name, scheme) in schemes() {
        let verifier = scheme(&Secret::from("c2VjcmV0"));
        let request = WebhookRequest::new("POST", "/in").with_body(r#"{"a":1}"#);
        let signed = verifier.sign_at(request, at(NOW)).unwrap();
        let is_timed = ![
            "github",
            "meta",
            "shopify",
            "twilio",
            "shared_token",
            "custom",
        ]
        .contains(&name);
        let late = verifier.verify_at(signed, at(NOW + 301));
        assert_eq!(
            matches!(late, Err(SignatureError::TooOld { .. })),
            is_timed,
            "{name}"
        );
    }
}

#[test]
fn a_verifier_without_a_secret_or_a_header_cannot_sign() {
    let request = || WebhookRequest::new("POST", "/").with_body("{}");
    let refused = signature::github(&Secret::from(" ")).sign(request());
    assert_eq!(refused, Err(SignatureError::NoSecret));
    let verifier = Verifier::hmac(Algorithm::Sha256, &Secret::from("s"), |request| {
        Ok(SignedMessage::new(request.body.unverified_text(), "x"))
    });
    assert_eq!(verifier.sign(request()), Err(SignatureError::CannotSign));
}

#[test]
fn secrets_are_read_as_services_show_them() {
    let key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let request = || WebhookRequest::new("POST", "/").with_body("{}");
    let signed = signature::svix(&Secret::from(key)).sign(request()).unwrap();
    for shown in [
        format!("whsec_{key}"),
        format!("v1,whsec_{key}"),
        format!("v1,whsec_b3RoZXI=|v1,whsec_{key}"),
        format!("v1,whsec_{key} | whsec_b3RoZXI="),
        format!(" {key}\n"),
    ] {
        let verifier = signature::svix(&Secret::from(shown.as_str()));
        assert!(verifier.verify(signed.clone()).is_ok(), "{shown}");
    }
    for bare in ["v1,", "v1,whsec_", "whsec_|v1,whsec_", "|"] {
        let checked = signature::svix(&Secret::from(bare)).check_secrets();
        assert_eq!(checked, Err(SignatureError::NoSecret), "{bare}");
    }
    let checked = signature::svix(&Secret::from("v1,whsec_not base64")).check_secrets();
    assert!(matches!(
        checked,
        Err(SignatureError::UnusableSecret { .. })
    ));
}
