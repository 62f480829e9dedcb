//! JSON numbers with exact integers.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::normalize::{integer, unsigned};

/// A JSON number, integer or float.
///
/// Schemas use `number` for identifiers as well as for measurements. A float does not represent all
/// integers beyond 2⁵³ exactly, so a number is stored as a 64-bit integer if it is one, and as a
/// float otherwise.
///
/// ```
/// use contexture::Number;
///
/// let id = Number::from(9_007_199_254_740_993_i64);
/// assert_eq!(id.to_string(), "9007199254740993");
/// assert_eq!(id.as_i64(), Some(9_007_199_254_740_993));
/// assert_eq!(Number::from(0.5).as_f64(), 0.5);
/// assert_eq!(Number::from(2.0), Number::from(2));
/// ```
#[derive(Clone, Copy)]
pub struct Number(Kind);

/// Each value has one representation: an integer that fits is never a float.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Signed(i64),
    /// Only values above `i64::MAX`.
    Unsigned(u64),
    /// Only values that the other variants cannot hold.
    Float(f64),
}

impl Number {
    /// Returns the nearest float.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "the function returns the nearest float"
    )]
    pub const fn as_f64(self) -> f64 {
        match self.0 {
            Kind::Signed(value) => value as f64,
            Kind::Unsigned(value) => value as f64,
            Kind::Float(value) => value,
        }
    }

    pub(crate) const fn is_integer(self) -> bool {
        matches!(self.0, Kind::Signed(_) | Kind::Unsigned(_))
    }

    /// Returns the number as an `i64`, if it is an integer in that range.
    #[must_use]
    pub const fn as_i64(self) -> Option<i64> {
        match self.0 {
            Kind::Signed(value) => Some(value),
            Kind::Unsigned(_) | Kind::Float(_) => None,
        }
    }

    /// Returns the number as a `u64`, if it is an integer in that range.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        match self.0 {
            Kind::Signed(value) => value.try_into().ok(),
            Kind::Unsigned(value) => Some(value),
            Kind::Float(_) => None,
        }
    }
}

impl From<f64> for Number {
    /// Converts a float. A whole number becomes the integer with the same text, if it fits into 64
    /// bits. JSON has no numbers that are not finite, so a payload with such a number is refused
    /// before it is sent.
    fn from(value: f64) -> Self {
        // Most floats are not whole.
        if value.fract() != 0.0 {
            return Self(Kind::Float(value));
        }
        let signed = integer(value).map(Kind::Signed);
        let whole = signed.or_else(|| unsigned(value).map(Kind::Unsigned));
        Self(whole.unwrap_or(Kind::Float(value)))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self(i64::try_from(value).map_or(Kind::Unsigned(value), Kind::Signed))
    }
}

macro_rules! from_small {
    ($($small:ty as $kind:ty),*) => {
        $(impl From<$small> for Number {
            fn from(value: $small) -> Self {
                Self::from(<$kind>::from(value))
            }
        })*
    };
}

from_small!(
    i8 as i64, i16 as i64, i32 as i64, u8 as u64, u16 as u64, u32 as u64, f32 as f64
);

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(Kind::Signed(value))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.0, other.0) {
            (Kind::Signed(left), Kind::Signed(right)) => Some(left.cmp(&right)),
            (Kind::Unsigned(left), Kind::Unsigned(right)) => Some(left.cmp(&right)),
            (Kind::Signed(_), Kind::Unsigned(_)) => Some(Ordering::Less),
            (Kind::Unsigned(_), Kind::Signed(_)) => Some(Ordering::Greater),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Signed(value) => value.fmt(formatter),
            Kind::Unsigned(value) => value.fmt(formatter),
            Kind::Float(value) => value.fmt(formatter),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl From<Number> for serde_json::Value {
    /// A number that is not finite becomes null, as in serde.
    fn from(number: Number) -> Self {
        match number.0 {
            Kind::Signed(value) => value.into(),
            Kind::Unsigned(value) => value.into(),
            Kind::Float(value) => value.into(),
        }
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        let unsigned = || number.as_u64().map(Self::from);
        let exact = number.as_i64().map(Self::from).or_else(unsigned);
        // Every `serde_json::Number` can be converted to a float.
        exact.unwrap_or_else(|| number.as_f64().unwrap_or(f64::NAN).into())
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Kind::Signed(value) => serializer.serialize_i64(value),
            Kind::Unsigned(value) => serializer.serialize_u64(value),
            Kind::Float(value) => serializer.serialize_f64(value),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl de::Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
        Ok(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    fn there_and_back(text: &str) -> String {
        let number: Number = serde_json::from_str(text).unwrap();
        serde_json::to_string(&number).unwrap()
    }

    #[test]
    fn integers_of_64_bits_come_back_as_they_were() {
        for text in [
            "0",
            "-1",
            "9007199254740993",
            "-9223372036854775808",
            "18446744073709551615",
            "0.1",
            "-2.5e-7",
        ] {
            assert_eq!(there_and_back(text), text);
        }
    }

    #[test]
    fn a_whole_float_is_the_integer() {
        assert_eq!(there_and_back("1e2"), "100");
        assert_eq!(Number::from(2.0), Number::from(2));
        assert_ne!(Number::from(2.5), Number::from(2));
    }

    #[test]
    fn numbers_are_ordered_across_their_kinds() {
        assert!(Number::from(u64::MAX) > Number::from(i64::MAX));
        assert!(Number::from(0.5) < Number::from(1));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(serde_json::from_str::<Number>("\"1\"").is_err());
    }
}
