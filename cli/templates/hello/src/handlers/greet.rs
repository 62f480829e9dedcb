//! The action `greet`.

use contexture::prelude::*;

use crate::App;
use crate::{{module}}::actions::{self, GreetInput, GreetOutput};
use crate::{{module}}::{Context, GreetingsState};

impl actions::Greet for App {
    async fn greet(&self, call: ActionCall<'_, Context>, input: GreetInput) -> Result<GreetOutput> {
        let configuration = &call.ctx.configuration;
        let count = count(call.ctx).await?;
        let greeting = format!("{}, {}!", configuration.greeting(), input.name);
        call.ctx.logger().for_bot().info(&greeting);
        Ok(GreetOutput::new(greeting, count))
    }
}

/// Counts a greeting in the state `greetings`, which Botpress keeps.
async fn count(ctx: &Context) -> Result<i64> {
    let state = ctx.client().states().greetings();
    let count = state.get().await?.map_or(0, |state| state.count) + 1;
    state.set(&GreetingsState::new(count)).await?;
    Ok(count)
}
