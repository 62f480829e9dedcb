//! When the next connection is opened.
//!
//! The official client opens the next one at once, and gives up when that fails. The tunnel restarts whenever Botpress
//! deploys it, so here attempts go on, with growing waits.

use std::time::Duration;

use super::close::{End, code};

/// A connection that lasted as long as this was a good one.
const GOOD: Duration = Duration::from_secs(10);

/// How many connections in a row that ended early are replaced at once.
const AT_ONCE: u32 = 10;

/// The first wait, and the longest one.
const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(30);

/// How many attempts are made for the very first connection.
const FIRST_ATTEMPTS: u32 = 6;

/// How often, and how many times, an id is tried again that this client had before: the tunnel may not have noticed yet that
/// the earlier connection is gone.
const CONFLICT_WAIT: Duration = Duration::from_secs(5);
const CONFLICTS: u32 = 12;

/// What is known about the connections so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reconnect {
    /// Whether a connection was ever accepted.
    was_accepted: bool,
    /// Connections in a row that could not be opened.
    failures: u32,
    /// Accepted connections in a row that ended early.
    early: u32,
    /// Refusals in a row because the id is in use.
    conflicts: u32,
}

/// What to do after a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Open the next one after this time.
    After(Duration),
    /// Open none, for this reason, which says what to do.
    Stop(String),
}

impl Reconnect {
    /// Decides what follows the end of a connection. `accepted_for` is how long ago the tunnel accepted it, if it did.
    /// `random` is from 0 to 1 and spreads the attempts of many clients.
    pub(super) fn after(
        &mut self,
        end: &End,
        accepted_for: Option<Duration>,
        random: f64,
        id: &str,
    ) -> Next {
        match end {
            End::Stopped => return Next::Stop("it was ended".to_owned()),
            End::Closed {
                code: code::INVALID_ID,
                ..
            } => return Next::Stop(invalid_id(id)),
            End::Closed {
                code: code::ID_IN_USE,
                ..
            } => return self.conflict(id),
            _ => self.conflicts = 0,
        }
        match accepted_for {
            Some(lasted) => self.accepted(lasted, random),
            None => self.failed(end, random),
        }
    }

    fn accepted(&mut self, lasted: Duration, random: f64) -> Next {
        self.was_accepted = true;
        self.failures = 0;
        self.early = if lasted >= GOOD { 0 } else { self.early + 1 };
        Next::After(wait(self.early.saturating_sub(AT_ONCE), random))
    }

    fn failed(&mut self, end: &End, random: f64) -> Next {
        self.failures += 1;
        if !self.was_accepted && self.failures >= FIRST_ATTEMPTS {
            return Next::Stop(format!(
                "{}\nhelp: check the network and `--tunnel-url`",
                end.describe()
            ));
        }
        Next::After(wait(self.failures, random))
    }

    fn conflict(&mut self, id: &str) -> Next {
        self.conflicts += 1;
        if self.was_accepted && self.conflicts <= CONFLICTS {
            return Next::After(CONFLICT_WAIT);
        }
        Next::Stop(format!(
            "the tunnel id `{id}` is in use: another `contexture dev --tunnel` or `bp dev` has it\n\
             help: end that one, or choose another id with `--tunnel-id`"
        ))
    }
}

fn invalid_id(id: &str) -> String {
    format!(
        "the tunnel does not accept the id `{id}`\n\
         help: choose another one with `--tunnel-id`; it is kept in .botpress/project.cache.json as `tunnelId`"
    )
}

/// The wait before an attempt: none for 0, and twice as long each time, from a half of that to the whole.
fn wait(attempt: u32, random: f64) -> Duration {
    if attempt == 0 {
        return Duration::ZERO;
    }
    let doublings = (attempt - 1).min(16);
    let whole = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    whole.mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Option<Duration> = Some(Duration::from_secs(1));

    fn broken() -> End {
        End::Broken("it broke".to_owned())
    }

    fn closed(code: u16) -> End {
        End::Closed {
            code,
            reason: String::new(),
        }
    }

    fn waits(
        reconnect: &mut Reconnect,
        end: &End,
        accepted: Option<Duration>,
        times: usize,
    ) -> Vec<Duration> {
        let next = |_| match reconnect.after(end, accepted, 1.0, "id") {
            Next::After(wait) => wait,
            Next::Stop(reason) => panic!("it stopped: {reason}"),
        };
        (0..times).map(next).collect()
    }

    fn stop(next: Next) -> String {
        match next {
            Next::Stop(reason) => reason,
            Next::After(wait) => panic!("it waits for {wait:?}"),
        }
    }

    #[test]
    fn a_connection_that_was_accepted_is_replaced_at_once_whatever_ended_it() {
        let codes = [1000, 1001, 1006, 1011, 4002, 4003, 4004, 4005];
        for end in codes.map(closed).into_iter().chain([broken()]) {
            let mut reconnect = Reconnect::default();
            assert_eq!(
                waits(&mut reconnect, &end, SHORT, 1),
                [Duration::ZERO],
                "{end:?}"
            );
        }
    }

    #[test]
    fn connections_that_end_early_again_and_again_are_replaced_later_and_later() {
        let mut reconnect = Reconnect::default();
        assert_eq!(
            waits(&mut reconnect, &broken(), SHORT, 10),
            [Duration::ZERO; 10]
        );
        let later = waits(&mut reconnect, &broken(), SHORT, 40);
        assert_eq!(later[..3], [250, 500, 1000].map(Duration::from_millis));
        assert_eq!(later.last(), Some(&LONGEST));
        assert_eq!(
            waits(&mut reconnect, &broken(), Some(GOOD), 1),
            [Duration::ZERO]
        );
    }

    #[test]
    fn attempts_go_on_for_ever_once_a_connection_was_accepted() {
        let mut reconnect = Reconnect::default();
        waits(&mut reconnect, &broken(), SHORT, 1);
        let unreachable = End::Unreachable("refused".to_owned());
        let waits = waits(&mut reconnect, &unreachable, None, 1000);
        assert_eq!(waits[..3], [250, 500, 1000].map(Duration::from_millis));
        assert_eq!(waits.last(), Some(&LONGEST));
    }

    #[test]
    fn a_tunnel_that_was_never_reached_is_given_up() {
        let mut reconnect = Reconnect::default();
        let unreachable = End::Unreachable("refused".to_owned());
        waits(&mut reconnect, &unreachable, None, 5);
        let reason = stop(reconnect.after(&unreachable, None, 0.0, "id"));
        assert!(reason.contains("cannot be reached: refused"), "{reason}");
    }

    #[test]
    fn an_id_that_is_not_accepted_ends_the_tunnel_and_the_reason_says_what_to_do() {
        let mut reconnect = Reconnect {
            was_accepted: true,
            ..Reconnect::default()
        };
        let reason = stop(reconnect.after(&closed(4000), None, 0.0, "an-id"));
        assert!(
            reason.contains("`an-id`") && reason.contains("--tunnel-id"),
            "{reason}"
        );
        let reason = stop(Reconnect::default().after(&closed(4001), None, 0.0, "an-id"));
        assert!(
            reason.contains("`an-id` is in use") && reason.contains("--tunnel-id"),
            "{reason}"
        );
    }

    #[test]
    fn an_id_that_this_client_had_is_tried_for_a_minute() {
        let mut reconnect = Reconnect::default();
        waits(&mut reconnect, &broken(), SHORT, 1);
        assert_eq!(
            waits(&mut reconnect, &closed(4001), None, 12),
            [CONFLICT_WAIT; 12]
        );
        stop(reconnect.after(&closed(4001), None, 0.0, "id"));
        let mut again = Reconnect::default();
        waits(&mut again, &broken(), SHORT, 1);
        waits(&mut again, &closed(4001), None, 12);
        waits(&mut again, &broken(), SHORT, 1);
        assert_eq!(
            waits(&mut again, &closed(4001), None, 12),
            [CONFLICT_WAIT; 12]
        );
    }

    #[test]
    fn attempts_are_spread() {
        assert_eq!(wait(1, 0.0), FIRST / 2);
        assert_eq!(wait(1, 1.0), FIRST);
        assert_eq!(wait(0, 1.0), Duration::ZERO);
        assert_eq!(wait(u32::MAX, 1.0), LONGEST);
    }
}
