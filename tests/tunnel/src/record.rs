//! What tails did.

use std::collections::HashMap;

/// What tails did.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The connections that were opened, refused ones included.
    pub connections: u64,
    /// The hello frames.
    pub hellos: u64,
    /// The capabilities that were announced.
    pub capabilities: Vec<String>,
    /// The `User-Agent` of each connection.
    pub user_agents: Vec<String>,
    /// The close frames of tails: code and reason.
    pub closed_by_tails: Vec<(u16, String)>,
    /// How many answers each request got, over all connections.
    pub answers: HashMap<String, u32>,
    /// What a tail must not do, in words.
    pub violations: Vec<String>,
}

impl Record {
    /// The requests that got more than one answer.
    #[must_use]
    pub fn answered_twice(&self) -> Vec<&str> {
        let answered = self.answers.iter().filter(|(_, count)| **count > 1);
        let mut ids: Vec<_> = answered.map(|(id, _)| id.as_str()).collect();
        ids.sort_unstable();
        ids
    }
}
