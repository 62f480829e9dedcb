//! An action that nobody handles is told by its name, with the line to write.

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
