//! `cargo run -p parity` serves the integration where [`contexture::run`] listens.

use contexture::Result;

fn main() -> Result {
    contexture::run(parity::service())
}
