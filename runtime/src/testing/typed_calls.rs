//! The calls of a harness that are typed by the definition.

use super::harness::Harness;
use crate::Definition;

/// The typed calls of a definition. Generated code implements it.
pub trait TypedCalls: Definition {
    /// The declared actions, with a method for each.
    type Actions<'a>: From<&'a Harness<Self>>;
    /// The declared channels, with a method for each.
    type Channels<'a>: From<&'a Harness<Self>>;
}

impl<D: TypedCalls> Harness<D> {
    /// Returns the actions: `harness.actions().create_issue(&input)` calls the action
    /// `createIssue` and returns its [`ActionOutput`](super::ActionOutput).
    ///
    /// Such a call returns the error response if the integration rejects the call or fails. It
    /// panics if the input or the output does not fit its schema.
    #[must_use]
    pub fn actions(&self) -> D::Actions<'_> {
        D::Actions::from(self)
    }

    /// Returns the channels: `harness.channels().direct().text(&payload)` prepares a message of the
    /// type `text` in the channel `direct`, as a [`TestMessage`](super::TestMessage).
    ///
    /// Such a call panics if the payload does not fit its schema.
    #[must_use]
    pub fn channels(&self) -> D::Channels<'_> {
        D::Channels::from(self)
    }
}
