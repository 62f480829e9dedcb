//! Value types: JSON, numbers, dates, tags, secrets.

mod date;
pub(crate) mod json;
mod normalize;
mod number;
pub mod pem;
mod pointer;
mod secret;
mod tags;

pub use self::{
    date::{Date, DateTime, InvalidDate},
    number::Number,
    secret::Secret,
    tags::{Tag, TagMap, Tags},
};
pub(crate) use self::{
    date::{is_date, is_date_time, is_time},
    normalize::{integer, normalize_numbers, number},
    pointer::{push_segment, shorten},
    secret::is_blank,
};
