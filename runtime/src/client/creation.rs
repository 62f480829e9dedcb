//! Creating something, in any case or only when it is not there yet.

use http::Method;

use super::api::{Answer, ApiClient};
use super::body::Body;
use super::error::ClientError;

/// Whether something is created in any case, or only when nothing is found.
#[derive(Clone, Debug)]
pub(super) enum Creation {
    Always,
    UnlessFound {
        /// The tags to find it by; `None` means all that are given.
        by: Option<Vec<String>>,
    },
}

impl Creation {
    pub(super) fn find_by<N: Into<String>>(&mut self, tags: impl IntoIterator<Item = N>) {
        if let Self::UnlessFound { by } = self {
            *by = Some(tags.into_iter().map(Into::into).collect());
        }
    }

    /// Sends the request; `tag_names` are those of the tags in the body.
    pub(super) async fn send(
        self,
        api: &ApiClient,
        collection: &str,
        body: Body,
        tag_names: Vec<String>,
    ) -> Result<Answer, ClientError> {
        let mut path = vec!["v1", "chat", collection];
        let body = match self {
            Self::Always => body,
            Self::UnlessFound { by } => {
                path.push("get-or-create");
                body.with("discriminateByTags", by.unwrap_or(tag_names))
            }
        };
        api.ask(Method::POST, &path, Some(body)).await
    }
}
