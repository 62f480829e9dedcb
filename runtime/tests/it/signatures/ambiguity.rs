//! A captured signature is valid for the signed request only, and for no other request with the same signed text.

use contexture::Secret;
use contexture::webhook::signature::{self, Algorithm, SignatureError, Verifier};
use contexture::webhook::{Verified, WebhookRequest};

use super::{at, request};

const NOW: u64 = 1_700_000_000;
const KEY: &[u8] = b"key of the tests";

fn is_refused(verifier: &Verifier, request: WebhookRequest) -> bool {
    let outcome = verifier.verify_at(request, at(NOW));
    matches!(
        outcome.map(Verified::into_inner),
        Err(SignatureError::Malformed { .. } | SignatureError::Mismatch)
    )
}

fn standard(id: &str, time: &str, body: &str, signature: &str) -> WebhookRequest {
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", time),
        ("webhook-signature", signature),
        ("svix-id", id),
        ("svix-timestamp", time),
        ("svix-signature", signature),
    ];
    request(&headers, body)
}

#[test]
fn an_id_of_standard_webhooks_ends_at_the_first_dot() {
    let secret = Secret::from("a2V5IG9mIHRoZSB0ZXN0cw==");
    let text = format!("msg_1.{NOW}.{NOW}.pay {{}}");
    let tag = Algorithm::Sha256.sign(KEY, text.as_bytes());
    let signature = format!("v1,{}", tag.base64());
    let now = NOW.to_string();
    for verifier in [
        signature::standard_webhooks(&secret),
        signature::svix(&secret),
    ] {
        let body = format!("{now}.pay {{}}");
        let signed = standard("msg_1", &now, &body, &signature);
        assert!(verifier.verify_at(signed, at(NOW)).is_ok());
        let moved = standard(&format!("msg_1.{now}"), &now, "pay {}", &signature);
        assert!(is_refused(&verifier, moved));
        assert!(is_refused(&verifier, standard("", &now, &body, &signature)));
    }
}

/// A request in the form of `HubSpot`, with the signature of this text.
fn hubspot(text: &str, path: &str, query: &str, body: &str, time: &str) -> WebhookRequest {
    let tag = Algorithm::Sha256.sign(KEY, text.as_bytes());
    WebhookRequest::new("POST", path)
        .with_query(query)
        .with_header("x-hubspot-signature-v3", tag.base64())
        .with_header("x-hubspot-request-timestamp", time)
        .with_body(body)
}

#[test]
fn the_parts_of_a_hubspot_request_are_cut_in_one_place() {
    let verifier = signature::hubspot_v3(&Secret::from("key of the tests"), "https://h.test/wh");
    let time = format!("{NOW}000");
    let text = format!("POSThttps://h.test/wh/in?a=b{{\"n\":1}}{time}");
    let sent = |path, query, body| hubspot(&text, path, query, body, &time);
    let signed = sent("/in", "a=b", r#"{"n":1}"#);
    assert!(verifier.verify_at(signed, at(NOW)).is_ok());
    for (path, query, body) in [
        ("/in", r#"a=b{"n":1}"#, ""),
        ("/in", "a=", r#"b{"n":1}"#),
        ("/in", "", r#"?a=b{"n":1}"#),
        ("/", "", r#"/in?a=b{"n":1}"#),
        ("/in?a=b", "", r#"{"n":1}"#),
        ("/in%3Fa=b", "", r#"{"n":1}"#),
        ("/in%3fa=b", "", r#"{"n":1}"#),
        ("%2Fin", "a=b", r#"{"n":1}"#),
    ] {
        let request = sent(path, query, body);
        assert!(is_refused(&verifier, request), "{path} {query} {body}");
    }
}

#[test]
fn a_digit_of_a_hubspot_address_does_not_count_as_one_of_the_time() {
    let verifier = signature::hubspot_v3(&Secret::from("key of the tests"), "https://h.test/wh");
    let time = format!("{NOW}000");
    let text = format!("POSThttps://h.test/wh?issue=100{time}");
    let signed = hubspot(&text, "/", "issue=100", "", &time);
    assert!(verifier.verify_at(signed, at(NOW)).is_ok());
    for (query, zeros) in [("issue=10", "0"), ("issue=1", "00")] {
        let moved = hubspot(&text, "/", query, "", &format!("{zeros}{time}"));
        assert!(is_refused(&verifier, moved), "{query}");
    }
}

#[test]
fn a_time_has_one_form_wherever_it_is_signed() {
    let secret = Secret::from("key of the tests");
    let sign = |text: String| Algorithm::Sha256.sign(KEY, text.as_bytes()).hex();
    for time in [format!("0{NOW}"), format!("+{NOW}"), format!("{NOW}.0")] {
        let signature = format!("v0={}", sign(format!("v0:{time}:{{}}")));
        let slack = [
            ("x-slack-signature", signature.as_str()),
            ("x-slack-request-timestamp", time.as_str()),
        ];
        assert!(is_refused(
            &signature::slack(&secret),
            request(&slack, "{}")
        ));
        let signature = format!("t={time},v1={}", sign(format!("{time}.{{}}")));
        let stripe = [("stripe-signature", signature.as_str())];
        assert!(is_refused(
            &signature::stripe(&secret),
            request(&stripe, "{}")
        ));
    }
}

#[test]
fn a_twilio_form_has_no_field_without_a_name_and_an_address_one_form() {
    let verifier = signature::twilio(&Secret::from("key of the tests"), "https://h.test/wh");
    let tag = Algorithm::Sha1.sign(KEY, b"https://h.test/wh/in?a=bBodyhello");
    let sent = |path, query, body| {
        WebhookRequest::new("POST", path)
            .with_query(query)
            .with_header("x-twilio-signature", tag.base64())
            .with_body(body)
    };
    assert!(verifier.verify(sent("/in", "a=b", "Body=hello")).is_ok());
    for (path, query, body) in [
        ("/in", "a=b", "=Bodyhello"),
        ("/in?a=b", "", "Body=hello"),
        ("/in?a=bBodyhello", "", ""),
    ] {
        assert!(
            is_refused(&verifier, sent(path, query, body)),
            "{path} {body}"
        );
    }
}
