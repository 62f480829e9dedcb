//! The bodies of integrations: a table of each section, as the document of the admin API has it.
//!
//! A map whose members may be `null` in an update is one of which members can be deleted.

use crate::wire::shape::{Field, ID, NAME, Shape, TEXT, TEXTS, optional, required};

const TITLE: Shape = Shape::Text { min: 0, max: 64 };
const TITLE_OF_INTEGRATION: Shape = Shape::Text { min: 1, max: 64 };
const DESCRIPTION: Shape = Shape::Text { min: 0, max: 256 };
const SCRIPT: Shape = Shape::Text { min: 0, max: 2000 };
const SECRET: Shape = Shape::Text {
    min: 0,
    max: 20_000,
};

const TITLE_FIELD: Field = optional("title", TITLE);
const DESCRIPTION_FIELD: Field = optional("description", DESCRIPTION);
const SCHEMA: Field = required("schema", Shape::AnyObject);

const TAG: Shape = Shape::Object(&[TITLE_FIELD, DESCRIPTION_FIELD]);
const TAGS: Field = optional("tags", Shape::Map(&TAG));
const CHANGED_TAGS: Field = optional("tags", Shape::Map(&Shape::OrNull(&TAG)));

const CREATION: Field = optional(
    "creation",
    Shape::Object(&[
        required("enabled", Shape::Boolean),
        required("requiredTags", TEXTS),
    ]),
);

const ATTRIBUTES: Field = optional("attributes", Shape::Map(&NAME));
const CHANGED_ATTRIBUTES: Field = optional("attributes", Shape::Map(&Shape::OrNull(&NAME)));

const CONFIGURATION: Shape = Shape::Object(&[
    TITLE_FIELD,
    DESCRIPTION_FIELD,
    optional("schema", Shape::AnyObject),
    optional(
        "identifier",
        Shape::Object(&[
            optional("required", Shape::Boolean),
            optional("linkTemplateScript", SCRIPT),
        ]),
    ),
]);
const CHANGED_CONFIGURATION: Shape = Shape::Object(&[
    TITLE_FIELD,
    DESCRIPTION_FIELD,
    optional("schema", Shape::AnyObject),
    optional(
        "identifier",
        Shape::Object(&[
            optional("required", Shape::Boolean),
            optional("linkTemplateScript", Shape::OrNull(&SCRIPT)),
        ]),
    ),
]);

const STATE: Shape = Shape::Object(&[
    required(
        "type",
        Shape::OneOf(&["conversation", "user", "integration"]),
    ),
    SCHEMA,
]);

const EVENT: Shape = Shape::Object(&[TITLE_FIELD, DESCRIPTION_FIELD, SCHEMA, ATTRIBUTES]);
const CHANGED_EVENT: Shape =
    Shape::Object(&[TITLE_FIELD, DESCRIPTION_FIELD, SCHEMA, CHANGED_ATTRIBUTES]);

const PAYLOAD: Shape = Shape::Object(&[SCHEMA]);
const BILLABLE: Field = optional("billable", Shape::Boolean);
const CACHEABLE: Field = optional("cacheable", Shape::Boolean);
const INPUT: Field = required("input", PAYLOAD);
const OUTPUT: Field = required("output", PAYLOAD);
const ACTION: Shape = Shape::Object(&[
    TITLE_FIELD,
    DESCRIPTION_FIELD,
    BILLABLE,
    CACHEABLE,
    INPUT,
    OUTPUT,
    ATTRIBUTES,
]);
const CHANGED_ACTION: Shape = Shape::Object(&[
    TITLE_FIELD,
    DESCRIPTION_FIELD,
    BILLABLE,
    CACHEABLE,
    INPUT,
    OUTPUT,
    CHANGED_ATTRIBUTES,
]);

const ENTITY: Shape = Shape::Object(&[TITLE_FIELD, DESCRIPTION_FIELD, SCHEMA]);

const CHANNEL: Shape = Shape::Object(&[
    TITLE_FIELD,
    DESCRIPTION_FIELD,
    required("messages", Shape::Map(&PAYLOAD)),
    optional("conversation", Shape::Object(&[CREATION, TAGS])),
    optional("message", Shape::Object(&[TAGS])),
]);
const CHANGED_CHANNEL: Shape = Shape::Object(&[
    TITLE_FIELD,
    DESCRIPTION_FIELD,
    optional("messages", Shape::Map(&Shape::OrNull(&PAYLOAD))),
    optional("conversation", Shape::Object(&[CREATION, CHANGED_TAGS])),
    optional("message", Shape::Object(&[CHANGED_TAGS])),
]);

const NAMED: Shape = Shape::Map(&Shape::Object(&[required("name", NAME)]));
const INTERFACE: Shape = Shape::Object(&[
    required("id", ID),
    optional("entities", NAMED),
    optional("actions", NAMED),
    optional("events", NAMED),
    optional("channels", NAMED),
]);

const EXTRA_OPERATIONS: Field = optional(
    "extraOperations",
    Shape::Map(&Shape::Object(&[required("enabled", Shape::Boolean)])),
);
const SDK_VERSION: Field = optional("sdkVersion", NAME);
const SECRETS: Field = optional("secrets", Shape::Map(&Shape::OrNull(&SECRET)));
const VISIBILITY: Field = optional(
    "visibility",
    Shape::OneOf(&["public", "private", "unlisted"]),
);

/// The body of `createIntegration` and `validateIntegrationCreation`.
pub(super) const CREATE: &[Field] = &[
    required("name", NAME),
    required("version", NAME),
    optional("configuration", CONFIGURATION),
    optional("configurations", Shape::Map(&CONFIGURATION)),
    optional("states", Shape::Map(&STATE)),
    optional("events", Shape::Map(&EVENT)),
    optional("actions", Shape::Map(&ACTION)),
    optional("entities", Shape::Map(&ENTITY)),
    ATTRIBUTES,
    optional(
        "identifier",
        Shape::Object(&[
            optional("fallbackHandlerScript", SCRIPT),
            optional("extractScript", SCRIPT),
        ]),
    ),
    optional("channels", Shape::Map(&CHANNEL)),
    optional("user", Shape::Object(&[CREATION, TAGS])),
    optional("interfaces", Shape::Map(&INTERFACE)),
    EXTRA_OPERATIONS,
    SDK_VERSION,
    SECRETS,
    optional("code", TEXT),
    optional("url", TEXT),
    optional("dev", Shape::Boolean),
    optional("icon", TEXT),
    optional("readme", TEXT),
    optional("title", TITLE_OF_INTEGRATION),
    DESCRIPTION_FIELD,
    optional("public", Shape::Boolean),
    VISIBILITY,
    optional("layers", TEXTS),
];

/// The body of `updateIntegration` and `validateIntegrationUpdate`.
pub(super) const UPDATE: &[Field] = &[
    optional("configuration", CHANGED_CONFIGURATION),
    optional(
        "configurations",
        Shape::Map(&Shape::OrNull(&CHANGED_CONFIGURATION)),
    ),
    optional("states", Shape::Map(&Shape::OrNull(&STATE))),
    optional("events", Shape::Map(&Shape::OrNull(&CHANGED_EVENT))),
    optional("actions", Shape::Map(&Shape::OrNull(&CHANGED_ACTION))),
    optional("entities", Shape::Map(&Shape::OrNull(&ENTITY))),
    CHANGED_ATTRIBUTES,
    optional(
        "identifier",
        Shape::Object(&[
            optional("fallbackHandlerScript", Shape::OrNull(&SCRIPT)),
            optional("extractScript", Shape::OrNull(&SCRIPT)),
        ]),
    ),
    optional("channels", Shape::Map(&Shape::OrNull(&CHANGED_CHANNEL))),
    optional("user", Shape::Object(&[CREATION, CHANGED_TAGS])),
    optional("interfaces", Shape::Map(&Shape::OrNull(&INTERFACE))),
    EXTRA_OPERATIONS,
    SDK_VERSION,
    SECRETS,
    optional("code", TEXT),
    optional("url", Shape::OrNull(&TEXT)),
    optional("icon", TEXT),
    optional("readme", TEXT),
    optional("title", TITLE_OF_INTEGRATION),
    DESCRIPTION_FIELD,
    optional("public", Shape::Boolean),
    VISIBILITY,
    optional("layers", TEXTS),
    optional(
        "maxExecutionTime",
        Shape::Integer {
            min: f64::NEG_INFINITY,
            max: f64::INFINITY,
        },
    ),
];
