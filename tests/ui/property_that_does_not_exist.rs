//! A configuration has the properties of its schema and no others.

use contexture_tests::quickstart::Context;

fn invalid(ctx: &Context) -> &str {
    &ctx.configuration.invalid
}

fn main() {}
