//! The texts that only machines read: the definition as JSON, and the schemas of payloads and of unions.
//!
//! A schema that is part of the definition is not repeated. The definition is cut at the schemas of payloads. Any other
//! schema that is in one of those is a range of bytes of it.

use std::collections::{HashMap, HashSet, VecDeque};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::diagnostic::Location;
use crate::emit::tokens::{ident, raw_string};
use crate::model::{Alternatives, JsonText, Model, Module, Shape, TypeDef};

/// Prints the last module of the file.
pub(super) fn emit(model: &Model) -> TokenStream {
    let (name, version) = (&model.name, &model.version);
    let payloads = model.types.iter().map(|(_, ty)| ty);
    let payloads: Vec<_> = payloads.filter(|ty| ty.payload.is_some()).collect();
    let owners = owners(&model.json, &payloads);
    let (cuts, end) = cut(&model.json, &owners);
    let others = others(model, &payloads, owners.into_iter().flatten().collect());
    quote! {
        /// Only machines read this: the definition as JSON, cut at the schemas of its payloads.
        mod texts {
            use super::*;
            document!(#name, #version #(, #cuts)*; #end #(, #others)*);
        }
    }
}

/// Prints the last module of an older version, whose document is not kept.
pub(super) fn emit_older(model: &Model) -> TokenStream {
    let payloads = model.types.iter().map(|(_, ty)| ty);
    let payloads: Vec<_> = payloads.filter(|ty| ty.payload.is_some()).collect();
    let texts = others(model, &payloads, Vec::new());
    quote! {
        /// Only machines read this: the schemas of the version.
        mod texts {
            use super::*;
            older_texts!(#(#texts),*);
        }
    }
}

/// The payload of each schema of the definition, if there is one with that text.
fn owners<'a>(json: &JsonText, payloads: &[&'a TypeDef]) -> Vec<Option<&'a TypeDef>> {
    let places = payloads
        .iter()
        .filter_map(|ty| Some((ty.location.pointer()?, *ty)));
    let by_place: HashMap<_, _> = places.collect();
    // A payload stands under its name alone, which is unique in its module only.
    let mut names = HashSet::new();
    let own = json.schemas.iter().map(|schema| {
        let ty = by_place.get(&schema.place)?;
        (text_of(ty) == schema.text && names.insert(ty.name.as_str())).then_some(*ty)
    });
    let own: Vec<_> = own.collect();
    let mut elsewhere: HashMap<&str, VecDeque<&TypeDef>> = HashMap::new();
    for ty in payloads.iter().filter(|ty| names.insert(ty.name.as_str())) {
        elsewhere.entry(text_of(ty)).or_default().push_back(ty);
    }
    let pairs = json.schemas.iter().zip(own);
    pairs
        .map(|(schema, own)| own.or_else(|| elsewhere.get_mut(schema.text.as_str())?.pop_front()))
        .collect()
}

/// The definition, cut at the schemas that have an owner, and the text after the last one.
fn cut(json: &JsonText, owners: &[Option<&TypeDef>]) -> (Vec<TokenStream>, Literal) {
    let mut cuts = Vec::new();
    let mut before = String::new();
    for (schema, owner) in json.schemas.iter().zip(owners) {
        before.push_str(&schema.before);
        let text = raw_string(&schema.text);
        if let Some(owner) = owner {
            let (owner, before) = (name_of(owner), raw_string(&std::mem::take(&mut before)));
            cuts.push(quote!(#owner: #before, #text));
        } else {
            before.push_str(&schema.text);
        }
    }
    (cuts, raw_string(&(before + &json.end)))
}

/// The other payloads with their texts, and the unions with those of their alternatives.
fn others<'a>(
    model: &'a Model,
    payloads: &[&'a TypeDef],
    mut printed: Vec<&'a TypeDef>,
) -> Vec<TokenStream> {
    let placed: HashSet<_> = printed.iter().map(|ty| key(ty)).collect();
    let mut others = Vec::new();
    for ty in payloads.iter().filter(|ty| !placed.contains(&key(ty))) {
        let text = reference(text_of(ty), &ty.location, &printed);
        let name = name_of(ty);
        others.push(quote!(#name = #text));
        printed.push(ty);
    }
    for (_, ty) in model.types.iter() {
        if let Shape::Union(union) = &ty.shape
            && union.alternatives == Alternatives::Schema
        {
            let name = name_of(ty);
            let texts = union.variants.iter().map(|variant| {
                let text = variant.schema.as_deref().unwrap_or("true");
                reference(text, &variant.location, &printed)
            });
            others.push(quote!(#name = [#(#texts),*]));
        }
    }
    others
}

/// The text of a schema: a part of a payload's schema that was printed before, preferably of the schema around it. It is
/// the whole text if there is no such part, or if the text is shorter than the reference.
fn reference(text: &str, at: &Location, printed: &[&TypeDef]) -> TokenStream {
    let whole = raw_string(text);
    let (around, elsewhere): (Vec<&TypeDef>, _) =
        printed.iter().partition(|ty| is_within(at, &ty.location));
    let mut found = around.into_iter().chain(elsewhere).filter_map(|ty| {
        let from = text_of(ty).find(text)?;
        Some((name_of(ty), from, from + text.len()))
    });
    let part = found.next().map(|(name, from, to)| {
        let (from, to) = (number(from), number(to));
        quote!((#name, #from..#to))
    });
    part.filter(|part| part.to_string().len() < text.len())
        .unwrap_or_else(|| quote!(#whole))
}

fn is_within(inner: &Location, outer: &Location) -> bool {
    let pointers = inner.pointer().zip(outer.pointer());
    inner.file == outer.file && pointers.is_some_and(|(inner, outer)| inner.is_within(outer))
}

fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}

/// A type's name, and the module that it is in, as seen from the module of the texts.
fn name_of(ty: &TypeDef) -> TokenStream {
    let (name, module) = (
        ident(&ty.name),
        match ty.module {
            Module::Root => "super",
            Module::Actions => "actions",
            Module::Channels => "channels",
        },
    );
    let module = ident(module);
    quote!(#name in #module)
}

fn key(ty: &TypeDef) -> (Module, &str) {
    (ty.module, &ty.name)
}

fn text_of(ty: &TypeDef) -> &str {
    ty.payload.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::code_of;

    /// The last module of the code of two actions with these inputs, and a channel with this message.
    fn texts(first: &Value, second: &Value, message: &Value) -> String {
        let code = code_of(&json!({
            "name": "shop", "version": "1.0.0",
            "actions": {
                "first": { "input": { "schema": first }, "output": { "schema": {} } },
                "second": { "input": { "schema": second }, "output": { "schema": {} } },
            },
            "channels": { "dm": { "messages": { "text": { "schema": message } } } },
        }));
        let start = code.find("mod texts").expect("the module of the texts");
        code[start..].to_owned()
    }

    fn object(name: &str) -> Value {
        json!({ "properties": { name: { "type": "string" } }, "required": [name], "type": "object" })
    }

    #[track_caller]
    fn has(texts: &str, part: &str, times: usize) {
        assert_eq!(texts.matches(part).count(), times, "`{part}` in\n{texts}");
    }

    #[test]
    fn a_schema_of_the_definition_stands_there_only() {
        let texts = texts(&object("a"), &object("b"), &object("c"));
        for (name, schema) in [
            ("FirstInput in actions", object("a")),
            ("SecondInput in actions", object("b")),
            ("DmTextMessage in channels", object("c")),
        ] {
            has(&texts, &schema.to_string(), 1);
            has(&texts, &format!("{name}: r#\""), 1);
        }
        has(&texts, r##"}},"second":{"input":{"schema":"#, r#"{"##, 1);
    }

    #[test]
    fn alternatives_are_parts_of_the_schema_around_them() {
        let either = json!({ "anyOf": [object("a"), object("b")] });
        let texts = texts(&object("a"), &either, &json!({}));
        has(&texts, &object("b").to_string(), 1);
        let part = |name: &str| {
            let from = either.to_string().find(&object(name).to_string())?;
            let to = from + object(name).to_string().len();
            Some(format!("(SecondInput in actions, {from}..{to})"))
        };
        let parts = [part("a"), part("b")].map(|part| part.expect("an alternative"));
        has(
            &texts,
            &format!("SecondInput in actions = [{}]", parts.join(", ")),
            1,
        );
    }

    #[test]
    fn what_the_validator_reads_in_another_way_has_its_own_text() {
        let surrogates = json!({ "pattern": "^\\ud83d\\ude00$", "type": "string" });
        let texts = texts(&surrogates, &object("b"), &json!({}));
        has(&texts, "FirstInput in actions = r#\"", 1);
        has(&texts, &object("b").to_string(), 1);
    }

    #[test]
    fn of_two_payloads_of_one_name_one_has_its_own_text() {
        let named = |name| {
            let mut schema = object(name);
            schema["x-rust-name"] = "Note".into();
            schema
        };
        let texts = texts(&named("a"), &object("b"), &named("c"));
        has(&texts, "Note in actions: r#\"", 1);
        has(&texts, "Note in channels = r#\"", 1);
    }
}
