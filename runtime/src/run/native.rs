//! The server, or a function of AWS Lambda, on a runtime of its own.

use crate::{Definition, Result, Service};

pub(super) fn run<D: Definition>(service: Service<D>) -> Result {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().build()?.block_on(serve_here(service))
}

#[cfg(feature = "lambda")]
async fn serve_here<D: Definition>(service: Service<D>) -> Result {
    #[cfg(feature = "server")]
    if !crate::lambda::is_here() {
        return crate::serve(service).await;
    }
    crate::lambda::serve(service).await
}

#[cfg(not(feature = "lambda"))]
async fn serve_here<D: Definition>(service: Service<D>) -> Result {
    crate::serve(service).await
}
