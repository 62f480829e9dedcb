//! What follows an operation once its transaction is committed.

/// What follows an operation once its transaction is committed.
pub(super) enum Effect {
    /// An integration was created.
    Created(String),
    /// An integration was changed.
    Updated(String),
    /// An integration was deleted.
    Deleted(String),
    /// The keys of an integration changed.
    Keys(String),
    /// A content is no longer needed.
    Obsolete(String),
}
