//! Ids in the form of Botpress: a prefix that names the kind, and a ULID.

use std::sync::{Arc, Mutex, PoisonError};

use ulid::Ulid;

use crate::clock::Clock;

/// The bits of the random part of a ULID.
const RANDOM_BITS: u32 = 80;

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IdKind {
    /// A bot.
    Bot,
    /// A conversation.
    Conversation,
    /// An integration that is under development.
    DevIntegration,
    /// An event.
    Event,
    /// A recorded exchange, which only the emulator has.
    Exchange,
    /// A file.
    File,
    /// An integration.
    Integration,
    /// An API key of an integration.
    IntegrationApiKey,
    /// A version of an integration.
    IntegrationVersion,
    /// A version of an interface.
    InterfaceVersion,
    /// A knowledge base.
    KnowledgeBase,
    /// A message.
    Message,
    /// A state.
    State,
    /// A user.
    User,
    /// The webhook of an installed integration.
    Webhook,
    /// A workspace.
    Workspace,
}

impl IdKind {
    /// The prefix of ids of this kind, without the underscore.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Conversation => "conv",
            Self::DevIntegration => "devint",
            Self::Event => "evt",
            Self::Exchange => "exch",
            Self::File => "file",
            Self::Integration => "int",
            Self::IntegrationApiKey => "iak",
            Self::IntegrationVersion => "intver",
            Self::InterfaceVersion => "ifver",
            Self::KnowledgeBase => "kb",
            Self::Message => "msg",
            Self::State => "state",
            Self::User => "user",
            Self::Webhook => "webhook",
            Self::Workspace => "wkspace",
        }
    }
}

/// A source of ids. Clones share its sequence.
///
/// Ids of one kind sort in the order of their creation, also within a millisecond and when the clock is set back.
#[derive(Clone, Debug)]
pub struct Ids {
    clock: Clock,
    last: Arc<Mutex<Ulid>>,
}

impl Ids {
    /// Creates a source whose ids carry the time of `clock`.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            last: Arc::new(Mutex::new(Ulid::nil())),
        }
    }

    /// Returns the next id of a kind.
    #[must_use]
    pub fn next(&self, kind: IdKind) -> String {
        let ulid = self.next_ulid();
        let mut text = [0; ulid::ULID_LEN];
        format!("{}_{}", kind.prefix(), ulid.array_to_str(&mut text))
    }

    fn next_ulid(&self) -> Ulid {
        let now = self.clock.now();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let next = if now > last.timestamp_ms() {
            Ulid::from_parts(now, random_bits())
        } else {
            // The random part starts with a zero bit, so that it does not overflow in practice.
            let following = last.increment();
            following.unwrap_or_else(|_| Ulid::from_parts(last.timestamp_ms() + 1, random_bits()))
        };
        *last = next;
        next
    }
}

/// Random bits, of which the highest is zero.
fn random_bits() -> u128 {
    let mut bytes = [0; 16];
    // Without random numbers of the system, ids remain unique within the process.
    let filled = getrandom::fill(&mut bytes);
    filled.map_or(0, |()| u128::from_le_bytes(bytes) >> (129 - RANDOM_BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_prefix_and_a_ulid() {
        let ids = Ids::new(Clock::manual(1_700_000_000_000));
        let id = ids.next(IdKind::Conversation);
        let ulid = id.strip_prefix("conv_").expect("a prefix");
        let ulid = Ulid::from_string(ulid).expect("a ULID");
        assert_eq!(ulid.timestamp_ms(), 1_700_000_000_000);
        assert_eq!(ulid.to_string(), &id["conv_".len()..]);
    }

    #[test]
    fn ids_of_one_millisecond_sort_in_the_order_of_creation() {
        let ids = Ids::new(Clock::manual(1_700_000_000_000));
        let created: Vec<_> = (0..1000).map(|_| ids.next(IdKind::Message)).collect();
        assert!(created.is_sorted_by(|earlier, later| earlier < later));
    }

    #[test]
    fn ids_of_two_sources_differ() {
        let clock = Clock::manual(1_700_000_000_000);
        let [one, other] = [(); 2].map(|()| Ids::new(clock.clone()).next(IdKind::User));
        assert_ne!(one, other);
    }

    #[test]
    fn a_full_random_part_moves_to_the_next_millisecond() {
        let ids = Ids::new(Clock::manual(5));
        *ids.last.lock().expect("a lock") = Ulid::from_parts(5, (1 << RANDOM_BITS) - 1);
        assert_eq!(ids.next_ulid().timestamp_ms(), 6);
    }
}
