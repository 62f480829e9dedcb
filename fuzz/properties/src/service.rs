//! The integration under test.

use std::sync::Arc;

use bytes::Bytes;
use contexture::testing::{LogRecorder, RecordingTransport};
use contexture::{Environment, Service};
use http::{HeaderMap, Method, Request, Response, Uri};
use parity::parity::Definition;

/// A separate integration for each input, so that no input depends on the one before.
pub(crate) struct TestApp {
    service: Service<Definition>,
    pub(crate) log: LogRecorder,
}

/// A request that can be sent twice.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl TestApp {
    pub(crate) fn new() -> Self {
        let log = LogRecorder::new();
        let environment = Environment::new()
            .log_sink(Arc::new(log.clone()))
            .transport(Arc::new(RecordingTransport::new()));
        let service = parity::service().environment(environment);
        Self { service, log }
    }

    pub(crate) fn ask(&self, ask: Ask) -> Response<Bytes> {
        let mut request = Request::new(ask.body);
        *request.method_mut() = ask.method;
        *request.uri_mut() = ask.uri;
        *request.headers_mut() = ask.headers;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("building a runtime without IO does not fail");
        runtime.block_on(self.service.call_bytes(request))
    }
}
