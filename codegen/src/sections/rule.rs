//! A rule of the official linter.
//!
//! The linter is that of Botpress's command line (`bp lint`), whose ruleset for integrations has 34 rules; the one that
//! is left out here, a hint to use `configurations`, is switched off there.

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The official linter's name for it.
    pub(crate) name: &'static str,
    pub(crate) level: Level,
    /// The name of the rule's entry in the catalog.
    pub(crate) entry: &'static str,
    /// The items or schemas to look at: a pattern from an item of the section.
    pub(crate) given: &'static str,
    pub(crate) wants: Wants,
}

/// How severe a rule is to the official linter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// It fails.
    Error,
    /// It warns.
    Warning,
    /// It gives a hint.
    Hint,
}

/// The condition of a rule.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wants {
    /// The item has a text of this name that is not empty.
    Text(&'static str),
    /// The item has nothing of this name.
    Nothing(&'static str),
    /// Every property of the schema has a title.
    FieldTitles,
    /// Every property of the schema that says how it is shown, in `x-zui`, has a title.
    ShownFieldTitles,
    /// Every property of the schema has a description.
    FieldDescriptions,
}

pub(super) const fn rule(
    name: &'static str,
    level: Level,
    entry: &'static str,
    given: &'static str,
    wants: Wants,
) -> Rule {
    Rule {
        name,
        level,
        entry,
        given,
        wants,
    }
}
