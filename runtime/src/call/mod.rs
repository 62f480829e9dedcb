//! The steps of a call, one file for each step.
//!
//! ```text
//! headers -> configuration -> operation -> body -> payload -> handler -> response
//! ```

mod body;
mod configuration;
mod configuration_cache;
mod handlers;
mod headers;
mod installation_cache;
mod operations;
mod record;
mod refusals;
mod requests;
mod response;
mod state;
mod unregister;

use std::{
    future::ready,
    mem,
    pin::{Pin, pin},
    sync::Arc,
};

use bytes::Bytes;
use http::{Request, Response};
use tracing::{Instrument as _, Span};

#[cfg(all(
    any(feature = "lambda", feature = "server"),
    not(target_family = "wasm")
))]
pub(crate) use self::record::{cancel_call, out_of_time};
pub(crate) use self::{
    body::{BODY_LIMIT, collect_body},
    configuration_cache::ConfigurationCache,
    installation_cache::InstallationCache,
    operations::shapes,
    state::ServiceState,
};
#[cfg(all(feature = "server", not(target_family = "wasm")))]
pub(crate) use self::{
    body::{BUSY, busy},
    headers::OPERATION,
};
use self::{
    configuration::read_configuration,
    headers::{CallHeaders, read_headers},
    operations::{Call, dispatch},
    record::CallRecord,
    response::{HANDLER, empty_response, error_response, tell},
    unregister::unregister_unreadable,
};
pub use self::{
    handlers::Handlers,
    requests::{
        ActionAnswer, ActionCall, ActionRequest, ConversationUpdate, CreatedConversation,
        CreatedUser, MessageCall, MessageRequest, MessageUpdate, RawRequest,
        UnreadableConfiguration,
    },
};
use crate::{
    ApiError, Context, Definition, Logger, Operation, Result, error::ErrorResponse,
    logger::Details, panics::catch_panic,
};

/// The future of a response.
pub(crate) type ResponseFuture = Pin<Box<dyn Future<Output = Response<Bytes>> + Send>>;

/// [`Handlers`] with the type erased, as the service stores them.
pub(crate) trait Dispatch<D: Definition>: Send + Sync {
    /// Answers a call whose headers have been read.
    fn answer(
        self: Arc<Self>,
        state: Arc<ServiceState<D>>,
        received: Box<ReceivedCall>,
    ) -> ResponseFuture;
}

/// A call whose headers have been read. It has an allocation of its own: the one of the future is fast as long as the
/// future is small.
pub(crate) struct ReceivedCall {
    headers: CallHeaders,
    request: RawRequest,
}

impl<D: Definition, H: Handlers<Definition = D>> Dispatch<D> for H {
    fn answer(
        self: Arc<Self>,
        state: Arc<ServiceState<D>>,
        mut received: Box<ReceivedCall>,
    ) -> ResponseFuture {
        // The block uses in place what it captures. A function would copy its arguments.
        Box::pin(async move { answer_call(&*self, &state, &mut received).await })
    }
}

/// Answers a request. It always resolves to a response.
pub(crate) fn answer<D: Definition>(
    handlers: &Arc<dyn Dispatch<D>>,
    state: &Arc<ServiceState<D>>,
    request: Request<Bytes>,
) -> ResponseFuture {
    match read_headers(request.headers(), &state.installations) {
        Ok(headers) => {
            let request = RawRequest::new(request);
            let received = Box::new(ReceivedCall { headers, request });
            Arc::clone(handlers).answer(Arc::clone(state), received)
        }
        Err(error) => {
            let logger = Logger::for_process(state.environment.log_ref());
            let details = Details::default();
            let response = error_response(error, &logger, &state.refusals.strangers, &details);
            Box::pin(ready(response))
        }
    }
}

/// Rejects a request that does not become a call, with an error in the API's format.
pub(crate) fn refuse<D: Definition>(state: &ServiceState<D>, error: ApiError) -> Response<Bytes> {
    let answer = ErrorResponse::of(error);
    let logger = Logger::for_process(state.environment.log_ref());
    if state.refusals.strangers.admit(&logger) {
        tell(&answer, &logger, &Details::default());
    }
    answer.into_response()
}

/// Answers a call whose headers have been read, inside its span. A panic of the handler becomes an
/// error response.
async fn answer_call<H: Handlers>(
    handlers: &H,
    state: &ServiceState<H::Definition>,
    received: &mut ReceivedCall,
) -> Response<Bytes> {
    let ReceivedCall { headers, request } = received;
    let (span, record) = CallRecord::begin(state, &headers.identity, &request.method);
    // The call's future is large, so it is pinned here instead of being moved into other futures.
    // It owns the record, which is dropped inside the span if the call is canceled.
    let call = async move {
        let call = run_call(handlers, &record, state, headers, request);
        let response = match catch_panic(HANDLER, call).await {
            Ok(response) => response,
            Err(error) => record.fail(error),
        };
        record.end(&response);
        response
    };
    pin!(call.instrument(span)).await
}

/// Runs the steps of a call, from its configuration to its response.
async fn run_call<H: Handlers>(
    handlers: &H,
    record: &CallRecord<'_, H::Definition>,
    state: &ServiceState<H::Definition>,
    headers: &CallHeaders,
    request: &mut RawRequest,
) -> Result<Response<Bytes>> {
    let is_unregister = match headers.identity.operation {
        Operation::Ping => return Ok(empty_response()),
        ref operation => *operation == Operation::Unregister,
    };
    let secrets = state.secrets.clone()?;
    let configuration = match read_configuration::<H::Definition>(&headers.configuration, state) {
        Ok(configuration) => configuration,
        Err(error) if is_unregister => {
            return unregister_unreadable(handlers, state, headers, &request.body, &error).await;
        }
        Err(error) => return Err(error),
    };
    if record.span_is_read() {
        record_configuration_type::<H::Definition>(&configuration);
    }
    let environment = state.environment.clone();
    let identity = Arc::clone(&headers.identity);
    let ctx = Context::new(identity, configuration, Some(secrets), environment);
    // It returns at once, so that the future has no room for it during the rest of the call.
    if let Some(response) = handlers.unknown_operation(&ctx, request).await? {
        return Ok(complete(response.into_http()?, &ctx, request));
    }
    let call = Call {
        ctx: &ctx,
        body: &request.body,
        state,
        record,
    };
    let response = dispatch(handlers, &call).await?;
    Ok(complete(response, &ctx, request))
}

/// Adds to a response what the call leaves to the server.
fn complete<D: Definition>(
    mut response: Response<Bytes>,
    ctx: &Context<D>,
    request: &mut RawRequest,
) -> Response<Bytes> {
    reuse_headers(&mut response, request);
    ctx.attach_work(&mut response);
    response
}

/// The maximum capacity of a header map that is reused. A larger one would be kept by the connection.
const HEADERS: usize = 64;

/// Gives the header map of a request to a response without headers. hyper parses the next request of the connection into
/// the map of a response, so that it allocates none.
fn reuse_headers(response: &mut Response<Bytes>, request: &mut RawRequest) {
    if response.headers().is_empty() && request.headers.capacity() <= HEADERS {
        request.headers.clear();
        mem::swap(response.headers_mut(), &mut request.headers);
    }
}

fn record_configuration_type<D: Definition>(configuration: &D::Configuration) {
    let name = D::wire_name(D::configuration_type(configuration));
    Span::current().record("bp.configurationType", name.unwrap_or("primary"));
}
