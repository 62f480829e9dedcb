//! The webhook of a repository, which the integration manages for the owner of a token.

use contexture::prelude::*;

use crate::GitHub;
use crate::github::{Context, RepositoryWebhookState};
use crate::repository::Repository;

/// Registers the webhook, or updates the existing one.
pub(crate) async fn register(
    github: &GitHub,
    ctx: &Context,
    repository: &str,
    webhook_url: &str,
) -> Result {
    let repository = Repository::from_full_name(repository)
        .explain("The configured repository is not the full name of a repository")?;
    let token = github.token(ctx).await?;
    let state = ctx.client().states().repository_webhook();
    let known = state.get().await?;
    let same = known.filter(|known| known.repository == repository.to_string());
    let secret = &ctx.secrets().webhook_secret;
    let hook = github
        .api
        .put_hook(
            ctx,
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

/// Removes the registered webhook, if there is one. A webhook that was already removed is not an error.
pub(crate) async fn unregister(github: &GitHub, ctx: &Context) -> Result {
    let state = ctx.client().states().repository_webhook();
    let Some(known) = state.get().await? else {
        return Ok(());
    };
    let repository = Repository::from_full_name(&known.repository)?;
    let token = github.token(ctx).await?;
    if let Err(error) = github
        .api
        .delete_hook(ctx, &token, &repository, known.hook_id)
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
