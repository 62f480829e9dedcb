//! The methods of fields.

/// The method that returns a field or its default. A name that could be a setter's starts with `get_`.
pub(crate) fn default_method(field: &str) -> String {
    if field.trim_start_matches("get_").starts_with("with_") {
        format!("get_{field}")
    } else {
        field.to_owned()
    }
}

/// The method that sets an optional field: `body` has `with_body`.
pub(crate) fn setter(field: &str) -> String {
    format!(
        "with_{}",
        field.trim_start_matches("r#").trim_start_matches('_')
    )
}
