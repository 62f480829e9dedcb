//! The response of a call.

use bytes::Bytes;
use http::Response;

use super::refusals::RefusalLog;
use crate::{
    ApiErrorKind, Error, Logger,
    error::{ErrorResponse, answer_error},
    logger::{Details, LogLevel},
    panics::{catch, discard},
};

/// The name of the handler in the log line of a panic.
pub(crate) const HANDLER: &str = "a handler";

/// The response of an operation without output.
pub(super) fn empty_response() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"{}"))
}

/// Logs an error as the official SDK does and returns its response, even if the author's error or
/// log sink panics.
pub(super) fn error_response(
    error: Error,
    logger: &Logger,
    refusals: &RefusalLog,
    details: &Details<'_>,
) -> Response<Bytes> {
    let answered = catch(HANDLER, || {
        log_and_answer(&error, logger, refusals, details)
    });
    // A panic in the error's destructor is caught here: during another panic it would abort the
    // process.
    discard(error);
    let answered = answered.or_else(|panicked| {
        let error = Error::from(panicked);
        catch(HANDLER, || {
            log_and_answer(&error, logger, refusals, details)
        })
    });
    // A log sink that panics every time cannot log anything, so only the response remains.
    answered.unwrap_or_else(|panicked| answer_error(&panicked.into()).into_response())
}

fn log_and_answer(
    error: &Error,
    logger: &Logger,
    refusals: &RefusalLog,
    details: &Details<'_>,
) -> Response<Bytes> {
    let answer = answer_error(error);
    let is_refusal = answer.error.kind == ApiErrorKind::InvalidPayload;
    if !is_refusal || refusals.admit(logger) {
        if answer.status.is_server_error() || error.has_source() {
            let messages = error.messages();
            let details = Details {
                causes: messages.get(1..).unwrap_or_default(),
                ..of_answer(&answer, details)
            };
            logger.failure(LogLevel::Error, &messages.join(": "), &details);
        }
        tell(&answer, logger, details);
    }
    answer.into_response()
}

/// Logs the response to an error, for the bot's owner if the request is a call.
pub(super) fn tell(answer: &ErrorResponse, logger: &Logger, details: &Details<'_>) {
    let details = of_answer(answer, details);
    let logger = match details.operation {
        Some(_) => logger.for_bot(),
        None => logger.clone(),
    };
    // A panic of the log sink must not prevent the response.
    let _ = catch("the log", || {
        logger.failure(LogLevel::Error, &answer.error.message, &details);
    });
}

fn of_answer<'a>(answer: &'a ErrorResponse, details: &Details<'a>) -> Details<'a> {
    Details {
        error_id: Some(&answer.error.id),
        status: Some(answer.status.as_u16()),
        ..*details
    }
}
