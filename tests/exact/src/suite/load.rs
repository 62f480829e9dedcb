//! The cases of the suite: a schema, and valid and invalid values.

use std::path::Path;
use std::{fs, io};

use crate::environment::json_files;
use contexture_compare::json::{Json, parse};

/// A part of the suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The required tests.
    Required,
    /// The formats.
    Format,
    /// The other optional tests.
    Optional,
}

impl Group {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Required, Self::Format, Self::Optional];

    /// The part's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Format => "format",
            Self::Optional => "other optional",
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Required => "",
            Self::Format => "optional/format",
            Self::Optional => "optional",
        }
    }
}

/// A schema and its tests.
#[derive(Clone, Debug)]
pub struct Case {
    /// The part of the suite.
    pub group: Group,
    /// The file's stem.
    pub file: String,
    /// The description of the case.
    pub description: String,
    /// The schema.
    pub schema: Json,
    /// The tests.
    pub tests: Vec<Test>,
}

/// A value, and whether it is valid.
#[derive(Clone, Debug)]
pub struct Test {
    /// The description of the test.
    pub description: String,
    /// The value.
    pub data: Json,
    /// Whether it is valid against the schema.
    pub is_valid: bool,
}

/// Reads every case of the suite in a folder.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not JSON.
pub fn load_cases(suite: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for group in Group::ALL {
        let folder = suite.join("tests/draft7").join(group.folder());
        cases.extend(load_folder(&folder, group)?);
    }
    Ok(cases)
}

/// Reads every case of one folder, in files of the form of the suite.
///
/// # Errors
///
/// Returns an error if a file cannot be read or is not JSON.
pub fn load_folder(folder: &Path, group: Group) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in json_files(folder)? {
        let file = path.file_stem().unwrap_or_default().to_string_lossy();
        let whole = parse(&fs::read_to_string(&path)?)?;
        let read = whole.items().iter();
        cases.extend(read.map(|case| read_case(group, &file, case)));
    }
    Ok(cases)
}

fn read_case(group: Group, file: &str, case: &Json) -> Case {
    let tests = case.get("tests").map_or(&[][..], Json::items).iter();
    Case {
        group,
        file: file.to_owned(),
        description: text(case, "description"),
        schema: case.get("schema").cloned().unwrap_or(Json::Null),
        tests: tests
            .map(|test| Test {
                description: text(test, "description"),
                data: test.get("data").cloned().unwrap_or(Json::Null),
                is_valid: matches!(test.get("valid"), Some(Json::Bool(true))),
            })
            .collect(),
    }
}

fn text(json: &Json, name: &str) -> String {
    json.get(name)
        .and_then(Json::as_str)
        .unwrap_or_default()
        .to_owned()
}
