//! The action `createIssue`.

use contexture::prelude::*;

use crate::GitHub;
use crate::github::Context;
use crate::github::actions::{self, CreateIssueInput, CreateIssueOutput};
use crate::github_api::NewIssue;
use crate::repository::Repository;

impl actions::CreateIssue for GitHub {
    async fn create_issue(
        &self,
        call: ActionCall<'_, Context>,
        input: CreateIssueInput,
    ) -> Result<CreateIssueOutput> {
        let ctx = call.ctx;
        let repository = Repository::new(&input.owner, &input.repository)
            .explain("The owner and the repository are not valid GitHub names")?;
        let issue = NewIssue {
            title: &input.title,
            body: input.body.as_deref(),
            labels: input.labels.as_deref(),
        };
        let token = self.token(ctx).await?;
        let issue = self
            .api
            .create_issue(ctx, &token, &repository, &issue)
            .await
            .explain("Could not create the issue")?;
        let opened = format_args!("opened {repository}#{}", issue.number);
        ctx.logger().for_bot().info(opened);
        Ok(CreateIssueOutput::new(issue.into()))
    }
}
