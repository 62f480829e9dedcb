//! Shortened generated code for a small definition: two named configurations
//! beside the primary one, three actions, a channel, three states, an event and two secrets.

pub mod actions;
pub mod channels;

mod api;
mod configuration;
mod service;
mod texts;

use contexture::codegen::*;

pub use self::{
    api::{AnyObject, Events, GreetedEvent, LastWebhookState, Secrets, States, UserTags},
    configuration::{
        Configuration, ConfigurationType, OauthConfiguration, PersonalAccessTokenConfiguration,
        PrimaryConfiguration,
    },
    service::{Integration, NewConversation, service},
    texts::DEFINITION,
};

#[derive(Clone, Copy, Debug)]
pub struct Definition;

definition!(
    Primary(PrimaryConfiguration),
    Oauth(OauthConfiguration),
    PersonalAccessToken(PersonalAccessTokenConfiguration)
);

pub type Context = contexture::Context<Definition>;
