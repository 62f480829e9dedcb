//! The definitions of the repository, generated, and values for their payloads.

use std::io;
use std::path::{Path, PathBuf};

use proc_macro2::TokenTree;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{File, Ident, Item, LitInt, LitStr, Macro, Token, token};

use crate::environment::{files_with, workspace};
use crate::generate::{Fate, generate, generator};
use crate::properties::{Sample, gather};

/// A definition's code, and the values for its payloads.
pub(super) struct Subject {
    pub(super) stem: String,
    pub(super) code: File,
    pub(super) payloads: Vec<Payload>,
    /// The paths of the types that ignore undeclared properties.
    pub(super) tolerant: Vec<String>,
}

/// A payload.
pub(super) struct Payload {
    /// The path of the type within the file.
    pub(super) path: String,
    pub(super) samples: Vec<Sample>,
}

/// Generates every definition of the repository and makes this many values of each kind for every payload.
pub(super) fn subjects(values: usize) -> io::Result<Vec<Subject>> {
    let definitions = files_with(&workspace().join("definitions"), &["yaml", "json"])?;
    let is_definition = |path: &PathBuf| !path.to_string_lossy().ends_with(".schema.json");
    let definitions = definitions.into_iter().filter(is_definition);
    definitions.map(|path| subject(&path, values)).collect()
}

fn subject(path: &Path, values: usize) -> io::Result<Subject> {
    let stem = path.file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().into_owned();
    let code = match generate(&generator(path, None)) {
        Fate::Generated(code) => syn::parse_file(&code).map_err(io::Error::other)?,
        other => return Err(io::Error::other(format!("{stem}: {other:?}"))),
    };
    let (mut schemas, mut tolerant) = (Vec::new(), Vec::new());
    visit_lines("", &code.items, &mut |module, line| {
        schemas.extend(payloads_of(module, line));
        tolerant.extend(tolerant_of(module, line));
    });
    let payload = |(path, schema): (String, String)| {
        let schema = serde_json::from_str(&schema)?;
        let place = format!("{stem} {path}");
        let gathered = gather(&place, &schema, values).map_err(io::Error::other)?;
        Ok(Payload {
            path,
            samples: gathered.samples,
        })
    };
    let payloads: io::Result<_> = schemas.into_iter().map(payload).collect();
    Ok(Subject {
        payloads: payloads?,
        tolerant,
        stem,
        code,
    })
}

/// Visits the macro lines of a module and of its inner modules, with the path of each module.
fn visit_lines(module: &str, items: &[Item], visit: &mut impl FnMut(&str, &Macro)) {
    for item in items {
        match item {
            Item::Mod(item) => {
                let items = item.content.as_ref().map(|(_, items)| items.as_slice());
                let inner = match module {
                    "" => item.ident.to_string(),
                    module => format!("{module}::{}", item.ident),
                };
                visit_lines(&inner, items.unwrap_or_default(), visit);
            }
            Item::Macro(item) => visit(module, &item.mac),
            _ => {}
        }
    }
}

/// The paths and the schemas of the payloads in `document!`.
fn payloads_of(module: &str, line: &Macro) -> Vec<(String, String)> {
    if !line.path.is_ident("document") {
        return Vec::new();
    }
    let file = module.trim_end_matches("::texts");
    let payloads = line.parse_body_with(read_document);
    let payloads = payloads.expect("a document has its texts, and payloads with their schemas");
    let path = |payload: &Declared| match payload.module.as_str() {
        "super" => format!("{file}::{}", payload.name),
        module => format!("{file}::{module}::{}", payload.name),
    };
    payloads
        .into_iter()
        .map(|payload| (path(&payload), payload.schema))
        .collect()
}

/// A payload in `document!`.
struct Declared {
    name: String,
    module: String,
    schema: String,
}

/// Reads `"name", "version", Name in module: r#"before"#, r#"schema"#, …; r#"end"#, Name in module = text, …`.
fn read_document(input: ParseStream<'_>) -> syn::Result<Vec<Declared>> {
    let mut payloads: Vec<Declared> = Vec::new();
    input.parse::<LitStr>()?;
    input.parse::<Token![,]>()?;
    input.parse::<LitStr>()?;
    while input.parse::<Option<Token![,]>>()?.is_some() {
        let (name, module) = read_path(input)?;
        input.parse::<Token![:]>()?;
        input.parse::<LitStr>()?;
        input.parse::<Token![,]>()?;
        let schema = input.parse::<LitStr>()?.value();
        payloads.push(Declared {
            name,
            module,
            schema,
        });
    }
    input.parse::<Token![;]>()?;
    input.parse::<LitStr>()?;
    while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
        let (name, module) = read_path(input)?;
        input.parse::<Token![=]>()?;
        // The texts of a union's alternatives are no payloads.
        if input.peek(token::Bracket) {
            input.parse::<TokenTree>()?;
            continue;
        }
        let schema = read_text(input, &payloads)?;
        payloads.push(Declared {
            name,
            module,
            schema,
        });
    }
    Ok(payloads)
}

fn read_path(input: ParseStream<'_>) -> syn::Result<(String, String)> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![in]>()?;
    let module = input.call(Ident::parse_any)?;
    Ok((name.to_string(), module.to_string()))
}

/// Reads a literal, or a range of a schema that came before: `(Name in module, 1..2)`.
fn read_text(input: ParseStream<'_>, known: &[Declared]) -> syn::Result<String> {
    if input.peek(LitStr) {
        return Ok(input.parse::<LitStr>()?.value());
    }
    let part;
    syn::parenthesized!(part in input);
    let path = read_path(&part)?;
    part.parse::<Token![,]>()?;
    let from: usize = part.parse::<LitInt>()?.base10_parse()?;
    part.parse::<Token![..]>()?;
    let to: usize = part.parse::<LitInt>()?.base10_parse()?;
    let mut known = known.iter();
    let whole = known.find(|known| (&known.name, &known.module) == (&path.0, &path.1));
    let text = whole.and_then(|whole| whole.schema.get(from..to));
    text.map(str::to_owned)
        .ok_or_else(|| part.error("no such part of a schema"))
}

/// The path in `object!(Name; ..)`.
fn tolerant_of(module: &str, line: &Macro) -> Option<String> {
    let is_tolerant =
        line.path.is_ident("object") && line.tokens.to_string().trim_end().ends_with("..");
    let name = line.tokens.clone().into_iter().next()?;
    is_tolerant.then(|| format!("{module}::{name}"))
}
