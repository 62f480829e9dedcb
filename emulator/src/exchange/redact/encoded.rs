//! The text that a secret has inside of Base64, at each position that it can have there.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

use super::placeholder::json_escaped;

/// The shortest secret, in bytes, that is looked for in Base64. The text of a shorter one occurs by chance.
const SHORTEST: usize = 8;

/// Returns the texts of a secret in Base64, plainly and in JSON: those characters that depend on the secret alone.
pub(super) fn base64_texts(secret: &str) -> Vec<String> {
    let mut texts = Vec::new();
    if secret.len() >= SHORTEST {
        add_texts(&mut texts, secret);
        add_texts(&mut texts, &json_escaped(secret));
    }
    texts
}

fn add_texts(texts: &mut Vec<String>, secret: &str) {
    for before in 0..3 {
        let bytes = [&[0; 3][..before], secret.as_bytes()].concat();
        // Six bits a character: the first ones also depend on what stands before, the last on what follows.
        let first = (before * 8).div_ceil(6);
        let last = bytes.len() * 8 / 6;
        for engine in [BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD] {
            let text = engine.encode(&bytes)[first..last].to_owned();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_at_each_position_in_base64() {
        let secret = "hunter2?hunter2>";
        for before in ["", "a", "ab", "abc", "user:"] {
            for after in ["", "!", "!!", "!!!"] {
                let text = format!("{before}{secret}{after}");
                for encoded in [
                    BASE64_STANDARD_NO_PAD.encode(&text),
                    BASE64_URL_SAFE_NO_PAD.encode(&text),
                ] {
                    let texts = base64_texts(secret);
                    assert!(texts.iter().any(|known| encoded.contains(known)), "{text}");
                }
            }
        }
        assert!(base64_texts("short").is_empty());
    }
}
