//! Dates and times as texts: what JSON Schema calls `date` and `date-time`.
//!
//! A value is kept as the text that was read, so that it is sent back unchanged. The validator checks the formats by the
//! same functions, so a value that fits its schema always fits its type.

mod calendar;
#[cfg(feature = "chrono")]
mod chrono;
mod date_time;
mod day;
mod invalid;
#[cfg(feature = "jiff")]
mod jiff;
mod system_time;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use self::calendar::{is_date, is_date_time, is_time};
pub use self::{date_time::DateTime, day::Date, invalid::InvalidDate};
