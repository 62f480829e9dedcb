//! The handlers of the lifecycle and of webhooks.

use contexture::prelude::*;

use crate::github::channels::IssueCommentsChannel;
use crate::github::{Configuration, Context, Integration, NewConversation, UserTags};
use crate::issue_comments::IssueThread;
use crate::{GitHub, repository_webhook, webhook};

impl Integration for GitHub {
    async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
        let logger = ctx.logger().for_bot();
        let Some(token) = self.find_token(ctx).await? else {
            logger.info("open the integration's authorization link to connect GitHub");
            return Ok(());
        };
        self.api
            .check_token(ctx, &token)
            .await
            .explain("Could not connect to GitHub with this configuration")?;
        match &ctx.configuration {
            Configuration::Oauth(app) => {
                logger.info(format_args!(
                    "connected to GitHub with the app {}",
                    app.client_id
                ));
            }
            Configuration::PersonalAccessToken(access) => {
                logger.info("connected to GitHub with a personal access token");
                if let Some(repository) = &access.repository {
                    repository_webhook::register(self, ctx, repository, webhook_url).await?;
                }
            }
        }
        Ok(())
    }

    async fn unregister(&self, ctx: &Context, _webhook_url: &str) -> Result {
        repository_webhook::unregister(self, ctx).await?;
        ctx.logger().for_bot().info("disconnected from GitHub");
        Ok(())
    }

    async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
        webhook::handle(self, ctx, request).await
    }

    async fn create_user(&self, ctx: &Context, tags: UserTags) -> Result<Option<CreatedUser>> {
        let login = tags.login.as_deref();
        let login = login.explain("A user needs the tag `login`")?;
        let user = ctx.client().users().get_or_create(&tags).name(login);
        Ok(Some(CreatedUser::new(&user.send().await?)))
    }

    async fn create_conversation(
        &self,
        ctx: &Context,
        conversation: NewConversation,
    ) -> Result<Option<CreatedConversation>> {
        match conversation {
            NewConversation::IssueComments(tags) => {
                let tags = IssueThread::from_tags(&tags)?.to_tags();
                let conversations = ctx.client().conversations();
                let conversation = conversations.get_or_create::<IssueCommentsChannel>(&tags);
                Ok(Some(CreatedConversation::new(&conversation.send().await?)))
            }
        }
    }

    async fn message_updated(&self, ctx: &Context, update: MessageUpdate) -> Result {
        let id = update.current_message.tags.get("commentId");
        let comment = id.map_or_else(|| "its comment".to_owned(), |id| format!("comment {id}"));
        ctx.logger().for_bot().info(format_args!(
            "a message was changed; {comment} on GitHub is unchanged"
        ));
        Ok(())
    }

    async fn conversation_updated(&self, ctx: &Context, update: ConversationUpdate) -> Result {
        let id = &update.current_conversation.id;
        let logger = ctx.logger().with_conversation(id);
        logger.debug("a conversation was changed; there is nothing to update on GitHub");
        Ok(())
    }
}
