//! The kinds of errors of the Botpress API.

use std::fmt;

/// The kind of an [`ApiError`](super::ApiError): one of the 26 that the API documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// An error that could not be classified.
    Unknown,
    /// An internal error occurred.
    Internal,
    /// The request requires to be authenticated.
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
    /// A JSON Schema is invalid.
    InvalidJsonSchema,
    /// The data does not fit its schema.
    InvalidDataFormat,
    /// An identifier is invalid.
    InvalidIdentifier,
    /// The resource conflicts with a relation.
    RelationConflict,
    /// Another resource refers to this one.
    ReferenceConstraint,
    /// The resource is locked by another operation.
    ResourceLockedConflict,
    /// The resource is gone for good.
    ResourceGone,
    /// A referred resource does not exist.
    ReferenceNotFound,
    /// The query is invalid.
    InvalidQuery,
    /// An integration or a bot failed at runtime; the message is for the bot's owner.
    Runtime,
    /// The resource exists already.
    AlreadyExists,
    /// Too many requests were made.
    RateLimited,
    /// A payment is required.
    PaymentRequired,
    /// A quota is used up.
    QuotaExceeded,
    /// A limit is reached.
    LimitExceeded,
    /// The request would break what depends on the resource.
    BreakingChanges,
    /// The operation took too long.
    OperationTimeout,
}

/// Every kind, its name on the wire and its code.
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
    /// Reads a kind by its name on the wire; none when the API has none of that name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        KINDS
            .iter()
            .find(|(_, wire_name, _)| *wire_name == name)
            .map(|(kind, ..)| *kind)
    }

    /// The kind's name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.entry().1
    }

    /// The HTTP status that goes with the kind.
    #[must_use]
    pub fn code(self) -> u16 {
        self.entry().2
    }

    /// The table is in the order of the variants, as a test checks.
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
