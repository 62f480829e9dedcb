//! The imports between the files of a crate.

use std::collections::BTreeSet;
use std::fmt;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, ItemFn, Macro};

use super::modules::{ModulePath, Modules, Target, is_cfg_test};

/// One import: by a `use` item or by a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    pub(super) from: String,
    pub(super) line: usize,
    pub(super) to: String,
}

impl fmt::Display for Import {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{} -> {}", self.from, self.line, self.to)
    }
}

/// Every import of a file from another one of the crate.
///
/// An item that a module re-exports counts as imported from the file that defines it. A re-export from a child module
/// is not an import, unless the module uses the name as well.
pub(super) fn imports(modules: &Modules) -> BTreeSet<Import> {
    let mut imports = BTreeSet::new();
    for (path, module) in &modules.0 {
        let mut references = References::default();
        for item in &module.items {
            references.visit_item(item);
        }
        for import in &module.imported {
            let target = modules.resolve(path, &import.path);
            let is_passed_on =
                import.is_reexport && target.as_ref().is_some_and(|target| is_below(target, path));
            if !is_passed_on {
                references.paths.push((import.path.clone(), import.line));
            }
        }
        for (reference, line) in references.paths {
            let Some(Target::Item(target)) = modules.resolve(path, &reference) else {
                continue;
            };
            let (from, to) = (
                &module.file,
                modules.0.get(&target).map(|module| &module.file),
            );
            if let Some(to) = to.filter(|to| *to != from) {
                imports.insert(Import {
                    from: from.clone(),
                    line,
                    to: to.clone(),
                });
            }
        }
    }
    imports
}

fn is_below(target: &Target, module: &ModulePath) -> bool {
    let (Target::Module(path) | Target::Item(path)) = target;
    path.starts_with(module)
}

/// The paths in the code of a module, outside of tests.
#[derive(Default)]
struct References {
    paths: Vec<(Vec<String>, usize)>,
}

impl References {
    /// Finds paths in tokens without a syntax tree: arguments of macros and attributes.
    ///
    /// A path starts at `crate`, `self` or `super` there; `$crate` belongs to the macro's caller.
    fn visit_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.visit_tokens(group.stream()),
                TokenTree::Ident(ident) if is_start(&ident.to_string()) => {
                    let is_of_caller = index.checked_sub(1).is_some_and(|before| {
                        matches!(&tokens[before], TokenTree::Punct(punct) if punct.as_char() == '$')
                    });
                    if !is_of_caller {
                        let line = ident.span().start().line;
                        self.paths.push((path_at(&tokens[index..]), line));
                    }
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let path = text.trim_matches('"').split("::").map(str::to_owned);
                    let path: Vec<_> = path.collect();
                    if path.len() > 1 && is_start(&path[0]) {
                        self.paths.push((path, literal.span().start().line));
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

fn is_start(name: &str) -> bool {
    ["crate", "self", "super"].contains(&name)
}

/// The path that tokens start with.
fn path_at(tokens: &[TokenTree]) -> Vec<String> {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let [TokenTree::Ident(ident), tail @ ..] = rest {
        path.push(ident.to_string());
        rest = match tail {
            [TokenTree::Punct(first), TokenTree::Punct(second), tail @ ..]
                if first.as_char() == ':' && second.as_char() == ':' =>
            {
                tail
            }
            _ => break,
        };
    }
    path
}

impl<'ast> Visit<'ast> for References {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        visit::visit_path(self, path);
        if path.leading_colon.is_none()
            && let Some(first) = path.segments.first()
        {
            let names = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string());
            self.paths
                .push((names.collect(), first.ident.span().start().line));
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_path(&call.path);
        self.visit_tokens(call.tokens.clone());
    }

    /// The expansion of a macro belongs to its callers.
    fn visit_item_macro(&mut self, _: &'ast syn::ItemMacro) {}

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.visit_tokens(list.tokens.clone());
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !item.attrs.iter().any(is_cfg_test) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !item.attrs.iter().any(is_cfg_test) {
            visit::visit_impl_item_fn(self, item);
        }
    }
}
