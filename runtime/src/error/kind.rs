//! The kinds of Botpress API errors.

use std::fmt;

/// The kind of an [`ApiError`](super::ApiError). These are the 26 kinds that the API documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// An error that could not be classified.
    Unknown,
    /// An internal error occurred.
    Internal,
    /// Authentication is required.
    Unauthorized,
    /// The requested action is not allowed.
    Forbidden,
    /// The request is too large.
    PayloadTooLarge,
    /// The request's body or input is invalid.
    InvalidPayload,
    /// The body's media type is not supported.
    UnsupportedMediaType,
    /// The method does not exist.
    MethodNotFound,
    /// The resource does not exist.
    ResourceNotFound,
    /// The JSON Schema is invalid.
    InvalidJsonSchema,
    /// The data does not fit its schema.
    InvalidDataFormat,
    /// The identifier is invalid.
    InvalidIdentifier,
    /// The resource conflicts with a relation.
    RelationConflict,
    /// Another resource refers to this one.
    ReferenceConstraint,
    /// Another operation has locked the resource.
    ResourceLockedConflict,
    /// The resource is permanently gone.
    ResourceGone,
    /// A referenced resource does not exist.
    ReferenceNotFound,
    /// The query is invalid.
    InvalidQuery,
    /// An integration or a bot failed at runtime; the message is for the bot's owner.
    Runtime,
    /// The resource already exists.
    AlreadyExists,
    /// Too many requests were made.
    RateLimited,
    /// A payment is required.
    PaymentRequired,
    /// A quota is exceeded.
    QuotaExceeded,
    /// A limit is exceeded.
    LimitExceeded,
    /// The request would be a breaking change for dependents of the resource.
    BreakingChanges,
    /// The operation timed out.
    OperationTimeout,
}

/// All kinds with their wire names and status codes.
const KINDS: [(ApiErrorKind, &str, u16); 26] = [
    (ApiErrorKind::Unknown, "Unknown", 500),
    (ApiErrorKind::Internal, "Internal", 500),
    (ApiErrorKind::Unauthorized, "Unauthorized", 401),
    (ApiErrorKind::Forbidden, "Forbidden", 403),
    (ApiErrorKind::PayloadTooLarge, "PayloadTooLarge", 413),
    (ApiErrorKind::InvalidPayload, "InvalidPayload", 400),
    (
        ApiErrorKind::UnsupportedMediaType,
        "UnsupportedMediaType",
        415,
    ),
    (ApiErrorKind::MethodNotFound, "MethodNotFound", 405),
    (ApiErrorKind::ResourceNotFound, "ResourceNotFound", 404),
    (ApiErrorKind::InvalidJsonSchema, "InvalidJsonSchema", 400),
    (ApiErrorKind::InvalidDataFormat, "InvalidDataFormat", 400),
    (ApiErrorKind::InvalidIdentifier, "InvalidIdentifier", 400),
    (ApiErrorKind::RelationConflict, "RelationConflict", 409),
    (
        ApiErrorKind::ReferenceConstraint,
        "ReferenceConstraint",
        409,
    ),
    (
        ApiErrorKind::ResourceLockedConflict,
        "ResourceLockedConflict",
        409,
    ),
    (ApiErrorKind::ResourceGone, "ResourceGone", 410),
    (ApiErrorKind::ReferenceNotFound, "ReferenceNotFound", 400),
    (ApiErrorKind::InvalidQuery, "InvalidQuery", 400),
    (ApiErrorKind::Runtime, "Runtime", 400),
    (ApiErrorKind::AlreadyExists, "AlreadyExists", 409),
    (ApiErrorKind::RateLimited, "RateLimited", 429),
    (ApiErrorKind::PaymentRequired, "PaymentRequired", 402),
    (ApiErrorKind::QuotaExceeded, "QuotaExceeded", 403),
    (ApiErrorKind::LimitExceeded, "LimitExceeded", 413),
    (ApiErrorKind::BreakingChanges, "BreakingChanges", 400),
    (ApiErrorKind::OperationTimeout, "OperationTimeout", 504),
];

impl ApiErrorKind {
    /// Parses the wire name of a kind. Returns `None` if it is unknown.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        KINDS
            .iter()
            .find(|(_, wire_name, _)| *wire_name == name)
            .map(|(kind, ..)| *kind)
    }

    /// Returns the wire name of the kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.entry().1
    }

    /// Returns the HTTP status code of the kind.
    #[must_use]
    pub fn code(self) -> u16 {
        self.entry().2
    }

    /// The table has the order of the variants, which a test checks.
    fn entry(self) -> &'static (Self, &'static str, u16) {
        &KINDS[self as usize]
    }
}

impl fmt::Display for ApiErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        for (index, (kind, name, code)) in KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
            assert_eq!((kind.as_str(), kind.code()), (name, code));
            assert_eq!(ApiErrorKind::from_wire(name), Some(kind));
        }
    }
}
