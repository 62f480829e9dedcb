//! The names of declared events.

use std::fmt;
use std::marker::PhantomData;

/// The name of an event in the definition `D`. Generated code has a constant for each event, such
/// as `Events::ISSUE_OPENED`.
pub struct EventName<D> {
    name: &'static str,
    definition: PhantomData<fn() -> D>,
}

impl<D> EventName<D> {
    /// Creates an event name from its wire name.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            definition: PhantomData,
        }
    }

    /// Returns the wire name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.name
    }
}

impl<D> Clone for EventName<D> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<D> Copy for EventName<D> {}

impl<D> fmt::Debug for EventName<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("EventName")
            .field(&self.name)
            .finish()
    }
}
