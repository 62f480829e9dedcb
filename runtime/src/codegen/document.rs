//! The texts of a definition: its document, and the schemas of its payloads, most of which are parts of the document.

/// Declares the document of a definition, implements `Payload`, and lists all schemas.
///
/// The document is cut at the schemas that are parts of it: for each there is a payload, the text before the schema, and
/// the schema. Each of the other texts is a literal, or the part of a payload's schema in a range of bytes. Texts between
/// brackets are those of the alternatives of a union.
///
/// Everything is in one module, and so in one unit of code generation, so that the program contains the document once.
#[doc(hidden)]
#[macro_export]
macro_rules! __document {
    (
        $name:literal, $version:literal
        $(, $payload:ident in $module:ident: $before:literal, $schema:literal)*;
        $end:literal
        $(, $other:ident in $its_module:ident = $text:tt)*
    ) => {
        /// The definition as JSON, with its name and version.
        pub static DEFINITION: $crate::DefinitionDocument = $crate::DefinitionDocument {
            name: $name,
            version: $version,
            json: DOCUMENT,
        };

        const DOCUMENT: &str = concat!($($before, $schema,)* $end);

        /// The schemas in the document, in its order.
        enum Place { $($payload),* }

        #[allow(dead_code, reason = "a definition may have no schema")]
        const PLACED: &[&str] = &$crate::codegen::cut(DOCUMENT, [$(($before.len(), $schema.len())),*]);

        $($crate::__payload!($module::$payload, PLACED[Place::$payload as usize]);)*
        $($crate::__other_text!($its_module $other $text);)*

        /// The schemas of all payloads, and those of the alternatives of unions.
        pub(super) const SCHEMAS: &[fn() -> &'static [$crate::codegen::Schema]] = &[
            $($crate::codegen::schema_of::<$module::$payload>,)*
            $($crate::__schemas_of!($its_module $other $text),)*
        ];
    };
}

/// Implements `Payload` with a schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    ($payload:ty, $schema:expr) => {
        impl $crate::codegen::Payload for $payload {
            const SCHEMA: &'static str = $schema;

            fn schema() -> &'static $crate::codegen::Schema {
                static SCHEMA: $crate::codegen::Schema =
                    $crate::codegen::Schema::new(<$payload as $crate::codegen::Payload>::SCHEMA);
                &SCHEMA
            }
        }
    };
}

/// Implements a payload with a text, or the alternatives of a union with several.
#[doc(hidden)]
#[macro_export]
macro_rules! __other_text {
    ($module:ident $union:ident [$($text:tt),*]) => {
        impl $module::$union {
            /// Returns the schemas of the alternatives, in order.
            #[doc(hidden)]
            pub(crate) fn alternatives() -> &'static [$crate::codegen::Schema] {
                const COUNT: usize = [$($crate::__text!($text)),*].len();
                static ALTERNATIVES: [$crate::codegen::Schema; COUNT] =
                    [$($crate::codegen::Schema::new($crate::__text!($text))),*];
                &ALTERNATIVES
            }
        }
    };
    ($module:ident $payload:ident $text:tt) => {
        $crate::__payload!($module::$payload, $crate::__text!($text));
    };
}

/// A text: a literal, or a part of a payload's schema.
#[doc(hidden)]
#[macro_export]
macro_rules! __text {
    ($text:literal) => {
        $text
    };
    (($payload:ident in $module:ident, $from:literal..$to:literal)) => {
        $crate::codegen::part(
            <$module::$payload as $crate::codegen::Payload>::SCHEMA,
            $from,
            $to,
        )
    };
}

/// Gives the function that returns the schemas of a payload or of the alternatives of a union.
#[doc(hidden)]
#[macro_export]
macro_rules! __schemas_of {
    ($module:ident $union:ident [$($text:tt),*]) => {
        $module::$union::alternatives
    };
    ($module:ident $payload:ident $text:tt) => {
        $crate::codegen::schema_of::<$module::$payload>
    };
}

/// Cuts the schemas out of a document, by the length of the text before each and its own length.
#[must_use]
pub const fn cut<const COUNT: usize>(
    document: &'static str,
    lengths: [(usize, usize); COUNT],
) -> [&'static str; COUNT] {
    let mut schemas = [""; COUNT];
    let mut rest = document;
    let mut index = 0;
    while index < COUNT {
        let (before, length) = lengths[index];
        (schemas[index], rest) = rest.split_at(before).1.split_at(length);
        index += 1;
    }
    schemas
}

/// A part of a text, as a range of bytes.
#[must_use]
pub const fn part(text: &'static str, from: usize, to: usize) -> &'static str {
    text.split_at(to).0.split_at(from).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_cut_out_of_a_document() {
        const SCHEMAS: [&str; 2] = cut(r#"{"a":{"é":1},"b":true}"#, [(5, 8), (5, 4)]);
        assert_eq!(SCHEMAS, [r#"{"é":1}"#, "true"]);
        assert_eq!(part(SCHEMAS[0], 1, 5), r#""é""#);
    }
}
