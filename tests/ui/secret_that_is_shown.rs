//! A secret does not implement `Display`.

use contexture_tests::github::PersonalAccessTokenConfiguration;

fn show(configuration: &PersonalAccessTokenConfiguration) -> String {
    format!("the token is {}", configuration.token)
}

fn main() {}
