//! The sections of a definition, as a table.
//!
//! A new section is a row, with its types in `definition/document/` and its items in `lower/operations.rs`.
//!
//! The limits are those of the body that creates an integration (`createIntegrationBody`) in the OpenAPI document of
//! Botpress's admin API, version 1.70.

use super::rule::Level::{Error, Hint, Warning};
use super::rule::Wants::{FieldDescriptions, FieldTitles, Nothing, ShownFieldTitles, Text};
use super::rule::rule;
use super::section::{Extended, Payload, Section};

/// The most characters of a title.
const TITLE: usize = 64;
/// The most characters of a name, a version or an attribute.
const NAME: usize = 200;
/// The most characters of a description.
const DESCRIPTION: usize = 256;
/// The most characters of a script.
const SCRIPT: usize = 2000;

/// The places of scripts.
pub(crate) const SCRIPTS: [&str; 4] = [
    "configuration/identifier/linkTemplateScript",
    "configurations/*/identifier/linkTemplateScript",
    "identifier/extractScript",
    "identifier/fallbackHandlerScript",
];

/// A section without facts.
const EMPTY: Section = Section {
    items: "",
    nouns: &[],
    payloads: &[],
    in_camel_case: &[],
    longest: &[],
    rules: &[],
    extended: None,
};

/// The sections. The first one is the definition as a whole.
#[expect(clippy::needless_update, reason = "a row leaves out what it does not have")]
#[rustfmt::skip]
pub(crate) static SECTIONS: &[Section] = &[
    Section {
        nouns: &[("attributes", "attribute")],
        longest: &[
            ("name", NAME), ("version", NAME), ("sdkVersion", NAME), ("attributes/*", NAME), ("title", TITLE),
            ("description", DESCRIPTION),
        ],
        rules: &[
            rule("integration-title-must-be-present", Error, "integration-without-title", "", Text("title")),
            rule("integration-description-must-be-present", Error, "integration-without-description", "", Text("description")),
            rule("integration-must-have-an-icon", Error, "integration-without-icon", "", Text("icon")),
            rule("integration-must-have-a-readme-file", Error, "integration-without-readme", "", Text("readme")),
        ],
        ..EMPTY
    },
    Section {
        items: "configuration",
        payloads: &[
            payload("schema", "PrimaryConfiguration", "The primary configuration."),
        ],
        longest: &[("title", TITLE), ("description", DESCRIPTION), ("identifier/linkTemplateScript", SCRIPT)],
        rules: &[
            rule("configuration-fields-must-have-a-title", Error, "field-without-title", "schema", ShownFieldTitles),
            rule("configuration-fields-must-have-a-description", Error, "field-without-description", "schema", FieldDescriptions),
        ],
        ..EMPTY
    },
    Section {
        items: "configurations/*",
        nouns: &[("configurations", "configuration")],
        payloads: &[
            payload("schema", "Configuration", "The configuration {0}.").docs_of_item(),
        ],
        longest: &[("title", TITLE), ("description", DESCRIPTION), ("identifier/linkTemplateScript", SCRIPT)],
        rules: &[
            rule("multiple-configurations-must-have-a-title", Error, "item-without-title", "", Text("title")),
            rule("multiple-configurations-must-have-a-description", Error, "item-without-description", "", Text("description")),
            rule("multipes-configurations-fields-must-have-a-title", Error, "field-without-title", "schema", ShownFieldTitles),
            rule("multipes-configurations-fields-must-have-a-description", Error, "field-without-description", "schema", FieldDescriptions),
        ],
        ..EMPTY
    },
    Section {
        items: "actions/*",
        nouns: &[("actions", "action")],
        payloads: &[
            payload("input/schema", "Input", "The input of the action {0}."),
            payload("output/schema", "Output", "The output of the action {0}."),
        ],
        in_camel_case: &[""],
        longest: &[("title", TITLE), ("description", DESCRIPTION), ("attributes/*", NAME)],
        rules: &[
            rule("actions-should-have-a-title", Warning, "item-without-title", "", Text("title")),
            rule("actions-must-have-a-description", Error, "item-without-description", "", Text("description")),
            rule("action-inputparams-should-have-a-title", Warning, "field-without-title", "input/schema", FieldTitles),
            rule("action-inputparams-must-have-a-description", Error, "field-without-description", "input/schema", FieldDescriptions),
            rule("action-outputparams-should-have-a-title", Warning, "field-without-title", "output/schema", ShownFieldTitles),
            rule("action-outputparams-must-have-a-description", Error, "field-without-description", "output/schema", FieldDescriptions),
        ],
        extended: Some(Extended { merged: &["input", "output"], repeats_name: true }),
        ..EMPTY
    },
    Section {
        items: "events/*",
        nouns: &[("events", "event")],
        payloads: &[
            payload("schema", "Event", "The payload of the event {0}.").docs_of_item(),
        ],
        in_camel_case: &[""],
        longest: &[("title", TITLE), ("description", DESCRIPTION), ("attributes/*", NAME)],
        rules: &[
            rule("event-outputparams-should-have-title", Warning, "field-without-title", "schema", FieldTitles),
            rule("event-outputparams-must-have-description", Error, "field-without-description", "schema", FieldDescriptions),
            rule("events-must-have-a-title", Error, "item-without-title", "", Text("title")),
            rule("events-must-have-a-description", Error, "item-without-description", "", Text("description")),
            rule("legacy-zui-title-should-be-removed", Error, "legacy-ui-title", "ui/*", Nothing("title")),
            rule("legacy-zui-examples-should-be-removed", Hint, "legacy-ui-examples", "ui/*", Nothing("examples")),
        ],
        extended: Some(Extended { merged: &[], repeats_name: true }),
        ..EMPTY
    },
    Section {
        items: "channels/*",
        nouns: &[("channels", "channel"), ("messages", "message"), ("tags", "tag")],
        payloads: &[
            payload("messages/*/schema", "Message", "A {1} message of the channel {0}.").no_alias(),
        ],
        in_camel_case: &["", "messages/*"],
        longest: &[
            ("title", TITLE), ("description", DESCRIPTION), ("conversation/tags/*/title", TITLE),
            ("conversation/tags/*/description", DESCRIPTION), ("message/tags/*/title", TITLE),
            ("message/tags/*/description", DESCRIPTION),
        ],
        rules: &[
            rule("channels-should-have-a-title", Warning, "item-without-title", "", Text("title")),
            rule("channels-must-have-a-description", Error, "item-without-description", "", Text("description")),
            rule("channels-conversation-tags-should-have-a-title", Warning, "tag-without-title", "conversation/tags/*", Text("title")),
            rule("channels-conversation-tags-must-have-a-description", Error, "tag-without-description", "conversation/tags/*", Text("description")),
            rule("channels-message-tags-should-have-a-title", Warning, "tag-without-title", "message/tags/*", Text("title")),
            rule("channels-message-tags-must-have-a-description", Error, "tag-without-description", "message/tags/*", Text("description")),
        ],
        extended: Some(Extended {
            merged: &["messages", "messages/*", "conversation", "conversation/tags", "message", "message/tags"],
            repeats_name: false,
        }),
        ..EMPTY
    },
    Section {
        items: "states/*",
        nouns: &[("states", "state")],
        payloads: &[
            payload("schema", "State", "The state {0}, kept {owner}."),
        ],
        in_camel_case: &[""],
        rules: &[
            rule("state-fields-should-have-title", Warning, "field-without-title", "schema", FieldTitles),
            rule("state-fields-must-have-description", Error, "field-without-description", "schema", FieldDescriptions),
        ],
        ..EMPTY
    },
    Section {
        items: "user",
        longest: &[("tags/*/title", TITLE), ("tags/*/description", DESCRIPTION)],
        rules: &[
            rule("user-tags-should-have-a-title", Warning, "tag-without-title", "tags/*", Text("title")),
            rule("user-tags-must-have-a-description", Error, "tag-without-description", "tags/*", Text("description")),
        ],
        ..EMPTY
    },
    Section {
        items: "entities/*",
        nouns: &[("entities", "entity")],
        payloads: &[
            payload("schema", "Entity", "The entity {0}.").docs_of_item(),
        ],
        longest: &[("title", TITLE), ("description", DESCRIPTION)],
        ..EMPTY
    },
    Section {
        items: "definitions/*",
        nouns: &[("definitions", "definition")],
        payloads: &[
            payload("", "", "The type {0}, which several schemas share."),
        ],
        ..EMPTY
    },
    Section {
        items: "interfaces/*",
        nouns: &[("interfaces", "interface")],
        longest: &[
            ("actions/*/name", NAME), ("channels/*/name", NAME), ("entities/*/name", NAME), ("events/*/name", NAME),
        ],
        ..EMPTY
    },
    Section {
        items: "identifier",
        longest: &[("extractScript", SCRIPT), ("fallbackHandlerScript", SCRIPT)],
        ..EMPTY
    },
    Section {
        items: "secrets/*",
        nouns: &[("secrets", "secret")],
        rules: &[
            rule("secrets-must-have-a-description", Error, "secret-without-description", "", Text("description")),
        ],
        ..EMPTY
    },
];

/// A payload of a section.
const fn payload(schema: &'static str, suffix: &'static str, docs: &'static str) -> Payload {
    Payload {
        schema,
        suffix,
        may_alias: true,
        docs,
        has_docs_of_item: false,
    }
}

impl Payload {
    /// The type is never another name of an entity's type: messages are distinguished by their types.
    const fn no_alias(mut self) -> Self {
        self.may_alias = false;
        self
    }

    /// The item's own title and description come first.
    const fn docs_of_item(mut self) -> Self {
        self.has_docs_of_item = true;
        self
    }
}
