//! A match has to name every kind of configuration.

use contexture_tests::github::{Configuration, Context};

fn token(ctx: &Context) -> &str {
    match &ctx.configuration {
        Configuration::PersonalAccessToken(configuration) => configuration.token.expose(),
    }
}

fn main() {}
