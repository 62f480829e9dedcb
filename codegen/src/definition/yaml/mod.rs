//! Text to values, with the place of each.

mod node;
mod parse;
mod place;
mod problem;
mod reader;
mod scalar;
#[cfg(test)]
mod tests;

#[cfg(test)]
use parse::Parsed;
pub(super) use parse::parse_text;
pub(super) use problem::Problem;
