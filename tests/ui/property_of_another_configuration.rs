//! A property of one kind of configuration is accessible only through a match.

use contexture_tests::github::Context;

fn token(ctx: &Context) -> &str {
    ctx.configuration.token.expose()
}

fn main() {}
