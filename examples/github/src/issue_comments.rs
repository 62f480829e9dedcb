//! The channel `issueComments`: a conversation is an issue, a message is a comment.

use contexture::prelude::*;

use crate::GitHub;
use crate::github::channels::{
    self, IssueCommentsChannel, IssueCommentsConversationTags, IssueCommentsMessageTags,
    IssueCommentsTextMessage,
};
use crate::repository::Repository;

impl channels::IssueComments for GitHub {
    async fn text(
        &self,
        call: MessageCall<'_, IssueCommentsChannel>,
        payload: IssueCommentsTextMessage,
    ) -> Result<()> {
        let ctx = call.ctx;
        let thread = IssueThread::from_tags(&call.conversation.tags)?;
        let IssueThread { repository, number } = &thread;
        let token = self.token(ctx).await?;
        let comment = self
            .api
            .create_comment(ctx, &token, repository, *number, &payload.text)
            .await
            .explain("Could not comment on the issue")?;
        let tags = IssueCommentsMessageTags::default().with_comment_id(comment.id.to_string());
        call.ack(&tags).await?;
        let logger = ctx
            .logger()
            .for_bot()
            .with_conversation(&call.conversation.id);
        logger.info(format_args!("commented on {repository}#{number}"));
        Ok(())
    }
}

/// The issue of a conversation.
#[derive(Clone, Debug)]
pub(crate) struct IssueThread {
    pub(crate) repository: Repository,
    pub(crate) number: u64,
}

impl IssueThread {
    /// Reads the tags of a conversation, which a bot may have set.
    pub(crate) fn from_tags(tags: &IssueCommentsConversationTags) -> Result<Self> {
        let repository = tags.repository.as_deref();
        let repository = repository.explain("The conversation has no tag `repository`")?;
        let number = tags.issue_number.as_deref();
        let number = number.explain("The conversation has no tag `issueNumber`")?;
        Ok(Self {
            repository: Repository::from_full_name(repository).explain(
                "The conversation's tag `repository` is not the full name of a repository",
            )?,
            number: number
                .parse()
                .explain("The conversation's tag `issueNumber` is not a number")?,
        })
    }

    /// Writes the tags that identify the conversation.
    pub(crate) fn to_tags(&self) -> IssueCommentsConversationTags {
        IssueCommentsConversationTags::default()
            .with_repository(self.repository.to_string())
            .with_issue_number(self.number.to_string())
    }
}
