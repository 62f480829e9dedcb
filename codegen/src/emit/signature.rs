//! The methods that an author implements: the one place that has their parameters and their results.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{ident, type_name};
use crate::model::{Action, Channel, Message, Model};

/// The method of an action or of a message.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// The name of the method, which may be raw.
    pub(crate) name: String,
    call: Call,
    /// The name and the type of the parameter with the payload.
    payload: (&'static str, String),
    /// The type of the result; nothing for a message.
    output: Option<String>,
}

#[derive(Clone, Debug)]
enum Call {
    Action,
    /// With the marker of the channel.
    Message(String),
}

impl Signature {
    /// The method of an action.
    pub(crate) fn of_action(model: &Model, action: &Action) -> Self {
        Self {
            name: action.method.clone(),
            call: Call::Action,
            payload: ("input", type_name(&model.types, action.input).to_string()),
            output: Some(type_name(&model.types, action.output).to_string()),
        }
    }

    /// The method of a message of a channel.
    pub(crate) fn of_message(model: &Model, channel: &Channel, message: &Message) -> Self {
        Self {
            name: message.method.clone(),
            call: Call::Message(channel.marker.clone()),
            payload: ("payload", type_name(&model.types, message.ty).to_string()),
            output: None,
        }
    }

    /// The names and types of the parameters. Types of the module that has the trait are behind this prefix.
    pub(crate) fn parameters(&self, prefix: &str) -> [(&'static str, String); 2] {
        let call = match &self.call {
            Call::Action => "ActionCall<'_, Context>".to_owned(),
            Call::Message(marker) => format!("MessageCall<'_, {prefix}{marker}>"),
        };
        let (name, payload) = &self.payload;
        [("call", call), (name, format!("{prefix}{payload}"))]
    }

    /// The type of the result, behind this prefix if it is of the module that has the trait.
    pub(crate) fn output(&self, prefix: &str) -> String {
        let output = self.output.as_ref();
        output.map_or_else(|| "()".to_owned(), |output| format!("{prefix}{output}"))
    }

    /// The method as an author writes it, without its body.
    pub(super) fn form(&self) -> String {
        let parameters = self.parameters("");
        let parameters = parameters.map(|(name, ty)| format!("{name}: {ty}"));
        format!(
            "async fn {}(&self, {}) -> Result<{}>",
            self.name,
            parameters.join(", "),
            self.output("")
        )
    }

    /// The method as its trait declares it.
    pub(super) fn declaration(&self) -> TokenStream {
        let name = ident(&self.name);
        let parameters = self.parameters("").map(|(name, ty)| {
            let (name, ty) = (ident(name), tokens(&ty));
            quote!(#name: #ty)
        });
        let output = tokens(&self.output(""));
        quote!(fn #name(&self, #(#parameters),*) -> impl Future<Output = Result<#output>> + Send;)
    }
}

fn tokens(ty: &str) -> TokenStream {
    ty.parse().expect("the model has names of types")
}
