//! Enums: strings, and unions with each way of distinguishing their alternatives.

/// Implements an enum of strings.
#[doc(hidden)]
#[macro_export]
macro_rules! __strings {
    ($name:ident, $($variant:ident = $text:literal),*) => {
        impl $name {
            /// All values.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns the value's string.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }

        impl $crate::codegen::Json for $name {
            fn read(source: $crate::codegen::Source<'_, '_>) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                source.into_choice(Self::ALL, Self::as_str)
            }

            fn write(&self, sink: $crate::codegen::Sink<'_, '_>) -> ::core::result::Result<(), $crate::codegen::Unfit> {
                sink.write_str(self.as_str())
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                value.is_string()
            }
        }

        $crate::__serde!($name);
    };
}

/// Implements a union whose alternatives are distinguished by a tag property.
#[doc(hidden)]
#[macro_export]
macro_rules! __tagged {
    ($name:ident, $tag:literal, $($variant:ident = $text:literal),*) => {
        impl $crate::codegen::Json for $name {
            fn read(source: $crate::codegen::Source<'_, '_>) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                let value = source.into_value()?;
                match $crate::codegen::read_tag(&value, $tag)?.as_str() {
                    $($text => $crate::codegen::without_tag(value, $tag).map(Self::$variant),)*
                    _ => Err($crate::codegen::Mismatch::wrong_type()),
                }
            }

            fn write(&self, sink: $crate::codegen::Sink<'_, '_>) -> ::core::result::Result<(), $crate::codegen::Unfit> {
                sink.write_value(match self {
                    $(Self::$variant(alternative) => $crate::codegen::with_tag($tag, $text, alternative)),*
                })
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                value.is_object()
            }
        }

        $crate::__serde!($name);
    };
}

/// Implements a union whose alternatives all have different JSON types.
#[doc(hidden)]
#[macro_export]
macro_rules! __kinds {
    ($name:ident, $($variant:ident),*) => {
        $crate::__untagged!($name($($variant),*), |value| {
            // The value is not copied to be tried: in a recursive union there would be a copy at each depth.
            $(if $crate::codegen::is_kind_of(Self::$variant, &value) {
                return $crate::codegen::Json::from_json(value).map(Self::$variant);
            })*
        });
    };
}

/// Implements a union whose alternatives are distinguished by their schemas, which `document!` has: the first one that a
/// value fits.
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    ($name:ident, $($variant:ident),*) => {
        $crate::__untagged!($name($($variant),*), |value| {
            let mut alternatives = Self::alternatives().iter();
            $(if alternatives.next().is_some_and(|schema| schema.accepts(&value)) {
                return $crate::codegen::Json::from_json(value).map(Self::$variant);
            })*
        });
    };
}

/// Implements a union that is serialized as its alternative alone. The block deserializes it and
/// returns early on success.
#[doc(hidden)]
#[macro_export]
macro_rules! __untagged {
    ($name:ident($($variant:ident),*), |$value:ident| { $($find:tt)* }) => {
        impl $crate::codegen::Json for $name {
            fn read(source: $crate::codegen::Source<'_, '_>) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                let $value = source.into_value()?;
                $($find)*
                Err($crate::codegen::Mismatch::wrong_type())
            }

            fn write(&self, sink: $crate::codegen::Sink<'_, '_>) -> ::core::result::Result<(), $crate::codegen::Unfit> {
                match self {
                    $(Self::$variant(alternative) => $crate::codegen::Json::write(alternative, sink)),*
                }
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                false $(|| $crate::codegen::is_kind_of(Self::$variant, value))*
            }
        }

        $crate::__serde!($name);
    };
}

/// Implements a newtype that is serialized as its inner value, and its conversion from that value if the type is given.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident $(, $inner:ty)?) => {
        $(impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        })?

        impl $crate::codegen::Json for $name {
            fn read(source: $crate::codegen::Source<'_, '_>) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                $crate::codegen::Json::read(source).map(Self)
            }

            fn write(&self, sink: $crate::codegen::Sink<'_, '_>) -> ::core::result::Result<(), $crate::codegen::Unfit> {
                $crate::codegen::Json::write(&self.0, sink)
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                $crate::codegen::is_kind_of(Self, value)
            }
        }

        $crate::__serde!($name);
    };
}
