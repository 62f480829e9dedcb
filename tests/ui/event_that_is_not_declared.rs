//! An event that the definition does not declare has no method.

use contexture_tests::github::{Context, IssueOpenedEvent};

fn tell(ctx: &Context, event: &IssueOpenedEvent) {
    let _ = ctx.client().events().issue_closed(event);
}

fn main() {}
