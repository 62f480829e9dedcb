//! The integration {{title}}.
//!
//! `cargo run` serves it on 127.0.0.1:8072. `{{definition}}` declares what it does, and the files in `handlers` do it.

contexture::include_definition!({{stem}});

mod handlers;
#[cfg(test)]
mod tests;

use contexture::prelude::*;

/// The handlers. What all calls share, such as a client of your service, would be fields of this type.
struct App;

fn main() -> Result {
    contexture::run({{module}}::service(App))
}
