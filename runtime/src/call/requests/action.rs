//! Action calls, as their handlers take them.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::incoming::Incoming;
use crate::{
    Context, Definition, Error, Payload, Result, UnknownFields, Violations, value::shorten,
};

/// An action call: its context and its cost.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ActionCall<'a, C> {
    /// The context of the call.
    pub ctx: &'a C,
    /// The bits of an `f64`, since there is no atomic float.
    cost: Arc<AtomicU64>,
}

impl<'a, C> ActionCall<'a, C> {
    /// Creates a call with a cost of zero, for unit tests of a handler.
    #[must_use]
    pub fn new(ctx: &'a C) -> Self {
        Self {
            ctx,
            cost: Arc::new(AtomicU64::new(0.0_f64.to_bits())),
        }
    }

    /// Sets the cost of the call for the bot's owner; the last value counts. If the cost is not
    /// finite, the call fails.
    pub fn set_cost(&self, cost: f64) {
        self.cost.store(cost.to_bits(), Ordering::Relaxed);
    }

    /// Returns the cost of the call; zero by default. See [`set_cost`](Self::set_cost).
    #[must_use]
    pub fn cost(&self) -> f64 {
        f64::from_bits(self.cost.load(Ordering::Relaxed))
    }
}

/// An action call whose input is not deserialized yet.
pub struct ActionRequest<'a, D: Definition> {
    pub(in crate::call) ctx: &'a Context<D>,
    pub(in crate::call) name: &'a str,
    pub(in crate::call) input: Incoming<'a>,
    pub(in crate::call) unknown_fields: UnknownFields,
}

/// The validated output of an action.
pub struct ActionAnswer {
    /// The beginning of the body of the response, up to the output.
    pub(in crate::call) body: Vec<u8>,
    pub(in crate::call) cost: f64,
}

/// How the body of the response begins.
const BEGINNING: &[u8] = br#"{"output":"#;

/// The initial capacity of the body of a response, in bytes.
const CAPACITY: usize = 128;

/// Omits the input, which may contain secrets.
impl<D: Definition> fmt::Debug for ActionRequest<'_, D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ActionRequest")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Omits the output, which may contain secrets.
impl fmt::Debug for ActionAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ActionAnswer")
            .field("cost", &self.cost)
            .finish_non_exhaustive()
    }
}

/// The output of an action does not fit its schema.
#[derive(Debug, thiserror::Error)]
#[error("the output of the action {action} is invalid")]
struct InvalidOutput {
    action: String,
    #[source]
    violations: Violations,
}

impl<'a, D: Definition> ActionRequest<'a, D> {
    /// Deserializes the input, runs the handler, and validates the output.
    ///
    /// # Errors
    ///
    /// Returns an error if the input or the output does not fit its schema, or if the handler
    /// fails.
    pub async fn run<I, O, F>(
        self,
        handler: impl FnOnce(ActionCall<'a, Context<D>>, I) -> F,
    ) -> Result<ActionAnswer>
    where
        I: Payload,
        O: Payload,
        F: Future<Output = Result<O>>,
    {
        let subject = || format!("the input of the action {}", self.name);
        let input = self.input.decode::<I>(self.unknown_fields, subject)?;
        let call = ActionCall::new(self.ctx);
        let output = handler(call.clone(), input).await?;
        let mut body = Vec::with_capacity(CAPACITY);
        body.extend_from_slice(BEGINNING);
        output
            .encode_into(&mut body)
            .map_err(|violations| InvalidOutput {
                action: self.name.to_owned(),
                violations,
            })?;
        let cost = call.cost();
        Ok(ActionAnswer { body, cost })
    }

    /// Returns the error for an action that is not declared.
    #[must_use]
    pub fn unknown(self) -> Error {
        let unknown = || Error::invalid_payload(format!("Action {} not found", shorten(self.name)));
        self.input.or_invalid(unknown)
    }
}
