//! The table of all kinds.

use super::{
    Entry, impossible, interface, keywords, lint, load, names, older, overlay, publication,
    reference, schema, secrets, server, shape,
};
use crate::diagnostic::suggest::nearest;

/// Every kind of diagnostic, in the order of codes.
pub static CATALOG: &[&Entry] = &[
    &load::UNREADABLE_FILE,
    &load::SYNTAX_ERROR,
    &load::DUPLICATE_KEY,
    &load::OUTSIDE_ROOT,
    &load::NOT_UTF8,
    &load::KEY_NOT_TEXT,
    &load::TOO_LARGE,
    &shape::UNKNOWN_PROPERTY,
    &shape::WRONG_TYPE,
    &shape::MISSING_PROPERTY,
    &shape::UNKNOWN_VALUE,
    &shape::EMPTY_TEXT,
    &shape::INVALID_DEFINITION,
    &shape::OVERRIDDEN_DEFAULT,
    &reference::MISSING_ENTITY,
    &reference::DANGLING_REFERENCE,
    &reference::REMOTE_REFERENCE,
    &reference::BARE_REFERENCE,
    &reference::CIRCULAR_REFERENCE,
    &reference::DUPLICATE_ID,
    &schema::UNKNOWN_TYPE,
    &schema::INVALID_KEYWORD,
    &schema::INVALID_PATTERN,
    &schema::UNKNOWN_DRAFT,
    &schema::INVALID_DEFAULT,
    &keywords::UNKNOWN_KEYWORD,
    &keywords::UNKNOWN_FORMAT,
    &keywords::KEYWORD_WITHOUT_EFFECT,
    &impossible::UNSATISFIABLE_PAYLOAD,
    &impossible::UNSATISFIABLE_SCHEMA,
    &impossible::DUPLICATE_VALUE,
    &impossible::IMPOSSIBLE_VALUE,
    &impossible::UNDECLARED_REQUIRED,
    &impossible::OVERLAPPING_ALTERNATIVES,
    &names::CHOSEN_TWICE,
    &names::FOLDED_NAME,
    &names::NAME_WITHOUT_LETTERS,
    &secrets::SECRET_NAME,
    &secrets::SECRET_WITH_VALUE,
    &secrets::EXPOSED_SECRET,
    &secrets::UNKNOWN_DISPLAY_KEY,
    &secrets::UNMARKED_SECRET,
    &secrets::FOREIGN_MARK,
    &server::TEXT_TOO_LONG,
    &server::EMPTY_TITLE,
    &server::INTERFACE_ID,
    &server::NOT_CAMEL_CASE,
    &publication::TOO_MANY,
    &publication::SCHEMA_TOO_LARGE,
    &publication::PAYLOAD_NOT_OBJECT,
    &publication::INVALID_VERSION,
    &publication::INVALID_NAME,
    &publication::INCOMPLETE_MESSAGE,
    &publication::SCRIPT_DOES_NOT_COMPILE,
    &lint::INTEGRATION_WITHOUT_TITLE,
    &lint::INTEGRATION_WITHOUT_DESCRIPTION,
    &lint::INTEGRATION_WITHOUT_ICON,
    &lint::INTEGRATION_WITHOUT_README,
    &lint::ITEM_WITHOUT_TITLE,
    &lint::ITEM_WITHOUT_DESCRIPTION,
    &lint::FIELD_WITHOUT_TITLE,
    &lint::FIELD_WITHOUT_DESCRIPTION,
    &lint::TAG_WITHOUT_TITLE,
    &lint::TAG_WITHOUT_DESCRIPTION,
    &lint::SECRET_WITHOUT_DESCRIPTION,
    &lint::LEGACY_UI_TITLE,
    &lint::LEGACY_UI_EXAMPLES,
    &interface::UNKNOWN_PART,
    &interface::MISSING_SUBSTITUTION,
    &interface::UNMERGEABLE_SCHEMAS,
    &interface::DUPLICATE_INTERFACE,
    &overlay::NESTED_BASE,
    &overlay::NO_CHANGE,
    &overlay::NOTHING_TO_REMOVE,
    &overlay::NOT_IN_BASE,
    &older::OTHER_INTEGRATION,
    &older::NOT_OLDER,
    &older::DUPLICATE_VERSION,
    &older::AMBIGUOUS_VERSIONS,
    &older::MIGRATION_ORDER,
];

impl Entry {
    /// The kind with a code or a name, in letters of any case.
    ///
    /// # Errors
    ///
    /// Returns the code or the name that was likely meant, if one is similar.
    pub fn find(code: &str) -> Result<&'static Self, Option<&'static str>> {
        let is_meant = |entry: &&Self| {
            entry.code.eq_ignore_ascii_case(code) || entry.name.eq_ignore_ascii_case(code)
        };
        let known = CATALOG.iter().flat_map(|entry| [entry.code, entry.name]);
        let found = CATALOG.iter().copied().find(is_meant);
        found.ok_or_else(|| nearest(code, known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_given_once() {
        assert!(CATALOG.is_sorted_by(|first, second| first.code < second.code));
    }

    #[test]
    fn a_title_is_a_sentence() {
        for entry in CATALOG {
            assert!(entry.title.ends_with('.'), "{}", entry.code);
        }
    }
}
