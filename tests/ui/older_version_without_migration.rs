//! Each older version has its migrations: those of its configurations, and of each state that changed.

use contexture::MigrateFrom;
use contexture_tests::tickets::{OauthConfiguration, AgentState, v1};

fn configurations_of_version_1<Today: MigrateFrom<v1::Configuration>>() {}
fn cursor_of_version_1<Today: MigrateFrom<v1::CursorState>>() {}

fn main() {
    configurations_of_version_1::<OauthConfiguration>();
    cursor_of_version_1::<AgentState>();
}
