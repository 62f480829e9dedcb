//! The events of the YAML parser as nodes.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Value;

use super::node::{Content, Key, Node};
use super::place::offset;
use super::problem::Problem;
use super::scalar::{is_non_specific, scalar, unsupported};

/// Definitions are written by hand: far below these limits, and far above a bomb of aliases.
const MOST_LEVELS: usize = 96;
const MOST_NODES: usize = 250_000;
const MOST_BYTES: usize = 64 * 1024 * 1024;
const LONGEST_SIMPLE_KEY: usize = 16_384;

/// Reads a text.
pub(super) fn read(text: &str, language: &'static str) -> Result<Node, Problem> {
    let mut options = Options::default();
    options.simple_key_max_lookahead = LONGEST_SIMPLE_KEY;
    let mut parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader {
        text,
        language,
        open: Vec::new(),
        anchors: HashMap::new(),
        used: Size::default(),
        documents: 0,
        root: None,
    };
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| reader.scan_problem(&error))?;
        reader.take(event, place(text, span))?;
    }
    let null = Node {
        content: Content::Scalar(Value::Null),
        place: 0..0,
    };
    Ok(reader.root.unwrap_or(null))
}

struct Reader<'a> {
    text: &'a str,
    language: &'static str,
    /// The lists and objects that are not closed, innermost last.
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, Size)>,
    /// Everything that was read or copied.
    used: Size,
    documents: usize,
    root: Option<Node>,
}

/// What a node takes, with every alias written out.
#[derive(Clone, Copy, Debug, Default)]
struct Size {
    nodes: usize,
    bytes: usize,
    levels: usize,
}

/// A list or an object that is not closed.
struct Open {
    items: Items,
    place: Range<usize>,
    anchor: usize,
    size: Size,
}

enum Items {
    List(Vec<Node>),
    Map {
        entries: Vec<(Key, Node)>,
        /// The values of merge keys.
        merged: Vec<Node>,
        key: Option<OpenKey>,
    },
}

/// A key whose value comes next.
enum OpenKey {
    Merge,
    Ordinary(Key),
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, place: Range<usize>) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(self.syntax("multiple YAML documents in one file", place));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_merge = style == ScalarStyle::Plain && tag.is_none() && text == "<<";
                let value = scalar(&text, style, tag.as_deref())
                    .map_err(|reason| self.syntax(&reason, place.clone()))?;
                let size = Size {
                    nodes: 1,
                    bytes: text.len(),
                    levels: 0,
                };
                self.spend(size, &place)?;
                self.close(
                    Node {
                        content: Content::Scalar(value),
                        place,
                    },
                    anchor,
                    size,
                    is_merge,
                )?;
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.open(
                    Items::List(Vec::new()),
                    place,
                    anchor,
                    tag.as_deref(),
                    "seq",
                )?;
            }
            Event::MappingStart(_, anchor, tag) => {
                let items = Items::Map {
                    entries: Vec::new(),
                    merged: Vec::new(),
                    key: None,
                };
                self.open(items, place, anchor, tag.as_deref(), "map")?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open {
                    items,
                    place,
                    anchor,
                    size,
                }) = self.open.pop()
                {
                    let content = match items {
                        Items::List(items) => Content::List(items),
                        Items::Map {
                            entries, merged, ..
                        } => Content::Map(self.merge(entries, merged)?),
                    };
                    self.close(Node { content, place }, anchor, size, false)?;
                }
            }
            Event::Alias(anchor) => self.take_alias(anchor, place)?,
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        items: Items,
        place: Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
        expected: &str,
    ) -> Result<(), Problem> {
        if let Some(tag) = tag
            && tag.core_suffix() != Some(expected)
            && !is_non_specific(tag)
        {
            return Err(self.syntax(&unsupported(tag), place));
        }
        if self.open.len() >= MOST_LEVELS {
            return Err(Problem::too_deep(place));
        }
        let size = Size {
            nodes: 1,
            bytes: 0,
            levels: 1,
        };
        self.spend(size, &place)?;
        self.open.push(Open {
            items,
            place,
            anchor,
            size,
        });
        Ok(())
    }

    fn take_alias(&mut self, anchor: usize, place: Range<usize>) -> Result<(), Problem> {
        let Some((_, size)) = self.anchors.get(&anchor) else {
            return Err(self.syntax("an anchor contains its own alias", place));
        };
        let size = *size;
        if self.open.len() + size.levels > MOST_LEVELS {
            return Err(Problem::too_deep(place));
        }
        self.spend(size, &place)?;
        let node = self.anchors[&anchor].0.clone();
        self.close(node, 0, size, false)
    }

    /// Adds a complete node to what is open around it.
    fn close(
        &mut self,
        node: Node,
        anchor: usize,
        size: Size,
        is_merge: bool,
    ) -> Result<(), Problem> {
        if anchor != 0 {
            self.spend(size, &node.place)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(around) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        around.size.nodes += size.nodes;
        around.size.bytes += size.bytes;
        around.size.levels = around.size.levels.max(size.levels + 1);
        match &mut around.items {
            Items::List(items) => items.push(node),
            Items::Map {
                entries,
                merged,
                key,
            } => match key.take() {
                None if is_merge => *key = Some(OpenKey::Merge),
                None => *key = Some(OpenKey::Ordinary(Key::of(self.text, node))),
                Some(OpenKey::Merge) => merged.push(node),
                Some(OpenKey::Ordinary(key)) => entries.push((key, node)),
            },
        }
        Ok(())
    }

    /// Adds the entries of merge keys that the object does not have. The first of several counts.
    fn merge(
        &self,
        mut entries: Vec<(Key, Node)>,
        merged: Vec<Node>,
    ) -> Result<Vec<(Key, Node)>, Problem> {
        if merged.is_empty() {
            return Ok(entries);
        }
        let mut known: HashSet<Option<String>> =
            entries.iter().map(|(key, _)| key.name.clone()).collect();
        for node in merged {
            let sources = match node.content {
                Content::List(sources) => sources,
                _ => vec![node],
            };
            for source in sources {
                if let Content::Scalar(Value::Null) = source.content {
                    continue;
                }
                let Content::Map(added) = source.content else {
                    let reason = "a merge value must be mapping or sequence of mappings";
                    return Err(self.syntax(reason, source.place));
                };
                let added = added.into_iter();
                entries.extend(added.filter(|(key, _)| known.insert(key.name.clone())));
            }
        }
        Ok(entries)
    }

    /// Counts what is read or copied, before it is.
    fn spend(&mut self, size: Size, place: &Range<usize>) -> Result<(), Problem> {
        self.used.nodes = self.used.nodes.saturating_add(size.nodes);
        self.used.bytes = self.used.bytes.saturating_add(size.bytes);
        if self.used.nodes > MOST_NODES || self.used.bytes > MOST_BYTES {
            return Err(Problem::too_many_values(place.clone()));
        }
        Ok(())
    }

    fn syntax(&self, reason: &str, span: Range<usize>) -> Problem {
        Problem::Syntax {
            language: self.language,
            reason: reason.to_owned(),
            span,
        }
    }

    fn scan_problem(&self, error: &ScanError) -> Problem {
        let marker = error.marker();
        let start = || offset(self.text, marker.line(), marker.col() + 1);
        let start = marker.byte_offset().unwrap_or_else(start);
        match error.kind() {
            granit_parser::ErrorKind::RecursionLimitExceeded => Problem::too_deep(start..start),
            _ => self.syntax(&error.info(), start..start),
        }
    }
}

/// The byte range of the parser's place.
fn place(text: &str, span: Span) -> Range<usize> {
    let start = || offset(text, span.start.line(), span.start.col() + 1);
    span.byte_range().unwrap_or_else(|| start()..start())
}
