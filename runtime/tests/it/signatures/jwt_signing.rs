//! Tokens signed by the tests, with keys and headers that no honest issuer uses.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contexture::webhook::signature::SignatureError;
use contexture::webhook::signature::jwt::JwtVerifier;
use data_encoding::HEXLOWER;
use jsonwebtoken::crypto::{CryptoProvider, KeyUtils, rust_crypto};
use jsonwebtoken::jwk::EllipticCurve;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::jwt::{fixture, token};

/// An Ed25519 test key in PKCS #8: a header and 32 bytes.
fn private_key() -> Vec<u8> {
    let header = "302e020100300506032b657004220420";
    [HEXLOWER.decode(header.as_bytes()).unwrap(), vec![7; 32]].concat()
}

fn public_key() -> Vec<u8> {
    let components = rust_crypto::DEFAULT_PROVIDER
        .key_utils
        .ed_pub_components_from_private_key;
    components(&private_key(), &EllipticCurve::Ed25519).unwrap()
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Signs a token with these headers in addition to the algorithm.
fn sign(headers: &Value) -> String {
    let mut header = json!({ "alg": "EdDSA" });
    let all = header.as_object_mut().unwrap();
    all.extend(headers.as_object().unwrap().clone());
    let claims = json!({ "aud": "app-1", "iss": "https://issuer.test", "exp": 1e12, "sub": "ada" });
    let message = format!(
        "{}.{}",
        encode(header.to_string()),
        encode(claims.to_string())
    );
    let key = EncodingKey::from_ed_der(&private_key());
    let signer = rust_crypto::DEFAULT_PROVIDER.signer_factory;
    let signature = signer(&Algorithm::EdDSA, &key)
        .unwrap()
        .sign(message.as_bytes());
    format!("{message}.{}", encode(signature))
}

fn verify(key: &Value, token: &str) -> Result<Value, SignatureError> {
    let key_set = json!({ "keys": [key] }).to_string();
    let verifier = JwtVerifier::new(&key_set, "app-1", "https://issuer.test").unwrap();
    let outcome = verifier.verify_token::<Value>(token);
    outcome.map(contexture::webhook::Verified::into_inner)
}

fn ed25519(x: impl AsRef<[u8]>) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": encode(x) })
}

#[test]
fn a_token_with_critical_extensions_is_refused() {
    let key = ed25519(public_key());
    let claims = verify(&key, &sign(&json!({ "typ": "JWT", "x": 1 }))).unwrap();
    assert_eq!(claims["sub"], "ada");
    for critical in [
        json!(["b64"]),
        json!(["exp"]),
        json!([]),
        json!(null),
        json!("b64"),
    ] {
        let token = sign(&json!({ "crit": critical, "b64": true }));
        let reason = "unsupported critical extensions";
        assert_eq!(
            verify(&key, &token),
            Err(SignatureError::Token { reason }),
            "{critical}"
        );
    }
}

#[test]
fn a_key_of_another_length_is_refused_and_does_not_panic() {
    let ed25519_token = sign(&json!({}));
    let reason = "the key is not usable";
    for length in [0, 1, 31, 33, 64] {
        let mut key = public_key();
        key.resize(length, 0);
        let refused = verify(&ed25519(key), &ed25519_token);
        assert_eq!(refused, Err(SignatureError::Token { reason }), "{length}");
    }
    // The exponent is 65537.
    for modulus in [
        vec![],
        vec![3],
        vec![0; 256],
        vec![0xff; 128],
        vec![0xff; 255],
    ] {
        let key = json!({ "kty": "RSA", "n": encode(&modulus), "e": "AQAB", "kid": "rsa-1" });
        let refused = verify(&key, &token("rs256"));
        assert_eq!(
            refused,
            Err(SignatureError::Token { reason }),
            "{modulus:?}"
        );
    }
    let point = json!({ "kty": "EC", "crv": "P-256", "x": "", "y": "", "kid": "ec-1" });
    assert!(verify(&point, &token("es256")).is_err());
}

#[test]
fn a_key_of_another_kind_is_refused() {
    let ed25519_token = sign(&json!({ "kid": "k" }));
    let mut key = fixture()["keySet"]["keys"][0].clone();
    key.as_object_mut().unwrap().remove("alg");
    key["kid"] = json!("k");
    assert!(verify(&key, &ed25519_token).is_err());
    let secret = json!({ "kty": "oct", "k": "", "kid": "k" });
    assert!(verify(&secret, &ed25519_token).is_err());
}

/// Another crate may have installed a crypto provider for the process, or have compiled in two providers;
/// with two, the process's default panics.
#[test]
fn the_cryptography_of_the_process_is_neither_used_nor_set() {
    static PANICS: CryptoProvider = CryptoProvider {
        signer_factory: |_, _| panic!("the signer of the process was used"),
        verifier_factory: |_, _| panic!("the verifier of the process was used"),
        key_utils: KeyUtils::new_unimplemented(),
    };
    let key_set = fixture()["keySet"].to_string();
    let verifier = JwtVerifier::new(&key_set, "app-1", "https://issuer.test").unwrap();
    let check = || {
        for name in ["rs256", "es256"] {
            let outcome = verifier.verify_token::<Value>(&token(name));
            assert!(outcome.is_ok(), "{name}");
        }
    };
    check();
    // A provider can be installed once, and only before the first use.
    PANICS.install_default().unwrap();
    check();
}
