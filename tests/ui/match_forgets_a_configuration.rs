//! A third kind of configuration is not read as the second one: the match has to name it.

use contexture_tests::github::{Configuration, Context};

fn token(ctx: &Context) -> &str {
    match &ctx.configuration {
        Configuration::PersonalAccessToken(configuration) => configuration.token.expose(),
    }
}

fn main() {}
