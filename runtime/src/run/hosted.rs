//! The answers of a module that another program has loaded.

use std::panic;

use crate::after_response::take_work;
use crate::logger::Log;
use crate::observe::TracingSubscriber;
use crate::{Definition, Logger, Result, Service, host};

pub(super) fn run<D: Definition>(service: Service<D>) -> Result {
    let environment = service.environment_ref();
    TracingSubscriber::install(environment);
    log_panics(environment.log_ref());
    service.check_secrets()?;
    let logger = Logger::for_process(environment.log_ref());
    host::serve(move |request| {
        let (answering, logger) = (service.answer(request), logger.clone());
        Box::pin(async move {
            let mut response = answering.await;
            if let Some(work) = take_work(&mut response) {
                work.await;
            }
            if str::from_utf8(response.body()).is_err() {
                logger.error(
                    "a response is not UTF-8, and Botpress takes texts only: bytes were replaced",
                );
            }
            response
        })
    });
    contexture_wasm::take_turns_with(host::turn);
    Ok(())
}

/// Logs panics. A panic ends the module here, so no code of a call can log it afterwards.
fn log_panics(log: &Log) {
    let logger = Logger::for_process(log);
    panic::set_hook(Box::new(move |panic| {
        let message = panic.payload_as_str().unwrap_or("without a message");
        match panic.location() {
            Some(place) => logger.error(format_args!("panicked at {place}: {message}")),
            None => logger.error(format_args!("panicked: {message}")),
        }
    }));
}
