//! Which operation a request names.

use contexture::ApiErrorKind;
use http::Method;
use percent_encoding::percent_decode_str;

use super::failure::{Failure, Result};
use super::operation::Operation;

/// Finds the operation of a request, and the parameters of its path.
pub(crate) fn route<Run>(
    operations: impl Iterator<Item = &'static Operation<Run>>,
    method: &Method,
    path: &str,
) -> Result<(&'static Operation<Run>, Vec<String>)> {
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    let on_path = operations.filter_map(|operation| {
        let parameters = parameters(operation.path, &segments)?;
        Some((operation, parameters))
    });
    let on_path: Vec<_> = on_path.collect();
    let methods = on_path
        .iter()
        .filter(|(operation, _)| operation.method == *method);
    // A path without parameters wins: `get-or-create` is no id.
    let found = methods.min_by_key(|(_, parameters)| parameters.len());
    match found {
        Some((operation, parameters)) => Ok((operation, parameters.clone())),
        None if on_path.is_empty() => {
            let message = format!("the API has no path {path}");
            Err(Failure::new(ApiErrorKind::ResourceNotFound, message))
        }
        None => {
            let allowed = on_path
                .iter()
                .map(|(operation, _)| operation.method.as_str());
            let allowed: Vec<_> = allowed.collect();
            let message = format!("{path} takes no {method}; it takes {}", allowed.join(", "));
            Err(Failure::new(ApiErrorKind::MethodNotFound, message))
        }
    }
}

/// The parameters of a path, percent-decoded, if it fits the template.
fn parameters(template: &str, segments: &[&str]) -> Option<Vec<String>> {
    let template: Vec<_> = template.trim_start_matches('/').split('/').collect();
    if template.len() != segments.len() {
        return None;
    }
    let mut parameters = Vec::new();
    for (part, segment) in template.iter().zip(segments) {
        if part.starts_with('{') && !segment.is_empty() {
            parameters.push(percent_decode_str(segment).decode_utf8_lossy().into_owned());
        } else if part != segment {
            return None;
        }
    }
    Some(parameters)
}
