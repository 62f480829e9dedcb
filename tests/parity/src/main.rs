//! `cargo run -p parity` serves the integration where [`contexture::serve`] listens.

use contexture::Result;

#[tokio::main]
async fn main() -> Result {
    contexture::serve(parity::service()).await
}
