//! The schemas of JSON Schema itself, which are known without the network.

use serde_json::Value;

/// The schema of a draft, by its address.
pub(super) fn metaschema(address: &str) -> Option<&'static Value> {
    let address = address
        .strip_prefix("http")
        .map(|rest| rest.trim_start_matches('s'))?;
    match address {
        "://json-schema.org/draft-04/schema" => Some(&referencing::meta::DRAFT4),
        "://json-schema.org/draft-06/schema" => Some(&referencing::meta::DRAFT6),
        "://json-schema.org/draft-07/schema" => Some(&referencing::meta::DRAFT7),
        _ => None,
    }
}
