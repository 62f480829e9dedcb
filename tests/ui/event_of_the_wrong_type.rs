//! An event accepts only its own payload type.

use contexture_tests::github::{Context, LastWebhookState};

fn tell(ctx: &Context, state: &LastWebhookState) {
    let _ = ctx.client().events().issue_opened(state);
}

fn main() {}
