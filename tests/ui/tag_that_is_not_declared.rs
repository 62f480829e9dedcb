//! A tag that the definition does not declare has no field and no constant.

use contexture::client::UserId;
use contexture_tests::github::{Context, UserTags, channels};

fn change(ctx: &Context, user: &UserId) {
    let tags = UserTags {
        nickname: Some("ada".to_owned()),
    };
    let change = ctx.client().users().update(user).tags(&tags);
    let _ = change.clear_tags([channels::IssueCommentsConversationTags::REPOSITORY]);
}

fn main() {}
