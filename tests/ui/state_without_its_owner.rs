//! The state of a conversation needs the conversation.

use contexture_tests::crm::Context;

fn draft(ctx: &Context) {
    let _ = ctx.client().states().draft();
}

fn main() {}
