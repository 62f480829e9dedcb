//! What listeners of the record learn.

/// What happened to an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExchangeNotice {
    /// It began.
    Started {
        /// Its id.
        id: String,
    },
    /// It ended.
    Finished {
        /// Its id.
        id: String,
    },
    /// All exchanges were deleted.
    Cleared,
}
