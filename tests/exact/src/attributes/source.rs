//! The attributes that the printer of types can print, from its source.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::edit::LINES;
use crate::environment::{files_with, folders, workspace};

/// The traits of derives.
const DERIVES: [&str; 9] = [
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Finds the words of attributes in the printer's `quote!` macros.
pub(super) fn printed_words() -> io::Result<BTreeSet<String>> {
    let mut words = Words(BTreeSet::new());
    let emit = workspace().join("codegen/src/emit");
    read(&emit.join("typify"), &mut words)?;
    read_file(&emit.join("types.rs"), &mut words)?;
    Ok(words.0)
}

fn read(folder: &Path, words: &mut Words) -> io::Result<()> {
    for path in files_with(folder, &["rs"])? {
        read_file(&path, words)?;
    }
    for inner in folders(folder)? {
        read(&inner, words)?;
    }
    Ok(())
}

fn read_file(path: &Path, words: &mut Words) -> io::Result<()> {
    let file = syn::parse_file(&std::fs::read_to_string(path)?).map_err(io::Error::other)?;
    words.visit_file(&file);
    Ok(())
}

struct Words(BTreeSet<String>);

impl<'ast> Visit<'ast> for Words {
    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if call.path.is_ident("quote") || call.path.is_ident("parse_quote") {
            self.find(call.tokens.clone());
        }
        visit::visit_macro(self, call);
    }
}

impl Words {
    /// A word after `#` is a variable of the printer.
    fn find(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            let is = |at: usize, of: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == of);
            match token {
                TokenTree::Ident(word) if !(index > 0 && is(index - 1, '#')) => {
                    let word = word.to_string();
                    let is_line = LINES.contains(&word.as_str()) && is(index + 1, '!');
                    if is_line || DERIVES.contains(&word.as_str()) {
                        self.0.insert(word);
                    }
                }
                TokenTree::Group(group) => self.find(group.stream()),
                _ => {}
            }
        }
    }
}
