//! The channels: a file for each.

mod ticket;
