//! The modules of a crate, and the resolution of paths in them.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Item, ItemUse, UseTree, Visibility};

/// The names of the modules from the crate's root to a module.
pub(super) type ModulePath = Vec<String>;

/// The modules of a crate by path, without test modules.
pub(super) struct Modules(pub(super) BTreeMap<ModulePath, Module>);

/// One module.
pub(super) struct Module {
    /// The file of the module.
    pub(super) file: String,
    pub(super) items: Vec<Item>,
    /// The names of the items that the module defines itself, except modules.
    defined: BTreeSet<String>,
    pub(super) imported: Vec<Imported>,
}

/// One name that a module imports.
#[derive(Clone, Debug)]
pub(super) struct Imported {
    /// The name in the module; `*` for a glob import.
    pub(super) name: String,
    pub(super) path: Vec<String>,
    pub(super) line: usize,
    pub(super) is_reexport: bool,
}

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Module(ModulePath),
    /// An item, in the module that defines it.
    Item(ModulePath),
}

impl Modules {
    /// Reads sources: the path of each, relative to the crate's folder, and its text.
    pub(super) fn parse(sources: &[(String, String)]) -> Self {
        let mut modules = Self(BTreeMap::new());
        let mut for_tests = Vec::new();
        for (file, text) in sources {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            modules.add(path_of(file), file, parsed.items, &mut for_tests);
        }
        let is_for_tests =
            |path: &ModulePath| for_tests.iter().any(|tests| path.starts_with(tests));
        modules.0.retain(|path, _| !is_for_tests(path));
        modules
    }

    fn add(
        &mut self,
        path: ModulePath,
        file: &str,
        items: Vec<Item>,
        for_tests: &mut Vec<ModulePath>,
    ) {
        let mut module = Module {
            file: file.to_owned(),
            items: Vec::new(),
            defined: BTreeSet::new(),
            imported: Vec::new(),
        };
        for item in items {
            let is_test = attributes(&item).iter().any(is_cfg_test);
            match item {
                Item::Mod(item) => {
                    let inner = [path.clone(), vec![item.ident.to_string()]].concat();
                    if is_test {
                        for_tests.push(inner);
                    } else if let Some((_, items)) = item.content {
                        self.add(inner, file, items, for_tests);
                    }
                }
                _ if is_test => {}
                Item::Use(item) => module.imported.extend(imported(&item)),
                item => {
                    module.defined.extend(name_of(&item));
                    module.items.push(item);
                }
            }
        }
        self.0.insert(path, module);
    }

    /// The files of the modules.
    pub(super) fn files(&self) -> BTreeSet<&str> {
        self.0.values().map(|module| module.file.as_str()).collect()
    }

    /// Resolves a path in a module; returns `None` if its target is outside of the crate.
    pub(super) fn resolve(&self, from: &ModulePath, path: &[String]) -> Option<Target> {
        self.resolve_within(from, path, &mut Vec::new())
    }

    fn resolve_within(
        &self,
        from: &ModulePath,
        path: &[String],
        seen: &mut Vec<(ModulePath, String)>,
    ) -> Option<Target> {
        let (first, mut rest) = path.split_first()?;
        let mut module = match first.as_str() {
            "crate" => Vec::new(),
            "self" => from.clone(),
            "super" => from.split_last()?.1.to_vec(),
            _ => {
                rest = path;
                from.clone()
            }
        };
        while let Some(("super", others)) = rest.split_first().map(|(one, all)| (one.as_str(), all))
        {
            module.pop();
            rest = others;
        }
        let is_relative = rest.len() == path.len();
        while let Some((name, others)) = rest.split_first() {
            match self.named(&module, name, seen) {
                Some(Target::Module(inner)) => module = inner,
                Some(item @ Target::Item(_)) => return Some(item),
                None if is_relative && module == *from => return None,
                // A macro defines the name.
                None => return Some(Target::Item(module)),
            }
            rest = others;
        }
        Some(Target::Module(module))
    }

    /// Resolves a name in a module.
    fn named(
        &self,
        module: &ModulePath,
        name: &str,
        seen: &mut Vec<(ModulePath, String)>,
    ) -> Option<Target> {
        let inner = [module.clone(), vec![name.to_owned()]].concat();
        if self.0.contains_key(&inner) {
            return Some(Target::Module(inner));
        }
        let scope = self.0.get(module)?;
        if scope.defined.contains(name) {
            return Some(Target::Item(module.clone()));
        }
        // Two modules may import each other's names.
        let key = (module.clone(), name.to_owned());
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        let explicit = scope.imported.iter().find(|import| import.name == name);
        if let Some(import) = explicit {
            return self.resolve_within(module, &import.path, seen);
        }
        let globs = scope.imported.iter().filter(|import| import.name == "*");
        for glob in globs {
            if let Some(Target::Module(other)) = self.resolve_within(module, &glob.path, seen)
                && let Some(found) = self.named(&other, name, seen)
            {
                return Some(found);
            }
        }
        None
    }
}

/// The module of a file: `lower/mod.rs` is `lower`, `lower/union.rs` is `lower::union`.
fn path_of(file: &str) -> ModulePath {
    let path = file.strip_suffix(".rs").unwrap_or(file);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" {
        return Vec::new();
    }
    path.split('/').map(str::to_owned).collect()
}

/// Whether an attribute limits an item to test builds.
pub(super) fn is_cfg_test(attribute: &Attribute) -> bool {
    let is_test = |meta: syn::Meta| meta.path().is_ident("test");
    attribute.path().is_ident("cfg") && attribute.parse_args().is_ok_and(is_test)
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn imported(item: &ItemUse) -> Vec<Imported> {
    let mut imported = Vec::new();
    if item.leading_colon.is_none() {
        let is_reexport = !matches!(item.vis, Visibility::Inherited);
        flatten(&item.tree, &[], is_reexport, &mut imported);
    }
    imported
}

fn flatten(tree: &UseTree, path: &[String], is_reexport: bool, imported: &mut Vec<Imported>) {
    let extended = |name: &syn::Ident| [path, &[name.to_string()]].concat();
    let mut add = |name: String, path: Vec<String>, span: proc_macro2::Span| {
        imported.push(Imported {
            name,
            path,
            line: span.start().line,
            is_reexport,
        });
    };
    match tree {
        UseTree::Path(inner) => {
            flatten(&inner.tree, &extended(&inner.ident), is_reexport, imported);
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, path, is_reexport, imported);
            }
        }
        UseTree::Name(name) if name.ident == "self" => {
            add(
                path.last().cloned().unwrap_or_default(),
                path.to_vec(),
                name.ident.span(),
            );
        }
        UseTree::Name(name) => add(
            name.ident.to_string(),
            extended(&name.ident),
            name.ident.span(),
        ),
        UseTree::Rename(name) if name.ident == "self" => {
            add(name.rename.to_string(), path.to_vec(), name.ident.span());
        }
        UseTree::Rename(name) => {
            add(
                name.rename.to_string(),
                extended(&name.ident),
                name.ident.span(),
            );
        }
        UseTree::Glob(glob) => add("*".to_owned(), path.to_vec(), glob.star_token.spans[0]),
    }
}
