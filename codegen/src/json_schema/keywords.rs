//! The keywords of JSON Schema, as a table.
//!
//! A new keyword is a row; if it affects the shape of a value, `lower` has to read it as well. The validator knows
//! all keywords by itself, so that one that is only checked needs no row.

/// A keyword. A keyword without a row contains no schema and does not affect the shape.
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
    row("$recursiveRef").addressing(Addressing::DynamicReference),
    row("$ref").content(Content::Description),
    row("$schema").content(Content::Description).of_plain_object(),
    row("additionalItems").listed(),
    row("additionalProperties").listed().naming(Naming::Value).shape().of_plain_object(),
    row("allOf").listed().in_place().naming(Naming::Branch),
    row("anyOf").listed().in_place().naming(Naming::Branch).shape(),
    row("const").content(Content::Values).shape(),
    row("contains").listed(),
    row("contentSchema").listed(),
    row("default").content(Content::Values),
    row("definitions").named().naming(Naming::Definition).of_plain_object(),
    row("dependencies").named().in_place(),
    row("dependentSchemas").named().in_place(),
    row("description").content(Content::Description).of_plain_object(),
    row("else").listed().in_place(),
    row("enum").content(Content::Values).shape(),
    row("examples").content(Content::Values),
    row("format").content(Content::Description),
    row("id").addressing(Addressing::OldId),
    row("if").listed().in_place(),
    row("items").listed().naming(Naming::Item).shape(),
    row("not").listed().in_place(),
    row("oneOf").listed().in_place().naming(Naming::Branch).shape(),
    row("patternProperties").named().naming(Naming::Property).shape(),
    row("prefixItems").listed().naming(Naming::Item),
    row("properties").named().naming(Naming::Property).shape().of_plain_object(),
    row("propertyNames").listed(),
    row("required").content(Content::Description).of_plain_object(),
    row("then").listed().in_place(),
    row("title").content(Content::Description).of_plain_object(),
    row("type").content(Content::Description).shape().of_plain_object(),
    row("unevaluatedItems").listed(),
    row("unevaluatedProperties").listed(),
    row("x-rust-name").content(Content::Description),
    row("x-rust-names").content(Content::ValuesAsKeys),
    row("x-zui").content(Content::Display).of_plain_object(),
];

/// The row of a keyword.
pub(crate) fn keyword(name: &str) -> Option<&'static Keyword> {
    let index = KEYWORDS.binary_search_by(|keyword| keyword.name.cmp(name));
    index.ok().map(|index| &KEYWORDS[index])
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
        assert!(keyword("minLength").is_none());
    }

    #[test]
    fn keywords_are_in_order_and_listed_once() {
        assert!(KEYWORDS.is_sorted_by(|first, second| first.name < second.name));
    }
}
