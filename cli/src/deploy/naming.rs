//! The name under which an integration is published: with the handle of its workspace.

use crate::Outcome;

/// The workspaces of Botpress itself, whose integrations need no handle.
const OWN_WORKSPACES: [&str; 3] = [
    "6a76fa10-e150-4ff6-8f59-a300feec06c1",
    "95de33eb-1551-4af9-9088-e5dcb02efd09",
    "11111111-1111-1111-aaaa-111111111111",
];

/// What has to happen before the name is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// The name is right.
    Right,
    /// The name gets the workspace's handle.
    Prefixed(String),
    /// The handle of the name is another workspace's.
    OtherWorkspace(String),
    /// The workspace has no handle, and the name has one, which is to be claimed.
    Claimed(String),
    /// Neither has a handle.
    Unknown,
}

/// Whether a workspace belongs to Botpress.
pub(crate) fn is_botpress(workspace_id: &str) -> bool {
    OWN_WORKSPACES.contains(&workspace_id)
}

/// Compares the handle in a name with that of the workspace.
///
/// # Errors
///
/// If the name has more than one slash.
pub(crate) fn decide(
    name: &str,
    handle: Option<&str>,
    is_botpress: bool,
) -> Result<Naming, Outcome> {
    let (own, rest) = match name.split_once('/') {
        Some((own, rest)) => (Some(own), rest),
        None => (None, name),
    };
    if rest.contains('/') {
        return Err(Outcome::failure(format!(
            "error: the name `{name}` has more than one slash\n\
             help: a name is `handle/name`, with the handle of your workspace\n"
        )));
    }
    Ok(match (own, handle) {
        (None, _) if is_botpress => Naming::Right,
        (Some(own), Some(handle)) if own == handle => Naming::Right,
        (Some(own), Some(_)) => Naming::OtherWorkspace(own.to_owned()),
        (Some(own), None) => Naming::Claimed(own.to_owned()),
        (None, Some(handle)) => Naming::Prefixed(format!("{handle}/{name}")),
        (None, None) => Naming::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handles_of_the_name_and_of_the_workspace_decide() {
        let decide = |name, handle| decide(name, handle, false).unwrap();
        assert_eq!(decide("acme/a", Some("acme")), Naming::Right);
        assert_eq!(
            decide("a", Some("acme")),
            Naming::Prefixed("acme/a".to_owned())
        );
        assert_eq!(
            decide("acme/a", Some("other")),
            Naming::OtherWorkspace("acme".to_owned())
        );
        assert_eq!(decide("acme/a", None), Naming::Claimed("acme".to_owned()));
        assert_eq!(decide("a", None), Naming::Unknown);
    }

    #[test]
    fn botpress_may_leave_the_handle_out_and_nobody_may_have_two() {
        assert_eq!(decide("a", Some("botpress"), true), Ok(Naming::Right));
        assert!(decide("a/b/c", Some("a"), false).is_err());
    }
}
