//! The operations of the API, a file for each resource.

mod actions;
mod analytics;
mod bodies;
mod configuration;
mod conversations;
mod events;
mod files;
mod import;
mod incoming;
mod messages;
mod participants;
mod refused;
mod schedule;
mod states;
mod users;

pub use self::configuration::Configuration;
pub(super) use self::configuration::{configuration_of, set_identifier};
pub(super) use self::events::send_due as send_due_events;
pub(super) use self::files::{answer_content, answer_upload, is_content};
pub(super) use self::messages::send_due as send_due_messages;
pub(super) use self::schedule::is_something_due;
pub(super) use self::states::all as all_states;
pub(super) use self::users::ensure_bot_user;
use super::call::Operation;

/// The operations of all resources.
pub(super) fn operations() -> impl Iterator<Item = &'static Operation> {
    let resources = [
        actions::OPERATIONS,
        analytics::OPERATIONS,
        configuration::OPERATIONS,
        conversations::OPERATIONS,
        events::OPERATIONS,
        import::OPERATIONS,
        incoming::OPERATIONS,
        messages::OPERATIONS,
        participants::OPERATIONS,
        refused::OPERATIONS,
        states::OPERATIONS,
        users::OPERATIONS,
    ];
    resources.into_iter().flatten().chain(files::operations())
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::operations;
    use crate::api::call::Operation;
    use crate::wire::failure::Result;
    use crate::wire::router::route as route_to;

    fn route(method: &Method, path: &str) -> Result<(&'static Operation, Vec<String>)> {
        route_to(operations(), method, path)
    }

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
        let mut names: Vec<_> = operations().map(|operation| operation.name).collect();
        let places =
            operations().map(|operation| format!("{} {}", operation.method, operation.path));
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
