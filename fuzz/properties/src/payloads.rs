//! Every payload of the repository's definitions.

use contexture::Payload;
use contexture_exact::json::{Json, is_equal, is_equal_as_float, is_same_number, parse};

include!(concat!(env!("OUT_DIR"), "/payloads.rs"));

/// A type of payload, by its path.
pub(crate) struct Kind {
    /// `shapes::actions::EnumsInput`.
    pub(crate) path: &'static str,
    pub(crate) schema: &'static str,
    pub(crate) round_trip: fn(&[u8]),
}

impl Kind {
    const fn of<T: Payload>(path: &'static str) -> Self {
        Self {
            path,
            schema: T::SCHEMA,
            round_trip: round_trip::<T>,
        }
    }
}

/// Checks that an accepted payload comes back unchanged.
fn round_trip<T: Payload>(text: &[u8]) {
    let Ok(payload) = T::decode(text) else {
        return;
    };
    let encoded = payload
        .encode()
        .expect("an accepted payload can be encoded");
    let read = |text: &[u8]| {
        let text = str::from_utf8(text).expect("an accepted payload is UTF-8");
        parse(text).expect("an accepted payload is JSON")
    };
    let (came, given) = (read(text), read(&encoded));
    assert!(
        if is_exact(&came) {
            is_equal(&came, &given)
        } else {
            is_equal_as_float(&came, &given)
        },
        "decoded {came:?}, and encoded {given:?}"
    );
    let again = T::decode(&encoded).expect("an encoded payload is accepted");
    assert_eq!(
        again.encode().ok(),
        Some(encoded),
        "a second encoding is the same"
    );
}

/// Returns whether every number fits in 64 bits.
fn is_exact(value: &Json) -> bool {
    match value {
        Json::Number(text) => {
            let float = text.parse::<f64>().unwrap_or(f64::NAN);
            text.parse::<i64>().is_ok()
                || text.parse::<u64>().is_ok()
                || float.is_finite() && is_same_number(text, &format!("{float:e}"))
        }
        Json::Array(items) => items.iter().all(is_exact),
        Json::Object(fields) => fields.iter().all(|(_, value)| is_exact(value)),
        Json::Null | Json::Bool(_) | Json::String(_) => true,
    }
}
