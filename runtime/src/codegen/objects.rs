//! Conversion of structs from and to JSON objects.

/// Implements the JSON conversion of a struct. The arguments are the required properties with the
/// argument types of `new`, the optional properties, each with the name and the argument type of
/// its setter if it has one, and the field for additional properties. Without that field the object
/// is closed; with `..` alone, additional properties are ignored.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    ($name:ident $(, $field:ident : $ty:ty = $wire:literal)+ $(; $($absent:ident $(. $with:ident : $absent_ty:ty)? = $absent_wire:literal),+)?) => {
        $crate::__object!(@new $name ($($field: $ty)+) ($($($absent)+)?));
        $crate::__object!(@set $name ($($($($absent $with: $absent_ty)?)+)?));
        $crate::__object!(@closed $name ($($field = $wire)+) ($($($absent = $absent_wire)+)?));
    };
    ($name:ident $(, $field:ident : $ty:ty = $wire:literal)+ $(; $($absent:ident $(. $with:ident : $absent_ty:ty)? = $absent_wire:literal),+)? ; ..$rest:ident) => {
        $crate::__object!(@new $name ($($field: $ty)+) ($($($absent)+)? $rest));
        $crate::__object!(@set $name ($($($($absent $with: $absent_ty)?)+)?));
        $crate::__object!(@open $name ($($field = $wire)+) ($($($absent = $absent_wire)+)?) $rest);
    };
    ($name:ident $(; $($absent:ident $(. $with:ident : $absent_ty:ty)? = $absent_wire:literal),+)?) => {
        $crate::__object!(@set $name ($($($($absent $with: $absent_ty)?)+)?));
        $crate::__object!(@closed $name () ($($($absent = $absent_wire)+)?));
    };
    ($name:ident $(; $($absent:ident $(. $with:ident : $absent_ty:ty)? = $absent_wire:literal),+)? ; ..$rest:ident) => {
        $crate::__object!(@set $name ($($($($absent $with: $absent_ty)?)+)?));
        $crate::__object!(@open $name () ($($($absent = $absent_wire)+)?) $rest);
    };
    ($name:ident $(; $($absent:ident $(. $with:ident : $absent_ty:ty)? = $absent_wire:literal),+)? ; ..) => {
        $crate::__object!(@set $name ($($($($absent $with: $absent_ty)?)+)?));
        $crate::__object!(@ignoring $name ($($($absent = $absent_wire)+)?));
    };
    (@new $name:ident ($($field:ident : $ty:ty)+) ($($absent:ident)*)) => {
        impl $name {
            /// Creates a value from its required fields. The other fields are absent.
            pub fn new($($field: $ty),+) -> Self {
                Self { $($field: $field.into(),)+ $($absent: $crate::codegen::Default::default()),* }
            }
        }
    };
    (@set $name:ident ()) => {};
    (@set $name:ident ($($absent:ident $with:ident : $ty:ty)+)) => {
        impl $name {
            $(
                #[doc = concat!("Sets `", stringify!($absent), "`.")]
                #[must_use]
                pub fn $with(mut self, value: $ty) -> Self {
                    self.$absent = Some(value.into());
                    self
                }
            )+
        }
    };
    (@closed $name:ident ($($field:ident = $wire:literal)*) ($($absent:ident = $absent_wire:literal)*)) => {
        impl $crate::codegen::Json for $name {
            fn from_json(value: $crate::codegen::Value) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                let mut fields = $crate::codegen::Fields::of(value)?;
                let read = $crate::__object!(@read fields ($($field = $wire)*) ($($absent = $absent_wire)*));
                fields.none_left()?;
                Ok(read)
            }

            fn to_json(&self) -> $crate::codegen::Value {
                let mut members = $crate::codegen::Members::new();
                $(members.required($wire, &self.$field);)*
                $(members.optional($absent_wire, &self.$absent);)*
                members.into_value()
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                value.is_object()
            }
        }

        $crate::__serde!($name);
    };
    (@open $name:ident ($($field:ident = $wire:literal)*) ($($absent:ident = $absent_wire:literal)*) $rest:ident) => {
        impl $crate::codegen::Json for $name {
            fn from_json(value: $crate::codegen::Value) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                let mut fields = $crate::codegen::Fields::of(value)?;
                let mut read = $crate::__object!(@read fields ($($field = $wire)*) ($($absent = $absent_wire)*) $rest);
                read.$rest = fields.rest(&[$($wire,)* $($absent_wire),*])?;
                Ok(read)
            }

            fn to_json(&self) -> $crate::codegen::Value {
                let mut members = $crate::codegen::Members::new();
                $(members.required($wire, &self.$field);)*
                $(members.optional($absent_wire, &self.$absent);)*
                members.rest(&self.$rest);
                members.into_value()
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                value.is_object()
            }
        }

        $crate::__serde!($name);
    };
    (@ignoring $name:ident ($($absent:ident = $absent_wire:literal)*)) => {
        impl $crate::codegen::Json for $name {
            fn from_json(value: $crate::codegen::Value) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                let mut fields = $crate::codegen::Fields::of(value)?;
                Ok($crate::__object!(@read fields () ($($absent = $absent_wire)*)))
            }

            fn to_json(&self) -> $crate::codegen::Value {
                let mut members = $crate::codegen::Members::new();
                $(members.optional($absent_wire, &self.$absent);)*
                members.into_value()
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                value.is_object()
            }
        }

        $crate::__serde!($name);
    };
    // Optional fields are read in place: in a literal, each `?` would drop all fields before it, and the compiler's time and
    // memory would be quadratic in their number.
    (@read $fields:ident ($($field:ident = $wire:literal)*) ($($absent:ident = $absent_wire:literal)*) $($rest:ident)?) => {{
        #[allow(unused_mut, reason = "an object may have no optional field")]
        let mut read = Self {
            $($field: $fields.required($wire)?,)*
            $($absent: $crate::codegen::Default::default(),)*
            $($rest: $crate::codegen::Default::default(),)?
        };
        $($fields.optional($absent_wire, &mut read.$absent)?;)*
        read
    }};
}

/// Implements serde's traits through the JSON conversion.
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::codegen::serde::Serialize for $name {
            fn serialize<S: $crate::codegen::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codegen::serialize(self, serializer)
            }
        }

        impl<'de> $crate::codegen::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::codegen::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codegen::deserialize(deserializer)
            }
        }
    };
}
