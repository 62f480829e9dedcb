//! The formats of strings and numbers, as a table.

/// A format.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) name: &'static str,
    /// The types whose values have the format.
    pub(crate) types: &'static [&'static str],
    /// Names that authors write for the format, and that are not similar to it.
    pub(crate) other_names: &'static [&'static str],
}

const NUMBER: &[&str] = &["integer", "number"];
const STRING: &[&str] = &["string"];

/// The formats of JSON Schema, and those of OpenAPI, in the order of their names.
#[rustfmt::skip]
pub(crate) static FORMATS: &[Format] = &[
    row("binary", STRING),
    row("byte", STRING),
    row("date", STRING),
    row("date-time", STRING).also(&["iso", "iso-date-time", "iso8601", "rfc3339", "timestamp"]),
    row("double", NUMBER),
    row("duration", STRING),
    row("email", STRING).also(&["mail"]),
    row("float", NUMBER),
    row("hostname", STRING).also(&["host", "domain"]),
    row("idn-email", STRING),
    row("idn-hostname", STRING),
    row("int16", NUMBER),
    row("int32", NUMBER),
    row("int64", NUMBER),
    row("int8", NUMBER),
    row("ipv4", STRING).also(&["ip"]),
    row("ipv6", STRING),
    row("iri", STRING),
    row("iri-reference", STRING),
    row("json-pointer", STRING),
    row("regex", STRING).also(&["regexp"]),
    row("relative-json-pointer", STRING),
    row("time", STRING).also(&["iso-time"]),
    row("uint", NUMBER),
    row("uint16", NUMBER),
    row("uint32", NUMBER),
    row("uint64", NUMBER),
    row("uint8", NUMBER),
    row("uri", STRING).also(&["link", "href"]),
    row("uri-reference", STRING),
    row("uri-template", STRING),
    row("uuid", STRING).also(&["guid"]),
];

/// The row of a format.
pub(crate) fn format(name: &str) -> Option<&'static Format> {
    let index = FORMATS.binary_search_by(|format| format.name.cmp(name));
    index.ok().map(|index| &FORMATS[index])
}

const fn row(name: &'static str, types: &'static [&'static str]) -> Format {
    Format {
        name,
        types,
        other_names: &[],
    }
}

impl Format {
    const fn also(mut self, names: &'static [&'static str]) -> Self {
        self.other_names = names;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_in_order_and_listed_once() {
        assert!(FORMATS.is_sorted_by(|first, second| first.name < second.name));
        assert!(FORMATS.iter().all(|known| format(known.name).is_some()));
    }

    #[test]
    fn another_name_is_not_a_format() {
        let mut others = FORMATS.iter().flat_map(|known| known.other_names);
        assert!(others.all(|name| format(name).is_none()));
    }
}
