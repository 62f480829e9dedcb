//! Botpress on one machine: calls an integration as Botpress does, and answers its API.
//!
//! | module | subject |
//! |---|---|
//! | [`storage`] | one SQLite file, and its transactions |

pub mod storage;
