//! What only one kind of configuration has is reached through a match.

use contexture_tests::github::Context;

fn token(ctx: &Context) -> &str {
    ctx.configuration.token.expose()
}

fn main() {}
