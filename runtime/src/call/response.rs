//! What is answered.

use bytes::Bytes;
use http::Response;

use super::refusals::RefusalLog;
use crate::{
    ApiErrorKind, Error, Logger,
    error::{ErrorResponse, answer_error},
    panics::{catch, discard},
};

/// The code that panics, as the log names it.
pub(crate) const HANDLER: &str = "a handler";

/// The response of an operation that gives nothing.
pub(super) fn empty_response() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"{}"))
}

/// Logs an error as the official SDK does, and answers it, whatever an author's error or sink does
/// meanwhile.
pub(super) fn error_response(
    error: Error,
    logger: &Logger,
    refusals: &RefusalLog,
) -> Response<Bytes> {
    let answered = catch(HANDLER, || log_and_answer(&error, logger, refusals));
    // It is not dropped while a panic of its own goes on, which a second one would make an abort.
    discard(error);
    let answered = answered.or_else(|panicked| {
        let error = Error::from(panicked);
        catch(HANDLER, || log_and_answer(&error, logger, refusals))
    });
    // A log that panics each time has nobody to tell.
    answered.unwrap_or_else(|panicked| answer_error(&panicked.into()).into_response())
}

fn log_and_answer(error: &Error, logger: &Logger, refusals: &RefusalLog) -> Response<Bytes> {
    let answer = answer_error(error);
    let is_refusal = answer.error.kind == ApiErrorKind::InvalidPayload;
    if !is_refusal || refusals.admit(logger) {
        if answer.status.is_server_error() || error.has_source() {
            logger.error(error);
        }
        tell(&answer, logger);
    }
    answer.into_response()
}

pub(super) fn tell(answer: &ErrorResponse, logger: &Logger) {
    // A log that fails takes no answer away.
    let _ = catch("the log", || logger.for_bot().error(&answer.error.message));
}
