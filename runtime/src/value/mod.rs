//! Value types: JSON, numbers, tags, secrets.

pub(crate) mod json;
mod normalize;
mod number;
pub mod pem;
mod pointer;
mod secret;
mod tags;

pub(crate) use self::{
    normalize::{integer, normalize_numbers, number},
    pointer::{push_segment, shorten},
    secret::is_blank,
};
pub use self::{
    number::Number,
    secret::Secret,
    tags::{Tag, TagMap, Tags},
};
