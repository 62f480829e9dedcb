//! The actions: a file for each.

mod close_ticket;
mod create_ticket;
