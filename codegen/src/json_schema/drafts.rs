//! The drafts of JSON Schema, as a table.

use jsonschema::meta::MetaValidator;
use serde_json::Value;

use super::Dialect;

/// A draft.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The address of the draft's own schema, without its scheme.
    address: &'static str,
    pub(super) dialect: Dialect,
    /// Gives the validator of schemas of the draft.
    pub(crate) validator: fn() -> MetaValidator<'static>,
    /// The draft's own schema, where that is one document.
    pub(crate) metaschema: Option<fn() -> &'static Value>,
}

/// The drafts, the oldest first.
static DRAFTS: [Draft; 5] = [
    Draft {
        address: "//json-schema.org/draft-04/schema",
        dialect: Dialect::Draft4,
        validator: jsonschema::draft4::meta::validator,
        metaschema: Some(|| &referencing::meta::DRAFT4),
    },
    Draft {
        address: "//json-schema.org/draft-06/schema",
        dialect: Dialect::Draft6,
        validator: jsonschema::draft6::meta::validator,
        metaschema: Some(|| &referencing::meta::DRAFT6),
    },
    Draft {
        address: "//json-schema.org/draft-07/schema",
        dialect: Dialect::Draft7,
        validator: jsonschema::draft7::meta::validator,
        metaschema: Some(|| &referencing::meta::DRAFT7),
    },
    Draft {
        address: "//json-schema.org/draft/2019-09/schema",
        dialect: Dialect::Draft201909,
        validator: jsonschema::draft201909::meta::validator,
        metaschema: None,
    },
    Draft {
        address: "//json-schema.org/draft/2020-12/schema",
        dialect: Dialect::Draft202012,
        validator: jsonschema::draft202012::meta::validator,
        metaschema: None,
    },
];

/// The address of the draft of a schema that names none.
const USUAL: &str = "//json-schema.org/draft-07/schema";

impl Draft {
    /// The draft that a `$schema` names; `None` if there is no such draft.
    pub(crate) fn named(schema: &str) -> Option<&'static Self> {
        let address = schema.trim_end_matches('#');
        let bare = address
            .strip_prefix("https:")
            .or_else(|| address.strip_prefix("http:"));
        let bare = bare.unwrap_or(address);
        DRAFTS.iter().find(|draft| draft.address == bare)
    }

    /// The draft of a schema by its `$schema`: draft 7 if it has none, `None` if that names no draft.
    pub(crate) fn of(schema: Option<&str>) -> Option<&'static Self> {
        Self::named(schema.unwrap_or(USUAL))
    }
}

impl Dialect {
    /// The `$schema` that names the dialect.
    pub(crate) fn schema(self) -> String {
        let draft = DRAFTS.iter().find(|draft| draft.dialect == self);
        let address = draft.map_or(USUAL, |draft| draft.address);
        // The addresses of the older drafts have always ended with a hash.
        if self <= Self::Draft7 {
            format!("http:{address}#")
        } else {
            format!("https:{address}")
        }
    }

    /// The dialect that a `$schema` names; that of draft 7 if it names none that is known.
    pub(crate) fn of(schema: Option<&str>) -> Self {
        Draft::of(schema).map_or(Self::Draft7, |draft| draft.dialect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_known_by_its_address_however_it_is_written() {
        for address in [
            "http://json-schema.org/draft-04/schema#",
            "https://json-schema.org/draft-04/schema",
        ] {
            let draft = Draft::named(address).expect("a draft");
            assert_eq!(draft.dialect, Dialect::Draft4, "{address}");
        }
        assert!(Draft::named("https://json-schema.org/draft-05/schema").is_none());
    }

    #[test]
    fn a_schema_without_a_draft_is_of_draft_7() {
        let draft = Draft::of(None).expect("a draft");
        assert_eq!(draft.address, DRAFTS[2].address);
    }

    #[test]
    fn the_schema_of_a_draft_is_a_schema_of_it() {
        for draft in &DRAFTS {
            if let Some(metaschema) = draft.metaschema {
                assert!(
                    (draft.validator)().is_valid(metaschema()),
                    "{}",
                    draft.address
                );
            }
        }
    }
}
