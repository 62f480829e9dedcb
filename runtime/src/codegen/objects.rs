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
        $crate::__object!(@json $name ($($field = $wire)*) ($($absent = $absent_wire)*) (),
            |read, member| return Err($crate::codegen::Mismatch::undeclared()));
    };
    (@open $name:ident ($($field:ident = $wire:literal)*) ($($absent:ident = $absent_wire:literal)*) $rest:ident) => {
        $crate::__object!(@json $name ($($field = $wire)*) ($($absent = $absent_wire)*) ($rest),
            |$rest, member| $crate::codegen::Additional::add(&mut $rest, member)?);
    };
    (@ignoring $name:ident ($($absent:ident = $absent_wire:literal)*)) => {
        $crate::__object!(@json $name () ($($absent = $absent_wire)*) (), |read, member| member.ignore()?);
    };
    // Fields are read into variables: in a literal, each `?` would drop all fields before it, and the compiler's time and
    // memory would be quadratic in their number.
    (@json $name:ident ($($field:ident = $wire:literal)*) ($($absent:ident = $absent_wire:literal)*) ($($rest:ident)?),
        |$into:ident, $member:ident| $undeclared:expr) => {
        impl $crate::codegen::Json for $name {
            fn read(source: $crate::codegen::Source<'_, '_>) -> ::core::result::Result<Self, $crate::codegen::Mismatch> {
                let mut members = source.into_members()?;
                $(let mut $field = None;)*
                $(let mut $absent = None;)*
                $(let mut $rest = $crate::codegen::Default::default();)?
                while let Some($member) = members.next()? {
                    match $member.name() {
                        $($wire => $member.read(&mut $field)?,)*
                        $($absent_wire => $member.read(&mut $absent)?,)*
                        _ => $undeclared,
                    }
                }
                $(let Some($field) = $field else {
                    return Err($crate::codegen::Mismatch::missing($wire));
                };)*
                Ok(Self { $($field,)* $($absent,)* $($rest,)? })
            }

            fn write(&self, sink: $crate::codegen::Sink<'_, '_>) -> ::core::result::Result<(), $crate::codegen::Unfit> {
                #[allow(unused_mut, reason = "an object may have no fields")]
                let mut object = sink.object();
                $(object.required($wire, &self.$field)?;)*
                $(object.optional($absent_wire, self.$absent.as_ref())?;)*
                $($crate::codegen::Additional::write_to(&self.$rest, &mut object)?;)?
                object.end()
            }

            fn is_kind(value: &$crate::codegen::Value) -> bool {
                value.is_object()
            }
        }

        $crate::__serde!($name);
    };
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
