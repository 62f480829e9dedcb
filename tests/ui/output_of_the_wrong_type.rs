//! An action returns the type of its output schema.

use contexture::prelude::*;
use contexture_tests::github::{Context, IssueEntity, actions};

struct GitHub;

impl actions::CreateIssue for GitHub {
    async fn create_issue(
        &self,
        _: ActionCall<'_, Context>,
        input: actions::CreateIssueInput,
    ) -> Result<IssueEntity> {
        bail!("no issue called {}", input.title)
    }
}

fn main() {}
