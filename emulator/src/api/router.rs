//! Which operation a request names.

use contexture::ApiErrorKind;
use http::Method;
use percent_encoding::percent_decode_str;

use super::call::Operation;
use super::failure::{Failure, Result};
use super::resources;

/// Finds the operation of a request, and the parameters of its path.
pub(super) fn route(method: &Method, path: &str) -> Result<(&'static Operation, Vec<String>)> {
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    let on_path = resources::operations().filter_map(|operation| {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: &Method, path: &str) -> &'static str {
        route(method, path).expect("an operation").0.name
    }

    #[test]
    fn a_path_without_parameters_wins() {
        assert_eq!(
            name(&Method::POST, "/v1/chat/users/get-or-create"),
            "getOrCreateUser"
        );
        assert_eq!(name(&Method::GET, "/v1/chat/users/user_1"), "getUser");
        assert_eq!(name(&Method::GET, "/v1/files/search"), "searchFiles");
        assert_eq!(
            name(&Method::PUT, "/v1/files/file_1/passages"),
            "setFilePassages"
        );
        assert_eq!(name(&Method::POST, "/v1/files/a/b"), "copyFile");
    }

    #[test]
    fn parameters_are_decoded() {
        let (_, parameters) = route(&Method::GET, "/v1/files/a%2Fb%20c").expect("an operation");
        assert_eq!(parameters, ["a/b c"]);
    }

    #[test]
    fn every_operation_has_a_name_and_a_path_of_its_own() {
        let mut names: Vec<_> = resources::operations()
            .map(|operation| operation.name)
            .collect();
        let places = resources::operations()
            .map(|operation| format!("{} {}", operation.method, operation.path));
        let mut places: Vec<_> = places.collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        places.sort_unstable();
        places.dedup();
        assert_eq!((names.len(), places.len()), (count, count));
    }

    #[test]
    fn a_wrong_path_and_a_wrong_method_differ() {
        let wrong_path = route(&Method::GET, "/v1/chat/nothing").expect_err("a refusal");
        assert_eq!(
            wrong_path.to_string(),
            "the API has no path /v1/chat/nothing"
        );
        let wrong_method = route(&Method::PATCH, "/v1/chat/users").expect_err("a refusal");
        assert!(
            wrong_method
                .to_string()
                .starts_with("/v1/chat/users takes no PATCH; it takes ")
        );
    }
}
