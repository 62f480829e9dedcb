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
    cost: Cost<'a>,
}

/// The cost of a call: the bits of an `f64`, since there is no atomic float.
#[derive(Clone, Debug)]
enum Cost<'a> {
    OfCall(&'a AtomicU64),
    OfTest(Arc<AtomicU64>),
}

/// The bits of a cost of zero.
const FREE: u64 = 0.0_f64.to_bits();

impl<'a, C> ActionCall<'a, C> {
    /// Creates a call with a cost of zero, for unit tests of a handler.
    #[must_use]
    pub fn new(ctx: &'a C) -> Self {
        Self {
            ctx,
            cost: Cost::OfTest(Arc::new(AtomicU64::new(FREE))),
        }
    }

    /// Sets the cost of the call for the bot's owner; the last value counts. If the cost is not
    /// finite, the call fails.
    pub fn set_cost(&self, cost: f64) {
        self.bits().store(cost.to_bits(), Ordering::Relaxed);
    }

    /// Returns the cost of the call; zero by default. See [`set_cost`](Self::set_cost).
    #[must_use]
    pub fn cost(&self) -> f64 {
        f64::from_bits(self.bits().load(Ordering::Relaxed))
    }

    fn bits(&self) -> &AtomicU64 {
        match &self.cost {
            Cost::OfCall(bits) => bits,
            Cost::OfTest(bits) => bits,
        }
    }
}

/// An action call whose input is not deserialized yet.
pub struct ActionRequest<'a, D: Definition> {
    ctx: &'a Context<D>,
    name: &'a str,
    input: Incoming<'a>,
    unknown_fields: UnknownFields,
    cost: AtomicU64,
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
    pub(in crate::call) const fn new(
        ctx: &'a Context<D>,
        name: &'a str,
        input: Incoming<'a>,
        unknown_fields: UnknownFields,
    ) -> Self {
        Self {
            ctx,
            name,
            input,
            unknown_fields,
            cost: AtomicU64::new(FREE),
        }
    }

    /// Deserializes the input, runs the handler, and validates the output.
    ///
    /// # Errors
    ///
    /// Returns an error if the input or the output does not fit its schema, or if the handler
    /// fails.
    pub async fn run<'r, I, O, F>(
        &'r mut self,
        handler: impl FnOnce(ActionCall<'r, Context<D>>, I) -> F,
    ) -> Result<ActionAnswer>
    where
        I: Payload,
        O: Payload,
        F: Future<Output = Result<O>>,
    {
        let name = self.name;
        let subject = || format!("the input of the action {name}");
        let input = self.input.decode::<I>(self.unknown_fields, subject)?;
        let call = ActionCall {
            ctx: self.ctx,
            cost: Cost::OfCall(&self.cost),
        };
        let output = handler(call, input).await?;
        let mut body = Vec::with_capacity(CAPACITY);
        body.extend_from_slice(BEGINNING);
        output
            .encode_into(&mut body)
            .map_err(|violations| InvalidOutput {
                action: name.to_owned(),
                violations,
            })?;
        let cost = f64::from_bits(self.cost.load(Ordering::Relaxed));
        Ok(ActionAnswer { body, cost })
    }

    /// Returns the error for an action that is not declared.
    #[must_use]
    pub fn unknown(&self) -> Error {
        let unknown = || Error::invalid_payload(format!("Action {} not found", shorten(self.name)));
        self.input.or_invalid(unknown)
    }
}
