//! Other forms of `main`, which the chapters about running and hosting show.

pub(crate) mod inside_axum;
mod observed;
mod settings;
mod shared;
mod two_mains;
