//! From handlers and migrations to Rust.

use std::collections::BTreeSet;

use contexture_codegen::{Handler, HandlerKind, HandlerMethod, Migration};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use syn::{ImplItem, ItemImpl, parse_quote};

use super::migration;

/// All handlers and migrations as one text, with the imports that they need.
pub(super) fn all(
    module: &str,
    ty: &str,
    handlers: &[Handler],
    migrations: &[Migration],
) -> String {
    if handlers.is_empty() && migrations.is_empty() {
        return String::new();
    }
    let stubs = handlers.iter().map(|handler| stub(module, ty, handler));
    let stubs: Vec<_> = stubs
        .chain(migrations.iter().map(migration::stub))
        .collect();
    let imports = imports(module, ty, handlers, migrations);
    format!("{imports}\n{}", stubs.join("\n"))
}

/// All migrations as a file.
pub(super) fn migrations(module: &str, migrations: &[Migration]) -> String {
    format!(
        "//! What older versions stored, as the types of today.\n\n{}",
        all(module, "", &[], migrations)
    )
}

/// One handler as a file.
pub(super) fn file(module: &str, ty: &str, handler: &Handler) -> String {
    let subject = match handler.kind {
        HandlerKind::Action => format!("The action `{}`.", handler.name.escape_debug()),
        HandlerKind::Channel => format!("The channel `{}`.", handler.name.escape_debug()),
        _ => "The lifecycle of the integration.".to_owned(),
    };
    format!(
        "//! {}\n\n{}\n{}",
        subject,
        imports(module, ty, std::slice::from_ref(handler), &[]),
        stub(module, ty, handler)
    )
}

fn imports(module: &str, ty: &str, handlers: &[Handler], migrations: &[Migration]) -> String {
    let of_handlers = handlers
        .iter()
        .flat_map(|handler| match handler.kind {
            HandlerKind::Action => ["Context", "actions"].as_slice(),
            HandlerKind::Channel => &["channels"],
            _ => &["Context", "self"],
        })
        .copied();
    let of_migrations = migrations
        .iter()
        .flat_map(|one| [one.into.as_str(), &one.module]);
    let names: BTreeSet<&str> = of_handlers.chain(of_migrations).collect();
    let (own, others): (Vec<&str>, Vec<_>) = names.into_iter().partition(|name| *name == "self");
    let names = [own, others].concat();
    let names = match names.as_slice() {
        [one] => (*one).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    };
    let ty = if handlers.is_empty() || ty.contains("::") {
        String::new()
    } else {
        format!("use crate::{ty};\n")
    };
    let has_methods =
        |handler: &Handler| handler.kind == HandlerKind::Lifecycle || !handler.methods.is_empty();
    let runtime = if !migrations.is_empty() {
        "use contexture::MigrateFrom;\nuse contexture::prelude::*;\n\n"
    } else if handlers.iter().any(has_methods) {
        "use contexture::prelude::*;\n\n"
    } else {
        ""
    };
    format!("{runtime}{ty}use crate::{module}::{names};\n")
}

/// The implementation of a handler.
fn stub(module: &str, ty: &str, handler: &Handler) -> String {
    let path = match handler.kind {
        HandlerKind::Lifecycle => format!("{module}::{}", handler.path),
        _ => handler.path.clone(),
    };
    let methods = match handler.kind {
        HandlerKind::Lifecycle => lifecycle(),
        _ => handler
            .methods
            .iter()
            .map(|one| method(handler, one))
            .collect(),
    };
    let docs = lines(&handler.docs).map(|line| format!("///{line}\n"));
    let docs = docs.collect::<Vec<_>>().concat();
    let methods: Vec<String> = methods.into_iter().map(print_method).collect();
    if methods.is_empty() {
        return format!("{docs}impl {path} for {ty} {{}}\n");
    }
    format!("{docs}impl {path} for {ty} {{\n{}}}\n", methods.join("\n"))
}

/// The method of an action or of a message, which fails until its author writes it.
fn method(handler: &Handler, method: &HandlerMethod) -> ImplItem {
    let name = tokens(&method.name);
    let docs = lines(&method.docs);
    let parameters = method.parameters.iter().map(|(name, ty)| {
        let (name, ty) = (format_ident!("{name}"), tokens(ty));
        quote!(#name: #ty)
    });
    let names = method
        .parameters
        .iter()
        .map(|(name, _)| format_ident!("{name}"));
    let output = tokens(&method.output);
    let what = match handler.kind {
        HandlerKind::Channel => format!(
            "The message `{}` of the channel `{}`",
            method.wire, handler.name
        ),
        _ => format!("The action `{}`", handler.name),
    };
    let message = message(&format!("{what} is not implemented yet"));
    parse_quote! {
        #(#[doc = #docs])*
        async fn #name(&self, #(#parameters),*) -> Result<#output> {
            let _ = (#(#names),*);
            bail!(#message)
        }
    }
}

/// The methods of the lifecycle that most integrations have.
fn lifecycle() -> Vec<ImplItem> {
    vec![
        parse_quote! {
            /// Runs when the owner of a bot installs or configures the integration. An error shows its message to the owner.
            async fn register(&self, ctx: &Context, webhook_url: &str) -> Result {
                let logger = ctx.logger().for_bot();
                logger.info(format_args!("send webhooks to {webhook_url}"));
                Ok(())
            }
        },
        parse_quote! {
            /// Runs when the owner of a bot removes the integration.
            async fn unregister(&self, ctx: &Context, webhook_url: &str) -> Result {
                let _ = (ctx, webhook_url);
                Ok(())
            }
        },
        parse_quote! {
            /// Handles a request to the webhook. Verify its signature first: `contexture::webhook::signature`.
            async fn webhook(&self, ctx: &Context, request: WebhookRequest) -> Result<WebhookResponse> {
                let _ = (ctx, request);
                Ok(WebhookResponse::none())
            }
        },
    ]
}

/// A method at its place in an implementation. prettyplease puts no blank line between two, so each is printed alone.
fn print_method(method: ImplItem) -> String {
    let mut shell: ItemImpl = parse_quote!(impl Shell {});
    shell.items.push(method);
    let printed = prettyplease::unparse(&parse_quote!(#shell));
    let lines: Vec<_> = printed.lines().collect();
    let inner = lines.get(1..lines.len() - 1).unwrap_or_default();
    inner.iter().flat_map(|line| [line, "\n"]).collect()
}

/// The lines of a documentation comment, each with the space before it.
fn lines(docs: &str) -> impl Iterator<Item = String> + '_ {
    docs.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    })
}

/// A message of `bail!`, which reads it as a format string.
pub(super) fn message(text: &str) -> Literal {
    Literal::string(&text.replace('{', "{{").replace('}', "}}"))
}

pub(super) fn tokens(code: &str) -> TokenStream {
    code.parse().expect("the generator names things of Rust")
}
