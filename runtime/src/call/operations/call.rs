//! A call that is ready for its handler.

use super::envelope::Envelope;
use crate::{
    Context, Definition, Result,
    call::{body::read_body, record::CallRecord, state::ServiceState},
};

/// A call whose configuration has been read.
pub(in crate::call) struct Call<'a, D: Definition> {
    pub(in crate::call) ctx: &'a Context<D>,
    pub(in crate::call) body: &'a [u8],
    pub(in crate::call) state: &'a ServiceState<D>,
    pub(in crate::call) record: &'a CallRecord<'a, D>,
}

impl<D: Definition> Call<'_, D> {
    /// Parses the body of the operation.
    pub(super) fn body<E: Envelope>(&self) -> Result<E> {
        let (mut envelope, payload): (E, _) = read_body(self.body, E::shape(), E::PAYLOAD)?;
        envelope.set_payload(payload);
        Ok(envelope)
    }
}
