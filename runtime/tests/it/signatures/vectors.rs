//! Signatures from each service, or from another implementation.

use contexture::Secret;
use contexture::webhook::signature::{
    self, Algorithm, HeaderSignature, SignatureError, SignedMessage, Verifier,
};
use contexture::webhook::{Verified, WebhookRequest};

use super::{at, request};

/// The time of the signatures that have no other time.
const NOW: u64 = 1_700_000_000;

/// Asserts that a request verifies, and that it does not with another secret or another body.
fn check(now: u64, secret: &str, scheme: impl Fn(&Secret) -> Verifier, request: &WebhookRequest) {
    let verify = |secret: &str, request: &WebhookRequest| {
        scheme(&Secret::from(secret)).verify_at(request.clone(), at(now))
    };
    let verified = verify(secret, request);
    assert_eq!(verified.map(Verified::into_inner).as_ref(), Ok(request));
    // This secret is valid Base64, for the schemes with Base64 secrets.
    let other = verify("b3RoZXI=", request);
    assert_eq!(other, Err(SignatureError::Mismatch));
    assert_eq!(verify("", request), Err(SignatureError::NoSecret));
    let text = request.body.unverified_text();
    let changed = request.clone().with_body(format!("{text} "));
    assert_eq!(verify(secret, &changed), Err(SignatureError::Mismatch));
}

/// The example of GitHub's page on validating deliveries.
#[test]
fn github_signs_so() {
    let signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    let request = request(&[("X-Hub-Signature-256", signature)], "Hello, World!");
    check(
        NOW,
        "It's a Secret to Everybody",
        |secret| signature::github(secret),
        &request,
    );
    check(
        NOW,
        "It's a Secret to Everybody",
        |secret| signature::meta(secret),
        &request,
    );
}

/// The example of Slack's page on verifying requests.
#[test]
fn slack_signs_so() {
    let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow\
        &channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner\
        &command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands\
        %2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN\
        &trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    let headers = [
        ("X-Slack-Signature", signature),
        ("X-Slack-Request-Timestamp", "1531420618"),
    ];
    let request = request(&headers, body);
    let secret = "8f742231b10e8888abcd99yyyzzz85a5";
    check(
        1_531_420_618,
        secret,
        |secret| signature::slack(secret),
        &request,
    );
}

/// The example in the tests of the libraries of Standard Webhooks and of Svix.
#[test]
fn standard_webhooks_and_svix_sign_the_id_the_time_and_the_body() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let values = [
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        "v1,c2lnbmVkIHdpdGggYW5vdGhlcg== v1a,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ];
    let signed = |names: [&'static str; 3]| {
        let headers: Vec<_> = names.into_iter().zip(values).collect();
        request(&headers, r#"{"test": 2432232314}"#)
    };
    let standard = signed(["webhook-id", "webhook-timestamp", "webhook-signature"]);
    let svix = signed(["svix-id", "svix-timestamp", "svix-signature"]);
    let scheme = |secret: &Secret| signature::standard_webhooks(secret);
    check(1_614_265_330, secret, scheme, &standard);
    check(1_614_265_330, &secret[6..], scheme, &standard);
    check(
        1_614_265_330,
        secret,
        |secret| signature::svix(secret),
        &svix,
    );
}

/// The example in the tests of Twilio's libraries.
#[test]
fn twilio_signs_the_address_and_the_fields_of_a_form() {
    let body = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    let request = WebhookRequest::new("POST", "/myapp.php")
        .with_query("foo=1&bar=2")
        .with_header("X-Twilio-Signature", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
        .with_body(body);
    let scheme = |secret: &Secret| signature::twilio(secret, "https://mycompany.com");
    check(NOW, "12345", scheme, &request);
}

/// By Python: `hmac.new(key, message, 'sha1')` in Base64, over the address and the hash in its query.
#[test]
fn twilio_signs_the_hash_of_another_body() {
    let hash = "85264246de8d570722726062407cde49dc5bb2c2569c179765b178e3ffe30825";
    let request = WebhookRequest::new("POST", "/")
        .with_query(format!("bodySHA256={hash}"))
        .with_header("X-Twilio-Signature", "tYiKhQbcoVDMRJ3/8ucIyUYlwUM=")
        .with_body(r#"{"CallSid":"CA1"}"#);
    let scheme = |secret: &Secret| signature::twilio(secret, "https://webhook.test/wh_1");
    check(NOW, "12345", scheme, &request);
}

/// By Python, as above: the signed address has a port, and the address of the request has none.
#[test]
fn twilio_may_sign_the_port() {
    let request = WebhookRequest::new("POST", "/")
        .with_header("X-Twilio-Signature", "ApvOQmFBuvKOOcDSL6GvsfWWldc=")
        .with_body("B=2&A=1");
    let scheme = |secret: &Secret| signature::twilio(secret, "https://webhook.test/wh_1");
    check(NOW, "12345", scheme, &request);
}

/// By Python: `hmac.new(key, f'{time}.{body}', 'sha256')`, in hexadecimal digits.
#[test]
fn stripe_signs_so() {
    let signature = "t=1700000000,v1=00ff,v1=248a374f50f943a28b0f6ab50faf9a7e7e29b710fa26df9fb1618b9bf8ea9c9a,v0=00";
    let request = request(&[("Stripe-Signature", signature)], r#"{"id":"evt_1"}"#);
    check(
        NOW,
        "whsec_test_secret",
        |secret| signature::stripe(secret),
        &request,
    );
}

/// By Python: `hmac.new(key, body, 'sha256')`, in Base64.
#[test]
fn shopify_signs_so() {
    let signature = "VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=";
    let request = request(&[("X-Shopify-Hmac-Sha256", signature)], r#"{"id":1}"#);
    check(NOW, "hush", |secret| signature::shopify(secret), &request);
}

/// By Python: `hmac.new(key, body, 'sha256')`, in hexadecimal digits.
#[test]
fn linear_signs_so() {
    let signature = "0e7eb538ce08f2d147d43dcc1a8d5fef4d5dd6effe602c4c11c3d2456d92c6be";
    let body = r#"{"action":"create","webhookTimestamp":1700000000000}"#;
    let request = request(&[("Linear-Signature", signature)], body);
    check(
        NOW,
        "lin_wh_secret",
        |secret| signature::linear(secret),
        &request,
    );
}

/// By Python: `hmac.new(key, f'v0:{time}:{body}', 'sha256')`, in hexadecimal digits.
#[test]
fn zoom_signs_so() {
    let signature = "v0=37fabdea8e4d1e7734f676bedeb9a0c18dee9af13e5cf9b95606a452c0b52749";
    let headers = [
        ("X-Zm-Signature", signature),
        ("X-Zm-Request-Timestamp", "1700000000"),
    ];
    let request = request(&headers, r#"{"event":"meeting.started"}"#);
    check(
        NOW,
        "zoomsecret",
        |secret| signature::zoom(secret),
        &request,
    );
}

/// By Python: `hmac.new(key, method + address + body + time, 'sha256')`, in Base64.
#[test]
fn hubspot_signs_the_address_written_out() {
    let request = WebhookRequest::new("POST", "/in")
        .with_query("to=a%40b.test")
        .with_header(
            "X-HubSpot-Signature-v3",
            "3H9wsohuGXFrsPcQyMyC4Zbxv6Qp1gjDWMRa51KCZJI=",
        )
        .with_header("X-HubSpot-Request-Timestamp", "1700000000000")
        .with_body(r#"[{"eventId":1}]"#);
    let scheme = |secret: &Secret| signature::hubspot_v3(secret, "https://webhook.test/wh_1");
    check(NOW, "hs_secret", scheme, &request);
}

/// By Python: `hmac.new(key, f'{method} {path} {body}', 'sha512')`, in hexadecimal digits.
#[test]
fn a_custom_scheme_chooses_the_signed_text() {
    const HEADER: HeaderSignature = HeaderSignature::hex("x-acme-signature").prefix("sha512=");
    let digits = "916dfd0644f0fe9a54fd35475c6c4b8cd7219beec7d536c92eac0af3a0186d40\
        7fd5372727a29668c50b29ee2c8382d0bd629035d4a43dcd65e7e896bf0df981";
    let request = WebhookRequest::new("POST", "/in")
        .with_header("x-acme-signature", format!("sha512={digits}"))
        .with_body(r#"{"a":1}"#);
    let scheme = |secret: &Secret| {
        Verifier::hmac(Algorithm::Sha512, secret, |request| {
            let body = request.body.unverified_text();
            let message = format!("{} {} {body}", request.method, request.path);
            Ok(SignedMessage::new(message, HEADER.read(request)?))
        })
    };
    check(NOW, "s", scheme, &request);
}
