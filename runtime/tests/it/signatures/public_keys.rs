//! Services that sign with a private key.

use contexture::Secret;
use contexture::webhook::WebhookRequest;
use contexture::webhook::signature::{self, KeyPair, SignatureError, Verifier};

use super::{at, request};

/// The example in the tests of the libraries of `SendGrid`.
#[test]
fn sendgrid_signs_so() {
    let key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";
    let signature = "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";
    let body = "[{\"email\":\"hello@world.com\",\"event\":\"dropped\",\"reason\":\"Bounced Address\",\"sg_event_id\":\"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA\",\"sg_message_id\":\"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0\",\"smtp-id\":\"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>\",\"timestamp\":1600112492}]\r\n";
    let headers = [
        ("X-Twilio-Email-Event-Webhook-Signature", signature),
        ("X-Twilio-Email-Event-Webhook-Timestamp", "1600112502"),
    ];
    let verifier = signature::sendgrid(&Secret::from(key));
    let signed = request(&headers, body);
    let now = at(1_600_112_502);
    assert!(verifier.verify_at(signed.clone(), now).is_ok());
    let changed = signed.with_body(format!("{body} "));
    assert_eq!(
        verifier.verify_at(changed, now),
        Err(SignatureError::Mismatch)
    );
}

type Scheme = fn(&Secret) -> Verifier;

fn pairs() -> [(KeyPair, Scheme); 2] {
    [
        (KeyPair::ed25519(), |key| signature::discord(key)),
        (KeyPair::ecdsa_p256(), |key| signature::sendgrid(key)),
    ]
}

#[test]
fn a_request_verifies_with_the_public_key_of_its_signer_alone() {
    for ((pair, scheme), (stranger, _)) in pairs().into_iter().zip(pairs()) {
        let verifier = scheme(&Secret::from(pair.public_key()));
        let request = WebhookRequest::new("POST", "/").with_body(r#"{"type":1}"#);
        let signed = verifier.sign_with(&pair, request).unwrap();
        assert!(verifier.verify(signed.clone()).is_ok());
        let changed = signed.clone().with_body(r#"{"type":2}"#);
        assert_eq!(verifier.verify(changed), Err(SignatureError::Mismatch));
        let other = scheme(&Secret::from(stranger.public_key()));
        assert_eq!(other.verify(signed), Err(SignatureError::Mismatch));
    }
}

#[test]
fn a_key_pair_of_another_kind_and_a_secret_cannot_sign() {
    let [(ed25519, discord), (p256, sendgrid)] = pairs();
    let request = || WebhookRequest::new("POST", "/").with_body("{}");
    let verifier = discord(&Secret::from(ed25519.public_key()));
    let refused = verifier.sign_with(&p256, request());
    assert_eq!(refused, Err(SignatureError::CannotSign));
    assert_eq!(verifier.sign(request()), Err(SignatureError::CannotSign));
    let verifier = sendgrid(&Secret::from(p256.public_key()));
    let refused = verifier.sign_with(&ed25519, request());
    assert_eq!(refused, Err(SignatureError::CannotSign));
}

#[test]
fn a_malformed_public_key_is_found_before_the_first_request() {
    let (ed25519, p256) = (KeyPair::ed25519(), KeyPair::ecdsa_p256());
    let (hex, der) = (ed25519.public_key(), p256.public_key());
    for malformed in ["x", &hex[1..], &format!("{hex}00"), der] {
        let checked = signature::discord(&Secret::from(malformed)).check_secrets();
        assert!(
            matches!(checked, Err(SignatureError::UnusableSecret { .. })),
            "{malformed}"
        );
    }
    for malformed in ["x", hex, &der[4..], "MFkwEwYHKoZIzj0CAQ=="] {
        let checked = signature::sendgrid(&Secret::from(malformed)).check_secrets();
        assert!(
            matches!(checked, Err(SignatureError::UnusableSecret { .. })),
            "{malformed}"
        );
    }
    assert_eq!(
        signature::discord(&Secret::from(hex)).check_secrets(),
        Ok(())
    );
    assert_eq!(
        signature::sendgrid(&Secret::from(der)).check_secrets(),
        Ok(())
    );
    assert!(!format!("{ed25519:?}").contains("seed"));
}
