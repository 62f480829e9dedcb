//! The requests of one connection, until it is known that their answers arrived.
//!
//! The protocol acknowledges nothing. A ping of WebSocket that is sent behind an answer is answered once the tunnel has
//! read everything before it, so its pong proves that the answer arrived.

use std::collections::{BTreeMap, VecDeque};

use super::call::Call;
use super::event::LostCall;

/// The requests of one connection.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    /// The requests without an answer, by their ids.
    running: BTreeMap<String, Call>,
    /// The answers that were sent and not proven, with their numbers, the oldest first.
    unproven: VecDeque<(u64, Call)>,
    /// The number of answers that were sent.
    answered: u64,
    /// The ping that waits for its pong: the number of answers that were sent before it.
    ping: Option<u64>,
}

impl Traffic {
    /// Notes a request; `false` if one with its id has no answer yet, so that two answers would be given.
    pub(super) fn begin(&mut self, call: Call) -> bool {
        let is_new = !self.running.contains_key(&call.id);
        if is_new {
            self.running.insert(call.id.clone(), call);
        }
        is_new
    }

    /// Notes that a request is answered; `false` if it has no answer to get.
    pub(super) fn answer(&mut self, id: &str) -> bool {
        let Some(call) = self.running.remove(id) else {
            return false;
        };
        self.answered += 1;
        self.unproven.push_back((self.answered, call));
        true
    }

    /// The number of requests without an answer.
    pub(super) fn running(&self) -> usize {
        self.running.len()
    }

    /// The payload of a ping that is to be sent, if there are unproven answers and no ping is on its way.
    pub(super) fn proving_ping(&mut self) -> Option<[u8; 8]> {
        if self.ping.is_some() || self.unproven.is_empty() {
            return None;
        }
        Some(self.new_ping())
    }

    /// The payload of a ping that keeps the connection alive.
    pub(super) fn new_ping(&mut self) -> [u8; 8] {
        self.ping = Some(self.answered);
        self.answered.to_be_bytes()
    }

    /// Notes a pong. One without a ping proves nothing.
    pub(super) fn pong(&mut self, payload: &[u8]) {
        let Ok(payload) = <[u8; 8]>::try_from(payload) else {
            return;
        };
        let proven = u64::from_be_bytes(payload);
        if proven > self.answered {
            return;
        }
        if self.ping == Some(proven) {
            self.ping = None;
        }
        while self
            .unproven
            .front()
            .is_some_and(|(number, _)| *number <= proven)
        {
            self.unproven.pop_front();
        }
    }

    /// Notes that all answers arrived.
    pub(super) fn prove_all(&mut self) {
        self.unproven.clear();
    }

    /// What is lost if the connection ends now.
    pub(super) fn lost(self) -> Vec<LostCall> {
        let unproven = self.unproven.into_iter().map(|(_, call)| (call, true));
        let running = self.running.into_values().map(|call| (call, false));
        unproven
            .chain(running)
            .map(|(call, is_answered)| LostCall { call, is_answered })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::TunnelRequest;
    use super::*;

    fn call(id: &str) -> Call {
        Call::of(&TunnelRequest {
            id: id.to_owned(),
            method: "GET".to_owned(),
            path: "/".to_owned(),
            query: None,
            headers: Vec::new(),
            body: None,
        })
    }

    fn lost(traffic: Traffic) -> Vec<(String, bool)> {
        let lost = traffic.lost().into_iter();
        lost.map(|lost| (lost.call.id, lost.is_answered)).collect()
    }

    #[test]
    fn a_request_is_lost_until_a_pong_proves_that_its_answer_arrived() {
        let mut traffic = Traffic::default();
        for id in ["a", "b", "c"] {
            assert!(traffic.begin(call(id)));
        }
        assert_eq!(traffic.proving_ping(), None, "there is nothing to prove");
        assert!(traffic.answer("a"));
        let ping = traffic.proving_ping().unwrap();
        assert!(traffic.answer("b"));
        assert_eq!(traffic.proving_ping(), None, "a ping is on its way");
        traffic.pong(&ping);
        assert!(
            traffic.proving_ping().is_some(),
            "the answer to b is unproven"
        );
        assert_eq!(
            lost(traffic),
            [("b".to_owned(), true), ("c".to_owned(), false)]
        );
    }

    #[test]
    fn an_id_has_one_request_at_a_time_and_one_answer() {
        let mut traffic = Traffic::default();
        assert!(traffic.begin(call("a")));
        assert!(!traffic.begin(call("a")));
        assert!(traffic.answer("a"));
        assert!(!traffic.answer("a"));
        assert!(!traffic.answer("b"));
    }

    #[test]
    fn a_pong_that_answers_no_ping_proves_nothing() {
        let mut traffic = Traffic::default();
        traffic.begin(call("a"));
        traffic.answer("a");
        traffic.pong(b"");
        traffic.pong(&9_u64.to_be_bytes());
        assert_eq!(lost(traffic), [("a".to_owned(), true)]);
    }
}
