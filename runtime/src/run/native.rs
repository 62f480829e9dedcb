//! The server, on a runtime of its own.

use crate::{Definition, Result, Service, serve};

pub(super) fn run<D: Definition>(service: Service<D>) -> Result {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().build()?.block_on(serve(service))
}
