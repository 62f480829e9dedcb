//! Every file and every block of the guide is known to a test.

use std::collections::BTreeSet;
use std::fs;

use crate::chapters::{blocks, folder, names};
use crate::messages::{OF_CHANGES, OF_THE_COMPILER, OF_THE_GENERATOR, OF_THE_INTEGRATION};

#[test]
fn the_index_links_every_chapter_once() {
    let listed: BTreeSet<_> = names().into_iter().collect();
    assert_eq!(listed.len(), names().len(), "{:?}", names());
    let entries = fs::read_dir(folder()).unwrap();
    let files = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let chapters: BTreeSet<_> = files
        .filter(|name| name.rsplit('.').next() == Some("md") && name != "README.md")
        .collect();
    assert_eq!(listed, chapters);
}

#[test]
fn every_block_has_a_language_that_a_test_knows() {
    for block in blocks() {
        let known = match block.language.split_once(' ') {
            Some(("text", name)) => [
                &OF_THE_COMPILER[..],
                &OF_THE_GENERATOR,
                &OF_THE_INTEGRATION,
                &OF_CHANGES,
            ]
            .concat()
            .contains(&name),
            None => ["rust", "yaml", "toml", "sh"].contains(&&*block.language),
            _ => block.language == "sh long",
        };
        assert!(known, "{}: ```{}", block.chapter, block.language);
    }
}

#[test]
fn every_chapter_has_code_and_says_where_to_read_on() {
    for name in names() {
        let text = fs::read_to_string(folder().join(&name)).unwrap();
        assert!(text.contains("\n## What can go wrong\n"), "{name}");
        let goes_on = text.contains("\nFurther: ") || text.contains("\nNext: ");
        assert!(goes_on, "{name}");
        let code = blocks().into_iter().filter(|block| block.chapter == name);
        assert!(code.clone().count() > 1, "{name}");
    }
}

#[test]
fn every_variable_of_the_guide_is_in_the_table_of_the_readme() {
    let readme = fs::read_to_string(folder().join("../../README.md")).unwrap();
    let mut count = 0;
    for name in names() {
        let text = fs::read_to_string(folder().join(&name)).unwrap();
        let is_part = |char: char| char.is_ascii_uppercase() || char == '_';
        let words = text.split(|char| !is_part(char));
        let prefixes = ["BP_", "CONTEXTURE_", "REDIS_", "LOG_LEVEL", "PORT"];
        for word in words.filter(|word| prefixes.iter().any(|prefix| word.starts_with(prefix))) {
            assert!(readme.contains(&format!("`{word}`")), "{name}: {word}");
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}
