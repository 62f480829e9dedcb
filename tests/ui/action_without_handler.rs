//! The error for an action without a handler names the action and shows the line to write.

use contexture::prelude::*;
use contexture_tests::github::{self, channels};

struct GitHub;

impl github::Integration for GitHub {}

impl channels::IssueComments for GitHub {
    async fn text(
        &self,
        _: MessageCall<'_, channels::IssueCommentsChannel>,
        _: channels::IssueCommentsTextMessage,
    ) -> Result<()> {
        Ok(())
    }
}

fn main() {
    github::service(GitHub);
}
