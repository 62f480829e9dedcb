//! The rules of the official linter, as a table.
//!
//! The linter is that of Botpress's command line (`bp lint`), whose ruleset for integrations has 34
//! rules; the one that is left out here, a hint to use `configurations`, is switched off there.

use crate::diagnostic::Entry;
use crate::diagnostic::catalog::lint::{self as catalog, Level};
use Level::{Error, Hint, Warning};
use Wants::{FieldDescriptions, FieldTitles, Nothing, ShownFieldTitles, Text};

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    /// What the official linter calls it.
    pub(super) name: &'static str,
    /// How much the official linter minds.
    pub(super) level: Level,
    /// What kind of finding it leads to.
    pub(super) entry: &'static Entry,
    /// Where it looks: a pattern of items, or of the schemas whose properties it looks at.
    pub(super) given: &'static str,
    /// What it wants of each.
    pub(super) wants: Wants,
}

/// What a rule wants.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wants {
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

/// Every rule that is switched on.
#[rustfmt::skip]
pub(super) static RULES: [Rule; 33] = [
    rule("integration-title-must-be-present", Error, &catalog::INTEGRATION_WITHOUT_TITLE, "", Text("title")),
    rule("integration-description-must-be-present", Error, &catalog::INTEGRATION_WITHOUT_DESCRIPTION, "", Text("description")),
    rule("integration-must-have-an-icon", Error, &catalog::INTEGRATION_WITHOUT_ICON, "", Text("icon")),
    rule("integration-must-have-a-readme-file", Error, &catalog::INTEGRATION_WITHOUT_README, "", Text("readme")),
    rule("actions-should-have-a-title", Warning, &catalog::ITEM_WITHOUT_TITLE, "actions/*", Text("title")),
    rule("actions-must-have-a-description", Error, &catalog::ITEM_WITHOUT_DESCRIPTION, "actions/*", Text("description")),
    rule("action-inputparams-should-have-a-title", Warning, &catalog::FIELD_WITHOUT_TITLE, "actions/*/input/schema", FieldTitles),
    rule("action-inputparams-must-have-a-description", Error, &catalog::FIELD_WITHOUT_DESCRIPTION, "actions/*/input/schema", FieldDescriptions),
    rule("action-outputparams-should-have-a-title", Warning, &catalog::FIELD_WITHOUT_TITLE, "actions/*/output/schema", ShownFieldTitles),
    rule("action-outputparams-must-have-a-description", Error, &catalog::FIELD_WITHOUT_DESCRIPTION, "actions/*/output/schema", FieldDescriptions),
    rule("event-outputparams-should-have-title", Warning, &catalog::FIELD_WITHOUT_TITLE, "events/*/schema", FieldTitles),
    rule("event-outputparams-must-have-description", Error, &catalog::FIELD_WITHOUT_DESCRIPTION, "events/*/schema", FieldDescriptions),
    rule("events-must-have-a-title", Error, &catalog::ITEM_WITHOUT_TITLE, "events/*", Text("title")),
    rule("events-must-have-a-description", Error, &catalog::ITEM_WITHOUT_DESCRIPTION, "events/*", Text("description")),
    rule("configuration-fields-must-have-a-title", Error, &catalog::FIELD_WITHOUT_TITLE, "configuration/schema", ShownFieldTitles),
    rule("configuration-fields-must-have-a-description", Error, &catalog::FIELD_WITHOUT_DESCRIPTION, "configuration/schema", FieldDescriptions),
    rule("multiple-configurations-must-have-a-title", Error, &catalog::ITEM_WITHOUT_TITLE, "configurations/*", Text("title")),
    rule("multiple-configurations-must-have-a-description", Error, &catalog::ITEM_WITHOUT_DESCRIPTION, "configurations/*", Text("description")),
    rule("multipes-configurations-fields-must-have-a-title", Error, &catalog::FIELD_WITHOUT_TITLE, "configurations/*/schema", ShownFieldTitles),
    rule("multipes-configurations-fields-must-have-a-description", Error, &catalog::FIELD_WITHOUT_DESCRIPTION, "configurations/*/schema", FieldDescriptions),
    rule("user-tags-should-have-a-title", Warning, &catalog::TAG_WITHOUT_TITLE, "user/tags/*", Text("title")),
    rule("user-tags-must-have-a-description", Error, &catalog::TAG_WITHOUT_DESCRIPTION, "user/tags/*", Text("description")),
    rule("channels-should-have-a-title", Warning, &catalog::ITEM_WITHOUT_TITLE, "channels/*", Text("title")),
    rule("channels-must-have-a-description", Error, &catalog::ITEM_WITHOUT_DESCRIPTION, "channels/*", Text("description")),
    rule("channels-conversation-tags-should-have-a-title", Warning, &catalog::TAG_WITHOUT_TITLE, "channels/*/conversation/tags/*", Text("title")),
    rule("channels-conversation-tags-must-have-a-description", Error, &catalog::TAG_WITHOUT_DESCRIPTION, "channels/*/conversation/tags/*", Text("description")),
    rule("channels-message-tags-should-have-a-title", Warning, &catalog::TAG_WITHOUT_TITLE, "channels/*/message/tags/*", Text("title")),
    rule("channels-message-tags-must-have-a-description", Error, &catalog::TAG_WITHOUT_DESCRIPTION, "channels/*/message/tags/*", Text("description")),
    rule("legacy-zui-title-should-be-removed", Error, &catalog::LEGACY_UI_TITLE, "events/*/ui/*", Nothing("title")),
    rule("legacy-zui-examples-should-be-removed", Hint, &catalog::LEGACY_UI_EXAMPLES, "events/*/ui/*", Nothing("examples")),
    rule("state-fields-should-have-title", Warning, &catalog::FIELD_WITHOUT_TITLE, "states/*/schema", FieldTitles),
    rule("state-fields-must-have-description", Error, &catalog::FIELD_WITHOUT_DESCRIPTION, "states/*/schema", FieldDescriptions),
    rule("secrets-must-have-a-description", Error, &catalog::SECRET_WITHOUT_DESCRIPTION, "secrets/*", Text("description")),
];

const fn rule(
    name: &'static str,
    level: Level,
    entry: &'static Entry,
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
