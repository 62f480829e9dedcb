//! The implementations in a package's sources.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{GenericArgument, ImplItem, ItemImpl, ItemUse, PathArguments, Type, UseTree};

use crate::Outcome;

/// An `impl … for`.
#[derive(Clone, Debug)]
pub(super) struct Implementation {
    pub(super) file: PathBuf,
    /// The paths that the trait may have, after the imports of the file.
    pub(super) paths: Vec<Vec<String>>,
    /// The paths that the type in the trait's angle brackets may have; none, if there is no such type.
    pub(super) arguments: Vec<Vec<String>>,
    /// The last part of the type that implements it.
    pub(super) ty: String,
    pub(super) methods: BTreeSet<String>,
}

/// The implementations of a package.
#[derive(Clone, Debug, Default)]
pub(super) struct Existing {
    pub(super) implementations: Vec<Implementation>,
    /// The files that are no Rust, with the reason.
    pub(super) unread: Vec<(PathBuf, String)>,
}

/// Finds the implementations in the sources of the package that a folder is in.
pub(super) fn of_package(folder: &Path) -> Result<Existing, Outcome> {
    let package = package_of(folder).ok_or_else(|| {
        Outcome::failure(
            "error: this folder is in no package, so there is nothing to compare with\n\
             help: run it where the Cargo.toml of the integration is, or without `--missing`\n",
        )
    })?;
    let mut existing = Existing::default();
    for file in sources(&package.join("src")) {
        let parsed = fs::read_to_string(&file)
            .map_err(|error| error.to_string())
            .and_then(|text| syn::parse_file(&text).map_err(|error| error.to_string()));
        match parsed {
            Ok(parsed) => existing
                .implementations
                .extend(implementations(&file, &parsed)),
            Err(reason) => existing.unread.push((file, reason)),
        }
    }
    Ok(existing)
}

/// The nearest folder with a manifest, as a path that is as short as can be.
fn package_of(folder: &Path) -> Option<PathBuf> {
    let has_manifest = |folder: &Path| folder.join("Cargo.toml").is_file();
    if has_manifest(folder) {
        return Some(folder.strip_prefix(".").unwrap_or(folder).to_owned());
    }
    let absolute = fs::canonicalize(folder).ok()?;
    let mut above = absolute.ancestors().skip(1);
    above
        .find(|folder| has_manifest(folder))
        .map(Path::to_owned)
}

/// All Rust files below a folder, in the order of their names.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    let each = paths.into_iter().flat_map(|path| {
        if path.is_dir() {
            sources(&path)
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            vec![path]
        } else {
            Vec::new()
        }
    });
    each.collect()
}

fn implementations(file: &Path, parsed: &syn::File) -> Vec<Implementation> {
    let mut imports = Imports::default();
    imports.visit_file(parsed);
    let mut found = Found {
        file,
        imports: &imports,
        implementations: Vec::new(),
    };
    found.visit_file(parsed);
    found.implementations
}

/// The imports of a file, those of inner modules among them.
#[derive(Debug, Default)]
struct Imports {
    named: HashMap<String, Vec<String>>,
    globs: Vec<Vec<String>>,
}

impl Imports {
    fn add(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add(&with(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = before.last() {
                    self.named.insert(last.clone(), before.to_vec());
                }
            }
            UseTree::Name(name) => {
                self.named.insert(name.ident.to_string(), with(&name.ident));
            }
            UseTree::Rename(rename) => {
                let path = if rename.ident == "self" {
                    before.to_vec()
                } else {
                    with(&rename.ident)
                };
                self.named.insert(rename.rename.to_string(), path);
            }
            UseTree::Glob(_) => self.globs.push(before.to_vec()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add(before, tree);
                }
            }
        }
    }

    /// What a path may mean.
    fn resolve(&self, path: &[String]) -> Vec<Vec<String>> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        if let Some(named) = self.named.get(first) {
            return vec![[named, rest].concat()];
        }
        let globs = self.globs.iter().map(|glob| [glob, path].concat());
        std::iter::once(path.to_vec()).chain(globs).collect()
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add(&[], &item.tree);
    }
}

struct Found<'a> {
    file: &'a Path,
    imports: &'a Imports,
    implementations: Vec<Implementation>,
}

impl<'ast> Visit<'ast> for Found<'_> {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        visit::visit_item_impl(self, item);
        let Some(path) = &item.trait_ else {
            return;
        };
        let path = &path.0;
        let argument = path
            .segments
            .last()
            .and_then(|last| argument(&last.arguments));
        let methods = item.items.iter().filter_map(|inner| match inner {
            ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
            _ => None,
        });
        self.implementations.push(Implementation {
            file: self.file.to_owned(),
            paths: self.imports.resolve(&names(path)),
            arguments: argument.map_or_else(Vec::new, |path| self.imports.resolve(&names(path))),
            ty: last_name(&item.self_ty).unwrap_or_default(),
            methods: methods.collect(),
        });
    }
}

fn argument(arguments: &PathArguments) -> Option<&syn::Path> {
    let PathArguments::AngleBracketed(arguments) = arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(Type::Path(ty)) => Some(&ty.path),
        _ => None,
    })
}

fn names(path: &syn::Path) -> Vec<String> {
    let names = path.segments.iter().map(|part| part.ident.to_string());
    names.collect()
}

fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}
