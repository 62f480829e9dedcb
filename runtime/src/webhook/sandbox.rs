//! Requests of a shared sandbox account.

use super::WebhookRequest;

/// The operation of a sandbox request: a user joins or leaves a bot through the shared account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SandboxOperation {
    /// A user joins.
    Join,
    /// A user leaves.
    Leave,
}

impl SandboxOperation {
    /// Reads the header `x-bp-sandbox-operation`. Returns `None` if it is missing or has another
    /// value.
    #[must_use]
    pub fn of(request: &WebhookRequest) -> Option<Self> {
        match request.header("x-bp-sandbox-operation")? {
            "join" => Some(Self::Join),
            "leave" => Some(Self::Leave),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_what_it_is_about() {
        let of = |value| {
            let request = WebhookRequest::new("POST", "/");
            SandboxOperation::of(&request.with_header("X-Bp-Sandbox-Operation", value))
        };
        assert_eq!(of("join"), Some(SandboxOperation::Join));
        assert_eq!(of("leave"), Some(SandboxOperation::Leave));
        assert_eq!(of("JOIN"), None);
        assert_eq!(SandboxOperation::of(&WebhookRequest::default()), None);
    }
}
