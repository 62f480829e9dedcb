//! The error of dates and times.

/// A text that is not a [`DateTime`](crate::DateTime) or a [`Date`](crate::Date), or a time that one of the two types
/// cannot represent. The error does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidDate(&'static str);

impl InvalidDate {
    pub(super) const NOT_A_DATE: Self = Self("not a date of RFC 3339, such as `2026-01-31`");
    pub(super) const NOT_A_DATE_TIME: Self =
        Self("not a date and time of RFC 3339, such as `2026-01-31T08:30:00Z`");
    pub(super) const OUT_OF_RANGE: Self = Self("the time is outside of the years 0000 to 9999");
}
