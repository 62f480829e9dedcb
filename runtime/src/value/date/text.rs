//! The implementations that a type has because it is a checked text.

/// Implements the conversions of a newtype of `String`. The function decides whether a text is valid.
macro_rules! checked_text {
    ($name:ident, $is_valid:path, $error:expr) => {
        impl $name {
            /// Returns the text as it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::InvalidDate;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                if $is_valid(&text) {
                    Ok(Self(text))
                } else {
                    Err($error)
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::InvalidDate;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.to_owned().try_into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::InvalidDate;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.try_into()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.try_into().map_err(serde::de::Error::custom)
            }
        }

        impl crate::value::json::Json for $name {
            fn read(
                source: crate::value::json::Source<'_, '_>,
            ) -> Result<Self, crate::value::json::Mismatch> {
                let text = source.into_string()?;
                text.try_into()
                    .map_err(|_| crate::value::json::Mismatch::wrong_type())
            }

            fn write(
                &self,
                sink: crate::value::json::Sink<'_, '_>,
            ) -> Result<(), crate::value::json::Unfit> {
                sink.write_str(&self.0)
            }

            fn is_kind(value: &serde_json::Value) -> bool {
                value.is_string()
            }
        }
    };
}

pub(super) use checked_text;
