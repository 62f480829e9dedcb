//! Every payload of the repository's definitions.

use contexture::Payload;
use contexture_compare::json::{Json, parse};
use contexture_exact::json::{is_equal, is_equal_as_float, is_same_number};

include!(concat!(env!("OUT_DIR"), "/payloads.rs"));

/// A type of payload, by its path.
pub(crate) struct Kind {
    /// `shapes::actions::EnumsInput`.
    pub(crate) path: &'static str,
    pub(crate) schema: &'static str,
    pub(crate) round_trip: fn(&[u8]),
    pub(crate) both_ways: fn(&[u8]),
}

impl Kind {
    const fn of<T: Payload>(path: &'static str) -> Self {
        Self {
            path,
            schema: T::SCHEMA,
            round_trip: round_trip::<T>,
            both_ways: both_ways::<T>,
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

/// Checks that a text is judged, read and written directly as through a JSON value.
fn both_ways<T: Payload>(text: &[u8]) {
    let direct = T::decode(text);
    let Ok(value) = serde_json::from_slice(text) else {
        assert!(direct.is_err(), "a text that is not JSON was accepted");
        return;
    };
    let (direct, long) = match (direct, T::from_value(value)) {
        (Ok(direct), Ok(long)) => (direct, long),
        (Err(direct), Err(long)) => {
            assert_eq!(direct.to_string(), long.to_string(), "the violations");
            return;
        }
        (direct, long) => panic!(
            "{:?} directly, {:?} through a value",
            direct.err(),
            long.err()
        ),
    };
    let written = direct.encode().map_err(|violations| violations.to_string());
    let value = long.to_value().map_err(|violations| violations.to_string());
    let value = value.map(|value| value.to_string().into_bytes());
    assert_eq!(written, value, "the texts");
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
