//! The chapters of the guide, and their blocks of code.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A block of code.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The name of its chapter's file.
    pub(crate) chapter: String,
    /// Its language, and words about it: `text invalid-input`.
    pub(crate) language: String,
    pub(crate) code: String,
}

/// The folder of the guide.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide")
}

/// The names of the chapters' files, in the order of the index.
pub(crate) fn names() -> Vec<String> {
    let index = fs::read_to_string(folder().join("README.md")).expect("the index exists");
    let links = parse(&index).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    links
        .filter(|link| link.rsplit('.').next() == Some("md") && !link.contains('/'))
        .collect()
}

/// The blocks of all chapters, in the order of the index.
pub(crate) fn blocks() -> Vec<Block> {
    names().iter().flat_map(|name| blocks_of(name)).collect()
}

fn blocks_of(chapter: &str) -> Vec<Block> {
    let text = fs::read_to_string(folder().join(chapter)).expect("a chapter of the index exists");
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_block = false;
    for event in parse(&text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                is_block = true;
                blocks.push(Block {
                    chapter: chapter.to_owned(),
                    language: language.to_string(),
                    code: String::new(),
                });
            }
            Event::End(TagEnd::CodeBlock) => is_block = false,
            Event::Text(code) if is_block => {
                let block = blocks.last_mut().expect("a block has begun");
                block.code.push_str(&code);
            }
            _ => {}
        }
    }
    blocks
}

fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}
