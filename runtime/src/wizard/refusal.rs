//! The reasons for which a request to the wizard is refused.

/// The reason for which a request is refused before its step runs. It quotes nothing of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    #[error("no step has this address")]
    NoStep,
    #[error("its method is neither GET nor POST, or the step does not allow it")]
    Method,
    #[error("the parameter `state` is not the id of this webhook")]
    State,
    #[error("the key of the link is missing, was not created for this webhook, or has expired")]
    Key,
    #[error("there is no session: the wizard was not begun here, or its cookie is missing")]
    NoSession,
    #[error("the session or the form was not created here")]
    Forged,
    #[error("the session has expired")]
    Expired,
    #[error("the session was already used")]
    Used,
    #[error("the session is in use by another request")]
    Busy,
    #[error("no answer of a provider was expected")]
    Unexpected,
    #[error("the store of used sessions is down")]
    StoreDown,
}

impl Refused {
    /// The HTTP status of the response.
    pub(super) fn status(self) -> u16 {
        match self {
            Self::NoStep => 404,
            Self::Method => 405,
            Self::StoreDown => 503,
            Self::Busy => 409,
            Self::State
            | Self::Key
            | Self::NoSession
            | Self::Forged
            | Self::Expired
            | Self::Used
            | Self::Unexpected => 403,
        }
    }

    /// The title and the text of the page.
    pub(super) fn page(self) -> (&'static str, &'static str) {
        match self {
            Self::NoStep | Self::Method => (
                "This page does not exist",
                "The address is wrong, or it belongs to an older version.",
            ),
            Self::StoreDown => (
                "This page is not available",
                "Whether the connection was completed is not known. Open the link again in a moment.",
            ),
            Self::Key => (
                "This link is not valid",
                "It may have expired. Get a new link in the bot's log.",
            ),
            Self::Expired => (
                "This page has expired",
                "The connection was not completed in time. Nothing was changed.",
            ),
            Self::Busy => (
                "This form was already sent",
                "It is still being handled. Wait a moment, and open the link again if nothing happens.",
            ),
            Self::Used => (
                "This page was already used",
                "The connection was completed before, perhaps in another tab.",
            ),
            Self::State | Self::NoSession | Self::Forged | Self::Unexpected => (
                "This page cannot be opened",
                "It was begun in another browser or in another tab, or cookies are blocked. \
                 Nothing was changed.",
            ),
        }
    }
}
