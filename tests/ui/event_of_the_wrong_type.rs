//! An event takes its own payload.

use contexture_tests::github::{Context, LastWebhookState};

fn tell(ctx: &Context, state: &LastWebhookState) {
    let _ = ctx.client().events().issue_opened(state);
}

fn main() {}
