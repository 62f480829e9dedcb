//! The values that the integration and a bot exchange.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::definition::Schema;

/// A value that is exchanged with the bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Payload {
    /// The schema of the value.
    pub schema: Schema,
}
