//! The compiler's message for a missing handler.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::characters::visible;

/// The message for a type that does not implement a trait of the definition.
pub(super) struct Missing {
    /// The missing handler.
    pub(super) message: String,
    /// The line to write, up to the type: `impl actions::CreateIssue for`.
    pub(super) handler: String,
    /// The rest of it.
    pub(super) body: String,
    /// Another way to handle it, as the compiler reads it.
    pub(super) alternative: &'static str,
}

impl ToTokens for Missing {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let message = literally(&visible(&self.message));
        let note = format!(
            "write `{} {{Self}} {}`{}",
            literally(&self.handler),
            literally(&self.body),
            self.alternative
        );
        tokens.extend(quote! {
            #[diagnostic::on_unimplemented(message = #message, label = "does not handle it", note = #note)]
        });
    }
}

/// The compiler reads its message as a format string.
fn literally(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}
