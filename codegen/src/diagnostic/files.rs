//! The files that diagnostics point into.

use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use super::{FileId, Location, Part, Pointer, Target, is_secret};

/// The files that were read, by number; a copy is cheap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files(Vec<Arc<SourceFile>>);

/// One file: its text, its value, and the span of each part.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// The path as messages show it: relative where the author's was.
    pub display: String,
    /// The path that tells this file from all others, free of links and of `..`.
    pub path: PathBuf,
    /// The text.
    pub text: String,
    /// The value of the text, with properties in the order of their names.
    pub value: Value,
    /// The span of each value in the text.
    pub spans: Spans,
    /// The places of values that are not in the text, since an interface has them.
    pub origins: Origins,
}

/// How often a value can be moved before it is in its place.
const MOVES: usize = 4;

/// The original places of moved values and of all values inside of them, by the new place.
pub(crate) type Origins = HashMap<Pointer, (FileId, Pointer)>;

/// The span of each value of a file in its text.
pub(crate) type Spans = HashMap<Pointer, ValueSpan>;

/// The span of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueSpan {
    /// The name of the property that holds it, where one does.
    pub key: Option<Range<usize>>,
    /// The value itself.
    pub value: Range<usize>,
}

impl Files {
    /// Adds a file and gives its number.
    pub(crate) fn add(&mut self, file: SourceFile) -> FileId {
        self.0.push(Arc::new(file));
        FileId(self.0.len() - 1)
    }

    /// Adds all files of another collection, and gives their new numbers by the old ones. Their moved values lose their
    /// origins, so places in them have to be those of the text.
    pub(crate) fn append(&mut self, other: &Self) -> impl Fn(FileId) -> FileId + use<> {
        let first = self.0.len();
        let files = other.0.iter().map(|file| {
            if file.origins.is_empty() {
                Arc::clone(file)
            } else {
                Arc::new(file.written())
            }
        });
        self.0.extend(files);
        move |FileId(id)| FileId(first + id)
    }

    /// The file with a number.
    ///
    /// # Panics
    ///
    /// Panics if the number is of another collection.
    #[must_use]
    pub(crate) fn get(&self, id: FileId) -> &SourceFile {
        &self.0[id.0]
    }

    /// The files in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.iter().map(Arc::as_ref)
    }

    /// The value at a place in a file.
    ///
    /// # Panics
    ///
    /// Panics if the number is of another collection.
    #[must_use]
    pub(crate) fn value(&self, id: FileId, pointer: &Pointer) -> Option<&Value> {
        pointer.find(&self.get(id).value)
    }

    /// The file with a number, to be kept.
    ///
    /// # Panics
    ///
    /// Panics if the number is of another collection.
    #[must_use]
    pub(crate) fn share(&self, id: FileId) -> Arc<SourceFile> {
        Arc::clone(&self.0[id.0])
    }

    /// The number of the file with a path, if it was read.
    #[must_use]
    pub(crate) fn find(&self, path: &std::path::Path) -> Option<FileId> {
        self.0.iter().position(|file| file.path == path).map(FileId)
    }

    /// Puts another file in the place of one.
    pub(crate) fn replace(&mut self, id: FileId, file: SourceFile) {
        self.0[id.0] = Arc::new(file);
    }

    /// The location in the author's text, which may be in another file.
    pub(crate) fn written(&self, mut location: Location) -> Location {
        // A value can be moved more than once: from a base into the definition, and from there into another place.
        for _ in 0..MOVES {
            match self.moved_from(&location) {
                Some(next) => location = next,
                None => break,
            }
        }
        location
    }

    fn moved_from(&self, location: &Location) -> Option<Location> {
        let origins = &self.get(location.file).origins;
        let Target::Pointer { pointer, part } = &location.target else {
            return None;
        };
        if origins.is_empty() {
            return None;
        }
        let mut around = pointer.ancestors();
        let (outer, (file, written)) =
            around.find_map(|outer| origins.get(&outer).map(|origin| (outer, origin)))?;
        let rest = Pointer::parse(&pointer.as_str()[outer.as_str().len()..]);
        let target = Target::Pointer {
            pointer: written.join(&rest.unwrap_or_default()),
            part: *part,
        };
        Some(Location {
            file: *file,
            target,
        })
    }

    /// The sort key of a location: by file, then from top to bottom.
    #[must_use]
    pub(crate) fn position(&self, location: &Location) -> (FileId, usize) {
        let moved = self.moved_from(location);
        let moved = moved.map(|location| self.written(location));
        let location = moved.as_ref().unwrap_or(location);
        let start = self.span(location).map_or(0, |span| span.start);
        (location.file, start)
    }

    /// The author's text of a location.
    pub(crate) fn text(&self, location: Location) -> &str {
        let location = self.written(location);
        let span = self.span(&location);
        let text = &self.get(location.file).text;
        span.and_then(|span| text.get(span)).unwrap_or_default()
    }

    /// The byte range of a location; `None` for a file as a whole.
    #[must_use]
    pub(crate) fn span(&self, location: &Location) -> Option<Range<usize>> {
        let file = self.get(location.file);
        match &location.target {
            Target::Pointer { pointer, part } => Some(file.span(pointer, *part)),
            Target::Span(span) => Some(span.clone()),
            Target::File => None,
        }
    }
}

impl SourceFile {
    /// The file with another value. Places of it that are not in the text have origins, beside those of before.
    #[must_use]
    pub(crate) fn with(&self, value: Value, origins: Origins) -> Self {
        let mut all = self.origins.clone();
        all.extend(origins);
        Self {
            display: self.display.clone(),
            path: self.path.clone(),
            text: self.text.clone(),
            value,
            spans: self.spans.clone(),
            origins: all,
        }
    }

    /// The file without origins of moved values.
    fn written(&self) -> Self {
        Self {
            origins: Origins::new(),
            ..self.with(self.value.clone(), Origins::new())
        }
    }

    /// The outermost secret that a value is, or is a part of.
    #[must_use]
    pub(crate) fn secret_around(&self, pointer: &Pointer) -> Option<Pointer> {
        let mut around = pointer.values_around(&self.value);
        around.find_map(|(at, value)| is_secret(value).then_some(at))
    }

    /// The range of bytes of a value or of its name; of the nearest value around it, if the value
    /// is not in the file.
    #[must_use]
    pub(crate) fn span(&self, pointer: &Pointer, part: Part) -> Range<usize> {
        let mut nearest = Some(pointer.clone());
        while let Some(pointer) = nearest {
            if let Some(span) = self.spans.get(&pointer) {
                return match (part, &span.key) {
                    (Part::Key, Some(key)) => key.clone(),
                    _ => span.value.clone(),
                };
            }
            nearest = pointer.parent();
        }
        0..0
    }
}
