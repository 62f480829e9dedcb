//! The webhook of a repository, which the owner of a token lets the integration look after.

use contexture::prelude::*;

use crate::GitHub;
use crate::github::{Context, RepositoryWebhookState};
use crate::repository::Repository;

/// Registers the webhook, or renews it where it is known from before.
pub(crate) async fn register(
    github: &GitHub,
    ctx: &Context,
    repository: &str,
    webhook_url: &str,
) -> Result {
    let repository = Repository::from_full_name(repository)
        .explain("The configured repository is no full name of a repository")?;
    let token = github.token(ctx).await?;
    let state = ctx.client().states().repository_webhook();
    let known = state.get().await?;
    let same = known.filter(|known| known.repository == repository.to_string());
    let secret = &ctx.secrets().webhook_secret;
    let hook = github
        .api
        .put_hook(
            &token,
            &repository,
            same.map(|known| known.hook_id),
            webhook_url,
            secret,
        )
        .await
        .explain("Could not register the webhook of the repository")?;
    let registered = RepositoryWebhookState::new(hook.id, repository.to_string());
    state.set(&registered).await?;
    let logger = ctx.logger().for_bot();
    logger.info(format_args!("registered the webhook of {repository}"));
    Ok(())
}

/// Removes the webhook that was registered, if any. One that somebody has removed before is no matter.
pub(crate) async fn unregister(github: &GitHub, ctx: &Context) -> Result {
    let state = ctx.client().states().repository_webhook();
    let Some(known) = state.get().await? else {
        return Ok(());
    };
    let repository = Repository::from_full_name(&known.repository)?;
    let token = github.token(ctx).await?;
    if let Err(error) = github
        .api
        .delete_hook(&token, &repository, known.hook_id)
        .await
    {
        let logger = ctx.logger().for_bot();
        logger.warn(format_args!(
            "the webhook of {repository} was not removed: {error}"
        ));
    }
    state.clear().await?;
    Ok(())
}
