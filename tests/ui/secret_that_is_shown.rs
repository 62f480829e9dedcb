//! A secret is not printed by accident.

use contexture_tests::github::PersonalAccessTokenConfiguration;

fn show(configuration: &PersonalAccessTokenConfiguration) -> String {
    format!("the token is {}", configuration.token)
}

fn main() {}
