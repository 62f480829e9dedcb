//! The attributes of types in generated code, and their removal.

use std::collections::BTreeSet;
use std::fmt;

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, File, Item, ItemEnum, ItemStruct, Meta, Token, parse_quote};

/// The macros that define how a type is decoded and encoded.
pub(super) const LINES: [&str; 6] = ["choice", "kinds", "newtype", "object", "strings", "tagged"];

/// An attribute of types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A word of a derive.
    Derive(String),
    /// The line of a macro.
    Line(String),
    /// The JSON names in the line of a macro. Without them, the Rust names apply.
    Texts(String),
    /// The marker of an object that ignores undeclared properties.
    Ignores,
}

impl Kind {
    /// The word in the printer's source that prints it.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Derive(word) | Self::Line(word) | Self::Texts(word) => word,
            Self::Ignores => "object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Derive(word) => write!(formatter, "`derive({word})`"),
            Self::Line(name) => write!(formatter, "`{name}!`"),
            Self::Texts(name) => write!(formatter, "the texts of `{name}!`"),
            Self::Ignores => write!(formatter, "the `..` of `object!`"),
        }
    }
}

/// Returns the kinds of attributes in a file.
pub(super) fn kinds(code: &File) -> BTreeSet<Kind> {
    let mut editor = Editor {
        found: BTreeSet::new(),
        removed: None,
    };
    editor.visit_file_mut(&mut code.clone());
    editor.found
}

/// Returns a file without the attributes of a kind.
pub(super) fn without(code: &File, kind: &Kind) -> File {
    let mut code = code.clone();
    let mut editor = Editor {
        found: BTreeSet::new(),
        removed: Some(kind),
    };
    editor.visit_file_mut(&mut code);
    code
}

struct Editor<'a> {
    found: BTreeSet<Kind>,
    removed: Option<&'a Kind>,
}

impl Editor<'_> {
    /// Records an attribute; returns whether it is the one to remove.
    fn goes(&mut self, kind: Kind) -> bool {
        let goes = self.removed == Some(&kind);
        self.found.insert(kind);
        goes
    }

    fn edit_derives(&mut self, attributes: &mut Vec<Attribute>) {
        let edited = attributes.drain(..).filter_map(|attribute| {
            if attribute.path().is_ident("derive") {
                self.edit_derive(&attribute)
            } else {
                Some(attribute)
            }
        });
        *attributes = edited.collect();
    }

    fn edit_derive(&mut self, attribute: &Attribute) -> Option<Attribute> {
        let words = attribute
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .expect("the argument of a derive is a list");
        let kept: Vec<_> = words
            .into_iter()
            .filter(|word| !self.goes(Kind::Derive(word.path().to_token_stream().to_string())))
            .collect();
        (!kept.is_empty()).then(|| parse_quote!(#[derive(#(#kept),*)]))
    }

    /// Edits the line of a macro; returns whether it stays.
    fn edit_line(&mut self, item: &mut Item) -> bool {
        let Item::Macro(line) = item else { return true };
        let name = line.mac.path.to_token_stream().to_string();
        if !LINES.contains(&name.as_str()) {
            return true;
        }
        if self.goes(Kind::Line(name.clone())) {
            return false;
        }
        let (renamed, has_texts) = as_in_rust(line.mac.tokens.clone());
        if has_texts && self.goes(Kind::Texts(name)) {
            line.mac.tokens = renamed;
        }
        if let Some(closed) = closed(&line.mac.tokens)
            && self.goes(Kind::Ignores)
        {
            line.mac.tokens = closed;
        }
        true
    }

    fn edit_lines(&mut self, items: &mut Vec<Item>) {
        items.retain_mut(|item| self.edit_line(item));
    }
}

impl VisitMut for Editor<'_> {
    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        self.edit_derives(&mut item.attrs);
    }

    fn visit_item_enum_mut(&mut self, item: &mut ItemEnum) {
        self.edit_derives(&mut item.attrs);
    }

    fn visit_item_mod_mut(&mut self, item: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut item.content {
            self.edit_lines(items);
        }
        visit_mut::visit_item_mod_mut(self, item);
    }
}

/// Replaces each text after `name =` or `name: type =` by the Rust name; returns whether any text changed.
fn as_in_rust(tokens: TokenStream) -> (TokenStream, bool) {
    let mut name = None;
    let mut is_start = true;
    let mut is_value = false;
    let mut differs = false;
    let edited = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if is_start => {
            is_start = false;
            name = Some(ident.to_string().trim_start_matches("r#").to_owned());
            TokenTree::Ident(ident)
        }
        TokenTree::Punct(punct) => {
            is_start = matches!(punct.as_char(), ',' | ';');
            is_value = punct.as_char() == '=';
            TokenTree::Punct(punct)
        }
        TokenTree::Literal(text) if is_value => {
            let own = Literal::string(name.as_deref().unwrap_or_default());
            differs |= own.to_string() != text.to_string();
            TokenTree::Literal(own)
        }
        TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), group.stream())),
        token => token,
    });
    (edited.collect(), differs)
}

/// The line of an object without the marker that ignores undeclared properties.
fn closed(tokens: &TokenStream) -> Option<TokenStream> {
    let text = tokens.to_string();
    let kept = text.trim_end().strip_suffix("..")?.trim_end();
    let kept: TokenStream = kept.strip_suffix(';')?.parse().ok()?;
    Some(quote!(#kept))
}
