//! A test calls only actions and messages that the definition declares.

use contexture::testing::Harness;
use contexture_tests::github::Definition;
use contexture_tests::github::actions::CreateIssueInput;
use contexture_tests::github::channels::IssueCommentsTextMessage;

async fn call(harness: &Harness<Definition>, input: &CreateIssueInput) {
    let _ = harness.actions().create_isue(input).await;
}

fn send(harness: &Harness<Definition>, payload: &IssueCommentsTextMessage) {
    let _ = harness.channels().issue_comments().image(payload);
}

fn main() {}
