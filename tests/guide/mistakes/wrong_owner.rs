use contexture_guide::contexture::client::UserId;
use contexture_guide::desk::Context;

pub fn assignment(ctx: &Context, user: &UserId) {
    ctx.client().states().assignment(user);
}
