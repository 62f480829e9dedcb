//! Text to values, with the place of each.

mod node;
mod parse;
#[cfg(test)]
mod tests;

#[cfg(test)]
use parse::Parsed;
pub(super) use parse::{Problem, parse_text};
