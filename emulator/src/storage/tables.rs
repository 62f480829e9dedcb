//! The tables of all modules.

/// The SQL that creates the tables of each module, in the order of their references.
pub(super) const TABLES: &[&str] = &[crate::exchange::TABLES];
