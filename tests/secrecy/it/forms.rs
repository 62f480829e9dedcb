//! The forms in which a secret may show.

use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Returns the forms of a secret with their names: plain, percent-encoded, hexadecimal, a list of
/// bytes, and base64 at each place inside a longer text.
pub(crate) fn forms(secret: &str) -> Vec<(&'static str, String)> {
    let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let bytes: Vec<_> = secret.bytes().map(|byte| byte.to_string()).collect();
    let mut forms = vec![
        ("plain", secret.to_owned()),
        ("percent-encoded", encoded.to_lowercase()),
        ("percent-encoded", encoded),
        ("hexadecimal", hex::encode(secret)),
        ("hexadecimal", hex::encode_upper(secret)),
        ("a list of bytes", bytes.join(", ")),
    ];
    // As in a form: only what `application/x-www-form-urlencoded` has to encode.
    let form = secret
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    forms.push(("a form", form));
    for engine in [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD] {
        for before in 0..3 {
            let padded = format!("{}{secret}", &"\0\0"[..before]);
            let encoded = engine.encode(padded);
            // The characters at both ends also depend on the bytes beside the secret.
            let start = (before * 8).div_ceil(6);
            let end = (before + secret.len()) * 8 / 6;
            forms.push(("base64", encoded[start..end].to_owned()));
        }
    }
    forms
}

/// Returns the name of a form in which a text has the secret.
pub(crate) fn found(secret: &str, text: &str) -> Option<&'static str> {
    assert!(secret.len() >= 12, "a short secret may occur by chance");
    let mut forms = forms(secret).into_iter();
    forms.find_map(|(name, form)| text.contains(&form).then_some(name))
}

#[test]
fn a_secret_is_found_in_every_form() {
    let secret = "s3cret+value/one=";
    let in_base64 = |before: &str| BASE64_URL_SAFE_NO_PAD.encode(format!("{before}{secret}!"));
    for text in [
        format!("key={secret}&"),
        "s3cret%2Bvalue%2Fone%3D".to_owned(),
        "s3cret%2bvalue%2fone%3d".to_owned(),
        hex::encode(format!("a{secret}")),
        format!("{:?}", format!("a{secret}").as_bytes()),
        in_base64(""),
        in_base64("a"),
        in_base64("ab"),
        in_base64("abc"),
        BASE64_STANDARD_NO_PAD.encode(format!(r#"{{"apiKey":"{secret}"}}"#)),
    ] {
        assert!(found(secret, &text).is_some(), "{text}");
    }
    assert_eq!(found(secret, "s3cret value one"), None);
}
