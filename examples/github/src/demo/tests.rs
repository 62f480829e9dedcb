//! What needs the stand-ins: the demo itself, and the handlers that ask GitHub.

use contexture::prelude::*;
use contexture::testing;
use serde_json::json;

use super::journal::{Call, Entry, Journal, Peer};
use super::style::Style;
use super::{github_service, play, setting, stand_in};
use crate::GitHub;
use crate::github::actions::{CreateIssue as _, CreateIssueInput, CreateIssueOutput};
use crate::github::{
    Configuration, ConfigurationType, Definition, PersonalAccessTokenConfiguration,
};
use crate::github_api::GitHubApi;

/// Calls `createIssue`, and gives what GitHub was asked too.
async fn create_issue(
    configuration: Configuration,
    input: CreateIssueInput,
) -> (Result<CreateIssueOutput>, Vec<Call>) {
    let journal = Journal::default();
    let address = stand_in::start(Peer::GitHub, journal.clone(), github_service::answer);
    let api = GitHubApi::new(format!("http://{}", address.await.unwrap())).unwrap();
    let ctx = testing::context::<Definition>(configuration);
    let output = GitHub { api }
        .create_issue(ActionCall::new(&ctx), input)
        .await;
    let calls = journal.take().into_iter().filter_map(|entry| match entry {
        Entry::Call(call) => Some(call),
        Entry::Log(_) => None,
    });
    (output, calls.collect())
}

#[tokio::test]
async fn every_configuration_opens_issues_with_its_own_credentials() {
    for kind in ConfigurationType::ALL {
        let mut input = CreateIssueInput::new("octo-org", "hello-world", "Too quiet");
        input.labels = Some(vec!["bug".to_owned()]);
        let (output, calls) = create_issue(setting::configuration(*kind), input).await;
        let issue = output.unwrap().issue;
        assert_eq!(
            issue.url,
            "https://github.com/octo-org/hello-world/issues/1348"
        );
        let [call] = calls.as_slice() else {
            panic!("GitHub was asked something else: {calls:?}");
        };
        assert_eq!(call.path, "/repos/octo-org/hello-world/issues");
        assert_eq!(call.scheme, setting::scheme(*kind));
        assert_eq!(
            call.body,
            json!({ "title": "Too quiet", "labels": ["bug"] })
        );
    }
}

#[tokio::test]
async fn a_refusal_of_github_is_explained_and_logged_whole() {
    let configuration = PersonalAccessTokenConfiguration::new("another-token");
    let configuration = Configuration::PersonalAccessToken(configuration);
    let input = CreateIssueInput::new("octo-org", "hello-world", "Too quiet");
    let (output, _) = create_issue(configuration, input).await;
    let error = output.unwrap_err();
    assert_eq!(
        error.as_api().unwrap().message,
        "Could not create the issue"
    );
    let whole = error.to_string();
    assert!(
        whole.ends_with("401 Unauthorized: Bad credentials"),
        "{whole}"
    );
    assert!(!whole.contains("another-token"), "{whole}");
}

#[tokio::test]
async fn a_name_that_would_change_the_path_is_not_sent() {
    let input = CreateIssueInput::new("..", "hello-world", "Too quiet");
    let configuration = setting::configuration(ConfigurationType::Oauth);
    let (output, calls) = create_issue(configuration, input).await;
    assert!(output.is_err());
    assert!(calls.is_empty(), "{calls:?}");
}

#[tokio::test]
async fn the_demo_goes_as_it_should_and_shows_no_secret() {
    let mut output = Vec::new();
    let result = play(Style::plain(), &mut output).await;
    let transcript = String::from_utf8(output).unwrap();
    assert!(result.is_ok(), "{transcript}");
    assert!(transcript.contains("✓ 22 requests"), "{transcript}");
    for secret in setting::HIDDEN {
        assert!(!transcript.contains(secret));
    }
}
