//! The state of a conversation does not accept a user.

use contexture::client::UserId;
use contexture_tests::crm::Context;

fn draft(ctx: &Context, user: &UserId) {
    let _ = ctx.client().states().draft(user);
}

fn main() {}
