//! The error for a channel without a handler names the channel.

use contexture::prelude::*;
use contexture_tests::github::{self, Context, actions};

struct GitHub;

impl github::Integration for GitHub {}

impl actions::CreateIssue for GitHub {
    async fn create_issue(
        &self,
        _: ActionCall<'_, Context>,
        _: actions::CreateIssueInput,
    ) -> Result<actions::CreateIssueOutput> {
        bail!("not today")
    }
}

fn main() {
    github::service(GitHub);
}
