//! Older versions of a definition.

/// Reads the configurations of an older version, which are those of a union or one alone, and lists its schemas.
#[doc(hidden)]
#[macro_export]
macro_rules! __older {
    ($primary:ident) => {
        $crate::__older!(@ Primary => <$primary as $crate::Payload>::from_incoming_text);
    };
    ($($variant:ident($configuration:ident)),+) => {
        $crate::__older!(@ $($variant => |text, unknown_fields| {
            <$configuration as $crate::Payload>::from_incoming_text(text, unknown_fields).map(Configuration::$variant)
        }),+);
    };
    (@ $($variant:ident => $decode:expr),+) => {
        pub(super) fn read_configuration(
            configuration_type: Option<&str>,
            text: &[u8],
            unknown_fields: $crate::UnknownFields,
        ) -> Option<Configuration> {
            type Decode = fn(&[u8], $crate::UnknownFields) -> ::core::result::Result<Configuration, $crate::Violations>;
            let decode: Decode = match ConfigurationType::from_wire(configuration_type).ok()? {
                $(ConfigurationType::$variant => $decode),+
            };
            decode(text, unknown_fields).ok()
        }

        pub(super) fn schemas() -> impl Iterator<Item = &'static $crate::codegen::Schema> {
            texts::SCHEMAS.iter().flat_map(|schemas| schemas())
        }
    };
}

/// Gives the function that reads a state of an older version: the first one whose schema the value fits.
#[doc(hidden)]
#[macro_export]
macro_rules! __read_older_states {
    ($($old:ty),+) => {
        |value| {
            let migrated = None;
            $(let migrated = migrated.or_else(|| $crate::codegen::read_older::<$old, _>(value));)+
            migrated
        }
    };
}

/// Implements the migration of a type whose values are all values of today's type.
#[doc(hidden)]
#[macro_export]
macro_rules! __same {
    // The union of a version, each of whose configurations is one of today's union.
    ($old:ident::{ $($variant:ident = $new:ident),+ }) => {
        impl $crate::MigrateFrom<$old::Configuration> for Configuration {
            fn migrate_from(old: $old::Configuration) -> $crate::Result<Self> {
                match old {
                    $($old::Configuration::$variant(old) => {
                        $crate::codegen::same_value(&old).map(Self::$new)
                    })+
                }
            }
        }
    };
    // The only configuration of a version, which is one of today's union.
    ($old:ident::Configuration as $new:ident) => {
        impl $crate::MigrateFrom<$old::Configuration> for Configuration {
            fn migrate_from(old: $old::Configuration) -> $crate::Result<Self> {
                $crate::codegen::same_value(&old).map(Self::$new)
            }
        }
    };
    ($($old:ident::$type:ident = $new:ident),+) => {
        $(impl $crate::MigrateFrom<$old::$type> for $new {
            fn migrate_from(old: $old::$type) -> $crate::Result<Self> {
                $crate::codegen::same_value(&old)
            }
        })+
    };
}

/// Implements `Payload` for the types of an older version, and lists their schemas.
#[doc(hidden)]
#[macro_export]
macro_rules! __older_texts {
    ($($payload:ident in $module:ident = $text:tt),*) => {
        $($crate::__other_text!($module $payload $text);)*

        /// The schemas of all payloads, and those of the alternatives of unions.
        pub(super) const SCHEMAS: &[fn() -> &'static [$crate::codegen::Schema]] = &[
            $($crate::__schemas_of!($module $payload $text)),*
        ];
    };
}
