//! JSON Web Tokens. `jwt.json` was made by `PyJWT`, with keys that were thrown away.

use contexture::webhook::WebhookRequest;
use contexture::webhook::signature::SignatureError;
use contexture::webhook::signature::jwt::JwtVerifier;
use serde_json::Value;

pub(super) fn fixture() -> Value {
    serde_json::from_str(include_str!("jwt.json")).unwrap()
}

fn verifier() -> JwtVerifier {
    let key_set = fixture()["keySet"].to_string();
    JwtVerifier::new(&key_set, "app-1", "https://issuer.test").unwrap()
}

pub(super) fn token(name: &str) -> String {
    fixture()["tokens"][name].as_str().unwrap().to_owned()
}

fn refusal(name: &str) -> SignatureError {
    verifier().verify_token::<Value>(&token(name)).unwrap_err()
}

#[test]
fn tokens_of_another_implementation_hold() {
    for name in ["rs256", "es256", "severalAudiences"] {
        let claims = verifier().verify_token::<Value>(&token(name)).unwrap();
        assert_eq!(claims["sub"], "ada", "{name}");
    }
}

#[test]
fn a_token_for_others_or_of_another_time_is_refused() {
    let reasons = [
        ("expired", "the token has expired"),
        ("notYet", "the token is not valid yet"),
        ("otherAudience", "the audience is not accepted"),
        ("otherIssuer", "the issuer is not accepted"),
        (
            "noAudience",
            "one of the claims `exp`, `aud`, `iss` is missing",
        ),
        (
            "noIssuer",
            "one of the claims `exp`, `aud`, `iss` is missing",
        ),
        (
            "noExpiry",
            "one of the claims `exp`, `aud`, `iss` is missing",
        ),
        ("unknownKey", "the key is not in the key set"),
        ("otherAlgorithm", "the key is for another use"),
        (
            "hmacWithPublicKey",
            "the algorithm is not a public-key algorithm",
        ),
    ];
    for (name, reason) in reasons {
        assert_eq!(refusal(name), SignatureError::Token { reason }, "{name}");
    }
    assert_eq!(refusal("forged"), SignatureError::Mismatch);
    assert!(matches!(refusal("unsigned"), SignatureError::Token { .. }));
}

#[test]
fn a_request_carries_the_token_in_a_header() {
    let request =
        |value: String| WebhookRequest::new("POST", "/").with_header("Authorization", value);
    let verify = |value| verifier().verify(request(value)).map(drop);
    assert_eq!(verify(format!("Bearer {}", token("rs256"))), Ok(()));
    assert!(verify(token("rs256")).is_err());
    assert!(verify(format!("Basic {}", token("rs256"))).is_err());
    assert!(verify(format!("Bearer {}", token("expired"))).is_err());
}

#[test]
fn an_audience_an_issuer_and_a_key_are_required() {
    let key_set = fixture()["keySet"].to_string();
    assert!(JwtVerifier::new(&key_set, "", "https://issuer.test").is_err());
    assert!(JwtVerifier::new(&key_set, "app-1", "").is_err());
    assert!(JwtVerifier::new("{}", "app-1", "https://issuer.test").is_err());
    let empty = JwtVerifier::new(r#"{"keys":[]}"#, "app-1", "https://issuer.test").unwrap();
    let refused = empty.verify_token::<Value>(&token("rs256"));
    assert_eq!(refused.map(drop), Err(SignatureError::NoSecret));
}
