//! No text of a definition becomes code, HTML, a broken link, or an invisible character.

use std::fmt::Write as _;
use std::path::Path;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;
use syn::visit::{self, Visit};

use crate::support::{scratch, write};
use crate::texts_of::{definition, file};

/// The number of drawn definitions. Each has several hundred texts.
const DEFINITIONS: u64 = 12;

#[test]
fn no_drawn_text_becomes_code_or_markup_or_a_hidden_character() {
    let folder = scratch("texts");
    let mut blocks = 0;
    for seed in 0..DEFINITIONS {
        let path = write(&folder, "texts.json", file(&definition(seed, 4)));
        let generated = generate(&path);
        let hidden = generated.chars().find(|character| {
            *character != '\n' && (character.is_control() || turns_direction(*character))
        });
        assert_eq!(hidden, None, "in the definition {seed}");
        let docs = docs_of(&generated);
        assert!(docs.len() > 200, "{} texts", docs.len());
        for text in docs {
            let faults = faults(&text);
            assert!(
                faults.is_empty(),
                "{text}\nin the definition {seed}: {faults}"
            );
            blocks += text.matches("```text").count();
        }
    }
    assert!(blocks > 0, "fenced code is shown as text");
}

#[test]
fn the_compiled_definition_has_the_texts_as_they_were_written() {
    let written = definition(0, 2);
    let compiled: Value = serde_json::from_str(contexture_tests::texts::DEFINITION.json).unwrap();
    for section in [
        "title",
        "description",
        "events",
        "channels",
        "user",
        "secrets",
    ] {
        assert_eq!(compiled[section], written[section], "{section}");
    }
}

fn generate(path: &Path) -> String {
    match contexture_codegen::generate(path) {
        Ok(generated) => generated.file.contents,
        Err(refusal) => panic!("{refusal}"),
    }
}

/// The characters that the compiler denies in comments and literals.
const fn turns_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The docs of every item, joined like rustdoc joins them.
fn docs_of(code: &str) -> Vec<String> {
    let file = syn::parse_file(code).expect("generated code is Rust");
    let mut docs = Docs::default();
    docs.visit_file(&file);
    docs.0
}

#[derive(Default)]
struct Docs(Vec<String>);

impl Docs {
    fn add(&mut self, attributes: &[syn::Attribute]) {
        let mut text = String::new();
        for attribute in attributes {
            if let syn::Meta::NameValue(pair) = &attribute.meta
                && pair.path.is_ident("doc")
                && let syn::Expr::Lit(literal) = &pair.value
                && let syn::Lit::Str(line) = &literal.lit
            {
                let line = line.value();
                writeln!(text, "{}", line.strip_prefix(' ').unwrap_or(&line)).unwrap();
            }
        }
        if !text.is_empty() {
            self.0.push(text);
        }
    }
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.add(&item.attrs);
        visit::visit_item_mod(self, item);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.add(&item.attrs);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.add(&item.attrs);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.add(&item.attrs);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.add(&item.attrs);
        visit::visit_item_trait(self, item);
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        self.add(&field.attrs);
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        self.add(&variant.attrs);
        visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.attrs);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.add(&item.attrs);
    }
}

/// Returns the parts that rustdoc would run, reject, or not show as text.
fn faults(text: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut broken = String::new();
    let note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        write!(broken, "a broken link {} ", link.reference).unwrap();
        None
    };
    let mut faults = String::new();
    let mut is_shown_as_it_is = false;
    let mut run = String::new();
    for event in Parser::new_with_broken_link_callback(text, options, Some(note)) {
        match event {
            Event::Text(part) if !is_shown_as_it_is => {
                run.push_str(&part);
                continue;
            }
            Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => is_shown_as_it_is = true,
            Event::End(TagEnd::Link | TagEnd::CodeBlock) => is_shown_as_it_is = false,
            _ => {}
        }
        if let Some(bare) = bare_address(&run) {
            write!(faults, "a bare address {bare} ").unwrap();
        }
        run.clear();
        if !is_harmless(&event) {
            write!(faults, "{event:?} ").unwrap();
        }
    }
    faults + &broken
}

fn is_harmless(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::CodeBlock(kind)) => *kind == CodeBlockKind::Fenced("text".into()),
        Event::Start(Tag::Link { dest_url, .. }) => {
            dest_url.starts_with("https://") || dest_url.starts_with("http://")
        }
        Event::Start(
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::List(_)
            | Tag::Item
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough,
        )
        | Event::End(_)
        | Event::Text(_)
        | Event::Code(_)
        | Event::SoftBreak
        | Event::Rule => true,
        _ => false,
    }
}

/// Returns the first URL for which rustdoc would require angle brackets: a scheme, and a host with a dot.
fn bare_address(text: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let host = &text[text.find(scheme)? + scheme.len()..];
        let is_host = |sign: char| sign.is_ascii_alphanumeric() || "-@:%._+~#=".contains(sign);
        let end = host.find(|sign| !is_host(sign)).unwrap_or(host.len());
        let (name, top) = host[..end].rsplit_once('.')?;
        (name.len() > 1 && top.starts_with(|first: char| first.is_ascii_alphabetic()))
            .then_some(host)
    })
}
