//! Secrets in the requests of an authorization.

use http::header::CONTENT_TYPE;

use super::Received;
use crate::exchange::Secrets;

/// The parameters with which a service grants access.
const GRANTS: [&str; 4] = ["access_token", "code", "id_token", "refresh_token"];

/// The parameter that names the instance.
const STATE: &str = "state";

/// The secrets in a request to the shared OAuth address: what a service grants, and what the owner of a bot enters into a
/// form, which can be a password. A replay lacks them.
pub(super) fn secrets(received: &Received) -> Secrets {
    let query = form_urlencoded::parse(received.query.as_bytes());
    let granted = query.filter(|(name, _)| GRANTS.contains(&name.as_ref()));
    let form = if is_form(received) {
        &received.body[..]
    } else {
        b""
    };
    let entered = form_urlencoded::parse(form).filter(|(name, _)| name != STATE);
    let secrets = granted.chain(entered);
    // A value that is also a part of the path, such as the name of a step, is none.
    secrets
        .filter(|(_, value)| !received.path.contains(value.as_ref()))
        .fold(Secrets::new(), |secrets, (name, value)| {
            secrets.with(format!("parameter {name}"), value)
        })
}

fn is_form(received: &Received) -> bool {
    let mut headers = received.headers.iter();
    headers.any(|(name, value)| {
        name.eq_ignore_ascii_case(CONTENT_TYPE.as_str())
            && value.starts_with("application/x-www-form-urlencoded")
    })
}
