//! All forms of `Configuration`: only a primary one, only named ones, both, neither.

use contexture::{Payload, testing};
use contexture_tests::{crm, github, minimal, quickstart, shapes};
use serde_json::Value;

#[test]
fn only_a_primary_configuration_is_read_without_a_match() {
    let configuration: quickstart::Configuration = quickstart::PrimaryConfiguration::new(
        "hunter2",
        quickstart::PrimaryConfigurationRegion::Eu,
    );
    let ctx = testing::context::<quickstart::Definition>(configuration);
    assert_eq!(ctx.configuration.api_key.expose(), "hunter2");
    assert_eq!(ctx.configuration.region.as_str(), "eu");
    assert_eq!(ctx.configuration.debug, None);
    let primary = quickstart::ConfigurationType::Primary;
    assert_eq!(ctx.configuration_type(), primary);
    assert_eq!(quickstart::ConfigurationType::ALL, &[primary]);
}

#[test]
fn without_any_configuration_there_is_an_empty_primary_one() {
    let configuration = minimal::PrimaryConfiguration::default();
    let ctx = testing::context::<minimal::Definition>(configuration);
    assert_eq!(
        ctx.configuration_type(),
        minimal::ConfigurationType::Primary
    );
    assert_eq!(ctx.configuration, minimal::PrimaryConfiguration {});
}

#[test]
fn each_type_is_found_by_its_name_on_the_wire() {
    let names: Vec<_> = github::ConfigurationType::ALL
        .iter()
        .map(|kind| kind.wire_name())
        .collect();
    assert_eq!(names, [Some("oauth"), Some("personalAccessToken")]);
    for kind in github::ConfigurationType::ALL {
        let found = github::ConfigurationType::from_wire(kind.wire_name());
        assert_eq!(found.ok(), Some(*kind));
    }

    let names: Vec<_> = crm::ConfigurationType::ALL
        .iter()
        .map(|kind| kind.wire_name())
        .collect();
    assert_eq!(names, [None, Some("apiToken")]);
    for kind in crm::ConfigurationType::ALL {
        let found = crm::ConfigurationType::from_wire(kind.wire_name());
        assert_eq!(found.ok(), Some(*kind));
    }
}

#[test]
fn an_unknown_type_is_an_error_with_the_known_ones() {
    let error = |name| {
        crm::ConfigurationType::from_wire(name)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        error(Some("nope")),
        "unknown configuration type `nope`: expected one of none (the primary configuration), `apiToken`"
    );
    let error = github::ConfigurationType::from_wire(None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no configuration type given: expected one of `oauth`, `personalAccessToken`"
    );
}

#[test]
fn a_configuration_knows_its_type() {
    let oauth = github::OauthConfiguration::new("id", "hunter2");
    let oauth = github::Configuration::Oauth(oauth);
    assert_eq!(oauth.configuration_type(), github::ConfigurationType::Oauth);
    let ctx = testing::context::<github::Definition>(oauth);
    assert_eq!(ctx.configuration_type(), github::ConfigurationType::Oauth);
}

#[test]
fn fields_of_every_configuration_are_read_without_a_match() {
    let primary = crm::Configuration::Primary(crm::PrimaryConfiguration::new("first"));
    let mut token = crm::ApiTokenConfiguration::new("second", "hunter2");
    token.page_size = Some(7);
    let token = crm::Configuration::ApiToken(token);
    assert_eq!((primary.account_id(), primary.page_size()), ("first", 50));
    assert_eq!((token.account_id(), token.page_size()), ("second", 7));
}

#[test]
fn no_secret_shows_in_debug() {
    let oauth = github::OauthConfiguration::new("id", "hunter2");
    let configuration = github::Configuration::Oauth(oauth);
    let secrets = github::Secrets {
        webhook_secret: "hunter3".into(),
    };
    let ctx = testing::ContextBuilder::<github::Definition>::new(configuration.clone())
        .secrets(secrets.clone())
        .build();
    let shown = format!("{configuration:?} {secrets:?} {ctx:?} {:?}", **ctx);
    assert!(shown.contains("client_id: \"id\""), "{shown}");
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn the_definition_is_at_hand_as_botpress_knows_it() {
    let definition = &github::DEFINITION;
    assert_eq!((definition.name, definition.version), ("github", "1.0.0"));
    let json: Value = serde_json::from_str(definition.json).unwrap();
    assert_eq!(json["actions"]["createIssue"]["title"], "Create an issue");
    let crm: Value = serde_json::from_str(crm::DEFINITION.json).unwrap();
    assert_eq!(crm["name"], "acme/crm");
    let files = crm.to_string();
    assert!(
        !files.contains("address.yaml"),
        "it has no references: {files}"
    );
}

#[test]
fn the_schema_of_a_payload_is_a_part_of_the_definition() {
    fn check<P: Payload>(pointer: &str) {
        assert!(shapes::DEFINITION.json.contains(P::SCHEMA), "{pointer}");
        let definition: Value = serde_json::from_str(shapes::DEFINITION.json).unwrap();
        let schema: Value = serde_json::from_str(P::SCHEMA).unwrap();
        assert_eq!(definition.pointer(pointer), Some(&schema));
    }
    check::<shapes::OnlyConfiguration>("/configurations/only/schema");
    check::<shapes::actions::UnionsOutput>("/actions/unions/output/schema");
    check::<shapes::channels::ChannelCardMessage>("/channels/channel/messages/card/schema");
    check::<shapes::CardEntity>("/entities/card/schema");
}
