//! The keywords of JSON Schema, as a table.
//!
//! A new keyword is a row; if it affects the shape of a value, `lower` has to read it as well. The validator knows
//! all keywords by itself. A row of a keyword that is only checked tells it from a misspelt one, and has the kinds of
//! values that it is for.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::dialect::Dialect;

const ARRAY: &[&str] = &["array"];
const NUMBER: &[&str] = &["integer", "number"];
const OBJECT: &[&str] = &["object"];
const STRING: &[&str] = &["string"];
const STRING_OR_NUMBER: &[&str] = &["integer", "number", "string"];

/// A keyword. What has no row is not a keyword: it contains no schema and has no effect.
#[derive(Debug)]
pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    /// The schemas in the value of the keyword.
    pub(super) schemas: Schemas,
    /// Whether those schemas describe the same value as the schema with the keyword.
    pub(super) is_in_place: bool,
    /// Whether the keyword affects the shape of a value.
    pub(crate) has_shape: bool,
    /// The meaning of the texts in its value, which may belong to a secret.
    pub(crate) content: Content,
    /// The name that a schema below the keyword adds to its type.
    pub(crate) naming: Naming,
    /// Whether an object with the keyword is still a plain list of properties, which can be merged with another one.
    pub(crate) is_of_plain_object: bool,
    /// The effect of the keyword on the address of its schema.
    pub(crate) addressing: Addressing,
    /// The types that the keyword constrains; all of them if it is empty.
    pub(crate) types: &'static [&'static str],
    /// The first draft that has the keyword.
    pub(crate) since: Dialect,
    /// The keyword without which this one has no effect.
    pub(crate) partner: Option<&'static str>,
    /// Names that authors write for the keyword, and that are not similar to it.
    pub(crate) other_names: &'static [&'static str],
}

/// The schemas in the value of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Schemas {
    None,
    /// The value is a schema or a list of schemas.
    Listed,
    /// The value is an object of schemas; in `dependencies` some of them may be lists of names.
    Named,
}

/// The meaning of the texts in the value of a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Texts may be values; numbers and booleans are bounds.
    Bounds,
    /// Texts, numbers and booleans are values.
    Values,
    /// The names of the members are values.
    ValuesAsKeys,
    /// Names, kinds and descriptions of values.
    Description,
    /// Hints for the display of a value.
    Display,
    /// Schemas by name.
    Schemas,
}

/// The name that a schema below a keyword adds to its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// The keyword itself.
    Keyword,
    /// The name of a property, which follows.
    Property,
    /// The name of a definition, which follows.
    Definition,
    /// That it is an item of the list, or its position in a tuple.
    Item,
    /// That it is a value of the map.
    Value,
    /// The name of an alternative, whose index follows; nothing for a part of `allOf`.
    Branch,
}

/// The effect of a keyword on the address of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Addressing {
    None,
    /// It gives the schema an address.
    Id,
    /// It does so in draft 4.
    OldId,
    /// It gives the schema a name within its resource.
    Anchor,
    /// It is a reference whose target depends on the way to it.
    DynamicReference,
}

/// The keywords, in the order of their names.
#[rustfmt::skip]
pub(crate) static KEYWORDS: &[Keyword] = &[
    row("$anchor").addressing(Addressing::Anchor),
    row("$comment").content(Content::Description),
    row("$defs").named().naming(Naming::Definition).of_plain_object(),
    row("$dynamicAnchor").addressing(Addressing::Anchor),
    row("$dynamicRef").addressing(Addressing::DynamicReference),
    row("$id").content(Content::Description).addressing(Addressing::Id),
    row("$recursiveAnchor"),
    row("$recursiveRef").addressing(Addressing::DynamicReference),
    row("$ref").content(Content::Description).also(&["ref"]),
    row("$schema").content(Content::Description).of_plain_object(),
    row("$vocabulary"),
    row("additionalItems").listed().of(ARRAY).beside("items"),
    row("additionalProperties").listed().naming(Naming::Value).shape().of_plain_object().of(OBJECT),
    row("allOf").listed().in_place().naming(Naming::Branch),
    row("anyOf").listed().in_place().naming(Naming::Branch).shape(),
    row("const").content(Content::Values).shape(),
    row("contains").listed().of(ARRAY),
    row("contentEncoding").content(Content::Description),
    row("contentMediaType").content(Content::Description),
    row("contentSchema").listed(),
    row("default").content(Content::Values),
    row("definitions").named().naming(Naming::Definition).of_plain_object().also(&["defs"]),
    row("dependencies").named().in_place().of(OBJECT),
    row("dependentRequired").of(OBJECT).since(Dialect::Draft201909),
    row("dependentSchemas").named().in_place().of(OBJECT).since(Dialect::Draft201909),
    row("deprecated"),
    row("description").content(Content::Description).of_plain_object().also(&["desc"]),
    // An annotation of OpenAPI, which Botpress prints.
    row("discriminator").content(Content::Description),
    row("else").listed().in_place().beside("if"),
    row("enum").content(Content::Values).shape().also(&["values"]),
    // OpenAPI's name for one of the examples.
    row("example").content(Content::Values),
    row("examples").content(Content::Values),
    row("exclusiveMaximum").of(NUMBER),
    row("exclusiveMinimum").of(NUMBER),
    row("format").content(Content::Description).of(STRING_OR_NUMBER),
    row("id").addressing(Addressing::OldId),
    row("if").listed().in_place(),
    row("items").listed().naming(Naming::Item).shape().of(ARRAY),
    row("maxContains").of(ARRAY).since(Dialect::Draft201909).beside("contains"),
    row("maxItems").of(ARRAY).also(&["max"]),
    row("maxLength").of(STRING).also(&["length", "max"]),
    row("maxProperties").of(OBJECT),
    row("maximum").of(NUMBER).also(&["max"]),
    row("minContains").of(ARRAY).since(Dialect::Draft201909).beside("contains"),
    row("minItems").of(ARRAY).also(&["min"]),
    row("minLength").of(STRING).also(&["min"]),
    row("minProperties").of(OBJECT),
    row("minimum").of(NUMBER).also(&["min"]),
    row("multipleOf").of(NUMBER),
    row("not").listed().in_place(),
    row("oneOf").listed().in_place().naming(Naming::Branch).shape(),
    row("pattern").of(STRING).also(&["regex", "regexp"]),
    row("patternProperties").named().naming(Naming::Property).shape().of(OBJECT),
    row("prefixItems").listed().naming(Naming::Item).of(ARRAY).since(Dialect::Draft202012),
    row("properties").named().naming(Naming::Property).shape().of_plain_object().of(OBJECT).also(&["fields", "property", "props"]),
    row("propertyNames").listed().of(OBJECT),
    row("readOnly"),
    row("required").content(Content::Description).of_plain_object().of(OBJECT),
    row("then").listed().in_place().beside("if"),
    row("title").content(Content::Description).of_plain_object(),
    row("type").content(Content::Description).shape().of_plain_object(),
    row("unevaluatedItems").listed().of(ARRAY).since(Dialect::Draft201909),
    row("unevaluatedProperties").listed().of(OBJECT).since(Dialect::Draft201909),
    row("uniqueItems").of(ARRAY),
    row("writeOnly"),
    row("x-rust-name").content(Content::Description),
    row("x-rust-names").content(Content::ValuesAsKeys),
    row("x-zui").content(Content::Display).of_plain_object().also(&["xzui", "zui"]),
];

/// The row of a keyword.
pub(crate) fn keyword(name: &str) -> Option<&'static Keyword> {
    static BY_NAME: LazyLock<HashMap<&str, &Keyword>> = LazyLock::new(|| {
        let rows = KEYWORDS.iter();
        rows.map(|keyword| (keyword.name, keyword)).collect()
    });
    BY_NAME.get(name).copied()
}

const fn row(name: &'static str) -> Keyword {
    Keyword {
        name,
        schemas: Schemas::None,
        is_in_place: false,
        has_shape: false,
        content: Content::Bounds,
        naming: Naming::Keyword,
        is_of_plain_object: false,
        addressing: Addressing::None,
        types: &[],
        since: Dialect::Draft4,
        partner: None,
        other_names: &[],
    }
}

impl Keyword {
    const fn listed(mut self) -> Self {
        self.schemas = Schemas::Listed;
        self
    }

    const fn named(mut self) -> Self {
        self.schemas = Schemas::Named;
        self.content = Content::Schemas;
        self
    }

    const fn in_place(mut self) -> Self {
        self.is_in_place = true;
        self
    }

    const fn shape(mut self) -> Self {
        self.has_shape = true;
        self
    }

    const fn content(mut self, content: Content) -> Self {
        self.content = content;
        self
    }

    const fn naming(mut self, naming: Naming) -> Self {
        self.naming = naming;
        self
    }

    const fn of_plain_object(mut self) -> Self {
        self.is_of_plain_object = true;
        self
    }

    const fn addressing(mut self, addressing: Addressing) -> Self {
        self.addressing = addressing;
        self
    }

    const fn of(mut self, types: &'static [&'static str]) -> Self {
        self.types = types;
        self
    }

    const fn since(mut self, draft: Dialect) -> Self {
        self.since = draft;
        self
    }

    const fn beside(mut self, partner: &'static str) -> Self {
        self.partner = Some(partner);
        self
    }

    const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.other_names = names;
        self
    }

    /// Whether the keyword constrains values, or gives them their type.
    pub(crate) fn constrains(&self) -> bool {
        let has_say = self.has_shape || self.schemas != Schemas::None || !self.types.is_empty();
        has_say && self.naming != Naming::Definition
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_is_found_by_its_name() {
        for known in KEYWORDS {
            let found = keyword(known.name).map(|found| found.name);
            assert_eq!(found, Some(known.name));
        }
        assert!(keyword("minLenght").is_none());
    }

    #[test]
    fn other_names_and_partners_belong_to_the_table() {
        for known in KEYWORDS {
            assert!(known.other_names.iter().all(|name| keyword(name).is_none()));
            assert!(known.partner.is_none_or(|name| keyword(name).is_some()));
        }
    }

    #[test]
    fn keywords_are_in_order_and_listed_once() {
        assert!(KEYWORDS.is_sorted_by(|first, second| first.name < second.name));
    }
}
