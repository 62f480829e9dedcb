//! The definitions of the repository, generated, and values for their payloads.

use std::io;
use std::path::{Path, PathBuf};

use syn::{File, Item, Macro};

use crate::environment::{files_with, workspace};
use crate::generate::{Fate, generate, generator, module_of};
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
    let generator = generator(path, None);
    let text = match generate(&generator) {
        Fate::Generated(code) => code,
        other => return Err(io::Error::other(format!("{stem}: {other:?}"))),
    };
    let code = syn::parse_file(&text).map_err(io::Error::other)?;
    let mut tolerant = Vec::new();
    visit_lines("", &code.items, &mut |module, line| {
        tolerant.extend(tolerant_of(module, line));
    });
    let reported = generator
        .report()
        .into_iter()
        .flat_map(|report| report.payloads);
    let schemas = reported.filter_map(|payload| {
        let path = format!("{}::{}", module_of(&text), payload.path);
        Some((path, payload.schema?))
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
    let payloads: io::Result<_> = schemas.map(payload).collect();
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

/// The path in `object!(Name; ..)`.
fn tolerant_of(module: &str, line: &Macro) -> Option<String> {
    let is_tolerant =
        line.path.is_ident("object") && line.tokens.to_string().trim_end().ends_with("..");
    let name = line.tokens.clone().into_iter().next()?;
    is_tolerant.then(|| format!("{module}::{name}"))
}
