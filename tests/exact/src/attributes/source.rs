//! The words that the printer of types can print in attributes, from its own source.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use crate::environment::{files_with, folders, workspace};

/// What serde's attributes and derives are made of.
const WORDS: [&str; 37] = [
    "alias",
    "borrow",
    "bound",
    "content",
    "crate",
    "default",
    "deny_unknown_fields",
    "deserialize_with",
    "expecting",
    "flatten",
    "from",
    "getter",
    "into",
    "other",
    "remote",
    "rename",
    "rename_all",
    "rename_all_fields",
    "serialize_with",
    "skip",
    "skip_deserializing",
    "skip_serializing",
    "skip_serializing_if",
    "tag",
    "transparent",
    "try_from",
    "untagged",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Eq",
    "Hash",
    "PartialEq",
    "Serialize",
    "with",
];

/// Finds every such word in what the printer quotes.
pub(super) fn printed_words() -> io::Result<BTreeSet<String>> {
    let mut words = Words(BTreeSet::new());
    read(&workspace().join("codegen/src/emit/typify"), &mut words)?;
    Ok(words.0)
}

fn read(folder: &Path, words: &mut Words) -> io::Result<()> {
    for path in files_with(folder, &["rs"])? {
        let file = syn::parse_file(&std::fs::read_to_string(path)?).map_err(io::Error::other)?;
        words.visit_file(&file);
    }
    for inner in folders(folder)? {
        read(&inner, words)?;
    }
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
    /// What stands behind `#` is the printer's own variable.
    fn find(&mut self, tokens: TokenStream) {
        let mut is_variable = false;
        for token in tokens {
            if let TokenTree::Ident(word) = &token
                && !is_variable
                && WORDS.contains(&word.to_string().as_str())
            {
                self.0.insert(word.to_string());
            }
            is_variable = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
            if let TokenTree::Group(group) = token {
                self.find(group.stream());
            }
        }
    }
}
